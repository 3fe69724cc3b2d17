package flex

import "math"

// inside is the program of activities inside a shift. With best[i] the least
// price of the first i intervals, cut into whole stretches, and last[a] that of
// them where activity a is in its last stretch, already long enough:
//
//	last[a] = min(last[a] + price of a at i, best[i-stretch] + price of a over the stretch that ends at i)
//	best[i] = min over a of last[a]
type inside struct {
	rules      Rules
	activities int
	price      []float32 // by interval from first on x activity
	sum        []float32 // of the stretch that ends with the interval
	first      int
	last       []float32
	best       []float32 // by length
}

func newInside(p Problem) *inside {
	cells := (p.Rules.Day + p.Rules.Longest) * p.activities()
	return &inside{
		rules: p.Rules, activities: p.activities(), price: make([]float32, cells), sum: make([]float32, cells),
		last: make([]float32, p.activities()), best: make([]float32, p.Rules.Longest+1),
	}
}

// look takes prices of the intervals from first to before end.
func (in *inside) look(c *cover, first, end int, noise float32, offset uint64) {
	k := in.activities
	in.first, in.price, in.sum = first, in.price[:(end-first)*k], in.sum[:(end-first)*k]
	c.prices(in.price, first, noise, offset)
	far := in.rules.Stretch * k
	for i, price := range in.price {
		sum := price
		if i >= k {
			sum += in.sum[i-k]
		}
		if i >= far {
			sum -= in.price[i-far]
		}
		in.sum[i] = sum
	}
}

const never = float32(math.MaxFloat32 / 4)

// run finds the best prices of shifts from start on, by their length up to most.
func (in *inside) run(start, most int) []float32 {
	k, stretch := in.activities, in.rules.Stretch
	best, last := in.best[:most+1], in.last
	for i := range min(stretch, len(best)) {
		best[i] = never
	}
	best[0] = 0
	for a := range last {
		last[a] = never
	}
	for i := stretch; i <= most; i++ {
		at := (start - in.first + i - 1) * k
		price, sum := in.price[at:][:k], in.sum[at:][:k]
		before, least := best[i-stretch], never
		for a := range last[:k] {
			v := min(last[a]+price[a], before+sum[a])
			last[a] = v
			least = min(least, v)
		}
		best[i] = least
	}
	return best
}

// trace writes the activities of the best shift of the given start and length.
func (in *inside) trace(start int, to []uint8) {
	best := in.run(start, len(to))
	for i := len(to); i > 0; {
		a, from := in.lastStretch(start, i, best)
		for ; i > from; i-- {
			to[i-1] = a
		}
	}
}

// lastStretch finds the last stretch of the best i intervals: its activity and
// where it begins.
func (in *inside) lastStretch(start, i int, best []float32) (activity uint8, from int) {
	k, stretch := in.activities, in.rules.Stretch
	least := never
	for a := range k {
		price := in.sum[(start-in.first+i-1)*k+a]
		for j := i - stretch; ; {
			if v := best[j] + price; v < least {
				least, activity, from = v, uint8(a), j
			}
			j--
			if j < 0 {
				break
			}
			price += in.price[(start-in.first+j)*k+a]
		}
	}
	return activity, from
}
