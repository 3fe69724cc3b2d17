package solve

import (
	"slices"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// fix puts what the solver may not move into the cover, and closes the weeks
// in which that alone breaks a rule: there the solver adds nothing, and the
// breach stays the manager's.
func (r *row) fix(p roster.Problem) {
	var spans []calendars.Interval
	if r.carriedEnd != never {
		for _, a := range own(p.Carried, r.operator.ID) {
			spans = append(spans, a.Shift)
			o := option{}
			o.appear(p.Demand.Grid, a.Shift, r.operator.Share)
			r.show(&o, 1)
		}
	}
	for i := range r.options {
		if o := &r.options[i]; o.pinned {
			spans = append(spans, o.assignment.Shift)
			r.show(o, 1)
		}
	}
	slices.SortFunc(spans, func(a, b calendars.Interval) int { return a.Start.Compare(b.Start) })
	for i := range r.weeks {
		w := &r.weeks[i]
		w.closed = r.closes(*w, spans)
	}
}

// closes says whether the spans alone leave no weekly rest or too many hours.
func (r *row) closes(w week, spans []calendars.Interval) bool {
	free, longest, worked := w.start, int64(0), int64(0)
	for _, span := range spans {
		longest = max(longest, min(minuteOf(span.Start), w.end)-free)
		free = max(free, minuteOf(span.End))
		worked += r.operator.Counted(span, w.interval())
	}
	longest = max(longest, w.end-free)
	return longest < r.limits.WeeklyRest.Minutes || worked > r.limits.MaxWeek.Minutes
}

// show puts the option on the cover, or with sign -1 takes it off, and
// returns by how much the cost of the cover changed.
func (r *row) show(o *option, sign int64) (change int64) {
	if r.group == nil {
		return 0
	}
	for t := o.first; t <= o.last; t++ {
		change -= r.group.cost(t, 0, 0)
		r.group.add(t, r.mask, sign*o.units(t))
		change += r.group.cost(t, 0, 0)
	}
	return change
}

// worth is the cost of putting the option on the cover as it stands: below
// zero where operators are missing.
func (r *row) worth(o *option) (change int64) {
	if r.group == nil {
		return 0
	}
	for t := o.first; t <= o.last; t++ {
		change += r.group.cost(t, r.mask, o.units(t)) - r.group.cost(t, 0, 0)
	}
	return change
}

// shortOf is the cost of the guaranteed hours that pinned, carried and chosen
// shifts leave short.
func (r *row) shortOf() (cost int64) {
	for i := range r.weeks {
		if r.weeks[i].least > 0 {
			cost += shortCost(r.weeks[i].least - r.minutesIn(i))
		}
	}
	return cost
}

// minutesIn is what the row works in calendar week i.
func (r *row) minutesIn(i int) int32 {
	minutes := r.weeks[i].carried
	add := func(o *option) {
		if o.week == i {
			minutes += o.own
		} else if o.week == i-1 {
			minutes += o.spill
		}
	}
	for d := range r.days {
		if w := r.days[d].week; w == i || w == i-1 {
			for _, pin := range r.days[d].pins {
				add(&r.options[pin])
			}
			if o := r.chosen[d]; o >= 0 {
				add(&r.options[o])
			}
		}
	}
	return minutes
}
