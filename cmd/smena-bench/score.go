package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

// score adds up errors over origins, as the independent scorer does.
type score struct {
	n, in80, in95           int
	arrivals, abs, diff     float64
	pinball, empiricalTotal float64
}

func (s score) wape() float64     { return s.abs / s.arrivals }
func (s score) bias() float64     { return s.diff / s.arrivals }
func (s score) cover80() float64  { return float64(s.in80) / float64(s.n) }
func (s score) cover95() float64  { return float64(s.in95) / float64(s.n) }
func (s score) quantile() float64 { return s.pinball / s.empiricalTotal }

// add compares a forecast with what came; history is what it was made from.
func (s *score) add(v volume, history forecast.Series, f forecast.Forecast) {
	for i, mean := range f.Mean {
		x, known := v.actual.At(v.actual.Grid.Index(f.Grid.At(i)))
		if !known {
			continue
		}
		s.n++
		s.arrivals += x
		s.abs += math.Abs(mean - x)
		s.diff += mean - x
		past := lastWeeks(history, f.Grid.At(i), 8)
		for k, p := range f.Levels {
			if p > 0.04 && p < 0.96 {
				s.pinball += pinball(p, f.Quantiles[k][i], x)
				s.empiricalTotal += pinball(p, quantileOf(past, p), x)
			}
		}
		s.in80 += between(f, i, x, 0.1, 0.9)
		s.in95 += between(f, i, x, 0.025, 0.975)
	}
}

func between(f forecast.Forecast, i int, x, low, high float64) int {
	a, okA := slices.BinarySearch(f.Levels, low)
	b, okB := slices.BinarySearch(f.Levels, high)
	if okA && okB && f.Quantiles[a][i] <= x && x <= f.Quantiles[b][i] {
		return 1
	}
	return 0
}

func pinball(p, quantile, x float64) float64 {
	return max(p*(x-quantile), (1-p)*(quantile-x))
}

// lastWeeks returns the same weekday and hour of the last weeks before the
// history ends, gaps skipped, ascending.
func lastWeeks(history forecast.Series, at time.Time, weeks int) []float64 {
	var past []float64
	for at = at.AddDate(0, 0, -7); len(past) < weeks && !at.Before(history.Grid.Start); at = at.AddDate(0, 0, -7) {
		if x, known := history.At(history.Grid.Index(at)); known {
			past = append(past, x)
		}
	}
	slices.Sort(past)
	return past
}

// quantileOf is linear between sorted values; 0 of none.
func quantileOf(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := p * float64(len(sorted)-1)
	i := min(int(at), len(sorted)-1)
	return sorted[i] + (at-float64(i))*(sorted[min(i+1, len(sorted)-1)]-sorted[i])
}

// roll forecasts so many days from each origin of the last weeks.
func roll(v volume, m forecast.Model, weeks, days int, see func(forecast.Series) forecast.Series) ([]forecast.Forecast, score, []time.Duration, error) {
	var all []forecast.Forecast
	var s score
	var took []time.Duration
	for _, origin := range v.actual.Origins(7*weeks/days, days) {
		history := v.history.Until(origin)
		start := time.Now()
		f, err := m.Forecast(see(history), calendars.GridOver(origin, origin.AddDate(0, 0, days), time.Hour))
		if err != nil {
			return nil, s, nil, fmt.Errorf("%s at %s: %w", v.name, origin.Format(time.DateOnly), err)
		}
		took = append(took, time.Since(start))
		all = append(all, f)
		s.add(v, history, f)
	}
	return all, s, took, nil
}

func all(s forecast.Series) forecast.Series { return s }

// writeProtocol writes forecasts in the scorer's format.
func writeProtocol(path string, forecasts []forecast.Forecast) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	fmt.Fprint(w, "origin,timestamp,mean")
	for _, p := range forecasts[0].Levels {
		fmt.Fprint(w, ",q", strconv.FormatFloat(p, 'f', -1, 64))
	}
	const clock = "2006-01-02T15:04:05"
	for _, f := range forecasts {
		for i, mean := range f.Mean {
			fmt.Fprintf(w, "\n%s,%s,%s", f.Origin.Format(clock), f.Grid.At(i).Format(clock), text(mean))
			for k := range f.Levels {
				fmt.Fprint(w, ",", text(f.Quantiles[k][i]))
			}
		}
	}
	fmt.Fprintln(w)
	if err := w.Flush(); err != nil {
		return err
	}
	return file.Close()
}
