package solve

// run is spots of a break that follow one another by an interval each.
type run struct {
	spot
	count int
}

// run finds the runs of a break's spots.
func (p *pause) run() {
	p.runs = nil
next:
	for _, s := range p.spots {
		for i := range p.runs {
			r := &p.runs[i]
			if s.from == r.from+r.count && s.to-s.from == r.to-r.from && s.head == r.head && s.tail == r.tail {
				r.count++
				continue next
			}
		}
		p.runs = append(p.runs, run{s, 1})
	}
}

// fewPatterns is how many patterns of breaks tables are kept for: if the solver may
// choose shifts of more, all are weighed one by one.
const fewPatterns = 16

// expectBreaks makes room for what breaks save at the prices.
func (f *field) expectBreaks(mask int) {
	if len(f.patterns) == 0 || len(f.patterns) > fewPatterns {
		return
	}
	if f.saved == nil {
		f.saved = make([][][]float64, f.subsets)
	}
	for range f.patterns {
		f.saved[mask] = append(f.saved[mask], make([]float64, f.n))
	}
}

// spare notes for each pattern what its breaks save, each by itself, of what a whole
// operator costs at the prices, for shifts that start in each interval and are in
// whole intervals; for the subsets asked for.
func (f *field) spare() {
	if f.saved == nil {
		return
	}
	for _, mask := range f.masks {
		for i, p := range f.patterns {
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
	if len(p.runs) == 1 {
		r := &p.runs[0]
		window := f.slide(sums, r)
		for t, value := range window[min(f.n, r.from):] {
			saved[t] += value
		}
		return
	}
	f.most = grown(f.most, f.n)[:f.n]
	for i := range p.runs {
		r := &p.runs[i]
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
// of its run, the most that it saves: with a maximum over twice as many each time.
func (f *field) slide(sums []float64, r *run) []float64 {
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
