package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

type m4Command struct {
	Train string `help:"Training values, CSV: series_id,step,volume; gzipped or not." required:"" placeholder:"FILE"`
	Steps int    `help:"Steps to forecast." default:"48"`
	Out   string `help:"File for the forecasts: series_id,step,mean and the bounds of the 80 and 95 %% intervals." required:"" placeholder:"FILE"`
}

// Run forecasts every series and says how long it took.
func (c *m4Command) Run() error {
	if c.Steps < 1 || c.Steps > 10_000 {
		return fmt.Errorf("--steps %d: expected 1 to 10000", c.Steps)
	}
	return c.forecast()
}

func (c *m4Command) forecast() error {
	all, err := readM4(c.Train)
	if err != nil {
		return err
	}
	took, err := forecastM4(c.Out, all, c.Steps)
	if err != nil {
		return err
	}
	total := sum(took)
	fmt.Printf("%d series in %.2f s: %.0f a second on one core, 95 %% of them within %.1f ms\n",
		len(all), total.Seconds(), float64(len(all))/total.Seconds(), milliseconds(percentile(took, 0.95)))
	return nil
}

// forecastM4 writes the forecasts of all series to a file.
func forecastM4(path string, all []m4Series, steps int) ([]time.Duration, error) {
	file, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("--out: %w", err)
	}
	took, err := writeM4(file, all, steps)
	return took, errors.Join(err, file.Close())
}

// m4Series is one series of the competition: no times are known of it.
type m4Series struct {
	id     string
	values []float64
}

// readM4 reads a long table of series; steps must be 1, 2, 3...
func readM4(path string) ([]m4Series, error) {
	var all []m4Series
	number := map[string]int{}
	err := readTable(path, []string{"series_id", "step", "volume"}, func(line int, field []string) error {
		i, known := number[field[0]]
		if !known {
			i = len(all)
			number[field[0]] = i
			all = append(all, m4Series{id: field[0]})
		}
		x, err := strconv.ParseFloat(field[2], 64)
		if err != nil || !(x >= 0 && x < 1e15) {
			return fmt.Errorf("%s: line %d, volume %q: expected a number from 0", path, line, field[2])
		}
		all[i].values = append(all[i].values, x)
		if field[1] != strconv.Itoa(len(all[i].values)) {
			return fmt.Errorf("%s: line %d, step %q of series %s: expected %d", path, line, field[1], field[0], len(all[i].values))
		}
		return nil
	})
	return all, err
}

// history places the values on a clock, so that they end at midnight: which
// clock it was, nobody knows.
func (m m4Series) history() (forecast.Series, error) {
	end := calendars.Day{Year: 2024, Month: time.January, Dom: 1}.Start(calendars.Zone{})
	grid := calendars.Grid{Start: end.Add(-time.Duration(len(m.values)) * time.Hour), Step: time.Hour, N: len(m.values)}
	s := forecast.NewSeries(grid, calendars.Zone{})
	for i, x := range m.values {
		if err := s.Set(i, x); err != nil {
			return s, err
		}
	}
	return s, nil
}

// writeM4 forecasts each series and returns how long each took.
func writeM4(w io.Writer, all []m4Series, steps int) ([]time.Duration, error) {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"series_id", "step", "mean", "lo80", "hi80", "lo95", "hi95"}); err != nil {
		return nil, err
	}
	var took []time.Duration
	for _, m := range all {
		history, err := m.history()
		if err != nil {
			return nil, err
		}
		start := time.Now()
		f, err := forecast.Blend(forecast.Outlook{}).Forecast(history, calendars.Grid{Start: history.Grid.End(), Step: time.Hour, N: steps})
		if err != nil {
			return nil, fmt.Errorf("series %s: %w", m.id, err)
		}
		took = append(took, time.Since(start))
		lo80, hi80, lo95, hi95 := f.Quantile(0.1), f.Quantile(0.9), f.Quantile(0.025), f.Quantile(0.975)
		for i := range f.Mean {
			row := []string{m.id, strconv.Itoa(i + 1)}
			for _, x := range []float64{f.Mean[i], lo80[i], hi80[i], lo95[i], hi95[i]} {
				row = append(row, text(x))
			}
			if err := out.Write(row); err != nil {
				return nil, err
			}
		}
	}
	out.Flush()
	return took, out.Error()
}

// text is a number with as many digits as mean anything.
func text(x float64) string { return strconv.FormatFloat(x, 'f', 4, 64) }

func sum(all []time.Duration) (total time.Duration) {
	for _, d := range all {
		total += d
	}
	return total
}

// percentile returns the p-quantile of durations.
func percentile(all []time.Duration, p float64) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[int(p*float64(len(sorted)-1))]
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
