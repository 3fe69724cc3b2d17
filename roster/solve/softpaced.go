package solve

import "math"

// softPaced says what is expected of a row at its pace if rows are chosen by chance,
// each with the weight exp(-cost/heat), as soft does for rows of calendar weeks. What
// every day can go on with is found backward, as soft minima, and then forward how
// probable each shift is (Baum, Inequalities 3, 1972). Classes that the same ones may
// follow are one pattern. Costs are in parts of the heat, as decays are, so that no
// weight is too small for a number.
type softPaced struct {
	r      *row
	scale  float64   // of costs to parts
	alike            // of the row
	cost   []float64 // per day and class, of its options together
	starts []float64 // per day, length of the run with it, and set: of going on with the set's group
	ways   []float64 // per day, length and pattern, of all that may come after
	opens  []float64 // per day, of starting a run with it
	rest   []float64 // per day and the end, of all from it on after rest
	free   []float64 // per day and the end, how probable it is to have rested before
	runs   []float64 // per length and pattern, how probable it is that a run goes on after the day before
	next   []float64 // and after the day
	into   []float64 // per set, how probable it is to go on with its group
	chance []float64 // per class of the day
	expected
}

// expected is what a row costs at its pace, and how much it is expected to work.
type expected struct{ cost, units, weekends float64 }

// expect tells how probable each option is. The cost is below that of the cheapest row.
func (k *softPaced) expect(r *row, costs []int32, p *pace, heat float64, tell func(o int, chance float64)) expected {
	k.r, k.alike, k.scale = r, r.shape.alike, decayParts/heat
	s, n, w := r.shape, len(r.days), r.shape.whole(r)
	unit, weekend := p.unit*k.scale, p.weekend*k.scale
	k.gather(costs, unit)
	runs := n * s.mostRun
	k.starts, k.ways = room64(k.starts, runs*len(s.sets)), room64(k.ways, runs*len(k.feeds))
	k.opens, k.rest = room64(k.opens, n), room64(k.rest, n+1)
	k.rest[n] = 0
	for d := n - 1; d >= 0; d-- {
		k.retrace(d, weekend)
	}
	k.expected = expected{cost: k.rest[0]/k.scale - p.allows(w)}
	k.advance(costs, unit, weekend, tell)
	return k.expected
}

// merged is what two costs come to together: below the lower by what the other is worth.
func merged(a, b float64) float64 {
	if a > b {
		a, b = b, a
	}
	if apart := b - a; apart < decayed { // and not if both are infinite
		return a - mergers[int(apart+0.5)]
	}
	return a
}

// mergers are by how much two are below the lower that are so many parts apart.
var mergers = func() (all [len(decays)]float64) {
	for i := range all {
		all[i] = decayParts * math.Log(1+decays[i])
	}
	return all
}()

// decayed is from how many parts on a weight is none.
const decayed = float64(len(decays) - 1)

// decay is the weight of what is above by so many parts.
func decay(above float64) float64 {
	if above >= decayed {
		return 0
	}
	return decays[int(max(0, above)+0.5)]
}

// gather finds the cost of each class and day.
func (k *softPaced) gather(costs []int32, unit float64) {
	r, s, c := k.r, k.r.shape, len(k.pattern)
	k.cost = room64(k.cost, len(r.days)*c)
	for i := range k.cost {
		k.cost[i] = math.Inf(1)
	}
	for d := range r.days {
		day := k.cost[d*c:][:c]
		for o := r.days[d].first; o < r.days[d].last; o++ {
			at := &day[s.class[o]]
			*at = merged(*at, float64(costs[o])*k.scale+unit*float64(s.length[s.class[o]]))
		}
	}
}

// ends says whether a run of so many days may end with the day.
func (s *shape) ends(days, d, length int) bool {
	return length >= s.leastRun || d+1 == length || d+1 == days
}

// weekendFrom is what a weekend adds to a day's work: if a run starts with the day,
// and if one goes on.
func (s *shape) weekendFrom(d int, price float64) (starting, going float64) {
	switch (s.first + d) % 7 {
	case 5:
		return price, price
	case 6:
		return price, 0
	}
	return 0, 0
}

// retrace finds what a day can go on with.
func (k *softPaced) retrace(d int, weekend float64) {
	s := k.r.shape
	costs := k.cost[d*len(k.pattern):][:len(k.pattern)]
	k.opens[d] = math.Inf(1)
	for length := 1; length <= min(s.mostRun, d+1); length++ {
		starts := k.startsOf(d, length)
		if k.r.free(d) {
			for set := range starts {
				starts[set] = math.Inf(1)
			}
			continue
		}
		k.lead(d, length, weekend)
		ways := k.waysOf(d, length)
		for set, group := range k.groups {
			cost := math.Inf(1)
			for _, c := range group {
				cost = merged(cost, costs[c]+ways[k.pattern[c]])
			}
			starts[set] = cost
		}
	}
	starting, _ := s.weekendFrom(d, weekend)
	for _, cost := range k.startsOf(d, 1) {
		k.opens[d] = merged(k.opens[d], cost+starting)
	}
	k.rest[d] = merged(k.rest[d+1], k.opens[d])
}

// free says whether the row can do nothing on a day.
func (r *row) free(d int) bool { return r.days[d].first == r.days[d].last }

// lead finds what may come after a run until a day.
func (k *softPaced) lead(d, length int, weekend float64) {
	s, n := k.r.shape, len(k.r.days)
	end := math.Inf(1)
	if s.ends(n, d, length) {
		end = k.rest[min(d+1+s.leastOff, n)]
	}
	ways := k.waysOf(d, length)
	if d+1 == n || length == s.mostRun {
		for pattern := range ways {
			ways[pattern] = end
		}
		return
	}
	_, going := s.weekendFrom(d+1, weekend)
	next := k.startsOf(d+1, length+1)
	for pattern, sets := range k.feeds {
		cost := end
		for _, set := range sets {
			cost = merged(cost, next[set]+going)
		}
		ways[pattern] = cost
	}
}

// startsOf are per set.
func (k *softPaced) startsOf(d, length int) []float64 {
	n := len(k.groups)
	return k.starts[(d*k.r.shape.mostRun+length-1)*n:][:n]
}

// waysOf are per pattern.
func (k *softPaced) waysOf(d, length int) []float64 {
	n := len(k.feeds)
	return k.ways[(d*k.r.shape.mostRun+length-1)*n:][:n]
}

// advance finds how probable the options of all days are.
func (k *softPaced) advance(costs []int32, unit, weekend float64, tell func(o int, chance float64)) {
	s, n, p := k.r.shape, len(k.r.days), len(k.feeds)
	k.free, k.runs, k.next = room64(k.free, n+1), room64(k.runs, s.mostRun*p), room64(k.next, s.mostRun*p)
	k.into, k.chance = room64(k.into, len(s.sets)), room64(k.chance, len(k.pattern))
	clear(k.free)
	clear(k.runs)
	k.free[0] = 1
	for d := range n {
		clear(k.chance)
		clear(k.next)
		k.free[d+1] += k.free[d] * decay(k.rest[d+1]-k.rest[d])
		for length := 1; length <= min(s.mostRun, d+1) && !k.r.free(d); length++ {
			k.enter(d, length, weekend)
			worked := k.work(d, length)
			if day := (s.first + d) % 7; day == 5 || day == 6 && length == 1 {
				k.weekends += worked
			}
		}
		k.even(d)
		for length := 1; length <= min(s.mostRun, d+1) && !k.r.free(d); length++ {
			k.leave(d, length)
		}
		for c, chance := range k.chance {
			k.units += chance * float64(s.length[c])
		}
		for o := k.r.days[d].first; o < k.r.days[d].last; o++ {
			c := int(s.class[o])
			if chance := k.chance[c]; chance > negligible {
				tell(o, chance*decay(float64(costs[o])*k.scale+unit*float64(s.length[c])-k.cost[d*len(k.pattern)+c]))
			}
		}
		k.runs, k.next = k.next, k.runs
	}
}

// even makes all chances on a day come to 1: tables have steps.
func (k *softPaced) even(d int) {
	sum := 0.0
	free := k.free[d+1 : min(len(k.free), d+1+k.r.shape.leastOff)]
	for _, one := range free {
		sum += one
	}
	for _, one := range k.next {
		sum += one
	}
	for i := range free {
		free[i] /= sum
	}
	for i := range k.next {
		k.next[i] /= sum
	}
}

// enter finds how probable it is that a run with its so many days goes on with each group.
func (k *softPaced) enter(d, length int, weekend float64) {
	starts := k.startsOf(d, length)
	starting, going := k.r.shape.weekendFrom(d, weekend)
	clear(k.into)
	if length == 1 {
		if chance := k.free[d] * decay(k.opens[d]-k.rest[d]); chance > negligible {
			for set, cost := range starts {
				k.into[set] = chance * decay(cost+starting-k.opens[d])
			}
		}
		return
	}
	ways := k.waysOf(d-1, length-1)
	for pattern, chance := range k.runs[(length-2)*len(k.feeds):][:len(k.feeds)] {
		if chance > negligible {
			for _, set := range k.feeds[pattern] {
				k.into[set] += chance * decay(starts[set]+going-ways[pattern])
			}
		}
	}
}

// work finds how probable it is that this is with each class, and with any.
func (k *softPaced) work(d, length int) (worked float64) {
	starts, ways := k.startsOf(d, length), k.waysOf(d, length)
	costs, next := k.cost[d*len(k.pattern):], k.next[(length-1)*len(k.feeds):]
	for set, chance := range k.into {
		if chance <= negligible {
			continue
		}
		for _, c := range k.groups[set] {
			one := chance * decay(costs[c]+ways[k.pattern[c]]-starts[set])
			k.chance[c] += one
			next[k.pattern[c]] += one
			worked += one
		}
	}
	return worked
}

// leave has runs end with the day.
func (k *softPaced) leave(d, length int) {
	s, n := k.r.shape, len(k.r.days)
	if !s.ends(n, d, length) {
		return
	}
	to, ways := min(d+1+s.leastOff, n), k.waysOf(d, length)
	for pattern, chance := range k.next[(length-1)*len(k.feeds):][:len(k.feeds)] {
		if chance > negligible {
			k.free[to] += chance * decay(k.rest[to]-ways[pattern])
		}
	}
}

// room64 has exactly so many elements; what s holds may be lost.
func room64(s []float64, n int) []float64 { return grown(s, n)[:n] }
