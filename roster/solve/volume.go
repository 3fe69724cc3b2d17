package solve

import (
	"math"

	"github.com/smena-wfm/smena/roster"
)

// volume improves prices by the volume algorithm: steps from the best ones yet
// along what an average of the rows seen leaves wanted. The averages are close
// to the best fractional roster.
type volume struct {
	*pricer
	all       []int       // rows
	mix       [][]float64 // per field, interval and queue the average supply
	used      [][]float64 // per row and cap the average use
	top       prices      // the best
	value     float64     // their bound
	direction [][]float64
	supplied  [][]float64
	reach     float64 // of steps
	failures  int
	most      float64 // share of the rows seen last in the averages, at most
}

// newVolume starts from the pricer's prices.
func newVolume(p *pricer) *volume {
	v := &volume{pricer: p, direction: p.zero(), supplied: p.zero(), mix: p.zero(), reach: firstReach, most: boldest}
	for i := range p.rows {
		v.all = append(v.all, i)
		v.used = append(v.used, make([]float64, len(p.caps[i])))
	}
	return v
}

// begin starts averages afresh, from the present prices.
func (v *volume) begin(m *meter) error {
	var err error
	if v.value, err = v.centre(m); err != nil {
		return err
	}
	v.top = prices{v.price, v.caps}.clone()
	for i := range v.fields {
		v.servedBy(i, v.price[i], v.mix[i], v.slack(i))
	}
	for _, i := range v.all {
		for c, n := range v.pricer.used(i) {
			v.used[i][c] = float64(n)
		}
	}
	return nil
}

// centre visits all rows at the present prices and returns their bound.
func (v *volume) centre(m *meter) (float64, error) {
	if err := v.revise(m, v.all); err != nil {
		return 0, err
	}
	m.visits += len(v.all)
	bound := v.bill()
	for i := range v.rows {
		bound += v.rows[i].cost
	}
	v.bound = max(v.bound, bound)
	return bound, nil
}

// round takes one step.
func (v *volume) round(m *meter) error {
	norm := v.aim()
	goal := max(math.Abs(v.value)*0.01, v.worth/100)
	step := v.reach * goal / max(norm, 1e-9)
	for i, f := range v.fields {
		for q, d := range v.direction[i] {
			v.price[i][q] = max(0, min(f.cap(q), v.top.price[i][q]+step*d))
		}
	}
	for _, i := range v.all {
		for c, n := range v.used[i] {
			if contains(v.exact[i], c) {
				continue
			}
			v.caps[i][c] = max(0, v.top.caps[i][c]+step*roster.Whole*roster.Whole*(n-float64(v.pricer.model.rows[i].shape.caps[c].most)))
		}
	}
	now, err := v.centre(m)
	if err != nil {
		return err
	}
	v.blend()
	if now > v.value {
		v.value, v.top = now, prices{v.price, v.caps}.clone()
		v.reach, v.failures = min(2, v.reach*1.15), 0
	} else if v.failures++; v.failures > 20 {
		v.reach, v.failures = max(1e-4, v.reach*0.7), 0
		v.most = max(0.01, v.most*0.8)
	}
	return nil
}

// firstReach is how long steps are at first, as a share of the goal; boldest is
// the largest share of the rows seen last in the averages.
const firstReach, boldest = 0.1, 0.1

// slack is within how much prices of a field count as the same when supply is
// distributed.
func (v *volume) slack(field int) float64 {
	dearest, _ := v.fields[field].extent()
	return 0.002 * dearest
}

// aim finds the direction from the best prices, and the square of its length.
func (v *volume) aim() (norm float64) {
	for i, f := range v.fields {
		v.wants(i, v.top.price[i], v.mix[i], v.direction[i])
		for q, d := range v.direction[i] {
			if d > 0 && v.top.price[i][q] >= f.cap(q) || d < 0 && v.top.price[i][q] <= 0 {
				v.direction[i][q] = 0
				continue
			}
			norm += d * d
		}
	}
	for _, i := range v.all {
		for c, n := range v.used[i] {
			if d := n - float64(v.pricer.model.rows[i].shape.caps[c].most); contains(v.exact[i], c) {
				continue
			} else if d > 0 || v.top.caps[i][c] > 0 {
				norm += d * d * roster.Whole * roster.Whole
			}
		}
	}
	return norm
}

// blend mixes the rows seen last into the averages.
func (v *volume) blend() {
	// The share that makes what is left wanted smallest.
	dot, square := 0.0, 0.0
	for i := range v.fields {
		v.servedBy(i, v.price[i], v.supplied[i], v.slack(i))
		for q, units := range v.supplied[i] {
			change := v.mix[i][q] - units
			dot += v.direction[i][q] * change
			square += change * change
		}
	}
	fresh := min(v.most, max(v.most/10, -dot/max(square, 1e-9)))
	for i := range v.fields {
		for q, units := range v.supplied[i] {
			v.mix[i][q] += fresh * (units - v.mix[i][q])
		}
	}
	for _, i := range v.all {
		for c, n := range v.pricer.used(i) {
			v.used[i][c] += fresh * (float64(n) - v.used[i][c])
		}
	}
}
