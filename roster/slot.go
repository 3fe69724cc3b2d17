package roster

import (
	"errors"

	"github.com/smena-wfm/smena/calendars"
)

// Slot asks for so many operators on a shift template itself, whatever the
// forecast: a duty that is always filled, or one that need not be.
type Slot struct {
	Template  string              `json:"shift_template" doc:"By name, or a kind, any template of which will do."`
	First     calendars.Day       `json:"first,omitempty,omitzero" doc:"First day, on the template's clock; always if left out."`
	Last      calendars.Day       `json:"last,omitempty,omitzero" doc:"Last day; the first if left out."`
	Weekdays  []calendars.Weekday `json:"weekdays,omitempty" nullable:"false" doc:"Only these days of the week."`
	Operators int                 `json:"operators" minimum:"0" maximum:"10000"`
	Missing   int64               `json:"missing" minimum:"0" maximum:"1000000" doc:"What each operator too few costs, in minutes of an operator who is there for nothing."`
	Surplus   int64               `json:"surplus,omitempty" minimum:"0" maximum:"1000000" doc:"What each operator too many costs."`
}

// check returns every fault of the slot, joined.
func (s Slot) check(t Team) error {
	return errors.Join(
		within("shift_template", t.names([]string{s.Template})),
		expect(s.Last == calendars.Day{} || s.First != calendars.Day{} && !s.Last.Before(s.First), "last: %s: expected a day from first, %s, on", s.Last, s.First),
		expect(s.Operators >= 0 && s.Operators <= 10_000, "operators: %d is not possible: expected 0 to 10000", s.Operators),
		expect(s.Missing >= 0 && s.Missing <= 1_000_000, "missing: %d is not possible: expected 0 to 1000000", s.Missing),
		expect(s.Surplus >= 0 && s.Surplus <= 1_000_000, "surplus: %d is not possible: expected 0 to 1000000", s.Surplus),
	)
}

// Days lists the days from first to last that the slot is on.
func (s Slot) Days(first, last calendars.Day) (days []calendars.Day) {
	if s.First != (calendars.Day{}) {
		if first.Before(s.First) {
			first = s.First
		}
		if end := s.end(); end.Before(last) {
			last = end
		}
	}
	return Wish{Weekdays: s.Weekdays}.Days(first, last)
}

// end is the last day of a slot that has a first.
func (s Slot) end() calendars.Day {
	if s.Last == (calendars.Day{}) {
		return s.First
	}
	return s.Last
}

// slots counts who is on the shift templates that ask for somebody.
type slots struct {
	facts *facts
	rows  []judged
	days  []slotDay
	at    map[duties][]int
	total int64
}

type slotDay struct {
	slot *Slot
	day  calendars.Day
	n    int
}

// duties is a template on one day of its clock.
type duties struct {
	template string
	day      calendars.Day
}

func newSlots(f *facts, rows []judged) *slots {
	s := &slots{facts: f, rows: rows, at: map[duties][]int{}}
	team := f.problem.Team
	first := calendars.DayOf(instantOf(f.horizon.from), team.Zone)
	last := calendars.DayOf(instantOf(f.horizon.to-1), team.Zone)
	for i := range team.Slots {
		slot := &team.Slots[i]
		for _, d := range slot.Days(first, last) {
			s.add(slot, d)
		}
	}
	return s
}

// add counts those on the slot's templates that start on the day, if there are any.
func (s *slots) add(slot *Slot, d calendars.Day) {
	before := len(s.days)
	for _, t := range s.facts.problem.Team.Templates {
		if (t.Name == slot.Template || t.Kind == slot.Template) && d.OnWeekday(t.Weekdays) {
			key := duties{t.Name, d}
			s.at[key] = append(s.at[key], before)
			s.days = append(s.days[:before], slotDay{slot: slot, day: d})
		}
	}
	if len(s.days) > before {
		s.total += s.days[before].cost()
	}
}

func (d slotDay) cost() int64 {
	over := int64(d.n - d.slot.Operators)
	return Whole * max(-over*d.slot.Missing, over*d.slot.Surplus)
}

func (s *slots) change(operator int, w worked, sign int) {
	template, known := s.facts.problem.Team.Template(w.Template)
	if !known {
		return
	}
	zone := template.zone(s.facts.problem.Team.Zone, *s.rows[operator].operator)
	for _, i := range s.at[duties{w.Template, calendars.DayOf(w.Shift.Start, zone)}] {
		s.total -= s.days[i].cost()
		s.days[i].n += sign
		s.total += s.days[i].cost()
	}
}

func (s *slots) cost() int64 { return s.total }

func (s *slots) findings() (breaches []finding) {
	zone := s.facts.problem.Team.Zone
	for _, d := range s.days {
		cost := d.cost()
		if cost == 0 {
			continue
		}
		amount := max(d.n-d.slot.Operators, d.slot.Operators-d.n)
		breaches = append(breaches, ofTeam(RuleSlot, int64(amount), "operators", cost, func() Text {
			return say(Text{"%s on %s has %d operators; the company asks for %d", "%s, %s: операторов %d; компания требует %d", "%s на %s: оператори %d; компанията изисква %d"},
				Text{d.slot.Template, d.slot.Template, d.slot.Template}, d.day, d.n, d.slot.Operators)
		}, d.day.Interval(zone)))
	}
	return breaches
}
