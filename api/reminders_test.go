package api_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/api/notify"
	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// phone is a channel that keeps what it is given, or fails as told.
type phone struct {
	rang []notify.Message
	fail error
}

// Send implements notify.Channel.
func (p *phone) Send(_ context.Context, m notify.Message) error {
	if p.fail == nil {
		p.rang = append(p.rang, m)
	}
	return p.fail
}

// published is a roster of one operator in Manila with one shift on 10 March
// at 09:00 there, published at noon of 1 March.
func published(t *testing.T) (st *store.Store, draft store.Roster, shift calendars.Interval) {
	t.Helper()
	_, st, _ = edge(t)
	ctx := t.Context()
	team, err := api.CreateTeam(ctx, st, roster.Team{
		Name: "Lastochka", Zone: calendars.MustZone("Europe/Sofia"),
		Queues:    []roster.Queue{{Name: "bg", ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)}},
		Templates: []roster.Template{{Name: "day", Start: 9 * 60, End: 17 * 60, Clock: roster.OperatorClock}},
		Operators: []roster.Operator{{Name: "Ana", Zone: calendars.MustZone("Asia/Manila"), Email: "ana@secret.example", Skills: []string{"bg"},
			Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(40)}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var history strings.Builder
	history.WriteString("timestamp,offered\n")
	for i := range 24 * 21 {
		fmt.Fprintf(&history, "%s,3\n", noon.Add(time.Duration(i-24*21)*time.Hour).Format(time.RFC3339))
	}
	if _, err := api.ImportHistory(ctx, st, team.ID, strings.NewReader(history.String()), forecast.ReadOptions{}, false); err != nil {
		t.Fatal(err)
	}
	draft = drafted(t, st, team.ID, calendars.Day{Year: 2026, Month: 3, Dom: 9}, 1)
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Assign, Operator: team.Operators[0].ID, Template: "day", Day: calendars.Day{Year: 2026, Month: 3, Dom: 10}})
	publish(t, st, draft, noon)
	return st, draft, draft.Assignments[0].Shift
}

func edited(t *testing.T, st *store.Store, draft store.Roster, e roster.Edit) store.Roster {
	t.Helper()
	draft, _, err := api.EditRoster(t.Context(), st, draft.ID, e, draft.Version, false, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return draft
}

func publish(t *testing.T, st *store.Store, draft store.Roster, at time.Time) {
	t.Helper()
	if _, err := api.Publish(t.Context(), st, draft.ID, at); err != nil {
		t.Fatal(err)
	}
}

// tick sends what is due.
func tick(t *testing.T, st *store.Store, p *phone, at time.Time) api.Reminded {
	t.Helper()
	var log bytes.Buffer
	sent, err := api.SendReminders(t.Context(), st, p, at, slog.New(slog.NewJSONHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(log.String(), "secret.example") {
		t.Errorf("an address is in the log: %s", log.String())
	}
	return sent
}

func TestRemindOncePerLead(t *testing.T) {
	t.Parallel()
	st, draft, shift := published(t)
	p := &phone{}
	for _, before := range []time.Duration{25 * time.Hour, 24 * time.Hour, 23 * time.Hour, time.Hour, 50 * time.Minute, -time.Minute} {
		tick(t, st, p, shift.Start.Add(-before))
		publish(t, st, draft, shift.Start.Add(-before)) // again and again: nothing new
	}
	if len(p.rang) != 2 || p.rang[0].ID == p.rang[1].ID {
		t.Fatalf("%d reminders: %+v", len(p.rang), p.rang)
	}
	if m := p.rang[0]; m.To != "ana@secret.example" || !strings.Contains(m.Subject, "Tue 10 Mar 09:00 (Asia/Manila)") || !strings.Contains(m.Text, "in 24 h") {
		t.Errorf("%+v", m)
	}
	if !strings.Contains(p.rang[1].Text, "in 1 h") {
		t.Errorf("%+v", p.rang[1])
	}
}

func TestRemindAfterOutage(t *testing.T) {
	t.Parallel()
	st, _, shift := published(t)
	p := &phone{}
	if sent := tick(t, st, p, shift.Start.Add(-30*time.Minute)); sent.Sent != 1 || sent.Superseded != 1 || !strings.Contains(p.rang[0].Text, "in 30 min") {
		t.Errorf("both leads were overdue: %+v, %+v", sent, p.rang)
	}
	st, _, shift = published(t)
	if sent := tick(t, st, p, shift.Start); sent != (api.Reminded{}) {
		t.Errorf("the shift had begun: %+v", sent)
	}
}

func TestRemindOfWhatStands(t *testing.T) {
	t.Parallel()
	st, draft, shift := published(t)
	p := &phone{}
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Unpin, Assignment: draft.Assignments[0].ID})
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Move, Assignment: draft.Assignments[0].ID, Day: calendars.Day{Year: 2026, Month: 3, Dom: 11}})
	publish(t, st, draft, noon)
	tick(t, st, p, shift.Start.Add(-time.Hour))
	if len(p.rang) != 0 {
		t.Errorf("the old start is told: %+v", p.rang)
	}
	tick(t, st, p, shift.Start)
	if len(p.rang) != 1 || !strings.Contains(p.rang[0].Subject, "Wed 11 Mar") {
		t.Errorf("a day before the new start: %+v", p.rang)
	}
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Unpin, Assignment: draft.Assignments[0].ID})
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Unassign, Assignment: draft.Assignments[0].ID})
	publish(t, st, draft, noon)
	if sent := tick(t, st, p, shift.End.Add(15*time.Hour)); sent.Sent != 0 || len(p.rang) != 1 {
		t.Errorf("nobody works any more: %+v", sent)
	}
}

func TestRemindAgainOrNever(t *testing.T) {
	t.Parallel()
	st, _, shift := published(t)
	p := &phone{fail: errors.New("busy")}
	due := shift.Start.Add(-24 * time.Hour)
	if sent := tick(t, st, p, due); sent.Retried != 1 {
		t.Errorf("busy: %+v", sent)
	}
	p.fail = nil
	if sent := tick(t, st, p, due.Add(time.Second)); sent != (api.Reminded{}) {
		t.Errorf("a second later is too soon: %+v", sent)
	}
	if sent := tick(t, st, p, due.Add(time.Minute)); sent.Sent != 1 {
		t.Errorf("a minute later: %+v", sent)
	}
	p.fail = fmt.Errorf("no such mailbox: %w", notify.ErrPermanent)
	if sent := tick(t, st, p, shift.Start.Add(-time.Hour)); sent.Dead != 1 {
		t.Errorf("refused: %+v", sent)
	}
	p.fail = nil
	if sent := tick(t, st, p, shift.Start.Add(-time.Minute)); sent != (api.Reminded{}) {
		t.Errorf("refused for good, and tried again: %+v", sent)
	}
}
