package solve

// guided is what helps to price a row of which caps are counted, and is bettered by it.
// To count is dear, and most plans that are looked at lead nowhere. Without counting,
// but with a toll on each capped shift, the cheapest way on from any plan is soon
// known. A plan is left out if with it, and all tolls that its caps still allow given
// back, it costs more than a row known already (A* search; Hart, Nilsson and Raphael
// 1968). From one visit to the next tolls follow what rows use of their caps.
type guided struct {
	caps    []int
	tolls   []int32 // per cap that is counted
	dearest int32   // of them: all that the caps allow of it is no sum to be mistaken for none
}

// newGuided is for caps of a row that are to be counted.
func newGuided(s *shape, caps []int) *guided {
	g := &guided{caps: caps, tolls: make([]int32, len(caps))}
	shifts := 1
	for _, c := range caps {
		shifts += s.caps[c].most
	}
	g.dearest = none / 8 / int32(shifts)
	return g
}

// counted returns the cheapest row that keeps the counted caps, and its cost. Old is a
// row that may keep the rules still.
func (k *stints) counted(r *row, costs []int32, g *guided, old []int32) (choice []int32, cost int32, ok bool) {
	w, allowed := r.shape.whole(r), r.shape.allowed()
	k.counting(r, nil, nil)
	k.fill(w.from, w.to, k.tolled(r, costs, g))
	choice, least, ok := k.ahead(w)
	if !ok {
		return nil, 0, false
	}
	dearest := min(g.known(r, old, allowed, costs), g.known(r, choice, allowed, costs))
	below := int64(least)
	for at, c := range g.caps {
		below -= int64(g.tolls[at]) * int64(allowed[c])
	}
	if dearest < none && int64(dearest) == below && g.known(r, choice, allowed, costs) == dearest {
		return choice, dearest, true
	}
	used := g.used(r, choice)
	k.counting(r, g.caps, allowed)
	k.fill(w.from, w.to, costs)
	k.ceil(g, dearest)
	choice, cost, ok = k.best(w)
	k.ceilings = k.ceilings[:0]
	if ok {
		g.follow(used, allowed, float64(int64(cost)-below))
	}
	return choice, cost, ok
}

// tolled is the costs with tolls.
func (k *stints) tolled(r *row, costs []int32, g *guided) []int32 {
	k.priced = append(k.priced[:0], costs[:len(r.options)]...)
	for o := range k.priced {
		for at, c := range g.caps {
			if k.priced[o] < none/2 && contains(r.shape.counted[o], c) {
				k.priced[o] += g.tolls[at]
			}
		}
	}
	return k.priced
}

// used is how often a row has shifts of each cap that is counted.
func (g *guided) used(r *row, choice []int32) []int {
	used := make([]int, len(g.caps))
	for _, o := range choice {
		for at, c := range g.caps {
			if o >= 0 && contains(r.shape.counted[o], c) {
				used[at]++
			}
		}
	}
	return used
}

// known is what a row costs that keeps its rules and the counted caps; none if it does not.
func (g *guided) known(r *row, choice []int32, allowed []int, costs []int32) int32 {
	if len(choice) == 0 || !r.shape.stands(r, choice) {
		return none
	}
	for at, n := range g.used(r, choice) {
		if n > allowed[g.caps[at]] {
			return none
		}
	}
	sum := int64(0)
	for _, o := range choice {
		if o >= 0 {
			sum += int64(costs[o])
		}
	}
	return int32(min(sum, int64(none)))
}

// follow raises tolls of caps of which more is used than allowed, and lowers the others,
// by Polyak's step: as far as the cost is above what they have shown it to be at least.
func (g *guided) follow(used, allowed []int, above float64) {
	square := 0.0
	for at, c := range g.caps {
		if d := float64(used[at] - allowed[c]); d > 0 || g.tolls[at] > 0 {
			square += d * d
		}
	}
	const cautious = 0.5
	for at, c := range g.caps {
		if d := float64(used[at] - allowed[c]); d > 0 || g.tolls[at] > 0 && d < 0 {
			g.tolls[at] = int32(max(0, min(float64(g.dearest), float64(g.tolls[at])+cautious*above*d/square)))
		}
	}
}

// ceil lays out the ceilings, where a row is known that costs so much.
func (k *stints) ceil(g *guided, known int32) {
	k.ceilings = append(k.ceilings[:0], make([]int32, k.tally.size())...)
	for number := range k.ceilings {
		most := int64(known)
		for digit, c := range k.tally.caps {
			used := number / k.tally.stride[digit] % (k.tally.most[digit] + 1)
			for at, other := range g.caps {
				if other == c {
					most += int64(g.tolls[at]) * int64(k.tally.most[digit]-used)
				}
			}
		}
		k.ceilings[number] = int32(min(most, int64(none/2)))
	}
}

// prune leaves out plans of day i with a lot that are too dear with the cheapest way on.
func (k *stints) prune(i, lot int, plans []int32) {
	most, on := k.ceilings[lot%k.tallies], k.way(i, lot/k.tallies)
	on = on[:len(plans)]
	for j, v := range plans {
		if v+on[j] > most {
			plans[j] = none
		}
	}
}
