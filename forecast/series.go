// Package forecast estimates arrivals: it reads histories, keeps them as
// regular series in which missing is missing and not zero, forecasts them by
// interchangeable models, and measures how wrong each model has been. Its one
// idea is that a model is handed the history cut at its origin, so it cannot
// peek. It refuses to store, to fetch, or to know the present.
package forecast

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Series is the arrivals of one queue on a grid of intervals. An interval of
// which nothing is known is a gap.
type Series struct {
	Grid   calendars.Grid
	Zone   calendars.Zone // clock of the queue's customers: the clock that seasons follow
	values []float64      // NaN is a gap, and never leaves the type
}

// NewSeries returns a series of gaps.
func NewSeries(grid calendars.Grid, zone calendars.Zone) Series {
	values := make([]float64, grid.N)
	for i := range values {
		values[i] = math.NaN()
	}
	return Series{Grid: grid, Zone: zone, values: values}
}

// At returns the arrivals of interval i, and false if it is a gap or outside
// the series.
func (s Series) At(i int) (float64, bool) {
	if i < 0 || i >= len(s.values) || math.IsNaN(s.values[i]) {
		return 0, false
	}
	return s.values[i], true
}

// Set records the arrivals of interval i, a finite number not below zero.
func (s Series) Set(i int, arrivals float64) error {
	if math.IsNaN(arrivals) || math.IsInf(arrivals, 0) || arrivals < 0 {
		return fmt.Errorf("arrivals of %s: %v is not possible: expected a number from 0", s.Grid.At(i).Format(time.RFC3339), arrivals)
	}
	s.values[i] = arrivals
	return nil
}

// Until returns the part of the series that ended by t: what was known then.
func (s Series) Until(t time.Time) Series {
	s.Grid.N = min(max(0, s.Grid.Index(t)), s.Grid.N)
	s.values = slices.Clip(s.values[:s.Grid.N])
	return s
}
