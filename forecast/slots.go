package forecast

import (
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// slot is a place in the week on a clock.
type slot struct {
	weekday time.Weekday
	wall    calendars.WallTime
}

// slots lists the positions of a series by slot, ascending.
type slots struct {
	zone calendars.Zone
	week map[slot][]int
	day  map[calendars.WallTime][]int
}

func newSlots(s Series) slots {
	all := slots{zone: s.Zone, week: map[slot][]int{}, day: map[calendars.WallTime][]int{}}
	for i := range s.Grid.N {
		slot := all.of(s.Grid.At(i))
		all.week[slot] = append(all.week[slot], i)
		all.day[slot.wall] = append(all.day[slot.wall], i)
	}
	return all
}

// of returns the slot of an instant.
func (s slots) of(t time.Time) slot {
	local := t.In(s.zone.Location())
	return slot{local.Weekday(), calendars.WallTime(local.Hour()*60 + local.Minute())}
}
