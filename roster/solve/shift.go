package solve

import (
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// shift is an occurrence of a template, shared by all rows that can work it.
// Instants are minutes of Unix time.
type shift struct {
	template   string
	start, end int64
	// Presence: intervals [from, to) of the demand, and the minutes in the
	// first and in the last of them.
	from, to         int
	head, tail, step int64
	slots            []place // slots that it counts on
}

// place is an interval of a field.
type place struct{ field, t int }

// shiftKey is what makes two shifts the same: their slots are of the day on
// the template's own clock.
type shiftKey struct {
	template   string
	start, end int64
	day        calendars.Day
}

// shifts are all shifts that somebody could work.
type shifts struct {
	problem *roster.Problem
	at      map[shiftKey]int32
	all     []shift
	slots   map[slotKey][]place
}

type slotKey struct {
	template string
	day      calendars.Day
}

// of returns the position of the assignment's shift.
func (s *shifts) of(a roster.Assignment, o *roster.Operator) int32 {
	zone := s.problem.Team.Zone
	if t, known := s.problem.Team.Template(a.Template); known && t.Clock == roster.OperatorClock {
		zone = o.Zone
	}
	key := shiftKey{a.Template, minuteOf(a.Shift.Start), minuteOf(a.Shift.End), calendars.Day{}}
	if len(s.slots) > 0 {
		key.day = calendars.DayOf(a.Shift.Start, zone)
	}
	if i, known := s.at[key]; known {
		return i
	}
	one := shift{template: a.Template, start: key.start, end: key.end, slots: s.slots[slotKey{a.Template, key.day}]}
	one.appear(s.problem.Demand.Grid, a.Shift)
	s.at[key] = int32(len(s.all))
	s.all = append(s.all, one)
	return s.at[key]
}

// appear says in which intervals the shift is present and how much of it.
func (s *shift) appear(grid calendars.Grid, at calendars.Interval) {
	if s.from, s.to = grid.Range(at); s.to <= s.from {
		s.to = s.from
		return
	}
	minutes := func(t int) int64 { return int64(grid.Interval(t).Overlap(at) / time.Minute) }
	s.head, s.tail, s.step = minutes(s.from), minutes(s.to-1), int64(grid.Step/time.Minute)
}

// units is the hundredths of an operator there in interval t, of somebody who
// counts for a share, in hundredths too.
func (s *shift) units(t int, share int64) int64 {
	switch t {
	case s.from:
		return share * s.head / s.step
	case s.to - 1:
		return share * s.tail / s.step
	}
	return share
}

// interval is the shift's time.
func (s *shift) interval() calendars.Interval {
	return calendars.Interval{Start: time.Unix(s.start*60, 0).UTC(), End: time.Unix(s.end*60, 0).UTC()}
}
