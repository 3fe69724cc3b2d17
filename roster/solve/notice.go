package solve

import (
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// opens is the first minute from which shifts of an operator may come and go: what has
// begun by now stays as it is, and so does what begins within the contract's notice.
func opens(o *roster.Operator, now time.Time) int64 {
	if now.IsZero() {
		return never
	}
	return minuteOf(now) + int64(o.Contract.Notice.Minutes())
}

// startOf returns what the search starts from: the roster that was published, if nothing
// else is given and to change it costs, and of it in any case what may no longer change,
// pinned. This is held.
func startOf(p roster.Problem, start []roster.Assignment) (all, held []roster.Assignment) {
	all = slices.Clone(start)
	if len(p.Told) == 0 && p.Now.IsZero() {
		return all, nil
	}
	told, given, free := byOperator(p.Told), byOperator(start), map[roster.ID]int64{}
	for i := range p.Team.Operators {
		o := &p.Team.Operators[i]
		from := opens(o, p.Now)
		free[o.ID] = from
		for _, a := range o.Standing(told[o.ID], p.Demand.Grid.Span()) {
			a.Pinned = false
			if len(start) == 0 && !p.Team.Changes.Free() {
				all = append(all, a)
			}
			if minuteOf(a.Shift.Start) < from && canStay(&p, o, a, given[o.ID]) {
				a.Pinned = true
				held = append(held, a)
				free[o.ID] = max(from, minuteOf(calendars.DayOf(a.Shift.Start, o.Zone).Next().Start(o.Zone))) // one a day
			}
		}
	}
	all = slices.DeleteFunc(all, func(a roster.Assignment) bool {
		from, known := free[a.Operator]
		return known && !a.Pinned && minuteOf(a.Shift.Start) < from
	})
	return append(all, held...), held
}

// canStay says whether the operator can still work a shift that was published, and no
// manager has pinned another one in its place.
func canStay(p *roster.Problem, o *roster.Operator, a roster.Assignment, given []roster.Assignment) bool {
	serves := len(p.Demand.Queues) == 0 || len(served(p.Demand, o)) > 0
	return serves && len(o.Workable([]roster.Assignment{a})) > 0 && !slices.ContainsFunc(given, func(b roster.Assignment) bool {
		sameDay := calendars.DayOf(a.Shift.Start, o.Zone) == calendars.DayOf(b.Shift.Start, o.Zone)
		return b.Pinned && (sameDay || a.Shift.Overlaps(b.Shift))
	})
}

// release takes the pins off what was held.
func release(all, held []roster.Assignment) {
	type key struct {
		operator roster.ID
		givenKey
	}
	pinned := map[key]bool{}
	for _, a := range held {
		pinned[key{a.Operator, keyOf(a)}] = true
	}
	for i := range all {
		if pinned[key{all[i].Operator, keyOf(all[i])}] {
			all[i].Pinned = false
		}
	}
}
