package forecast

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// WeekdayMean returns the trade's default: an hour will be like the mean of
// the last weeks' hours of the same weekday and wall time.
func WeekdayMean(weeks int) Model { return weekdayMean{fmt.Sprintf("mean-%d-weeks", weeks), weeks} }

// SameHourLastWeek returns the seasonal naive model: an hour will be like the
// latest known hour of the same weekday and wall time.
func SameHourLastWeek() Model { return weekdayMean{"last-week", 1} }

// Models lists the models, the default last.
func Models(o Outlook) []Model {
	return []Model{SameHourLastWeek(), WeekdayMean(defaultWeeks), Blend(o)}
}

// defaultWeeks is how many weeks the trade averages.
const defaultWeeks = 8

// weekdayMean is the mean of the last weeks on the clock of the series, so
// that a week in which clocks change does not shift the season.
type weekdayMean struct {
	name  string
	weeks int
}

// Name implements Model.
func (m weekdayMean) Name() string { return m.name }

// Forecast implements Model. An hour whose weekday has no history is like the
// same wall time on any day, and failing that like the mean of everything.
func (m weekdayMean) Forecast(history Series, horizon calendars.Grid) (Forecast, error) {
	if horizon.Step != history.Grid.Step {
		return Forecast{}, fmt.Errorf("forecast by %s: the history is in intervals of %s, the horizon of %s", m.name, history.Grid.Step, horizon.Step)
	}
	overall, known := history.mean()
	if !known {
		return Forecast{}, fmt.Errorf("forecast by %s: %w", m.name, ErrNoHistory)
	}
	f := Forecast{Grid: horizon, Model: m.name, Origin: history.Grid.End(), Mean: make([]float64, horizon.N)}
	weekTimes := newWeekTimes(history)
	for i := range f.Mean {
		f.Mean[i] = overall
		if mean, ok := m.at(history, weekTimes, weekTimes.of(horizon.At(i)), history.Grid.N); ok {
			f.Mean[i] = mean
		}
	}
	f.Levels = slices.Clone(levels[:])
	f.Quantiles = quantiles(f.Mean, m.residuals(history, weekTimes))
	return f, nil
}

// at returns the mean of the last values at that place in the week before interval end.
func (m weekdayMean) at(s Series, weekTimes weekTimes, weekTime weekTime, end int) (float64, bool) {
	if mean, ok := m.last(s, weekTimes.week[weekTime], end); ok {
		return mean, true
	}
	return m.last(s, weekTimes.day[weekTime.wall], end)
}

// last returns the mean of the last known values, at most so many weeks of
// them, among the positions before end.
func (m weekdayMean) last(s Series, positions []int, end int) (float64, bool) {
	sum, n := 0.0, 0
	to, _ := slices.BinarySearch(positions, end)
	for i := to - 1; i >= 0 && n < m.weeks; i-- {
		if x, ok := s.At(positions[i]); ok {
			sum += x
			n++
		}
	}
	return sum / float64(max(1, n)), n > 0
}

// residuals returns how far the model was off in the last eight weeks, each
// interval forecast from the same weekdays before it, in units of the square
// root of the forecast plus one.
func (m weekdayMean) residuals(s Series, weekTimes weekTimes) []float64 {
	week := int(7 * (hoursPerDay * time.Hour) / s.Grid.Step)
	var all []float64
	for i := max(2*week, s.Grid.N-8*week); i < s.Grid.N; i++ {
		x, known := s.At(i)
		if !known {
			continue
		}
		if mean, ok := m.last(s, weekTimes.week[weekTimes.of(s.Grid.At(i))], i-week/2); ok {
			all = append(all, (x-mean)/math.Sqrt(mean+1))
		}
	}
	return all
}

// hoursPerDay is for lengths of history only, where an hour's shift does no harm.
const hoursPerDay = 24

// mean returns the mean of all known values.
func (s Series) mean() (float64, bool) {
	sum, n := 0.0, 0
	for i := range s.Grid.N {
		if x, ok := s.At(i); ok {
			sum += x
			n++
		}
	}
	return sum / float64(max(1, n)), n > 0
}
