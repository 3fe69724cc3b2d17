package solve

import "math/bits"

// chain is the second half of the stints program: the cheapest plan of the
// window's days up to each, for each number of weekends worked and units of
// time used. Plans are kept for the units from which the least can still be
// reached alone.
type chain struct {
	plan    []int32
	bands   []band  // per day of the window, and the end
	tallies int     // of stints and plans
	ways    []int32 // on to the window's end
	// ceilings are what plans of each tally may cost at most, with the way on from them;
	// without them no plans are left out.
	ceilings []int32
}

// band is where the plans of a day are, for each of so many lots, numbers of
// weekends with a tally: units from low on, so many of them.
type band struct{ at, low, wide, lot, lots int }

// has says whether it has plans of a lot.
func (b *band) has(lot int) bool { return lot >= b.lot && lot < b.lot+b.lots }

// room is what a window leaves: days [from, to) to fill with stints and off
// days, so many units of time and so many weekends.
type room struct {
	from, to    int
	least, most int // units
	weekends    int
	near        []mark // the plan that it stays near to, per day and the end; nil if it need not
}

// best returns the options of the cheapest plan, -1 for days off, and its cost.
func (k *stints) best(w room) (choice []int32, cost int32, ok bool) {
	n := w.to - w.from
	choice = make([]int32, n)
	for i := range choice {
		choice[i] = -1
	}
	if n <= 0 {
		return choice, 0, w.least <= 0
	}
	if w.least > w.most || w.most < 0 {
		return choice, 0, false
	}
	if !k.open(&w) {
		return choice, 0, w.least <= 0
	}
	k.chainUp(w)
	return k.back(w, choice)
}

// open makes the window's stints and room for its plans, and has its weekends be how
// many counts of them there are, with none at all; false if not even that may be.
func (k *stints) open(w *room) bool {
	k.tabulate(w.from, w.to)
	s := k.r.shape
	possible := 0
	for d := w.from; d < w.to; d++ {
		if s.opens(w.from, d) {
			possible++
		}
	}
	w.weekends = min(w.weekends, possible) + 1
	if w.weekends <= 0 {
		return false
	}
	k.lay(*w)
	return true
}

// opens says whether a day is the first of a weekend that a stint of the
// window could work on.
func (s *shape) opens(from, day int) bool {
	weekday := (s.first + day) % 7
	return weekday == 5 || weekday == 6 && day == from
}

// weekendsOf is how many weekends a stint works on: those whose Saturday it
// holds, and one more if it starts on a Sunday.
func (s *shape) weekendsOf(first, length int) int {
	weekday := (s.first + first) % 7
	if weekday == 6 {
		return 1 + length/7
	}
	return (weekday + length + 1) / 7 // Saturdays are days 5, 12 and so on of the weeks
}

// lay makes room for the plans of every day.
func (k *stints) lay(w room) {
	n := w.to - w.from
	k.bands = grown(k.bands, n+1)[:n+1]
	total := 0
	for i := range k.bands {
		low, high := max(0, w.least-k.longest(n-i)), min(w.most, k.longest(i))
		fewest, most := 0, w.weekends-1
		if w.near != nil {
			low, high = w.near[i].units.within(low, high)
			fewest, most = w.near[i].weekends.within(fewest, most)
		}
		k.bands[i] = band{total, low, max(0, high-low+1), fewest * k.tallies, max(0, most-fewest+1) * k.tallies}
		total += k.bands[i].wide * k.bands[i].lots
	}
	k.plan = grown(k.plan, total)[:total]
	for i := range k.plan {
		k.plan[i] = none
	}
}

// longest is the units that so many days can hold at most.
func (k *stints) longest(days int) int {
	s := k.r.shape
	period := s.mostRun + s.leastOff
	return (s.shorter + s.spread) * (days/period*s.mostRun + min(s.mostRun, days%period))
}

// plans are those of day i of the window with a lot, so many weekends and
// counted caps.
func (k *stints) plans(i, lot int) []int32 {
	b := k.bands[i]
	return k.plan[b.at+(lot-b.lot)*b.wide:][:b.wide]
}

// chainUp relaxes every plan by a day off and by every stint.
func (k *stints) chainUp(w room) {
	n := w.to - w.from
	if k.bands[0].wide == 0 || k.bands[0].low > 0 || !k.bands[0].has(0) {
		return
	}
	k.plan[0] = 0
	for i := range n {
		b, next := &k.bands[i], &k.bands[i+1]
		for lot := b.lot; lot < b.lot+b.lots; lot++ {
			from := k.plans(i, lot)
			if len(k.ceilings) > 0 {
				k.prune(i, lot, from)
			}
			from, skipped := possible(from)
			if len(from) == 0 {
				continue
			}
			low := b.low + skipped
			if next.has(lot) {
				relax(k.plans(i+1, lot), from, low-next.low, 0)
			}
			k.stintsFrom(w, from, low, i, lot)
		}
	}
}

// possible is the plans from the first that is possible to the last, and how many are
// before.
func possible(plans []int32) (part []int32, skipped int) {
	for len(plans) > 0 && plans[len(plans)-1] >= none/2 {
		plans = plans[:len(plans)-1]
	}
	for len(plans) > 0 && plans[0] >= none/2 {
		plans, skipped = plans[1:], skipped+1
	}
	return plans, skipped
}

// stintsFrom relaxes the plans, from so many units on, by every stint that starts on day
// i of the window.
func (k *stints) stintsFrom(w room, from []int32, low, i, lot int) {
	s := k.r.shape
	weekends, count := lot/k.tallies, lot%k.tallies
	days := len(k.r.days)
	for length := 1; length <= k.lengths && w.from+i+length <= w.to; length++ {
		if len(k.live[w.from+i+length-1]) == 0 {
			return
		}
		if length < s.leastRun && w.from+i != 0 && w.from+i+length != days {
			continue
		}
		with := weekends + s.weekendsOf(w.from+i, length)
		if with >= w.weekends {
			return
		}
		to := min(i+length+s.leastOff, w.to-w.from)
		shift := low + length*s.shorter - k.bands[to].low
		for rest := k.tallied(i, length) & k.tally.room[count]; rest != 0; rest &= rest - 1 {
			tally := bits.TrailingZeros64(rest)
			if !k.bands[to].has(with*k.tallies + count + tally) {
				continue
			}
			target := k.plans(to, with*k.tallies+count+tally)
			for x, cost := range k.at(i, length, tally)[:length*s.spread+1] {
				if cost < none/2 {
					relax(target, from, shift+x, cost)
				}
			}
		}
	}
}

// relax keeps the lower of the target plans and those of from, so many units
// further on, with a cost.
func relax(target, from []int32, shift int, cost int32) {
	first, last := max(0, -shift), min(len(from), len(target)-shift)
	if first >= last {
		return
	}
	target = target[first+shift : last+shift]
	from = from[first:last][:len(target)]
	for j, v := range from {
		target[j] = min(target[j], v+cost)
	}
}

// back finds the cheapest plan of all days and walks back by what its cost is
// the sum of.
func (k *stints) back(w room, choice []int32) ([]int32, int32, bool) {
	n := w.to - w.from
	best, lot, units := none/2, -1, 0
	end := &k.bands[n]
	for c := end.lot; c < end.lot+end.lots; c++ {
		for j, v := range k.plans(n, c) {
			if u := end.low + j; v < best && u >= w.least && u <= w.most {
				best, lot, units = v, c, u
			}
		}
	}
	if lot < 0 {
		return choice, 0, false
	}
	for i, cost := n, best; i > 0; {
		if v, ok := k.planned(i-1, lot, units); ok && v == cost {
			i--
			continue
		}
		b := k.stintBefore(w, i, lot, units, cost)
		k.trace(w.from+b.first, b.length, b.tally, b.excess, w.from, choice)
		cost -= k.at(b.first, b.length, b.tally)[b.excess]
		lot = b.lot
		units -= b.length*k.r.shape.shorter + b.excess
		i = b.first
	}
	return choice, best, true
}

// planned is the cost of the plan of a day with a lot and so many units.
func (k *stints) planned(i, lot, units int) (int32, bool) {
	b := &k.bands[i]
	if units < b.low || units >= b.low+b.wide || !b.has(lot) {
		return 0, false
	}
	return k.plan[b.at+(lot-b.lot)*b.wide+units-b.low], true
}

// link is a stint and the lot of the plan that it comes after.
type link struct{ first, length, tally, excess, lot int }

// stintBefore finds a stint that leads to a plan of day i.
func (k *stints) stintBefore(w room, i, lot, units int, cost int32) link {
	s := k.r.shape
	n := w.to - w.from
	for length := 1; length <= k.lengths; length++ {
		for first := i - length; first >= max(0, i-length-s.leastOff); first-- {
			if min(first+length+s.leastOff, n) != i || length < s.leastRun && w.from+first != 0 && w.from+first+length != len(k.r.days) {
				continue
			}
			weekends := lot/k.tallies - s.weekendsOf(w.from+first, length)
			if weekends < 0 {
				continue
			}
			for rest := k.tallied(first, length); rest != 0; rest &= rest - 1 {
				tally := bits.TrailingZeros64(rest)
				count := lot%k.tallies - tally
				if count < 0 || k.tally.room[count]>>tally&1 == 0 {
					continue
				}
				for excess, v := range k.at(first, length, tally)[:length*s.spread+1] {
					before, ok := k.planned(first, weekends*k.tallies+count, units-length*s.shorter-excess)
					if ok && before < none/2 && v < none/2 && before+v == cost {
						return link{first, length, tally, excess, weekends*k.tallies + count}
					}
				}
			}
		}
	}
	panic("solve: a plan without a stint that leads to it")
}
