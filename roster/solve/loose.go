package solve

import (
	"math"
	"slices"
)

// loose prices rows of calendar weeks much faster than the rough program, and
// never dearer: it asks for the hours of the weeks and days off on end alone, and takes
// a wish that a shift breaks on the next day for broken already.
type loose struct {
	coarse uint
	sizes  []pick  // per day and size, the cheapest option
	first  []int   // of each day, and of the end, in sizes
	value  []int64 // per day, run and sum of hours before it, and at the end
}

// size is what shifts of a day add to the hours of its week, and of the next.
type size struct{ own, spill int32 }

// measure finds the sizes of every day's occasions.
func (w *weekly) measure() {
	for d := range w.days {
		day := &w.days[d]
		for i := range w.occasion[d] {
			o := &w.occasion[d][i]
			one := size{o.own, o.spill}
			at := slices.Index(day.sizes, one)
			if at < 0 {
				at = len(day.sizes)
				day.sizes, day.added = append(day.sizes, one), append(day.added, o.added)
			}
			day.size = append(day.size, uint8(at))
		}
		day.least = math.MaxInt32 / 2 // if there is none
		for _, one := range day.sizes {
			day.least = min(day.least, one.own)
		}
		w.widest = max(w.widest, len(day.in), len(day.out))
	}
}

// best is the cheapest row as far as hours go.
func (k *loose) best(r *row, costs []int32) (cost int64, ok bool) {
	days, width := len(r.days), r.weekly.width()
	k.value = grown(k.value, (days+1)*width)[:(days+1)*width]
	k.sizes, k.first = k.sizes[:0], k.first[:0]
	for i := range k.value {
		k.value[i] = int64(none)
	}
	k.value[r.weekly.loosely.begun(r)*r.weekly.widest] = 0
	for d := range days {
		k.choose(r, d, costs)
		if r.lastOfWeek(d) {
			k.close(r, d)
		} else {
			k.day(r, d)
		}
	}
	k.first = append(k.first, len(k.sizes))
	cost = slices.Min(k.sums(days, width))
	return cost, cost < int64(none/2)
}

// lastOfWeek says whether a day is the last of its week.
func (r *row) lastOfWeek(d int) bool {
	return d+1 == len(r.days) || r.days[d+1].week != r.days[d].week
}

// width is how many states there are before a day: runs and sums of hours.
func (w *weekly) width() int { return w.loosely.count() * w.widest }

// sums are the cheapest costs before a day, per run and sum of hours.
func (k *loose) sums(d, width int) []int64 { return k.value[d*width:][:width] }

// day extends all states by a day within a week.
func (k *loose) day(r *row, d int) {
	w := r.weekly
	day := &w.days[d]
	value, next := k.sums(d, w.width()), k.sums(d+1, w.width())
	for run := range w.loosely.count() {
		from, to := value[run*w.widest:], next[w.loosely.without(run, d)*w.widest:]
		for i, at := range day.kept {
			to[at] = min(to[at], from[i])
		}
		then, may := w.loosely.with(run, d)
		if !may {
			continue
		}
		to = next[then*w.widest:]
		for s, p := range k.sizes[k.first[d]:] {
			if p.option < 0 {
				continue
			}
			for i, at := range day.added[s] {
				if at >= 0 {
					to[at] = min(to[at], from[i]+int64(p.cost))
				}
			}
		}
	}
}

// close extends them by the last day of a week, whose hours left short cost: the
// next week starts with what spills over.
func (k *loose) close(r *row, d int) {
	w := r.weekly
	day, least := &w.days[d], r.weeks[r.days[d].week].least
	value, next := k.sums(d, w.width()), k.sums(d+1, w.width())
	for run := range w.loosely.count() {
		from := value[run*w.widest:]
		arrive := func(at, i int, minutes int32, cost int64) {
			next[at] = min(next[at], from[i]+cost+r.shortCost(least-minutes)>>k.coarse)
		}
		rests := w.loosely.without(run, d) * w.widest
		for i, sum := range day.in {
			arrive(rests, i, sum, 0)
		}
		then, may := w.loosely.with(run, d)
		if !may {
			continue
		}
		for s, p := range k.sizes[k.first[d]:] {
			if p.option < 0 {
				continue
			}
			at := then*w.widest + w.opening(d, s)
			for i, to := range day.added[s] {
				if to >= 0 {
					arrive(at, i, day.in[i]+day.sizes[s].own, int64(p.cost))
				}
			}
		}
	}
}

// opening is the place of the sum with which a week begins after a shift of a size
// on the last day of the week before.
func (w *weekly) opening(d, size int) int {
	spill := w.days[d].sizes[size].spill
	if spill == 0 || d+1 == len(w.days) {
		return 0
	}
	at, _ := slices.BinarySearch(w.days[d+1].in, spill)
	return at
}

// choose picks the cheapest option of each of a day's sizes.
func (k *loose) choose(r *row, d int, costs []int32) {
	k.first = append(k.first, len(k.sizes))
	for range r.weekly.days[d].sizes {
		k.sizes = append(k.sizes, pick{-1, none})
	}
	sizes := k.sizes[k.first[d]:]
	for o := r.days[d].first; o < r.days[d].last; o++ {
		cost := k.cost(r, d, o, costs)
		if p := &sizes[r.briefs[o].size]; cost < p.cost {
			*p = pick{int32(o), cost}
		}
	}
}

// cost is an option's, which takes a wish that it breaks on the next day for broken
// already.
func (k *loose) cost(r *row, d, o int, costs []int32) int32 {
	if r.briefs[o].touches {
		return costs[o] + int32(-r.reliefOf(d+1)>>k.coarse)
	}
	return costs[o]
}

// brief is what a visit needs of an option, close together: many rows are visited
// at once, and what they are takes longer to fetch than to weigh.
type brief struct {
	from, to int32 // intervals
	wish     int32 // fine
	layout   int16 // of its breaks, -1 if it has none
	size     uint8 // of its day's sizes
	touches  bool  // it reaches into the next day, where the row has relief
}

// brief notes what the row's options are in brief. They are whole if each covers
// whole intervals of queues and no slots: then that says all of what they cover.
func (r *row) brief(shifts []shift) {
	r.briefs, r.whole = make([]brief, len(r.options)), r.field >= 0
	for i := range r.options {
		o := &r.options[i]
		s := &shifts[o.shift]
		day := &r.weekly.days[o.day]
		r.briefs[i] = brief{int32(s.from), int32(s.to), int32(o.wish), -1, day.size[o.occasion], o.touches}
		if s.layout != nil && s.to > s.from {
			r.briefs[i].layout = int16(min(s.layout.index, untabled))
		}
		most := int64(math.MaxInt32)
		cut := s.to > s.from && (s.head < s.step || s.tail < s.step || s.zero < s.from)
		r.slotted = r.slotted || len(s.slots) > 0
		r.whole = r.whole && !cut && len(s.slots) == 0 && -most <= o.wish && o.wish <= most
	}
}
