package roster

import (
	"cmp"
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// Verdict is everything that there is to say of a roster.
type Verdict struct {
	Score    Score    `json:"score"`
	Breaches []Breach `json:"breaches" nullable:"false"`
	Coverage Coverage `json:"coverage"`
}

// Judge returns the score, every breach and the coverage of the assignments.
// Their order does not matter. Breaches of carried assignments alone are an
// earlier roster's and are not reported.
func Judge(p Problem, assignments []Assignment) Verdict {
	coverage := Cover(p, assignments)
	verdict := Verdict{Breaches: []Breach{}, Coverage: coverage}
	for _, row := range rowsOf(p, assignments) {
		for _, rule := range rules {
			verdict.Breaches = append(verdict.Breaches, rule(p, row)...)
		}
	}
	for _, b := range verdict.Breaches {
		if b.Hard {
			verdict.Score.Hard += b.Cost
		} else {
			verdict.Score.Soft += b.Cost
		}
	}
	verdict.Score.Soft += coverage.cost
	return verdict
}

// rules are what every row is held against.
var rules = []func(Problem, row) []Breach{
	skill, availability, lawful, oneShift, dailyRest, weeklyRest, hoursPerWeek, averageWeek, consecutiveDays, hoursShort,
}

// row is the shifts of one operator, earlier rosters' included, by start.
type row struct {
	operator Operator
	limits   Limits
	shifts   []worked
	weeks    []calendars.Interval // in which its own shifts have time
}

// worked is a shift of a row and whether this roster put it there.
type worked struct {
	Assignment
	own     bool
	counted int64 // minutes of all of it
}

// at says when a shift of the row is on its operator's clock.
func (r row) at(w worked) clocked { return clocked{w.Shift, r.operator.Zone} }

// rowsOf sorts the assignments by operator, in the order of the team. Those of
// nobody in the team are left out: there is no contract to judge them by.
func rowsOf(p Problem, assignments []Assignment) []row {
	rows := make([]row, len(p.Team.Operators))
	position := map[ID]int{}
	for i, o := range p.Team.Operators {
		rows[i].operator = o
		position[o.ID] = i
	}
	add := func(a Assignment, own bool) {
		if i, known := position[a.Operator]; known {
			rows[i].shifts = append(rows[i].shifts, worked{Assignment: a, own: own})
		}
	}
	for _, a := range p.Carried {
		add(a, false)
	}
	for _, a := range assignments {
		add(a, true)
	}
	for i := range rows {
		rows[i].complete()
	}
	return rows
}

// complete orders the shifts by start, then by end, and notes what every rule asks.
func (r *row) complete() {
	slices.SortStableFunc(r.shifts, func(a, b worked) int {
		return cmp.Or(a.Shift.Start.Compare(b.Shift.Start), a.Shift.End.Compare(b.Shift.End))
	})
	r.limits, r.weeks = r.operator.Limits(), r.ownWeeks()
	for i, w := range r.shifts {
		r.shifts[i].counted = r.operator.Counted(w.Shift, w.Shift)
	}
}

// pairs calls f for each two neighbouring shifts of which this roster owns one.
func (r row) pairs(f func(a, b worked)) {
	for i := 1; i < len(r.shifts); i++ {
		if a, b := r.shifts[i-1], r.shifts[i]; a.own || b.own {
			f(a, b)
		}
	}
}

// ownWeeks returns the calendar weeks, Monday to Monday in the operator's zone,
// in which the row's own shifts have time.
func (r *row) ownWeeks() []calendars.Interval {
	var weeks []calendars.Interval
	for _, w := range r.shifts {
		if !w.own {
			continue
		}
		last := calendars.DayOf(w.Shift.End.Add(-1), r.operator.Zone).Monday()
		for m := calendars.DayOf(w.Shift.Start, r.operator.Zone).Monday(); !last.Before(m); m = m.AddDays(7) {
			week := weekOf(m, r.operator.Zone)
			if !slices.ContainsFunc(weeks, week.Equal) {
				weeks = append(weeks, week)
			}
		}
	}
	slices.SortFunc(weeks, func(a, b calendars.Interval) int { return a.Start.Compare(b.Start) })
	return weeks
}

// weekOf returns the calendar week that starts on the Monday.
func weekOf(monday calendars.Day, zone calendars.Zone) calendars.Interval {
	return calendars.Interval{Start: monday.Start(zone), End: monday.AddDays(7).Start(zone)}
}

// minutesIn is the time of the row that counts in the interval.
func (r row) minutesIn(i calendars.Interval) (minutes int64) {
	for _, w := range r.shifts {
		if i.Start.After(w.Shift.Start) || i.End.Before(w.Shift.End) {
			minutes += r.operator.Counted(w.Shift, i)
		} else {
			minutes += w.counted
		}
	}
	return minutes
}
