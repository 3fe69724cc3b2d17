package solve

import (
	"math"
	"math/rand/v2"

	"github.com/smena-wfm/smena/roster"
)

// programs are what makes rows: a copy of the cover that says what shifts are
// worth, and the exact programs that choose among them.
type programs struct {
	*model
	rng    *rand.Rand
	fields []*field
	stints stints
	days   days
	weeks  weeks
	rough  rough
	paced  paced
	costs  []int32 // per option of the row under way
	sums   []float64
	own    []float64 // room for sums
	empty  []int32
}

func newPrograms(m *model, seed, stream uint64) programs {
	p := programs{model: m, rng: rand.New(rand.NewPCG(seed, stream))}
	p.stints.widest = widest
	p.weeks.coarse, p.rough.coarse = m.coarse, m.coarse
	p.days.states, p.days.shifts, p.days.coarse = newStateTable(), m.shifts, m.coarse
	for _, f := range m.fields {
		p.fields = append(p.fields, f.clone())
	}
	return p
}

// guess is how the worth of an option is guessed: the seen cost of what it
// would cover, the prices blended in as a share, and noise of a scale, fine.
type guess struct {
	blend, noise float64
	surely       bool // at the prices: nowhere can breaks save more than they are taken to
}

// appraise writes the costs of the options of days [w.from, w.to).
func (p *programs) appraise(r *row, w room, g guess) {
	if len(p.costs) < len(r.options) {
		p.costs = make([]int32, len(r.options))
	}
	first, last := r.days[w.from].first, r.days[w.to-1].last
	if first == last {
		return
	}
	zero := 0
	if r.field >= 0 {
		if paid := p.fields[r.field].paid; g.blend == 1 && paid != nil {
			p.sums, zero = paid[r.mask], 0
		} else {
			zero = p.sum(r, first, last, g.blend)
		}
	}
	unit := 1 / float64(int64(1)<<p.coarse)
	if r.whole && zero == 0 && g.blend == 1 && g.noise == 0 {
		share := float64(r.share) / roster.Whole
		if r.pauses {
			if p.tabled(r) && !g.surely {
				p.brief(r, first, last, share*unit, unit)
				return
			}
			p.weigh(r, first, last, g, zero, unit)
			return
		}
		costs := p.costs[first:last]
		for i, b := range r.briefs[first:last] {
			costs[i] = int32(math.Floor((float64(b.wish) + (p.sums[b.to]-p.sums[b.from])*share) * unit))
		}
		return
	}
	p.weigh(r, first, last, g, zero, unit)
}

// weigh writes the costs of options one by one.
func (p *programs) weigh(r *row, first, last int, g guess, zero int, unit float64) {
	noise := g.noise * unit
	for o := first; o < last; o++ {
		option := &r.options[o]
		s := &p.shifts[option.shift]
		cost := float64(option.wish)
		if r.field >= 0 && s.to > s.from {
			cost += p.covering(r, s, zero)
			if s.layout != nil {
				cost -= s.saves(r.share, p.sums, zero, g.surely) / roster.Whole
			}
		}
		for _, at := range s.slots {
			cost += p.fields[at.field].appraised(at.t, 1, g.blend)
		}
		cost *= unit
		if noise > 0 {
			cost += noise * gumbel[p.rng.Uint32()%uint32(len(gumbel))]
		}
		p.costs[o] = int32(math.Floor(cost))
	}
}

// sum adds up what a whole operator of the row costs over the intervals that
// the options reach, from the first of them, which it returns.
func (p *programs) sum(r *row, first, last int, blend float64) (zero int) {
	f := p.fields[r.field]
	zero, end := f.n, 0
	for o := first; o < last; o++ {
		s := &p.shifts[r.options[o].shift]
		zero, end = min(zero, s.from), max(end, s.to)
	}
	p.sums = append(p.own[:0], 0)
	total := 0.0
	for t := zero; t < end; t++ {
		total += f.appraised(t, r.mask, blend)
		p.sums = append(p.sums, total)
	}
	p.own = p.sums
	return zero
}

// covering is the cost of the shift's cover, from the sums.
func (p *programs) covering(r *row, s *shift, zero int) float64 {
	one := func(t int) float64 { return p.sums[t+1-zero] - p.sums[t-zero] }
	cost := (p.sums[s.to-zero] - p.sums[s.from-zero]) * float64(r.share)
	if s.head < s.step {
		cost -= one(s.from) * float64(r.share-s.units(s.from, r.share))
	}
	if last := s.to - 1; s.tail < s.step && last > s.from {
		cost -= one(last) * float64(r.share-s.units(last, r.share))
	}
	return cost / roster.Whole
}

// gumbel are draws of the Gumbel distribution at evenly spread chances: noise
// that makes the cheapest of several options a draw by their weight.
var gumbel = func() (all [4096]float64) {
	for i := range all {
		all[i] = -math.Log(-math.Log((float64(i) + 0.5) / float64(len(all))))
	}
	return all
}()

// fill returns the best options for days [from, to) of a row that is not of stints.
// What the rough program finds for all of a row is the best if it keeps all rules.
func (p *programs) fill(r *row, chosen []int32, from, to int) ([]int32, int64, bool) {
	if r.weekly != nil && r.weekly.rough != nil && from == 0 && to == len(r.days) {
		if choice, cost, ok := p.rough.best(r, p.costs); ok && r.weekly.keeps(r, choice) {
			return choice, cost, ok
		}
	}
	if r.weekly != nil {
		return p.weeks.best(r, chosen, from, to, p.costs)
	}
	return p.days.best(r, chosen, from, to, p.costs)
}
