package forecast

import (
	"fmt"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// clock understands the times of a file.
type clock struct {
	zone   *calendars.Zone
	faults *Faults
}

// moment is a time of a file. In the hour that autumn repeats, first and
// second differ; elsewhere second is zero.
type moment struct {
	first, second time.Time
	skipped       bool // the zone's clocks never showed it
}

// localForms are times without an offset.
var localForms = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"}

// read understands a time and notes what is wrong with it.
func (c clock) read(line int, column, value string) (moment, bool) {
	if t, err := time.Parse(time.RFC3339, value); err == nil {
		return moment{first: t.UTC()}, c.sane(line, column, value, t)
	}
	for _, form := range localForms {
		wall, err := time.Parse(form, value)
		if err != nil {
			continue
		}
		if c.zone == nil {
			c.faults.add(line, column, value, "the time has no offset: expected one such as 2026-03-01T10:00:00+02:00, or --zone Europe/Sofia")
			return moment{}, false
		}
		return local(wall, *c.zone), c.sane(line, column, value, wall)
	}
	c.faults.add(line, column, value, "expected a time such as 2026-03-01T10:00:00+02:00 or, with --zone, 2026-03-01T10:00")
	return moment{}, false
}

// sane refuses years that are surely mistakes.
func (c clock) sane(line int, column, value string, t time.Time) bool {
	if t.Year() < 1990 || t.Year() > 2100 {
		c.faults.add(line, column, value, "expected a year from 1990 to 2100")
		return false
	}
	return true
}

// local finds the instants at which clocks in the zone showed the wall time.
func local(wall time.Time, zone calendars.Zone) moment {
	day := calendars.DayOf(wall, calendars.Zone{})
	minute := calendars.WallTime(wall.Hour()*60 + wall.Minute())
	seconds := time.Duration(wall.Second()) * time.Second
	m := moment{first: day.At(minute, zone).Add(seconds), skipped: day.Skips(minute, zone)}
	if second, twice := day.Repeats(minute, zone); twice {
		m.second = second.Add(seconds).UTC()
	}
	return m
}

// missing is what a count in a skipped hour means.
func (c clock) missing() string {
	return fmt.Sprintf("clocks in %s skip this time, yet something is counted: expected no row or 0; is the zone right?", c.zone)
}
