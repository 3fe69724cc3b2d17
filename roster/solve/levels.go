package solve

import (
	"math"
	"slices"
)

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
