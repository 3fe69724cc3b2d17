package solve

import "math/bits"

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
	// The table, by first day from the window's, length from 1, tally, excess; and of
	// each first day and length the tallies that there are. Nothing is said of others.
	table    []int32
	has      []uint64
	lengths  int
	wide     int     // excesses
	now      ends    // of stints up to the day before
	next     ends    // and up to the day
	before   ends    // per set of classes, the cheapest of them
	followed uint64  // sets for which that is known
	layers   []ends  // of trace
	priced   []int32 // costs with caps charged
	chain
	retyper
}

// kind is a class of shifts, or the part of it that a counted cap counts.
type kind struct {
	class uint8
	extra int // units longer than the shortest shift
	add   int // to the tally; 0 if not counted
	digit int // of the tally that it counts up; -1 if not counted
}

// ends are, per kind, or set of classes, the cheapest stints that end with it.
type ends struct {
	cost []int32  // by tally and excess
	has  []uint64 // tallies; nothing is said of others
}

// grow makes room for so many kinds with costs of a size each.
func (e *ends) grow(kinds, size int) {
	e.cost, e.has = grown(e.cost, kinds*size), grown(e.has, kinds)
}

// plain has a kind for each class.
func (k *stints) plain() {
	s := k.r.shape
	k.kinds = k.kinds[:0]
	for c, n := range s.length {
		k.kinds = append(k.kinds, kind{class: uint8(c), extra: n - s.shorter, digit: -1})
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
	k.widen(to - from)
	s := k.r.shape
	for first := from; first < to; first++ {
		if len(k.live[first]) == 0 {
			continue
		}
		k.start(first)
		for length := 1; ; length++ {
			k.collect(first-from, length, k.live[first+length-1], length*s.spread+1)
			day := first + length
			if length == k.lengths || day >= to || len(k.live[day]) == 0 {
				break
			}
			k.extend(day, length)
		}
	}
}

// widen makes room for the stints of so many days.
func (k *stints) widen(days int) {
	s := k.r.shape
	k.lengths, k.wide = s.mostRun, s.mostRun*s.spread+1
	k.tallies = k.tally.size()
	size := k.tallies * k.wide
	k.table, k.has = grown(k.table, days*k.lengths*size), grown(k.has, days*k.lengths)
	clear(k.has)
	k.now.grow(len(k.kinds), size)
	k.next.grow(len(k.kinds), size)
	k.before.grow(len(s.sets), size)
}

// collect puts the cheapest of the stints that end with any kind into the table.
func (k *stints) collect(day, length int, live []int16, wide int) {
	has := &k.has[day*k.lengths+length-1]
	for _, c := range live {
		for rest := k.now.has[c]; rest != 0; rest &= rest - 1 {
			tally := bits.TrailingZeros64(rest)
			row, ends := k.at(day, length, tally)[:wide], k.block(k.now.cost, int(c), tally)[:wide]
			if *has>>tally&1 == 0 {
				copy(row, ends)
			} else {
				keepLower(row, ends)
			}
		}
		*has |= k.now.has[c]
	}
}

// at is the table's excesses for stints of a length and tally that start on
// the window's day.
func (k *stints) at(day, length, tally int) []int32 {
	return k.table[((day*k.lengths+length-1)*k.tallies+tally)*k.wide:][:k.wide]
}

// tallied is the tallies that the table has for a day and length.
func (k *stints) tallied(day, length int) uint64 { return k.has[day*k.lengths+length-1] }

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
		cost := k.cost[day*len(k.kinds)+int(c)]
		k.now.has[c] = k.with(1, one, cost)
		if k.now.has[c] == 0 {
			continue
		}
		ends := k.block(k.now.cost, int(c), one.add)[:s.spread+1]
		for x := range ends {
			ends[x] = none
		}
		ends[one.extra] = cost
	}
}

// with is what tallies become with one more of a kind, if it can be had.
func (k *stints) with(tallies uint64, one *kind, cost int32) uint64 {
	switch {
	case cost >= none/2:
		return 0
	case one.digit >= 0:
		return k.tally.plus(tallies, one.digit)
	}
	return tallies
}

// extend makes stints of one day more out of those of the length that end on
// the day before.
func (k *stints) extend(day, length int) {
	s := k.r.shape
	have := length*s.spread + 1
	k.followed = 0
	for _, c := range k.live[day] {
		one := &k.kinds[c]
		set := s.after[one.class]
		if set >= 64 || k.followed>>set&1 == 0 {
			k.followed |= 1 << set
			k.cheapest(day-1, set, have)
		}
		cost := k.cost[day*len(k.kinds)+int(c)]
		tallies := k.with(k.before.has[set], one, cost)
		k.next.has[c] = tallies
		for rest := tallies; rest != 0; rest &= rest - 1 {
			tally := bits.TrailingZeros64(rest)
			next := k.block(k.next.cost, int(c), tally)[:have+s.spread]
			lengthen(next, k.block(k.before.cost, set, tally-one.add)[:have], one.extra, cost)
		}
	}
	k.now, k.next = k.next, k.now
}

// lengthen writes stints with one shift more, which is so much longer than the shortest.
func lengthen(next, before []int32, extra int, cost int32) {
	for x := range next[:extra] {
		next[x] = none
	}
	shifted := next[extra:]
	for x, v := range before {
		shifted[x] = min(none, v+cost)
	}
	for x := extra + len(before); x < len(next); x++ {
		next[x] = none
	}
}

// cheapest is the least over a set's classes that the day has.
func (k *stints) cheapest(day, set, have int) {
	s := k.r.shape
	has := uint64(0)
	for _, c := range k.live[day] {
		if !s.sets[set][k.kinds[c].class] {
			continue
		}
		for rest := k.now.has[c]; rest != 0; rest &= rest - 1 {
			tally := bits.TrailingZeros64(rest)
			before, ends := k.block(k.before.cost, set, tally)[:have], k.block(k.now.cost, int(c), tally)[:have]
			if has>>tally&1 == 0 {
				copy(before, ends)
			} else {
				keepLower(before, ends)
			}
		}
		has |= k.now.has[c]
	}
	k.before.has[set] = has
}

// trace writes the options of the cheapest stint of a length, tally and excess
// into choice, whose first element is of day zero.
func (k *stints) trace(first, length, tally, excess, zero int, choice []int32) {
	s := k.r.shape
	k.endings(first, length)
	now, best := -1, none
	for _, c := range k.live[first+length-1] {
		if v := k.ending(length-1, int(c), tally, excess); v < best {
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
			if s.allows(k.kinds[c].class, k.kinds[now].class) && k.ending(i-1, int(c), tally, excess) == best {
				now = int(c)
				break
			}
		}
	}
}

// endings keeps how stints from a day on end, for each length.
func (k *stints) endings(first, length int) {
	k.start(first)
	for len(k.layers) < length {
		k.layers = append(k.layers, ends{})
	}
	for i := range length {
		if i > 0 {
			k.extend(first+i, i)
		}
		k.layers[i].cost = append(k.layers[i].cost[:0], k.now.cost[:len(k.kinds)*k.tallies*k.wide]...)
		k.layers[i].has = append(k.layers[i].has[:0], k.now.has[:len(k.kinds)]...)
	}
}

// ending is the cost of the stints of a layer that end with a kind.
func (k *stints) ending(layer, c, tally, excess int) int32 {
	if excess < 0 || excess > (layer+1)*k.r.shape.spread || k.layers[layer].has[c]>>tally&1 == 0 {
		return none
	}
	return k.block(k.layers[layer].cost, c, tally)[excess]
}
