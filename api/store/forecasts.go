package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// Forecast is a forecast of all queues of a team, as it was made once.
type Forecast struct {
	ID     roster.ID
	Team   roster.ID
	Origin time.Time // end of what was seen
	MadeAt time.Time
	Model  string
	Inputs string // hash of all that it was made from
	Grid   calendars.Grid
	Queues []QueueForecast
}

// QueueForecast is the forecast of one queue, and how wrong such forecasts
// have been lately.
type QueueForecast struct {
	Queue    string
	Forecast forecast.Forecast
	Accuracy forecast.Accuracy
	Leads    []forecast.LeadAccuracy
	// HandlingTimes and BotShares have one value per interval; nil if the
	// history does not tell them.
	HandlingTimes []time.Duration
	BotShares     []float64
	// Notes say what of its history counts otherwise than one may think.
	Notes []roster.Text
}

// ByQueue returns the forecasts by the names of their queues.
func (f Forecast) ByQueue() map[string]forecast.Forecast {
	all := map[string]forecast.Forecast{}
	for _, q := range f.Queues {
		all[q.Queue] = q.Forecast
	}
	return all
}

type forecastRow struct {
	bun.BaseModel `bun:"table:forecasts"`
	ID            int64 `bun:",pk,autoincrement"`
	TeamID        int64
	MadeAt        int64
	Origin        int64
	Model         string
	Inputs        string
	Body          string
}

// gridBody is a grid in a body.
type gridBody struct {
	Start time.Time
	Step  time.Duration
	N     int
}

func gridBodyOf(g calendars.Grid) gridBody { return gridBody{g.Start, g.Step, g.N} }
func (b gridBody) grid() calendars.Grid    { return calendars.Grid{Start: b.Start, Step: b.Step, N: b.N} }

// forecastBody is what a forecast's row keeps as JSON.
type forecastBody struct {
	Grid   gridBody
	Queues []queueBody
}

type queueBody struct {
	Queue        string
	Model        string
	Mean, Levels []float64
	Quantiles    [][]float64
	Ordinary     []float64
	Days         []forecast.DayNote
	Adjusted     []forecast.Adjustment
	Together     forecast.Together
	Accuracy     forecast.Accuracy
	Leads        []forecast.LeadAccuracy

	HandlingTimes []time.Duration `json:",omitempty"`
	BotShares     []float64       `json:",omitempty"`
	Notes         []roster.Text   `json:",omitempty"`
}

func queueBodyOf(q QueueForecast) queueBody {
	f := q.Forecast
	return queueBody{q.Queue, f.Model, f.Mean, f.Levels, f.Quantiles, f.Ordinary, f.Days, f.Adjusted, f.Together, q.Accuracy, q.Leads, q.HandlingTimes, q.BotShares, q.Notes}
}

func (b queueBody) forecast(grid calendars.Grid, origin time.Time) QueueForecast {
	return QueueForecast{Queue: b.Queue, Accuracy: b.Accuracy, Leads: b.Leads, HandlingTimes: b.HandlingTimes, BotShares: b.BotShares, Notes: b.Notes, Forecast: forecast.Forecast{
		Grid: grid, Model: b.Model, Origin: origin, Mean: b.Mean, Levels: b.Levels, Quantiles: b.Quantiles,
		Ordinary: b.Ordinary, Days: b.Days, Adjusted: b.Adjusted, Together: b.Together,
	}}
}

// SaveForecast stores a forecast for good and returns its id.
func (q Queries) SaveForecast(ctx context.Context, f Forecast) (roster.ID, error) {
	body := forecastBody{Grid: gridBodyOf(f.Grid)}
	for _, one := range f.Queues {
		body.Queues = append(body.Queues, queueBodyOf(one))
	}
	text, err := json.Marshal(body)
	if err != nil {
		return 0, fmt.Errorf("save forecast of team %d: %w", f.Team, err)
	}
	row := forecastRow{TeamID: int64(f.Team), MadeAt: f.MadeAt.Unix(), Origin: f.Origin.Unix(), Model: f.Model, Inputs: f.Inputs, Body: string(text)}
	if _, err := q.db.NewInsert().Model(&row).Exec(ctx); err != nil {
		return 0, fmt.Errorf("save forecast of team %d: %w", f.Team, err)
	}
	return roster.ID(row.ID), nil
}

// Forecast returns a forecast.
func (q Queries) Forecast(ctx context.Context, id roster.ID) (Forecast, error) {
	var row forecastRow
	if err := found(q.db.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx), "forecast", id); err != nil {
		return Forecast{}, err
	}
	f := row.summary()
	var body forecastBody
	if err := json.Unmarshal([]byte(row.Body), &body); err != nil {
		return f, fmt.Errorf("forecast %d as stored: %w", id, err)
	}
	f.Grid = body.Grid.grid()
	for _, one := range body.Queues {
		f.Queues = append(f.Queues, one.forecast(f.Grid, f.Origin))
	}
	return f, nil
}

func (r forecastRow) summary() Forecast {
	return Forecast{ID: roster.ID(r.ID), Team: roster.ID(r.TeamID), Origin: instant(r.Origin), MadeAt: instant(r.MadeAt), Model: r.Model, Inputs: r.Inputs}
}

// Forecasts lists the team's forecasts without their values, newest first.
func (q Queries) Forecasts(ctx context.Context, team roster.ID) ([]Forecast, error) {
	var rows []forecastRow
	err := q.db.NewSelect().Model(&rows).ExcludeColumn("body").Where("team_id = ?", team).Order("id DESC").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("forecasts of team %d: %w", team, err)
	}
	forecasts := []Forecast{}
	for _, row := range rows {
		forecasts = append(forecasts, row.summary())
	}
	return forecasts, nil
}
