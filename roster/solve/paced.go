package solve

import "math"

// paced prices rows of stints over long horizons much faster than the stints
// program, and never dearer: hours and weekends of the whole row have prices instead
// of being counted (Lagrangian relaxation), and what is left of the program is the
// days. Prices of a row's own are good soon, and keep from visit to visit.
type paced struct {
	cost  []float64 // per day and class the cheapest option
	arg   []int32   // and which it is
	plan  []float64 // per day, and the end, the cheapest plan after which a stint may start
	stint []stint   // with which it ends; none for a day off
	hours []float64 // per class, what its hours cost
	table []float64 // per first day and length, the cheapest stint
	ends  []float64 // per class, stints that end with it
	next  []float64
	least []float64 // per set, the cheapest of them
}

// stint is days worked on end.
type stint struct{ first, length int }

// pace is what a row pays for its hours and weekends, coarse, and how far these
// prices go at a time.
type pace struct {
	unit, weekend           float64
	unitStep, weekendStep   float64
	unitsWere, weekendsWere float64 // what was too much, or with a sign too little, the last time
}

// slow says whether the stints program takes long for a row: it keeps a plan for
// every day, number of weekends and sum of hours.
func (r *row) slow() bool {
	const most = 200_000
	if r.shape == nil || len(r.shape.length) == 0 {
		return false
	}
	w := r.shape.whole(r)
	return len(r.days)*(min(w.weekends, len(r.days)/7+1)+1)*w.most/2 > most
}

// paces says whether most rows are slow.
func (m *model) paces() bool {
	n := 0
	for _, r := range m.rows {
		if r.slow() {
			n++
		}
	}
	return 2*n > len(m.rows)
}

// best is the cheapest row at the last of the paces that it tries, so many of hours
// and for each some of weekends: per day its option, and the highest cost that they
// say no row is below.
func (k *paced) best(r *row, costs []int32, p *pace, tries int, choice []int32) (bound float64, ok bool) {
	const weekendTries = 4
	bound = math.Inf(-1)
	w := r.shape.whole(r)
	k.fill(r, costs)
	for range tries {
		k.tabulate(r, p.unit)
		for i := range weekendTries {
			if i > 0 {
				p.reviseWeekend(float64(k.weekends(r) - w.weekends))
			}
			k.chain(r, p.weekend)
			total := k.plan[len(r.days)]
			if math.IsInf(total, 1) {
				return 0, false
			}
			bound = max(bound, total-p.allows(w))
		}
		units := k.back(r, choice)
		p.reviseWeekend(float64(k.weekends(r) - w.weekends))
		p.reviseUnit(float64(max(0, units-w.most) + min(0, units-w.least)))
	}
	return bound, true
}

// allows is what the hours and weekends that are asked for cost at the pace.
func (p *pace) allows(w room) float64 {
	return p.weekend*float64(w.weekends) + max(p.unit*float64(w.least), p.unit*float64(w.most))
}

// fill finds the cheapest option of each class and day.
func (k *paced) fill(r *row, costs []int32) {
	s := r.shape
	n := len(s.length)
	k.cost, k.arg = grown(k.cost, len(r.days)*n)[:len(r.days)*n], grown(k.arg, len(r.days)*n)
	for i := range k.cost {
		k.cost[i] = math.Inf(1)
	}
	for d := range r.days {
		for o := r.days[d].first; o < r.days[d].last; o++ {
			if at := d*n + int(s.class[o]); float64(costs[o]) < k.cost[at] {
				k.cost[at], k.arg[at] = float64(costs[o]), int32(o)
			}
		}
	}
	k.ends, k.next, k.hours = grown(k.ends, n)[:n], grown(k.next, n)[:n], grown(k.hours, n)[:n]
	k.least = grown(k.least, len(s.sets))[:len(s.sets)]
}

// tabulate finds the cheapest stint of each first day and length.
func (k *paced) tabulate(r *row, unit float64) {
	s, n := r.shape, len(r.days)
	for c, units := range s.length {
		k.hours[c] = unit * float64(units)
	}
	k.table = grown(k.table, n*s.mostRun)[:n*s.mostRun]
	for first := range n {
		stints := k.table[first*s.mostRun:][:s.mostRun]
		for i := range stints {
			stints[i] = math.Inf(1)
		}
		for length := 1; length <= s.mostRun && first+length <= n; length++ {
			if stints[length-1] = k.work(r, first, length); math.IsInf(stints[length-1], 1) {
				break
			}
		}
	}
}

// chain finds the cheapest plans, as the stints program does.
func (k *paced) chain(r *row, weekend float64) {
	s, n := r.shape, len(r.days)
	k.plan, k.stint = grown(k.plan, n+1)[:n+1], grown(k.stint, n+1)[:n+1]
	for i := range k.plan {
		k.plan[i] = math.Inf(1)
	}
	k.plan[0] = 0
	for first := range n {
		before := k.plan[first]
		if before < k.plan[first+1] {
			k.plan[first+1], k.stint[first+1] = before, stint{first, 0}
		}
		for i, cheapest := range k.table[first*s.mostRun:][:s.mostRun] {
			length := i + 1
			if math.IsInf(cheapest, 1) {
				break
			}
			if length < s.leastRun && first != 0 && first+length != n {
				continue
			}
			to := min(first+length+s.leastOff, n)
			if cost := before + cheapest + weekend*float64(s.weekendsOf(first, length)); cost < k.plan[to] {
				k.plan[to], k.stint[to] = cost, stint{first, length}
			}
		}
	}
}

// work goes on with stints from a first day to so many days, and returns what the
// cheapest costs.
func (k *paced) work(r *row, first, length int) (cheapest float64) {
	s, day := r.shape, first+length-1
	costs := k.cost[day*len(k.ends):][:len(k.ends)]
	cheapest = math.Inf(1)
	if length == 1 {
		for c, cost := range costs {
			k.ends[c] = cost + k.hours[c]
			cheapest = min(cheapest, k.ends[c])
		}
		return cheapest
	}
	for set, of := range s.members {
		least := math.Inf(1)
		for _, c := range of {
			least = min(least, k.ends[c])
		}
		k.least[set] = least
	}
	for c, cost := range costs {
		k.next[c] = cost + k.hours[c] + k.least[s.after[c]]
		cheapest = min(cheapest, k.next[c])
	}
	k.ends, k.next = k.next, k.ends
	return cheapest
}

// weekends is how many the cheapest plan works on.
func (k *paced) weekends(r *row) (n int) {
	for to := len(r.days); to > 0; to = k.stint[to].first {
		if one := k.stint[to]; one.length > 0 {
			n += r.shape.weekendsOf(one.first, one.length)
		}
	}
	return n
}

// back writes the options of the cheapest plan, and returns its hours.
func (k *paced) back(r *row, choice []int32) (units int) {
	for d := range choice {
		choice[d] = -1
	}
	for to := len(r.days); to > 0; to = k.stint[to].first {
		if one := k.stint[to]; one.length > 0 {
			units += k.trace(r, one, choice)
		}
	}
	return units
}

// trace writes the cheapest options of a stint, and returns its hours.
func (k *paced) trace(r *row, one stint, choice []int32) (units int) {
	s, n := r.shape, len(k.ends)
	layers := make([][]float64, one.length)
	for i := range layers {
		k.work(r, one.first, i+1)
		layers[i] = append([]float64(nil), k.ends...)
	}
	follower := -1
	for i := one.length - 1; i >= 0; i-- {
		best := -1
		for c, cost := range layers[i] {
			if (follower < 0 || s.allows(uint8(c), uint8(follower))) && (best < 0 || cost < layers[i][best]) {
				best = c
			}
		}
		choice[one.first+i] = k.arg[(one.first+i)*n+best]
		units, follower = units+s.length[best], best
	}
	return units
}

// reviseUnit moves the price of hours towards what is asked for: further each time
// that it is still missed on the same side, and less far when it was passed
// (Riedmiller and Braun, IEEE Conference on Neural Networks 1993).
func (p *pace) reviseUnit(missed float64) {
	p.unit += onwards(missed, p.unitsWere, &p.unitStep)
	p.unitsWere = missed
}

// reviseWeekend does so with that of weekends, of which there may be fewer.
func (p *pace) reviseWeekend(missed float64) {
	if p.weekend <= 0 {
		missed = max(0, missed)
	}
	p.weekend = max(0, p.weekend+onwards(missed, p.weekendsWere, &p.weekendStep))
	p.weekendsWere = missed
}

// onwards is by how much a price moves.
func onwards(missed, was float64, step *float64) float64 {
	switch {
	case missed == 0:
		return 0
	case missed*was > 0:
		*step *= 1.2
	case missed*was < 0:
		*step *= 0.5
	}
	return math.Copysign(*step, missed)
}

// newPaces are the first paces of all rows.
func (m *model) newPaces() []pace {
	paces := make([]pace, len(m.rows))
	for i, r := range m.rows {
		if r.slow() {
			paces[i] = m.newPace(r)
		}
	}
	return paces
}

// newPace is the first pace of a row.
func (m *model) newPace(r *row) pace {
	const part = 0.05 // of what a missing shift is worth
	step := part * m.worth / float64(int64(1)<<m.coarse)
	return pace{unitStep: step / float64(r.shape.shorter), weekendStep: step}
}
