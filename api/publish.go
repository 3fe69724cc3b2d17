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
}

// Publish makes the draft the operators' shifts: feeds show it from then on,
// and reminders are planned, all in one transaction. What other rosters have
// published for its horizon gives way: nobody has two plans for one week.
// Publishing what is published changes no feed and tells nobody anything. The error is
// ErrInput for a shift of somebody who has left the team and was never told of it.
func Publish(ctx context.Context, st *store.Store, id roster.ID, now time.Time) (Publication, error) {
	var made Publication
	err := st.InTx(ctx, func(q store.Queries) error {
		if err := q.LockTeamOf(ctx, id); err != nil { // one publication of a team at a time
			return err
		}
		r, err := q.Roster(ctx, id)
		if err != nil {
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
		return keepIDs(ctx, q, r, published)
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
// where an equal one was known already, so that later edits are of those.
func keepIDs(ctx context.Context, q store.Queries, r store.Roster, published []roster.Published) error {
	draft := make([]roster.Assignment, len(published))
	for i, p := range published {
		draft[i] = p.Assignment
	}
	roster.Sort(draft)
	same := func(a, b roster.Assignment) bool { return a.ID == b.ID }
	if slices.EqualFunc(draft, r.Assignments, same) {
		return nil
	}
	_, err := q.SaveAssignments(ctx, r.ID, draft, r.Version)
	return err
}

func (s *server) publish(ctx context.Context, in *RosterPath) (*body[Publication], error) {
	made, err := Publish(ctx, s.st, in.Roster, s.now())
	return &body[Publication]{made}, err
}
