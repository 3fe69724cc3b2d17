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
	zero             int     // the interval in which it starts, even if that is before the first
	layout           *layout // of its breaks; nil if it has none
}

// place is an interval of a field.
type place struct{ field, t int }

// shiftKey is what makes two shifts the same: their slots are of the day on
// the template's own clock, their breaks where law or start has them.
type shiftKey struct {
	template   string
	start, end int64
	day        calendars.Day
	layout     *layout
}

// shifts are all shifts that somebody could work.
type shifts struct {
	problem   *roster.Problem
	templates map[string]*roster.Template
	at        map[shiftKey]int32
	all       []shift
	slots     map[slotKey][]place
	layouts   layouts
}

type slotKey struct {
	template string
	day      calendars.Day
}

func (m *model) newShifts() *shifts {
	s := &shifts{problem: &m.problem, templates: map[string]*roster.Template{}, at: map[shiftKey]int32{}, slots: m.slotFields(), layouts: newLayouts()}
	for i := range m.problem.Team.Templates {
		t := &m.problem.Team.Templates[i]
		s.templates[t.Name] = t
	}
	return s
}

// of returns the position of the assignment's shift, and where its breaks are.
func (s *shifts) of(a roster.Assignment, o *roster.Operator) (int32, placement) {
	zone := s.problem.Team.Zone
	var breaks []roster.Break
	if t := s.templates[a.Template]; t != nil {
		if breaks = t.Breaks; t.Clock == roster.OperatorClock {
			zone = o.Zone
		}
	}
	layout, at := s.layoutOf(a, breaks, o)
	key := shiftKey{a.Template, minuteOf(a.Shift.Start), minuteOf(a.Shift.End), calendars.Day{}, layout}
	if len(s.slots) > 0 {
		key.day = calendars.DayOf(a.Shift.Start, zone)
	}
	if i, known := s.at[key]; known {
		return i, at
	}
	one := shift{template: a.Template, start: key.start, end: key.end, slots: s.slots[slotKey{a.Template, key.day}], layout: layout}
	one.appear(s.problem.Demand.Grid, a.Shift)
	s.at[key] = int32(len(s.all))
	s.all = append(s.all, one)
	return s.at[key], at
}

// appear says in which intervals the shift is present and how much of it.
func (s *shift) appear(grid calendars.Grid, at calendars.Interval) {
	if s.from, s.to = grid.Range(at); s.to <= s.from {
		s.to = s.from
		return
	}
	minutes := func(t int) int64 { return int64(grid.Interval(t).Overlap(at) / time.Minute) }
	s.head, s.tail, s.step = minutes(s.from), minutes(s.to-1), int64(grid.Step/time.Minute)
	s.zero = grid.Index(at.Start)
}

// minutes is how much of interval t the shift is there, breaks and all.
func (s *shift) minutes(t int) int64 {
	switch t {
	case s.from:
		return s.head
	case s.to - 1:
		return s.tail
	}
	return s.step
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
	return calendars.Interval{Start: instantOf(s.start), End: instantOf(s.end)}
}

func instantOf(minute int64) time.Time { return time.Unix(minute*60, 0).UTC() }
