package solve

import "math"

// soft says where the operator of a row of calendar weeks is at some prices if
// rows are chosen by chance: of those that keep the hours of the weeks and days off
// on end, as the loose program has them, each with the weight exp(-cost/heat). What is expected
// then moves smoothly with the prices, as the cheapest row does not; the colder,
// the nearer it is to that. A forward and a backward pass over the sums of hours
// give it exactly (Baum, Inequalities 3, 1972), all weights relative to the
// cheapest way to the same sum, so that no number is too small.
type soft struct {
	loose
	scale    float64   // of costs to places in decays
	widest   int64     // cost whose weight is none
	forward  []float64 // per day and state before it, of all ways to it
	backward []float64 // and of all from there to the end
	moves    []move
	begins   []int     // of each day in moves
	weight   []float64 // of each option among those of its day and size
	together []float64 // of all of these, as sizes
	chance   []float64 // of each size of a day
}

// move is what a day can add to a state: a shift of a size, or none (-1).
type move struct {
	from, to int16
	size     int32
	weight   float64
}

// expect tells how probable each option is, and returns the soft minimum of the
// costs of all rows; it is below the cheapest by what their number is worth. It is
// not ok if there is no row.
func (k *soft) expect(r *row, costs []int32, heat float64, tell func(o int, chance float64)) (cost float64, ok bool) {
	days, width := len(r.days), r.weekly.width()
	least, ok := k.best(r, costs)
	if !ok {
		return 0, false
	}
	k.scale, k.widest = decayParts/heat, int64(heat*float64(len(decays)-1)/decayParts)
	n := (days + 1) * width
	k.forward, k.backward = grown(k.forward, n)[:n], grown(k.backward, n)[:n]
	clear(k.forward)
	clear(k.backward)
	k.forward[r.weekly.loosely.begun(r)*r.weekly.widest] = 1
	k.gather(r, costs)
	k.moves, k.begins = k.moves[:0], k.begins[:0]
	for d := range days {
		k.begins = append(k.begins, len(k.moves))
		k.advance(r, d)
	}
	total := k.end(days*width, k.sums(days, width), least)
	for d := days - 1; d >= 0; d-- {
		k.retrace(r, d)
		for o := r.days[d].first; o < r.days[d].last; o++ {
			if w := k.weight[o]; w > 0 {
				if chance := w * k.chance[r.briefs[o].size] / total; chance > negligible {
					tell(o, chance)
				}
			}
		}
	}
	return float64(least) - heat*math.Log(total), true
}

// end weighs the states at the end, against the cheapest of them.
func (k *soft) end(at int, sums []int64, least int64) (total float64) {
	for i, cost := range sums {
		if over := cost - least; over <= k.widest {
			k.backward[at+i] = k.decay(over)
			total += k.forward[at+i] * k.backward[at+i]
		}
	}
	return total
}

// negligible is a chance of which nobody is told.
const negligible = 1e-7

// gather weighs options against the cheapest of their day and size.
func (k *soft) gather(r *row, costs []int32) {
	k.weight = grown(k.weight, len(r.options))[:len(r.options)]
	k.together = grown(k.together, len(k.sizes))[:len(k.sizes)]
	clear(k.together)
	for d := range r.days {
		sizes, together := k.sizes[k.first[d]:], k.together[k.first[d]:]
		for o := r.days[d].first; o < r.days[d].last; o++ {
			size := r.briefs[o].size
			over := int64(k.cost(r, d, o, costs) - sizes[size].cost)
			if k.weight[o] = 0; over <= k.widest {
				k.weight[o] = k.decay(over)
				together[size] += k.weight[o]
			}
		}
	}
}

// advance weighs what a day's moves lead to.
func (k *soft) advance(r *row, d int) {
	w := r.weekly
	for run := range w.loosely.count() {
		k.rest(r, d, run)
		if then, may := w.loosely.with(run, d); may {
			k.work(r, d, run, then)
		}
	}
}

// rest weighs what leaving a day free leads to from the states of a run.
func (k *soft) rest(r *row, d, run int) {
	w, closing, least := r.weekly, r.lastOfWeek(d), r.weeks[r.days[d].week].least
	width, day, from, then := w.width(), &w.days[d], run*w.widest, w.loosely.without(run, d)*w.widest
	before, after := k.sums(d, width)[from:], k.sums(d+1, width)
	for i, place := range day.kept {
		to, cost := then+int(place), before[i]
		if cost >= int64(none/2) {
			continue
		}
		if closing {
			to, cost = then, cost+r.shortCost(least-day.in[i])>>k.coarse
		}
		if over := cost - after[to]; over <= k.widest {
			k.reach(d*width, width, move{int16(from + i), int16(to), -1, k.decay(over)})
		}
	}
}

// work weighs what its shifts lead to, into another run.
func (k *soft) work(r *row, d, run, then int) {
	w, closing, least := r.weekly, r.lastOfWeek(d), r.weeks[r.days[d].week].least
	width, day, from, then := w.width(), &w.days[d], run*w.widest, then*w.widest
	before, after := k.sums(d, width)[from:], k.sums(d+1, width)
	for s := range day.sizes {
		p, many := k.sizes[k.first[d]+s], k.together[k.first[d]+s]
		if p.option < 0 {
			continue
		}
		opening := w.opening(d, s)
		for i, place := range day.added[s] {
			if place < 0 || before[i] >= int64(none/2) {
				continue
			}
			to, cost := then+int(place), before[i]+int64(p.cost)
			if closing {
				to, cost = then+opening, cost+r.shortCost(least-day.in[i]-day.sizes[s].own)>>k.coarse
			}
			if over := cost - after[to]; over <= k.widest {
				k.reach(d*width, width, move{int16(from + i), int16(to), int32(s), many * k.decay(over)})
			}
		}
	}
}

// reach notes a move and what it leads to.
func (k *soft) reach(at, width int, m move) {
	k.forward[at+width+int(m.to)] += k.forward[at+int(m.from)] * m.weight
	k.moves = append(k.moves, m)
}

// retrace weighs what leads from a day's states to the end, and how probable an
// option of each of its sizes is for each part of its weight.
func (k *soft) retrace(r *row, d int) {
	width, first, end := r.weekly.width(), k.begins[d], len(k.moves)
	k.moves = k.moves[:first]
	k.chance = grown(k.chance, len(r.weekly.days[d].sizes))
	clear(k.chance)
	forward, backward, after := k.forward[d*width:][:width], k.backward[d*width:][:width], k.backward[(d+1)*width:][:width]
	for _, m := range k.moves[first:end] {
		one := m.weight * after[m.to]
		backward[m.from] += one
		if m.size >= 0 {
			k.chance[m.size] += forward[m.from] * one / k.together[k.first[d]+int(m.size)]
		}
	}
}

// decay is the weight of what costs more than the cheapest.
func (k *soft) decay(over int64) float64 { return decays[int(float64(over)*k.scale+0.5)] }

const decayParts = 128

// decays are exp(-x) of x in parts: beyond the last one there is next to nothing.
var decays = func() (all [14 * decayParts]float64) {
	for i := range all {
		all[i] = math.Exp(-float64(i) / decayParts)
	}
	return all
}()
