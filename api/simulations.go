package api

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/simulate"
	"github.com/smena-wfm/smena/roster/staffing"
)

// WhatIf is how a simulation departs from the roster and its forecast.
type WhatIf struct {
	Runs     int         `json:"runs,omitempty" minimum:"2" maximum:"200" default:"100" doc:"Times to simulate the whole horizon."`
	Seed     uint64      `json:"seed,omitempty" default:"1"`
	Arrivals float64     `json:"arrivals,omitempty" exclusiveMinimum:"0" maximum:"100" default:"1" doc:"What if so many times as many chats came."`
	Blended  bool        `json:"blended,omitempty" doc:"What if operators answered every queue that they have the skill for, all the time, instead of one in each interval."`
	Without  []roster.ID `json:"without,omitempty" nullable:"false" doc:"What if these operators were away."`
}

// Certificate is a simulation of a roster beside what the models promise.
type Certificate struct {
	simulate.Certificate
	Promised []Promise `json:"promised" nullable:"false" doc:"What each queue's rostered operators promise by the chat model, for chats drawn alike."`
}

// Promise is the service level of one queue by the chat model.
type Promise struct {
	Queue        string  `json:"queue"`
	ServiceLevel float64 `json:"service_level"`
}

// drawing returns a function that draws arrivals of each queue of the team,
// so many times as many as the forecasts say.
func drawing(team roster.Team, forecasts map[string]forecast.Forecast, factor float64) func(*rand.Rand) [][]float64 {
	return func(random *rand.Rand) [][]float64 {
		var rows [][]float64
		for _, q := range team.Queues {
			row := forecasts[q.Name].Sample(random, 1)[0]
			for i := range row {
				row[i] *= factor
			}
			rows = append(rows, row)
		}
		return rows
	}
}

// Certify simulates the assignments of a problem for chats drawn from the
// forecasts, with the operators of the what-if left out. The context ends it.
func Certify(ctx context.Context, p roster.Problem, assignments []roster.Assignment, forecasts map[string]forecast.Forecast, w WhatIf, progress func(done int)) (Certificate, error) {
	gone := func(a roster.Assignment) bool { return slices.Contains(w.Without, a.Operator) }
	assignments = slices.DeleteFunc(slices.Clone(assignments), gone)
	p.Carried = slices.DeleteFunc(slices.Clone(p.Carried), gone)
	draw := drawing(p.Team, forecasts, w.Arrivals)
	certificate, err := simulate.Certify(ctx, p, assignments, simulate.Options{Runs: w.Runs, Seed: w.Seed, Blended: w.Blended, Draw: draw, Progress: progress})
	if err != nil {
		return Certificate{}, err
	}
	const enough = 20 // runs
	random := rand.New(rand.NewPCG(w.Seed, uint64(w.Runs)))
	var drawn [][][]float64
	for range min(enough, w.Runs) {
		drawn = append(drawn, draw(random))
	}
	c := Certificate{Certificate: certificate}
	promised, err := staffing.Promised(p.Team, roster.Cover(p, assignments), drawn)
	if err != nil {
		return Certificate{}, err
	}
	for k, level := range promised {
		c.Promised = append(c.Promised, Promise{p.Team.Queues[k].Name, level})
	}
	return c, nil
}

// forecastsOf returns the forecasts that the roster's demand was made of, by queue.
func forecastsOf(ctx context.Context, q store.Queries, r store.Roster) (map[string]forecast.Forecast, error) {
	d, err := q.Demand(ctx, r.Demand)
	if err != nil {
		return nil, err
	}
	f, err := q.Forecast(ctx, d.Forecast)
	return f.ByQueue(), err
}

// CertifyRoster simulates a draft for chats drawn from the forecast that its
// demand was made of.
func CertifyRoster(ctx context.Context, st *store.Store, id roster.ID, w WhatIf) (Certificate, error) {
	r, err := st.Roster(ctx, id)
	if err != nil {
		return Certificate{}, err
	}
	p, err := problemOf(ctx, st.Queries, r, time.Time{})
	if err != nil {
		return Certificate{}, err
	}
	forecasts, err := forecastsOf(ctx, st.Queries, r)
	if err != nil {
		return Certificate{}, err
	}
	for _, q := range p.Team.Queues {
		if forecasts[q.Name].Grid.N != p.Demand.Grid.N {
			return Certificate{}, fmt.Errorf("%w: queue %q has no forecast for the roster's horizon: expected the team as it was when the demand was made", ErrInput, q.Name)
		}
	}
	for _, gone := range w.Without {
		if _, known := p.Team.Operator(gone); !known {
			return Certificate{}, fmt.Errorf("without: operator %d of team %d: %w", gone, p.Team.ID, store.ErrNotFound)
		}
	}
	c, err := Certify(ctx, p, r.Assignments, forecasts, w, nil)
	if errors.Is(err, simulate.ErrOtherQueues) {
		err = fmt.Errorf("%w: %w", ErrInput, err)
	}
	return c, err
}

func (s *server) simulationRoutes() {
	route(s, "simulate-rosters", http.MethodPost, "/rosters/{roster}/simulations", "Simulate a roster chat by chat: its certificate, or a what-if", func(ctx context.Context, in *struct {
		RosterPath
		Body WhatIf
	}) (*body[Certificate], error) {
		c, err := CertifyRoster(ctx, s.st, in.Roster, in.Body)
		return &body[Certificate]{c}, err
	}, status(http.StatusOK))
}
