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
	left = s.allowed()
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
// cap. Where the first choice holds too many of some, these are counted; where
// they would be too much to count, other shifts on the same days are tried, and
// then penalties that grow. It returns too which caps had to be looked at.
func (k *stints) insert(r *row, w room, left []int, costs []int32, penalty int32) (choice []int32, ok bool) {
	priced := costs
	if len(left) > 0 {
		k.priced = append(k.priced[:0], costs...)
		priced = k.priced
		for o := r.days[w.from].first; o < r.days[w.to-1].last; o++ {
			for _, c := range r.shape.counted[o] {
				if left[c] <= 0 {
					priced[o] = none
				}
			}
		}
	}
	var over []int
	for {
		if !k.counting(r, over, left) {
			break
		}
		k.fill(w.from, w.to, priced)
		if choice, _, ok = k.best(w); !ok {
			return nil, false
		}
		more := r.shape.over(choice, left)
		if len(more) == 0 {
			return choice, true
		}
		over = append(over, more...)
	}
	if k.retype(choice, w.from, left, costs) {
		return choice, true
	}
	k.counting(r, nil, nil)
	for try := range 6 {
		for o := r.days[w.from].first; o < r.days[w.to-1].last; o++ {
			for _, c := range over {
				if contains(r.shape.counted[o], c) && priced[o] < none {
					priced[o] += penalty << try
				}
			}
		}
		k.fill(w.from, w.to, priced)
		if choice, _, ok = k.best(w); !ok {
			return nil, false
		}
		if k.retype(choice, w.from, left, costs) {
			return choice, true
		}
	}
	return nil, false
}
