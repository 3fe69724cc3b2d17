package forecast

import (
	"math"
	"slices"
)

// lags is a regression of each place on places before it, in steps back and
// in days and weeks back, on a scale that calms the variance. It learns only
// what differs from half of a day ago and half of a week ago, where its ridge
// pulls it.
type lags struct {
	title string
	at    []lag
	ridge float64
	weeks float64 // half-life
	root  bool    // square roots rather than logarithms
}

// lag is a distance back.
type lag struct{ weeks, days, steps int }

// near and far are the distances that the variants use.
var (
	nearLags = []lag{{0, 0, 1}, {0, 0, 2}, {0, 1, -1}, {0, 1, 0}, {0, 1, 1}, {0, 1, 2}, {0, 2, -1}, {0, 2, 0}, {0, 2, 1}, {0, 2, 2}, {1, 0, 0}}
	weekLags = []lag{{0, 0, 1}, {0, 0, 2}, {0, 0, 3}, {0, 1, -1}, {0, 1, 0}, {0, 1, 1}, {0, 2, -1}, {0, 2, 0}, {0, 2, 1}, {0, 3, 0}, {0, 4, 0}, {0, 5, 0}, {0, 6, 0}, {1, 0, -1}, {1, 0, 0}, {1, 0, 1}}
	wideLags = []lag{{0, 0, 1}, {0, 0, 2}, {0, 0, 3}, {0, 0, 4}, {0, 1, -2}, {0, 1, -1}, {0, 1, 0}, {0, 1, 1}, {0, 1, 2}, {0, 2, -2}, {0, 2, -1}, {0, 2, 0}, {0, 2, 1}, {0, 2, 2}, {0, 3, -1}, {0, 3, 0}, {0, 3, 1}, {0, 4, 0}, {0, 5, 0}, {0, 6, 0}, {1, 0, -2}, {1, 0, -1}, {1, 0, 0}, {1, 0, 1}, {1, 0, 2}}
	dayLags  = []lag{{0, 1, 0}, {0, 2, 0}, {0, 3, 0}, {0, 4, 0}, {0, 5, 0}, {0, 6, 0}, {1, 0, 0}, {1, 1, 0}}
)

// name implements candidate.
func (c lags) name() string { return c.title }

// lessons is how many times the horizon the history must be long: to be right
// step by step takes more than to be right on average.
const lessons = 6

// longestLags is how many weeks of history the regression looks at.
const longestLags = 60

// paths implements candidate.
func (c lags) paths(f *frame, origins []int, n int) [][]float64 {
	back := c.back(f)
	longest := max(back[len(back)-1], f.week())
	scaled := make([]float64, len(f.base))
	for i, x := range f.base {
		scaled[i] = c.scale(x)
	}
	equations := newNormal(len(back), math.Exp2(-1/(c.weeks*float64(f.week()))))
	row := make([]float64, len(back))
	at := max(longest, len(scaled)-longestLags*f.week())
	all := make([][]float64, len(origins))
	for k, origin := range origins {
		for ; at < origin; at++ {
			outcome := differences(scaled, at, back, f, row)
			if !math.IsNaN(f.y[at]) {
				equations.add(row, outcome)
			}
		}
		all[k] = c.run(f, scaled, origin, n, back, longest, equations.solve(c.ridge))
	}
	return all
}

// back returns the lags in places, ascending, each once.
func (c lags) back(f *frame) []int {
	var back []int
	for _, l := range c.at {
		if places := l.weeks*f.week() + l.days*f.cols() + l.steps; places > 0 {
			back = append(back, places)
		}
	}
	slices.Sort(back)
	return slices.Compact(back)
}

// differences fills the row of a place: each lagged value less the halves of a
// day and a week ago. It returns the same of the place itself.
func differences(scaled []float64, at int, back []int, f *frame, row []float64) float64 {
	usual := (scaled[at-f.week()] + scaled[at-f.cols()]) / 2
	for i, l := range back {
		row[i] = scaled[at-l] - usual
	}
	return scaled[at] - usual
}

// run forecasts step by step, each from those before it.
func (c lags) run(f *frame, scaled []float64, origin, n int, back []int, longest int, coefficients []float64) []float64 {
	if origin < max(longest, lessons*n) {
		return nil
	}
	path := make([]float64, longest+n)
	copy(path, scaled[origin-longest:origin])
	low, high := slices.Min(scaled[origin-f.week():origin]), slices.Max(scaled[origin-f.week():origin])
	low, high = low-beyond*(high-low), high+beyond*(high-low)
	for i := longest; i < len(path); i++ {
		usual := (path[i-f.week()] + path[i-f.cols()]) / 2
		x := usual
		for k, l := range back {
			x += coefficients[k] * (path[i-l] - usual)
		}
		path[i] = min(max(low, x), high)
	}
	path = path[longest:]
	for i, x := range path {
		path[i] = c.unscale(x) * f.factor[origin+i]
	}
	return path
}

// small keeps logarithms of no arrivals away, and is too little to matter to many.
const small = 0.5

func (c lags) scale(x float64) float64 {
	if c.root {
		return math.Sqrt(x + small)
	}
	return math.Log(x + small)
}

func (c lags) unscale(x float64) float64 {
	if c.root {
		return max(0, x*max(x, 0)-small)
	}
	return max(0, math.Exp(x)-small)
}

// beyond is how far a path may leave the range of the last week, as a share of
// that range: an unstable regression must not run away.
const beyond = 0.15
