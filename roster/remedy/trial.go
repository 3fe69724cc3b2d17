package remedy

import (
	"cmp"
	"context"
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
	problem  roster.Problem
	shortage *Shortage
	before   []roster.Assignment
	hard     int64   // score of the roster before
	left     float64 // hours that are missing if nothing but the roster is changed
	report   func(tried, changes int)
}

// mostTried is how many changes are tried for a shortage, those that ask for the
// least, and those that hire.
const mostTried = 30

// all tries the roster alone, changes one by one, and then together those of
// which none is enough. Where the roster alone can end the shortage, nothing
// needs to change.
func (t *trial) all(ways []change) {
	t.left = t.shortage.Hours
	same, tried := t.try(change{kind: Assign, says: sayAssign, make: func(*roster.Problem) {}})
	if !tried {
		t.shortage.Untried = len(ways)
		return
	}
	if t.note(same) {
		if t.left = same.Left; quarters(t.left) == 0 {
			return
		}
	}
	chosen := least(ways)
	found := t.each(chosen)
	t.shortage.Untried += len(ways) - len(chosen)
	t.together(chosen, found)
}

// least are the changes to try: those that ask for the least, and all that hire.
func least(ways []change) (chosen []change) {
	slices.SortStableFunc(ways, func(a, b change) int { return cmp.Compare(a.ask, b.ask) })
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
				if found[i], tried[i] = t.try(ways[i]); tried[i] {
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
	for _, next := range some {
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
	if r, _ := t.try(all); r != nil && quarters(r.Left) == 0 {
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
// makes use of the change, and false if there was no time to know.
func (t *trial) try(way change) (r *Remedy, tried bool) {
	if t.ctx.Err() != nil {
		return nil, false
	}
	changed := t.problem
	way.make(&changed)
	team, err := changed.Team.Complete()
	if err != nil {
		return nil, true // not a team that could be
	}
	changed.Team = team
	after := t.mend(changed)
	r = &Remedy{
		Kind: way.kind, Operator: way.operator, Sentence: way.says, Problem: changed, Assignments: after,
		Hours: worked(after) - worked(t.before), Left: missing(changed, after), Comes: beside(after, t.before), Goes: beside(t.before, after),
	}
	r.Price = way.ask + max(0, int64(r.Hours*60))
	if t.ctx.Err() != nil && quarters(r.Left) > 0 {
		return nil, false
	}
	if way.operator != "" && !r.moves(way.operator) {
		return nil, true
	}
	return r, true
}

// moves says whether a shift of the operator comes or goes.
func (r *Remedy) moves(operator string) bool {
	return slices.ContainsFunc(slices.Concat(r.Comes, r.Goes), func(a roster.Assignment) bool {
		o, _ := r.Problem.Team.Operator(a.Operator)
		return o.Name == operator
	})
}

// mend repairs the roster until no repair covers more of what is missing.
func (t *trial) mend(p roster.Problem) []roster.Assignment {
	urgent := p
	urgent.Demand = pressing(p.Demand)
	best, left := t.before, missing(p, t.before)
	for quarters(left) > 0 {
		repairs, err := solve.Repairs(t.ctx, urgent, best, solve.Options{})
		if err != nil { // a team whose rules allow nobody a row
			return best
		}
		better := false
		for _, r := range repairs {
			if m := missing(p, r.Assignments); r.Score.Hard <= t.hard && quarters(m) < quarters(left) {
				best, left, better = r.Assignments, m, true
			}
		}
		if !better {
			break
		}
	}
	return best
}

// pressing is a demand of which every operator is worth so much that covering it
// is worth telling people, whom a repair would rather leave alone.
func pressing(d roster.Demand) roster.Demand {
	const weight = 10 * (roster.UnderstaffingWeight + roster.CoreWeight)
	d.Queues = slices.Clone(d.Queues)
	for i := range d.Queues {
		d.Queues[i].Parts = []roster.Part{{Weight: weight, Operators: d.Queues[i].Required}}
	}
	return d
}

// beside are the shifts of some assignments that are not among others.
func beside(some, others []roster.Assignment) []roster.Assignment {
	left := []roster.Assignment{}
	for _, a := range some {
		if !slices.ContainsFunc(others, func(b roster.Assignment) bool {
			return a.Operator == b.Operator && a.Template == b.Template && a.Shift.Equal(b.Shift)
		}) {
			left = append(left, a)
		}
	}
	return left
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

// worked is the hours of all shifts.
func worked(assignments []roster.Assignment) float64 {
	total := time.Duration(0)
	for _, a := range assignments {
		total += a.Shift.Duration()
	}
	return total.Hours()
}
