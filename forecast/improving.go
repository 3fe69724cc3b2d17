package forecast

import (
	"iter"
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// Improving yields forecasts of one horizon, each better than the one before:
// the mean of eight weeks within milliseconds, then the blend. Who has no more
// time stops listening. An error ends it.
func Improving(o Outlook, history Series, horizon calendars.Grid) iter.Seq2[Forecast, error] {
	return func(yield func(Forecast, error) bool) {
		for _, m := range []Model{WeekdayMean(defaultWeeks), Blend(o)} {
			f, err := m.Forecast(history, horizon)
			if err == nil && m.Name() != (blend{}).Name() {
				f.Ordinary = slices.Clone(f.Mean)
				o.apply(&f, history.Zone)
			}
			if !yield(f, err) || err != nil {
				return
			}
		}
	}
}
