package solve

import (
	"math/bits"
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// fine is the fixed point of costs within the search: 1/64 of a unit of the
// score, so that prices and noise are fractions of it and sums stay exact.
const fine = 64

// field is a set of queues that share operators, over intervals: queues of the
// demand over the planning intervals, or one shift template's slots over days.
// Operators present in an interval are distributed over the queues in the best
// way. What a unit, a hundredth of an operator, is worth to a queue falls in
// steps, the same in number for each queue. How much of a step and all dearer ones
// can be met is a maximum flow, and by the max-flow min-cut theorem (Ford and
// Fulkerson 1956) the minimum over all subsets of queues of what the others
// want plus how many units can serve one of the subset. Both sums are kept per
// subset, so that an operator more costs a few additions; and because a best
// distribution of the dear steps is part of a best one of all (the flows form
// a polymatroid), the worth of the steps adds up.
type field struct {
	demand  []int // positions of its queues in the demand; none for slots
	queues  int
	subsets int // 1 << queues
	n       int // intervals
	around  int // intervals before and after one in which it is mostly the same shifts that are there
	steps   int
	wanted  []step  // intervals x queues x steps, dearest first
	over    []int64 // per interval: fine cost of a unit present
	price   []float64
	paid    [][]float64 // per subset, sums of priced up to each interval; nil if nobody asks
	layouts []*layout   // of breaks, if prices are asked for
	// saved is what breaks save of paid, per subset, layout and interval in which the
	// shift starts; nil if there are no tables. All clones share it, as they do paid and
	// price, and find in it what was asked for last: by pay what breaks save where they
	// save most, on a smooth way up (accelerated) what they save softly.
	saved   [][][]float64
	minutes int64 // of an interval
	// most and window are room of spare, which only the field of the model asks for,
	// on one core: clones must not.
	most     []float64
	window   []float64
	masks    []int // subsets that somebody serves, small ones first
	truth    levels
	seen     levels // as the search sees it: the truth, or softer
	softer   levels // room for what it then sees
	soft     bool   // which of them
	reach    []int64
	met      []int64 // per interval and level as it is seen, how much of it is met
	costing  []int64 // per interval, its cost as it is seen
	settled  []int64 // and in truth, when that was asked for last
	stirred  []int   // intervals that have changed since
	stirs    []bool  // per interval, whether it is one of them
	memo     []int64 // of marginal, subsets x intervals: a shift is asked for as a whole
	memoOf   []uint32
	spared   []int64 // of relief
	sparedOf []uint32
	version  []uint32 // per interval
}

// step is so many units wanted, each worth so much more than a unit too many:
// what it costs when it is missing, and the surplus when it is not.
type step struct{ units, value int64 }

func newField(queues, n, steps int) *field {
	f := &field{queues: queues, subsets: 1 << queues, n: n, steps: steps}
	f.wanted, f.over = make([]step, n*queues*steps), make([]int64, n)
	f.price = make([]float64, n*queues)
	f.costing, f.settled, f.stirs = make([]int64, n), make([]int64, n), make([]bool, n)
	f.reach, f.memo = make([]int64, n*f.subsets), make([]int64, n*f.subsets)
	f.spared, f.sparedOf = make([]int64, n*f.subsets), make([]uint32, n*f.subsets)
	f.memoOf, f.version = make([]uint32, n*f.subsets), slices.Repeat([]uint32{1}, n)
	return f
}

// forget makes the search look again: costs are seen in another way.
func (f *field) forget() {
	f.met = grown(f.met, f.n*f.seen.n)[:f.n*f.seen.n]
	for t := range f.version {
		f.version[t]++
		f.weigh(t)
	}
}

// weigh notes how much of each level interval t meets as it is seen, and what it costs.
func (f *field) weigh(t int) {
	l, reach := &f.seen, f.reach[t*f.subsets:][:f.subsets]
	f.costing[t] = f.over[t] * reach[len(reach)-1]
	for k := t * l.n; k < (t+1)*l.n && l.gain[k] > 0; k++ {
		f.met[k] = cut(l.need[k*f.subsets:][:len(reach)], reach, len(reach)-1)
		f.costing[t] -= l.gain[k] * f.met[k]
	}
}

// cost is what interval t costs with units more of operators who can serve the
// masked queues, up to a constant.
func (f *field) cost(l *levels, t, mask int, units int64) int64 {
	var few [16]int64 // most fields have no more subsets
	with := append(few[:0], f.reach[t*f.subsets:][:f.subsets]...)
	for subset := range with {
		if subset&mask != 0 {
			with[subset] += units
		}
	}
	cost := f.over[t] * with[len(with)-1]
	for k := t * l.n; k < (t+1)*l.n && l.gain[k] > 0; k++ {
		cost -= l.gain[k] * cut(l.need[k*f.subsets:][:len(with)], with, len(with)-1)
	}
	return cost
}

// unmet is the true cost of interval t, without a constant.
func (f *field) unmet(t int) int64 {
	cost := f.cost(&f.truth, t, 0, 0)
	for _, s := range f.wanted[t*f.queues*f.steps : (t+1)*f.queues*f.steps] {
		cost += s.units * (s.value - f.over[t])
	}
	return cost
}

// add puts units on interval t, negative ones take them off, and returns by
// how much the seen cost changes.
func (f *field) add(t, mask int, units int64) (seen int64) {
	seen = f.shifted(t, mask, units, true)
	for subset := 1; subset < f.subsets; subset++ {
		if subset&mask != 0 {
			f.reach[t*f.subsets+subset] += units
		}
	}
	f.version[t]++
	if !f.stirs[t] {
		f.stirs[t], f.stirred = true, append(f.stirred, t)
	}
	f.costing[t] += seen
	return seen
}

// truly returns by how much the true cost has changed since it was asked last.
func (f *field) truly() (change int64) {
	for _, t := range f.stirred {
		cost := f.costing[t]
		if f.soft {
			cost = f.cost(&f.truth, t, 0, 0)
		}
		change += cost - f.settled[t]
		f.settled[t], f.stirs[t] = cost, false
	}
	f.stirred = f.stirred[:0]
	return change
}

// marginal is the seen cost of a whole operator more who can serve the masked queues.
func (f *field) marginal(t, mask int) int64 {
	at := mask*f.n + t
	if f.memoOf[at] != f.version[t] {
		f.memo[at] = f.shifted(t, mask, roster.Whole, false)
		f.memoOf[at] = f.version[t]
	}
	return f.memo[at]
}

// relief is the seen cost of a whole operator less.
func (f *field) relief(t, mask int) int64 {
	at := mask*f.n + t
	if f.sparedOf[at] != f.version[t] {
		f.spared[at] = f.shifted(t, mask, -roster.Whole, false)
		f.sparedOf[at] = f.version[t]
	}
	return f.spared[at]
}

// moved is by how much the seen cost of interval t changes with units more.
func (f *field) moved(t, mask int, units int64) int64 {
	switch units {
	case roster.Whole:
		return f.marginal(t, mask)
	case -roster.Whole:
		return f.relief(t, mask)
	}
	return f.shifted(t, mask, units, false)
}

// priced is the cost of a whole operator at the prices: what being there costs
// less what the dearest of the masked queues pays.
func (f *field) priced(t, mask int) float64 {
	best := 0.0
	for q := range f.queues {
		if mask>>q&1 == 1 {
			best = max(best, f.price[t*f.queues+q])
		}
	}
	return roster.Whole * (float64(f.over[t]) - best)
}

// expect makes room for what the prices are to those who serve the masked queues.
func (f *field) expect(mask int) {
	if f.paid == nil {
		f.paid = make([][]float64, f.subsets)
	}
	if f.paid[mask] == nil {
		f.masks = append(f.masks, mask)
		slices.SortStableFunc(f.masks, func(a, b int) int { return bits.OnesCount(uint(a)) - bits.OnesCount(uint(b)) })
		f.paid[mask] = make([]float64, f.n+1)
		f.expectBreaks(mask)
	}
}

// pay adds up what a whole operator costs at the prices, for the subsets asked for.
func (f *field) pay() {
	if f.paid == nil {
		return
	}
	dearest := make([]float64, f.subsets) // the most that a queue of each subset pays
	for t := range f.n {
		price, over := f.price[t*f.queues:][:f.queues], float64(f.over[t])
		for mask := 1; mask < f.subsets; mask++ {
			rest := mask & (mask - 1)
			dearest[mask] = max(dearest[rest], price[bits.TrailingZeros(uint(mask))])
			if sums := f.paid[mask]; sums != nil {
				sums[t+1] = sums[t] + roster.Whole*(over-dearest[mask])
			}
		}
	}
	f.spare()
}

// appraised is between the marginal cost of a whole operator and that at the
// prices, the share blend of the way.
func (f *field) appraised(t, mask int, blend float64) float64 {
	switch blend {
	case 0:
		return float64(f.marginal(t, mask))
	case 1:
		return f.priced(t, mask)
	}
	return (1-blend)*float64(f.marginal(t, mask)) + blend*f.priced(t, mask)
}

// missing says whether interval t wants more than it has, and from whom: the
// queues that one more operator would help.
func (f *field) missing(t int) (helped int) {
	for q := range f.queues {
		if f.cost(&f.truth, t, 1<<q, roster.Whole) < f.cost(&f.truth, t, 0, 0) {
			helped |= 1 << q
		}
	}
	return helped
}

// clone is a copy that a search of its own may change.
func (f *field) clone() *field {
	c := *f
	c.reach, c.memo = slices.Clone(f.reach), slices.Clone(f.memo)
	c.spared, c.sparedOf = slices.Clone(f.spared), slices.Clone(f.sparedOf)
	c.memoOf, c.version = slices.Clone(f.memoOf), slices.Clone(f.version)
	c.costing, c.settled = slices.Clone(f.costing), make([]int64, f.n)
	c.stirred, c.stirs, c.softer = nil, make([]bool, f.n), levels{}
	c.met = nil
	c.harden()
	copy(c.settled, c.costing)
	return &c
}
