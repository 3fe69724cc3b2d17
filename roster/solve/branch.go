package solve

import (
	"container/heap"
	"errors"
	"math"
	"slices"
)

// brancher raises the bound of small problems where prices alone leave a gap
// (branch and bound; Land and Doig, Econometrica 28, 1960). Where rows differ,
// from one sweep of prices to the next, in what an operator does on a day, two
// parts of all rosters are looked at: those where the operator does just what
// is most usual, and those where not. Each has prices of its own, from its
// parent's on. The least bound of the parts that are left is one for all.
type brancher struct {
	*pricer
	meter *meter
	open  parts
	all   []int // rows
	usual [][]float64
}

// part is all rosters that keep some decisions.
type part struct {
	bound     float64 // fine
	price     [][]float64
	decisions []decision
	next      decision // on which it falls in two
	whole     bool     // rows agree: there is nothing to decide
}

// decision is what a row does on a day, or does not do.
type decision struct {
	row, day int
	choice   int32 // option, or -1 for a day off
	only     bool  // nothing else; or anything else
}

// parts are a heap, the least bound first.
type parts []part

func (p parts) Len() int           { return len(p) }
func (p parts) Less(i, j int) bool { return p[i].bound < p[j].bound }
func (p parts) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }
func (p *parts) Push(x any)        { *p = append(*p, x.(part)) }
func (p *parts) Pop() any {
	last := (*p)[len(*p)-1]
	*p = (*p)[:len(*p)-1]
	return last
}

// branchable is how many options of all rows a problem has at most that is
// small, and mostParts how many of its parts are kept.
const branchable, mostParts = 600, 20_000

// small says whether there is hope to look at all parts.
func (m *model) small() bool {
	options := 0
	for _, r := range m.rows {
		options += len(r.options)
	}
	return options <= branchable
}

// branch raises the bound until it comes to the best cost, fine, which must be
// beaten by a whole unit, or the search ends.
func (p *pricer) branch(m *meter, best int64) error {
	b := &brancher{pricer: p, meter: m, all: make([]int, len(p.rows))}
	for i := range b.all {
		b.all[i] = i
	}
	for _, r := range p.model.rows {
		b.usual = append(b.usual, make([]float64, len(r.options)+len(r.days)))
	}
	goal := float64(best-fine) + 1
	root, err := b.look(part{price: p.price, bound: p.bound}, goal)
	for err == nil && root.bound < goal && !root.whole && len(b.open) < mostParts {
		p.bound = max(p.bound, root.bound)
		for _, only := range []bool{true, false} {
			half := part{price: root.price, bound: root.bound, decisions: slices.Clone(root.decisions)}
			half.next = root.next
			half.next.only = only
			half.decisions = append(half.decisions, half.next)
			if half, err = b.look(half, goal); err != nil {
				break
			}
			if half.bound < goal {
				heap.Push(&b.open, half)
			}
		}
		if err == nil && len(b.open) == 0 {
			p.bound = float64(best) // nothing better is left
			break
		}
		if err == nil {
			root = heap.Pop(&b.open).(part)
		}
	}
	p.decided = nil
	if errors.Is(err, errStopped) {
		return nil
	}
	return err
}

// look bounds a part by sweeps of all rows, whose prices take Polyak's steps, and
// finds on what it falls in two. It stops where the part cannot hold anything better.
func (b *brancher) look(n part, goal float64) (part, error) {
	b.decided = n.decisions
	for i := range b.price {
		b.price[i] = slices.Clone(n.price[i])
	}
	for i := range b.usual {
		clear(b.usual[i])
	}
	const sweeps, patience, shortest = 120, 6, 0.05
	length, idle := 1.0, 0
	for range sweeps {
		if b.meter.stopped() || b.meter.share() >= 1 {
			return n, errStopped
		}
		if err := b.revise(b.meter, b.all); err != nil {
			return n, err
		}
		b.meter.visits += len(b.all)
		bound := b.bill()
		for i := range b.rows {
			bound += b.rows[i].cost
		}
		if idle++; bound > n.bound {
			if bound > n.bound+0.01*fine {
				idle = 0
			}
			n.bound, n.price = bound, cloned(b.price)
		}
		if n.bound >= goal {
			return n, nil
		}
		if idle == patience {
			length, idle = length/2, 0
		}
		if length < shortest || !b.step(length*(goal-bound)) {
			break
		}
		b.note()
	}
	n.next, n.whole = b.undecided()
	return n, nil
}

func cloned(all [][]float64) (clone [][]float64) {
	for _, one := range all {
		clone = append(clone, slices.Clone(one))
	}
	return clone
}

// step moves prices towards what is wanted, so far that the bound would rise by
// the gain if it were linear; it says whether anything was.
func (b *brancher) step(gain float64) bool {
	squares := 0.0
	directions := b.zero()
	for i, f := range b.fields {
		b.distribute(i, 0, f.n, 0)
		for at := range directions[i] {
			d := b.wants(i, at)
			directions[i][at], squares = d, squares+d*d
		}
	}
	if squares == 0 {
		return false
	}
	for i, f := range b.fields {
		for at, d := range directions[i] {
			b.price[i][at] = max(0, min(f.cap(at), b.price[i][at]+gain*d/squares))
		}
	}
	return true
}

// note counts what rows do on each day; what was long ago counts less.
func (b *brancher) note() {
	const fading = 0.9
	for i, r := range b.model.rows {
		for at := range b.usual[i] {
			b.usual[i][at] *= fading
		}
		for d, o := range b.rows[i].choice {
			if o < 0 {
				o = int32(len(r.options) + d)
			}
			b.usual[i][o]++
		}
	}
}

// undecided is the day of a row of which it is least clear what it is for, and
// the most usual choice for it.
func (b *brancher) undecided() (next decision, whole bool) {
	least := math.Inf(1)
	for i, r := range b.model.rows {
		for d := range r.days {
			off := b.usual[i][len(r.options)+d]
			sum, most, choice := off, off, int32(-1)
			for o := r.days[d].first; o < r.days[d].last; o++ {
				n := b.usual[i][o]
				if sum += n; n > most {
					most, choice = n, int32(o)
				}
			}
			if sum > 0 && most/sum < min(least, 0.999) {
				least, next = most/sum, decision{row: i, day: d, choice: choice}
			}
		}
	}
	return next, math.IsInf(least, 1)
}

// decide makes costs of options keep the decisions of row i, and returns what
// the row must be charged besides: a row that does not keep them all costs so
// much more that it is not chosen, or counts for no less than it is worth.
func (p *programs) decide(i int, r *row, decisions []decision) (charge int64) {
	const weight = none / 16
	for _, one := range decisions {
		if one.row != i {
			continue
		}
		today := &r.days[one.day]
		switch {
		case one.only && one.choice >= 0:
			p.costs[one.choice] -= weight
			charge += int64(weight)
		case one.only:
			for o := today.first; o < today.last; o++ {
				p.costs[o] += weight
			}
		case one.choice >= 0:
			p.costs[one.choice] += weight
		default:
			for o := today.first; o < today.last; o++ {
				p.costs[o] -= weight
			}
			charge += int64(weight)
		}
	}
	return charge
}
