package solve

import (
	"math"

	"github.com/smena-wfm/smena/roster"
)

// Streams of chance, so that phases do not disturb one another.
const (
	streamSearch = 0x736d656e61 // "smena"
	streamPrices = 0x7072696365 // "price"
	streamDeal   = 0x6465616c   // "deal"
)

// dearest is the most that a field's prices can be, and scarce how many units
// an interval wants on average where it wants any.
func (f *field) extent() (dearest, scarce float64) {
	n := 0
	for at := 0; at < len(f.wanted); at += f.steps {
		units := int64(0)
		for _, s := range f.wanted[at : at+f.steps] {
			if s.units > 0 {
				dearest = max(dearest, float64(s.value))
				units += s.units
			}
		}
		if units > 0 {
			scarce, n = scarce+float64(units), n+1
		}
	}
	return dearest, scarce / float64(max(1, n))
}

// follow moves prices after the cover, a tenth of the rows at a time, in steps
// that shrink a hundredfold, and ends at the average of the second half.
func (p *pricer) follow(m *meter, from, to float64) error {
	n := len(p.model.rows)
	batch := max(1, n/10)
	order := p.rng.Perm(n)
	average, count := p.zero(), 0.0
	direction, supplied := p.zero(), p.zero()
	steps, slacks := make([]float64, len(p.fields)), make([]float64, len(p.fields))
	for i, f := range p.fields {
		dearest, scarce := f.extent()
		steps[i], slacks[i] = 0.1*dearest/max(1, scarce), 0.1*dearest
	}
	for at := 0; ; at += batch {
		share := (m.share() - from) / (to - from)
		if share >= 1 && at >= 2*n || m.stopped() {
			break
		}
		share = min(1, share)
		rows := make([]int, batch)
		for j := range rows {
			rows[j] = order[(at+j)%n]
		}
		if err := p.revise(m, rows); err != nil {
			return err
		}
		m.visits += batch
		shrink := math.Pow(0.01, share)
		for i, f := range p.fields {
			p.servedBy(i, p.price[i], supplied[i], slacks[i]*shrink)
			p.wants(i, p.price[i], supplied[i], direction[i])
			for q := range p.price[i] {
				p.price[i][q] = max(0, min(f.cap(q), p.price[i][q]+steps[i]*shrink*direction[i][q]))
				if share > 0.5 {
					average[i][q] += p.price[i][q]
				}
			}
		}
		if share > 0.5 {
			count++
		}
		p.followCaps(rows, steps, shrink)
	}
	if count > 0 {
		for i := range average {
			for q := range average[i] {
				p.price[i][q] = average[i][q] / count
			}
		}
	}
	return nil
}

// cap is the most that a unit is worth to the queue and interval.
func (f *field) cap(at int) float64 { return float64(f.wanted[at*f.steps].value) }

func (p *pricer) followCaps(rows []int, steps []float64, shrink float64) {
	step := 0.0
	for _, one := range steps {
		step = max(step, one)
	}
	step *= shrink * roster.Whole * roster.Whole
	for _, i := range rows {
		for c, n := range p.used(i) {
			p.caps[i][c] = max(0, p.caps[i][c]+step*float64(n-p.model.rows[i].shape.caps[c].most))
		}
	}
}

// zero has a place for each price.
func (p *pricer) zero() (all [][]float64) {
	for _, one := range p.price {
		all = append(all, make([]float64, len(one)))
	}
	return all
}

// settle puts prices into the fields.
func (p *pricer) settle(of prices) {
	for i, f := range p.fields {
		copy(f.price, of.price[i])
	}
}
