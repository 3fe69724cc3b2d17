package api_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// Of two weeks the first was published: a shift more is a change there, on its last day
// too, and none in the second.
func TestWeekOfTwoIsPublished(t *testing.T) {
	t.Parallel()
	st, draft, _ := published(t)
	ctx := t.Context()
	both := drafted(t, st, draft.Team, draft.First, 2)
	shift := func(day int) roster.Edit {
		return roster.Edit{Kind: roster.Assign, Operator: draft.Assignments[0].Operator, Template: "day", Day: calendars.Day{Year: 2026, Month: 3, Dom: day}}
	}
	both = edited(t, st, both, shift(10)) // as published
	for day, want := range map[int]int{9: 2, 15: 2, 16: 0, 22: 0} {
		_, effect, err := api.EditRoster(ctx, st, both.ID, shift(day), both.Version, true, noon)
		if err != nil {
			t.Fatal(err)
		}
		if len(effect.Changes) != want {
			t.Errorf("on the %dth: %+v", day, effect.Changes)
		}
	}
}

// What is published of the week after counts: six days up to its first are one too many.
func TestWeekAfterIsPublished(t *testing.T) {
	t.Parallel()
	st, draft, _ := published(t)
	ctx := t.Context()
	after := drafted(t, st, draft.Team, draft.First.AddDays(7), 1)
	shift := func(day int) roster.Edit {
		return roster.Edit{Kind: roster.Assign, Operator: draft.Assignments[0].Operator, Template: "day", Day: calendars.Day{Year: 2026, Month: 3, Dom: day}}
	}
	for day := 11; day <= 14; day++ {
		draft = edited(t, st, draft, shift(day))
	}
	sixth := func() bool {
		_, effect, err := api.EditRoster(ctx, st, draft.ID, shift(15), draft.Version, true, noon)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(effect.Breaks, func(b roster.Breach) bool { return b.Rule == roster.RuleRun })
	}
	if sixth() {
		t.Error("six days are too many, though nothing follows")
	}
	publish(t, st, edited(t, st, after, shift(16)), noon)
	if !sixth() {
		t.Error("six days and the one published after them break no rule")
	}
}

// drafted is an empty draft of so many weeks.
func drafted(t *testing.T, st *store.Store, team roster.ID, first calendars.Day, weeks int) store.Roster {
	t.Helper()
	made, err := api.MakeForecast(t.Context(), st, team, first, weeks, noon)
	if err != nil {
		t.Fatal(err)
	}
	demand, err := api.MakeDemand(t.Context(), st, made.ID, noon)
	if err != nil {
		t.Fatal(err)
	}
	draft, err := api.CreateRoster(t.Context(), st, demand.ID)
	if err != nil {
		t.Fatal(err)
	}
	return draft
}

// A shift that a longer roster has moved out of the week keeps its ID there; the week,
// published again, gets another.
func TestPublishAgainWhatMovedOn(t *testing.T) {
	t.Parallel()
	st, week, shift := published(t)
	ctx := t.Context()
	both := drafted(t, st, week.Team, week.First, 2)
	both = edited(t, st, both, roster.Edit{Kind: roster.Assign, Operator: week.Assignments[0].Operator, Template: "day", Day: calendars.Day{Year: 2026, Month: 3, Dom: 10}})
	publish(t, st, both, noon)
	both, err := st.Roster(ctx, both.ID)
	if err != nil || both.Assignments[0].ID != week.Assignments[0].ID {
		t.Fatalf("%+v, %v: expected the shift as it was published", both.Assignments, err)
	}
	both = edited(t, st, both, roster.Edit{Kind: roster.Unpin, Assignment: both.Assignments[0].ID})
	both = edited(t, st, both, roster.Edit{Kind: roster.Move, Assignment: both.Assignments[0].ID, Day: calendars.Day{Year: 2026, Month: 3, Dom: 17}})
	publish(t, st, both, noon)
	publish(t, st, week, noon)
	all, err := st.PublishedOf(ctx, week.Team, shift.Start, shift.End.AddDate(0, 0, 14))
	if err != nil || len(all) != 2 || all[0].ID == all[1].ID || all[1].ID != both.Assignments[0].ID {
		t.Errorf("%+v, %v", all, err)
	}
	if week, err = st.Roster(ctx, week.ID); err != nil || week.Assignments[0].ID != all[0].ID {
		t.Errorf("the draft has %+v, %v: expected the ID that is published", week.Assignments, err)
	}
}

// Who has left gets no new shift and no reminder of one; what they know of stays.
func TestPublishForWhoHasLeft(t *testing.T) {
	t.Parallel()
	st, draft, shift := published(t)
	ctx := t.Context()
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Assign, Operator: draft.Assignments[0].Operator, Template: "day", Day: calendars.Day{Year: 2026, Month: 3, Dom: 12}})
	publishAfterAna(t, st, draft)
	if sent := tick(t, st, &phone{}, shift.Start.AddDate(0, 0, 2).Add(-time.Hour)); sent != (api.Reminded{}) {
		t.Errorf("%+v", sent)
	}
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Unpin, Assignment: draft.Assignments[1].ID})
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Unassign, Assignment: draft.Assignments[1].ID})
	draft.Assignments[0].Breaks = []calendars.Interval{{Start: shift.Start.Add(time.Hour), End: shift.Start.Add(2 * time.Hour)}}
	if _, err := st.SaveAssignments(ctx, draft.ID, draft.Assignments, draft.Version); err != nil {
		t.Fatal(err)
	}
	publish(t, st, draft, noon)
	if stays, err := st.Published(ctx, draft.ID); err != nil || len(stays) != 1 || !stays[0].Shift.Equal(shift) || len(stays[0].Breaks) != 1 {
		t.Errorf("%+v, %v", stays, err)
	}
}

// publishAfterAna retires everybody, that is Ana, and checks that the draft with her shift
// of the 12th is refused.
func publishAfterAna(t *testing.T, st *store.Store, draft store.Roster) {
	t.Helper()
	team, version, err := st.Team(t.Context(), draft.Team)
	if err != nil {
		t.Fatal(err)
	}
	team.Operators = nil
	if _, err := api.SaveTeam(t.Context(), st, team, version); err != nil {
		t.Fatal(err)
	}
	_, err = api.Publish(t.Context(), st, draft.ID, noon)
	if want := "Ana, has left the team, and the draft has a new shift for them, day of Thu 12 Mar 09:00 (Asia/Manila)"; !errors.Is(err, api.ErrInput) || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}

// A shift that they know of does not move for who has left, either.
func TestPublishMovedForWhoHasLeft(t *testing.T) {
	t.Parallel()
	st, draft, shift := published(t)
	ctx := t.Context()
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Unpin, Assignment: draft.Assignments[0].ID})
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Move, Assignment: draft.Assignments[0].ID, Day: calendars.Day{Year: 2026, Month: 3, Dom: 12}})
	publishAfterAna(t, st, draft)
	if stays, err := st.Published(ctx, draft.ID); err != nil || len(stays) != 1 || !stays[0].Shift.Equal(shift) {
		t.Errorf("%+v, %v", stays, err)
	}
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Unpin, Assignment: draft.Assignments[0].ID})
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Unassign, Assignment: draft.Assignments[0].ID})
	publish(t, st, draft, noon)
}

// The night published before the horizon covers its first hours: what is left of them is not impossible.
func TestImpossibleAfterANight(t *testing.T) {
	t.Parallel()
	st, draft, _ := published(t)
	team, version, err := st.Team(t.Context(), draft.Team)
	if err != nil {
		t.Fatal(err)
	}
	team.Queues[0].AHT = calendars.Seconds(60) // one operator is enough
	team.Templates = append(team.Templates, roster.Template{Name: "night", Start: 22 * 60, End: 6 * 60, Weekdays: []calendars.Weekday{calendars.Weekday(time.Sunday)}})
	if _, err := api.SaveTeam(t.Context(), st, team, version); err != nil {
		t.Fatal(err)
	}
	sunday := calendars.Day{Year: 2026, Month: 3, Dom: 15}
	next := drafted(t, st, team.ID, sunday.Next(), 1)
	token, err := api.NewToken(t.Context(), st, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	early := func(day calendars.Day) (n int) {
		t.Helper()
		var found []roster.Impossibility
		answer := ask(handlerOf(st, t.Output()), "GET", fmt.Sprintf("/api/v1/demands/%d/impossible", next.Demand), "Authorization", "Bearer "+token)
		if err := json.Unmarshal(answer.Body.Bytes(), &found); err != nil || answer.Code != 200 {
			t.Fatalf("%d, %v: %s", answer.Code, err, answer.Body)
		}
		night := calendars.Interval{Start: day.Start(team.Zone), End: day.At(6*60, team.Zone)}
		for _, one := range found {
			if night.Overlaps(one.Interval) {
				n++
			}
		}
		return n
	}
	if early(sunday.Next()) == 0 {
		t.Error("nobody can be there on Monday, and it is not said")
	}
	draft = edited(t, st, draft, roster.Edit{Kind: roster.Assign, Operator: team.Operators[0].ID, Template: "night", Day: sunday})
	publish(t, st, draft, noon)
	if n := early(sunday.Next()); n != 0 || early(sunday.AddDays(2)) == 0 {
		t.Errorf("%d intervals of the night that is covered are said to be impossible", n)
	}
}

// What changes cost is in the score of a draft that was planned anew, as in that of its coverage.
func TestScoreOfSolvedAnew(t *testing.T) {
	t.Parallel()
	st, draft, _ := published(t)
	_, result, err := api.SolveRoster(t.Context(), st, draft.ID, true, solve.Options{Iterations: 20}, noon)
	if err != nil {
		t.Fatal(err)
	}
	token, err := api.NewToken(t.Context(), st, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	var coverage struct {
		Score   roster.Score
		Changes []roster.Breach
	}
	answer := ask(handlerOf(st, t.Output()), "GET", fmt.Sprintf("/api/v1/rosters/%d/coverage", draft.ID), "Authorization", "Bearer "+token)
	if err := json.Unmarshal(answer.Body.Bytes(), &coverage); err != nil {
		t.Fatal(err)
	}
	if result.Score != coverage.Score || len(coverage.Changes) == 0 || result.Bound > result.Score.Soft {
		t.Errorf("%+v, bound %d; coverage says %+v for %d changes", result.Score, result.Bound, coverage.Score, len(coverage.Changes))
	}
}

// Whoever says which draft is to be published gets that one published or none.
func TestPublishVersion(t *testing.T) {
	t.Parallel()
	st, draft, _ := published(t)
	h := handlerOf(st, t.Output())
	token, err := api.NewToken(t.Context(), st, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	post := func(want int, match ...string) string {
		t.Helper()
		answer := ask(h, "POST", fmt.Sprintf("/api/v1/rosters/%d/publications", draft.ID), append(match, "Authorization", "Bearer "+token)...)
		if answer.Code != want {
			t.Errorf("%s: %d, want %d\n%s", match, answer.Code, want, answer.Body)
		}
		return answer.Header().Get("ETag")
	}
	if tag := post(201, "If-Match", fmt.Sprintf(`"%d"`, draft.Version)); tag != fmt.Sprintf(`"%d"`, draft.Version) {
		t.Errorf("answered ETag %s, the draft is at %d", tag, draft.Version)
	}
	edited(t, st, draft, roster.Edit{Kind: roster.Unpin, Assignment: draft.Assignments[0].ID})
	post(412, "If-Match", fmt.Sprintf(`"%d"`, draft.Version))
	post(412, "If-Match", "soon")
	post(201, "If-Match", post(201))
	if now, err := st.Roster(t.Context(), draft.ID); err != nil || now.Publication != 4 {
		t.Errorf("%d publications, %v: expected those that were answered, and the first", now.Publication, err)
	}
}

// Whom to tell of a publication can be asked later, too, when another has followed.
func TestPublicationsAreKept(t *testing.T) {
	t.Parallel()
	st, draft, shift := published(t)
	publish(t, st, draft, noon.Add(time.Hour))
	h := handlerOf(st, t.Output())
	token, err := api.NewToken(t.Context(), st, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string, want int) string {
		t.Helper()
		answer := ask(h, "GET", "/api/v1/rosters/"+path, "Authorization", "Bearer "+token)
		if answer.Code != want {
			t.Errorf("%s: %d, want %d", path, answer.Code, want)
		}
		return strings.TrimSpace(answer.Body.String())
	}
	base := fmt.Sprintf("%d/publications", draft.ID)
	want := `[{"number":2,"made_at":"2026-03-01T13:00:00Z","shifts":1,"changes":0},{"number":1,"made_at":"2026-03-01T12:00:00Z","shifts":1,"changes":1}]`
	if got := get(base, 200); got != want {
		t.Errorf("got %s", got)
	}
	var first store.Publication
	if err := json.Unmarshal([]byte(get(base+"/1", 200)), &first); err != nil {
		t.Fatal(err)
	}
	if len(first.Changes) != 1 || first.Changes[0].Kind != roster.Added || !first.Changes[0].Shift.Equal(shift) {
		t.Errorf("%+v", first)
	}
	get(base+"/3", 404)
	get("999/publications", 404)
}
