package api

import (
	"context"
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
// and reminders are planned, all in one transaction. Publishing an unchanged
// draft changes no feed and tells nobody anything.
func Publish(ctx context.Context, st *store.Store, id roster.ID, now time.Time) (Publication, error) {
	var made Publication
	err := st.InTx(ctx, func(q store.Queries) error {
		r, err := q.Roster(ctx, id)
		if err != nil {
			return err
		}
		previous, err := q.Published(ctx, id)
		if err != nil {
			return err
		}
		published := roster.Publish(previous, r.Assignments, mint, now)
		made.Changes = roster.Changes(previous, published)
		if made.Number, err = q.SavePublication(ctx, id, published, now); err != nil {
			return err
		}
		return q.PlanReminders(ctx, id, roster.Reminders(published, DefaultLeads()), now)
	})
	return made, err
}

func (s *server) publish(ctx context.Context, in *RosterPath) (*body[Publication], error) {
	made, err := Publish(ctx, s.st, in.Roster, s.now())
	return &body[Publication]{made}, err
}
