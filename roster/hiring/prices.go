package hiring

import "math"

// ascent is prices on their way up: they follow what is missing of the demand,
// each in steps of its own, the shorter the more it has moved (AdaGrad; Duchi,
// Hazan and Singer 2011). Seats are operators who take the best row at the prices
// when it is their turn, if they are hired then: where hiring is free, always;
// else if the row is worth the cost.
type ascent struct {
	*wanted
	cost         []float64     // of each kind; what has no cost is there
	seats        [][][]float64 // of each kind, where it is present; nil if not hired
	present      [][]float64   // all seats of the kind together
	steps        int
	price, moved [][]float64
	supplied     [][]float64
	ceiling      float64 // the most that a price may be, where some may be missing
	ceilingMoved float64
	scale        float64
	sum          [][]float64 // of prices near the end
	summed       float64
	hired        []float64 // and of how many seats of each are taken
	ceilingSum   float64
}

// newAscent starts with prices, and so many seats of each.
func (w *wanted) newAscent(price [][]float64, seats []int, cost []float64) *ascent {
	a := &ascent{wanted: w, cost: cost, price: copied(price), moved: w.zero(), supplied: w.zero(), sum: w.zero(), hired: make([]float64, len(seats))}
	for _, n := range seats {
		a.seats, a.present = append(a.seats, make([][]float64, n)), append(a.present, make([]float64, w.intervals))
	}
	n := 0.0
	for q := range price {
		for t, one := range price[q] {
			a.ceiling = max(a.ceiling, one)
			if w.demand[q][t] > 0 {
				a.scale += one
				n++
			}
		}
	}
	a.scale /= max(1, n)
	if w.allowed == 0 {
		a.ceiling = math.Inf(1)
	}
	return a
}

func (w *wanted) zero() (all [][]float64) {
	for range w.demand {
		all = append(all, make([]float64, w.intervals))
	}
	return all
}

func copied(all [][]float64) (same [][]float64) {
	for _, one := range all {
		same = append(same, append([]float64(nil), one...))
	}
	return same
}

// step moves prices, after so much of the way.
func (a *ascent) step(share float64) error {
	a.rows.Price(a.price)
	for i := range a.seats {
		if err := a.respond(i); err != nil {
			return err
		}
	}
	a.steps++
	a.supply(0.05 * math.Pow(0.01, share) * a.scale)
	own := a.scale * 0.5 * math.Pow(0.02, share)
	over := -a.allowed
	for q := range a.price {
		for t, wants := range a.demand[q] {
			if wants == 0 {
				continue
			}
			if a.price[q][t] >= a.ceiling {
				over += wants
			}
			d := wants - a.supplied[q][t]
			if d == 0 {
				continue
			}
			a.moved[q][t] += d * d
			a.price[q][t] = min(a.ceiling, max(0, a.price[q][t]+own*d/math.Sqrt(a.moved[q][t])))
		}
	}
	if a.allowed > 0 && over != 0 {
		a.ceilingMoved += over * over
		a.ceiling = max(a.scale*0.1, a.ceiling+own*over/math.Sqrt(a.ceilingMoved))
	}
	const near = 0.7
	if share > near {
		a.note()
	}
	return nil
}

// respond lets a tenth of the seats of a kind take the best row; at first, all.
func (a *ascent) respond(i int) error {
	const tenth = 10
	n, turn := len(a.seats[i]), a.steps%tenth
	first, last := turn*n/tenth, (turn+1)*n/tenth
	if a.steps == 0 {
		last = n
	}
	if first == last {
		return nil
	}
	best, err := a.rows.Best(i, false)
	if err != nil {
		return err
	}
	if best.Worth < a.cost[i] {
		best.Present = nil
	}
	for seat := first; seat < last; seat++ {
		for t, one := range a.seats[i][seat] {
			a.present[i][t] -= one
		}
		for t, one := range best.Present {
			a.present[i][t] += one
		}
		a.seats[i][seat] = best.Present
	}
	return nil
}

// supply distributes who is there over queues: to the dearest, and of those that
// are as dear but for a slack to the one that misses most.
func (a *ascent) supply(slack float64) {
	for q := range a.supplied {
		clear(a.supplied[q])
	}
	for i, present := range a.present {
		const rounding = 1e-6
		for t, units := range present {
			if units > rounding {
				a.serve(i, t, units, slack)
			}
		}
	}
}

func (a *ascent) serve(i, t int, units, slack float64) {
	dearest := 0.0
	for _, q := range a.serves[i] {
		dearest = max(dearest, a.price[q][t])
	}
	for units > 0 {
		best, least := -1, 0.0
		for _, q := range a.serves[i] {
			if missing := a.demand[q][t] - a.supplied[q][t]; a.price[q][t] >= dearest-slack && (best < 0 || missing > least) {
				best, least = q, missing
			}
		}
		part := min(units, least)
		if part <= 0 {
			part = units
		}
		a.supplied[best][t] += part
		units -= part
	}
}

// note adds the prices, and who is hired, to the average.
func (a *ascent) note() {
	a.summed++
	a.ceilingSum += a.ceiling
	for i, seats := range a.seats {
		for _, present := range seats {
			if present != nil {
				a.hired[i]++
			}
		}
	}
	for q := range a.price {
		for t, one := range a.price[q] {
			a.sum[q][t] += one
		}
	}
}

// mean is the average of the prices, and of their ceiling.
func (a *ascent) mean() (price [][]float64, ceiling float64) {
	if a.summed == 0 {
		return copied(a.price), a.ceiling
	}
	price = copied(a.sum)
	for q := range price {
		for t := range price[q] {
			price[q][t] /= a.summed
		}
	}
	return price, a.ceilingSum / a.summed
}
