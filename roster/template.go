package roster

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Clocks that a shift template can follow.
const (
	TeamClock     = "team"     // the same instants for everybody
	OperatorClock = "operator" // "09:00 where you live"
)

// MaxShift is the longest shift template; a longer one is surely a mistake.
const MaxShift = 16 * time.Hour

// Template is a kind of shift: wall times and weekdays, on the team's clock or
// on each operator's own. An end that is not after the start is on the next day.
type Template struct {
	Name     string              `json:"name" minLength:"1" maxLength:"60"`
	Start    calendars.WallTime  `json:"start"`
	End      calendars.WallTime  `json:"end"`
	Clock    string              `json:"clock,omitempty" enum:"team,operator" doc:"Whose clock the times are on; the team's if left out."`
	Weekdays []calendars.Weekday `json:"weekdays,omitempty" nullable:"false" doc:"Days on which it starts; every day if left out."`
	Kind     string              `json:"kind,omitempty" maxLength:"60" doc:"What rules call it together with others, such as evening."`
	Breaks   []Break             `json:"breaks,omitempty" nullable:"false" doc:"Pauses that belong to it."`
}

// zone returns the zone of the template's wall times for the operator.
func (s Template) zone(team calendars.Zone, o Operator) calendars.Zone {
	if s.Clock == OperatorClock {
		return o.Zone
	}
	return team
}

// Shift returns the occurrence that starts on day d in the zone.
func (s Template) Shift(d calendars.Day, zone calendars.Zone) calendars.Interval {
	return wallSpan(d, s.Start, s.End, zone)
}

// check returns every fault of the template, joined.
func (s Template) check() error {
	length := s.End - s.Start
	if length < 0 {
		length += calendars.EndOfDay
	}
	faults := []error{expect(len(s.Breaks) <= 10, "breaks: expected at most 10")}
	for i, b := range s.Breaks {
		faults = append(faults, within(fmt.Sprintf("breaks[%d]", i), errors.Join(b.check(), expect(b.To.Duration <= time.Duration(length)*time.Minute, "to: %s is after the end of the shift", b.To))))
	}
	return errors.Join(append(faults,
		expect(s.Name != "", "name: expected a text"),
		expect(s.Clock == "" || s.Clock == TeamClock || s.Clock == OperatorClock,
			"clock: %q is not possible: expected %q or %q", s.Clock, TeamClock, OperatorClock),
		expect(length > 0, "%s to %s: a shift of 0 hours is not possible: expected an end after the start, or on the next day", s.Start, s.End),
		expect(time.Duration(length)*time.Minute <= MaxShift, "%s to %s: a shift of %s is not possible: expected at most %s",
			s.Start, s.End, time.Duration(length)*time.Minute, MaxShift),
	)...)
}

// Shifts returns every shift that the operator could be given in the horizon,
// ordered by start: all templates, all days, where the shift starts within
// the horizon, the operator is available and not on time off, and the law lets
// them work it.
func (t Team) Shifts(o Operator, horizon calendars.Interval) []Assignment {
	return o.Workable(t.Occurrences(o, horizon))
}

// Workable returns those shifts, as the operator's, that they could be given: they may
// be the Occurrences of anybody in the same zone.
func (o Operator) Workable(occurrences []Assignment) []Assignment {
	var off []calendars.Interval
	for _, f := range o.TimeOff {
		off = append(off, f.Interval(o.Zone))
	}
	most := o.Limits().MaxShift.Minutes
	workable := make([]Assignment, 0, len(occurrences))
	for _, a := range occurrences {
		if !slices.ContainsFunc(off, a.Shift.Overlaps) && o.offersItself(a.Shift) && o.lawfulWithin(a.Shift, most) {
			a.Operator = o.ID
			workable = append(workable, a)
		}
	}
	return workable
}

// Occurrences returns all shifts that the team's templates offer the operator, on their
// clock or the team's, which start within the horizon, whether or not anything forbids
// them, ordered by start.
func (t Team) Occurrences(o Operator, horizon calendars.Interval) []Assignment {
	first, last := calendars.DayOf(horizon.Start, o.Zone), calendars.DayOf(horizon.End, o.Zone)
	shifts := make([]Assignment, 0, (first.DaysUntil(last)+1)*len(t.Templates))
	const apart = 2 // days between two clocks at most: they are up to 26 h apart
	for d := first.AddDays(-apart); !last.AddDays(apart).Before(d); d = d.Next() {
		for i := range t.Templates {
			template := &t.Templates[i]
			if !d.OnWeekday(template.Weekdays) {
				continue
			}
			if shift := template.Shift(d, template.zone(t.Zone, o)); horizon.Contains(shift.Start) {
				shifts = append(shifts, Assignment{Operator: o.ID, Template: template.Name, Shift: shift})
			}
		}
	}
	Sort(shifts)
	return shifts
}
