package forecast

import (
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Model forecasts from a history that ends at the origin.
type Model interface {
	// Name is short, lower case and stable: it is stored with forecasts.
	Name() string
	// Forecast returns the arrivals of the horizon, which starts at or after
	// the end of the history and has the same step.
	Forecast(history Series, horizon calendars.Grid) (Forecast, error)
}

// Forecast is the expected arrivals of a horizon and how sure we are.
type Forecast struct {
	Grid   calendars.Grid
	Model  string
	Origin time.Time // end of the history that was seen
	// Mean has one value per interval of the horizon, a count.
	Mean []float64
	// Levels are the probabilities of the quantiles, ascending, 0..1.
	Levels []float64
	// Quantiles has one row per level and in it one count per interval; rows
	// never cross.
	Quantiles [][]float64
}
