package solve

import (
	"math"
	"slices"
)

// maxRows is how many rows one move takes out at most.
const maxRows = 4

// move takes a few rows out of a window of days, puts them back one after
// another by the row program, all but the last with noise, and keeps the
// outcome as annealing does at the given heat.
func (s *search) move(heat float64) {
	rows, from, to := s.neighbourhood()
	if len(rows) == 0 {
		return
	}
	before := s.cost
	old := make([][]int, len(rows))
	for i, r := range rows {
		old[i] = slices.Clone(r.chosen)
		s.takeOut(r, from, min(to, len(r.days)))
	}
	for i, r := range rows {
		noise := heat * math.Exp(4*s.rng.Float64()-3)
		if i == len(rows)-1 {
			noise = 0
		}
		s.insert(r, from, min(to, len(r.days)), noise)
	}
	if worse := float64(s.cost - before); worse > 0 && s.rng.Float64() >= math.Exp(-worse/heat) {
		for i, r := range rows {
			s.takeOut(r, from, min(to, len(r.days)))
			s.putBack(r, old[i])
		}
	}
}

// neighbourhood chooses rows and a window [from, to) of days, half of the
// time around an interval in which somebody is missing who could be found.
func (s *search) neighbourhood() (rows []*row, from, to int) {
	days := s.rows[0].days
	middle, first := s.rng.IntN(len(days)), s.anyRow()
	if s.rng.IntN(2) == 0 {
		if r, d, ok := s.needed(); ok {
			first, middle = r, d
		}
	}
	length := int(math.Exp(s.rng.Float64() * math.Log(1.5*float64(len(days)))))
	from = max(0, min(middle-length/2, len(days)-1))
	to = min(len(days), from+max(1, length))
	for range 1 + s.rng.IntN(maxRows) {
		if first != nil && first.group != nil && !slices.Contains(rows, first) {
			rows = append(rows, first)
		}
		first = s.anyRow()
	}
	return rows, from, to
}

func (s *search) anyRow() *row { return s.rows[s.rng.IntN(len(s.rows))] }

// needed looks, a few times at random, for an interval in which an operator is
// missing, and returns one who has the skill and the day in their row.
func (s *search) needed() (*row, int, bool) {
	for range 20 {
		g := s.groups[s.rng.IntN(len(s.groups))]
		t := s.rng.IntN(len(g.need) / g.subsets)
		helped := g.missing(t)
		if helped == 0 {
			continue
		}
		for range 20 {
			if r := s.anyRow(); r.group == g && r.mask&helped != 0 {
				return r, r.dayOf(t, len(g.need)/g.subsets), true
			}
		}
	}
	return nil, 0, false
}

// dayOf is about where interval t of n lies among the row's days.
func (r *row) dayOf(t, n int) int { return t * len(r.days) / n }
