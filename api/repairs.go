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

// Repairs are the ways to mend a draft, best first, and the draft after the one taken.
type Repairs struct {
	Roster  store.Roster
	Repairs []Repair
	Hash    string // of the repairs, and of the team and what is published, for which they were found
}

// RepairRoster finds ways to mend the draft at the version after its team has
// changed, best first, and does the one to take, counted from 1; none with 0.
// Listed is the hash of the repairs to take one of, or empty. Now is what notice is
// counted from. Errors are store.ErrStale, also if these are not the repairs any more,
// and ErrInput if there are fewer.
func RepairRoster(ctx context.Context, st *store.Store, id roster.ID, ifVersion int64, listed string, take int, now time.Time) (Repairs, error) {
	r, err := st.Roster(ctx, id)
	if err != nil {
		return Repairs{}, err
	}
	if r.Version != ifVersion {
		return Repairs{}, fmt.Errorf("repair roster %d at version %d, which is at %d: %w", id, ifVersion, r.Version, store.ErrStale)
	}
	p, err := problemOf(ctx, st.Queries, r, now)
	if err != nil {
		return Repairs{}, err
	}
	from, err := madeFrom(p)
	if err != nil {
		return Repairs{}, err
	}
	found, err := solve.Repairs(ctx, p, r.Assignments, solve.Options{Cores: runtime.GOMAXPROCS(0)})
	if err != nil {
		return Repairs{}, fmt.Errorf("repair roster %d: %w", id, err)
	}
	hash, err := hashOfFound(from, found)
	if err != nil {
		return Repairs{}, err
	}
	if take > 0 && listed != "" && listed != hash {
		return Repairs{}, fmt.Errorf("repair roster %d: its repairs are not those that were listed: %w", id, store.ErrStale)
	}
	if take > len(found) {
		return Repairs{}, fmt.Errorf("%w: take %d: expected 1 to %d, there are no more repairs", ErrInput, take, len(found))
	}
	repairs := make([]Repair, len(found))
	for i, one := range found {
		after := roster.Match(r.Assignments, one.Assignments, mint)
		repairs[i] = Repair{one.Touched, one.Weight, roster.Compare(p, r.Assignments, after), after}
	}
	if take > 0 {
		r.Assignments = repairs[take-1].assignments
		r.Version, err = saveFound(ctx, st, r, r.Assignments, from)
	}
	return Repairs{r, repairs, hash}, err
}

// hashOfFound is a hash of who is touched by repairs, of the drafts after them, and of what
// they were found for: shifts that come within notice by and by leave others.
func hashOfFound(from string, found []solve.Repair) (string, error) {
	all := []any{from}
	for _, one := range found {
		all = append(all, one.Touched, one.Assignments)
	}
	return hashOf(all)
}

type repairRequest struct {
	RosterPath
	IfMatch
	Take int `query:"take" minimum:"0" doc:"Which repair to make, counted from 1; with 0 or without it the answer only says what there is. With the ETag of that answer as If-Match it is 412 if these are not the repairs any more."`
}

// repairAnswer is the draft, after the repair that was taken, and all repairs.
type repairAnswer struct {
	Repairs []Repair     `json:"repairs" nullable:"false" doc:"Best first; among them the one that touches nobody."`
	Roster  store.Roster `json:"roster"`
}

func (s *server) repairRoutes() {
	route(s, "repair-rosters", http.MethodPost, "/rosters/{roster}/repairs", "Mend a draft after an absence: who could work what instead",
		func(ctx context.Context, in *repairRequest) (*versioned[repairAnswer], error) {
			version, listed, err := in.versionAnd()
			if err != nil {
				return nil, err
			}
			found, err := RepairRoster(ctx, s.st, in.Roster, version, listed, in.Take, s.now())
			return &versioned[repairAnswer]{etagAnd(found.Roster.Version, found.Hash), repairAnswer{found.Repairs, found.Roster}}, err
		}, status(http.StatusOK))
}
