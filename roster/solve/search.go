package solve

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// search is a roster under way.
type search struct {
	rows       []*row
	groups     []*group
	rng        *rand.Rand
	program    *program
	iterations int
	cost       int64 // of the present roster
	beyond     *beyond
	bestCost   int64
}

// construct gives every row that has a choice the best row against what is
// still missing, those with the fewest skills first: the others can fill in.
func (s *search) construct() {
	s.cost = s.total()
	order := slices.Clone(s.rows)
	slices.SortStableFunc(order, func(a, b *row) int { return count(a.mask) - count(b.mask) })
	for _, r := range order {
		begun := r.chosen // the start is on no cover yet, and may break a rule: it is only a wish
		r.chosen = slices.Repeat([]int{-1}, len(r.days))
		if slices.ContainsFunc(begun, func(o int) bool { return o >= 0 }) && s.legal(r, begun) {
			s.putBack(r, begun)
			continue
		}
		s.insert(r, 0, len(r.days), 0)
	}
}

// legal says whether the choice alone breaks no rule.
func (s *search) legal(r *row, choice []int) bool {
	empty := r.chosen
	r.chosen = choice
	_, _, ok := s.program.best(r, 0, 0)
	r.chosen = empty
	return ok && len(s.beyond.dropped(r, choice)) == 0
}

// total is the cost of the present cover and of hours left short.
func (s *search) total() (sum int64) {
	for _, g := range s.groups {
		for t := range len(g.need) / g.subsets {
			sum += g.cost(t, 0, 0)
		}
	}
	for _, r := range s.rows {
		sum += r.short
	}
	return sum + s.beyond.cost()
}

// takeOut takes the row's shifts of days [from, to) out of roster and cover.
// The row's hours left short are counted again when it is put back.
func (s *search) takeOut(r *row, from, to int) {
	var gone []int
	for d := from; d < to; d++ {
		if o := r.chosen[d]; o >= 0 {
			s.cost += r.show(&r.options[o], -1)
			r.chosen[d] = -1
			gone = append(gone, o)
		}
	}
	s.cost += s.beyond.change(r, gone, nil)
}

// putBack makes the choice the row's, adding to the cover what is not there yet.
func (s *search) putBack(r *row, choice []int) {
	var come []int
	for d, o := range choice {
		if o >= 0 && r.chosen[d] != o {
			s.cost += r.show(&r.options[o], 1)
			come = append(come, o)
		}
		r.chosen[d] = o
	}
	s.cost += s.beyond.change(r, nil, come)
	short := r.shortOf()
	s.cost += short - r.short
	r.short = short
}

// insert fills days [from, to) of the row, which must have been taken out, in
// the best way, with noise of the given mean on the worth of every shift.
func (s *search) insert(r *row, from, to int, noise float64) {
	s.program.worths = slices.Grow(s.program.worths[:0], len(r.options))[:len(r.options)]
	for d := from; d < to; d++ {
		for _, o := range r.days[d].options {
			s.program.worths[o] = r.worth(&r.options[o])
			if noise > 0 {
				s.program.worths[o] -= int64(noise * s.rng.ExpFloat64())
			}
		}
	}
	choice, _, ok := s.program.best(r, from, to)
	if !ok {
		choice = r.chosen
	}
	s.putBack(r, s.beyond.allowed(r, choice))
}

// improve searches in cycles of growing length, each of which cools from a
// lower temperature and starts from the best roster.
func (s *search) improve(ctx context.Context, o Options) {
	const firstCycle = 1000
	heat := startHeat
	for length := firstCycle; ; length *= 2 {
		if o.Iterations > 0 {
			length = min(length, o.Iterations-s.iterations)
		}
		if length <= 0 || !s.cycle(ctx, length, heat, o) {
			return
		}
		s.restoreBest()
		heat = max(heat/2, endHeat*4)
	}
}

// Temperatures in the unit of the score: at the start one missing
// operator-hour is accepted now and then, in the end a few minutes of surplus.
const (
	startHeat = 40_000.0
	endHeat   = 600.0
)

// cycle cools down over length moves; false means that the context has ended.
func (s *search) cycle(ctx context.Context, length int, heat float64, o Options) bool {
	for i := range length {
		if ctx.Err() != nil {
			return false
		}
		share := float64(i) / float64(length)
		s.move(heat * math.Pow(endHeat/heat, share))
		s.iterations++
		if s.cost < s.bestCost {
			s.keepBest()
			report(o, s.iterations, s)
		}
	}
	return true
}

// keepBest notes the present roster as the best.
func (s *search) keepBest() {
	s.bestCost = s.cost
	for _, r := range s.rows {
		r.best = append(r.best[:0], r.chosen...)
	}
}

// restoreBest goes back to the best roster.
func (s *search) restoreBest() {
	for _, r := range s.rows {
		s.takeOut(r, 0, len(r.days))
		s.putBack(r, r.best)
	}
	s.cost = s.bestCost
}

// assignments lists the best roster with its pinned assignments, sorted.
func (s *search) assignments() []roster.Assignment {
	all := []roster.Assignment{}
	for _, r := range s.rows {
		for _, o := range r.best {
			if o >= 0 {
				all = append(all, r.options[o].assignment)
			}
		}
		for i := range r.options {
			if r.options[i].pinned {
				all = append(all, r.options[i].assignment)
			}
		}
	}
	roster.Sort(all)
	return all
}
