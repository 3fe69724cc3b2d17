package roster

import (
	"errors"
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// Mix asks for so many of some operators at every moment of a part of the day:
// at least one senior at night.
type Mix struct {
	Name      string              `json:"name" minLength:"1" maxLength:"100" doc:"Who they are, in sentences."`
	Operators []string            `json:"operators" nullable:"false" doc:"By name."`
	Least     int                 `json:"least" minimum:"1" maximum:"1000"`
	From      calendars.WallTime  `json:"from,omitempty" doc:"From this time of the team's clock; from 00:00 if left out."`
	To        calendars.WallTime  `json:"to,omitempty" doc:"To this time, perhaps of the next day; to 24:00 if left out."`
	Weekdays  []calendars.Weekday `json:"weekdays,omitempty" nullable:"false" doc:"On which it starts; every day if left out."`
	Weight    int64               `json:"weight" minimum:"1" maximum:"1000" doc:"What a missing minute costs, in minutes of an operator who is there for nothing."`
}

// check returns every fault of the mix, joined.
func (m Mix) check(t Team) error {
	return errors.Join(
		expect(m.Name != "", "name: expected a text"),
		within("operators", t.known(m.Operators)),
		expect(m.Least >= 1 && m.Least <= len(m.Operators), "least: %d is not possible: expected 1 to %d, how many there are", m.Least, len(m.Operators)),
		expect(m.Weight >= 1 && m.Weight <= 1000, "weight: %d is not possible: expected 1 to 1000", m.Weight),
	)
}

// known says which names are no operator's.
func (t Team) known(names []string) error {
	if len(names) == 0 {
		return errors.New("expected at least one name")
	}
	for _, name := range names {
		if _, err := t.OperatorNamed(name); err != nil {
			return err
		}
	}
	return nil
}

// mix counts the minutes of its operators in each planning interval that it is about.
type mix struct {
	*Mix
	facts   *facts
	members []int
	minutes []int64 // per interval, those present
	wanted  []int64 // per interval
	total   int64
}

func newMix(f *facts, m *Mix, rows []judged) *mix {
	grid := f.problem.Demand.Grid
	x := &mix{Mix: m, facts: f, members: positionsOf(rows, m.Operators), minutes: make([]int64, grid.N), wanted: make([]int64, grid.N)}
	to := m.To
	if to == 0 {
		to = calendars.EndOfDay
	}
	zone := f.problem.Team.Zone
	last := calendars.DayOf(instantOf(f.horizon.to), zone)
	for d := calendars.DayOf(instantOf(f.horizon.from), zone).AddDays(-1); !last.Before(d); d = d.Next() {
		if !d.OnWeekday(m.Weekdays) {
			continue
		}
		part := spanOf(wallSpan(d, m.From, to, zone))
		for t, end := grid.Range(part.interval()); t < end; t++ {
			x.wanted[t] = max(x.wanted[t], int64(m.Least)*part.overlap(spanOf(grid.Interval(t))))
		}
	}
	for t := range x.wanted {
		x.total += x.at(t)
	}
	return x
}

// at is the cost of interval t.
func (x *mix) at(t int) int64 { return Whole * x.Weight * max(0, x.wanted[t]-x.minutes[t]) }

func (x *mix) change(operator int, w worked, sign int) {
	if !slices.Contains(x.members, operator) {
		return
	}
	grid := x.facts.problem.Demand.Grid
	for t, end := grid.Range(w.Shift); t < end; t++ {
		x.total -= x.at(t)
		x.minutes[t] += int64(sign) * w.overlap(spanOf(grid.Interval(t)))
		x.total += x.at(t)
	}
}

func (x *mix) cost() int64 { return x.total }

// findings are the stretches in which too few are there.
func (x *mix) findings() (breaches []finding) {
	grid, zone := x.facts.problem.Demand.Grid, x.facts.problem.Team.Zone
	for from := 0; from < grid.N; {
		to, missing := from, int64(0)
		for ; to < grid.N && x.at(to) > 0; to++ {
			missing += x.wanted[to] - x.minutes[to]
		}
		if to == from {
			from++
			continue
		}
		at := calendars.Interval{Start: grid.At(from), End: grid.At(to)}
		breaches = append(breaches, ofTeam(RuleMix, missing, "minutes", Whole*x.Weight*missing, func() Text {
			return say(Text{"%s: fewer than %d at %s, %s missing", "%s: меньше %d, %s, не хватает %s", "%s: по-малко от %d, %s, липсват %s"},
				Text{x.Name, x.Name, x.Name}, x.Least, clocked{at, zone}, minutes(missing))
		}, at))
		from = to
	}
	return breaches
}
