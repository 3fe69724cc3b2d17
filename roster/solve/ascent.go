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

// extent is the most that a field's prices can be, and how many units an
// interval wants on average where it wants any.
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

// cap is the most that a unit is worth to the queue and interval.
func (f *field) cap(at int) float64 { return float64(f.wanted[at*f.steps].value) }

// ascent is prices on their way up: they follow the cover, a tenth of the rows
// at a time. Each price has steps of its own, the shorter the more it has moved
// (AdaGrad; Duchi, Hazan and Singer 2011), and all of them shrink on the way.
type ascent struct {
	*pricer
	dearest, scarce     []float64   // per field
	direction, supplied [][]float64 // per field, interval and queue
	moved               [][]float64 // sums of squares of directions
	guide, end          average
}

// average is the mean of prices over a part of their way.
type average struct {
	from, to float64 // shares of the way
	sum      [][]float64
	n        float64
}

// Prices averaged over the middle of the way guide the search well, and not those
// of a long way: the best ones say of much that it does not matter. Prices
// averaged over the end give the bound.
const guideFrom, guideTo, endFrom = 0.3, 0.6, 0.9

// So many visits of each row are a way of prices that guide, and so many are
// enough for the bound: there is little to gain beyond.
const guidingVisits, mostVisits = 1000, 3000

// ascend moves prices until that share of the search, and returns what guides
// it. Prices that have been moved before start further on, at a share of the way.
func (p *pricer) ascend(m *meter, to, begun float64) (guide [][]float64, err error) {
	n, from := len(p.model.rows), m.share()
	a := p.newAscent()
	batch, order := max(1, n/10), p.rng.Perm(n)
	for at := 0; ; at += batch {
		visits := float64(at) / float64(n)
		share := max((m.share()-from)/(to-from), visits/mostVisits)
		share = begun + (1-begun)*share
		if share >= 1 && at >= 2*n || m.stopped() {
			break
		}
		rows := make([]int, batch)
		for j := range rows {
			rows[j] = order[(at+j)%n]
		}
		if err := p.revise(m, rows); err != nil {
			return a.guide.mean(p.price), err
		}
		m.visits += batch
		a.step(min(1, share), rows)
		a.guide.note(max(share, visits/guidingVisits), p.price)
		a.end.note(share, p.price)
	}
	p.price = a.end.mean(p.price)
	return a.guide.mean(p.price), nil
}

func (p *pricer) newAscent() *ascent {
	a := &ascent{
		pricer: p, direction: p.zero(), supplied: p.zero(), moved: p.zero(),
		guide: average{from: guideFrom, to: guideTo, sum: p.zero()}, end: average{from: endFrom, to: 1, sum: p.zero()},
	}
	for _, f := range p.fields {
		dearest, scarce := f.extent()
		a.dearest, a.scarce = append(a.dearest, dearest), append(a.scarce, max(1, scarce))
	}
	return a
}

// note adds prices to the average if this is its part of the way.
func (a *average) note(share float64, price [][]float64) {
	if share < a.from || share > a.to {
		return
	}
	a.n++
	for i := range price {
		for q, one := range price[i] {
			a.sum[i][q] += one
		}
	}
}

// mean is the average once the way is over; what there is now if it has none.
func (a *average) mean(now [][]float64) [][]float64 {
	if a.n == 0 {
		return now
	}
	for i := range a.sum {
		for q := range a.sum[i] {
			a.sum[i][q] /= a.n
		}
	}
	a.n = 1
	return a.sum
}

// step moves all prices of intervals, and those of the caps of some rows, after
// so much of the way.
func (a *ascent) step(share float64, rows []int) {
	even, own, widest := 0.1*math.Pow(0.01, share), 0.4*math.Pow(0.001, share), 0.0
	for i, f := range a.fields {
		price, dearest := a.price[i], a.dearest[i]
		a.servedBy(i, price, a.supplied[i], even*dearest)
		a.wants(i, price, a.supplied[i], a.direction[i])
		widest = max(widest, even*dearest/a.scarce[i])
		for q, d := range a.direction[i] {
			if d == 0 || d > 0 && price[q] >= f.cap(q) || d < 0 && price[q] <= 0 {
				continue
			}
			a.moved[i][q] += d * d
			price[q] = max(0, min(f.cap(q), price[q]+own*dearest*d/math.Sqrt(a.moved[i][q])))
		}
	}
	for _, i := range rows {
		a.stepCaps(i, widest*roster.Whole*roster.Whole)
	}
}

// stepCaps moves the prices of a row's caps.
func (a *ascent) stepCaps(i int, step float64) {
	for c, n := range a.used(i) {
		a.caps[i][c] = max(0, a.caps[i][c]+step*float64(n-a.model.rows[i].shape.caps[c].most))
	}
}

// prove visits all rows at the present prices, strictly, for the bound.
func (p *pricer) prove(m *meter) error {
	p.strict = true
	all := make([]int, len(p.rows))
	for i := range all {
		all[i] = i
	}
	err := p.revise(m, all)
	p.strict = false
	if err != nil {
		return err
	}
	m.visits += len(all)
	bound := p.bill()
	for i := range p.rows {
		bound += p.rows[i].cost
	}
	p.bound = max(p.bound, bound)
	return nil
}

// zero has a place for each price.
func (p *pricer) zero() (all [][]float64) {
	for _, one := range p.price {
		all = append(all, make([]float64, len(one)))
	}
	return all
}

// settle puts prices into the fields.
func (p *pricer) settle(price [][]float64) {
	for i, f := range p.fields {
		copy(f.price, price[i])
	}
}
