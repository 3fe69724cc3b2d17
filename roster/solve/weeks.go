package solve

import (
	"cmp"
	"slices"
)

// weeks is the exact program for rows whose rules are about calendar weeks. It
// goes day by day: a block holds the cheapest beginnings of a row that end
// with the same shift, or whose last shift ended at the same time, for each
// rest had, run of days and number of weekends; and a line of it holds them for
// each sum of hours of the week.
type weeks struct {
	r      *row
	w      *weekly
	coarse uint
	runs   int // states of runs
	span   int // numbers of weekends that matter on a day
	value  []state
	starts []int32 // of each line in value
	owner  []int32 // of each line the block
	blocks []block
	lines  []int32 // of all blocks
	now    []int   // blocks of the day
	before []int   // and of the day before
	merged []int   // by family, blocks of the day before together
	extra  []int64 // what hours short cost, per sum
	first  []int   // of each day in picked
	picked []pick
}

// pick is the option that stands for an occasion; -1 if it cannot be the best.
type pick struct{ option, cost int32 }

// state is what a beginning of a row costs and, in its lower half, the state of
// the day before that it goes on from and the day's occasion and one: the least
// of them is the cheapest.
type state int64

const (
	choiceBits = 8
	halfway    = 32
	unset      = state(none) << halfway
	absent     = state(none/2) << halfway // and above: costs added to unset may be below zero
	lower      = state(1<<halfway - 1)    // the half that says from where
)

func (s state) cost() int64 { return int64(s >> halfway) }
func (s state) from() int32 { return int32(s) >> choiceBits }
func (s state) choice() int { return int(s & (1<<choiceBits - 1)) }

// after is a state that goes on from one, and costs as much.
func (s state) after(at int) state { return s&^lower | state(at)<<choiceBits }

// block is what all its states share.
type block struct {
	day     int
	class   int   // of today's shift
	end     int64 // of the last shift or one of its class; never if that does not matter any more
	spill   int32
	nights  int     // on end up to today
	works   bool    // today
	touches bool    // by today's shift, the next day
	width   int     // of its lines
	floor   int     // least number of weekends
	lines   []int32 // per rest, run and weekends, where the line of the states starts; -1 if there are none
}

// best returns per day of the window [from, to) the option of the cheapest
// legal row, as days does.
func (k *weeks) best(r *row, chosen []int32, from, to int, costs []int32) ([]int32, int64, bool) {
	k.begin(r)
	for d := range r.days {
		if d > 0 && r.days[d].week != r.days[d-1].week {
			k.turn(d - 1)
		}
		k.day(d, chosen[d], d < from || d >= to, costs)
	}
	return k.finish(from, to)
}

// begin starts with what was carried in.
func (k *weeks) begin(r *row) {
	k.r, k.w = r, r.weekly
	k.runs, k.span = r.weekly.runs.count(), r.weekly.span
	k.value, k.starts, k.owner, k.blocks, k.lines, k.now = k.value[:0], k.starts[:0], k.owner[:0], k.blocks[:0], k.lines[:0], k.now[:0]
	k.first, k.picked = k.first[:0], k.picked[:0]
	b := block{day: -1, end: never, works: r.carriedRun > 0, width: 1}
	rested := 0
	if r.carriedEnd != never {
		b.end = r.carriedEnd
		if r.carriedRested {
			rested = 1
		}
	}
	first := k.line(k.add(b), k.kind(0, rested, k.w.runs.begun(r), 0))
	first[0] = lower // from nowhere, at no cost
}

// kind is the place of a line in its block: rest had, run of days, and weekends
// from floor on.
func (k *weeks) kind(floor, rested, run, ends int) int {
	return (rested*k.runs+run)*k.span + max(ends-floor, 0)
}

// parts takes a kind apart.
func (k *weeks) parts(floor, kind int) (rested, run, ends int) {
	rest, ends := kind/k.span, kind%k.span
	if rest >= k.runs {
		return 1, rest - k.runs, floor + ends
	}
	return 0, rest, floor + ends
}

// scratch makes an empty block that is not of the day.
func (k *weeks) scratch(b block) int {
	n, kinds := len(k.lines), 2*k.runs*k.span
	k.lines = grownBy(k.lines, kinds)
	b.lines = k.lines[n:]
	for i := range b.lines {
		b.lines[i] = -1
	}
	k.blocks = append(k.blocks, b)
	return len(k.blocks) - 1
}

// add makes an empty block of the day.
func (k *weeks) add(b block) int {
	at := k.scratch(b)
	k.now = append(k.now, at)
	return at
}

// grownBy is s with n places more, of any content; a part of s handed out
// before stays what it is.
func grownBy[T any](s []T, n int) []T {
	if len(s)+n <= cap(s) {
		return s[:len(s)+n]
	}
	longer := make([]T, len(s)+n, 2*(len(s)+n))
	copy(longer, s)
	return longer
}

// line is a line of a block, made if it is not there.
func (k *weeks) line(b, kind int) []state {
	block := &k.blocks[b]
	at := block.lines[kind]
	if at >= 0 {
		return k.value[at:][:block.width]
	}
	at = int32(len(k.value))
	block.lines[kind] = at
	k.starts, k.owner = append(k.starts, at), append(k.owner, int32(b))
	k.value = grownBy(k.value, block.width)
	made := k.value[at:]
	for i := range made {
		made[i] = unset
	}
	return made
}

// into adds the states of a line, which starts at, to those of another as what
// is gone on from; each comes to its place, if there is a list of places.
func (k *weeks) into(to []state, at int32, width int, places []int16) {
	from := k.value[at:][:width]
	if places == nil {
		to = to[:width]
		for i, s := range from {
			to[i] = min(to[i], s.after(int(at)+i))
		}
		return
	}
	for i, s := range from {
		to[places[i]] = min(to[places[i]], s.after(int(at)+i))
	}
}

// turn closes the week of a day: it must hold its rest, hours left short cost,
// and the next one starts with what spills over.
func (k *weeks) turn(last int) {
	k.before, k.now = append(k.before[:0], k.now...), k.now[:0]
	w := &k.r.weeks[k.r.days[last].week]
	k.extra = grown(k.extra, len(k.w.days[last].out))
	for i, minutes := range k.w.days[last].out {
		k.extra[i] = k.r.shortCost(w.least-minutes) >> k.coarse
	}
	sums := []int32{0} // of no week after the last
	if last+1 < len(k.w.days) {
		sums = k.w.days[last+1].in
	}
	free := -1
	for _, from := range k.before {
		old := k.blocks[from]
		rests := w.end-max(old.end, w.start) >= k.r.limits.WeeklyRest.Minutes
		to := free
		if old.works || free < 0 {
			next := block{day: last, end: never, width: len(sums), floor: k.w.floors[last]}
			if old.works {
				next.end, next.nights, next.works, next.touches = old.end, old.nights, true, old.touches
			}
			if to = k.add(next); !old.works {
				free = to
			}
		}
		spilled, _ := slices.BinarySearch(sums, old.spill)
		spilled = min(spilled, len(sums)-1)
		for kind, line := range old.lines {
			if rested, run, ends := k.parts(old.floor, kind); line >= 0 && (rested == 1 || rests) {
				next := k.line(to, k.kind(k.blocks[to].floor, 0, run, ends))
				next[spilled] = min(next[spilled], k.closed(line, old.width))
			}
		}
	}
}

// closed is the cheapest state of a line with what its hours short cost, as
// what is gone on from.
func (k *weeks) closed(line int32, width int) state {
	best := unset
	for i, s := range k.value[line:][:width] {
		best = min(best, s.after(int(line)+i)+state(k.extra[i])<<halfway)
	}
	return best
}

// day extends all states by the day: off, or one of its shifts; where it is
// fixed, by what is chosen.
func (k *weeks) day(d int, chosen int32, fixed bool, costs []int32) {
	k.before, k.now = append(k.before[:0], k.now...), k.now[:0]
	if !fixed || chosen < 0 {
		k.off(d)
	}
	k.first = append(k.first, len(k.picked))
	if fixed && chosen < 0 {
		return
	}
	k.pick(d, chosen, fixed, costs)
	slices.SortFunc(k.before, func(a, b int) int { return cmp.Compare(k.blocks[a].end, k.blocks[b].end) })
	m := merging{day: d, rested: k.before, rest: k.before}
	k.merged = k.merged[:0]
	for range k.w.families() {
		k.merged = append(k.merged, -1)
	}
	for i := range k.w.occasion[d] {
		o := &k.w.occasion[d][i]
		if k.picked[k.first[d]+i].option >= 0 {
			k.merge(&m, o.start)
			k.work(d, i, fixed)
		}
	}
}

// pick chooses the option of each of the day's occasions.
func (k *weeks) pick(d int, chosen int32, fixed bool, costs []int32) {
	k.picked = grownBy(k.picked, len(k.w.occasion[d]))
	picked := k.picked[k.first[d]:]
	if !fixed {
		k.r.choose(d, picked, costs)
		return
	}
	for i := range picked {
		picked[i] = pick{-1, none}
	}
	picked[k.r.options[chosen].occasion] = pick{chosen, 0}
}

// choose picks the cheapest option of each of a day's occasions, and leaves out
// those that one of the same class beats which starts later, and so has the
// easier rest.
func (r *row) choose(d int, picked []pick, costs []int32) {
	for i := range picked {
		picked[i] = pick{-1, none}
	}
	for o := r.days[d].first; o < r.days[d].last; o++ {
		if p := &picked[r.options[o].occasion]; costs[o] < p.cost {
			*p = pick{int32(o), costs[o]}
		}
	}
	occasions := r.weekly.occasion[d]
	for i := range picked {
		for j := i + 1; j < len(picked) && picked[i].option >= 0; j++ {
			if picked[j].cost <= picked[i].cost && occasions[j].class == occasions[i].class {
				picked[i] = pick{-1, none}
			}
		}
	}
}

// merging is how far the blocks of the day before have been merged: those that
// a shift may follow, and those that give it the week's rest.
type merging struct {
	day          int
	rest, rested []int // still to come, by end
}

// merge adds the blocks that a shift at start may follow to those merged before.
func (k *weeks) merge(m *merging, start int64) {
	from := k.r.weeks[k.r.days[m.day].week].start
	for len(m.rest) > 0 && start-k.blocks[m.rest[0]].end >= k.r.limits.DailyRest.Minutes {
		k.join(m.rest[0], m.day, false)
		m.rest = m.rest[1:]
	}
	for len(m.rested) > len(m.rest) && start-max(k.blocks[m.rested[0]].end, from) >= k.r.limits.WeeklyRest.Minutes {
		k.join(m.rested[0], m.day, true)
		m.rested = m.rested[1:]
	}
}

// join merges a block into its family; rests says that it gives the week's rest.
func (k *weeks) join(b, d int, rests bool) {
	old := k.blocks[b]
	relieved := old.touches && k.r.reliefOf(d) != 0
	family := k.w.family(old.works, old.nights, relieved)
	if k.merged[family] < 0 {
		k.merged[family] = k.scratch(block{works: old.works, nights: old.nights, touches: relieved, width: old.width, floor: old.floor})
	}
	to := k.merged[family]
	for kind, line := range old.lines {
		if line < 0 {
			continue
		}
		if rests {
			_, run, ends := k.parts(old.floor, kind)
			kind = k.kind(old.floor, 1, run, ends)
		}
		k.into(k.line(to, kind), line, old.width, nil)
	}
}

// off leaves the day free: once there has been rest enough for the week and for
// any shift of the next day, the last shift is forgotten.
func (k *weeks) off(d int) {
	w := &k.r.weeks[k.r.days[d].week]
	next := w.end
	if d+1 < len(k.r.days) {
		next = k.r.days[d+1].start
	}
	day, floor, free := &k.w.days[d], k.w.floors[d], -1
	for _, from := range k.before {
		old := k.blocks[from]
		rests := next-max(old.end, w.start) >= k.r.limits.WeeklyRest.Minutes && next <= w.end
		waiting := -1 // for the week's rest
		for kind, line := range old.lines {
			if line < 0 {
				continue
			}
			rested, run, ends := k.parts(old.floor, kind)
			run = k.w.runs.without(run, d)
			if rested == 1 || rests {
				if free < 0 {
					free = k.add(block{day: d, end: never, width: len(day.out), floor: floor})
				}
				k.into(k.line(free, k.kind(floor, 1, run, ends)), line, old.width, day.kept)
				continue
			}
			if waiting < 0 {
				waiting = k.waiting(block{day: d, end: old.end, width: len(day.out), floor: floor})
			}
			k.into(k.line(waiting, k.kind(floor, 0, run, ends)), line, old.width, day.kept)
		}
	}
}

// waiting is today's block of those who are off since the block's end, without rest enough.
func (k *weeks) waiting(b block) int {
	for _, at := range k.now {
		if k.blocks[at].end == b.end {
			return at
		}
	}
	return k.add(b)
}

// work adds an occasion to all merged states.
func (k *weeks) work(d, i int, fixed bool) {
	o, floor := &k.w.occasion[d][i], k.w.floors[d]
	next := block{day: d, class: o.class, end: o.end, spill: o.spill, works: true, touches: o.touches, width: len(k.w.days[d].out), floor: floor}
	for _, merged := range k.merged {
		if merged < 0 {
			continue
		}
		old := k.blocks[merged]
		next.nights = 0
		if o.night {
			next.nights = old.nights + 1
		}
		if k.w.nights > 0 && next.nights > k.w.nights {
			continue
		}
		opens := 0
		if weekend(&k.r.days[d], old.works) {
			opens = 1
		}
		charge := state(k.picked[k.first[d]+i].cost)<<halfway + state(i+1)
		if old.touches && !fixed {
			charge += state(-k.r.reliefOf(d)>>k.coarse) << halfway
		}
		to := -1
		for kind, line := range old.lines {
			if line < 0 {
				continue
			}
			rested, run, ends := k.parts(old.floor, kind)
			run, may := k.w.runs.with(run, d)
			if !may || ends+opens > k.w.weekends {
				continue
			}
			if to < 0 {
				to = k.target(next)
			}
			extend(k.line(to, k.kind(floor, rested, run, ends+opens)), k.value[line:][:old.width], o.added, charge)
		}
	}
}

// target is today's block of a class of shifts, after so many nights.
func (k *weeks) target(b block) int {
	for _, at := range k.now {
		if old := &k.blocks[at]; old.works && old.class == b.class && old.nights == b.nights {
			return at
		}
	}
	return k.add(b)
}

// extend adds a shift's cost and hours to the states of a line.
func extend(to, from []state, added []int16, charge state) {
	added = added[:len(from)]
	for i, s := range from {
		if at := added[i]; at >= 0 {
			to[at] = min(to[at], s+charge)
		}
	}
}

// finish closes the last week and walks back from the cheapest row.
func (k *weeks) finish(from, to int) ([]int32, int64, bool) {
	k.turn(len(k.r.days) - 1)
	best := absent
	for _, b := range k.now {
		for _, line := range k.blocks[b].lines {
			if line >= 0 {
				best = min(best, k.value[line])
			}
		}
	}
	if best == absent {
		return nil, 0, false
	}
	choice := make([]int32, to-from)
	for i := range choice {
		choice[i] = -1
	}
	for at := best.from(); at >= 0; at = k.value[at].from() {
		d, o := k.blocks[k.ownerOf(at)].day, k.value[at].choice()
		if o > 0 && from <= d && d < to {
			choice[d-from] = k.picked[k.first[d]+o-1].option
		}
	}
	return choice, best.cost(), true
}

// ownerOf is the block of a state.
func (k *weeks) ownerOf(at int32) int32 {
	i, exact := slices.BinarySearch(k.starts, at)
	if !exact {
		i--
	}
	return k.owner[i]
}
