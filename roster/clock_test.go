package roster

import (
	"testing"

	"github.com/smena-wfm/smena/calendars"
)

// The days of a clock are those of the calendar, in every zone that changes its
// clocks in its own way, and the nights those of wall times.
func TestClock(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"UTC", "Europe/Sofia", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Africa/Casablanca", "Asia/Manila", "Africa/Monrovia", "Pacific/Apia"} {
		for _, year := range []int{1960, 2011, 2026} {
			o := &Operator{Zone: calendars.MustZone(name), Country: "DE"}
			first := calendars.Day{Year: year, Month: 1, Dom: 1}
			c := newClock(o, spanOf(calendars.Interval{Start: first.Start(o.Zone), End: first.AddDays(400).Start(o.Zone)}), nil)
			for i := range c.starts {
				d := c.first.AddDays(i)
				if want := minuteOf(d.Start(o.Zone)); c.starts[i] != want {
					t.Fatalf("%s, %s starts at %d, want %d", name, d, c.starts[i], want)
				}
				if want := spanOf(wallSpan(d, 23*60, 6*60, o.Zone)); c.nights[i] != want {
					t.Fatalf("%s, the night of %s is %v, want %v", name, d, c.nights[i], want)
				}
				if i+1 < len(c.starts) && c.starts[i] < c.starts[i+1] && (c.day(c.starts[i]) != i || c.day(c.starts[i+1]-1) != i) {
					t.Fatalf("%s, %s is not found", name, d)
				}
			}
			if c.first.Weekday() != 1 || c.starts[1] > minuteOf(first.Start(o.Zone)) {
				t.Fatalf("%s: the clock starts on %s", name, c.first)
			}
		}
	}
}
