package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// MaxWeeks is the longest horizon.
const MaxWeeks = 26

// MakeForecast forecasts every queue of the team for so many weeks from the
// first day, from nothing later than its start, and stores it with its error
// on the four weeks before. A queue without history is forecast.ErrNoHistory.
func MakeForecast(ctx context.Context, st *store.Store, id roster.ID, first calendars.Day, weeks int, now time.Time) (store.Forecast, error) {
	if weeks < 1 || weeks > MaxWeeks {
		return store.Forecast{}, fmt.Errorf("%w: %d weeks: expected 1 to %d", ErrInput, weeks, MaxWeeks)
	}
	team, _, err := st.Team(ctx, id)
	if err != nil {
		return store.Forecast{}, err
	}
	history, err := st.History(ctx, id)
	if err != nil {
		return store.Forecast{}, err
	}
	grid := team.Horizon(first, weeks)
	made := store.Forecast{Team: id, Origin: grid.Start, MadeAt: now, Grid: grid}
	if made.Inputs, err = inputs(team, history, grid); err != nil {
		return store.Forecast{}, err
	}
	for _, q := range team.Queues {
		one, _, err := Estimate(history, q, grid)
		if err != nil {
			return store.Forecast{}, fmt.Errorf("forecast of team %d: %w", id, err)
		}
		made.Model, one.Notes = one.Forecast.Model, StreamNotes(q, history, grid.Start)
		made.Queues = append(made.Queues, one)
	}
	made.ID, err = st.SaveForecast(ctx, made)
	return made, err
}

// inputs is a hash of all that a forecast is made from.
func inputs(team roster.Team, history forecast.History, grid calendars.Grid) (string, error) {
	sum := sha256.New()
	err := json.NewEncoder(sum).Encode([]any{forecast.Method, grid, grid.Step, grid.N, team.Queues, history.Step})
	for _, r := range history.Records {
		if r.Start.Before(grid.Start) {
			fmt.Fprintf(sum, "%q %d %v\n", r.Queue, r.Start.Unix(), r.Offered)
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), err
}

// Estimate forecasts one queue over the grid by the default model, streams that it
// blends as one, and finds how wrong that would have been in the four weeks before. It
// returns all arrivals that the history has of it, too. The error is ErrInput for a grid
// that begins years after the history ends.
func Estimate(history forecast.History, q roster.Queue, grid calendars.Grid) (store.QueueForecast, forecast.Series, error) {
	if err := reaches(history, q, grid); err != nil {
		return store.QueueForecast{}, forecast.Series{}, err
	}
	begun := "" // the last of its streams: what else there is before is not known of all
	if name, at := history.LastBegun(q.Blends); name != "" {
		begun = fmt.Sprintf(", whose stream %q begins at %s", name, at.Format(time.RFC3339))
	}
	history, err := history.Pooled(q.Name, q.Blends, q.Zone)
	if err != nil {
		return store.QueueForecast{}, forecast.Series{}, err
	}
	series, err := history.Series(q.Name, q.Zone, grid.Step)
	if err != nil {
		return store.QueueForecast{}, series, err
	}
	outlook, err := Outlook(q, series.Grid.Start, grid.End())
	if err != nil {
		return store.QueueForecast{}, series, err
	}
	known := outlook.OpenOnly(series.Until(grid.Start))
	model := forecast.Blend(outlook)
	f, err := model.Forecast(known, grid)
	if err != nil {
		return store.QueueForecast{}, series, fmt.Errorf("queue %q from %s%s: %w", q.Name, grid.Start.Format(time.RFC3339), begun, err)
	}
	accuracy, leads, err := forecast.BacktestByLead(model, known, known.Origins(4, 7), 7)
	if errors.Is(err, forecast.ErrNoHistory) {
		err = nil // too short to test on
	}
	return store.QueueForecast{
		Queue: q.Name, Forecast: f, Accuracy: accuracy, Leads: leads,
		HandlingTimes: history.HandlingTimes(q.Name, q.Zone, grid), BotShares: history.BotShares(q.Name, q.Zone, grid),
	}, series, err
}

// reaches refuses a grid that begins so long after the last record of any queue that the
// history says nothing of it: a year mistyped.
func reaches(history forecast.History, q roster.Queue, grid calendars.Grid) error {
	const farthest = 2 * 366 // days
	var last time.Time
	for _, r := range history.Records {
		if r.Start.After(last) {
			last = r.Start
		}
	}
	first, ends := calendars.DayOf(grid.Start, q.Zone), calendars.DayOf(last, q.Zone)
	if days := ends.DaysUntil(first); len(history.Records) > 0 && days > farthest {
		return fmt.Errorf("%w: queue %q: the first day, %s, is %d days after the history ends on %s: expected a day up to %s", ErrInput, q.Name, first, days, ends, ends.AddDays(farthest))
	}
	return nil
}

// forecastAnswer is a forecast as JSON.
type forecastAnswer struct {
	ID       roster.ID           `json:"id"`
	Team     roster.ID           `json:"team"`
	Origin   time.Time           `json:"origin" doc:"Nothing later was seen."`
	MadeAt   time.Time           `json:"made_at"`
	Model    string              `json:"model"`
	Inputs   string              `json:"inputs" doc:"SHA-256 of the history, the team and the version of the program that it was made from: equal inputs give equal forecasts."`
	Start    *time.Time          `json:"start,omitempty" doc:"Start of the first interval."`
	Interval *calendars.Duration `json:"interval,omitempty"`
	Queues   []queueAnswer       `json:"queues,omitempty" nullable:"false"`
}

type queueAnswer struct {
	Queue     string            `json:"queue"`
	Mean      []float64         `json:"mean" nullable:"false" doc:"Arrivals per interval."`
	Levels    []float64         `json:"levels" nullable:"false" doc:"Probabilities of the quantiles."`
	Quantiles [][]float64       `json:"quantiles" nullable:"false" doc:"One row per level, one count per interval."`
	Accuracy  forecast.Accuracy `json:"accuracy" doc:"Of such forecasts, one week long, from the four weeks before."`

	Leads    []forecast.LeadAccuracy `json:"accuracy_by_lead" nullable:"false" doc:"The same by distance ahead."`
	Ordinary []float64               `json:"ordinary" nullable:"false" doc:"Mean as on days that nothing marks."`
	Days     []forecast.DayNote      `json:"days" nullable:"false" doc:"What marks days of the horizon, and by which factors: holidays, events, days of the month."`
	Adjusted []forecast.Adjustment   `json:"adjusted" nullable:"false" doc:"What of the history was not taken at its word."`

	HandlingSeconds []float64 `json:"handling_seconds" nullable:"false" doc:"Average handling time per interval, a forecast of its own; empty if the history does not tell."`
	BotShares       []float64 `json:"bot_shares" nullable:"false" doc:"Share of the arrivals that the chat bot resolves, likewise."`

	Notes []roster.Text `json:"notes" nullable:"false" doc:"What of the history counts otherwise than one may think, for a queue that blends streams: one that seems to have ended, chats of the queue's own name that are added, history of some that is left out."`
}

func answerForecast(f store.Forecast) forecastAnswer {
	a := forecastAnswer{ID: f.ID, Team: f.Team, Origin: f.Origin, MadeAt: f.MadeAt, Model: f.Model, Inputs: f.Inputs}
	if len(f.Queues) > 0 {
		a.Start, a.Interval = &f.Grid.Start, &calendars.Duration{Duration: f.Grid.Step}
	}
	for _, q := range f.Queues {
		f := q.Forecast
		a.Queues = append(a.Queues, queueAnswer{q.Queue, f.Mean, f.Levels, f.Quantiles, q.Accuracy, list(q.Leads), list(f.Ordinary), list(f.Days), list(f.Adjusted), seconds(q.HandlingTimes), list(q.BotShares), list(q.Notes)})
	}
	return a
}

// seconds is durations as a JSON list of seconds.
func seconds(durations []time.Duration) []float64 {
	all := []float64{}
	for _, d := range durations {
		all = append(all, d.Seconds())
	}
	return all
}

// list is the values as a JSON list, which is never null.
func list[T any](values []T) []T { return append([]T{}, values...) }

type forecastRequest struct {
	TeamPath
	Body struct {
		First calendars.Day `json:"first" doc:"First day, on the team's clock."`
		Weeks int           `json:"weeks" minimum:"1" maximum:"26"`
	}
}

func (s *server) forecastRoutes() {
	route(s, "make-forecasts", http.MethodPost, "/teams/{team}/forecasts", "Forecast the arrivals of all queues", func(ctx context.Context, in *forecastRequest) (*body[forecastAnswer], error) {
		made, err := MakeForecast(ctx, s.st, in.Team, in.Body.First, in.Body.Weeks, s.now())
		return &body[forecastAnswer]{answerForecast(made)}, err
	})
	route(s, "list-forecasts", http.MethodGet, "/teams/{team}/forecasts", "List the forecasts of a team", func(ctx context.Context, in *TeamPath) (*body[[]forecastAnswer], error) {
		if _, _, err := s.st.Team(ctx, in.Team); err != nil {
			return nil, err
		}
		forecasts, err := s.st.Forecasts(ctx, in.Team)
		answers := []forecastAnswer{}
		for _, f := range forecasts {
			answers = append(answers, answerForecast(f))
		}
		return &body[[]forecastAnswer]{answers}, err
	})
	route(s, "read-forecasts", http.MethodGet, "/forecasts/{forecast}", "Read a forecast", func(ctx context.Context, in *struct {
		Forecast roster.ID `path:"forecast"`
	}) (*body[forecastAnswer], error) {
		f, err := s.st.Forecast(ctx, in.Forecast)
		return &body[forecastAnswer]{answerForecast(f)}, err
	})
}
