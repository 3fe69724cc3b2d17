package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Scenarios are solved beside the plan: who is lost misses hours, more chats
// require more, and what cannot be is named before the search.
func TestWhatIf(t *testing.T) {
	t.Parallel()
	team := teamFile(t)
	data, err := os.ReadFile(team)
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Operators []struct{ Name string } }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	name := file.Operators[0].Name
	out := filepath.Join(t.TempDir(), "plan")
	history := write(t, "history.csv", endHistory())
	run := func(scenarios string) (int, string, string) {
		path := write(t, "what.json", scenarios)
		return try(t, "plan", "--history", history, "--team", team, "--from", "2026-03-16", "--weeks", "1", "--iterations", "200", "--out", out, "--what-if", path)
	}
	quoted := func(text string) string { return strings.ReplaceAll(text, "NAME", name) }
	code, shown, problems := run(quoted(`{"scenarios": [
		{"name": "loss", "changes": [{"lose": "NAME"}]},
		{"name": "rush", "changes": [{"arrivals": 3}]},
		{"name": "hire", "changes": [{"hire_like": "NAME", "count": 2}]},
		{"name": "strict", "changes": [{"service_level": {"share": 0.99, "within": "5s"}}, {"shift_template": {"name": "new", "start": "05:00", "end": "13:00"}}]}]}`))
	if code != 0 || !strings.Contains(shown, "as it is") || !strings.Contains(shown, "rush") {
		t.Fatalf("exit %d\n%s\n%s", code, shown, problems)
	}
	kept, err := os.ReadFile(filepath.Join(out, "what-if.json"))
	if err != nil {
		t.Fatal(err)
	}
	var answers []compared
	if err := json.Unmarshal(kept, &answers); err != nil {
		t.Fatal(err)
	}
	base, loss, rush, hire, strict := answers[0], answers[1], answers[2], answers[3], answers[4]
	if loss.Operators != base.Operators-1 || hire.Operators != base.Operators+2 || rush.Required <= base.Required || strict.Required <= base.Required || loss.Missing < base.Missing || hire.Missing > base.Missing {
		t.Errorf("the answers are %+v", answers)
	}
	for scenarios, want := range map[string]string{
		`{"scenarios": []}`: "at least one",
		`{"scenarios": [{"name": "a", "changes": [{"loose": "x"}]}]}`:                 "loose",
		`{"scenarios": [{"name": "a", "changes": [{"lose": "Nobody"}]}]}`:             `"Nobody" is not an operator`,
		`{"scenarios": [{"name": "a", "changes": [{"queue": "xx", "arrivals": 2}]}]}`: `queue "xx"`,
		`{"scenarios": [{"name": "a", "changes": [{"arrivals": -2}]}]}`:               "arrivals -2",
		`{"scenarios": [{"name": "a", "changes": [{"drop_rule": "x"}]}]}`:             `drop_rule "x"`,
		`{"scenarios": [{"name": "a", "changes": [{}]}]}`:                             "expected one of",
		`{"scenarios": [{"name": "a", "changes": [{"hire": {"name": "x"}}]}]}`:        `scenario "a"`,
	} {
		if code, _, problems := run(scenarios); code != exitBad || !strings.Contains(problems, want) {
			t.Errorf("%s: exit %d, %s: expected %q", scenarios, code, problems, want)
		}
	}
}
