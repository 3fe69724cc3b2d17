package roster

import "slices"

// Off is the station of an operator who is not there, or serves no queue.
const Off = -1

// Stations returns which queue each operator answers in each interval: by
// position in the team and interval, the position of the queue in the demand,
// or Off. It shares the distribution that Cover counts out to people, so that
// they change queues as seldom as it allows. Who is left over answers the queue
// of theirs that requires most.
func Stations(p Problem, assignments []Assignment) [][]int {
	crew := newCrew(p)
	stations, position := make([][]int, len(p.Team.Operators)), map[ID]int{}
	for i, o := range p.Team.Operators {
		stations[i], position[o.ID] = slices.Repeat([]int{Off}, p.Demand.Grid.N), i
	}
	present := make([][]int, p.Demand.Grid.N) // positions by interval
	for _, a := range slices.Concat(p.Carried, assignments) {
		i, known := position[a.Operator]
		if _, serves := crew.of[a.Operator]; !known || !serves {
			continue
		}
		crew.put(a, 1)
		for t, to := p.Demand.Grid.Range(a.Shift); t < to; t++ {
			if a.minutesIn(spanOf(p.Demand.Grid.Interval(t))) > 0 {
				present[t] = append(present[t], i)
			}
		}
	}
	for t := range present {
		slices.Sort(present[t])
		crew.station(p, t, slices.Compact(present[t]), stations)
	}
	return stations
}

// station finds the stations of those present in interval t. Where the
// distribution splits a person between queues, which it may, they go where the
// greater share is missing.
func (c *crew) station(p Problem, t int, present []int, stations [][]int) {
	flow, whole, _ := c.serve(t)
	missing := slices.Clone(whole)
	put := func(i, q int) {
		stations[i][t] = q
		share := c.share[p.Team.Operators[i].ID]
		missing[q] -= share
		flow.given[c.of[p.Team.Operators[i].ID]][q] -= share
	}
	for _, i := range present { // who can go on does
		o := p.Team.Operators[i]
		if q := before(stations[i], t); q != Off && flow.given[c.of[o.ID]][q] >= c.share[o.ID] {
			put(i, q)
		}
	}
	for queues := 1; queues <= len(whole); queues++ { // who can serve few queues chooses first
		for _, i := range present {
			k := c.of[p.Team.Operators[i].ID]
			if stations[i][t] == Off && len(c.kinds[k].queues) == queues {
				put(i, c.neediest(k, flow.given[k], missing, whole))
			}
		}
	}
}

// neediest returns the queue that a kind of operator goes to: of those that
// the distribution gives it the one that misses the greatest share, then of
// all of its own, then the one that requires most.
func (c *crew) neediest(k int, given, missing, whole []int64) int {
	best, rank := c.kinds[k].queues[0], [3]float64{-1, -1, -1}
	for _, q := range c.kinds[k].queues {
		one := [3]float64{0, 0, float64(whole[q])}
		if whole[q] > 0 {
			one[1] = max(0, float64(missing[q])/float64(whole[q]))
		}
		if given[q] > 0 {
			one[0] = one[1]
		}
		if slices.Compare(one[:], rank[:]) > 0 {
			best, rank = q, one
		}
	}
	return best
}

// before is the station in the interval before t.
func before(stations []int, t int) int {
	if t == 0 {
		return Off
	}
	return stations[t-1]
}
