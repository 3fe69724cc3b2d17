package api

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"time"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// Repair is a way to mend a draft, and what it does to the draft as it stands.
type Repair struct {
	Touched     []roster.ID         `json:"touched" nullable:"false" doc:"Operators whose shifts change, but for those who cannot work theirs as they were."`
	Weight      int64               `json:"weight" doc:"Soft score and what it costs to trouble people: the less, the better."`
	Effect      roster.Effect       `json:"effect"`
	assignments []roster.Assignment // after it
}

// RepairRoster finds ways to mend the draft at the version after its team has
// changed, best first, and does the one to take, counted from 1; none with 0.
// Now is what notice is counted from. Errors are store.ErrStale, and ErrInput
// if there are fewer repairs.
func RepairRoster(ctx context.Context, st *store.Store, id roster.ID, ifVersion int64, take int, now time.Time) (store.Roster, []Repair, error) {
	r, err := st.Roster(ctx, id)
	if err != nil {
		return r, nil, err
	}
	if r.Version != ifVersion {
		return r, nil, fmt.Errorf("repair roster %d at version %d, which is at %d: %w", id, ifVersion, r.Version, store.ErrStale)
	}
	p, err := problemOf(ctx, st.Queries, r, now)
	if err != nil {
		return r, nil, err
	}
	found, err := solve.Repairs(ctx, p, r.Assignments, solve.Options{Cores: runtime.NumCPU()})
	if err != nil {
		return r, nil, fmt.Errorf("repair roster %d: %w", id, err)
	}
	if take > len(found) {
		return r, nil, fmt.Errorf("%w: take %d: expected 1 to %d, there are no more repairs", ErrInput, take, len(found))
	}
	repairs := make([]Repair, len(found))
	for i, one := range found {
		after := roster.Match(r.Assignments, one.Assignments, mint)
		repairs[i] = Repair{one.Touched, one.Weight, roster.Compare(p, r.Assignments, after), after}
	}
	if take > 0 {
		r.Assignments = repairs[take-1].assignments
		r.Version, err = st.SaveAssignments(ctx, id, r.Assignments, ifVersion)
	}
	return r, repairs, err
}

type repairRequest struct {
	RosterPath
	IfMatch
	Take int `query:"take" minimum:"0" doc:"Which repair to make, counted from 1; with 0 or without it the answer only says what there is."`
}

// repairAnswer is the draft, after the repair that was taken, and all repairs.
type repairAnswer struct {
	Repairs []Repair     `json:"repairs" nullable:"false" doc:"Best first; among them the one that touches nobody."`
	Roster  store.Roster `json:"roster"`
}

func (s *server) repairRoutes() {
	route(s, "repair-rosters", http.MethodPost, "/rosters/{roster}/repairs", "Mend a draft after an absence: who could work what instead",
		func(ctx context.Context, in *repairRequest) (*versioned[repairAnswer], error) {
			version, err := in.version()
			if err != nil {
				return nil, err
			}
			r, repairs, err := RepairRoster(ctx, s.st, in.Roster, version, in.Take, s.now())
			return &versioned[repairAnswer]{etag(r.Version), repairAnswer{repairs, r}}, err
		}, status(http.StatusOK))
}
