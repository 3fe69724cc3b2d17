package solve

// none is the cost of what is not possible: no sum of costs comes near half of it.
const none = int32(1 << 29)

// stints is the exact program for rows whose rules are about stints, runs of
// days worked on end, and sums over the horizon. One day off clears what came
// before, so that a row is a chain of stints: a table holds the cheapest stint
// for each first day, length and excess (units of time above as many of the
// shortest shift), and chain links them. Classes of shifts that no rule tells
// apart are one: the cheapest of a day stands for its class.
type stints struct {
	r    *row
	cost []int32 // per day and class the cheapest option
	arg  []int32 // and which it is
	// The table, by first day from the window's, length from 1, and excess.
	table         []int32
	lengths, wide int
	ends, next    []int32 // per class and excess the cheapest stint that ends with it
	before        []int32 // per set of classes and excess, the cheapest of them
	chain
	retyper
}

// fill finds the cheapest option of each class for days [from, to).
func (k *stints) fill(r *row, from, to int, costs []int32) {
	k.r = r
	n := r.shape.classes
	k.cost, k.arg = grown(k.cost, len(r.days)*n), grown(k.arg, len(r.days)*n)
	for d := from; d < to; d++ {
		best := k.cost[d*n : (d+1)*n]
		for c := range best {
			best[c] = none
		}
		for o := r.days[d].first; o < r.days[d].last; o++ {
			if c := r.options[o].class; costs[o] < best[c] {
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
	k.table = grown(k.table, (to-from)*k.lengths*k.wide)
	k.ends, k.next = grown(k.ends, s.classes*k.wide), grown(k.next, s.classes*k.wide)
	k.before = grown(k.before, len(s.sets)*k.wide)
	for i := range k.table {
		k.table[i] = none
	}
	for first := from; first < to; first++ {
		if len(s.live[first]) == 0 {
			continue
		}
		k.start(first)
		for length := 1; ; length++ {
			row := k.at(first-from, length)
			for _, c := range s.live[first+length-1] {
				keepLower(row, k.ends[int(c)*k.wide:][:length*s.spread+1])
			}
			day := first + length
			if length == k.lengths || day >= to || len(s.live[day]) == 0 {
				break
			}
			k.extend(day, length)
		}
	}
}

// at is the table's excesses for stints of a length that start on the window's day.
func (k *stints) at(day, length int) []int32 {
	return k.table[(day*k.lengths+length-1)*k.wide:][:k.wide]
}

func keepLower(to, from []int32) {
	to = to[:len(from)]
	for i, v := range from {
		if v < to[i] {
			to[i] = v
		}
	}
}

// start makes the stints of one day.
func (k *stints) start(day int) {
	s := k.r.shape
	for _, c := range s.live[day] {
		ends := k.ends[int(c)*k.wide:][:s.spread+1]
		for x := range ends {
			ends[x] = none
		}
		ends[s.length[c]-s.shorter] = k.cost[day*s.classes+int(c)]
	}
}

// extend makes stints of one day more out of those of the length that end on
// the day before.
func (k *stints) extend(day, length int) {
	s := k.r.shape
	have := length*s.spread + 1
	done := uint64(0)
	for _, c := range s.live[day] {
		set := s.after[c]
		before := k.before[set*k.wide:][:have]
		if set >= 64 || done>>set&1 == 0 {
			done |= 1 << set
			k.cheapest(before, day-1, set)
		}
		next := k.next[int(c)*k.wide:][:have+s.spread]
		extra, cost := s.length[c]-s.shorter, k.cost[day*s.classes+int(c)]
		for x := range extra {
			next[x] = none
		}
		for x := have + extra; x < len(next); x++ {
			next[x] = none
		}
		shifted := next[extra:][:len(before)]
		for x, v := range before {
			shifted[x] = min(none, v+cost)
		}
	}
	k.ends, k.next = k.next, k.ends
}

// cheapest is the least over a set's classes that the day has.
func (k *stints) cheapest(before []int32, day, set int) {
	for x := range before {
		before[x] = none
	}
	s := k.r.shape
	for _, c := range s.live[day] {
		if s.sets[set][c] {
			keepLower(before, k.ends[int(c)*k.wide:][:len(before)])
		}
	}
}

// trace writes the options of the cheapest stint of a length and excess into
// choice, whose first element is of day zero.
func (k *stints) trace(first, length, excess, zero int, choice []int32) {
	s := k.r.shape
	layers := make([][]int32, length)
	k.start(first)
	for i := range length {
		if i > 0 {
			k.extend(first+i, i)
		}
		layers[i] = append([]int32(nil), k.ends[:s.classes*k.wide]...)
	}
	class, best := -1, none
	for _, c := range s.live[first+length-1] {
		if v := layers[length-1][int(c)*k.wide+excess]; v < best {
			class, best = int(c), v
		}
	}
	for i := length - 1; ; i-- {
		day := first + i
		choice[day-zero] = k.arg[day*s.classes+class]
		if i == 0 {
			return
		}
		best -= k.cost[day*s.classes+class]
		excess -= s.length[class] - s.shorter
		for _, c := range s.live[day-1] {
			if s.allows(c, uint8(class)) && layers[i-1][int(c)*k.wide+excess] == best {
				class = int(c)
				break
			}
		}
	}
}
