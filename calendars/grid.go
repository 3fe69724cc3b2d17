package calendars

import "time"

// Grid is a row of N equal planning intervals that touch, the first of which
// begins at Start (UTC). Steps are real time: a day on which clocks change
// simply has more or fewer of them.
type Grid struct {
	Start time.Time     `json:"start"`
	Step  time.Duration `json:"-"`
	N     int           `json:"-"`
}

// GridOver returns the grid of whole steps that covers [start, end).
func GridOver(start, end time.Time, step time.Duration) Grid {
	n := (end.Sub(start) + step - 1) / step
	return Grid{Start: start.UTC(), Step: step, N: int(max(0, n))}
}

// At returns the start of interval i; At(N) is the end of the grid.
func (g Grid) At(i int) time.Time { return g.Start.Add(time.Duration(i) * g.Step) }

// End returns the first instant after the grid.
func (g Grid) End() time.Time { return g.At(g.N) }

// Interval returns interval i.
func (g Grid) Interval(i int) Interval { return Interval{g.At(i), g.At(i + 1)} }

// Span returns the whole grid as one interval.
func (g Grid) Span() Interval { return Interval{g.Start, g.End()} }

// Index returns the interval that holds t; it is negative before the grid and
// at least N after it.
func (g Grid) Index(t time.Time) int {
	d := t.Sub(g.Start)
	if d < 0 {
		return int((d+1)/g.Step) - 1
	}
	return int(d / g.Step)
}

// Range returns the half-open range of intervals that i touches, cut to the grid.
func (g Grid) Range(i Interval) (from, to int) {
	from = min(max(0, g.Index(i.Start)), g.N)
	to = min(max(0, g.Index(i.End.Add(-1))+1), g.N)
	return from, max(from, to)
}
