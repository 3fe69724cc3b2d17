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

// startOf returns what the search starts from, with what may no longer change of it
// pinned, and this, which is held. Without a start that is the roster that was published,
// or only what is held of it if changes cost nothing.
func startOf(p roster.Problem, start []roster.Assignment) (all, held []roster.Assignment) {
	if len(p.Told) == 0 && p.Now.IsZero() {
		return slices.Clone(start), nil
	}
	published := p.Published()
	if len(start) == 0 {
		start = standing(&p, published)
		if !p.Team.Changes.Free() {
			all = slices.Clone(start)
		}
	} else {
		all = slices.Clone(start)
	}
	known, shut := byOperator(start), map[roster.ID]hours{}
	for i := range p.Team.Operators {
		o := &p.Team.Operators[i]
		some, closed := heldOf(&p, o, known[o.ID], shutFor(o, hoursOf(published), p.Now))
		held, shut[o.ID] = append(held, some...), closed
	}
	all = slices.DeleteFunc(all, func(a roster.Assignment) bool {
		return !a.Pinned && shut[a.Operator].has(minuteOf(a.Shift.Start))
	})
	return append(all, held...), held
}

// standing is what operators have been told that stands.
func standing(p *roster.Problem, published calendars.Interval) (all []roster.Assignment) {
	told := byOperator(p.Told)
	for i := range p.Team.Operators {
		o := &p.Team.Operators[i]
		for _, a := range o.Standing(told[o.ID], published) {
			a.Pinned = false
			all = append(all, a)
		}
	}
	return all
}

// heldOf pins those of an operator's shifts that start while they may not change and can
// stay, and what else starts on the day of one. It returns until when that goes.
func heldOf(p *roster.Problem, o *roster.Operator, known []roster.Assignment, shut hours) (held []roster.Assignment, _ hours) {
	for _, a := range o.Standing(known, p.Demand.Grid.Span()) { // by start
		if a.Pinned || !shut.has(minuteOf(a.Shift.Start)) || !canStay(p, o, a, known) {
			continue
		}
		a.Pinned = true
		held = append(held, a)
		shut.end = max(shut.end, minuteOf(calendars.DayOf(a.Shift.Start, o.Zone).Next().Start(o.Zone)))
	}
	return held, shut
}

// canStay says whether the operator can still work a shift that may no longer change:
// what has begun stays, unless a manager has pinned another one in its place.
func canStay(p *roster.Problem, o *roster.Operator, a roster.Assignment, known []roster.Assignment) bool {
	begun := a.Shift.Start.Before(p.Now)
	serves := len(p.Demand.Queues) == 0 || len(served(p.Demand, o)) > 0
	if !begun && (!serves || len(o.Workable([]roster.Assignment{a})) == 0) {
		return false
	}
	return !slices.ContainsFunc(known, func(b roster.Assignment) bool {
		return b.Pinned && (a.Shift.Overlaps(b.Shift) || !begun && tooClose(o, a.Shift, b.Shift))
	})
}

// tooClose says whether two shifts leave the operator less than the daily rest. Parts of
// a split shift need none.
func tooClose(o *roster.Operator, a, b calendars.Interval) bool {
	if o.Contract.SplitShifts && calendars.DayOf(a.Start, o.Zone) == calendars.DayOf(b.Start, o.Zone) {
		return false
	}
	if b.Start.Before(a.Start) {
		a, b = b, a
	}
	return minuteOf(b.Start)-minuteOf(a.End) < o.Limits().DailyRest.Minutes
}

// release takes the pins off what was held.
func release(all, held []roster.Assignment) {
	pinned := map[turn]bool{}
	for _, a := range held {
		pinned[turnOf(a)] = true
	}
	for i := range all {
		if pinned[turnOf(all[i])] {
			all[i].Pinned = false
		}
	}
}
