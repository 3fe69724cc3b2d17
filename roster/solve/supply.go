package solve

import "github.com/smena-wfm/smena/roster"

// add notes that somebody is there, or with sign -1 that not.
func (p *pricer) add(r *row, s *shift, sign float64) {
	if r.field >= 0 {
		f := p.fields[r.field]
		for t := s.from; t < s.to; t++ {
			p.supply[r.field][t*f.subsets+r.mask] += sign * float64(s.units(t, r.share))
		}
	}
	for _, at := range s.slots {
		p.supply[at.field][at.t*2+1] += sign * roster.Whole
	}
}

// bill is what the cover costs at the prices beside the rows: of each queue's
// steps the cheaper of missing and of buying them, and who is fixed.
func (p *pricer) bill() (cost float64) {
	for i, f := range p.fields {
		for at, price := range p.price[i] {
			for _, s := range f.wanted[at*f.steps:][:f.steps] {
				cost += float64(s.units) * (min(float64(s.value), price) - float64(f.over[at/f.queues]))
			}
		}
	}
	for _, r := range p.model.rows {
		for i := range r.fixed {
			cost += p.atPrices(r, &r.fixed[i])
		}
	}
	return cost
}

// wants is how much each queue would buy at its prices, less what it is
// supplied with: the direction in which prices go.
func (p *pricer) wants(field int, price, supplied []float64, direction []float64) {
	f := p.fields[field]
	for at := range direction {
		direction[at] = -supplied[at]
		for _, s := range f.wanted[at*f.steps:][:f.steps] {
			if price[at] <= float64(s.value) {
				direction[at] += float64(s.units)
			}
		}
	}
}

// servedBy distributes the supply of a field over its queues: to the dearest,
// and of those that are as dear but for a slack to those that want it most.
func (p *pricer) servedBy(field int, price, supplied []float64, slack float64) {
	f := p.fields[field]
	clear(supplied)
	if f.queues == 1 {
		for t := range f.n {
			supplied[t] = p.supply[field][2*t+1]
		}
		return
	}
	for t := range f.n {
		p.wanting = grown(p.wanting, f.queues)
		f.buys(t, price, p.wanting)
		for mask := 1; mask < f.subsets; mask++ {
			if units := p.supply[field][t*f.subsets+mask]; units > 0 {
				f.serve(t, mask, units, price, slack, p.wanting, supplied)
			}
		}
	}
}

// buys is what the queues of an interval would buy at their prices.
func (f *field) buys(t int, price, wanting []float64) {
	for q := range f.queues {
		wanting[q] = 0
		for _, s := range f.wanted[(t*f.queues+q)*f.steps:][:f.steps] {
			if price[t*f.queues+q] <= float64(s.value) {
				wanting[q] += float64(s.units)
			}
		}
	}
}

// serve gives units that can serve the masked queues to those that pay the most.
func (f *field) serve(t, mask int, units float64, price []float64, slack float64, wanting, supplied []float64) {
	dearest := -1
	for q := range f.queues {
		if mask>>q&1 == 1 && (dearest < 0 || price[t*f.queues+q] > price[t*f.queues+dearest]) {
			dearest = q
		}
	}
	for units > 0 {
		best := -1
		for q := range f.queues {
			if mask>>q&1 == 1 && price[t*f.queues+q] >= price[t*f.queues+dearest]-slack && (best < 0 || wanting[q] > wanting[best]) {
				best = q
			}
		}
		part := min(units, wanting[best])
		if part <= 0 {
			best, part = dearest, units
		}
		wanting[best] -= part
		supplied[t*f.queues+best] += part
		units -= part
	}
}

// stand adds the row of an operator to the supply, or takes it off.
func (p *pricer) stand(i int, sign float64) {
	r := p.model.rows[i]
	for _, o := range p.rows[i].choice {
		if o >= 0 {
			p.add(r, &p.shifts[r.options[o].shift], sign)
		}
	}
}

// used is how many shifts of each cap the row of an operator has.
func (p *pricer) used(i int) []int {
	r := p.model.rows[i]
	n := make([]int, len(p.caps[i]))
	for _, o := range p.rows[i].choice {
		if o >= 0 && len(n) > 0 {
			for _, c := range r.shape.counted[o] {
				n[c]++
			}
		}
	}
	return n
}

// atPrices is the cost of a shift's cover at the prices.
func (m *model) atPrices(r *row, s *shift) (cost float64) {
	if r.field >= 0 {
		for t := s.from; t < s.to; t++ {
			cost += float64(s.units(t, r.share)) * m.fields[r.field].priced(t, r.mask) / roster.Whole
		}
	}
	for _, at := range s.slots {
		cost += m.fields[at.field].priced(at.t, 1)
	}
	return cost
}
