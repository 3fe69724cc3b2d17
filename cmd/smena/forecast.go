package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

type forecastCommand struct {
	columnFlags
	History  string        `help:"History of arrivals, CSV." required:"" placeholder:"FILE"`
	At       string        `help:"Origin, YYYY-MM-DD in the zone: the first day forecast, from which on history is not seen. The day after the history if left out." placeholder:"DATE"`
	Weeks    int           `help:"Weeks to forecast." default:"4"`
	Interval time.Duration `help:"Length of an interval: 15m, 30m or 60m." default:"60m"`
	Model    string        `help:"Model: last-week or mean-8-weeks." default:"mean-8-weeks" enum:"last-week,mean-8-weeks"`
	Out      string        `help:"File for the forecast; the screen if left out." placeholder:"FILE"`
	JSON     bool          `help:"Write JSON, with the error on the four weeks before."`
}

// Help is the example of the verb.
func (forecastCommand) Help() string {
	return `Example:
  smena forecast --history calls.csv --zone Asia/Jerusalem --queue calls --weeks 4 --out forecast.csv`
}

// queueForecast is one queue's forecast as JSON.
type queueForecast struct {
	Queue     string             `json:"queue"`
	Model     string             `json:"model"`
	Origin    time.Time          `json:"origin"`
	Interval  calendars.Duration `json:"interval"`
	Starts    []time.Time        `json:"starts"`
	Mean      []float64          `json:"mean"`
	Levels    []float64          `json:"levels"`
	Quantiles [][]float64        `json:"quantiles"`
	Backtest  forecast.Accuracy  `json:"backtest"`
}

// Run forecasts every queue of the history.
func (c *forecastCommand) Run(a *app) error {
	if c.Weeks < 1 || c.Weeks > api.MaxWeeks {
		return fmt.Errorf("--weeks %d: expected 1 to %d", c.Weeks, api.MaxWeeks)
	}
	if c.Interval < 5*time.Minute || c.Interval > time.Hour || time.Hour%c.Interval != 0 {
		return fmt.Errorf("--interval %s: expected a part of an hour from 5m, such as 15m, 30m or 60m", c.Interval)
	}
	options, err := c.options()
	if err != nil {
		return err
	}
	history, report, err := readHistory(c.History, options)
	if err != nil {
		return err
	}
	noteTo(a, c.History, report)
	zone := calendars.Zone{}
	if options.Zone != nil {
		zone = *options.Zone
	}
	var all []queueForecast
	for _, queue := range history.Queues() {
		one, err := c.queue(history, queue, zone)
		if err != nil {
			return err
		}
		all = append(all, one)
	}
	return c.write(a, all, zone)
}

// queue forecasts one queue.
func (c *forecastCommand) queue(history forecast.History, queue string, zone calendars.Zone) (queueForecast, error) {
	series, err := history.Series(queue, zone, c.Interval)
	if err != nil {
		return queueForecast{}, err
	}
	first := calendars.DayOf(series.Grid.End().Add(-1), zone).Next()
	if c.At != "" {
		if first, err = calendars.ParseDay(c.At); err != nil {
			return queueForecast{}, fmt.Errorf("--at: %w", err)
		}
	}
	known := series.Until(first.Start(zone))
	model := c.model()
	f, err := model.Forecast(known, calendars.GridOver(first.Start(zone), first.AddDays(7*c.Weeks).Start(zone), c.Interval))
	if err != nil {
		return queueForecast{}, fmt.Errorf("queue %q at %s: %w", queue, first, err)
	}
	q := queueForecast{Queue: queue, Model: f.Model, Origin: f.Origin, Interval: calendars.Duration{Duration: c.Interval}, Mean: f.Mean, Levels: f.Levels, Quantiles: f.Quantiles}
	for i := range f.Mean {
		q.Starts = append(q.Starts, f.Grid.At(i))
	}
	if accuracy, err := forecast.Backtest(model, known, known.Origins(4, 7), 7); err == nil {
		q.Backtest = accuracy // a history too short to test on has none
	}
	return q, nil
}

func (c *forecastCommand) model() forecast.Model {
	for _, m := range forecast.Models() {
		if m.Name() == c.Model {
			return m
		}
	}
	panic("smena: a model that the flag allows is missing: " + c.Model)
}

// write writes the forecasts to the file or the screen.
func (c *forecastCommand) write(a *app, all []queueForecast, zone calendars.Zone) error {
	var b bytes.Buffer
	if c.JSON {
		if err := writeJSON(&b, all); err != nil {
			return err
		}
	} else if err := csv.NewWriter(&b).WriteAll(forecastRows(all, zone)); err != nil {
		return err
	}
	if c.Out != "" {
		return os.WriteFile(c.Out, b.Bytes(), 0o644)
	}
	_, err := a.stdout.Write(b.Bytes())
	return err
}

// forecastRows is the table of all queues, times on the zone's clock.
func forecastRows(all []queueForecast, zone calendars.Zone) [][]string {
	header := []string{"start", "local", "queue", "mean"}
	for _, level := range all[0].Levels {
		header = append(header, "q"+number(level))
	}
	rows := [][]string{header}
	for _, q := range all {
		for i, at := range q.Starts {
			row := []string{utc(at), at.In(zone.Location()).Format(time.RFC3339), q.Queue, rounded(q.Mean[i])}
			for k := range q.Levels {
				row = append(row, rounded(q.Quantiles[k][i]))
			}
			rows = append(rows, row)
		}
	}
	return rows
}
