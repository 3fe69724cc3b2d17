package forecast

import (
	"iter"

	"github.com/smena-wfm/smena/calendars"
)

// Improving yields forecasts of one horizon, each better than the one before:
// the mean of eight weeks within milliseconds, then the blend. Who has no more
// time stops listening. An error ends it.
func Improving(o Outlook, history Series, horizon calendars.Grid) iter.Seq2[Forecast, error] {
	return func(yield func(Forecast, error) bool) {
		quick, err := blend{o}.simple(o.plain(history), horizon)
		if yield(quick, err) && err == nil {
			yield(Blend(o).Forecast(history, horizon))
		}
	}
}
