package holidays_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/calendars/holidays"
)

func load(t *testing.T, country string) holidays.Calendar {
	t.Helper()
	c, err := holidays.Load(country)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func day(t *testing.T, s string) calendars.Day {
	t.Helper()
	d, err := calendars.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func firstOf(year int) calendars.Day {
	return calendars.Day{Year: year, Month: time.January, Dom: 1}
}
func lastOf(year int) calendars.Day {
	return calendars.Day{Year: year, Month: time.December, Dom: 31}
}

func TestWorkday(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		country, day string
		want         bool
	}{
		{"RU", "2024-04-26", true},
		{"RU", "2024-04-27", true}, // a Saturday, worked for
		{"RU", "2024-04-29", false},
		{"RU", "2024-11-02", true},
		{"RU", "2024-12-28", true},
		{"RU", "2025-11-01", true},
		{"RU", "2025-11-02", false},
		{"RU", "2026-10-31", false}, // no Saturday is worked in 2026
		{"KZ", "2025-01-05", true},  // a Sunday, worked for
		{"KZ", "2025-01-03", false},
		{"IL", "2026-03-01", true}, // Sunday
		{"IL", "2026-03-06", false},
		{"IL", "2026-04-22", false},
		{"US", "2026-07-02", true},
		{"US", "2026-07-03", false},
		{"US", "2027-12-31", false}, // for New Year's Day of 2028
		{"NL", "2026-05-05", true},
		{"NL", "2025-04-26", false}, // King's Day, as 27 April is a Sunday
		{"GR", "2024-05-01", true},
		{"GR", "2024-05-07", false},
	} {
		if got := load(t, c.country).Workday(day(t, c.day)); got != c.want {
			t.Errorf("%s %s is a workday: %v, want %v", c.country, c.day, got, c.want)
		}
	}
}

// The names that models learn by: no year, no "observed", the main holiday of
// two, and for a moved day that of its holiday.
func TestOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		country, day, name string
		kind               holidays.Kind
	}{
		{"us", "2026-07-04", "Independence Day", holidays.Public},
		{"us", "2026-07-03", "Independence Day", holidays.Substitute},
		{"us", "2021-12-31", "New Year's Day", holidays.Substitute},
		{"us", "2026-11-26", "Thanksgiving Day", holidays.Public},
		{"GB", "2022-12-26", "Boxing Day", holidays.Public},
		{"GB", "2022-12-27", "Christmas Day", holidays.Substitute},
		{"BG", "2024-05-06", "Easter Monday", holidays.Public}, // also Saint George's Day
		{"BG", "2027-05-04", "Labour Day", holidays.Substitute},
		{"RU", "2026-01-09", "New Year Holidays", holidays.Substitute},
		{"RU", "2024-04-27", "Working Saturday", holidays.WorkingDay},
		{"DE", "2026-10-03", "German Unity Day", holidays.Public},
		{"HU", "2026-10-23", "Revolution Day of 1956", holidays.Public},
		{"LU", "2026-06-23", "National Day", holidays.Public},
		{"TH", "2024-04-16", "Songkran", holidays.Substitute},
		{"NL", "2025-04-26", "King's Day", holidays.Public},
	} {
		want := holidays.Holiday{Day: day(t, c.day), Name: c.name, Kind: c.kind}
		got, _ := load(t, c.country).On(want.Day)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s %s, -want +got:\n%s", c.country, c.day, diff)
		}
	}
	for country, none := range map[string]string{"BG": "2024-05-07", "RU": "2024-01-09", "UA": "2026-01-07", "NL": "2025-04-27", "LU": "2026-07-23", "TH": "2024-04-17"} {
		if got, found := load(t, country).On(day(t, none)); found {
			t.Errorf("%s has %v", country, got)
		}
	}
}

func TestKnownUntil(t *testing.T) {
	t.Parallel()
	for country, want := range map[string]string{
		"BG": "2027-12-31", "RU": "2026-12-31", "UA": "2026-12-31", "RS": "2027-12-31", "KZ": "2026-12-31",
		"GE": "2026-12-31", "TR": "2027-12-31", "PH": "2026-12-31", "IL": "2025-12-31",
	} {
		if got, known := load(t, country).KnownUntil(); !known || got != day(t, want) {
			t.Errorf("%s is known until %s (%v), want %s", country, got, known, want)
		}
	}
	for _, country := range []string{"DE", "LU"} { // without and with an overlay
		if got, known := load(t, country).KnownUntil(); known {
			t.Errorf("%s is known until %s, but no year was checked", country, got)
		}
	}
}

func TestUnknownCountry(t *testing.T) {
	t.Parallel()
	for _, country := range []string{"", "XX", "BGR", "../bg", "ru.csv", " BG"} {
		_, err := holidays.Load(country)
		if err == nil || !strings.Contains(err.Error(), "unknown country") || !strings.Contains(err.Error(), "BE, BG, BR") {
			t.Errorf("Load(%q): %v", country, err)
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(load(t, "RU").Between(day(t, "2025-11-01"), day(t, "2025-11-03")))
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"day":"2025-11-01","name":"Working Saturday","kind":"working"},{"day":"2025-11-03","name":"Unity Day","kind":"substitute"}]`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
}
