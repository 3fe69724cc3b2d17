package forecast

import (
	"math"
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

	// Ordinary is Mean as it would be on days that nothing marks; nil if the
	// model knows no such days.
	Ordinary []float64
	// Days says what marks days of the horizon, and by which factors.
	Days []DayNote
	// Adjusted lists what of the history was not taken at its word.
	Adjusted []Adjustment
	// Together is how much errors move together; it makes sampled days right.
	Together Together
}

// settled rounds a forecast or a measure to a millionth: processors differ in
// the last digits of a sum, and the same input is to give the same bytes.
func settled(x float64) float64 {
	const millionth = 1e6
	return math.Round(x*millionth) / millionth
}

// DayNote says what marks a day.
type DayNote struct {
	Day     calendars.Day `json:"day"`
	Effects []DayEffect   `json:"effects" nullable:"false"`
}

// DayEffect is one thing that marks a day.
type DayEffect struct {
	Name   string  `json:"name"`
	Factor float64 `json:"factor" doc:"Arrivals relative to a day without it."`
}
