package remedy

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// trial tries changes of a problem on a roster, to end a shortage.
type trial struct {
	ctx      context.Context
	cores    int
	whole    roster.Problem
	problem  roster.Problem // without the other shortages
	urgent   roster.Demand  // what repairs are to cover
	shortage *Shortage
	before   []roster.Assignment
	hard     int64   // score of the roster before
	others   float64 // hours that it misses elsewhere
	left     float64 // hours that are missing if nothing but the roster is changed
	report   func(tried, changes int)
}

// mostTried is how many changes are tried for a shortage, those that ask for the
// least, and those that hire.
const mostTried = 30

// all tries the roster alone, changes one by one, and then together those of
// which none is enough. Where the roster alone can end the shortage, nothing
// needs to change. The error is that of a roster that cannot be repaired at all.
func (t *trial) all(ways []change) error {
	t.left = t.shortage.Hours
	alone, tried, err := t.try(change{kind: Assign, says: sayAssign, make: func(*roster.Problem) {}})
	if err != nil {
		return err
	}
	if !tried {
		t.shortage.Untried = len(ways)
		return nil
	}
	if t.note(alone) {
		if t.left = alone.Left; quarters(t.left) == 0 {
			return nil
		}
	}
	chosen := least(ways)
	found := t.each(chosen)
	t.shortage.Untried += len(ways) - len(chosen)
	t.together(chosen, found)
	return nil
}

// least are the changes to try: those that ask for the least, and all that hire.
func least(ways []change) (chosen []change) {
	slices.SortStableFunc(ways, func(a, b change) int { return cmp.Or(cmp.Compare(a.pays, b.pays), cmp.Compare(a.ask, b.ask)) })
	for i, way := range ways {
		if i < mostTried || way.kind == Hire {
			chosen = append(chosen, way)
		}
	}
	return chosen
}

// each tries changes by themselves, several at the same time, and returns what
// came of each: nil if it is no way out. What there was no time for is counted.
func (t *trial) each(ways []change) []*Remedy {
	found, tried := make([]*Remedy, len(ways)), make([]bool, len(ways))
	var next, done atomic.Int64
	var told sync.Mutex
	var wait sync.WaitGroup
	for range t.cores {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(ways); i = int(next.Add(1)) - 1 {
				// A change that no roster can be repaired for is no way out.
				if found[i], tried[i], _ = t.try(ways[i]); tried[i] {
					told.Lock()
					t.report(int(done.Add(1)), len(ways))
					told.Unlock()
				}
			}
		})
	}
	wait.Wait()
	for i, r := range found {
		if !tried[i] {
			t.shortage.Untried++
		} else if !t.note(r) {
			found[i] = nil
		}
	}
	return found
}

// together makes changes one after the other of which none is enough, unless to
// hire is, until the shortage ends: first those that bring the most for their price.
func (t *trial) together(ways []change, found []*Remedy) {
	type worth struct {
		change
		perHour float64
	}
	var some []worth
	for i, r := range found {
		switch {
		case r == nil || quarters(r.Left) == 0 && r.Kind == Hire:
		case quarters(r.Left) == 0:
			return
		default:
			some = append(some, worth{ways[i], float64(r.Price) / (t.left - r.Left)})
		}
	}
	slices.SortStableFunc(some, func(a, b worth) int { return cmp.Compare(a.perHour, b.perHour) })
	var chain []change
	hires := false
	for _, next := range some {
		if next.kind == Hire && hires {
			continue // one new colleague at a time
		}
		hires = hires || next.kind == Hire
		chain = append(chain, next.change)
		if r := t.ends(chain); r != nil {
			t.shortage.Remedies = append(t.shortage.Remedies, *t.shorter(chain, r))
			return
		}
	}
}

// ends is what becomes of several changes at once if that ends the shortage, or nil.
func (t *trial) ends(chain []change) *Remedy {
	if len(chain) < 2 { // known from when each was tried
		return nil
	}
	all := chain[0]
	for _, next := range chain[1:] {
		all = all.and(next)
	}
	if r, _, _ := t.try(all); r != nil && quarters(r.Left) == 0 {
		return r
	}
	return nil
}

// shorter leaves out of changes that end the shortage those that are not needed.
func (t *trial) shorter(chain []change, r *Remedy) *Remedy {
	for i := len(chain) - 2; i >= 0; i-- {
		less := slices.Delete(slices.Clone(chain), i, i+1)
		if without := t.ends(less); without != nil {
			chain, r = less, without
		}
	}
	return r
}

// note keeps a remedy that ends some of what the roster alone leaves.
func (t *trial) note(r *Remedy) bool {
	const matters = 0.25 // hours
	if r == nil || t.left-r.Left < matters {
		return false
	}
	t.shortage.Remedies = append(t.shortage.Remedies, *r)
	return true
}

// try repairs the roster for the changed problem; nil if it has no legal one that
// makes use of the change, and false if there was no time to know. The error is that of mend.
func (t *trial) try(way change) (r *Remedy, tried bool, err error) {
	if t.ctx.Err() != nil {
		return nil, false, nil
	}
	changed := t.problem
	way.make(&changed)
	team, err := changed.Team.Complete()
	if err != nil {
		return nil, true, nil // not a team that could be
	}
	changed.Team = team
	after, err := t.mend(changed)
	if err != nil {
		return nil, true, err
	}
	r = &Remedy{
		Kind: way.kind, Operator: way.operator, Asks: way.asks, Sentence: way.says, Steps: way.steps, Problem: changed, Assignments: after,
		Hours: t.paid(after, way.pays), Left: t.lacks(changed, after), Comes: beside(after, t.before), Goes: beside(t.before, after),
	}
	r.Breaks = roster.Compare(changed, t.before, after).Breaks
	const perHour = 60 // minutes
	r.Price = way.ask + max(0, int64(r.Hours*perHour)+amiss(changed, after)-amiss(changed, t.before))
	if t.ctx.Err() != nil && quarters(r.Left) > 0 {
		return nil, false, nil
	}
	if way.operator != "" && !r.moves(way.operator) || way.template != "" && !r.offers(way.template) {
		return nil, true, nil
	}
	return r, true, nil
}

// offers says whether somebody works the shift template anew.
func (r *Remedy) offers(template string) bool {
	return slices.ContainsFunc(r.Comes, func(a roster.Assignment) bool { return a.Template == template })
}

// moves says whether a shift of the operator comes or goes.
func (r *Remedy) moves(operator string) bool {
	return slices.ContainsFunc(slices.Concat(r.Comes, r.Goes), func(a roster.Assignment) bool {
		o, _ := r.Problem.Team.Operator(a.Operator)
		return o.Name == operator
	})
}

// mend repairs the roster until no repair covers more of what is missing. The error is
// solve.ErrEntangled.
func (t *trial) mend(p roster.Problem) ([]roster.Assignment, error) {
	urgent := p
	urgent.Demand = t.urgent
	best, left := t.before, t.shortage.Hours
	for quarters(left) > 0 {
		repairs, err := solve.Repairs(t.ctx, urgent, best, solve.Options{})
		if errors.Is(err, solve.ErrEntangled) {
			return nil, err
		}
		if err != nil { // a team whose rules allow somebody no row
			return t.before, nil
		}
		better := false
		for _, r := range repairs {
			if lacks := t.lacks(p, r.Assignments); r.Score.Hard <= t.hard && quarters(lacks) < quarters(left) {
				best, left, better = r.Assignments, lacks, true
			}
		}
		if !better {
			break
		}
	}
	return t.lean(p, best), nil
}

// lean takes shifts out again that came and are not needed: without them the
// roster is as legal, covers the stretch as well, and breaks no more soft rules.
func (t *trial) lean(p roster.Problem, after []roster.Assignment) []roster.Assignment {
	left, costs := t.lacks(p, after), amiss(p, after)
	for _, came := range beside(after, t.before) {
		less := slices.DeleteFunc(slices.Clone(after), func(a roster.Assignment) bool { return same(a, came) })
		if roster.Judge(p, less).Score.Hard <= t.hard && t.lacks(p, less) <= left && amiss(p, less) <= costs {
			after = less
		}
	}
	return after
}

// lacks is how many operator-hours a roster misses of the stretch, and elsewhere
// more than the roster before.
func (t *trial) lacks(p roster.Problem, assignments []roster.Assignment) float64 {
	alone := missing(p, assignments)
	p.Demand = t.whole.Demand
	return max(alone, missing(p, assignments)-t.others)
}

// pressing is a demand without other shortages, worth so much that people are told
// whom a repair would rather leave alone. Where others miss a part of an operator,
// what there is of that one is required too, for what it is usually worth.
func pressing(alone roster.Demand, all roster.Coverage) roster.Demand {
	d := alone
	d.Queues = slices.Clone(d.Queues)
	for i := range d.Queues {
		q := &d.Queues[i]
		whole, parts := slices.Clone(q.Required), make([]int, len(q.Required))
		for t, missing := range all.Queues[i].Missing {
			if there := float64(all.Queues[i].Required[t]) - missing; there > float64(q.Required[t]) {
				parts[t] = 1
				whole[t]++
			}
		}
		q.Parts, q.Required = []roster.Part{{Weight: roster.PressingWeight, Operators: q.Required}, {Weight: roster.UnderstaffingWeight, Operators: parts}}, whole
	}
	return d
}

// beside are the shifts of some assignments that are not among others.
func beside(some, others []roster.Assignment) []roster.Assignment {
	left := []roster.Assignment{}
	for _, a := range some {
		if !slices.ContainsFunc(others, func(b roster.Assignment) bool { return same(a, b) }) {
			left = append(left, a)
		}
	}
	return left
}

// same says whether two assignments are the same shift of one operator.
func same(a, b roster.Assignment) bool {
	return a.Operator == b.Operator && a.Template == b.Template && a.Shift.Equal(b.Shift)
}

// missing is how many operator-hours a roster misses.
func missing(p roster.Problem, assignments []roster.Assignment) (hours float64) {
	for _, q := range roster.Cover(p, assignments).Queues {
		for _, missing := range q.Missing {
			hours += missing * p.Demand.Grid.Step.Hours()
		}
	}
	return hours
}

// paid is the hours more that are paid for a roster, those of whoever is hired
// at least as far as their contract goes.
func (t *trial) paid(after []roster.Assignment, contract float64) float64 {
	ours, hired := time.Duration(0), time.Duration(0)
	for _, a := range t.before {
		ours -= t.problem.Team.Worked(a)
	}
	for _, a := range after {
		if _, known := t.problem.Team.Operator(a.Operator); known {
			ours += t.problem.Team.Worked(a)
		} else {
			hired += t.problem.Team.Worked(a)
		}
	}
	return ours.Hours() + max(contract, hired.Hours())
}

// amiss is what the soft rules cost that a roster breaks, in minutes of an
// operator who is there for nothing.
func amiss(p roster.Problem, assignments []roster.Assignment) (minutes int64) {
	for _, b := range roster.Judge(p, assignments).Breaches {
		if !b.Hard {
			minutes += b.Cost / roster.Whole
		}
	}
	return minutes
}
