package solve

import (
	"cmp"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/smena-wfm/smena/roster"
)

// pricer finds prices of intervals, and of caps of rows, by dual ascent. Rows are
// tied together by the cover alone: with a price on being there in each
// interval they fall apart, each has an exact best row, and the sum of these is
// a bound that no roster can beat (Lagrangian relaxation; Geoffrion 1974), at
// any prices. First prices follow the cover in small steps, a few rows at a
// time, so that they are near within a few visits of each row; then the volume
// algorithm (Barahona and Anbil 2000) makes them good.
type pricer struct {
	*model
	cores   []programs // one for each core
	rng     *rand.Rand
	rows    []priced // the best row of each operator at the prices that it saw last
	supply  [][]float64
	price   [][]float64 // fine, per field, interval and queue
	caps    [][]float64 // fine, per row and cap
	exact   [][]int     // per row the caps that its program counts; they have no price
	bound   float64     // the best yet, fine
	wanting []float64
}

// priced is an operator's best row at some prices.
type priced struct {
	choice []int32
	cost   float64 // fine, less what its caps allow at their prices
}

// prices are of all fields and caps.
type prices struct{ price, caps [][]float64 }

func (p prices) clone() prices {
	all := func(from [][]float64) (to [][]float64) {
		for _, one := range from {
			to = append(to, slices.Clone(one))
		}
		return to
	}
	return prices{all(p.price), all(p.caps)}
}

func newPricer(m *model, cores int, seed uint64) *pricer {
	p := &pricer{model: m, rng: rand.New(rand.NewPCG(seed, streamPrices)), bound: math.Inf(-1), rows: make([]priced, len(m.rows))}
	for i := range cores {
		p.cores = append(p.cores, newPrograms(m, seed, streamPrices+uint64(i)))
	}
	for _, f := range m.fields {
		p.price = append(p.price, make([]float64, f.n*f.queues))
		for at := range p.price[len(p.price)-1] { // at which being there costs nothing
			p.price[len(p.price)-1][at] = min(f.cap(at), float64(f.over[at/f.queues]))
		}
		p.supply = append(p.supply, make([]float64, f.n*f.subsets))
	}
	for _, r := range m.rows {
		n := 0
		if r.shape != nil {
			n = len(r.shape.caps)
		}
		p.caps, p.exact = append(p.caps, make([]float64, n)), append(p.exact, nil)
	}
	for _, r := range m.rows {
		for i := range r.fixed {
			p.add(r, &r.fixed[i], 1)
		}
	}
	return p
}

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

// errStopped says that the time was over before all rows had been visited.
var errStopped = errors.New("stopped")

// visit finds the best rows of operators at the present prices, on all cores.
func (p *pricer) visit(m *meter, rows []int) error {
	for i, f := range p.fields {
		copy(f.price, p.price[i]) // shared by all copies of the field
	}
	faults := make([]error, len(p.cores))
	var wait sync.WaitGroup
	for c := range p.cores {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for at := c; at < len(rows); at += len(p.cores) {
				if m.stopped() {
					faults[c] = errStopped
					return
				}
				i := rows[at]
				next, err := p.cores[c].row(i, p.caps[i], p.exact[i])
				if err != nil {
					faults[c] = err
					return
				}
				p.rows[i] = next
			}
		}()
	}
	wait.Wait()
	for _, err := range faults {
		if err != nil {
			return err
		}
	}
	return nil
}

// row is the best row of operator i at the prices of the fields and of its
// caps, those counted exactly aside.
func (p *programs) row(i int, caps []float64, exact []int) (priced, error) {
	r := p.rows[i]
	whole := room{from: 0, to: len(r.days)}
	p.appraise(r, whole, guess{blend: 1})
	if r.shape == nil {
		p.empty = grown(p.empty, len(r.days))
		for d := range p.empty {
			p.empty[d] = -1
		}
		choice, cost, ok := p.fill(r, p.empty, 0, len(r.days))
		if !ok {
			return priced{}, p.impossible(r)
		}
		return priced{choice, float64(cost<<p.coarse) + float64(r.wished)}, nil
	}
	back := p.charge(r, caps)
	p.stints.counting(r, exact, r.shape.allowed())
	p.stints.fill(0, len(r.days), p.costs)
	choice, cost, ok := p.stints.best(r.shape.whole(r))
	if !ok {
		return priced{}, p.impossible(r)
	}
	return priced{choice, float64((int64(cost)-back)<<p.coarse) + float64(r.wished)}, nil
}

// charge adds the prices of caps to the costs of options, and returns what the
// caps allow at these prices.
func (p *programs) charge(r *row, caps []float64) (back int64) {
	if len(caps) == 0 {
		return 0
	}
	charges := make([]int32, len(caps))
	charged := false
	for c, price := range caps {
		charges[c] = int32(price) >> p.coarse
		back += int64(charges[c]) * int64(r.shape.caps[c].most)
		charged = charged || charges[c] > 0
	}
	if !charged {
		return 0
	}
	for o := range r.options {
		for _, c := range r.shape.counted[o] {
			p.costs[o] += charges[c]
		}
	}
	return back
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

// revise visits rows and brings the supply up to date.
func (p *pricer) revise(m *meter, rows []int) error {
	for _, i := range rows {
		p.stand(i, -1)
	}
	if err := p.visit(m, rows); err != nil {
		return err
	}
	for _, i := range rows {
		p.stand(i, 1)
	}
	return nil
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

// count makes programs count the dearest caps of each row exactly, as many as
// are not too many: multipliers alone cannot price what whole numbers decide.
func (p *pricer) count() {
	for i, r := range p.model.rows {
		if r.shape == nil {
			continue
		}
		order := make([]int, len(p.caps[i]))
		for c := range order {
			order[c] = c
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(p.caps[i][b], p.caps[i][a]) })
		size := 1
		for _, c := range order {
			if n := r.shape.caps[c].most + 1; p.caps[i][c] > 0 && size*n <= widest && !r.shape.overlaps(c, p.exact[i]) {
				size *= n
				p.exact[i] = append(p.exact[i], c)
				p.caps[i][c] = 0
			}
		}
	}
}
