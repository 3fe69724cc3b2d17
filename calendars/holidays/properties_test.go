package holidays_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/calendars/holidays"
)

func TestCountries(t *testing.T) {
	t.Parallel()
	got := holidays.Countries()
	if !slices.IsSorted(got) {
		t.Errorf("not sorted: %v", got)
	}
	const want = "AR AT AU BE BG BR CA CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IL IS IT JP KE KZ LT LU LV MT MW MX NC NL NO NZ PH PL PT RO RS RU SE SI SK TH TR UA US ZA"
	if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
		t.Error(diff)
	}
}

// Every country over decades: ascending, one a day, named in plain English,
// substitutes on weekdays and worked days at weekends.
func TestOrderAndUniqueness(t *testing.T) {
	t.Parallel()
	for _, country := range holidays.Countries() {
		c := load(t, country)
		all := c.Between(firstOf(2000), lastOf(2037))
		if len(all) < 7*38 {
			t.Errorf("%s has %d holidays in 38 years", country, len(all))
		}
		var before calendars.Day
		for _, h := range all {
			if !before.Before(h.Day) {
				t.Errorf("%s: %v after %s", country, h, before)
			}
			if before = h.Day; !plain(h.Name) {
				t.Errorf("%s: %v has no English name", country, h)
			}
			weekend := h.Day.Weekday() == time.Saturday || h.Day.Weekday() == time.Sunday
			if country != "IL" && weekend != (h.Kind == holidays.WorkingDay) && h.Kind != holidays.Public {
				t.Errorf("%s: %v is on a %s", country, h, h.Day.Weekday())
			}
		}
	}
}

func plain(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return r > '~' }) && !strings.Contains(name, "observed")
}

// A span tells the same as its parts, whole years and single days alike.
func TestSpansAgree(t *testing.T) {
	t.Parallel()
	for _, country := range []string{"BG", "IL", "JP", "RU", "US"} {
		c := load(t, country)
		whole := c.Between(firstOf(2020), lastOf(2022))
		var byYear, byDay []holidays.Holiday
		for year := 2020; year <= 2022; year++ {
			byYear = append(byYear, c.Between(firstOf(year), lastOf(year))...)
		}
		for d := firstOf(2020); d.Year <= 2022; d = d.Next() {
			if h, found := c.On(d); found {
				byDay = append(byDay, h)
			}
		}
		if diff := cmp.Diff(whole, byYear); diff != "" {
			t.Errorf("%s by year: %s", country, diff)
		}
		if diff := cmp.Diff(whole, byDay); diff != "" {
			t.Errorf("%s by day: %s", country, diff)
		}
		if none := c.Between(lastOf(2020), firstOf(2020)); none != nil {
			t.Errorf("%s has %v in an empty span", country, none)
		}
	}
}

// 5 U.S.C. 6103 (b) and Executive Order 11582: a holiday on Saturday is off on
// Friday, one on Sunday is off on Monday, and both days come out.
func TestUnitedStatesObserves(t *testing.T) {
	t.Parallel()
	c := load(t, "US")
	for year := 1999; year <= 2037; year++ {
		for name, actual := range map[string]calendars.Day{
			"New Year's Day":   {Year: year, Month: time.January, Dom: 1},
			"Independence Day": {Year: year, Month: time.July, Dom: 4},
			"Veterans Day":     {Year: year, Month: time.November, Dom: 11},
			"Christmas Day":    {Year: year, Month: time.December, Dom: 25},
		} {
			want := []holidays.Holiday{{Day: actual, Name: name, Kind: holidays.Public}}
			switch actual.Weekday() {
			case time.Saturday:
				want = slices.Insert(want, 0, holidays.Holiday{Day: actual.AddDays(-1), Name: name, Kind: holidays.Substitute})
			case time.Sunday:
				want = append(want, holidays.Holiday{Day: actual.Next(), Name: name, Kind: holidays.Substitute})
			}
			if diff := cmp.Diff(want, c.Between(actual.AddDays(-2), actual.AddDays(2))); diff != "" {
				t.Errorf("%s %d: %s", name, year, diff)
			}
		}
	}
}

func BenchmarkOn(b *testing.B) {
	c, err := holidays.Load("US")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		c.On(calendars.Day{Year: 2026, Month: time.July, Dom: 3})
	}
}
