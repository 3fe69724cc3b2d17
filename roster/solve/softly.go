package solve

import (
	"math"
	"math/bits"

	"github.com/smena-wfm/smena/roster"
)

// answers is what soft rows that one core asks supply in expectation. Chances are
// added in fixed point, so that they come to the same whatever core adds them.
type answers struct {
	soft    soft
	paced   softPaced
	slots   [][]int64   // per field of slots and interval, how much is there
	changes [][]int64   // per field, subset and interval, by how much presence changes there
	starts  [][][]int64 // per field, layout of breaks, subset and interval, what starts there
}

// wholeChance is a chance of 1.
const wholeChance = 1 << 30

func (p *pricer) newAnswers() (a answers) {
	a.soft.coarse = p.coarse
	for _, f := range p.fields {
		a.slots = append(a.slots, make([]int64, f.n))
		a.changes = append(a.changes, make([]int64, (f.n+1)*f.subsets))
		var starts [][]int64
		if f.saved != nil {
			for range f.layouts {
				starts = append(starts, make([]int64, f.n*f.subsets))
			}
		}
		a.starts = append(a.starts, starts)
	}
	return a
}

// softened says whether the row answers softly.
func (p *pricer) softened(r *row) bool {
	if p.paces != nil {
		return r.slow() && r.field < 0
	}
	return r.weekly != nil && r.field >= 0 && !r.slotted && (!r.pauses || p.cores[0].tabled(r))
}

// shade is the heat of an interval's prices where that of rows is given.
func (a *accelerated) shade(heat float64) float64 {
	return softerQueues * heat / roster.Whole / a.lasting
}

// pay readies one core's part of what being there costs, and its answers.
func (a *accelerated) pay(core int, heat float64) {
	for i, f := range a.fields {
		for at := core; at < len(f.masks); at += len(a.cores) {
			mask := f.masks[at]
			f.paySoftly(mask, a.shade(heat))
			if f.saved == nil {
				continue
			}
			for k, p := range f.layouts {
				for _, t := range a.starting[k] {
					f.saved[mask][k][t] = f.spareSoftly(mask, p, t, roster.Whole*a.shade(heat), nil)
				}
			}
		}
		clear(a.answers[core].slots[i])
		clear(a.answers[core].changes[i])
		for _, starts := range a.answers[core].starts[i] {
			clear(starts)
		}
	}
}

// expect notes where row i is expected, and returns its soft cost.
func (a *accelerated) expect(core, i int, heat float64) float64 {
	r, p, to := a.model.rows[i], &a.cores[core], &a.answers[core]
	n := a.fields[r.field].n
	p.appraise(r, room{to: len(r.days)}, guess{blend: 1})
	line, excess := p.straighten(r, a.slopes[i]), 0.0
	presence := to.changes[r.field][r.mask*(n+1):][:n+1]
	starts := to.starts[r.field]
	share := float64(r.share) / roster.Whole * wholeChance
	cost, _ := to.soft.expect(r, p.costs, heat/float64(int64(1)<<p.coarse), func(o int, chance float64) {
		s, units := &p.shifts[r.options[o].shift], int64(chance*share)
		s.appearing(units, presence)
		if k := r.briefs[o].layout; k >= 0 && s.zero >= 0 {
			starts[k][r.mask*n+s.zero] += units
		}
		if r.burdens != nil {
			excess += chance * float64(r.burdens.points[o])
		}
	})
	a.tilt(i, excess)
	return cost*float64(int64(1)<<p.coarse) + line + float64(r.wished)
}

// appearing notes by how much the presence of so many units on the shift changes in
// each interval.
func (s *shift) appearing(units int64, changes []int64) {
	if s.to == s.from {
		return
	}
	head, tail := units*s.head/s.step, units*s.tail/s.step
	changes[s.from] += head
	changes[s.from+1] += units - head
	if s.to == s.from+1 { // all of it
		changes[s.to] -= units
		return
	}
	changes[s.to-1] -= units - tail
	changes[s.to] -= tail
}

// collect finds the supply of all rows, those of others as they are, and serves the
// queues with it.
func (a *accelerated) collect(heat float64) {
	for i, f := range a.fields {
		if len(f.masks) == 0 { // of slots, which soft rows of weeks have none of
			a.distribute(i, 0, f.n, 0)
			a.presentOnSlots(i)
			continue
		}
		a.share(func(c int) {
			for at := c; at < len(f.masks); at += len(a.cores) {
				a.present(i, f.masks[at], heat)
			}
		})
		a.split(f.n, func(from, to int) { a.distributeSoftly(i, from, to, a.shade(heat)) })
	}
}

// present finds the presence of those who serve the masked queues of a field, less
// their breaks.
func (a *accelerated) present(field, mask int, heat float64) {
	f, presence := a.fields[field], a.presence[field]
	sum := int64(0)
	for t := range f.n {
		for c := range a.answers {
			sum += a.answers[c].changes[field][mask*(f.n+1)+t]
		}
		presence[t*f.subsets+mask] = a.supply[field][t*f.subsets+mask] + float64(sum)*roster.Whole/wholeChance
	}
	for k := range a.answers[0].starts[field] {
		for _, t := range a.starting[k] {
			units := int64(0)
			for c := range a.answers {
				units += a.answers[c].starts[field][k][mask*f.n+t]
			}
			if units > 0 {
				f.spareSoftly(mask, f.layouts[k], t, roster.Whole*a.shade(heat), func(t int, part float64) {
					presence[t*f.subsets+mask] -= part * float64(units) * roster.Whole / wholeChance
				})
			}
		}
	}
}

// spareSoftly is what the breaks of a layout save of what a whole operator costs, each
// by itself, if the shift starts in interval t and is in whole intervals; and it
// tells how much of which intervals they are then expected to take.
func (f *field) spareSoftly(mask int, p *layout, t int, heat float64, tell func(t int, part float64)) (saved float64) {
	sums := f.paid[mask]
	for k := range p.pauses {
		spots := p.pauses[k].spots
		var values [1 << spotBits]float64
		best := math.Inf(-1)
		for i := range spots {
			values[i] = f.spotted(sums, t, &spots[i])
			best = max(best, values[i])
		}
		total := 0.0
		for i := range spots {
			values[i] = decays[min(len(decays)-1, int((best-values[i])*decayParts/heat))]
			total += values[i]
		}
		saved += best + heat*math.Log(total)
		if tell == nil {
			continue
		}
		for i := range spots {
			s := &spots[i]
			for at := t + s.from; at < min(f.n, t+s.to); at++ {
				tell(at, values[i]/total*float64(s.minutes(at-t, f.minutes))/float64(f.minutes))
			}
		}
	}
	return saved
}

// spotted is what a whole operator costs during a break of a shift that starts in
// interval t.
func (f *field) spotted(sums []float64, t int, s *spot) (cost float64) {
	from, to := min(f.n, t+s.from), min(f.n, t+s.to)
	if s.head == f.minutes && s.tail == f.minutes {
		return sums[to] - sums[from]
	}
	for at := from; at < to; at++ {
		cost += (sums[at+1] - sums[at]) * float64(s.minutes(at-t, f.minutes)) / float64(f.minutes)
	}
	return cost
}

// distributeSoftly serves the queues of intervals [from, to) of a field: those who
// can serve several are shared by what they pay.
func (a *accelerated) distributeSoftly(field, from, to int, heat float64) {
	f := a.fields[field]
	price, supplied := a.price[field], a.supplied[field]
	clear(supplied[from*f.queues : to*f.queues])
	shares := make([]float64, f.queues)
	for _, mask := range f.masks {
		for t := from; t < to; t++ {
			units := a.presence[field][t*f.subsets+mask]
			if units <= 0 {
				continue
			}
			served := supplied[t*f.queues:][:f.queues]
			if mask&(mask-1) == 0 {
				served[bits.TrailingZeros(uint(mask))] += units
				continue
			}
			_, total := weigh(price[t*f.queues:][:f.queues], mask, heat, shares)
			for rest := mask; rest > 0; rest &= rest - 1 {
				q := bits.TrailingZeros(uint(rest))
				served[q] += units * shares[q] / total
			}
		}
	}
}

// weigh gives each of the masked queues a weight by its price, 1 to the dearest.
func weigh(prices []float64, mask int, heat float64, weights []float64) (dearest, total float64) {
	dearest = math.Inf(-1)
	scale := decayParts / heat
	for rest := mask; rest > 0; rest &= rest - 1 {
		dearest = max(dearest, prices[bits.TrailingZeros(uint(rest))])
	}
	for rest := mask; rest > 0; rest &= rest - 1 {
		q := bits.TrailingZeros(uint(rest))
		weights[q] = decays[min(len(decays)-1, int((dearest-prices[q])*scale))]
		total += weights[q]
	}
	return dearest, total
}

// paySoftly adds up what a whole operator costs at the prices who serves the masked
// queues, all of which pay by their weights.
func (f *field) paySoftly(mask int, heat float64) {
	sums, weights := f.paid[mask], make([]float64, f.queues)
	if q := bits.TrailingZeros(uint(mask)); mask == 1<<q {
		for t := range f.n {
			sums[t+1] = sums[t] + roster.Whole*(float64(f.over[t])-f.price[t*f.queues+q])
		}
		return
	}
	for t := range f.n {
		dearest, total := weigh(f.price[t*f.queues:][:f.queues], mask, heat, weights)
		if total > 1 {
			dearest += heat * math.Log(total)
		}
		sums[t+1] = sums[t] + roster.Whole*(float64(f.over[t])-dearest)
	}
}
