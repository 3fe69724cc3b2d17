package solve

import "slices"

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

// ascent is prices on their way up: they follow the cover, a few rows at a time.
// Each price has steps of its own, the shorter the more it has moved (AdaGrad;
// Duchi, Hazan and Singer 2011), and all of them shrink on the way.
type ascent struct {
	*pricer
	dearest, scarce []float64   // per field
	moved           [][]float64 // sums of squares of directions, per field, interval and queue
	direction       [][]float64
	guide, end      average
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

// So many visits of each row are a way of prices that guide, and so many are mostly
// enough for the bound: there is little to gain beyond. Where the bound is far from
// the best roster, prices that are patient go on for all of their share.
const guidingVisits, mostVisits = 1000, 3000

// ascend moves prices until that share of the search, and returns what guides
// it. Prices that have been moved before start further on, at a share of the way.
// Where many rows answer softly, these lead most of the way, and all of it if what
// they leave out matters little.
func (p *pricer) ascend(m *meter, to, begun float64) (guide [][]float64, err error) {
	const turn = 0.8 // of the way
	a := p.newAscent()
	if p.glides() && begun < turn {
		smooth, from := p.newAccelerated(), m.share()
		if err := smooth.glide(m, m.share()+turn*(to-m.share()), begun, turn); err != nil {
			return smooth.guide.mean(p.price), err
		}
		soft := false
		if p.paces == nil { // soft rows leave nothing else out
			soft, err = a.enough(m, turn)
		}
		if soft && err == nil {
			err = smooth.glide(m, to, turn, 1)
		}
		if soft || err != nil {
			return smooth.guide.mean(p.price), err
		}
		if p.paces == nil { // for rows at a pace the best prices guide
			a.guide = smooth.guide
		} else {
			to = min(to, m.share()+(m.share()-from)/2)
		}
		begun = turn
	}
	if err := a.climb(m, to, begun, 1); err != nil {
		return a.guide.mean(p.price), err
	}
	p.price = a.end.mean(p.price)
	return a.guide.mean(p.price), nil
}

// glides says whether most of many rows answer softly: few are soon visited one by
// one, and what soft ones leave out weighs more (36 of the demo have 0.95 million for a
// bound after two seconds, and climbing none after three). Of rows at a pace fewer are
// many, the longer they are.
func (p *pricer) glides() bool {
	const manySoft = 30
	const manyPaced = manyNudged * 180 // days of rows at a pace
	n, days := 0, 0
	for _, r := range p.model.rows {
		if p.softened(r) {
			n, days = n+1, days+len(r.days)
		}
	}
	many := n >= manySoft || p.paces != nil && days >= manyPaced
	return many && 2*n > len(p.model.rows) && p.worth > 0
}

// enough says whether the prices that soft rows have led to are as good for rows
// that keep all rules: a few steps after these raise the bound no further.
func (a *ascent) enough(m *meter, way float64) (bool, error) {
	var led [][]float64
	for _, price := range a.price {
		led = append(led, slices.Clone(price))
	}
	before, err := a.sweep(m, true)
	if err != nil {
		return true, err
	}
	if err := a.climb(m, m.share(), way, way); err != nil {
		return true, err
	}
	after, err := a.sweep(m, true)
	if after > before {
		return false, err
	}
	for i := range led {
		copy(a.price[i], led[i])
	}
	return true, err
}

// climb moves prices until that share of the search, from one share of their way
// to another.
func (a *ascent) climb(m *meter, to, begun, done float64) error {
	n, from := len(a.model.rows), m.share()
	batch, order := a.batch(), a.rng.Perm(n)
	for at := 0; ; at += batch {
		visits := float64(at) / float64(n)
		share := visits / mostVisits
		if a.patient {
			share = 0
		}
		if to > from {
			share = max(share, (m.share()-from)/(to-from))
		}
		share = begun + (done-begun)*share
		if (share >= done || to <= from) && at >= 2*n || m.stopped() {
			return nil
		}
		rows := make([]int, batch)
		for j := range rows {
			rows[j] = order[(at+j)%n]
		}
		a.tilting = tiltingAt(min(1, share))
		err := a.revise(m, rows)
		if a.tilting = 0; err != nil {
			return err
		}
		m.visits += batch
		a.step(min(1, share), rows)
		a.guide.note(max(share, visits/guidingVisits), a.price)
		a.end.note(share, a.price)
	}
}

// batch is how many rows are visited between two steps: as many for each of two cores.
func (a *ascent) batch() int {
	n := len(a.model.rows)
	return min(n, max(2, (n/10+1)/2*2))
}

func (p *pricer) newAscent() *ascent {
	a := &ascent{
		pricer: p, moved: p.zero(), direction: p.zero(),
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

// prove visits all rows at the present prices, strictly, for the bound.
func (p *pricer) prove(m *meter) error {
	_, err := p.sweep(m, true)
	return err
}

// sweep visits all rows at the present prices, and returns the bound that these give.
func (p *pricer) sweep(m *meter, strict bool) (bound float64, err error) {
	p.strict = strict
	all := make([]int, len(p.rows))
	for i := range all {
		all[i] = i
	}
	err = p.revise(m, all)
	p.strict = false
	if err != nil {
		return 0, err
	}
	m.visits += len(all)
	bound = p.bill()
	for i := range p.rows {
		bound += p.rows[i].cost
	}
	if strict {
		p.bound = max(p.bound, bound)
	}
	return bound, nil
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
