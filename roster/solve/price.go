package solve

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"sync/atomic"
)

// pricer finds prices of intervals, and of caps of rows, by dual ascent. Rows are
// tied together by the cover alone: with a price on being there in each
// interval they fall apart, each has an exact best row, and the sum of these is
// a bound that no roster can beat (Lagrangian relaxation; Geoffrion 1974), at
// any prices. First prices follow the cover in small steps, a few rows at a
// time (ascent).
type pricer struct {
	*model
	cores    []programs // one for each core
	awake    *awake     // them, if they are
	rng      *rand.Rand
	rows     []priced      // the best row of each operator at the prices that it saw last
	before   []held        // per core, the row that it visits as it was
	change   [][][]float64 // and by how much its visits change the supply
	supply   [][]float64   // units per field, interval and subset that they serve
	supplied [][]float64   // and of it per field, interval and queue
	price    [][]float64   // fine, per field, interval and queue
	caps     [][]float64   // fine, per row and cap
	slopes   []float64     // per row, of what its points cost
	tilting  float64       // by how much they follow the rows
	counted  []*guided     // per row, the caps that are counted instead; nil if none is
	decided  []decision    // that rows keep
	strict   bool          // rows keep the weekly rest too
	patient  bool          // prices are on their way for all of their share
	paces    []pace        // of slow rows, if most are; they are then priced by the days alone
	bound    float64       // the best yet, fine
}

// priced is an operator's best row at some prices.
type priced struct {
	choice []int32
	placed []placement // breaks of it, where they save most
	cost   float64     // fine, less what its caps allow at their prices
}

func newPricer(m *model, cores int, seed uint64) *pricer {
	p := &pricer{model: m, rng: rand.New(rand.NewPCG(seed, streamPrices)), bound: math.Inf(-1), rows: make([]priced, len(m.rows))}
	for _, r := range m.rows {
		if r.field >= 0 {
			m.fields[r.field].layouts = m.layouts
			m.fields[r.field].expect(r.mask)
		}
	}
	for i := range cores {
		p.cores = append(p.cores, newPrograms(m, seed, streamPrices+uint64(i)))
		p.cores[i].stints.widest = widestPriced
		p.before, p.change = append(p.before, held{}), append(p.change, p.nobody())
	}
	p.supply = p.nobody()
	for _, f := range m.fields {
		p.price = append(p.price, make([]float64, f.n*f.queues))
		for at := range p.price[len(p.price)-1] { // at which being there costs nothing
			p.price[len(p.price)-1][at] = min(f.cap(at), float64(f.over[at/f.queues]))
		}
		p.supplied = append(p.supplied, make([]float64, f.n*f.queues))
	}
	for _, r := range m.rows {
		n := 0
		if r.shape != nil {
			n = len(r.shape.caps)
		}
		p.caps, p.slopes, p.counted = append(p.caps, make([]float64, n)), append(p.slopes, 0), append(p.counted, nil)
	}
	if m.paces() {
		p.paces = m.newPaces()
	}
	for _, r := range m.rows {
		for i := range r.fixed {
			p.add(p.supply, r, &r.fixed[i], 0, 1)
		}
	}
	return p
}

// errStopped says that the time was over before all rows had been visited.
var errStopped = errors.New("stopped")

// visit finds the best rows of operators at the present prices, on all cores.
func (p *pricer) visit(m *meter, rows []int) error {
	for i, f := range p.fields {
		copy(f.price, p.price[i]) // shared by all copies of the field
		f.pay()
	}
	faults := make([]error, len(p.cores))
	var next atomic.Int64
	p.share(func(c int) {
		for at := int(next.Add(1)) - 1; at < len(rows); at = int(next.Add(1)) - 1 {
			if m.stopped() {
				faults[c] = errStopped
				return
			}
			i := rows[at]
			before := held{append(p.before[c].options[:0], p.chosen(i)...), append(p.before[c].placed[:0], p.rows[i].placed...)}
			answer, err := p.cores[c].row(i, asked{p.caps[i], p.slopes[i], p.counted[i], p.decided, p.strict, p.rows[i].choice, p.pace(i)})
			answer.placed = p.cores[c].pausing(i, answer.choice, p.rows[i].placed)
			if err != nil {
				faults[c] = err
				return
			}
			p.rows[i], p.before[c] = answer, before
			p.follow(i, answer.choice)
			p.replace(p.change[c], p.model.rows[i], before, held{p.chosen(i), p.rows[i].placed})
		}
	})
	if m.stopped() {
		return errStopped // of the last rows, some may not be the best
	}
	for _, err := range faults {
		if err != nil {
			return err
		}
	}
	return nil
}

// asked is what a priced row is asked for beside the rules.
type asked struct {
	caps    []float64 // prices of its caps
	slope   float64   // of what its points cost
	counted *guided   // caps that it keeps
	decided []decision
	strict  bool
	old     []int32 // the row before: it may be known to be cheap, and one at a pace takes its room
	pace    *pace   // nil to have its hours and weekends counted
}

// row is the best row of operator i at the prices of the fields and of its
// caps. Unless it is to be strict, it may be one that a looser program finds: it
// costs no more. To change what the operator has been told is in its cost.
func (p *programs) row(i int, a asked) (priced, error) {
	r := p.rows[i]
	whole := room{from: 0, to: len(r.days)}
	p.appraise(r, whole, guess{blend: 1, surely: true})
	line := p.straighten(r, a.slope) + float64(r.wished)
	more := p.decide(i, r, a.decided)
	cost := func(cost int64) float64 { return float64((cost+more)<<p.coarse) + line }
	if !a.strict && r.weekly != nil && r.weekly.rough != nil {
		roughly := func() ([]int32, int64, bool) { return p.rough.best(r, p.costs) }
		if choice, best, ok := roughly(); ok {
			choice, best = p.stays(r, choice, best, roughly)
			return priced{choice: choice, cost: cost(best)}, nil
		}
	}
	if r.shape == nil {
		p.empty = grown(p.empty, len(r.days))
		for d := range p.empty {
			p.empty[d] = -1
		}
		exactly := func() ([]int32, int64, bool) { return p.fill(r, p.empty, 0, len(r.days)) }
		choice, best, ok := exactly()
		if !ok {
			return priced{}, nil // it stays empty
		}
		choice, best = p.stays(r, choice, best, exactly)
		return priced{choice: choice, cost: cost(best)}, nil
	}
	back := p.charge(r, a.caps)
	if a.pace != nil {
		return p.paceRow(i, a, float64(more-back), line)
	}
	choice, least, ok := p.stintRow(r, a)
	if !ok {
		return priced{}, p.impossible(r)
	}
	again := func() ([]int32, int64, bool) {
		choice, least, ok := p.stintRow(r, a)
		return choice, int64(least), ok
	}
	if a.counted != nil { // that is a step towards its next answer
		again = nil
	}
	choice, best := p.stays(r, choice, int64(least), again)
	return priced{choice: choice, cost: cost(best - back)}, nil
}

// stintRow is the best row of the stints program at the costs that stand.
func (p *programs) stintRow(r *row, a asked) (choice []int32, cost int32, ok bool) {
	if a.counted != nil {
		return p.stints.counted(r, p.costs, a.counted, a.old)
	}
	p.stints.counting(r, nil, nil)
	p.stints.fill(0, len(r.days), p.costs)
	return p.stints.best(r.shape.whole(r))
}

// pace is that of row i; nil if it has none.
func (p *pricer) pace(i int) *pace {
	if p.paces == nil || !p.model.rows[i].slow() {
		return nil
	}
	return &p.paces[i]
}

// paceRow is the best row of operator i at its pace. Strict rows are looked at longer.
func (p *programs) paceRow(i int, a asked, more, line float64) (priced, error) {
	const thoroughly = 8
	tries := 2
	if a.strict {
		tries = thoroughly
	}
	r := p.rows[i]
	choice := grown(a.old, len(r.days))[:len(r.days)]
	bound, ok := p.paced.best(r, p.costs, a.pace, tries, choice)
	if !ok {
		return priced{}, p.impossible(r)
	}
	const rounding = 1e-9 // of sums of floating point numbers
	return priced{choice: choice, cost: (bound-rounding*math.Abs(bound)+more)*float64(int64(1)<<p.coarse) + line}, nil
}

// charge adds the prices of caps to the costs of options, and returns what the
// caps allow at these prices.
func (p *programs) charge(r *row, caps []float64) (back int64) {
	if len(caps) == 0 {
		return 0
	}
	charges := make([]int32, len(caps))
	charged := false
	dearest := int64(none) / 8 / int64(1+len(r.days)) // any price is good for a bound
	for c, price := range caps {
		charges[c] = int32(min(int64(price)>>p.coarse, dearest))
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

// revise visits rows and brings the supply up to date.
func (p *pricer) revise(m *meter, rows []int) error {
	err := p.visit(m, rows)
	for i, f := range p.fields {
		p.split(f.n, func(from, to int) {
			supply := p.supply[i]
			for _, change := range p.change {
				for at := from * f.subsets; at < to*f.subsets; at++ {
					supply[at] += change[i][at]
					change[i][at] = 0
				}
			}
		})
	}
	return err
}

// chosen is the present row of operator i, in full.
func (p *pricer) chosen(i int) []int32 {
	if len(p.rows[i].choice) == 0 {
		p.rows[i].choice = slices.Repeat([]int32{-1}, len(p.model.rows[i].days))
	}
	return p.rows[i].choice
}

// nobody is a supply of nothing, per field, interval and subset.
func (p *pricer) nobody() (supply [][]float64) {
	for _, f := range p.model.fields {
		supply = append(supply, make([]float64, f.n*f.subsets))
	}
	return supply
}

// start takes the rows of a roster for those that the first prices follow.
func (p *pricer) start(chosen [][]int32, placed [][]placement) {
	for i, row := range chosen {
		p.replace(p.supply, p.model.rows[i], held{p.chosen(i), p.rows[i].placed}, held{row, placed[i]})
		p.rows[i].choice, p.rows[i].placed = slices.Clone(row), slices.Clone(placed[i])
	}
}
