package solve

// none is the cost of what is not possible: no sum of costs comes near half of it.
const none = int32(1 << 29)

// stints is the exact program for rows whose rules are about stints, runs of
// days worked on end, and sums over the horizon. One day off clears what came
// before, so that a row is a chain of stints: a table holds the cheapest stint
// for each first day, length, tally of counted caps and excess (units of time
// above as many of the shortest shift), and chain links them. Classes of
// shifts that no rule tells apart are one: the cheapest of a day stands for
// its class, and one for those of it that a counted cap counts.
type stints struct {
	r      *row
	tally  tally
	widest int // combinations of counts
	kinds  []kind
	kind   []int16 // per option
	live   [][]int16
	parts  map[partitionKey]*partition
	cost   []int32 // per day and kind the cheapest option
	arg    []int32 // and which it is
	// The table, by first day from the window's, length from 1, tally, excess.
	table      []int32
	lengths    int
	wide       int     // excesses
	ends, next []int32 // per kind, tally and excess the cheapest stint that ends with it
	before     []int32 // per set of classes, tally and excess, the cheapest of them
	priced     []int32 // costs with caps charged
	chain
	retyper
}

// kind is a class of shifts, or the part of it that a counted cap counts.
type kind struct {
	class uint8
	extra int // units longer than the shortest shift
	add   int // to the tally's position; 0 if not counted
	digit int // of the tally that it counts up
}

// plain has a kind for each class.
func (k *stints) plain() {
	s := k.r.shape
	k.kinds = k.kinds[:0]
	for c, n := range s.length {
		k.kinds = append(k.kinds, kind{class: uint8(c), extra: n - s.shorter})
	}
	k.kind, k.live = s.class, s.live
}

// fill finds the cheapest option of each kind for days [from, to).
func (k *stints) fill(from, to int, costs []int32) {
	n := len(k.kinds)
	k.cost, k.arg = grown(k.cost, len(k.r.days)*n), grown(k.arg, len(k.r.days)*n)
	for d := from; d < to; d++ {
		best := k.cost[d*n : (d+1)*n]
		for c := range best {
			best[c] = none
		}
		for o := k.r.days[d].first; o < k.r.days[d].last; o++ {
			if c := k.kind[o]; costs[o] < best[c] {
				best[c], k.arg[d*n+int(c)] = costs[o], int32(o)
			}
		}
	}
}

// grown returns s with room for n elements; what it holds may be lost.
func grown[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n+n/2)
	}
	return s[:n]
}

// tabulate fills the table for stints that start on days [from, to) and end there.
func (k *stints) tabulate(from, to int) {
	s := k.r.shape
	k.lengths, k.wide = s.mostRun, s.mostRun*s.spread+1
	k.tallies = k.tally.size(k.tally.within)
	size := k.tallies * k.wide
	k.table = grown(k.table, (to-from)*k.lengths*size)
	k.ends, k.next = grown(k.ends, len(k.kinds)*size), grown(k.next, len(k.kinds)*size)
	k.before = grown(k.before, len(s.sets)*size)
	for i := range k.table {
		k.table[i] = none
	}
	for first := from; first < to; first++ {
		if len(k.live[first]) == 0 {
			continue
		}
		k.start(first)
		for length := 1; ; length++ {
			for tally := range k.tallies {
				row := k.at(first-from, length, tally)
				for _, c := range k.live[first+length-1] {
					keepLower(row, k.block(k.ends, int(c), tally)[:length*s.spread+1])
				}
			}
			day := first + length
			if length == k.lengths || day >= to || len(k.live[day]) == 0 {
				break
			}
			k.extend(day, length)
		}
	}
}

// at is the table's excesses for stints of a length and tally that start on
// the window's day.
func (k *stints) at(day, length, tally int) []int32 {
	return k.table[((day*k.lengths+length-1)*k.tallies+tally)*k.wide:][:k.wide]
}

// block is the excesses of a kind, or set, with a tally.
func (k *stints) block(of []int32, at, tally int) []int32 {
	return of[(at*k.tallies+tally)*k.wide:][:k.wide]
}

func keepLower(to, from []int32) {
	to = to[:len(from)]
	for i, v := range from {
		to[i] = min(to[i], v)
	}
}

// start makes the stints of one day.
func (k *stints) start(day int) {
	s := k.r.shape
	for _, c := range k.live[day] {
		one := &k.kinds[c]
		for tally := range k.tallies {
			ends := k.block(k.ends, int(c), tally)[:s.spread+1]
			for x := range ends {
				ends[x] = none
			}
		}
		if one.add < k.tallies && (one.add == 0 || !k.tally.full(0, one.digit)) {
			k.block(k.ends, int(c), one.add)[one.extra] = k.cost[day*len(k.kinds)+int(c)]
		}
	}
}

// extend makes stints of one day more out of those of the length that end on
// the day before.
func (k *stints) extend(day, length int) {
	s := k.r.shape
	have := length*s.spread + 1
	done := uint64(0)
	for _, c := range k.live[day] {
		one := &k.kinds[c]
		set := s.after[one.class]
		if set >= 64 || done>>set&1 == 0 {
			done |= 1 << set
			k.cheapest(day-1, set, have)
		}
		cost := k.cost[day*len(k.kinds)+int(c)]
		for tally := range k.tallies {
			next := k.block(k.next, int(c), tally)[:have+s.spread]
			from := tally - one.add
			if from < 0 || one.add > 0 && k.tally.full(from, one.digit) {
				for x := range next {
					next[x] = none
				}
				continue
			}
			for x := range one.extra {
				next[x] = none
			}
			for x := have + one.extra; x < len(next); x++ {
				next[x] = none
			}
			before := k.block(k.before, set, from)[:have]
			shifted := next[one.extra:][:len(before)]
			for x, v := range before {
				shifted[x] = min(none, v+cost)
			}
		}
	}
	k.ends, k.next = k.next, k.ends
}

// cheapest is the least over a set's classes that the day has.
func (k *stints) cheapest(day, set, have int) {
	s := k.r.shape
	for tally := range k.tallies {
		before := k.block(k.before, set, tally)[:have]
		for x := range before {
			before[x] = none
		}
		for _, c := range k.live[day] {
			if s.sets[set][k.kinds[c].class] {
				keepLower(before, k.block(k.ends, int(c), tally)[:have])
			}
		}
	}
}

// trace writes the options of the cheapest stint of a length, tally and excess
// into choice, whose first element is of day zero.
func (k *stints) trace(first, length, tally, excess, zero int, choice []int32) {
	s := k.r.shape
	layers := make([][]int32, length)
	k.start(first)
	for i := range length {
		if i > 0 {
			k.extend(first+i, i)
		}
		layers[i] = append([]int32(nil), k.ends[:len(k.kinds)*k.tallies*k.wide]...)
	}
	now, best := -1, none
	for _, c := range k.live[first+length-1] {
		if v := k.block(layers[length-1], int(c), tally)[excess]; v < best {
			now, best = int(c), v
		}
	}
	for i := length - 1; ; i-- {
		day := first + i
		choice[day-zero] = k.arg[day*len(k.kinds)+now]
		if i == 0 {
			return
		}
		best -= k.cost[day*len(k.kinds)+now]
		excess -= k.kinds[now].extra
		tally -= k.kinds[now].add
		for _, c := range k.live[day-1] {
			if s.allows(k.kinds[c].class, k.kinds[now].class) && excess >= 0 && k.block(layers[i-1], int(c), tally)[excess] == best {
				now = int(c)
				break
			}
		}
	}
}
