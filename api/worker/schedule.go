package worker

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// longestSpec is longer than any schedule that means something.
const longestSpec = 200

// Schedule reads a cron schedule: five fields, with CRON_TZ=Europe/Sofia in
// front if it is on that clock, and on UTC else. A time that the clock skips
// fires at the first instant after the gap, one that it shows twice fires the
// first time only, unless the hour field is a star. One that never fires is an error.
func Schedule(spec string) (schedule cron.Schedule, err error) {
	defer func() {
		if recover() != nil { // the parser panics on CRON_TZ= without fields
			err = fmt.Errorf("%q is not a cron schedule: expected five fields such as */5 * * * *", spec)
		}
	}()
	if len(spec) > longestSpec {
		return nil, fmt.Errorf("a cron schedule of %d characters is too long: expected at most %d", len(spec), longestSpec)
	}
	parsed, err := cron.ParseStandard(spec)
	if err != nil {
		return nil, fmt.Errorf("%q is not a cron schedule: %w", spec, err)
	}
	fields, isFields := parsed.(*cron.SpecSchedule)
	if !isFields {
		return parsed, nil // @every: it knows no clock
	}
	words := strings.Fields(spec)
	zoned := strings.HasPrefix(words[0], "CRON_TZ=") || strings.HasPrefix(words[0], "TZ=")
	if !zoned {
		fields.Location = time.UTC
	} else {
		words = words[1:]
	}
	safe := safeSchedule{fields: *fields, everyHour: len(words) > 1 && strings.HasPrefix(words[1], "*")}
	if safe.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() {
		return nil, fmt.Errorf("%q never fires: is there such a date?", spec)
	}
	return safe, nil
}

// safeSchedule is a schedule that changes of clocks do not confuse.
type safeSchedule struct {
	fields    cron.SpecSchedule
	everyHour bool
}

// Next implements cron.Schedule. It asks for the next wall time on a clock
// that never changes, and then when the real clock shows it.
func (s safeSchedule) Next(after time.Time) time.Time {
	zone := s.fields.Location
	if s.everyHour {
		return s.fields.Next(after.In(zone)).UTC()
	}
	flat := s.fields
	flat.Location = time.UTC
	local := after.In(zone)
	// A day of wall time back, since the wall clock of after may be ahead of
	// what is due: 03:30 was skipped and fires at 04:00.
	wall := time.Date(local.Year(), local.Month(), local.Day()-1, local.Hour(), local.Minute(), local.Second(), 0, time.UTC)
	for {
		wall = flat.Next(wall)
		if wall.IsZero() {
			return wall
		}
		if at := firstShown(wall, zone); at.After(after) {
			return at
		}
	}
}

// firstShown is the first instant at which clocks in the zone show the wall
// time, or the first after it if they skip it.
func firstShown(wall time.Time, zone *time.Location) time.Time {
	guess := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, zone)
	start, end := guess.ZoneBounds()
	shows := func(t time.Time) bool { return t.Format(time.DateTime) == wall.Format(time.DateTime) }
	if !start.IsZero() {
		_, before := start.Add(-time.Second).Zone()
		if earlier := wall.Add(-time.Duration(before) * time.Second).In(zone); earlier.Before(guess) && shows(earlier) {
			return earlier.UTC()
		}
	}
	if shows(guess) {
		return guess.UTC()
	}
	// Skipped: the guess lies on one side of the change of clocks.
	if !start.IsZero() && guess.Format(time.DateTime) > wall.Format(time.DateTime) {
		return start.UTC()
	}
	return end.UTC()
}
