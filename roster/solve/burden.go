package solve

import (
	"math"
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// burdens are what fairness makes of a row: the points of its shifts, and what all of
// them cost together. That bends upwards: programs are asked with a straight line, at
// search the one that touches it at the points that the row has, for the bound one whose
// slope has a price's part. No straight line of any slope is above the bend but for what
// it is lowered by.
type burdens struct {
	points []int32 // per option, thousandths
	dearer []int32 // options that have any
	excess int64   // of the ledger and of pins, over the fair part
	square float64 // fine cost of a squared thousandth
	slack  float64 // by which rounding may lower a cost, fine
	most   int64   // points of one shift, at most
	bends  bool    // for all points that the row can have
	limit  float64 // of slopes, so that costs stay far from the end of 32 bits
	cost   func(excess int64) int64
}

// burden finds what fairness makes of all rows, on so many cores.
func (m *model) burden(cores int) {
	if m.problem.Team.Fairness.Weight == 0 {
		return
	}
	all := roster.NewBurdens(m.problem)
	m.byLaw(cores, func(rows []*row) {
		points := map[int32]int32{} // per shift
		for _, r := range rows {
			r.burdens = m.burdensOf(r, all, points)
		}
	})
}

// burdensOf is what fairness makes of one row; points of shifts are noted.
func (m *model) burdensOf(r *row, all roster.Burdens, points map[int32]int32) *burdens {
	o := r.operator
	b := &burdens{points: make([]int32, len(r.options)), excess: all.Excess(o)}
	b.cost = func(excess int64) int64 { return fine * all.Cost(o, excess) }
	b.square, b.slack = all.Steepness(o)
	b.square, b.slack = fine*b.square, fine*b.slack
	for i := range r.options {
		option := &r.options[i]
		one, known := points[option.shift]
		if !known {
			one = int32(all.Points(o, m.usual(r, int32(i))))
			points[option.shift] = one
		}
		switch {
		case option.pinned:
			b.excess += int64(one)
		case one > 0:
			b.points[i], b.dearer = one, append(b.dearer, int32(i))
			b.most = max(b.most, int64(one))
		}
	}
	b.bends = max(b.excess, -b.excess)+b.most*int64(len(r.days)) <= roster.MaxExcess
	return b
}

// limitSlopes is for once it is known in what programs count.
func (m *model) limitSlopes() {
	for _, r := range m.rows {
		if b := r.burdens; b != nil && b.most > 0 {
			dearest := float64(int64(none) / 8 / int64(1+len(r.days)) << m.coarse)
			b.limit = dearest / float64(b.most)
		}
	}
}

// of is how many thousandths above the fair part the chosen shifts come to.
func (b *burdens) of(chosen []int32) (excess int64) {
	excess = b.excess
	for _, o := range chosen {
		if o >= 0 {
			excess += int64(b.points[o])
		}
	}
	return excess
}

// unfair is the fine cost of the points of the chosen shifts.
func (r *row) unfair(chosen []int32) int64 {
	if r.burdens == nil {
		return 0
	}
	return r.burdens.cost(r.burdens.of(chosen))
}

// slope is what a thousandth more costs, fine, of somebody who has so many.
func (b *burdens) slope(excess float64) float64 {
	return min(max(2*b.square*excess, -b.limit), b.limit)
}

// line is what a row without shifts that have points costs on the straight line of that
// slope, which is never above the true cost, fine.
func (b *burdens) line(slope float64) float64 {
	switch {
	case b.most == 0: // they are all that there is
		return float64(b.cost(b.excess))
	case slope == 0 || !b.bends || b.square == 0:
		return 0
	}
	return slope*float64(b.excess) - slope*slope/(4*b.square) - b.slack
}

// straighten adds to the costs of all options what points cost on the straight line of
// that slope, and returns what the row costs on it without shifts, fine.
func (p *programs) straighten(r *row, slope float64) float64 {
	if r.burdens == nil {
		return 0
	}
	p.weighBurdens(r, 0, len(r.options), slope)
	return r.burdens.line(slope)
}

// tilt moves the slope of row i towards where its line touches at so many thousandths of
// its shifts, the less the later on the way of prices.
func (p *pricer) tilt(i int, points float64) {
	if b := p.model.rows[i].burdens; b != nil && b.bends {
		p.slopes[i] += p.tilting * (b.slope(float64(b.excess)+points) - p.slopes[i])
	}
}

// follow has the slope of row i tilt towards the row that it has now.
func (p *pricer) follow(i int, choice []int32) {
	if b := p.model.rows[i].burdens; b != nil && p.tilting > 0 {
		p.tilt(i, float64(b.of(choice)-b.excess))
	}
}

// tiltingAt is how far slopes are moved after a share of the way.
func tiltingAt(share float64) float64 { return 0.1 * math.Pow(0.1, share) }

// weighBurdens adds to the costs of options [first, last) what their points cost at a
// slope.
func (p *programs) weighBurdens(r *row, first, last int, slope float64) {
	if slope == 0 || first == last {
		return
	}
	b := r.burdens
	slope /= float64(int64(1) << p.coarse)
	at, _ := slices.BinarySearch(b.dearer, int32(first))
	for _, o := range b.dearer[at:] {
		if int(o) >= last {
			return
		}
		p.costs[o] += int32(math.Floor(slope * float64(b.points[o])))
	}
}
