package solve

import (
	"slices"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// parted are the assignments of other rosters that start before the horizon's end, and
// those after it.
func parted(carried []roster.Assignment, end time.Time) (before, after []roster.Assignment) {
	for _, a := range carried {
		if a.Shift.Start.Before(end) {
			before = append(before, a)
		} else {
			after = append(after, a)
		}
	}
	return before, after
}

// precede has the row know what comes after the horizon: no shift may be too close to
// the first of that, and its minutes count in the weeks that the horizon ends in. Of the
// other rules the judge is asked.
func (r *row) precede(d *draft, after []roster.Assignment) {
	r.followed = true
	first := slices.MinFunc(after, func(a, b roster.Assignment) int { return a.Shift.Start.Compare(b.Shift.Start) }).Shift
	d.without(func(a roster.Assignment) bool {
		return !a.Pinned && (a.Shift.Overlaps(first) || tooClose(r.operator, a.Shift, first))
	})
	last := r.days[len(r.days)-1].week
	for _, a := range after {
		for w := range r.weeks[:last+1] {
			r.weeks[w].carried += int32(r.operator.Counted(a.Shift, r.weeks[w].interval()))
		}
	}
}

// without takes shifts out of the draft.
func (d *draft) without(gone func(roster.Assignment) bool) {
	var left draft
	for i, a := range d.possible {
		if !gone(a) {
			left.possible, left.own, left.spill = append(left.possible, a), append(left.own, d.own[i]), append(left.spill, d.spill[i])
		}
	}
	d.possible, d.own, d.spill = left.possible, left.own, left.spill
}
