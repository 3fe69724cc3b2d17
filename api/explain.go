package api

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"time"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/remedy"
	"github.com/smena-wfm/smena/roster/staffing"
)

// Explanation says why hours of a draft stay uncovered and what would end that,
// and which of its pinned assignments contradict.
type Explanation struct {
	Shortages []remedy.Shortage `json:"shortages" nullable:"false" doc:"The greatest first."`
	Conflicts []roster.Conflict `json:"conflicts" nullable:"false" doc:"Pinned assignments that no legal roster holds together."`
}

// ExplainRoster explains the greatest shortages of a draft, at most so many.
// Each way out is tried by solving the changed problem; the last one says what
// service level it is to accept the shortage, by the forecast that the demand was
// made of. Now is what notice is counted from.
func ExplainRoster(ctx context.Context, st *store.Store, id roster.ID, most int, now time.Time) (Explanation, error) {
	r, err := st.Roster(ctx, id)
	if err != nil {
		return Explanation{}, err
	}
	p, err := problemOf(ctx, st.Queries, r, now)
	if err != nil {
		return Explanation{}, err
	}
	forecasts, err := forecastsOf(ctx, st.Queries, r)
	if err != nil {
		return Explanation{}, err
	}
	var pins []roster.Assignment
	for _, a := range r.Assignments {
		if a.Pinned {
			pins = append(pins, a)
		}
	}
	e := Explanation{Conflicts: roster.Conflicts(p, pins)}
	o := remedy.Options{Shortages: most, Cores: runtime.NumCPU(), Level: staffing.Reached(p.Team, forecasts)}
	if e.Shortages, err = remedy.Find(ctx, p, r.Assignments, o); err != nil {
		return e, fmt.Errorf("explain roster %d: %w", id, err)
	}
	return e, nil
}

type explainRequest struct {
	RosterPath
	Shortages int `query:"shortages" minimum:"1" maximum:"20" default:"3" doc:"How many shortages to explain; each takes some seconds in a large team."`
}

func (s *server) explainRoutes() {
	route(s, "explain-rosters", http.MethodGet, "/rosters/{roster}/explanation", "Say why hours of a draft stay uncovered, what would end that, and which pins contradict",
		func(ctx context.Context, in *explainRequest) (*body[Explanation], error) {
			e, err := ExplainRoster(ctx, s.st, in.Roster, in.Shortages, s.now())
			return &body[Explanation]{e}, err
		})
}
