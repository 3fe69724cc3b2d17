package solve

// whole is the room of an empty row.
func (s *shape) whole(r *row) room {
	const unlimited = 1 << 20 // units
	return room{from: 0, to: len(r.days), least: int((s.least + s.unit - 1) / s.unit), most: int(min(s.most/s.unit, unlimited)), weekends: s.weekends}
}

// window widens days [from, to) until it touches no stint of the row, takes in
// the off days that a new stint needs on either side, and says what is left of
// the horizon's time, weekends and caps for it.
func (s *shape) window(r *row, chosen []int32, from, to int) (w room, left []int) {
	for from > 0 && chosen[from] >= 0 && chosen[from-1] >= 0 {
		from--
	}
	for to < len(chosen) && chosen[to-1] >= 0 && chosen[to] >= 0 {
		to++
	}
	w = s.whole(r)
	left = make([]int, len(s.caps))
	for c := range s.caps {
		left[c] = s.caps[c].most
	}
	for d, o := range chosen {
		switch {
		case o < 0 || from <= d && d < to:
			continue
		case d < from:
			w.from = d + 1 + s.leastOff
		case d >= to && w.to == len(chosen):
			w.to = d - s.leastOff
		}
		length := s.length[r.options[o].class]
		w.least, w.most = w.least-length, w.most-length
		if weekday := (s.first + d) % 7; weekday == 5 || weekday == 6 && (d == 0 || chosen[d-1] < 0) {
			w.weekends--
		}
		if len(s.caps) > 0 {
			for _, c := range s.counted[o] {
				left[c]--
			}
		}
	}
	return w, left
}

// insert returns the cheapest options for a window of a row that keep every
// cap: as they come if they do, else with other shifts on the same days, else
// with caps that cost more and more.
func (k *stints) insert(r *row, w room, left []int, costs []int32, penalty func(cap int) int32) ([]int32, bool) {
	k.fill(r, w.from, w.to, costs)
	choice, _, ok := k.best(w)
	if !ok || len(r.shape.over(choice, left)) == 0 || k.retype(choice, w.from, left, costs) {
		return choice, ok
	}
	priced := append([]int32(nil), costs...)
	for try := range 6 {
		for d := w.from; d < w.to; d++ {
			for o := r.days[d].first; o < r.days[d].last; o++ {
				for _, c := range r.shape.counted[o] {
					priced[o] += penalty(c) << try
				}
			}
		}
		k.fill(r, w.from, w.to, priced)
		if choice, _, ok = k.best(w); !ok {
			return nil, false
		}
		if k.retype(choice, w.from, left, costs) {
			return choice, true
		}
	}
	return nil, false
}
