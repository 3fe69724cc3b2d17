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

// Effort is how many shortages are explained, and for how long ways out are looked for.
type Effort struct {
	Shortages int
	Limit     time.Duration
}

// ExplainRoster explains the greatest shortages of a draft. Each way out is tried
// by repairing the draft for the changed problem; the last one says what service
// level it is to accept the shortage, by the forecast that the demand was made of.
// Now is what notice is counted from.
func ExplainRoster(ctx context.Context, st *store.Store, id roster.ID, effort Effort, now time.Time) (Explanation, error) {
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
	limited, stop := context.WithTimeout(ctx, effort.Limit)
	defer stop()
	o := remedy.Options{Shortages: effort.Shortages, Cores: runtime.GOMAXPROCS(0), Level: staffing.Reached(p.Team, forecasts)}
	if e.Shortages, err = remedy.Find(limited, p, r.Assignments, o); err != nil {
		return e, fmt.Errorf("explain roster %d: %w", id, err)
	}
	return e, nil
}

type explainRequest struct {
	RosterPath
	Shortages int     `query:"shortages" minimum:"1" maximum:"20" default:"3" doc:"How many shortages to explain."`
	Seconds   float64 `query:"seconds" exclusiveMinimum:"0" maximum:"60" default:"20" doc:"How long to look for ways out; what was not tried in time is counted as untried."`
}

func (s *server) explainRoutes() {
	route(s, "explain-rosters", http.MethodGet, "/rosters/{roster}/explanation", "Say why hours of a draft stay uncovered, what would end that, and which pins contradict",
		func(ctx context.Context, in *explainRequest) (*body[Explanation], error) {
			limit := time.Duration(in.Seconds * float64(time.Second))
			e, err := ExplainRoster(ctx, s.st, in.Roster, Effort{in.Shortages, limit}, s.now())
			return &body[Explanation]{e}, err
		})
}
