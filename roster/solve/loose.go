package solve

import "slices"

// loose prices rows of calendar weeks a hundred times faster than the rough
// program, and never dearer: it asks for the hours of the weeks alone. Prices
// that it has led most of the way are near those that the other rules ask for.
type loose struct {
	sizes  []pick  // of the day, the cheapest option of each size
	value  []int64 // per sum of hours
	next   []int64
	from   []int16 // per day and sum after it, the sum before
	option []int32 // and the option
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
		w.widest = max(w.widest, len(day.in), len(day.out))
	}
}

// best is the cheapest row as far as hours go, per day its option.
func (k *loose) best(r *row, costs []int32, coarse uint, choice []int32) (cost int64, ok bool) {
	w, days := r.weekly, len(r.days)
	width := w.widest
	k.value, k.next = grown(k.value, width), grown(k.next, width)
	k.from, k.option = grown(k.from, days*width), grown(k.option, days*width)
	before, after := k.value[:width], k.next[:width]
	before[0] = 0
	for d := range days {
		day := &w.days[d]
		k.choose(r, d, costs)
		for i := range after {
			after[i] = int64(none)
		}
		from, option := k.from[d*width:][:width], k.option[d*width:][:width]
		arrive := func(at int, cost int64, i int, o int32) {
			if cost < after[at] {
				after[at], from[at], option[at] = cost, int16(i), o
			}
		}
		last := d+1 == days || r.days[d+1].week != r.days[d].week
		least := r.weeks[r.days[d].week].least
		for i, sum := range day.in {
			now := before[i]
			if now >= int64(none/2) {
				continue
			}
			if !last {
				arrive(int(day.kept[i]), now, i, -1)
			} else {
				arrive(0, now+shortCost(least-sum)>>coarse, i, -1)
			}
			for s, p := range k.sizes {
				to := day.added[s][i]
				switch {
				case p.option < 0 || to < 0:
				case !last:
					arrive(int(to), now+int64(p.cost), i, p.option)
				default:
					at := 0
					if d+1 < days && day.sizes[s].spill > 0 {
						at, _ = slices.BinarySearch(w.days[d+1].in, day.sizes[s].spill)
					}
					arrive(at, now+int64(p.cost)+shortCost(least-sum-day.sizes[s].own)>>coarse, i, p.option)
				}
			}
		}
		before, after = after, before
	}
	if before[0] >= int64(none/2) {
		return 0, false
	}
	at := 0
	for d := days - 1; d >= 0; d-- {
		choice[d] = k.option[d*width+at]
		at = int(k.from[d*width+at])
	}
	return before[0], true
}

// choose picks the cheapest option of each of a day's sizes.
func (k *loose) choose(r *row, d int, costs []int32) {
	day := &r.weekly.days[d]
	k.sizes = k.sizes[:0]
	for range day.sizes {
		k.sizes = append(k.sizes, pick{-1, none})
	}
	for o := r.days[d].first; o < r.days[d].last; o++ {
		if p := &k.sizes[day.size[r.options[o].occasion]]; costs[o] < p.cost {
			*p = pick{int32(o), costs[o]}
		}
	}
}
