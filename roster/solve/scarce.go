package solve

import "slices"

// count has the tightest caps of each row counted instead of priced, if any cap
// has a price, and says so. A price on a cap lets rows break it that on average
// keep it: half of the time none of its shifts, half of the time twice as many
// as it allows. To count is slower, and leaves nothing out.
func (p *pricer) count() bool {
	if p.paces != nil || !slices.ContainsFunc(p.caps, func(prices []float64) bool { return slices.Max(append(prices, 0)) > 0 }) {
		return false
	}
	for c := range p.cores {
		p.cores[c].stints.widest = widestPriced
	}
	for i, r := range p.model.rows {
		if r.shape == nil {
			continue
		}
		order := r.shape.scarce()
		for n := len(order); n > 0; n-- {
			if p.cores[0].stints.counting(r, order[:n], r.shape.allowed()) {
				p.counted[i] = p.guide(i, order[:n])
				break
			}
		}
	}
	return true
}

// guide takes the prices of caps that are to be counted for tolls.
func (p *pricer) guide(i int, caps []int) *guided {
	g := newGuided(p.model.rows[i].shape, caps)
	for at, c := range caps {
		g.tolls[at] = int32(min(int64(p.caps[i][c])>>p.coarse, int64(g.dearest)))
		p.caps[i][c] = 0
	}
	return g
}

// scarce are the caps of the row, the tightest first.
func (s *shape) scarce() []int {
	order := make([]int, len(s.caps))
	for c := range order {
		order[c] = c
	}
	slices.SortStableFunc(order, func(a, b int) int { return s.caps[a].most - s.caps[b].most })
	return order
}
