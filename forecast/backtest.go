package forecast

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Backtest forecasts so many days from each origin, from nothing but what
// ended by then, and measures the errors: WAPE, bias, pinball and coverage over
// all origins together, MASE and RMSSE as means over origins. Origins of which
// nothing came, or nothing was known, are left out; if all are, the error is
// ErrNoHistory.
func Backtest(m Model, s Series, origins []time.Time, days int) (Accuracy, error) {
	all, _, err := BacktestByLead(m, s, origins, days)
	return all, err
}

// BacktestByLead is Backtest with the errors by distance ahead beside it: the
// first day, the rest of the first week, the second week, and so on.
func BacktestByLead(m Model, s Series, origins []time.Time, days int) (Accuracy, []LeadAccuracy, error) {
	var sums errorSums
	var leads [len(leadDays)]errorSums
	var mase, rmsse float64
	used := 0.0
	for _, origin := range origins {
		history := s.Until(origin)
		end := calendars.DayOf(origin, s.Zone).AddDays(days).Start(s.Zone)
		f, err := m.Forecast(history, calendars.GridOver(history.Grid.End(), end, s.Grid.Step))
		var byLead [len(leadDays)]errorSums
		if err == nil {
			byLead, err = compareByLead(s, f)
		}
		if errors.Is(err, ErrNoHistory) {
			continue
		}
		if err != nil {
			return Accuracy{}, nil, fmt.Errorf("backtest at %s: %w", origin.Format(time.RFC3339), err)
		}
		var one errorSums
		for k := range leads {
			leads[k].add(byLead[k])
			one.add(byLead[k])
		}
		sums.add(one)
		a, r := one.scaled(history)
		mase, rmsse = mase+a, rmsse+r
		used++
	}
	if used == 0 {
		return Accuracy{}, nil, fmt.Errorf("backtest of %s at %d origins: %w", m.Name(), len(origins), ErrNoHistory)
	}
	accuracy := sums.accuracy()
	accuracy.MASE, accuracy.RMSSE = ratio(mase, used), ratio(rmsse, used)
	return accuracy, leadAccuracies(leads), nil
}

// leadAccuracies lists the distances of which anything is known.
func leadAccuracies(sums [len(leadDays)]errorSums) []LeadAccuracy {
	var all []LeadAccuracy
	from := 1
	for k, s := range sums {
		if s.n > 0 {
			all = append(all, LeadAccuracy{from, leadDays[k], s.accuracy()})
		}
		from = leadDays[k] + 1
	}
	return all
}

// Origins returns n local midnights, so many days apart and ascending, of
// which the last lies that many days before the end of the series.
func (s Series) Origins(n, days int) []time.Time {
	var origins []time.Time
	day := calendars.DayOf(s.Grid.End().Add(-1), s.Zone).Next()
	for range n {
		day = day.AddDays(-days)
		origins = append(origins, day.Start(s.Zone))
	}
	slices.Reverse(origins)
	return origins
}
