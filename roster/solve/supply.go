package solve

import (
	"math/bits"

	"github.com/smena-wfm/smena/roster"
)

// add notes in a supply that somebody is there, or with sign -1 that not.
func (p *pricer) add(supply [][]float64, r *row, s *shift, placed placement, sign float64) {
	if r.field >= 0 {
		subsets := p.fields[r.field].subsets
		served := supply[r.field]
		for t := s.from; t < s.to; t++ {
			served[t*subsets+r.mask] += sign * float64(s.there(t, r.share, placed))
		}
	}
	for _, at := range s.slots {
		supply[at.field][at.t*2+1] += sign * roster.Whole
	}
}

// replace supplies the shifts of a row that are new, or whose breaks are elsewhere,
// instead of those that are gone.
func (p *pricer) replace(supply [][]float64, r *row, before, now held) {
	for d, was := range before.options {
		switch {
		case now.options[d] != was:
			p.toggle(supply, r, was, before.place(d), -1)
			p.toggle(supply, r, now.options[d], now.place(d), 1)
		case r.pauses && was >= 0 && before.placed[d] != now.placed[d]:
			p.withhold(supply, r, was, before.placed[d], -1)
			p.withhold(supply, r, was, now.placed[d], 1)
		}
	}
}

// place is where the breaks of a day are, if it has any.
func (h held) place(d int) placement {
	if d >= len(h.placed) {
		return 0
	}
	return h.placed[d]
}

// toggle supplies the option of a row, if it is one, or with sign -1 takes it off.
func (p *pricer) toggle(supply [][]float64, r *row, o int32, placed placement, sign float64) {
	switch {
	case o < 0:
	case r.whole:
		subsets, served, units := p.fields[r.field].subsets, supply[r.field], sign*float64(r.share)
		for t := r.briefs[o].from; t < r.briefs[o].to; t++ {
			served[int(t)*subsets+r.mask] += units
		}
		if r.pauses {
			p.withhold(supply, r, o, placed, sign)
		}
	default:
		p.add(supply, r, &p.shifts[r.options[o].shift], placed, sign)
	}
}

// withhold takes the breaks of an option off the supply, or with sign -1 supplies them.
func (p *pricer) withhold(supply [][]float64, r *row, o int32, placed placement, sign float64) {
	s := &p.shifts[r.options[o].shift]
	if s.layout == nil || r.field < 0 {
		return
	}
	subsets, served := p.fields[r.field].subsets, supply[r.field]
	from, to := s.to, s.from // of the intervals that breaks touch
	for k := range s.layout.pauses {
		spot := &s.layout.pauses[k].spots[placed.of(k)]
		from, to = min(from, s.zero+spot.from), max(to, s.zero+spot.to)
	}
	for t := max(from, s.from); t < min(to, s.to); t++ {
		served[t*subsets+r.mask] -= sign * float64(s.units(t, r.share)-s.there(t, r.share, placed))
	}
}

// distribute serves the queues of intervals [from, to) of a field with the
// supply, those who serve the fewest first: to the dearest queue, and of those
// that are as dear but for a slack to the one that wants it most.
func (p *pricer) distribute(field, from, to int, slack float64) {
	f := p.fields[field]
	price, supply, supplied := p.price[field], p.supply[field], p.supplied[field]
	if f.queues == 1 {
		for t := from; t < to; t++ {
			supplied[t] = supply[2*t+1]
		}
		return
	}
	wanting := make([]float64, f.queues)
	for t := from; t < to; t++ {
		prices, served := price[t*f.queues:][:f.queues], supplied[t*f.queues:][:f.queues]
		for q := range served {
			served[q], wanting[q] = 0, f.buys(t*f.queues+q, prices[q])
		}
		for _, mask := range f.masks {
			if units := supply[t*f.subsets+mask]; units > 0 {
				deal(mask, units, prices, slack, wanting, served)
			}
		}
	}
}

// deal gives units that can serve the masked queues of an interval to those that
// pay the most.
func deal(mask int, units float64, prices []float64, slack float64, wanting, served []float64) {
	if mask&(mask-1) == 0 {
		q := bits.TrailingZeros(uint(mask))
		served[q], wanting[q] = served[q]+units, wanting[q]-units
		return
	}
	dearest := -1
	for rest := mask; rest > 0; rest &= rest - 1 {
		if q := bits.TrailingZeros(uint(rest)); dearest < 0 || prices[q] > prices[dearest] {
			dearest = q
		}
	}
	for units > 0 {
		best := -1
		for rest := mask; rest > 0; rest &= rest - 1 {
			q := bits.TrailingZeros(uint(rest))
			if prices[q] >= prices[dearest]-slack && (best < 0 || wanting[q] > wanting[best]) {
				best = q
			}
		}
		part := min(units, wanting[best])
		if part <= 0 {
			best, part = dearest, units
		}
		wanting[best] -= part
		served[best] += part
		units -= part
	}
}

// buys is how much a queue of an interval would buy at a price.
func (f *field) buys(at int, price float64) (units float64) {
	for _, s := range f.wanted[at*f.steps:][:f.steps] {
		if price <= float64(s.value) {
			units += float64(s.units)
		}
	}
	return units
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

// wants is how much a queue would buy at its price, less what it is supplied
// with, as far as the price can go that way: the direction in which it goes.
func (p *pricer) wants(field, at int) float64 {
	f, price := p.fields[field], p.price[field][at]
	d := f.buys(at, price) - p.supplied[field][at]
	if d > 0 && price >= f.cap(at) || d < 0 && price <= 0 {
		return 0
	}
	return d
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

// atPrices is the cost of the cover of a shift that is fixed at the prices.
func (m *model) atPrices(r *row, s *shift) (cost float64) {
	if r.field >= 0 {
		for t := s.from; t < s.to; t++ {
			cost += float64(s.there(t, r.share, 0)) * m.fields[r.field].priced(t, r.mask) / roster.Whole
		}
	}
	for _, at := range s.slots {
		cost += m.fields[at.field].priced(at.t, 1)
	}
	return cost
}
