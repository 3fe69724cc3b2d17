package flex

import "slices"

// window is the program of one person's shifts on a few days, all else of the
// row staying as it is: for each set of days worked that keeps runs short, a
// chain over its days with the hours so far and the earliest start on the next
// day as the state.
type window struct {
	problem Problem
	inside  *inside
	first   [][2]int    // by calendar day, the range of Rules.Starts inside the horizon
	layers  [][]reached // by day of the window
	tables  [][]float32 // by day of the window: price by start x length
	offers  []offer
	plan    []offer // best found: by day of the window
	length  int     // number of lengths a shift may have
}

// reached is the least price of a state, and from where.
type reached struct {
	price float32
	from  int32 // state of the layer before
	offer
}

// offer is a shift: the index of its start and of its length; no shift if the
// length is negative.
type offer struct{ start, length int16 }

// widest is how many days a window may have.
const widest = 2

func newWindow(p Problem) *window {
	w := &window{problem: p, inside: newInside(p), length: p.Rules.Longest - p.Rules.Shortest + 1}
	r := p.Rules
	for d := range p.days() {
		var within [2]int
		within[0], _ = slices.BinarySearch(r.Starts, max(0, r.Opens-d*r.Day))
		within[1], _ = slices.BinarySearch(r.Starts, len(p.Need)+r.Opens-d*r.Day-r.Shortest+1)
		w.first = append(w.first, within)
	}
	for range widest {
		w.layers = append(w.layers, make([]reached, (widest*r.Longest+1)*(len(r.Starts)+1)))
		w.tables = append(w.tables, make([]float32, len(r.Starts)*w.length))
	}
	w.offers, w.plan = make([]offer, widest), make([]offer, widest)
	return w
}

// at is the interval of the horizon at which a start of a day lies.
func (w *window) at(day, start int) int {
	return day*w.problem.Rules.Day - w.problem.Rules.Opens + w.problem.Rules.Starts[start]
}

// price fills the table of a day: what each shift would cost that keeps its
// rest from the fixed shifts of the days around it, which end before and begin
// at next.
func (w *window) price(c *cover, i, day, before, next int, noise float32, offset uint64) {
	r, table := w.problem.Rules, w.tables[i]
	for j := range table {
		table[j] = never
	}
	from, to := w.first[day][0], w.first[day][1]
	for from < to && w.at(day, from) < before+r.Rest {
		from++
	}
	last := min(len(w.problem.Need), next-r.Rest)
	for from < to && w.at(day, to-1)+r.Shortest > last {
		to--
	}
	if from >= to {
		return
	}
	w.inside.look(c, w.at(day, from), min(last, w.at(day, to-1)+r.Longest), noise, offset)
	for s := from; s < to; s++ {
		start := w.at(day, s)
		best := w.inside.run(start, min(r.Longest, last-start))
		copy(table[s*w.length:], best[r.Shortest:])
	}
}

// best plans the cheapest shifts on the days of the window with least to greatest
// intervals in all; false if there are none. worked says on which days around
// them there is a shift.
func (w *window) best(days []int, worked []bool, least, greatest int) bool {
	found := never
	for set := range 1 << len(days) {
		if !w.allowed(days, worked, set) {
			continue
		}
		if price, ok := w.chain(days, set, least, greatest); ok && price < found {
			found = price
			copy(w.plan, w.offers)
		}
	}
	return found < never
}

// allowed says whether the set of the window's days keeps runs short enough.
// It leaves worked on these days false.
func (w *window) allowed(days []int, worked []bool, set int) bool {
	for i, d := range days {
		worked[d] = set>>i&1 == 1
	}
	ok := true
	for i, d := range days {
		ok = ok && (set>>i&1 == 0 || runAround(worked, d) <= w.problem.Rules.Run)
	}
	for _, d := range days {
		worked[d] = false
	}
	return ok
}

// runAround is the length of the run that a day is in.
func runAround(worked []bool, day int) int {
	from, to := day, day
	for from > 0 && worked[from-1] {
		from--
	}
	for to < len(worked)-1 && worked[to+1] {
		to++
	}
	return to - from + 1
}

// chain finds the cheapest shifts on exactly the days of a set.
func (w *window) chain(days []int, set, least, greatest int) (float32, bool) {
	wide := len(w.problem.Rules.Starts) + 1
	sums, coupled, before := 1, false, -1 // sums reached so far, from 0
	for i := range days {
		w.offers[i] = offer{length: -1}
		if set>>i&1 == 0 {
			continue
		}
		next := i+1 < len(days) && set>>(i+1)&1 == 1 && days[i+1] == days[i]+1
		sums = w.extend(i, before, sums, coupled, next)
		before, coupled = i, next
	}
	if before < 0 {
		return 0, least <= 0
	}
	price, end := never, -1
	for sum := max(0, least); sum <= min(greatest, sums-1); sum++ {
		if v := w.layers[before][sum*wide].price; v < price {
			price, end = v, sum*wide
		}
	}
	for i := before; end >= 0 && i >= 0; i-- {
		if set>>i&1 == 1 {
			w.offers[i] = w.layers[i][end].offer
			end = int(w.layers[i][end].from)
		}
	}
	return price, price < never
}

// extend fills layer i from the layer before, or from nothing if that is -1.
// Where the day after is worked too, next, the state knows its first start.
func (w *window) extend(i, before, sums int, coupled, next bool) int {
	r, wide := w.problem.Rules, len(w.problem.Rules.Starts)+1
	reach := sums + r.Longest
	layer := w.layers[i][:reach*wide]
	for j := range layer {
		layer[j].price = never
	}
	for sum := range sums {
		from, base := int32(-1), float32(0)
		if before >= 0 {
			from, base = int32(sum*wide), w.layers[before][sum*wide].price
		}
		if !coupled && base >= never {
			continue
		}
		for s := range r.Starts {
			if coupled {
				// the cheapest of the states that allow this start
				if at := sum*wide + s; w.layers[before][at].price < base {
					base, from = w.layers[before][at].price, int32(at)
				}
			}
			if base >= never {
				continue
			}
			w.put(layer, i, sum, s, base, from, next)
		}
	}
	return reach
}

// put tries all lengths of a start from a state.
func (w *window) put(layer []reached, i, sum, s int, base float32, from int32, next bool) {
	r, wide := w.problem.Rules, len(w.problem.Rules.Starts)+1
	allowed := 0
	for l, price := range w.tables[i][s*w.length:][:w.length] {
		if price >= never {
			break
		}
		length := r.Shortest + l
		if next {
			earliest := r.Starts[s] + length + r.Rest - r.Day
			for allowed < len(r.Starts) && r.Starts[allowed] < earliest {
				allowed++
			}
		}
		to := &layer[(sum+length)*wide+allowed]
		if v := base + price; v < to.price {
			*to = reached{v, from, offer{int16(s), int16(l)}}
		}
	}
}
