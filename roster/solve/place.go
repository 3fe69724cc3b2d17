package solve

import "math"

// allows says whether a placement keeps the breaks apart, in their order, and as
// close as the law wants them.
func (p *layout) allows(at placement) bool {
	since := int64(0)
	for k := range p.pauses {
		s := &p.pauses[k].spots[at.of(k)]
		if !p.follows(since, s.start) {
			return false
		}
		since = s.end
	}
	return p.follows(since, p.length)
}

// follows says whether it can be so long from the end of one break to the start of
// the next, or from and to the ends of the shift.
func (p *layout) follows(end, start int64) bool {
	return end <= start && (p.stretch == 0 || start-end <= p.stretch)
}

// place finds the placement that saves most, and says whether there is one. Of
// those that save the same it is the first.
func (p *layout) place(saves func(k int, s *spot) float64) (best placement, ok bool) {
	if len(p.pauses) == 1 {
		return p.placeOne(saves)
	}
	type way struct {
		value float64
		at    placement
	}
	var rooms [2][1 << spotBits]way
	before, now := rooms[0][:0], rooms[1][:0]
	for k := range p.pauses {
		now = now[:0]
		spots := p.pauses[k].spots
		for i := range spots {
			s := &spots[i]
			one := way{value: math.Inf(-1)}
			if k == 0 && p.follows(0, s.start) {
				one.value = 0
			}
			for j := range before {
				if b := &before[j]; b.value > one.value && p.follows(p.pauses[k-1].spots[j].end, s.start) {
					one = *b
				}
			}
			if !math.IsInf(one.value, -1) {
				one = way{one.value + saves(k, s), one.at.with(k, i)}
			}
			now = append(now, one)
		}
		before, now = now, before
	}
	most := math.Inf(-1)
	for j, one := range before {
		if one.value > most && p.follows(p.pauses[len(p.pauses)-1].spots[j].end, p.length) {
			best, most, ok = one.at, one.value, true
		}
	}
	return best, ok || len(p.pauses) == 0
}

// placeOne is place for a single break.
func (p *layout) placeOne(saves func(k int, s *spot) float64) (best placement, ok bool) {
	most, spots := math.Inf(-1), p.pauses[0].spots
	for i := range spots {
		s := &spots[i]
		if !p.follows(0, s.start) || !p.follows(s.end, p.length) {
			continue
		}
		if value := saves(0, s); value > most {
			best, most, ok = placement(i), value, true
		}
	}
	return best, ok
}

// there is the hundredths of an operator who is there in interval t, of somebody
// who counts for a share, with the breaks placed.
func (s *shift) there(t int, share int64, at placement) int64 {
	if s.layout == nil {
		return s.units(t, share)
	}
	taken := int64(0)
	for k := range s.layout.pauses {
		taken += s.layout.pauses[k].spots[at.of(k)].minutes(t-s.zero, s.step)
	}
	if taken == 0 {
		return s.units(t, share)
	}
	return share * (s.minutes(t) - taken) / s.step
}

// spared is what a break in a spot saves of what a whole operator costs, of which
// there are sums from interval zero on.
func (s *shift) spared(one *spot, sums []float64, zero int) float64 {
	first, end := s.zero+one.from, s.zero+one.to
	from, to := max(first, s.from), min(end, s.to)
	if from >= to {
		return 0
	}
	at := func(t int) float64 { return sums[t+1-zero] - sums[t-zero] }
	cost := sums[to-zero] - sums[from-zero]
	if from == first && one.head < s.step {
		cost -= at(from) * float64(s.step-one.head) / float64(s.step)
	}
	if to == end && one.tail < s.step && one.to > one.from+1 {
		cost -= at(to-1) * float64(s.step-one.tail) / float64(s.step)
	}
	return cost
}

// saves is the most that the breaks of a shift can save of what it costs, each by
// itself. Surely it is no less than any placement saves, at any minute: then every
// edge is looked at, and what rounding to hundredths could save is added.
func (s *shift) saves(share int64, sums []float64, zero int, surely bool) (total float64) {
	for k := range s.layout.pauses {
		p := &s.layout.pauses[k]
		spots := p.spots
		if surely {
			spots = p.edges
		}
		best := math.Inf(-1)
		for i := range spots {
			best = max(best, s.spared(&spots[i], sums, zero))
		}
		total += best * float64(share)
		if surely {
			total += s.rounding(p, sums, zero)
		}
	}
	return total
}

// rounding is the most that a break can save because presence is rounded down: a
// hundredth of an operator in each of the two intervals that it may take in part.
func (s *shift) rounding(p *pause, sums []float64, zero int) (most float64) {
	from, to := max(s.from, s.zero+p.edges[0].from), min(s.to, s.zero+p.edges[len(p.edges)-1].to)
	for t := from; t < to; t++ {
		one := sums[t+1-zero] - sums[t-zero]
		if s.minutes(t) < s.step {
			one = math.Abs(one) // what the shift has of it is rounded already
		}
		most = max(most, one)
	}
	return 2 * most
}
