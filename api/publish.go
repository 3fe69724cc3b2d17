package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// DefaultLeads are how long before a shift operators are reminded.
func DefaultLeads() []time.Duration {
	const dayBefore = 24 // hours of real time, whatever the clocks do
	return []time.Duration{dayBefore * time.Hour, time.Hour}
}

// Publish makes the draft the operators' shifts: feeds show it from then on,
// and reminders are planned, all in one transaction. What other rosters have
// published for its horizon gives way: nobody has two plans for one week.
// Publishing what is published changes no feed and tells nobody anything. The error is
// ErrInput for a shift of somebody who has left the team and was never told of it, or of
// another time of it.
func Publish(ctx context.Context, st *store.Store, id roster.ID, now time.Time) (store.Publication, error) {
	made, _, err := PublishIf(ctx, st, id, nil, now)
	return made, err
}

// PublishIf publishes a draft as Publish does, if it is at the version; at any if there is
// none. It returns the draft's version after it, too. The error is store.ErrStale.
func PublishIf(ctx context.Context, st *store.Store, id roster.ID, ifVersion *int64, now time.Time) (made store.Publication, version int64, err error) {
	err = st.InTx(ctx, func(q store.Queries) error {
		if err := q.LockTeamOf(ctx, id); err != nil { // one publication of a team at a time
			return err
		}
		r, err := q.Roster(ctx, id)
		if err != nil {
			return err
		}
		if ifVersion != nil && r.Version != *ifVersion {
			return fmt.Errorf("publish roster %d at version %d, which is at %d: %w", id, *ifVersion, r.Version, store.ErrStale)
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
		draft, err := withOwnIDs(ctx, q, r, horizon)
		if err != nil {
			return err
		}
		published := roster.Publish(previous, draft, mint, now)
		made = store.Publication{MadeAt: now.UTC().Truncate(time.Second), Shifts: len(published), Changes: roster.Changes(previous, published)}
		if err := nothingForTheGone(ctx, q, r.Team, made.Changes); err != nil {
			return err
		}
		if made.Number, err = q.SavePublication(ctx, id, horizon, published, made.Changes, now); err != nil {
			return err
		}
		if err := q.PlanReminders(ctx, id, roster.Reminders(published, DefaultLeads()), now); err != nil {
			return err
		}
		version, err = keepIDs(ctx, q, r, published)
		return err
	})
	return made, version, err
}

// withOwnIDs returns the draft without those IDs that are another shift's by now, which a
// longer roster has moved out of the horizon.
func withOwnIDs(ctx context.Context, q store.Queries, r store.Roster, horizon calendars.Interval) ([]roster.Assignment, error) {
	elsewhere, err := q.PublishedElsewhere(ctx, r.ID, horizon)
	draft := slices.Clone(r.Assignments)
	for i := range draft {
		if slices.Contains(elsewhere, draft[i].ID) {
			draft[i].ID = ""
		}
	}
	return draft, err
}

// nothingForTheGone refuses changes that give a shift, or another time of one, to somebody
// who has left the team.
func nothingForTheGone(ctx context.Context, q store.Queries, id roster.ID, changes []roster.Change) error {
	team, _, err := q.Team(ctx, id)
	if err != nil {
		return err
	}
	for _, c := range changes {
		stays := c.Kind == roster.Moved && c.Was.Equal(c.Shift) // with another template or other breaks
		if _, there := team.Operator(c.Operator); there || stays || c.Kind == roster.Removed {
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

func (s *server) publish(ctx context.Context, in *publishRequest) (*versioned[store.Publication], error) {
	var ifVersion *int64
	if in.Tag != "" {
		version, err := IfMatch{in.Tag}.version()
		if err != nil {
			return nil, err
		}
		ifVersion = &version
	}
	made, version, err := PublishIf(ctx, s.st, in.Roster, ifVersion, s.now())
	return &versioned[store.Publication]{etag(version), made}, err
}

// publicationSummary is a publication in the list of a roster's.
type publicationSummary struct {
	Number  int       `json:"number" doc:"1 for the roster's first."`
	MadeAt  time.Time `json:"made_at"`
	Shifts  int       `json:"shifts" doc:"How many were published."`
	Changes int       `json:"changes" doc:"How many changes operators had to be told."`
}

func (s *server) publicationRoutes() {
	route(s, "list-publications", http.MethodGet, "/rosters/{roster}/publications", "List the publications of a roster, newest first", func(ctx context.Context, in *RosterPath) (*body[[]publicationSummary], error) {
		if _, err := s.st.Roster(ctx, in.Roster); err != nil {
			return nil, err
		}
		publications, err := s.st.Publications(ctx, in.Roster)
		answers := []publicationSummary{}
		for _, p := range publications {
			answers = append(answers, publicationSummary{p.Number, p.MadeAt, p.Shifts, len(p.Changes)})
		}
		return &body[[]publicationSummary]{answers}, err
	})
	route(s, "read-publications", http.MethodGet, "/rosters/{roster}/publications/{number}", "Read a publication: what operators had to be told, as it was answered then", func(ctx context.Context, in *struct {
		RosterPath
		Number int `path:"number"`
	}) (*body[store.Publication], error) {
		p, err := s.st.Publication(ctx, in.Roster, in.Number)
		return &body[store.Publication]{p}, err
	})
}
