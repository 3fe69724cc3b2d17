package hiring

import (
	"math"
	"slices"
)

// numbering looks for the cheapest numbers that keep all inequalities and have
// not failed, kind by kind.
type numbering struct {
	*search
	order  []int // kinds
	left   []float64
	now    []int
	cost   int64
	best   []int
	lowest int64
	looked int
}

// mostLooks is how many numbers are looked at: seconds.
const mostLooks = 3_000_000

// cheapest returns the cheapest numbers that may cover the demand; nil if none
// may. It is not known if there are too many to look through.
func (s *search) cheapest() (numbers []int, cost int64, known bool) {
	n := &numbering{search: s, now: make([]int, len(s.kinds)), lowest: math.MaxInt64}
	for k := range s.kinds {
		n.order = append(n.order, k)
		n.now[k] = s.kinds[k].Least
	}
	last := s.refuted[len(s.refuted)-1]
	slices.SortStableFunc(n.order, func(a, b int) int { // the cheapest for what they bring last: they fill up
		return int(math.Copysign(1, last.values[a]/float64(s.kinds[a].Cost)-last.values[b]/float64(s.kinds[b].Cost)))
	})
	n.cost = s.costOf(n.now)
	for _, r := range s.refuted {
		left := r.need
		for k, many := range n.now {
			left -= float64(many) * r.values[k]
		}
		n.left = append(n.left, left)
	}
	unit := int64(0) // that every crew's cost is a multiple of
	for _, k := range s.kinds {
		unit = divisor(unit, k.Cost)
	}
	least := int64(math.Ceil(min(math.MaxInt64/2, float64(n.cost)+n.atLeast(0))/float64(unit))) * unit
	if n.from(0); n.looked > mostLooks {
		return nil, least, false
	}
	return n.best, n.lowest, true
}

// divisor is the greatest common one.
func divisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// from decides the kinds of the order from one on.
func (n *numbering) from(at int) {
	if n.looked++; n.looked > mostLooks {
		return
	}
	if at == len(n.order) {
		if n.met() && n.cost < n.lowest && !slices.ContainsFunc(n.failed, func(f []int) bool { return slices.Equal(f, n.now) }) {
			n.best, n.lowest = slices.Clone(n.now), n.cost
		}
		return
	}
	k := n.order[at]
	kind := &n.kinds[k]
	begun, cost, left := n.now[k], n.cost, slices.Clone(n.left)
	for n.looked <= mostLooks {
		if float64(n.cost)+n.atLeast(at) >= float64(n.lowest) {
			break
		}
		n.from(at + 1)
		if n.met() && !n.failedAmong(at) || kind.Most != nil && n.now[k] >= *kind.Most {
			break
		}
		n.now[k]++
		n.cost += kind.Cost
		for j, r := range n.refuted {
			n.left[j] -= r.values[k]
		}
	}
	n.now[k], n.cost = begun, cost
	copy(n.left, left)
}

// met says whether all inequalities are kept.
func (n *numbering) met() bool {
	return !slices.ContainsFunc(n.left, func(left float64) bool { return left > 0 })
}

// failedAmong says whether a crew has failed that has the same numbers up to here.
func (n *numbering) failedAmong(at int) bool {
	return slices.ContainsFunc(n.failed, func(f []int) bool {
		for _, k := range n.order[:at] {
			if f[k] != n.now[k] {
				return false
			}
		}
		return true
	})
}

// atLeast is what the kinds of the order from one on cost at least, to keep the inequalities.
func (n *numbering) atLeast(at int) (cost float64) {
	for j, left := range n.left {
		if left <= 0 {
			continue
		}
		per := 0.0
		for _, k := range n.order[at:] {
			per = max(per, n.refuted[j].values[k]/float64(n.kinds[k].Cost))
		}
		if per <= 0 {
			return math.Inf(1)
		}
		cost = max(cost, left/per)
	}
	return cost
}
