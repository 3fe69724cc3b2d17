package forecast

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Backtest forecasts so many days from each origin, from nothing but what
// ended by then, and measures the errors: WAPE, bias and pinball over all
// origins together, MASE and RMSSE as means over origins. Origins of which
// nothing came, or nothing was known, are left out; if all are, the error is
// ErrNoHistory.
func Backtest(m Model, s Series, origins []time.Time, days int) (Accuracy, error) {
	var sums errorSums
	var mase, rmsse float64
	used := 0
	for _, origin := range origins {
		history := s.Until(origin)
		end := calendars.DayOf(origin, s.Zone).AddDays(days).Start(s.Zone)
		f, err := m.Forecast(history, calendars.GridOver(history.Grid.End(), end, s.Grid.Step))
		var one errorSums
		if err == nil {
			one, err = compare(s, f)
		}
		if errors.Is(err, ErrNoHistory) {
			continue
		}
		if err != nil {
			return Accuracy{}, fmt.Errorf("backtest at %s: %w", origin.Format(time.RFC3339), err)
		}
		sums.add(one)
		a, r := one.scaled(history)
		mase, rmsse = mase+a, rmsse+r
		used++
	}
	if used == 0 {
		return Accuracy{}, fmt.Errorf("backtest of %s at %d origins: %w", m.Name(), len(origins), ErrNoHistory)
	}
	accuracy := sums.accuracy()
	accuracy.MASE, accuracy.RMSSE = mase/float64(used), rmsse/float64(used)
	return accuracy, nil
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
