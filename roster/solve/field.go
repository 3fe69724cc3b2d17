package solve

import (
	"math"
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
	costing  []int64 // per interval, its cost as it is seen
	settled  []int64 // and in truth, when that was asked for last
	stirred  []int   // intervals that have changed since
	stirs    []bool  // per interval, whether it is one of them
	memo     []int64 // of marginal, intervals x subsets
	memoOf   []uint32
	spared   []int64 // of relief
	sparedOf []uint32
	version  []uint32 // per interval
}

// step is so many units wanted, each worth so much more than a unit too many:
// what it costs when it is missing, and the surplus when it is not.
type step struct{ units, value int64 }

// levels are the steps of all queues of an interval by falling worth: need is
// the units that the queues outside a subset want at the level's worth or
// more, gain how much dearer the level is than the next.
type levels struct {
	n    int
	gain []int64 // intervals x n
	need []int64 // intervals x n x subsets
}

// endless stands for units without limit.
const endless = math.MaxInt64 / (1 << 30)

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

// settle lays out the true levels; the field is seen as it is.
func (f *field) settle() {
	f.truth = f.newLevels(f.queues * f.steps)
	values := make([]int64, f.queues*f.steps)
	for t := range f.n {
		for i, s := range f.wanted[t*len(values):][:len(values)] {
			values[i] = s.value
		}
		f.level(&f.truth, t, values)
	}
	f.truth = f.truth.squeezed(f.n, f.subsets)
	f.harden()
}

func (f *field) newLevels(n int) levels {
	return levels{n: n, gain: make([]int64, f.n*n), need: make([]int64, f.n*n*f.subsets)}
}

// level orders what interval t wants at the given worth of each queue's steps.
func (f *field) level(l *levels, t int, values []int64) {
	order := slices.Clone(values)
	slices.SortFunc(order, func(a, b int64) int { return int(max(-1, min(1, b-a))) })
	order = slices.Compact(order)
	per := len(values) / f.queues
	for k := range l.n {
		need := l.need[(t*l.n+k)*f.subsets:][:f.subsets]
		l.gain[t*l.n+k] = 0
		if k >= len(order) || order[k] <= 0 {
			continue
		}
		l.gain[t*l.n+k] = order[k]
		if k+1 < len(order) {
			l.gain[t*l.n+k] -= max(0, order[k+1])
		}
		for subset := range need {
			need[subset] = 0
			for q := range f.queues {
				if subset>>q&1 == 1 {
					continue
				}
				for i := range per {
					if values[q*per+i] >= order[k] {
						need[subset] = min(endless, need[subset]+f.units(t, q, i))
					}
				}
			}
		}
	}
}

// units is how much queue q wants of its step i; beyond the last, endlessly much.
func (f *field) units(t, q, i int) int64 {
	if i == f.steps {
		return endless
	}
	return f.wanted[(t*f.queues+q)*f.steps+i].units
}

// squeezed drops levels that no interval has.
func (l levels) squeezed(intervals, subsets int) levels {
	most := 0
	for t := range intervals {
		for k := range l.n {
			if l.gain[t*l.n+k] > 0 {
				most = max(most, k+1)
			}
		}
	}
	s := levels{n: most, gain: make([]int64, 0, intervals*most), need: make([]int64, 0, intervals*most*subsets)}
	for t := range intervals {
		s.gain = append(s.gain, l.gain[t*l.n:][:most]...)
		s.need = append(s.need, l.need[t*l.n*subsets:][:most*subsets]...)
	}
	return s
}

// harden makes the search see the truth.
func (f *field) harden() {
	f.seen, f.soft = f.truth, false
	f.forget()
}

// softest is the largest number of queues that are softened: the levels of
// more of them, in all subsets, cost more than they bring.
const softest = 6

// soften makes the search see costs within slack of the prices, given as a
// share of what the dearest unit is worth: the smaller, the more a unit is
// worth its price wherever it is.
func (f *field) soften(slack float64) {
	if f.queues > softest {
		return
	}
	per := f.steps + 1
	if f.softer.n == 0 {
		f.softer = f.newLevels(f.queues * per)
	}
	f.seen, f.soft = f.softer, true
	values := make([]int64, f.queues*per)
	for t := range f.n {
		for q := range f.queues {
			steps := f.wanted[(t*f.queues+q)*f.steps:][:f.steps]
			price, width := f.price[t*f.queues+q], slack*float64(steps[0].value)
			if f.queues > 1 {
				price = near(price, float64(steps[0].value))
			}
			for i := range per {
				value := 0.0
				if i < f.steps {
					value = float64(steps[i].value)
				}
				values[q*per+i] = int64(min(max(value, price-width), price+width))
			}
		}
		f.level(&f.seen, t, values)
	}
	f.forget()
}

// near rounds a price, so that those that are nearly the same are one level.
func near(price, dearest float64) float64 {
	const parts = 256
	if dearest <= 0 {
		return price
	}
	return math.Round(price*parts/dearest) * dearest / parts
}

// forget makes the search look again: costs are seen in another way.
func (f *field) forget() {
	for t := range f.version {
		f.version[t]++
		f.costing[t] = f.cost(&f.seen, t, 0, 0)
	}
}

// cost is what interval t costs with units more of operators who can serve the
// masked queues, up to a constant.
func (f *field) cost(l *levels, t, mask int, units int64) int64 {
	if f.subsets == 2 {
		present := f.reach[2*t+1] + units
		cost := f.over[t] * present
		for k := t * l.n; k < (t+1)*l.n; k++ {
			cost -= l.gain[k] * min(present, l.need[2*k])
		}
		return cost
	}
	if f.subsets == len(sixteen{}) {
		return f.costOfFour(l, t, mask, units)
	}
	reach := f.reach[t*f.subsets:][:f.subsets]
	var few [16]int64 // most fields have no more subsets
	with := append(few[:0], reach...)
	for subset := range with {
		if subset&mask != 0 {
			with[subset] += units
		}
	}
	cost := f.over[t] * with[len(with)-1]
	for k := t * l.n; k < (t+1)*l.n; k++ {
		gain := l.gain[k]
		if gain == 0 {
			continue
		}
		need := l.need[k*f.subsets:][:len(with)]
		met := need[0]
		for subset, one := range with {
			met = min(met, need[subset]+one)
		}
		cost -= gain * met
	}
	return cost
}

// sixteen has a number for each subset of four queues.
type sixteen [16]int64

// costOfFour is cost for four queues, without a look at any length.
func (f *field) costOfFour(l *levels, t, mask int, units int64) int64 {
	with := *(*sixteen)(f.reach[t*len(sixteen{}):])
	if units != 0 {
		for subset := range with {
			if subset&mask != 0 {
				with[subset] += units
			}
		}
	}
	cost := f.over[t] * with[len(with)-1]
	gains := l.gain[t*l.n : (t+1)*l.n]
	needs := l.need[t*l.n*len(sixteen{}):]
	for k, gain := range gains {
		if gain == 0 {
			break // there are no more
		}
		need := (*sixteen)(needs[k*len(sixteen{}):])
		a, b := need[0], need[1]+with[1]
		for s := 2; s < len(sixteen{}); s += 2 {
			a, b = min(a, need[s]+with[s]), min(b, need[s+1]+with[s+1])
		}
		met := min(a, b)
		if met == with[len(with)-1] { // all who are there, and so of what is worth less
			for _, gain := range gains[k:] {
				cost -= gain * met
			}
			break
		}
		cost -= gain * met
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
	for subset := 1; subset < f.subsets; subset++ {
		if subset&mask != 0 {
			f.reach[t*f.subsets+subset] += units
		}
	}
	f.version[t]++
	if !f.stirs[t] {
		f.stirs[t], f.stirred = true, append(f.stirred, t)
	}
	seen = -f.costing[t]
	f.costing[t] = f.cost(&f.seen, t, 0, 0)
	return seen + f.costing[t]
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
	at := t*f.subsets + mask
	if f.memoOf[at] != f.version[t] {
		f.memo[at] = f.cost(&f.seen, t, mask, roster.Whole) - f.costing[t]
		f.memoOf[at] = f.version[t]
	}
	return f.memo[at]
}

// relief is the seen cost of a whole operator less.
func (f *field) relief(t, mask int) int64 {
	at := t*f.subsets + mask
	if f.sparedOf[at] != f.version[t] {
		f.spared[at] = f.cost(&f.seen, t, mask, -roster.Whole) - f.costing[t]
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
	return f.cost(&f.seen, t, mask, units) - f.costing[t]
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
	c.harden()
	copy(c.settled, c.costing)
	return &c
}
