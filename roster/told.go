package roster

import (
	"cmp"
	"errors"
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// ChangeWeights say what it costs to change shifts that operators have been told of, in
// minutes of an operator who is there for nothing.
type ChangeWeights struct {
	Shift    *int64 `json:"shift,omitempty" minimum:"0" maximum:"1000000" doc:"A day of an operator on which their shifts are not those published; 60 if left out."`
	Operator *int64 `json:"operator,omitempty" minimum:"0" maximum:"1000000" doc:"An operator who has any such day and must be told, on top; 2880, six shifts, if left out."`
}

// What changes cost if the team does not say.
const (
	changedWeight = 60
	touchedWeight = 2880
)

// Changed is what a day of an operator costs whose shifts are not as told.
func (c ChangeWeights) Changed() int64 { return orElse(c.Shift, changedWeight) }

// Touched is what an operator costs, once, who has any such day.
func (c ChangeWeights) Touched() int64 { return orElse(c.Operator, touchedWeight) }

// FreeChanges are the weights by which changes cost nothing.
func FreeChanges() ChangeWeights { return ChangeWeights{Shift: new(int64), Operator: new(int64)} }

// Free says whether changes cost nothing.
func (c ChangeWeights) Free() bool { return c.Changed() == 0 && c.Touched() == 0 }

func orElse(weight *int64, usual int64) int64 {
	if weight == nil {
		return usual
	}
	return *weight
}

// check returns every fault of the weights, joined.
func (c ChangeWeights) check() error {
	const most = 1_000_000
	possible := func(n int64) bool { return 0 <= n && n <= most }
	return errors.Join(
		expect(possible(c.Changed()), "shift: %d is not possible: expected 0 to %d", c.Changed(), most),
		expect(possible(c.Touched()), "operator: %d is not possible: expected 0 to %d", c.Touched(), most),
	)
}

// Published is the part of the horizon for which a roster has been published: there,
// other shifts than told are changes, and come too late within the notice. It is all of
// it where the problem does not say what was told.
func (p Problem) Published() calendars.Interval {
	return p.publishedIn(spanOf(p.Demand.Grid.Span())).interval()
}

func (p *Problem) publishedIn(horizon span) span {
	told := horizon
	if p.ToldFor.Start.Before(p.ToldFor.End) {
		told = spanOf(p.ToldFor)
	} else if len(p.Told) > 0 {
		starts := func(a, b Assignment) int { return a.Shift.Start.Compare(b.Shift.Start) }
		first, last := slices.MinFunc(p.Told, starts), slices.MaxFunc(p.Told, starts)
		told.from = minuteOf(calendars.DayOf(first.Shift.Start, p.Team.Zone).Start(p.Team.Zone))
		told.to = minuteOf(calendars.DayOf(last.Shift.Start, p.Team.Zone).Next().Start(p.Team.Zone))
	}
	from := max(horizon.from, told.from)
	return span{from, max(from, min(horizon.to, told.to))}
}

// Standing returns those of the shifts told to the operator that start in the time for
// which they were published, by start. What falls into time off does not stand: whoever
// is off knows that.
func (o *Operator) Standing(told []Assignment, published calendars.Interval) []Assignment {
	var stands []Assignment
	for _, a := range told {
		if published.Contains(a.Shift.Start) && !o.onTimeOff(a.Shift) {
			stands = append(stands, a)
		}
	}
	slices.SortFunc(stands, func(a, b Assignment) int {
		return cmp.Or(a.Shift.Start.Compare(b.Shift.Start), a.Shift.End.Compare(b.Shift.End))
	})
	return stands
}

// stand notes the shifts that the operator has been told of.
func (r *row) stand() {
	for _, a := range r.operator.Standing(r.told, r.published.interval()) {
		w := worked{Assignment: a, span: spanOf(a.Shift)}
		w.day = r.clock.day(w.from)
		r.stands = append(r.stands, w)
	}
}

// changed finds the days of the operator's clock whose shifts are not those published,
// and the operator who must be told of them. It is judged where the problem says what
// has been published, for shifts that start in the time for which it was. Other
// templates or breaks in the same hours change nothing.
func changed(r *row) (all []finding) {
	if len(r.problem.Told) == 0 {
		return nil
	}
	weights, days := r.problem.Team.Changes, r.changedDays()
	for _, day := range days {
		all = append(all, r.missed(RuleChanges, 1, "changes", weights.Changed(), func() Text {
			return say(Text{"%s: other shifts on %s than published, at weight %d", "%s: смены %s отличаются от опубликованных, вес %d", "%s: смените на %s не са като публикуваните, тежест %d"},
				r.operator.Name, r.clock.date(day), weights.Changed())
		}, r.clock.days(day, day+1)))
	}
	if len(days) > 0 {
		all = append(all, r.missed(RuleChanges, 1, "operators", weights.Touched(), func() Text {
			return say(Text{"%s must be told of changes from %s on, at weight %d", "%s: надо сообщить об изменениях, первое – %s, вес %d", "%s: трябва да научи за промени, от %s, тежест %d"},
				r.operator.Name, r.clock.date(days[0]), weights.Touched())
		}, r.horizon))
	}
	return all
}

// changedDays are the days published on which the row's shifts are not those told.
func (r *row) changedDays() (days []int) {
	note := func(day int) {
		if n := len(days); n == 0 || days[n-1] != day {
			days = append(days, day)
		}
	}
	stands := r.stands
	for i := range r.shifts {
		w := &r.shifts[i]
		if !w.own || !r.published.has(w.from) {
			continue
		}
		for len(stands) > 0 && stands[0].before(*w) < 0 {
			note(stands[0].day)
			stands = stands[1:]
		}
		if len(stands) > 0 && stands[0].before(*w) == 0 {
			stands = stands[1:]
		} else {
			note(w.day)
		}
	}
	for _, w := range stands {
		note(w.day)
	}
	return days
}

// ChangesCost is what of the score as it stands is for changes to what was published.
func (j *Judging) ChangesCost() (cost int64) {
	for i := range j.rows {
		for _, f := range j.rows[i].findings {
			if f.Rule == RuleChanges {
				cost += f.Cost
			}
		}
	}
	return cost
}
