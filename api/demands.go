package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

// MakeDemand turns a forecast into the operators required, and stores them.
func MakeDemand(ctx context.Context, st *store.Store, id roster.ID, now time.Time) (store.Demand, error) {
	f, err := st.Forecast(ctx, id)
	if err != nil {
		return store.Demand{}, err
	}
	team, _, err := st.Team(ctx, f.Team)
	if err != nil {
		return store.Demand{}, err
	}
	demand, err := staffing.Demand(team, f.Grid, f.ByQueue())
	if err != nil {
		return store.Demand{}, fmt.Errorf("%w: %w", ErrInput, err)
	}
	made := store.Demand{Team: f.Team, Forecast: id, MadeAt: now, Demand: demand}
	made.ID, err = st.SaveDemand(ctx, made)
	return made, err
}

// demandAnswer is a demand as JSON.
type demandAnswer struct {
	ID       roster.ID            `json:"id"`
	Team     roster.ID            `json:"team"`
	Forecast roster.ID            `json:"forecast"`
	MadeAt   time.Time            `json:"made_at"`
	Start    *time.Time           `json:"start,omitempty" doc:"Start of the first interval."`
	Interval *calendars.Duration  `json:"interval,omitempty"`
	Queues   []roster.QueueDemand `json:"queues,omitempty" nullable:"false"`
}

func answerDemand(d store.Demand) demandAnswer {
	a := demandAnswer{ID: d.ID, Team: d.Team, Forecast: d.Forecast, MadeAt: d.MadeAt, Queues: d.Demand.Queues}
	if len(d.Demand.Queues) > 0 {
		a.Start, a.Interval = &d.Demand.Grid.Start, &calendars.Duration{Duration: d.Demand.Grid.Step}
	}
	return a
}

func (s *server) demandRoutes() {
	route(s, "make-demands", http.MethodPost, "/teams/{team}/demands", "Turn a forecast into operators required", func(ctx context.Context, in *struct {
		TeamPath
		Body struct {
			Forecast roster.ID `json:"forecast"`
		}
	}) (*body[demandAnswer], error) {
		if f, err := s.st.Forecast(ctx, in.Body.Forecast); err != nil || f.Team != in.Team {
			return nil, ofTeam(err, "forecast", in.Body.Forecast, in.Team)
		}
		made, err := MakeDemand(ctx, s.st, in.Body.Forecast, s.now())
		return &body[demandAnswer]{answerDemand(made)}, err
	})
	route(s, "list-demands", http.MethodGet, "/teams/{team}/demands", "List the demands of a team", func(ctx context.Context, in *TeamPath) (*body[[]demandAnswer], error) {
		if _, _, err := s.st.Team(ctx, in.Team); err != nil {
			return nil, err
		}
		demands, err := s.st.Demands(ctx, in.Team)
		answers := []demandAnswer{}
		for _, d := range demands {
			answers = append(answers, answerDemand(d))
		}
		return &body[[]demandAnswer]{answers}, err
	})
	route(s, "read-impossible", http.MethodGet, "/demands/{demand}/impossible", "List what no roster can cover, and what would help", func(ctx context.Context, in *struct {
		Demand roster.ID `path:"demand"`
	}) (*body[[]roster.Impossibility], error) {
		d, err := s.st.Demand(ctx, in.Demand)
		if err != nil {
			return nil, err
		}
		p, err := problemOf(ctx, s.st.Queries, store.Roster{Team: d.Team, Demand: d.ID}, time.Time{})
		if err != nil {
			return nil, err
		}
		found := roster.Impossible(p)
		return &body[[]roster.Impossibility]{list(found)}, nil
	})
	route(s, "read-demands", http.MethodGet, "/demands/{demand}", "Read a demand", func(ctx context.Context, in *struct {
		Demand roster.ID `path:"demand"`
	}) (*body[demandAnswer], error) {
		d, err := s.st.Demand(ctx, in.Demand)
		return &body[demandAnswer]{answerDemand(d)}, err
	})
}

// ofTeam is the error of naming something that is not there, or another team's.
func ofTeam(err error, what string, id, team roster.ID) error {
	if err == nil {
		err = fmt.Errorf("%s %d of team %d: %w", what, id, team, store.ErrNotFound)
	}
	return err
}
