package solve

import (
	"math/bits"
	"slices"
)

// rough prices rows of calendar weeks an order of magnitude faster than the
// weeks program, and never dearer: it asks for all of their rules but the weekly
// rest. As in the stints program, what happens within a run of days is found
// first, for each day on which one may start and each length; then runs are put
// one after another, with the hours of the week and the weekends worked.
type rough struct {
	r      *row
	w      *weekly
	g      *roughly
	coarse uint
	picked []pick  // of all days
	first  []int   // of each day in picked
	cells  []int32 // per start and length: class, nights on end and pair, the cheapest run
	merged []int32 // per nights on end and pair, runs that the shift under way may follow
	runs   []int32 // per start, length and pair the cheapest run
	value  []state
	at     []int // of each day in value, the states that may start a run on it
}

// roughly is what the rough program knows of a row.
type roughly struct {
	mostRun  int
	classes  int            // of shifts on a day, at most
	before   [][]uint64     // per day and occasion, the classes of the day before that it may follow
	touching []uint64       // per day, the classes that reach into the next
	stints   [][]stintHours // per first day and length less one
	size     int            // of the cells of a run: classes x nights x pairs
	pairs    int            // of a run, at most
}

// stintHours is what runs from a day, of a length, can add to the hours of the
// weeks that they are in.
type stintHours struct {
	pairs    []hoursPair
	to       []int8 // per occasion of the last day and pair of the run without it, the pair
	weekends int
}

// hoursPair is minutes in the week in which a run starts, and in the next.
type hoursPair struct{ first, second int32 }

const (
	mostRoughRun = 7 // days with those off after them: they meet at most one Monday
	pairBits     = 5
	mostPairs    = 1 << pairBits
)

// roughen prepares a row; nil if it is not for the rough program: runs are too
// long or something was carried into the first.
func (w *weekly) roughen(r *row) *roughly {
	g := &roughly{mostRun: w.runs.most}
	if g.mostRun+w.runs.least > mostRoughRun || r.carriedEnd != never || r.carriedRun > 0 {
		return nil
	}
	for d := range w.occasion {
		masks, touching := make([]uint64, len(w.occasion[d])), uint64(0)
		for i, o := range w.occasion[d] {
			g.classes = max(g.classes, o.class+1)
			if o.touches {
				touching |= 1 << o.class
			}
			if d == 0 {
				continue
			}
			for _, b := range w.occasion[d-1] {
				if o.start-b.end >= r.limits.DailyRest.Minutes {
					masks[i] |= 1 << b.class
				}
			}
		}
		g.before, g.touching = append(g.before, masks), append(g.touching, touching)
	}
	const mostClasses = 64 // a bit for each
	if g.classes > mostClasses {
		return nil
	}
	for s := range r.days {
		var lengths []stintHours
		before := []hoursPair{{}}
		for l := 1; l <= g.mostRun && s+l <= len(r.days); l++ {
			h := w.hours(r, s, l, before)
			if len(h.pairs) > mostPairs {
				return nil
			}
			if before = h.pairs; l > 1 {
				h.weekends = lengths[l-2].weekends
			}
			if weekend(&r.days[s+l-1], l > 1) {
				h.weekends++
			}
			g.pairs = max(g.pairs, len(h.pairs))
			lengths = append(lengths, h)
		}
		g.stints = append(g.stints, lengths)
	}
	if g.size = g.classes * (w.nights + 1) * g.pairs; g.size == 0 {
		return nil
	}
	return g
}

// hours is what runs of days [s, s+l) add, from what those without their last day do.
func (w *weekly) hours(r *row, s, l int, before []hoursPair) (h stintHours) {
	d := s + l - 1
	for _, o := range w.occasion[d] {
		for _, p := range before {
			if r.days[d].week == r.days[s].week {
				p.first, p.second = p.first+o.own, p.second+o.spill
			} else {
				p.second += o.own
			}
			at := 0
			for at < len(h.pairs) && h.pairs[at] != p {
				at++
			}
			if at == len(h.pairs) {
				h.pairs = append(h.pairs, p)
			}
			h.to = append(h.to, int8(at))
		}
	}
	return h
}

// best is the cheapest row but for the weekly rest, per day its option.
func (k *rough) best(r *row, costs []int32) (choice []int32, cost int64, ok bool) {
	k.r, k.w, k.g = r, r.weekly, r.weekly.rough
	k.picked, k.first, k.runs = k.picked[:0], k.first[:0], k.runs[:0]
	for d := range k.r.days {
		k.first = append(k.first, len(k.picked))
		k.picked = grownBy(k.picked, len(k.w.occasion[d]))
		r.choose(d, k.picked[k.first[d]:], costs)
	}
	k.cells = grown(k.cells, len(r.days)*k.g.mostRun*k.g.size)
	for s := range r.days {
		for l := range k.g.stints[s] {
			k.extend(s, l+1)
		}
	}
	return k.chain()
}

// cellsOf are the cells of runs.
func (k *rough) cellsOf(s, l int) []int32 {
	at := (s*k.g.mostRun + l - 1) * k.g.size
	return k.cells[at : at+k.g.size]
}

// extend fills the cells of runs of days [s, s+l) from those without the last
// day: by start, as a later one may follow all that an earlier one may.
func (k *rough) extend(s, l int) {
	d, pairs := s+l-1, k.g.pairs
	now, to := k.cellsOf(s, l), k.g.stints[s][l-1].to
	for i := range now {
		now[i] = none
	}
	before, merged := 1, uint64(0)
	k.merged = grown(k.merged, (k.w.nights+1)*pairs)[:(k.w.nights+1)*pairs]
	for i := range k.merged {
		k.merged[i] = none
	}
	if l == 1 {
		k.merged[0] = 0
	} else {
		before = len(k.g.stints[s][l-2].pairs)
	}
	for i := range k.w.occasion[d] {
		p := k.picked[k.first[d]+i]
		if p.option < 0 {
			continue
		}
		if l > 1 {
			k.merge(s, l-1, k.g.before[d][i]&^merged)
			merged |= k.g.before[d][i]
		}
		for nights := range k.w.nights + 1 {
			target := k.cell(d, i, nights)
			if target < 0 {
				continue
			}
			for q, cost := range k.merged[nights*pairs:][:before] {
				at := target*pairs + int(to[i*before+q])
				now[at] = min(now[at], cost+p.cost)
			}
		}
	}
	best := len(k.runs)
	k.runs = grownBy(k.runs, pairs)
	for p := range pairs {
		k.runs[best+p] = none
		for at := p; at < len(now); at += pairs {
			k.runs[best+p] = min(k.runs[best+p], now[at])
		}
	}
}

// merge adds runs of days [s, s+l) that end with shifts of the classes to those
// merged before, and what the next day's shift costs less after them.
func (k *rough) merge(s, l int, classes uint64) {
	size, cells := len(k.merged), k.cellsOf(s, l)
	for ; classes != 0; classes &= classes - 1 {
		class := bits.TrailingZeros64(classes)
		charge := k.relieved(s+l, class)
		for i, cost := range cells[class*size:][:size] {
			k.merged[i] = min(k.merged[i], cost+charge)
		}
	}
}

// cell is where runs go that end with an occasion of day d after so many nights
// on end: class and nights; -1 if those are too many.
func (k *rough) cell(d, i, nights int) int {
	o := &k.w.occasion[d][i]
	at := o.class * (k.w.nights + 1)
	switch {
	case !o.night:
		return at
	case nights == k.w.nights:
		return -1
	}
	return at + nights + 1
}

// relieved is what a shift of day d costs less after one of a class the day before.
func (k *rough) relieved(d, class int) int32 {
	if k.g.touching[d-1]>>class&1 == 0 {
		return 0
	}
	return int32(-k.r.reliefOf(d) >> k.coarse)
}

// chain puts runs one after another.
func (k *rough) chain() (choice []int32, cost int64, ok bool) {
	days := len(k.r.days)
	k.at = k.at[:0]
	size := 0
	for d := range days + 1 {
		k.at = append(k.at, size)
		size += k.w.span * k.width(d)
	}
	k.value = grown(k.value, size)
	for i := range k.value {
		k.value[i] = unset
	}
	k.value[0] = lower // from nowhere, at no cost
	run := 0
	for d := range days {
		k.rest(d)
		for l := range k.g.stints[d] {
			k.append(d, l+1, k.runs[run:run+k.g.pairs])
			run += k.g.pairs
		}
	}
	return k.finish()
}

// width is how many sums of hours there are when a run may start on day d; after
// the last day, before its week is closed.
func (k *rough) width(d int) int {
	if d == len(k.r.days) {
		return len(k.w.days[d-1].out)
	}
	return len(k.w.days[d].in)
}

// floor is the least number of weekends then.
func (k *rough) floor(d int) int {
	if d == 0 {
		return 0
	}
	return k.w.floors[d-1]
}

// rest leaves day d free.
func (k *rough) rest(d int) {
	for ends := range k.w.span {
		for m, sum := range k.w.days[d].in {
			if at := k.at[d] + ends*k.width(d) + m; k.value[at] < absent {
				k.arrive(d, k.floor(d)+ends, sum, k.value[at].after(at))
			}
		}
	}
}

// arrive comes to the end of day d with a sum of hours in its week.
func (k *rough) arrive(d, ends int, sum int32, s state) {
	sums := k.w.days[d].out
	if d+1 < len(k.r.days) && k.r.days[d+1].week != k.r.days[d].week {
		s += k.short(d, sum)
		sums, sum = k.w.days[d+1].in, 0
	}
	m, known := slices.BinarySearch(sums, sum)
	if ends = max(ends, k.w.floors[d]); !known || ends > k.w.weekends {
		return
	}
	at := k.at[d+1] + (ends-k.w.floors[d])*len(sums) + m
	k.value[at] = min(k.value[at], s)
}

// short is what a week costs that holds so many minutes.
func (k *rough) short(d int, sum int32) state {
	return state(k.r.shortCost(k.r.weeks[k.r.days[d].week].least-sum)>>k.coarse) << halfway
}

// append adds runs of days [d, d+l), and days off after them.
func (k *rough) append(d, l int, runs []int32) {
	h := &k.g.stints[d][l-1]
	last := min(k.w.runs.next(d+l), len(k.r.days)) - 1
	crosses := k.r.days[last].week != k.r.days[d].week
	in, most := k.w.days[d].in, int32(k.r.limits.MaxWeek.Minutes)
	for p, pair := range h.pairs {
		if runs[p] >= none/2 {
			continue
		}
		charge := state(runs[p])<<halfway + state(l<<pairBits|p)
		for ends := range k.w.span {
			best := unset
			for m, sum := range in {
				at := k.at[d] + ends*len(in) + m
				if sum+pair.first > most || k.value[at] >= absent {
					continue
				}
				s := k.value[at].after(at) + charge
				if crosses {
					best = min(best, s+k.short(d, sum+pair.first))
				} else {
					k.arrive(last, k.floor(d)+ends+h.weekends, sum+pair.first, s)
				}
			}
			if best < absent {
				k.arrive(last, k.floor(d)+ends+h.weekends, pair.second, best)
			}
		}
	}
}

// finish closes the last week and walks back from the cheapest row.
func (k *rough) finish() (choice []int32, cost int64, ok bool) {
	days := len(k.r.days)
	best := unset
	for ends := range k.w.span {
		for m, sum := range k.w.days[days-1].out {
			at := k.at[days] + ends*k.width(days) + m
			best = min(best, k.value[at].after(at)+k.short(days-1, sum))
		}
	}
	if best >= absent {
		return nil, 0, false
	}
	choice = slices.Repeat([]int32{-1}, days)
	for at := int(best.from()); ; {
		s := k.value[at]
		if s.from() < 0 {
			return choice, best.cost(), true
		}
		at = int(s.from())
		if l := s.choice() >> pairBits; l > 0 {
			d, _ := slices.BinarySearch(k.at, at+1)
			k.trace(d-1, l, s.choice()&(mostPairs-1), choice)
		}
	}
}

// trace writes the cheapest run of days [s, s+l) of a pair into the choice.
func (k *rough) trace(s, l, pair int, choice []int32) {
	target, at := none, 0
	for i, cost := range k.cellsOf(s, l) {
		if i%k.g.pairs == pair && cost < target {
			target, at = cost, i
		}
	}
	for ; l > 0; l-- {
		at = k.back(s, l, at, choice)
	}
}

// back finds the shift of the last of days [s, s+l) that came to a cell, and the cell before.
func (k *rough) back(s, l, at int, choice []int32) int {
	d, pairs := s+l-1, k.g.pairs
	cost, to := k.cellsOf(s, l)[at], k.g.stints[s][l-1].to
	for i := range k.w.occasion[d] {
		p := k.picked[k.first[d]+i]
		if p.option < 0 {
			continue
		}
		if choice[d] = p.option; l == 1 {
			if k.cell(d, i, 0)*pairs+int(to[i]) == at && p.cost == cost {
				return 0
			}
			continue
		}
		before := len(k.g.stints[s][l-2].pairs)
		for from, old := range k.cellsOf(s, l-1) {
			class, nights, pair := from/pairs/(k.w.nights+1), from/pairs%(k.w.nights+1), from%pairs
			if old >= none/2 || k.g.before[d][i]>>class&1 == 0 || pair >= before {
				continue
			}
			target := k.cell(d, i, nights)
			if target >= 0 && target*pairs+int(to[i*before+pair]) == at && old+p.cost+k.relieved(d, class) == cost {
				return from
			}
		}
	}
	panic("solve: a run without a beginning")
}
