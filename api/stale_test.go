package api_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

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
	tag = post("", fmt.Sprintf("%q", fmt.Sprint(draft.Version)), 200)
	tag = post("?take=1", tag, 200)
	post("", tag, 200)
}
