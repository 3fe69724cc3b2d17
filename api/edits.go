package api

import (
	"context"
	"fmt"
	"time"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/roster"
)

// EditRoster makes an edit against the draft at the version and says what it
// does; a dry run only says. The draft changes even if the edit breaks a rule:
// the manager has been told. Now is what notice is counted from. Errors are
// store.ErrStale and those of Edit.Apply.
func EditRoster(ctx context.Context, st *store.Store, id roster.ID, e roster.Edit, ifVersion int64, dryRun bool, now time.Time) (store.Roster, roster.Effect, error) {
	var r store.Roster
	var effect roster.Effect
	err := st.InTx(ctx, func(q store.Queries) error {
		var err error
		if r, err = q.Roster(ctx, id); err != nil {
			return err
		}
		if r.Version != ifVersion {
			return fmt.Errorf("edit roster %d at version %d, which is at %d: %w", id, ifVersion, r.Version, store.ErrStale)
		}
		p, err := problemOf(ctx, q, r, now)
		if err != nil {
			return err
		}
		after, err := e.Apply(p, r.Assignments, mint)
		if err != nil {
			return fmt.Errorf("edit roster %d: %w", id, err)
		}
		effect = roster.Compare(p, r.Assignments, after)
		if dryRun {
			return nil
		}
		r.Assignments = after
		r.Version, err = q.SaveAssignments(ctx, id, after, ifVersion)
		return err
	})
	return r, effect, err
}

type editRequest struct {
	RosterPath
	IfMatch
	DryRun bool `query:"dry_run" doc:"Say what the edit would do, and do nothing."`
	Body   roster.Edit
}

// editAnswer is the draft after an edit and what the edit does.
type editAnswer struct {
	Effect roster.Effect `json:"effect"`
	Roster store.Roster  `json:"roster"`
}

func (s *server) edit(ctx context.Context, in *editRequest) (*versioned[editAnswer], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	r, effect, err := EditRoster(ctx, s.st, in.Roster, in.Body, version, in.DryRun, s.now())
	return &versioned[editAnswer]{etag(r.Version), editAnswer{effect, r}}, err
}
