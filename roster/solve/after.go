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
// the first of that, and its minutes count in weeks with guaranteed hours. Of the other
// rules the judge is asked.
func (r *row) precede(d *draft, after []roster.Assignment) {
	r.next = slices.MinFunc(after, func(a, b roster.Assignment) int { return a.Shift.Start.Compare(b.Shift.Start) }).Shift
	d.without(r.tooLate)
	for _, a := range after {
		for w := range r.weeks {
			if r.weeks[w].least > 0 {
				r.weeks[w].carried += int32(r.operator.Counted(a.Shift, r.weeks[w].interval()))
			}
		}
	}
}

// tooLate says whether a shift leaves too little rest before what follows.
func (r *row) tooLate(a roster.Assignment) bool {
	if a.Pinned || r.next.Start.IsZero() {
		return false
	}
	return a.Shift.Overlaps(r.next) || tooClose(r.operator, a.Shift, r.next)
}

// minds says whether what follows the horizon's end could break a rule: of those that look
// no further than a run of days and the week of a last night, if it comes soon.
func (r *row) minds(end time.Time) bool {
	const soon = 8 // days
	if r.next.Start.IsZero() {
		return false
	}
	return r.next.Start.Before(end.AddDate(0, 0, soon)) || len(r.rules) > 0 || r.limits.Average.Minutes > 0
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
