package forecast

import (
	"math"
	"slices"
)

// weekMeans forecasts a place by the same places of the weeks before, recent
// ones counting more: their mean, or their median.
type weekMeans struct {
	title  string
	weeks  int     // at most so many
	half   float64 // half-life, weeks
	median bool
}

// name implements candidate.
func (c weekMeans) name() string { return c.title }

// paths implements candidate.
func (c weekMeans) paths(f *frame, origins []int, n int) [][]float64 {
	all := make([][]float64, len(origins))
	var values []float64
	for k, origin := range origins {
		week := make([]float64, min(n, f.week()))
		for i := range week {
			values = f.weeksBefore(origin+i, origin, c.weeks, values[:0])
			week[i] = c.middle(values)
		}
		all[k] = make([]float64, n)
		for i := range n {
			all[k][i] = week[i%f.week()] * f.factor[origin+i]
		}
	}
	return all
}

// weeksBefore appends the ordinary values of the same place of the week before
// origin, the latest first. Gaps are left out; if all are, the same places of
// the days before stand in.
func (f *frame) weeksBefore(at, origin, weeks int, values []float64) []float64 {
	values = f.before(at, origin, f.week(), weeks, values)
	if len(values) == 0 {
		values = f.before(at, origin, f.cols(), daysOfWeek, values)
	}
	if len(values) == 0 && origin > 0 {
		values = append(values, f.base[origin-1])
	}
	return values
}

// daysOfWeek is how many days stand in for a weekday without history.
const daysOfWeek = 7

// before appends known ordinary values of places before origin that lie whole
// steps before at.
func (f *frame) before(at, origin, step, most int, values []float64) []float64 {
	for at -= ((at-origin)/step + 1) * step; at >= 0 && len(values) < most; at -= step {
		if !math.IsNaN(f.y[at]) && f.factor[at] > weakest {
			values = append(values, f.base[at])
		}
	}
	return values
}

// middle returns the weighted mean or the median of values, the latest first.
func (c weekMeans) middle(values []float64) float64 {
	if c.median {
		slices.Sort(values)
		return (values[(len(values)-1)/2] + values[len(values)/2]) / 2
	}
	sum, weights, weight := 0.0, 0.0, 1.0
	decay := math.Exp2(-1 / c.half)
	for _, x := range values {
		sum += weight * x
		weights += weight
		weight *= decay
	}
	return sum / weights
}
