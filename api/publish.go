package api

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/roster"
)

// DefaultLeads are how long before a shift operators are reminded.
func DefaultLeads() []time.Duration {
	const dayBefore = 24 // hours of real time, whatever the clocks do
	return []time.Duration{dayBefore * time.Hour, time.Hour}
}

// Publication is what publishing did.
type Publication struct {
	Number  int             `json:"number" doc:"1 for the roster's first."`
	Changes []roster.Change `json:"changes" nullable:"false" doc:"What operators must be told, once."`
	version int64           // of the draft after it
}

// Publish makes the draft the operators' shifts: feeds show it from then on,
// and reminders are planned, all in one transaction. What other rosters have
// published for its horizon gives way: nobody has two plans for one week.
// Publishing what is published changes no feed and tells nobody anything. The error is
// ErrInput for a shift of somebody who has left the team and was never told of it.
func Publish(ctx context.Context, st *store.Store, id roster.ID, now time.Time) (Publication, error) {
	return publish(ctx, st, id, func(store.Roster) error { return nil }, now)
}

// PublishVersion publishes a draft as Publish does if it is at the version. Else the
// error is store.ErrStale.
func PublishVersion(ctx context.Context, st *store.Store, id roster.ID, ifVersion int64, now time.Time) (Publication, error) {
	return publish(ctx, st, id, func(r store.Roster) error {
		if r.Version != ifVersion {
			return fmt.Errorf("publish roster %d at version %d, which is at %d: %w", id, ifVersion, r.Version, store.ErrStale)
		}
		return nil
	}, now)
}

// publish publishes a draft that it may.
func publish(ctx context.Context, st *store.Store, id roster.ID, may func(store.Roster) error, now time.Time) (Publication, error) {
	var made Publication
	err := st.InTx(ctx, func(q store.Queries) error {
		if err := q.LockTeamOf(ctx, id); err != nil { // one publication of a team at a time
			return err
		}
		r, err := q.Roster(ctx, id)
		if err != nil {
			return err
		}
		if err := may(r); err != nil {
			return err
		}
		d, err := q.Demand(ctx, r.Demand)
		if err != nil {
			return err
		}
		horizon := d.Demand.Grid.Span()
		previous, err := q.PublishedIn(ctx, r.Team, horizon)
		if err != nil {
			return err
		}
		elsewhere, err := q.PublishedElsewhere(ctx, id, horizon)
		if err != nil {
			return err
		}
		draft := slices.Clone(r.Assignments)
		for i := range draft {
			if slices.Contains(elsewhere, draft[i].ID) {
				draft[i].ID = "" // another shift's by now: this one gets its own
			}
		}
		published := roster.Publish(previous, draft, mint, now)
		made.Changes = roster.Changes(previous, published)
		if err := nothingForTheGone(ctx, q, r.Team, made.Changes); err != nil {
			return err
		}
		if made.Number, err = q.SavePublication(ctx, id, horizon, published, now); err != nil {
			return err
		}
		if err := q.PlanReminders(ctx, id, roster.Reminders(published, DefaultLeads()), now); err != nil {
			return err
		}
		made.version, err = keepIDs(ctx, q, r, published)
		return err
	})
	return made, err
}

// nothingForTheGone refuses changes that give a shift to somebody who has left the team.
func nothingForTheGone(ctx context.Context, q store.Queries, id roster.ID, changes []roster.Change) error {
	team, _, err := q.Team(ctx, id)
	if err != nil {
		return err
	}
	for _, c := range changes {
		if _, there := team.Operator(c.Operator); there || c.Kind != roster.Added {
			continue
		}
		gone, _, err := q.Operator(ctx, c.Operator)
		if err != nil {
			return err
		}
		return fmt.Errorf("%w: operator %d, %s, has left the team, and the draft has a new shift for them, %s of %s (%s): expected none: solve or repair the draft, or unassign it",
			ErrInput, c.Operator, gone.Name, c.Template, c.Shift.Start.In(gone.Zone.Location()).Format("Mon 2 Jan 15:04"), gone.Zone)
	}
	return nil
}

// keepIDs gives the draft the IDs under which its assignments are published,
// where an equal one was known already, so that later edits are of those. It returns
// the draft's version.
func keepIDs(ctx context.Context, q store.Queries, r store.Roster, published []roster.Published) (int64, error) {
	draft := make([]roster.Assignment, len(published))
	for i, p := range published {
		draft[i] = p.Assignment
	}
	roster.Sort(draft)
	same := func(a, b roster.Assignment) bool { return a.ID == b.ID }
	if slices.EqualFunc(draft, r.Assignments, same) {
		return r.Version, nil
	}
	return q.SaveAssignments(ctx, r.ID, draft, r.Version)
}

type publishRequest struct {
	RosterPath
	Tag string `header:"If-Match" doc:"ETag of the draft that is to be published; if left out, the draft is published as it is."`
}

func (s *server) publish(ctx context.Context, in *publishRequest) (*versioned[Publication], error) {
	if in.Tag == "" {
		made, err := Publish(ctx, s.st, in.Roster, s.now())
		return &versioned[Publication]{etag(made.version), made}, err
	}
	version, err := IfMatch{in.Tag}.version()
	if err != nil {
		return nil, err
	}
	made, err := PublishVersion(ctx, s.st, in.Roster, version, s.now())
	return &versioned[Publication]{etag(made.version), made}, err
}
