package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// States of a reminder.
const (
	Ready      = "ready"
	Leased     = "leased"     // somebody is sending it, until the lease ends
	Sent       = "sent"       // for good
	Superseded = "superseded" // the shift is another one now, or another reminder says it
	Expired    = "expired"    // the shift began before it could be sent
	Dead       = "dead"       // it will never go through
)

type reminderRow struct {
	bun.BaseModel `bun:"table:reminders"`
	ID            int64  `bun:",pk,autoincrement"`
	Reminder      string // its key
	RosterID      int64
	Assignment    string
	OperatorID    int64
	Lead          int64
	Start         int64
	Finish        int64
	Due           int64
	Expires       int64
	State         string
	LeaseUntil    int64
	NextTry       int64
	Attempts      int
	LastError     string
}

func reminderRowOf(id roster.ID, r roster.Reminder) reminderRow {
	return reminderRow{
		Reminder: r.Key, RosterID: int64(id), Assignment: r.Assignment, OperatorID: int64(r.Operator), Lead: int64(r.Lead.Seconds()),
		Start: r.Shift.Start.Unix(), Finish: r.Shift.End.Unix(), Due: r.Due.Unix(), Expires: r.Expires.Unix(),
		State: Ready, NextTry: r.Due.Unix(),
	}
}

func (r reminderRow) reminder() roster.Reminder {
	return roster.Reminder{
		Key: r.Reminder, Assignment: r.Assignment, Operator: roster.ID(r.OperatorID), Lead: calendars.Seconds(float64(r.Lead)),
		Shift: calendars.Interval{Start: instant(r.Start), End: instant(r.Finish)}, Due: instant(r.Due), Expires: instant(r.Expires),
	}
}

// DueReminder is a reminder that its holder has to send before the lease ends.
type DueReminder struct {
	ID roster.ID
	roster.Reminder
	Attempts int
}

// PlanReminders makes the roster's unsent reminders the given ones. One whose
// key is known stays as it is, sent or not: none is ever sent twice for that.
// Those already of no use at now are not planned.
func (q Queries) PlanReminders(ctx context.Context, id roster.ID, reminders []roster.Reminder, now time.Time) error {
	err := q.within(ctx, func(q Queries) error {
		_, err := q.db.NewUpdate().Model((*reminderRow)(nil)).Set("state = ?", Superseded).
			Where("roster_id = ? AND state = ?", id, Ready).Exec(ctx)
		if err != nil {
			return err
		}
		var rows []reminderRow
		for _, r := range reminders {
			if r.Expires.After(now) {
				rows = append(rows, reminderRowOf(id, r))
			}
		}
		for some := range slices.Chunk(rows, batch) {
			_, err := q.db.NewInsert().Model(&some).On("CONFLICT (reminder) DO UPDATE").
				Set("state = CASE reminder_row.state WHEN ? THEN ? ELSE reminder_row.state END", Superseded, Ready).Exec(ctx)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("plan reminders of roster %d: %w", id, err)
	}
	return nil
}

// ClaimReminders leases what is due by now, oldest first, and marks what is
// too late. Two callers never get the same reminder while a lease lasts.
func (q Queries) ClaimReminders(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]DueReminder, error) {
	var rows []reminderRow
	err := q.within(ctx, func(q Queries) error {
		_, err := q.db.NewUpdate().Model((*reminderRow)(nil)).Set("state = ?", Expired).
			Where("expires <= ? AND (state = ? OR state = ? AND lease_until <= ?)", now.Unix(), Ready, Leased, now.Unix()).Exec(ctx)
		if err != nil {
			return err
		}
		due := q.db.NewSelect().Model((*reminderRow)(nil)).Column("id").
			Where("state = ? AND next_try <= ? OR state = ? AND lease_until <= ?", Ready, now.Unix(), Leased, now.Unix()).
			Order("due", "id").Limit(int64(limit))
		if q.skipsLocked() {
			due = due.For("UPDATE SKIP LOCKED")
		}
		return q.db.NewUpdate().Model(&rows).Set("state = ?", Leased).Set("lease_until = ?", now.Add(lease).Unix()).
			Set("attempts = attempts + 1").Where("id IN (?)", due).Returning("*").Scan(ctx)
	})
	if err != nil {
		return nil, fmt.Errorf("claim reminders: %w", err)
	}
	claimed := make([]DueReminder, 0, len(rows))
	for _, row := range rows {
		claimed = append(claimed, DueReminder{roster.ID(row.ID), row.reminder(), row.Attempts})
	}
	slices.SortFunc(claimed, func(a, b DueReminder) int { return a.Due.Compare(b.Due) })
	return claimed, nil
}

// skipsLocked says whether several connections can claim at once.
func (q Queries) skipsLocked() bool { return q.db.Dialect().Name().String() == "pg" }

// FinishReminder says what became of a claimed reminder: Sent, Superseded,
// Expired, Dead, or Ready to be tried again at next. The error of the last try
// is kept for people.
func (q Queries) FinishReminder(ctx context.Context, id roster.ID, state string, next time.Time, lastError string) error {
	result, err := q.db.NewUpdate().Model((*reminderRow)(nil)).Set("state = ?", state).Set("next_try = ?", next.Unix()).
		Set("last_error = ?", lastError).Where("id = ?", id).Exec(ctx)
	return changed(result, err, "reminder", id)
}

// NearerReminder says whether another reminder of the same assignment, nearer
// to its start, is due by now too: then the farther one has nothing to add.
func (q Queries) NearerReminder(ctx context.Context, r DueReminder, now time.Time) (bool, error) {
	nearer, err := q.db.NewSelect().Model((*reminderRow)(nil)).
		Where("assignment = ? AND lead < ? AND due <= ? AND state <> ?", r.Assignment, int64(r.Lead.Seconds()), now.Unix(), Superseded).Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("reminders of assignment %s: %w", r.Assignment, err)
	}
	return nearer, nil
}
