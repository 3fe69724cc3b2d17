package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

type forecastCommand struct {
	columnFlags
	History   string        `help:"History of arrivals, CSV, gzipped or not." required:"" placeholder:"FILE"`
	At        string        `help:"Origin, from which on history is not seen: YYYY-MM-DD or YYYY-MM-DDTHH:MM in the zone. Within a day, the day so far tells how the rest will be. The day after the history if left out." placeholder:"TIME"`
	Weeks     int           `help:"Weeks to forecast." default:"4"`
	Interval  time.Duration `help:"Length of an interval: 15m, 30m or 60m." default:"60m"`
	Holidays  string        `help:"Holidays: a country such as BG, or a CSV file with date,name and perhaps kind (holiday, eve, working, closed)." placeholder:"COUNTRY|FILE"`
	Events    string        `help:"Events, CSV: name,start,end and perhaps queue,effect (0.6 for 60 %% more; learned from earlier ones of the name if left out)." placeholder:"FILE"`
	Absent    string        `help:"What a missing row means: gap (unknown) or zero (nothing came)." default:"gap" enum:"gap,zero"`
	Quantiles []float64     `help:"Quantiles to write, such as 0.1,0.5,0.9; all if left out." placeholder:"P,..."`
	Model     string        `help:"Model: blend, mean-8-weeks or last-week." default:"blend" enum:"last-week,mean-8-weeks,blend"`
	Out       string        `help:"File for the forecast; the screen if left out." placeholder:"FILE"`
	JSON      bool          `help:"Write JSON: also how wrong such forecasts were in the last four weeks, by distance ahead, what marks the days, and what of the history was not taken at its word."`
	SVG       string        `help:"File for a picture of history, forecast and its 80 %% band." placeholder:"FILE"`
}

// Help is the example of the verb.
func (forecastCommand) Help() string {
	return `Example:
  smena forecast --history calls.csv --zone Europe/Sofia --queue calls --holidays BG --weeks 4 --out forecast.csv --svg forecast.svg

The CSV has one row per interval of the clock: the hour that autumn repeats is
one row for both of its passes, as in the history. Each queue of the history is forecast
by itself; smena plan knows which of them the team file blends.`
}

// queueForecast is one queue's forecast as JSON.
type queueForecast struct {
	Queue     string                  `json:"queue"`
	Model     string                  `json:"model"`
	Origin    time.Time               `json:"origin"`
	Interval  calendars.Duration      `json:"interval"`
	Starts    []time.Time             `json:"starts"`
	Mean      []float64               `json:"mean"`
	Levels    []float64               `json:"levels"`
	Quantiles [][]float64             `json:"quantiles"`
	Ordinary  []float64               `json:"ordinary,omitempty"`
	Days      []forecast.DayNote      `json:"days"`
	Adjusted  []forecast.Adjustment   `json:"adjusted"`
	Backtest  forecast.Accuracy       `json:"backtest"`
	ByLead    []forecast.LeadAccuracy `json:"backtest_by_lead"`

	HandlingTimes []calendars.Duration `json:"handling_times,omitempty"` // average, per interval, if the history tells
	BotShares     []float64            `json:"bot_shares,omitempty"`

	known forecast.Series // what was seen
}

// Run forecasts every queue of the history.
func (c *forecastCommand) Run(a *app) error {
	if c.Weeks < 1 || c.Weeks > api.MaxWeeks {
		return fmt.Errorf("--weeks %d: expected 1 to %d", c.Weeks, api.MaxWeeks)
	}
	if c.Interval < 5*time.Minute || c.Interval > time.Hour || time.Hour%c.Interval != 0 {
		return fmt.Errorf("--interval %s: expected a part of an hour from 5m, such as 15m, 30m or 60m", c.Interval)
	}
	slices.Sort(c.Quantiles)
	for _, p := range c.Quantiles {
		if !(p > 0 && p < 1) {
			return fmt.Errorf("--quantiles %v: expected shares between 0 and 1", p)
		}
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
		one, err := c.queue(a, history, queue, zone)
		if err != nil {
			return err
		}
		all = append(all, one)
	}
	if err := c.write(a, all, zone); err != nil {
		return err
	}
	return c.draw(all, zone)
}

// queue forecasts one queue.
func (c *forecastCommand) queue(a *app, history forecast.History, queue string, zone calendars.Zone) (queueForecast, error) {
	series, err := history.Series(queue, zone, c.Interval)
	if err != nil {
		return queueForecast{}, err
	}
	if c.Absent == "zero" {
		series = series.ZeroGaps()
	}
	origin, end, err := c.horizon(series, zone)
	if err != nil {
		return queueForecast{}, err
	}
	outlook, err := c.outlook(a, queue, series.Grid.Start, end, zone)
	if err != nil {
		return queueForecast{}, err
	}
	known := series.Until(origin)
	model := c.model(outlook)
	f, err := model.Forecast(known, calendars.GridOver(origin, end, c.Interval))
	if err != nil {
		return queueForecast{}, fmt.Errorf("queue %q at %s: %w", queue, origin.In(zone.Location()).Format(time.RFC3339), err)
	}
	q := queueForecast{Queue: queue, Model: f.Model, Origin: f.Origin, Interval: calendars.Duration{Duration: c.Interval}, Mean: f.Mean, Levels: f.Levels, Quantiles: f.Quantiles,
		Ordinary: f.Ordinary, Days: f.Days, Adjusted: f.Adjusted, known: known}
	if len(c.Quantiles) > 0 {
		q.Levels, q.Quantiles = c.Quantiles, nil
		for _, p := range c.Quantiles {
			q.Quantiles = append(q.Quantiles, f.Quantile(p))
		}
	}
	for i := range f.Mean {
		q.Starts = append(q.Starts, f.Grid.At(i))
	}
	for _, d := range history.HandlingTimes(queue, zone, f.Grid) {
		q.HandlingTimes = append(q.HandlingTimes, calendars.Duration{Duration: d})
	}
	q.BotShares = history.BotShares(queue, zone, f.Grid)
	if c.JSON {
		q.Backtest, q.ByLead, err = forecast.BacktestByLead(model, known, known.Origins(4, 7), 7)
		if errors.Is(err, forecast.ErrNoHistory) {
			err = nil // a history too short to test on has none
		}
	}
	return q, err
}

// horizon returns the origin and the end of the last day.
func (c *forecastCommand) horizon(s forecast.Series, zone calendars.Zone) (origin, end time.Time, err error) {
	first := calendars.DayOf(s.Grid.End().Add(-1), zone).Next()
	origin = first.Start(zone)
	if day, clock, within := strings.Cut(c.At, "T"); c.At != "" {
		if first, err = calendars.ParseDay(day); err != nil {
			return origin, end, fmt.Errorf("--at: %w", err)
		}
		origin = first.Start(zone)
		if within {
			wall, err := calendars.ParseWallTime(clock)
			if err != nil {
				return origin, end, fmt.Errorf("--at: %w", err)
			}
			origin = first.At(wall, zone)
		}
	}
	if origin.Sub(s.Grid.Start)%c.Interval != 0 {
		return origin, end, fmt.Errorf("--at %s: expected the start of an interval of %s", c.At, c.Interval)
	}
	if latest := s.Grid.End().AddDate(0, 0, 7*api.MaxWeeks); origin.After(latest) {
		return origin, end, fmt.Errorf("--at %s: expected at most %d weeks after the history, which ends at %s", c.At, api.MaxWeeks, s.Grid.End().In(zone.Location()).Format(time.RFC3339))
	}
	return origin, first.AddDays(7 * c.Weeks).Start(zone), nil
}

// outlook reads what is known ahead.
func (c *forecastCommand) outlook(a *app, queue string, from, to time.Time, zone calendars.Zone) (o forecast.Outlook, err error) {
	first, last := calendars.DayOf(from, zone), calendars.DayOf(to, zone)
	switch {
	case c.Holidays == "":
	case len(c.Holidays) == len("BG"):
		if o.Holidays, err = api.Holidays(c.Holidays, first, last); err != nil {
			return o, fmt.Errorf("--holidays: %w", err)
		}
		if warning := api.HolidaysUnknown(c.Holidays, last); warning.English != "" {
			a.notes(english).note(plain, warning)
		}
	default:
		err = readFile("holidays", c.Holidays, func(r io.Reader) (err error) {
			o.Holidays, err = forecast.ReadHolidays(r)
			return err
		})
	}
	if err == nil && c.Events != "" {
		err = readFile("events", c.Events, func(r io.Reader) (err error) {
			o.Events, err = forecast.ReadEvents(r, queue, zone)
			return err
		})
	}
	return o, err
}

// readFile opens the file of a flag and says which one is at fault.
func readFile(flag, path string, read func(io.Reader) error) error {
	file, err := os.Open(path)
	if err != nil {
		return unreadable(flag, err)
	}
	defer file.Close()
	if err := read(file); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func (c *forecastCommand) model(o forecast.Outlook) forecast.Model {
	for _, m := range forecast.Models(o) {
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
		return writeTo("out", c.Out, b.Bytes())
	}
	_, err := a.stdout.Write(b.Bytes())
	return err
}

// draw makes the picture, of the first queue if there are several.
func (c *forecastCommand) draw(all []queueForecast, zone calendars.Zone) error {
	if c.SVG == "" {
		return nil
	}
	return writeTo("svg", c.SVG, drawForecast(all[0], zone))
}

// clockForm is a time on the clock, as histories without offsets write it.
const clockForm = "2006-01-02T15:04:05"

// forecastRows is the table of all queues: one row per interval of the zone's
// clock, and the instant at which it starts.
func forecastRows(all []queueForecast, zone calendars.Zone) [][]string {
	header := []string{"origin", "timestamp", "start", "queue", "mean"}
	for _, level := range all[0].Levels {
		header = append(header, "q"+number(level))
	}
	rows := [][]string{header}
	for _, q := range all {
		for _, r := range q.clockRows(zone) {
			row := []string{q.Origin.In(zone.Location()).Format(clockForm), r.clock, utc(r.start), q.Queue}
			for _, x := range r.values {
				row = append(row, rounded(x))
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// clockRow is the forecast of an interval of the clock: its mean, then its quantiles.
type clockRow struct {
	clock  string
	start  time.Time
	values []float64
}

// clockRows lists the intervals as clocks show them; both passes of one that
// autumn repeats are added up.
func (q queueForecast) clockRows(zone calendars.Zone) []clockRow {
	var rows []clockRow
	at := map[string]int{}
	for i, start := range q.Starts {
		values := []float64{q.Mean[i]}
		for k := range q.Levels {
			values = append(values, q.Quantiles[k][i])
		}
		clock := start.In(zone.Location()).Format(clockForm)
		if first, twice := at[clock]; twice {
			for k, x := range values {
				rows[first].values[k] += x
			}
			continue
		}
		at[clock] = len(rows)
		rows = append(rows, clockRow{clock, start, values})
	}
	return rows
}
