package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// blendHistory is eight weeks of hours of two streams, each with every other chat.
func blendHistory(names ...string) string {
	var b strings.Builder
	b.WriteString("timestamp,queue,offered\n")
	from := time.Date(2026, 1, 25, 22, 0, 0, 0, time.UTC)
	for i := range 8 * 168 {
		at := from.Add(time.Duration(i) * time.Hour)
		for _, name := range names {
			fmt.Fprintf(&b, "%s,%s,%d\n", at.Format(time.RFC3339), name, (12+2*(at.Hour()%7))/len(names))
		}
	}
	return b.String()
}

// blendTeam is the team of the end-to-end test, whose operators can answer bg and en,
// but for the last one, who cannot answer en.
func blendTeam(t *testing.T, queues ...map[string]any) string {
	t.Helper()
	team := endTeam()
	usual := team["queues"].([]any)[0].(map[string]any)
	var all []any
	for _, q := range queues {
		for field, value := range usual {
			if _, set := q[field]; !set {
				q[field] = value
			}
		}
		all = append(all, q)
	}
	team["queues"] = all
	operators := team["operators"].([]map[string]any)
	for _, o := range operators {
		o["skills"] = []string{"bg", "en"}
	}
	operators[len(operators)-1]["skills"] = []string{"bg"}
	text, err := json.Marshal(team)
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "team.json", string(text))
}

// blendPlan plans a week, and returns the results and what was noted.
func blendPlan(t *testing.T, history, team string, more ...string) (results map[string]string, sums report, notes string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "plan")
	args := append([]string{"plan", "--history", write(t, "history.csv", history), "--team", team, "--from", "2026-03-16", "--weeks", "1", "--iterations", "200", "--out", out}, more...)
	code, _, notes := try(t, args...)
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, notes)
	}
	results = files(t, out)
	if err := json.Unmarshal([]byte(results["report.json"]), &sums); err != nil {
		t.Fatal(err)
	}
	for _, then := range [][]string{
		{"simulate", "--plan", out, "--runs", "3"}, {"explain", "--plan", out, "--seconds", "5"},
		{"repair", "--plan", out, "--absent", "Operator 1", "--first", firstDay(t, results["roster.csv"], "Operator 1")},
	} {
		if code, _, problems := try(t, then...); code != 0 {
			t.Errorf("%s: exit %d\n%s", then[0], code, problems)
		}
	}
	return results, sums, notes
}

// firstDay is the day of the first shift of an operator, on their clock.
func firstDay(t *testing.T, roster, name string) string {
	t.Helper()
	for _, row := range table(t, roster) {
		if row[1] == name {
			return row[5][:len("2026-03-16")]
		}
	}
	t.Fatalf("%s has no shift", name)
	return ""
}

// Two streams in one queue are planned like one queue that has the chats of both,
// by those who have both skills, and take fewer operators than two queues.
func TestPlanBlends(t *testing.T) {
	t.Parallel()
	blended := blendTeam(t, map[string]any{"name": "front", "blends": []string{"bg", "en"}})
	results, sums, notes := blendPlan(t, blendHistory("bg", "en"), blended)
	checkPlan(t, results, 7*24)
	one, _, _ := blendPlan(t, blendHistory("front"), blended)
	for name := range results {
		if diff := cmp.Diff(one[name], results[name]); diff != "" {
			t.Errorf("%s is another than that of one queue with the chats of both: %s", name, diff)
		}
	}
	if !strings.Contains(notes, `note: nothing of queue "front" is answered by Operator 8: it takes the skills of all its streams, bg, en`) {
		t.Errorf("nobody notes Operator 8:\n%s", notes)
	}
	if o := sums.Operators[7]; o.Shifts != 0 || len(events(t, results["feeds/008-operator-8.ics"])) != 0 {
		t.Errorf("%+v covers something", o)
	}
	if actual := sums.Queues[0].Actual; len(sums.Queues) != 1 || actual == nil || actual.Intervals != 7*16 || actual.Accuracy.WAPE != 0 {
		t.Errorf("%+v is not held against what came of both streams", sums.Queues)
	}
	if strings.Count(results["team.json"], "\u00a0") != 2 { // between the skills of the queue
		t.Errorf("operators have skills that they were not given:\n%s", results["team.json"])
	}
	_, apart, _ := blendPlan(t, blendHistory("bg", "en"), blendTeam(t, map[string]any{"name": "bg"}, map[string]any{"name": "en"}))
	t.Logf("operator-hours required: %v apart, %v as one queue", apart.Required, sums.Required)
	if sums.Required != 224 || apart.Required != 294 {
		t.Error("the README says 294 and 224")
	}
}

// The note is in the language of the plan; a stream without rows, and rows that go
// to no queue, are errors.
func TestPlanBlendsNotes(t *testing.T) {
	t.Parallel()
	team := blendTeam(t, map[string]any{"name": "front", "blends": []string{"bg", "en"}})
	for language, want := range map[string]string{"ru": "на чаты очереди «front» не отвечают: Operator 8;", "bg": "на чатовете от опашката „front“ не отговарят: Operator 8;"} {
		if _, _, notes := blendPlan(t, blendHistory("bg", "en"), team, "--language", language); !strings.Contains(notes, want) {
			t.Errorf("%s: %s", language, notes)
		}
	}
	early := "\n2025-11-16T22:00:00Z,bg,9\n" // 70 days before the others
	if _, _, notes := blendPlan(t, strings.Replace(blendHistory("bg", "en"), "\n", early, 1), team); !strings.Contains(notes, `queue "front": only from 2026-01-26 on have all of its streams a history; what some have of the 70 days before is left out`) {
		t.Error(notes)
	}
	for want, history := range map[string]string{
		`stream "en" of queue "front": no history`:                 blendHistory("bg"),
		`the history has a queue "ru" that the team file does not`: blendHistory("bg", "en", "ru"),
		`the row of queue "bg" is there already`:                   blendHistory("bg", "en", "bg"),
	} {
		code, _, problems := try(t, "plan", "--history", write(t, "history.csv", history), "--team", team, "--from", "2026-03-16", "--iterations", "1", "--out", filepath.Join(t.TempDir(), "plan"))
		if code != exitBad || !strings.Contains(problems, want) {
			t.Errorf("exit %d, want %q\n%.500s", code, want, problems)
		}
	}
}

// Whom to hire for streams has the skills of all of them.
func TestExplainBlends(t *testing.T) {
	t.Parallel()
	team := strings.ReplaceAll(mustRead(t, blendTeam(t, map[string]any{"name": "front", "blends": []string{"bg", "en"}})), `"skills":["bg","en"]`, `"skills":["en"]`)
	out := filepath.Join(t.TempDir(), "plan")
	code, _, problems := try(t, "plan", "--history", write(t, "history.csv", blendHistory("bg", "en")), "--team", write(t, "team.json", team), "--from", "2026-03-16", "--weeks", "1", "--iterations", "10", "--out", out)
	if code != 0 || !strings.Contains(problems, "what would help: the skill bg for Operator 1, ") || !strings.Contains(problems, "; or the skill en for Operator 8; ") {
		t.Errorf("exit %d\n%s", code, problems)
	}
	code, said, problems := try(t, "explain", "--plan", out, "--shortages", "1")
	for _, want := range []string{"nobody has the skill bg\u00a0+\u00a0en", "hire somebody with the skill bg\u00a0+\u00a0en for "} {
		if code != 0 || !strings.Contains(said, want) {
			t.Errorf("exit %d, want %q\n%s%s", code, want, said, problems)
		}
	}
}
