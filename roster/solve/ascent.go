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

// ascent is prices on their way: they follow the cover in small steps, a tenth
// of the rows at a time, and end at the average of the last of them.
type ascent struct {
	*pricer
	pace                pace
	dearest, scarce     []float64   // per field
	direction, supplied [][]float64 // per field, interval and queue
	moved               [][]float64 // sums of squares of directions
	average             [][]float64
	count               float64
}

// pace is how steps are chosen. They shrink a hundredfold on the way.
type pace struct {
	apart bool    // each price has steps of its own, the shorter the more it has moved, and they shrink more
	late  float64 // share of the way after which prices are averaged
	most  int     // visits of each row, after which there is little to gain
}

// Two paces: even steps, averaged for long, give prices that guide the search
// well; steps of each price's own (AdaGrad; Duchi, Hazan and Singer 2011) come
// much nearer to the best bound.
var (
	guidingPace = pace{late: 0.5, most: math.MaxInt}
	provingPace = pace{late: 0.9, most: 3000, apart: true}
)

// ascend moves prices until that share of the search.
func (p *pricer) ascend(m *meter, to float64, pace pace) error {
	n, from := len(p.model.rows), m.share()
	a := p.newAscent(pace)
	batch, order := max(1, n/10), p.rng.Perm(n)
	for at := 0; ; at += batch {
		share := max((m.share()-from)/(to-from), float64(at)/float64(n)/float64(pace.most))
		if share >= 1 && at >= 2*n || m.stopped() {
			break
		}
		rows := make([]int, batch)
		for j := range rows {
			rows[j] = order[(at+j)%n]
		}
		if err := p.revise(m, rows); err != nil {
			return err
		}
		m.visits += batch
		a.step(min(1, share), rows)
	}
	a.settle()
	return nil
}

func (p *pricer) newAscent(pace pace) *ascent {
	a := &ascent{pricer: p, pace: pace, direction: p.zero(), supplied: p.zero(), moved: p.zero(), average: p.zero()}
	for _, f := range p.fields {
		dearest, scarce := f.extent()
		a.dearest, a.scarce = append(a.dearest, dearest), append(a.scarce, max(1, scarce))
	}
	return a
}

// step moves all prices of intervals, and those of the caps of some rows, after
// so much of the way.
func (a *ascent) step(share float64, rows []int) {
	even, own, widest := 0.1*math.Pow(0.01, share), 0.4*math.Pow(0.001, share), 0.0
	for i, f := range a.fields {
		price, dearest := a.price[i], a.dearest[i]
		a.servedBy(i, price, a.supplied[i], even*dearest)
		a.wants(i, price, a.supplied[i], a.direction[i])
		step := even * dearest / a.scarce[i]
		widest = max(widest, step)
		for q, d := range a.direction[i] {
			stuck := d == 0 || d > 0 && price[q] >= f.cap(q) || d < 0 && price[q] <= 0
			if !stuck {
				if a.pace.apart {
					a.moved[i][q] += d * d
					step = own * dearest / math.Sqrt(a.moved[i][q])
				}
				price[q] = max(0, min(f.cap(q), price[q]+step*d))
			}
			if share > a.pace.late {
				a.average[i][q] += price[q]
			}
		}
	}
	if share > a.pace.late {
		a.count++
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

// settle leaves the average behind.
func (a *ascent) settle() {
	if a.count == 0 {
		return
	}
	for i := range a.average {
		for q := range a.average[i] {
			a.price[i][q] = a.average[i][q] / a.count
		}
	}
}

// prove visits all rows at the present prices, strictly, for the bound.
func (p *pricer) prove(m *meter, strict bool) error {
	p.strict = strict
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
func (p *pricer) settle(of prices) {
	for i, f := range p.fields {
		copy(f.price, of.price[i])
	}
}
