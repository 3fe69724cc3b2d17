package solve

// way is, for plans of day i of the window with so many weekends, by their units, what
// the cheapest way on to its end costs, without counting. It is laid out as plans are.
func (k *stints) way(i, weekends int) []int32 {
	b := k.bands[i]
	return k.ways[b.at/k.tallies+weekends*b.wide:][:b.wide]
}

// ahead finds the cheapest ways on from all plans, and the options of the cheapest from
// the beginning.
func (k *stints) ahead(w room) (choice []int32, cost int32, ok bool) {
	choice = make([]int32, w.to-w.from)
	for i := range choice {
		choice[i] = -1
	}
	if w.least > w.most || w.most < 0 || !k.open(&w) {
		return choice, 0, w.least <= 0 && w.most >= 0
	}
	k.chainDown(w)
	if k.bands[0].wide == 0 || k.bands[0].low > 0 || k.way(0, 0)[0] >= none/2 {
		return choice, 0, false
	}
	k.walk(w, choice)
	return choice, k.way(0, 0)[0], true
}

// chainDown relaxes the ways on from every day by a day off and by every stint.
func (k *stints) chainDown(w room) {
	n := w.to - w.from
	k.ways = grown(k.ways, len(k.plan))
	for i := range k.ways {
		k.ways[i] = none
	}
	for weekends := range w.weekends {
		clear(k.way(n, weekends))
	}
	for i := n - 1; i >= 0; i-- {
		for weekends := range w.weekends {
			way := k.way(i, weekends)
			relax(way, k.way(i+1, weekends), k.bands[i+1].low-k.bands[i].low, 0)
			k.waysFrom(w, way, i, weekends)
		}
	}
}

// waysFrom relaxes the ways on from day i by every stint that starts there.
func (k *stints) waysFrom(w room, way []int32, i, weekends int) {
	s := k.r.shape
	for length := 1; length <= k.lengths; length++ {
		to, with, ok := k.leads(w, i, length, weekends)
		if !ok {
			continue
		}
		shift := k.bands[to].low - k.bands[i].low - length*s.shorter
		for x, cost := range k.at(i, length, 0)[:length*s.spread+1] {
			if cost < none/2 {
				relax(way, k.way(to, with), shift-x, cost)
			}
		}
	}
}

// leads is the day on which after a stint the next may start, and the weekends then; it
// is not ok if there is no such stint.
func (k *stints) leads(w room, i, length, weekends int) (to, with int, ok bool) {
	s := k.r.shape
	if w.from+i+length > w.to || k.tallied(i, length) == 0 || length < s.leastRun && w.from+i != 0 && w.from+i+length != len(k.r.days) {
		return 0, 0, false
	}
	with = weekends + s.weekendsOf(w.from+i, length)
	return min(i+length+s.leastOff, w.to-w.from), with, with < w.weekends
}

// walk writes the options of the cheapest way from the beginning.
func (k *stints) walk(w room, choice []int32) {
	for i, weekends, units := 0, 0, 0; i < w.to-w.from; {
		cost := k.costOn(i, weekends, units)
		if k.costOn(i+1, weekends, units) == cost {
			i++
			continue
		}
		i, weekends, units = k.step(w, i, weekends, units, cost, choice)
	}
}

// costOn is the cost of the way on from the plans with so many units.
func (k *stints) costOn(i, weekends, units int) int32 {
	if b := k.bands[i]; units < b.low || units >= b.low+b.wide {
		return none
	}
	return k.way(i, weekends)[units-k.bands[i].low]
}

// step writes the options of the stint that begins the cheapest way on, and returns the
// plan that it leads to.
func (k *stints) step(w room, i, weekends, units int, cost int32, choice []int32) (to, with, then int) {
	s := k.r.shape
	for length := 1; length <= k.lengths; length++ {
		to, with, ok := k.leads(w, i, length, weekends)
		if !ok {
			continue
		}
		for excess, v := range k.at(i, length, 0)[:length*s.spread+1] {
			then := units + length*s.shorter + excess
			if on := k.costOn(to, with, then); v < none/2 && on < none/2 && v+on == cost {
				k.trace(w.from+i, length, 0, excess, w.from, choice)
				return to, with, then
			}
		}
	}
	panic("solve: a way on without a stint that it begins with")
}
