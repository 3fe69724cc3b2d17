package solve

import (
	"slices"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// fix puts what the solver may not move into the cover, and closes the weeks
// in which that alone breaks a rule: there the solver adds nothing, and the
// breach stays the manager's.
func (m *model) fix(r *row, carried []roster.Assignment) {
	var spans []calendars.Interval
	for _, a := range carried {
		spans = append(spans, a.Shift)
		one := shift{}
		one.appear(m.problem.Demand.Grid, a.Shift)
		one.layout = carriedLayout(m.problem.Demand.Grid, a)
		m.show(m.fields, r, &one, 0, 1)
		r.fixed = append(r.fixed, one)
	}
	for i := range r.options {
		if r.options[i].pinned {
			one := m.shifts[r.options[i].shift]
			spans = append(spans, one.interval())
			m.show(m.fields, r, &one, 0, 1)
			r.fixed = append(r.fixed, one)
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

// shortOf is the cost of the guaranteed hours that pinned, carried and chosen
// shifts leave short.
func (r *row) shortOf(chosen []int32) (cost int64) {
	if r.operator.Contract.MinWeek.Duration == 0 {
		return 0
	}
	spill, d := int32(0), 0
	for i := range r.weeks {
		minutes := r.weeks[i].carried + spill
		spill = 0
		add := func(o *option) { minutes, spill = minutes+o.own, spill+o.spill }
		for ; d < len(r.days) && r.days[d].week == i; d++ {
			for _, pin := range r.days[d].pins {
				add(&r.options[pin])
			}
			if o := chosen[d]; o >= 0 {
				add(&r.options[o])
			}
		}
		if r.weeks[i].least > 0 {
			cost += r.shortCost(r.weeks[i].least - minutes)
		}
	}
	return cost
}
