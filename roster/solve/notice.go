package solve

import (
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// shutFor is when shifts of an operator start that neither come nor go: of the time that
// has been published, what has begun by now, and what begins within the contract's notice.
func shutFor(o *roster.Operator, published hours, now time.Time) hours {
	if now.IsZero() {
		return hours{}
	}
	return hours{published.start, min(published.end, minuteOf(now)+int64(o.Contract.Notice.Minutes()))}
}

// startOf returns what the search starts from: the roster that was published, if nothing
// else is given and to change it costs, and of it in any case what may no longer change,
// pinned. This is held.
func startOf(p roster.Problem, start []roster.Assignment) (all, held []roster.Assignment) {
	all = slices.Clone(start)
	if len(p.Told) == 0 && p.Now.IsZero() {
		return all, nil
	}
	published := p.Published()
	told, given, shut := byOperator(p.Told), byOperator(start), map[roster.ID]hours{}
	for i := range p.Team.Operators {
		o := &p.Team.Operators[i]
		closed := shutFor(o, hoursOf(published), p.Now)
		for _, a := range o.Standing(told[o.ID], published) {
			a.Pinned = false
			if len(start) == 0 && !p.Team.Changes.Free() {
				all = append(all, a)
			}
			if closed.has(minuteOf(a.Shift.Start)) && canStay(&p, o, a, given[o.ID]) {
				a.Pinned = true
				held = append(held, a)
				closed.end = max(closed.end, minuteOf(calendars.DayOf(a.Shift.Start, o.Zone).Next().Start(o.Zone))) // one a day
			}
		}
		shut[o.ID] = closed
	}
	all = slices.DeleteFunc(all, func(a roster.Assignment) bool {
		return !a.Pinned && shut[a.Operator].has(minuteOf(a.Shift.Start))
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
