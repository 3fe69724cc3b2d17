package calendars_test

import (
	"archive/zip"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

func day(s string) calendars.Day {
	d, err := calendars.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

func wall(s string) calendars.WallTime {
	w, err := calendars.ParseWallTime(s)
	if err != nil {
		panic(err)
	}
	return w
}

// Nights on which clocks change, computed with the tz database by others than
// us (labour-rules vectors), and wall times that clocks skip or repeat.
func TestAt(t *testing.T) {
	t.Parallel()
	cases := []struct{ zone, day, wall, want string }{
		{"Europe/Sofia", "2026-03-28", "22:00", "2026-03-28T20:00:00Z"},
		{"Europe/Sofia", "2026-03-29", "06:00", "2026-03-29T03:00:00Z"},
		{"Europe/Sofia", "2026-10-24", "22:00", "2026-10-24T19:00:00Z"},
		{"Europe/Sofia", "2026-10-25", "06:00", "2026-10-25T04:00:00Z"},
		{"Europe/Moscow", "2026-03-28", "22:00", "2026-03-28T19:00:00Z"},
		{"Asia/Manila", "2026-03-28", "22:00", "2026-03-28T14:00:00Z"},
		{"Australia/Lord_Howe", "2026-04-04", "22:00", "2026-04-04T11:00:00Z"},
		{"Australia/Lord_Howe", "2026-04-05", "06:00", "2026-04-04T19:30:00Z"},
		{"Australia/Lord_Howe", "2026-10-03", "22:00", "2026-10-03T11:30:00Z"},
		{"Australia/Lord_Howe", "2026-10-04", "06:00", "2026-10-03T19:00:00Z"},
		{"Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00:00Z"},       // skipped
		{"America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z"},    // twice: the first
		{"Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"},       // twice: the first
		{"Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30:00Z"}, // skipped, half an hour
		{"America/Santiago", "2026-09-06", "00:00", "2026-09-06T04:00:00Z"},    // no midnight
		{"Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00:00Z"},        // no midnight
		{"Asia/Beirut", "2026-03-29", "00:00", "2026-03-28T22:00:00Z"},         // no midnight
		{"Europe/Sofia", "2026-03-28", "24:00", "2026-03-28T22:00:00Z"},
	}
	for _, c := range cases {
		if got := day(c.day).At(wall(c.wall), calendars.MustZone(c.zone)).Format(time.RFC3339); got != c.want {
			t.Errorf("%s %s in %s is %s, want %s", c.day, c.wall, c.zone, got, c.want)
		}
	}
}

func TestSkipsAndRepeats(t *testing.T) {
	t.Parallel()
	sofia := calendars.MustZone("Europe/Sofia")
	cases := []struct {
		day, wall string
		skipped   bool
		second    string
	}{
		{"2026-03-29", "02:59", false, ""},
		{"2026-03-29", "03:00", true, ""},
		{"2026-03-29", "03:59", true, ""},
		{"2026-03-29", "04:00", false, ""},
		{"2026-10-25", "02:59", false, ""},
		{"2026-10-25", "03:00", false, "2026-10-25T01:00:00Z"},
		{"2026-10-25", "03:59", false, "2026-10-25T01:59:00Z"},
		{"2026-10-25", "04:00", false, ""},
	}
	for _, c := range cases {
		if got := day(c.day).Skips(wall(c.wall), sofia); got != c.skipped {
			t.Errorf("%s %s skipped: %v", c.day, c.wall, got)
		}
		second, twice := day(c.day).Repeats(wall(c.wall), sofia)
		if twice != (c.second != "") || twice && second.UTC().Format(time.RFC3339) != c.second {
			t.Errorf("%s %s repeats at %v, %v; want %q", c.day, c.wall, second, twice, c.second)
		}
	}
}

// allZones lists the IANA zones that Go carries.
func allZones(t *testing.T) []calendars.Zone {
	t.Helper()
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Skipf("the list of zones is not on this machine: %v", err)
	}
	archive, err := zip.OpenReader(filepath.Join(strings.TrimSpace(string(root)), "lib", "time", "zoneinfo.zip"))
	if err != nil {
		t.Skipf("the list of zones is not on this machine: %v", err)
	}
	defer archive.Close()
	var zones []calendars.Zone
	for _, file := range archive.File {
		if name := file.Name; !strings.HasSuffix(name, "/") && name != "Factory" {
			zones = append(zones, calendars.MustZone(name))
		}
	}
	if len(zones) < 500 {
		t.Fatalf("%d zones", len(zones))
	}
	return zones
}

// In every zone, from 2024 to 2037, days touch, last 22 to 26 hours and start
// with their first instant.
func TestDaysOfEveryZone(t *testing.T) {
	t.Parallel()
	first, last := day("2024-01-01"), day("2037-12-31")
	for _, zone := range allZones(t) {
		end := first.Start(zone)
		for d := first; !last.Before(d); d = d.Next() {
			i := d.Interval(zone)
			if !i.Start.Equal(end) {
				t.Fatalf("%s %s starts at %s, the day before ends at %s", zone, d, i.Start, end)
			}
			if length := i.Duration(); length < 22*time.Hour || length > 26*time.Hour {
				t.Fatalf("%s %s lasts %s", zone, d, length)
			}
			if calendars.DayOf(i.Start, zone) != d || calendars.DayOf(i.Start.Add(-time.Second), zone) == d {
				t.Fatalf("%s %s does not start at %s", zone, d, i.Start)
			}
			end = i.End
		}
	}
}

// Around every change of clocks in every zone from 2024 to 2037, an instant's
// wall time leads back to it, or to the first of two; and a wall time that is
// skipped leads to the change itself.
func TestWallTimesOfEveryZone(t *testing.T) {
	t.Parallel()
	from, to := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2038, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, zone := range allZones(t) {
		_, change := from.In(zone.Location()).ZoneBounds()
		for !change.IsZero() && change.Before(to) {
			for m := -180; m <= 180; m += 15 {
				checkInstant(t, zone, change.Add(time.Duration(m)*time.Minute))
			}
			checkGap(t, zone, change)
			_, change = change.ZoneBounds()
		}
	}
}

func checkInstant(t *testing.T, zone calendars.Zone, at time.Time) {
	t.Helper()
	local := at.In(zone.Location())
	d, w := calendars.DayOf(at, zone), calendars.WallTime(local.Hour()*60+local.Minute())
	if local.Second() != 0 {
		return // zones with odd seconds are history
	}
	if d.Skips(w, zone) {
		t.Fatalf("%s: %s is shown at %s, but said to be skipped", zone, w, at)
	}
	first := d.At(w, zone)
	second, twice := d.Repeats(w, zone)
	if !first.Equal(at) && !(twice && second.Equal(at) && first.Before(at)) {
		t.Fatalf("%s: %s %s is shown at %s, but At says %s and Repeats %s", zone, d, w, at, first, second)
	}
}

func checkGap(t *testing.T, zone calendars.Zone, change time.Time) {
	t.Helper()
	_, before := change.Add(-time.Second).In(zone.Location()).Zone()
	_, after := change.In(zone.Location()).Zone()
	if after <= before {
		return
	}
	shown := change.UTC().Add(time.Duration(before) * time.Second) // what clocks would have shown
	d, w := calendars.DayOf(shown, calendars.Zone{}), calendars.WallTime(shown.Hour()*60+shown.Minute())
	if !d.Skips(w, zone) || !d.At(w, zone).Equal(change) {
		t.Fatalf("%s: clocks skip %s %s at %s, but At says %s", zone, d, w, change, d.At(w, zone))
	}
}

// The first instant that time.Time knows is a midnight as any other.
func TestYearOne(t *testing.T) {
	t.Parallel()
	for _, zone := range []string{"UTC", "Europe/Sofia", "America/New_York", "Asia/Manila"} {
		for day := range 5 {
			d := calendars.Day{Year: 1, Month: 1, Dom: 1}.AddDays(day - 2)
			if start := d.Start(calendars.MustZone(zone)); calendars.DayOf(start, calendars.MustZone(zone)) != d {
				t.Errorf("%s in %s starts at %s", d, zone, start)
			}
		}
	}
}
