package api_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// off gives the first operator so many days off from 10 March on.
func off(t *testing.T, st *store.Store, id roster.ID, days int) {
	t.Helper()
	team, version, err := st.Team(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	first := calendars.Day{Year: 2026, Month: 3, Dom: 10}
	team.Operators[0].TimeOff = []roster.TimeOff{{First: first, Last: first.AddDays(days - 1)}}
	if _, err := api.SaveTeam(t.Context(), st, team, version); err != nil {
		t.Fatal(err)
	}
}

// What was found for a team, or beside a publication, that is another by then is not stored.
func TestSolvedForWhatHasChanged(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*testing.T, *store.Store, store.Roster, store.Roster){
		"nothing":     func(*testing.T, *store.Store, store.Roster, store.Roster) {},
		"time off":    func(t *testing.T, st *store.Store, draft, _ store.Roster) { off(t, st, draft.Team, 2) },
		"publication": func(t *testing.T, st *store.Store, _, other store.Roster) { publish(t, st, other, noon) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st, draft, _ := published(t)
			other := drafted(t, st, draft.Team, draft.First, 1)
			done := false
			_, _, err := api.SolveRoster(t.Context(), st, draft.ID, false, solve.Options{Iterations: 5, Progress: func(solve.Progress) {
				if !done {
					done = true
					change(t, st, draft, other)
				}
			}}, noon)
			if stale := name != "nothing"; errors.Is(err, store.ErrStale) != stale || !stale && err != nil {
				t.Errorf("%v", err)
			}
			now, err := st.Roster(t.Context(), draft.ID)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(draft.Assignments, now.Assignments); name != "nothing" && diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The repair that is taken is one of those that were answered, or none.
func TestRepairsOfWhatHasChanged(t *testing.T) {
	t.Parallel()
	st, draft, _ := published(t)
	h := handlerOf(st, t.Output())
	token, err := api.NewToken(t.Context(), st, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	post := func(query, tag string, want int) string {
		t.Helper()
		answer := ask(h, "POST", fmt.Sprintf("/api/v1/rosters/%d/repairs%s", draft.ID, query), "Authorization", "Bearer "+token, "If-Match", tag)
		if answer.Code != want || !json.Valid(answer.Body.Bytes()) {
			t.Errorf("%s at %s: %d, want %d\n%s", query, tag, answer.Code, want, answer.Body)
		}
		return answer.Header().Get("ETag")
	}
	off(t, st, draft.Team, 1)
	tag := post("", fmt.Sprintf("%q", fmt.Sprint(draft.Version)), 200)
	off(t, st, draft.Team, 3)
	post("?take=1", tag, 412)
	tag = post("", tag, 200)
	tag = post("?take=1", tag, 200)
	post("", tag, 200)
}

// Once it is too late for a repair that was answered, another is not taken for it.
func TestRepairsOfWhatIsTooLate(t *testing.T) {
	t.Parallel()
	st, draft, shift := published(t)
	team, version, err := st.Team(t.Context(), draft.Team)
	if err != nil {
		t.Fatal(err)
	}
	boris := team.Operators[0]
	boris.ID, boris.Name, boris.Email = 0, "Boris", "boris@secret.example"
	boris.Contract.Notice = calendars.Hours(24)
	team.Operators = append(team.Operators, boris)
	if _, err := api.SaveTeam(t.Context(), st, team, version); err != nil {
		t.Fatal(err)
	}
	off(t, st, draft.Team, 1)
	token, err := api.NewToken(t.Context(), st, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	var now time.Time
	h := api.New(st, api.Options{Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)})
	post := func(query, tag string, want int) string {
		t.Helper()
		answer := ask(h, "POST", fmt.Sprintf("/api/v1/rosters/%d/repairs%s", draft.ID, query), "Authorization", "Bearer "+token, "If-Match", tag)
		if answer.Code != want {
			t.Errorf("%s at %s: %d, want %d\n%s", query, tag, answer.Code, want, answer.Body)
		}
		return answer.Header().Get("ETag")
	}
	late := shift.Start.Add(-boris.Contract.Notice.Duration)
	plain := fmt.Sprintf("%q", fmt.Sprint(draft.Version))
	now = late.Add(-2 * time.Minute)
	tag := post("", plain, 200)
	now = late.Add(-time.Minute)
	if again := post("", tag, 200); again != tag {
		t.Errorf("the same repairs have the tags %s and %s", tag, again)
	}
	now = late.Add(time.Minute)
	post("?take=1", tag, 412)
	if is, err := st.Roster(t.Context(), draft.ID); err != nil || is.Version != draft.Version {
		t.Errorf("the draft is at %d, %v: expected %d as before", is.Version, err, draft.Version)
	}
	post("?take=1", post("", tag, 200), 200)
}
