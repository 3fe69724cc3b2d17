package forecast

import (
	"fmt"
	"math"
	"slices"

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
	Cover80   float64 `json:"cover80" doc:"Share of arrivals between the quantiles 0.1 and 0.9: 0.8 is right."`
	Cover95   float64 `json:"cover95" doc:"Share of arrivals between the quantiles 0.025 and 0.975."`
	Floor     float64 `json:"floor" doc:"WAPE of knowing the true mean of every interval, if arrivals were Poisson: what no forecaster beats for long."`
}

// LeadAccuracy is how wrong forecasts were so far ahead.
type LeadAccuracy struct {
	FromDay  int      `json:"from_day" doc:"First day ahead, from 1."`
	ToDay    int      `json:"to_day"`
	Accuracy Accuracy `json:"accuracy"`
}

// leadDays are the last days of the distances ahead that are reported apart.
var leadDays = [...]int{1, 7, 14, 28, 7 * 26}

// errorSums add up what the measures are made of.
type errorSums struct {
	n, pinballs             int
	arrivals, abs, sq, diff float64
	pinball, floor          float64
	in80, in95              int
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
	byLead, err := compareByLead(actual, f)
	for _, one := range byLead {
		sums.add(one)
	}
	return sums, err
}

// compareByLead does so for each class of leadDays.
func compareByLead(actual Series, f Forecast) (sums [len(leadDays)]errorSums, err error) {
	if actual.Grid.Step != f.Grid.Step {
		return sums, fmt.Errorf("arrivals in intervals of %s cannot be held against a forecast of %s", actual.Grid.Step, f.Grid.Step)
	}
	known := false
	for i := range f.Mean {
		if x, ok := actual.At(actual.Grid.Index(f.Grid.At(i))); ok {
			known = true
			sums[leadOf(i, f)].compare(f, i, x)
		}
	}
	if !known {
		return sums, fmt.Errorf("nothing is known of %s: %w", f.Grid.Span(), ErrNoHistory)
	}
	return sums, nil
}

// leadOf returns the class of an interval: how many times 24 hours after the
// start of the horizon it is.
func leadOf(i int, f Forecast) int {
	days := int(f.Grid.At(i).Sub(f.Grid.Start).Hours()/hoursPerDay) + 1
	for k, last := range leadDays {
		if days <= last {
			return k
		}
	}
	return len(leadDays) - 1
}

// compare adds interval i, of which x came.
func (s *errorSums) compare(f Forecast, i int, x float64) {
	mean := f.Mean[i]
	s.n++
	s.arrivals += x
	s.abs += math.Abs(mean - x)
	s.sq += (mean - x) * (mean - x)
	s.diff += mean - x
	s.floor += poissonDeviation(mean)
	for k, p := range f.Levels {
		if p >= 0.05 && p <= 0.95 {
			s.pinball += pinball(p, f.Quantiles[k][i], x)
			s.pinballs++
		}
	}
	s.in80 += within(f, i, x, 0.1, 0.9)
	s.in95 += within(f, i, x, 0.025, 0.975)
}

// within returns 1 if x lies between two quantiles of interval i, both of
// which must be levels of the forecast, else 0.
func within(f Forecast, i int, x, low, high float64) int {
	a, okA := slices.BinarySearch(f.Levels, low)
	b, okB := slices.BinarySearch(f.Levels, high)
	if okA && okB && f.Quantiles[a][i] <= x && x <= f.Quantiles[b][i] {
		return 1
	}
	return 0
}

// poissonDeviation is the mean absolute deviation of a Poisson count from its
// mean (Crow 1958): twice the mean times the probability of the count at its floor.
func poissonDeviation(mean float64) float64 {
	if mean <= 0 {
		return 0
	}
	k := math.Floor(mean)
	logGamma, _ := math.Lgamma(k + 1)
	return 2 * math.Exp(-mean+(k+1)*math.Log(mean)-logGamma)
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
	s.floor += o.floor
	s.in80 += o.in80
	s.in95 += o.in95
}

func (s errorSums) accuracy() Accuracy {
	return Accuracy{
		Intervals: s.n, WAPE: ratio(s.abs, s.arrivals), Bias: ratio(s.diff, s.arrivals),
		Pinball: ratio(s.pinball, float64(s.pinballs)), Floor: ratio(s.floor, s.arrivals),
		Cover80: ratio(float64(s.in80), float64(s.n)), Cover95: ratio(float64(s.in95), float64(s.n)),
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
	return ratio(s.abs/float64(s.n), abs/float64(n)), ratio(math.Sqrt(s.sq/float64(s.n)), math.Sqrt(sq/float64(n)))
}

// weekBefore returns the arrivals at the same wall time seven days earlier.
func (s Series) weekBefore(weekTimes weekTimes, i int) (float64, bool) {
	at := s.Grid.At(i)
	day := calendars.DayOf(at, s.Zone).AddDays(-7)
	return s.At(s.Grid.Index(day.At(weekTimes.of(at).wall, s.Zone)))
}

// ratio is a over b, and 0 where b is 0, to eleven digits: processors differ in
// the last of a sum.
func ratio(a, b float64) float64 {
	const digits = 1e11
	if b == 0 {
		return 0
	}
	return math.Round(a/b*digits) / digits
}
