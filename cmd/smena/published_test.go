package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Two weeks are planned again because somebody is away: beside what was published few
// shifts change, and none before now; planned anew, nearly all do.
func TestPlanPublished(t *testing.T) {
	t.Parallel()
	history, team := write(t, "history.csv", endHistory()), mustRead(t, teamFile(t))
	folder := t.TempDir()
	plan := func(team, seed, out string, more ...string) (said string, shifts map[string]bool, sums report) {
		t.Helper()
		out = filepath.Join(folder, out)
		args := []string{"plan", "--history", history, "--team", write(t, "team.json", team), "--from", "2026-03-16", "--weeks", "2", "--iterations", "3000", "--seed", seed, "--out", out}
		code, said, problems := try(t, append(args, more...)...)
		if code != 0 {
			t.Fatalf("exit %d\n%s", code, problems)
		}
		results := files(t, out)
		shifts = map[string]bool{}
		for _, row := range table(t, results["roster.csv"]) {
			shifts[strings.Join(row[1:5], " ")] = true
		}
		if err := json.Unmarshal([]byte(results["report.json"]), &sums); err != nil {
			t.Fatal(err)
		}
		return said, shifts, sums
	}
	_, before, first := plan(team, "1", "first")
	away := strings.Replace(team, `"name":"Operator 1"`, `"name":"Operator 1","time_off":[{"first":"2026-03-25","last":"2026-03-27"}]`, 1)
	away = strings.Replace(away, `"name":"End to end"`, `"name":"End to end","changes":{"shift":20,"operator":200}`, 1) // less than the hour that is missing
	if away == team || first.Changed != nil || first.Changes != nil {
		t.Fatalf("%+v, %+v", first.Changed, first.Changes)
	}
	published := []string{"--published", filepath.Join(folder, "first", rosterFile), "--now", "2026-03-20T12:00:00+02:00"}
	said, after, sums := plan(away, "2", "again", append(published, "--language", "ru")...)
	_, anew, free := plan(away, "2", "anew")
	few, many := beside(before, after), beside(before, anew)
	if few > 12 || many < 3*few {
		t.Errorf("of %d shifts %d change, and %d without what was published", len(before), few, many)
	}
	if sums.Changed == nil || sums.Changed.Days == 0 || len(sums.Changes) != sums.Changed.Operators+sums.Changed.Days || !strings.Contains(said, sums.Changed.text().Russian) {
		t.Fatalf("%+v, %v\n%s", sums.Changed, sums.Changes, said)
	}
	t.Logf("of %d shifts %d come or go, of %d operators, and %d if planned without what was published; covered %.1f %% and %.1f %%",
		len(before), few, sums.Changed.Operators, many, 100*sums.Share, 100*free.Share)
	for _, b := range sums.Changes {
		if yesterday := time.Date(2026, 3, 19, 0, 0, 0, 0, time.UTC); b.Unit == "changes" && b.Shifts[0].Start.Before(yesterday) || b.Rule != roster.RuleChanges {
			t.Errorf("changed in the past: %+v", b)
		}
	}
	if len(sums.Breaches) > 0 {
		t.Errorf("%+v", sums.Breaches)
	}
	week, monday := "operator,shift_template,start,end\n", time.Date(2026, 3, 22, 22, 0, 0, 0, time.UTC)
	for _, row := range table(t, mustRead(t, filepath.Join(folder, "first", rosterFile))) {
		if row[3] < monday.Format(time.RFC3339) {
			week += strings.Join(row[1:5], ",") + "\n"
		}
	}
	_, _, half := plan(team, "2", "half", "--published", write(t, "week.csv", week))
	if half.Changed == nil || slices.ContainsFunc(half.Changes, func(b roster.Breach) bool { return b.Unit == "changes" && !b.Shifts[0].Start.Before(monday) }) {
		t.Errorf("the second week was not published: %+v, %+v", half.Changed, half.Changes)
	}
	old := write(t, "old.csv", "operator,start,end\nOperator 1,2025-03-16T06:00:00Z,2025-03-16T14:00:00Z\n")
	if _, same, other := plan(team, "1", "other", "--published", old, "--now", "2026-04-20T12:00:00+03:00"); other.Changed != nil || beside(before, same) > 0 {
		t.Errorf("a roster of another year was published: %+v, and %d shifts differ", other.Changed, beside(before, same))
	}
}

// Of a published roster, shifts of those who have left are noted and dropped; whoever is
// not named at all, and a file of another team, are faults.
func TestPublishedOfLeft(t *testing.T) {
	t.Parallel()
	history, folder := write(t, "history.csv", endHistory()), t.TempDir()
	plan := func(out, rows string, more ...string) (int, string) {
		t.Helper()
		published := write(t, "published.csv", "operator,start,end\n"+rows)
		args := append([]string{"plan", "--history", history, "--team", teamFile(t), "--from", "2026-03-16", "--weeks", "1", "--iterations", "1", "--out", filepath.Join(folder, out), "--published", published}, more...)
		code, _, problems := try(t, args...)
		return code, problems
	}
	const one, left = "Operator 1,2026-03-16T06:00:00Z,2026-03-16T14:00:00Z\n", "Vera,2026-03-16T06:00:00Z,2026-03-16T14:00:00Z\nVera,2026-03-17T06:00:00Z,2026-03-17T14:00:00Z\nA Leaver,soon,later\n"
	for language, want := range map[string]string{
		"en": ": 3 shifts of operators who are not in the team do not count: A Leaver, Vera\n", "ru": "не учтены (3): A Leaver, Vera\n", "bg": "не се отчитат (3): A Leaver, Vera\n",
	} {
		if code, problems := plan(language, one+left, "--language", language); code != 0 || !strings.Contains(problems, want) {
			t.Errorf("%s: exit %d, want %q\n%s", language, code, want, problems)
		}
	}
	for name, c := range map[string]struct{ rows, want string }{
		"nobody is named":    {one + ",2026-03-16T06:00:00Z,2026-03-16T14:00:00Z\n" + left, `line 3: operator "": expected an operator of the team`},
		"of another team":    {left, `line 2: operator "Vera": expected an operator of the team`},
		"a fault of a shift": {left + one + "Operator 1,soon,later\n", `line 6: start "soon"`},
	} {
		if code, problems := plan(name, c.rows); code != exitBad || !strings.Contains(problems, c.want) {
			t.Errorf("%s: exit %d, want %q\n%s", name, code, c.want, problems)
		}
	}
}

// beside counts the shifts that only one of two rosters has.
func beside(some, others map[string]bool) (n int) {
	for one := range some {
		if !others[one] {
			n++
		}
	}
	for one := range others {
		if !some[one] {
			n++
		}
	}
	return n
}

// Other breaks and templates in the hours that were published are counted by operator,
// but of those whose hours change not again.
func TestChangedWithinHours(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 16, 6, 0, 0, 0, time.UTC)
	shift := func(operator roster.ID, day int, template string, pause int) roster.Assignment {
		at := start.AddDate(0, 0, day)
		a := roster.Assignment{Operator: operator, Template: template, Shift: calendars.Interval{Start: at, End: at.Add(8 * time.Hour)}}
		if pause > 0 {
			a.Breaks = []calendars.Interval{{Start: at.Add(time.Duration(pause) * time.Hour), End: at.Add(time.Duration(pause)*time.Hour + 30*time.Minute)}}
		}
		return a
	}
	p := &plan{}
	p.problem.Told = []roster.Assignment{shift(1, 0, "day", 3), shift(1, 1, "day", 3), shift(2, 0, "day", 3), shift(3, 0, "day", 3), shift(4, 0, "day", 3), shift(4, 1, "day", 3)}
	p.result.Assignments = []roster.Assignment{shift(1, 0, "day", 4), shift(1, 1, "day", 0), shift(2, 0, "other day", 3), shift(3, 0, "day", 3), shift(4, 0, "day", 4), shift(5, 0, "day", 4)}
	p.verdict.Changes = []roster.Breach{{Operator: 4, Unit: "changes"}, {Operator: 4, Unit: "operators"}, {Operator: 5, Unit: "changes"}, {Operator: 5, Unit: "operators"}}
	if got, want := *p.changed(), (changedReport{Operators: 2, Days: 2, Within: 2}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
