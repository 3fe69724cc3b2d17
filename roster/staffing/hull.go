package staffing

import (
	"cmp"
	"math"
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// Weights that operators can have: at most what the first half of a requirement
// costs that is not weighed, and at least half of what its rest does; and in
// between so few that a manager can tell them apart, and the solver stays fast.
const (
	dearest = roster.UnderstaffingWeight + roster.CoreWeight
	least   = roster.UnderstaffingWeight / 2
	grain   = 5
)

// run is steps on end that rise alike.
type run struct {
	rise  float64
	steps int
}

// hull returns by how much the least concave curve above a curve rises at each
// step: less and less, and as much in all.
func hull(curve []float64) (rises []float64) {
	var runs []run
	for k := 1; k < len(curve); k++ {
		next := run{curve[k] - curve[k-1], 1}
		for n := len(runs) - 1; n >= 0 && runs[n].rise <= next.rise; n-- { // joined with what rises less before it
			steps := runs[n].steps + next.steps
			next = run{(runs[n].rise*float64(runs[n].steps) + next.rise*float64(next.steps)) / float64(steps), steps}
			runs = runs[:n]
		}
		runs = append(runs, next)
	}
	for _, r := range runs {
		rises = append(rises, slices.Repeat([]float64{r.rise}, r.steps)...)
	}
	return rises
}

// weigh returns the weights of a requirement, falling, of which all operators
// but the first add so much: in proportion to it within the bounds, and in sum
// what halves make. Whatever adds nothing shares what the bounds leave over.
func weigh(rises []float64, required int) []int64 {
	if required == 0 {
		return nil
	}
	const nothing, rounding = 1e-6, 1e-6 // of a service level; ties go up
	total := float64(roster.UnderstaffingWeight*required + roster.CoreWeight*((required+1)/2))
	weight := func(rise, factor float64) float64 { return min(dearest, max(least, factor*(rise+nothing))) }
	sum := func(factor float64) float64 {
		sum := float64(dearest)
		for _, rise := range rises {
			sum += weight(rise, factor)
		}
		return sum
	}
	low, high := 0.0, dearest/nothing // all are the dearest
	for range 60 {                    // halvings
		if middle := (low + high) / 2; sum(middle) < total {
			low = middle
		} else {
			high = middle
		}
	}
	weights, sofar, given := []int64{dearest}, float64(dearest), int64(dearest)
	for _, rise := range rises { // rounded so that the sum stays
		sofar += weight(rise, high)
		up := grain * int64(math.Round(sofar/grain+rounding))
		weights, given = append(weights, up-given), up
	}
	slices.SortFunc(weights, func(a, b int64) int { return cmp.Compare(b, a) })
	return weights
}
