package api_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// What was published is in the ledger, and a change to it comes too late for
// the contract's notice by a minute. Solving does not make it then.
func TestLedgerAndNotice(t *testing.T) {
	t.Parallel()
	st, draft, shift := published(t)
	ctx := t.Context()
	team, version, err := st.Team(ctx, draft.Team)
	if err != nil {
		t.Fatal(err)
	}
	team.Fairness = roster.Fairness{Holiday: 2, Weekend: 1, ShortNotice: 0.5, Weight: 10}
	team.Operators[0].Country = "PH"
	team.Operators[0].Contract.Notice = calendars.Hours(48)
	if _, err = st.SaveTeam(ctx, team, version); err != nil {
		t.Fatal(err)
	}
	saturday := roster.Edit{Kind: roster.Assign, Operator: team.Operators[0].ID, Template: "day", Day: calendars.Day{Year: 2026, Month: 3, Dom: 14}}
	draft = edited(t, st, draft, saturday)
	publish(t, st, draft, noon.AddDate(0, 0, 12)) // the day before

	h := handlerOf(st, t.Output())
	token, err := api.NewToken(ctx, st, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	read := func(path string, want int, into any) {
		t.Helper()
		answer := ask(h, "GET", path, "Authorization", "Bearer "+token)
		if answer.Code != want {
			t.Fatalf("%s: %d, %s", path, answer.Code, answer.Body)
		}
		if into != nil {
			if err := json.Unmarshal(answer.Body.Bytes(), into); err != nil {
				t.Fatal(err)
			}
		}
	}
	base := fmt.Sprintf("/api/v1/teams/%d/", team.ID)
	var all []roster.Account
	read(base+"ledger?at=2026-03-15", 200, &all)
	if len(all) != 1 || len(all[0].Entries) != 2 || all[0].Entries[0].Kind != roster.BurdenNotice || all[0].Entries[1].Kind != roster.BurdenWeekend || all[0].Points < 1.4 {
		t.Errorf("%+v", all)
	}
	var one roster.Account
	read(base+fmt.Sprintf("operators/%d/ledger?at=2026-03-14", team.Operators[0].ID), 200, &one)
	if len(one.Entries) != 0 || one.Name != "Ana" {
		t.Errorf("before the day: %+v", one)
	}
	read(base+"ledger", 200, nil)
	read(base+"ledger?at=9999-12-31", 200, nil)
	read(base+"ledger?at=0001-01-01", 200, nil)
	read(base+"ledger?at=soon", 422, nil)
	read(base+"operators/999/ledger", 404, nil)
	read("/api/v1/teams/999/ledger", 404, nil)

	draft, err = st.Roster(ctx, draft.ID)
	if err != nil {
		t.Fatal(err)
	}
	first := draft.Assignments[0]
	unpin := roster.Edit{Kind: roster.Unpin, Assignment: first.ID}
	draft = edited(t, st, draft, unpin)
	for late, want := range map[time.Duration]int{0: 0, time.Minute: 1} {
		_, effect, err := api.EditRoster(ctx, st, draft.ID, roster.Edit{Kind: roster.Unassign, Assignment: first.ID}, draft.Version, true, shift.Start.Add(-48*time.Hour+late))
		if err != nil {
			t.Fatal(err)
		}
		if len(effect.Breaks) != want || want == 1 && effect.Breaks[0].Rule != roster.RuleNotice {
			t.Errorf("%s late: %+v", late, effect.Breaks)
		}
	}
	next := shift.Start.AddDate(0, 0, 1) // when the operator is needed, too, but was told of nothing
	for _, late := range []time.Duration{0, time.Minute} {
		now, err := st.Roster(ctx, draft.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := st.SaveAssignments(ctx, draft.ID, draft.Assignments, now.Version); err != nil { // not what was solved before
			t.Fatal(err)
		}
		solved, _, err := api.SolveRoster(ctx, st, draft.ID, true, solve.Options{Iterations: 20}, next.Add(-48*time.Hour+late))
		if err != nil {
			t.Fatal(err)
		}
		at := func(start time.Time) bool {
			return slices.ContainsFunc(solved.Assignments, func(a roster.Assignment) bool { return a.Shift.Start.Equal(start) })
		}
		if !at(shift.Start) || at(next) != (late == 0) {
			t.Errorf("%s late: %+v", late, solved.Assignments)
		}
	}
}
