package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/smena-wfm/smena/api/notify"
	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/roster"
)

// How reminders are sent.
const (
	reminderBatch = 5                // claimed at once: a crash leaves at most so many in doubt
	reminderLease = 5 * time.Minute  // longer than a channel may take for all of them
	firstRetry    = 15 * time.Second // doubled with each attempt
	longestRetry  = 10 * time.Minute
)

// Reminded counts what became of the reminders that were due.
type Reminded struct {
	Sent       int `json:"sent"`
	Superseded int `json:"superseded" doc:"The shift is another one now, or a nearer reminder says it."`
	Retried    int `json:"retried" doc:"The channel failed; it will be tried again."`
	Dead       int `json:"dead" doc:"The channel refused for good, or there is no address."`
}

// SendReminders sends what is due by now and marks it. What was claimed is
// held against what is published at that moment; several that are overdue for
// one shift become one. A reminder of one assignment and lead is never sent
// twice, but for a crash between sending and marking.
func SendReminders(ctx context.Context, st *store.Store, channel notify.Channel, now time.Time, log *slog.Logger) (Reminded, error) {
	var total Reminded
	for {
		due, err := st.ClaimReminders(ctx, now, reminderLease, reminderBatch)
		if err != nil {
			return total, err
		}
		for _, r := range due {
			if err := remind(ctx, st, channel, r, now, log, &total); err != nil {
				return total, err
			}
		}
		if len(due) < reminderBatch {
			return total, nil
		}
	}
}

// remind sends one reminder, unless it is no longer right.
func remind(ctx context.Context, st *store.Store, channel notify.Channel, r store.DueReminder, now time.Time, log *slog.Logger, total *Reminded) error {
	stands, err := st.PublishedFor(ctx, r.Operator, r.Shift.Start, r.Shift.End)
	if err != nil {
		return err
	}
	nearer, err := st.NearerReminder(ctx, r, now)
	if err != nil {
		return err
	}
	right := slices.ContainsFunc(stands, func(p roster.Published) bool { return p.ID == r.Assignment && p.Shift.Equal(r.Shift) })
	if !right || nearer {
		total.Superseded++
		return st.FinishReminder(ctx, r.ID, store.Superseded, now, "")
	}
	message, err := reminderMessage(ctx, st, r, now)
	if err != nil {
		return err
	}
	if message.To == "" {
		total.Dead++
		return st.FinishReminder(ctx, r.ID, store.Dead, now, "the operator has no address")
	}
	err = channel.Send(ctx, message)
	ctx = context.WithoutCancel(ctx) // what was sent must be marked
	switch {
	case err == nil:
		total.Sent++
		return st.FinishReminder(ctx, r.ID, store.Sent, now, "")
	case errors.Is(err, notify.ErrPermanent):
		total.Dead++
		log.WarnContext(ctx, "reminder refused", "reminder", r.ID, "operator", r.Operator, "error", err)
		return st.FinishReminder(ctx, r.ID, store.Dead, now, err.Error())
	}
	total.Retried++
	log.WarnContext(ctx, "reminder not sent yet", "reminder", r.ID, "attempt", r.Attempts, "error", err)
	wait := min(longestRetry, firstRetry<<min(r.Attempts, 10))
	return st.FinishReminder(ctx, r.ID, store.Ready, now.Add(wait), err.Error())
}

// reminderMessage says when the shift starts, on the operator's clock. Its ID
// depends on the reminder alone, so that mailboxes can tell a repetition.
func reminderMessage(ctx context.Context, st *store.Store, r store.DueReminder, now time.Time) (notify.Message, error) {
	operator, teamID, err := st.Operator(ctx, r.Operator)
	if err != nil {
		return notify.Message{}, err
	}
	team, _, err := st.Team(ctx, teamID)
	if err != nil {
		return notify.Message{}, err
	}
	installation, err := st.Installation(ctx)
	if err != nil {
		return notify.Message{}, err
	}
	start := r.Shift.Start.In(operator.Zone.Location())
	hash := sha256.Sum256([]byte(r.Key))
	return notify.Message{
		To: operator.Email, ID: hex.EncodeToString(hash[:16]) + "@" + installation,
		Subject: fmt.Sprintf("Your shift starts %s (%s)", start.Format("Mon 2 Jan 15:04"), operator.Zone),
		Text: fmt.Sprintf("Hello %s,\n\nyour shift at %s starts in %s:\n%s\n", operator.Name, team.Name,
			left(r.Shift.Start.Sub(now)), describe(r.Shift, operator.Zone)),
	}, nil
}

// left writes how much time is left, in minutes below an hour.
func left(d time.Duration) string {
	minutes := int(d.Round(time.Minute) / time.Minute)
	switch {
	case minutes < 60:
		return fmt.Sprintf("%d min", minutes)
	case minutes%60 == 0:
		return fmt.Sprintf("%d h", minutes/60)
	}
	return fmt.Sprintf("%d h %d min", minutes/60, minutes%60)
}
