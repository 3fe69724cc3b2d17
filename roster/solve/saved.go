package solve

// strip is spots of a break that follow one another by an interval each.
type strip struct {
	spot
	count int
}

// splice finds the strips of a break's spots.
func (p *pause) splice() {
	p.strips = nil
next:
	for _, s := range p.spots {
		for i := range p.strips {
			r := &p.strips[i]
			if s.from == r.from+r.count && s.to-s.from == r.to-r.from && s.head == r.head && s.tail == r.tail {
				r.count++
				continue next
			}
		}
		p.strips = append(p.strips, strip{s, 1})
	}
}

// fewLayouts is how many layouts of breaks tables are kept for: if the solver may
// choose shifts of more, all are weighed one by one.
const fewLayouts = 16

// expectBreaks makes room for what breaks save at the prices.
func (f *field) expectBreaks(mask int) {
	if len(f.layouts) == 0 || len(f.layouts) > fewLayouts {
		return
	}
	if f.saved == nil {
		f.saved = make([][][]float64, f.subsets)
	}
	for range f.layouts {
		f.saved[mask] = append(f.saved[mask], make([]float64, f.n))
	}
}

// spare notes for each layout what its breaks save, each by itself, of what a whole
// operator costs at the prices, for shifts that start in each interval and are in
// whole intervals; for the subsets asked for.
func (f *field) spare() {
	if f.saved == nil {
		return
	}
	for _, mask := range f.masks {
		for i, p := range f.layouts {
			saved := f.saved[mask][i]
			clear(saved)
			for k := range p.pauses {
				f.spareOne(f.paid[mask], &p.pauses[k], saved)
			}
		}
	}
}

// spareOne adds what one break saves.
func (f *field) spareOne(sums []float64, p *pause, saved []float64) {
	if len(p.strips) == 1 {
		r := &p.strips[0]
		window := f.slide(sums, r)
		for t, value := range window[min(f.n, r.from):] {
			saved[t] += value
		}
		return
	}
	f.most = grown(f.most, f.n)[:f.n]
	for i := range p.strips {
		r := &p.strips[i]
		window := f.slide(sums, r)
		for t := range f.n {
			value := 0.0 // beyond the end
			if t+r.from < f.n {
				value = window[t+r.from]
			}
			if i == 0 || value > f.most[t] {
				f.most[t] = value
			}
		}
	}
	for t := range saved {
		saved[t] += f.most[t]
	}
}

// slide returns, for a break that starts in each interval or in one of the next ones
// of its strip, the most that it saves: with a maximum over twice as many each time.
func (f *field) slide(sums []float64, r *strip) []float64 {
	f.window = grown(f.window, f.n)[:f.n]
	window, sums := f.window, sums[:f.n+1]
	if long := r.to - r.from; long == 1 && r.head == f.minutes {
		for t := range window {
			window[t] = sums[t+1] - sums[t]
		}
	} else {
		step := float64(f.minutes)
		head, tail := 1-float64(r.head)/step, 0.0
		if long > 1 {
			tail = 1 - float64(r.tail)/step
		}
		for t := range window {
			end := min(f.n, t+long)
			window[t] = sums[end] - sums[t] - head*(sums[t+1]-sums[t])
			if t+long <= f.n {
				window[t] -= tail * (sums[end] - sums[end-1])
			}
		}
	}
	wide := 1
	for 2*wide <= r.count {
		further(window, wide)
		wide *= 2
	}
	if wide < r.count {
		further(window, r.count-wide)
	}
	return window
}

// further takes the larger of each value and of that so far on: nothing beyond the end.
func further(window []float64, by int) {
	by = min(by, len(window))
	for t, beyond := range window[by:] {
		if beyond > window[t] {
			window[t] = beyond
		}
	}
	for t := len(window) - by; t < len(window); t++ {
		window[t] = max(window[t], 0)
	}
}
