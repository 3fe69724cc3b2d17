package forecast

import (
	"fmt"
	"math"

	"github.com/smena-wfm/smena/calendars"
)

// Accuracy is how wrong forecasts were. Measures that cannot be computed, as
// those scaled by a history shorter than two weeks, are zero.
type Accuracy struct {
	Intervals int     `json:"intervals" doc:"Intervals compared: those with known arrivals."`
	WAPE      float64 `json:"wape" doc:"Sum of absolute errors over the sum of arrivals."`
	MASE      float64 `json:"mase" doc:"Mean absolute error over that of repeating the last week, within the history (Hyndman and Koehler 2006)."`
	RMSSE     float64 `json:"rmsse" doc:"The same with squares, then the root."`
	Bias      float64 `json:"bias" doc:"Sum of errors over the sum of arrivals: above zero is too high."`
	Pinball   float64 `json:"pinball" doc:"Mean pinball loss over the quantiles from 0.05 to 0.95."`
}

// errorSums add up what the measures are made of.
type errorSums struct {
	n, pinballs             int
	arrivals, abs, sq, diff float64
	pinball                 float64
}

// Measure compares a forecast with the arrivals that came. The history is what
// the forecast was made from; it scales MASE and RMSSE.
func Measure(actual, history Series, f Forecast) (Accuracy, error) {
	sums, err := compare(actual, f)
	if err != nil {
		return Accuracy{}, err
	}
	a := sums.accuracy()
	a.MASE, a.RMSSE = sums.scaled(history)
	return a, nil
}

// compare adds up the errors over the intervals of which both sides know.
func compare(actual Series, f Forecast) (errorSums, error) {
	var sums errorSums
	if actual.Grid.Step != f.Grid.Step {
		return sums, fmt.Errorf("arrivals in intervals of %s cannot be held against a forecast of %s", actual.Grid.Step, f.Grid.Step)
	}
	for i, mean := range f.Mean {
		x, known := actual.At(actual.Grid.Index(f.Grid.At(i)))
		if !known {
			continue
		}
		sums.n++
		sums.arrivals += x
		sums.abs += math.Abs(mean - x)
		sums.sq += (mean - x) * (mean - x)
		sums.diff += mean - x
		for k, p := range f.Levels {
			if p >= 0.05 && p <= 0.95 {
				sums.pinball += pinball(p, f.Quantiles[k][i], x)
				sums.pinballs++
			}
		}
	}
	if sums.n == 0 {
		return sums, fmt.Errorf("nothing is known of %s: %w", f.Grid.Span(), ErrNoHistory)
	}
	return sums, nil
}

// pinball is the loss of a quantile (Koenker and Bassett 1978).
func pinball(p, quantile, x float64) float64 {
	if x >= quantile {
		return p * (x - quantile)
	}
	return (1 - p) * (quantile - x)
}

func (s *errorSums) add(o errorSums) {
	s.n += o.n
	s.pinballs += o.pinballs
	s.arrivals += o.arrivals
	s.abs += o.abs
	s.sq += o.sq
	s.diff += o.diff
	s.pinball += o.pinball
}

func (s errorSums) accuracy() Accuracy {
	return Accuracy{
		Intervals: s.n, WAPE: ratio(s.abs, s.arrivals), Bias: ratio(s.diff, s.arrivals),
		Pinball: ratio(s.pinball, float64(s.pinballs)),
	}
}

// scaled returns MASE and RMSSE.
func (s errorSums) scaled(history Series) (mase, rmsse float64) {
	abs, sq, n := 0.0, 0.0, 0
	weekTimes := newWeekTimes(history)
	for i := range history.Grid.N {
		x, known := history.At(i)
		if !known {
			continue
		}
		if before, ok := history.weekBefore(weekTimes, i); ok {
			abs += math.Abs(x - before)
			sq += (x - before) * (x - before)
			n++
		}
	}
	if n == 0 {
		return 0, 0
	}
	return ratio(s.abs/float64(s.n), abs/float64(n)), math.Sqrt(ratio(s.sq/float64(s.n), sq/float64(n)))
}

// weekBefore returns the arrivals at the same wall time seven days earlier.
func (s Series) weekBefore(weekTimes weekTimes, i int) (float64, bool) {
	at := s.Grid.At(i)
	day := calendars.DayOf(at, s.Zone).AddDays(-7)
	return s.At(s.Grid.Index(day.At(weekTimes.of(at).wall, s.Zone)))
}

// ratio is a over b, and 0 where b is 0.
func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
