package solve

import (
	"cmp"
	"slices"
)

// weeks is the exact program for rows whose rules are about calendar weeks. It
// goes day by day: a block holds the cheapest beginnings of a row that end
// with the same shift, or whose last shift ended at the same time, for each
// rest had, run of days, number of weekends and sum of hours of the week.
type weeks struct {
	r      *row
	w      *weekly
	coarse uint
	runs   int // and one: the longest, and none
	ends   int // weekends and one
	size   int // of a block
	value  []int32
	source []int32 // the state that each came from
	blocks []block
	now    []int // blocks of the day
	before []int // and of the day before
	merged [families]int
	marks  []bool // of all blocks, which lines hold states
}

// block is what all its states share.
type block struct {
	option int32 // worked today, or -1
	end    int64 // of the last shift; never if that does not matter any more
	spill  int32
	nights int    // on end up to today
	works  bool   // today
	lively []bool // per rest and run, whether there are states
}

// best returns per day of the window [from, to) the option of the cheapest
// legal row, as days does.
func (k *weeks) best(r *row, chosen []int32, from, to int, costs []int32) ([]int32, int64, bool) {
	k.begin(r)
	for d := range r.days {
		if d > 0 && r.days[d].week != r.days[d-1].week {
			k.turn(r.days[d-1].week)
		}
		k.day(d, chosen[d], d < from || d >= to, costs)
	}
	return k.finish(from, to)
}

// begin starts with what was carried in.
func (k *weeks) begin(r *row) {
	k.r, k.w = r, r.weekly
	k.runs, k.ends = r.operator.Contract.MaxConsecutiveDays+1, r.weekly.weekends+1
	k.ends = min(k.ends, len(r.days)/7+2)
	k.size = 2 * k.runs * k.ends * len(k.w.sums)
	k.value, k.source, k.blocks, k.now, k.marks = k.value[:0], k.source[:0], k.blocks[:0], k.now[:0], k.marks[:0]
	b := block{option: -1, end: never, works: r.carriedRun > 0}
	rested := 0
	if r.carriedEnd != never {
		b.end = r.carriedEnd
		if r.carriedRested {
			rested = 1
		}
	}
	at := k.add(b)
	k.put(at, rested, min(r.carriedRun, k.runs-1), 0, k.w.sum(r.weeks[0].carried), 0, -1)
}

// add makes an empty block of the day.
func (k *weeks) add(b block) int {
	at := len(k.blocks)
	if len(k.marks)+2*k.runs > cap(k.marks) {
		k.marks = make([]bool, 0, 2*cap(k.marks)+2*k.runs)
	}
	n := len(k.marks)
	k.marks = k.marks[:n+2*k.runs]
	b.lively = k.marks[n:]
	clear(b.lively)
	k.blocks = append(k.blocks, b)
	k.value, k.source = grownBy(k.value, k.size), grownBy(k.source, k.size)
	k.now = append(k.now, at)
	return at
}

func grownBy(s []int32, n int) []int32 {
	if len(s)+n <= cap(s) {
		return s[:len(s)+n]
	}
	return append(s, make([]int32, n)...)
}

// put keeps a state if it is cheaper than what its place has.
func (k *weeks) put(b, rested, run, ends, sum int, cost, from int32) {
	line := rested*k.runs + run
	width := k.ends * len(k.w.sums)
	at := b*k.size + line*width
	if lively := k.blocks[b].lively; !lively[line] {
		lively[line] = true
		for i := range k.value[at : at+width] {
			k.value[at+i] = none
		}
	}
	if at += ends*len(k.w.sums) + sum; cost < k.value[at] {
		k.value[at], k.source[at] = cost, from
	}
}

// states calls f for every state of a block.
func (k *weeks) states(b int, f func(rested, run, ends, sum int, cost, at int32)) {
	sums := len(k.w.sums)
	for line, lively := range k.blocks[b].lively {
		if !lively {
			continue
		}
		at := b*k.size + line*k.ends*sums
		for i, cost := range k.value[at : at+k.ends*sums] {
			if cost < none/2 {
				f(line/k.runs, line%k.runs, i/sums, i%sums, cost, int32(at+i))
			}
		}
	}
}

// turn closes a week: it must hold its rest, hours left short cost, and the
// next one starts with what spills over.
func (k *weeks) turn(closing int) {
	before := append([]int(nil), k.now...)
	k.now = k.now[:0]
	w := &k.r.weeks[closing]
	free := -1
	for _, from := range before {
		old := k.blocks[from]
		to := -1
		k.states(from, func(rested, run, ends, sum int, cost, at int32) {
			if rested == 0 && w.end-max(old.end, w.start) < k.r.limits.WeeklyRest.Minutes {
				return
			}
			if to < 0 {
				switch {
				case old.works:
					to = k.add(block{option: -1, end: old.end, nights: old.nights, works: true})
				case free < 0:
					free = k.add(block{option: -1, end: never})
					to = free
				default:
					to = free
				}
			}
			short := int32(shortCost(w.least-int32(k.w.sums[sum])) >> k.coarse)
			k.put(to, 0, run, ends, k.w.sum(old.spill), cost+short, at)
		})
	}
}

// day extends all states by the day: off, or one of its shifts; where it is
// fixed, by what is chosen.
func (k *weeks) day(d int, chosen int32, fixed bool, costs []int32) {
	before := append(k.before[:0], k.now...)
	k.before, k.now = before, k.now[:0]
	if !fixed || chosen < 0 {
		k.off(d, before)
	}
	slices.SortFunc(before, func(a, b int) int { return cmp.Compare(k.blocks[a].end, k.blocks[b].end) })
	m := merging{day: d, rested: before, rest: before}
	for i := range k.merged {
		k.merged[i] = -1
	}
	for i := range k.w.occasion[d] {
		o := &k.w.occasion[d][i]
		option, cost := int32(-1), none
		for _, one := range o.options {
			switch {
			case fixed && one == chosen:
				option, cost = one, 0
			case !fixed && costs[one] < cost:
				option, cost = one, costs[one]
			}
		}
		if option >= 0 {
			k.merge(&m, o.start)
			k.work(d, o, option, cost)
		}
	}
}

// merging is how far the blocks of the day before have been merged: those that
// a shift may follow, and those that give it the week's rest.
type merging struct {
	day          int
	rest, rested []int // still to come, by end
}

// families is how many kinds of beginnings rules tell apart beside their
// states: so many nights on end, and not at work the day before.
const families = 8

// merge adds the blocks that a shift at start may follow to those merged before.
func (k *weeks) merge(m *merging, start int64) {
	from := k.r.weeks[k.r.days[m.day].week].start
	for len(m.rest) > 0 && start-k.blocks[m.rest[0]].end >= k.r.limits.DailyRest.Minutes {
		k.into(m.rest[0], false)
		m.rest = m.rest[1:]
	}
	for len(m.rested) > 0 && len(m.rested) > len(m.rest) && start-max(k.blocks[m.rested[0]].end, from) >= k.r.limits.WeeklyRest.Minutes {
		k.into(m.rested[0], true)
		m.rested = m.rested[1:]
	}
}

// into merges a block into its family; rests says that it gives the week's rest.
func (k *weeks) into(b int, rests bool) {
	old := &k.blocks[b]
	family := families - 1
	if old.works {
		family = old.nights
	}
	if k.merged[family] < 0 {
		k.merged[family] = k.add(block{option: -1, works: old.works, nights: old.nights})
		k.now = k.now[:len(k.now)-1]
	}
	to := k.merged[family]
	k.states(b, func(rested, run, ends, sum int, cost, at int32) {
		if rests {
			rested = 1
		}
		k.put(to, rested, run, ends, sum, cost, at)
	})
}

// off leaves the day free: once there has been rest enough for the week and for
// any shift of the next day, the last shift is forgotten.
func (k *weeks) off(d int, before []int) {
	w := &k.r.weeks[k.r.days[d].week]
	next := w.end
	if d+1 < len(k.r.days) {
		next = k.r.days[d+1].start
	}
	free := -1
	byEnd := map[int64]int{}
	for _, from := range before {
		old := k.blocks[from]
		k.states(from, func(rested, run, ends, sum int, cost, at int32) {
			if rested == 0 && next-max(old.end, w.start) >= k.r.limits.WeeklyRest.Minutes && next <= w.end {
				rested = 1
			}
			if rested == 1 {
				if free < 0 {
					free = k.add(block{option: -1, end: never})
				}
				k.put(free, 1, 0, ends, sum, cost, at)
				return
			}
			to, known := byEnd[old.end]
			if !known {
				to = k.add(block{option: -1, end: old.end})
				byEnd[old.end] = to
			}
			k.put(to, 0, 0, ends, sum, cost, at)
		})
	}
}

// work adds a shift to all merged states.
func (k *weeks) work(d int, o *occasion, option int32, cost int32) {
	added := k.w.added[o.own]
	targets := [families]int{}
	for family, merged := range k.merged {
		nights := 0
		if o.night {
			nights = 1 + family%(families-1)
		}
		if merged < 0 || nights > k.w.nights {
			continue
		}
		opens := weekend(&k.r.days[d], family < families-1)
		k.states(merged, func(rested, run, ends, sum int, before, at int32) {
			if opens {
				ends++
			}
			to := added[sum]
			if run+1 >= k.runs || ends >= k.ends || to < 0 {
				return
			}
			if targets[nights] == 0 {
				targets[nights] = 1 + k.add(block{option: option, end: o.end, spill: o.spill, nights: nights, works: true})
			}
			k.put(targets[nights]-1, rested, run+1, ends, int(to), before+cost, k.source[at])
		})
	}
}

// finish closes the last week and walks back from the cheapest row.
func (k *weeks) finish(from, to int) ([]int32, int64, bool) {
	k.turn(k.r.days[len(k.r.days)-1].week)
	best, at := none/2, int32(-1)
	for _, b := range k.now {
		k.states(b, func(_, _, _, _ int, cost, state int32) {
			if cost < best {
				best, at = cost, state
			}
		})
	}
	if at < 0 {
		return nil, 0, false
	}
	choice := make([]int32, to-from)
	for i := range choice {
		choice[i] = -1
	}
	for ; at >= 0; at = k.source[at] {
		o := k.blocks[int(at)/k.size].option
		if o < 0 {
			continue
		}
		if d := int(k.r.options[o].day); from <= d && d < to {
			choice[d-from] = o
		}
	}
	return choice, int64(best), true
}
