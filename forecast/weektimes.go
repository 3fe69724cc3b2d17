package forecast

import (
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// weekTime is a place in the week on a clock.
type weekTime struct {
	weekday time.Weekday
	wall    calendars.WallTime
}

// weekTimes lists the positions of a series by their place in the week, and by
// wall time alone, ascending.
type weekTimes struct {
	zone calendars.Zone
	week map[weekTime][]int
	day  map[calendars.WallTime][]int
}

func newWeekTimes(s Series) weekTimes {
	all := weekTimes{zone: s.Zone, week: map[weekTime][]int{}, day: map[calendars.WallTime][]int{}}
	for i := range s.Grid.N {
		at := all.of(s.Grid.At(i))
		all.week[at] = append(all.week[at], i)
		all.day[at.wall] = append(all.day[at.wall], i)
	}
	return all
}

// of returns the place of an instant.
func (s weekTimes) of(t time.Time) weekTime {
	local := t.In(s.zone.Location())
	return weekTime{local.Weekday(), calendars.WallTime(local.Hour()*60 + local.Minute())}
}
