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

// weekTimes lists the positions of a series by weekTime, ascending.
type weekTimes struct {
	zone calendars.Zone
	week map[weekTime][]int
	day  map[calendars.WallTime][]int
}

func newWeekTimes(s Series) weekTimes {
	all := weekTimes{zone: s.Zone, week: map[weekTime][]int{}, day: map[calendars.WallTime][]int{}}
	for i := range s.Grid.N {
		weekTime := all.of(s.Grid.At(i))
		all.week[weekTime] = append(all.week[weekTime], i)
		all.day[weekTime.wall] = append(all.day[weekTime.wall], i)
	}
	return all
}

// of returns the weekTime of an instant.
func (s weekTimes) of(t time.Time) weekTime {
	local := t.In(s.zone.Location())
	return weekTime{local.Weekday(), calendars.WallTime(local.Hour()*60 + local.Minute())}
}
