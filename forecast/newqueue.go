package forecast

import (
	"fmt"
	"math"

	"github.com/smena-wfm/smena/calendars"
)

// Borrowed returns a model for a queue without a history worth the name: the
// pattern of another queue, at the level of so many arrivals a week that the
// manager expects. What the queue has seen itself moves the level as it comes
// in (a Gamma prior for a Poisson rate), the more the surer.
func Borrowed(like Series, weekly float64, o Outlook) (Model, error) {
	if !(weekly > 0 && weekly <= mostArrivals) {
		return nil, fmt.Errorf("level of a new queue: %v arrivals a week are not possible: expected a number above 0", weekly)
	}
	return borrowed{like, weekly, o}, nil
}

type borrowed struct {
	like    Series
	weekly  float64
	outlook Outlook
}

// guess is how sure a manager's estimate is: as sure as having seen so many
// times the arrivals that four would tell (half of it is one standard deviation).
const guess = 4

// Name implements Model.
func (borrowed) Name() string { return "borrowed" }

// Forecast implements Model. The history is the queue's own, perhaps empty.
func (b borrowed) Forecast(history Series, horizon calendars.Grid) (Forecast, error) {
	f, err := Blend(b.outlook).Forecast(b.like, horizon)
	if err != nil {
		return f, fmt.Errorf("forecast by %s from another queue: %w", b.Name(), err)
	}
	pattern, err := WeekdayMean(defaultWeeks).Forecast(b.like, weekOf(b.like))
	if err != nil {
		return f, fmt.Errorf("forecast by %s from another queue: %w", b.Name(), err)
	}
	week := 0.0
	for _, x := range pattern.Mean {
		week += x
	}
	if week == 0 {
		return f, fmt.Errorf("forecast by %s: the other queue has no arrivals: %w", b.Name(), ErrNoHistory)
	}
	scale := b.weekly / week
	came, expected := b.own(history, scale)
	sure := guess + came
	scale *= sure / (guess + expected)
	f.Model, f.Origin, f.Adjusted = b.Name(), history.Grid.End(), nil
	f.scale(scale, 1/math.Sqrt(sure))
	return f, nil
}

// weekOf is the week after a series.
func weekOf(s Series) calendars.Grid {
	return calendars.GridOver(s.Grid.End(), s.Grid.End().AddDate(0, 0, 7), s.Grid.Step)
}

// own sums what the queue has seen itself, and what the pattern of the other
// would have had it see.
func (b borrowed) own(history Series, scale float64) (came, expected float64) {
	pattern := weekdayMean{"", defaultWeeks}
	places := newWeekTimes(b.like)
	for i := range history.Grid.N {
		x, known := history.At(i)
		usual, ok := pattern.at(b.like, places, places.of(history.Grid.At(i)), b.like.Grid.N)
		if known && ok {
			came += x
			expected += scale * usual
		}
	}
	return came, expected
}

// scale multiplies a forecast whose level is only known to a relative standard
// deviation: quantiles move out by it, and no less than counts stray.
func (f *Forecast) scale(factor, deviation float64) {
	for i := range f.Mean {
		f.Mean[i] *= factor
		if f.Ordinary != nil {
			f.Ordinary[i] *= factor
		}
		mean := f.Mean[i]
		for k, p := range f.Levels {
			width := math.Sqrt2 * math.Erfinv(2*p-1)
			away := f.Quantiles[k][i]*factor - mean
			counting := width * math.Sqrt(mean)
			if math.Abs(away) < math.Abs(counting) {
				away = counting
			}
			f.Quantiles[k][i] = max(0, mean+math.Copysign(math.Hypot(away, width*deviation*mean), width))
			if k > 0 {
				f.Quantiles[k][i] = max(f.Quantiles[k][i], f.Quantiles[k-1][i])
			}
		}
	}
	f.Together.Horizon = min(0.95, f.Together.Horizon+deviation)
	f.Together.Day = min(f.Together.Day, 0.95-f.Together.Horizon)
}
