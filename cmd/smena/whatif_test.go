package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const whatIfScenarios = `{"scenarios": [
	{"name": "loss", "changes": [{"lose": "Operator 1"}]},
	{"name": "rush", "changes": [{"arrivals": {"queue": "chat", "factor": 3}}]},
	{"name": "hire", "changes": [{"hire": {"operators": 2, "like": "Operator 1"}}]},
	{"name": "strict", "changes": [{"service_level": {"share": 0.99, "within": "5s"}}, {"shift_template": {"name": "new", "start": "05:00", "end": "13:00"}}]},
	{"name": "tired", "changes": [{"rule_off": {"rule": "weekly-rest", "operators": ["Operator 2"]}}]}]}`

// Scenarios are solved beside the plan: who is lost misses hours, more chats
// require more, and each is held against the team as it is.
func TestWhatIf(t *testing.T) {
	t.Parallel()
	out := filepath.Join(t.TempDir(), "plan")
	args := []string{"plan", "--history", write(t, "history.csv", endHistory()), "--team", teamFile(t), "--from", "2026-03-16", "--weeks", "1",
		"--iterations", "200", "--what-if", write(t, "what.json", whatIfScenarios)}
	code, shown, problems := try(t, append(args, "--out", out)...)
	if code != 0 || strings.Count(shown, "at most ")+strings.Count(shown, "no bound of the cost found yet")+strings.Count(shown, "no better roster is possible") < 6 {
		t.Fatalf("exit %d\n%s\n%s", code, shown, problems)
	}
	kept, err := os.ReadFile(filepath.Join(out, "what-if.json"))
	if err != nil {
		t.Fatal(err)
	}
	if _, again, _ := try(t, append(args, "--json")...); again != string(kept) {
		t.Errorf("without --out it is\n%s, and\n%s", again, kept)
	}
	var c comparison
	if err := json.Unmarshal(kept, &c); err != nil {
		t.Fatal(err)
	}
	base, loss, rush, hire, strict, tired := c.Scenarios[0], c.Scenarios[1], c.Scenarios[2], c.Scenarios[3], c.Scenarios[4], c.Scenarios[5]
	switch {
	case base.Name != "base" || base.Change != nil:
		t.Errorf("the team as it is comes out as %+v", base)
	case loss.Change.People != -1 || loss.Missing < base.Missing || hire.People != base.People+2 || hire.Missing > base.Missing:
		t.Errorf("loss %+v, hire %+v, base %+v", loss, hire, base)
	case rush.Required <= base.Required || strict.Required <= base.Required || *rush.Change.Expected >= 0 || tired.Required != base.Required:
		t.Errorf("rush %+v, strict %+v, base %+v", rush, strict, base)
	case rush.Change.Missing != rush.Missing-base.Missing || rush.Change.Soft != rush.Score.Soft-base.Score.Soft:
		t.Errorf("rush %+v, base %+v", rush, base)
	}
}

// With --strict it is the team as it is whose hours must be covered: here chats are
// ten times as many.
func TestStrictWhatIf(t *testing.T) {
	t.Parallel()
	lines := strings.Split(strings.TrimSpace(endHistory()), "\n")
	history := write(t, "history.csv", lines[0]+"\n"+strings.Join(lines[1:], "0\n")+"0\n")
	for flag, want := range map[string]int{"--json": 0, "--strict": exitUncovered} {
		code, _, problems := try(t, "plan", "--history", history, "--team", teamFile(t), "--from", "2026-03-16", "--weeks", "1",
			"--iterations", "200", "--what-if", write(t, "what.json", `{"scenarios": [{"name": "calm", "changes": [{"arrivals": {"queue": "chat", "factor": 0.1}}]}]}`), flag)
		if code != want {
			t.Errorf("%s: exit %d, want %d: %s", flag, code, want, problems)
		}
	}
}

// What is worth knowing of every scenario is told once.
func TestWhatIfNotesOnce(t *testing.T) {
	t.Parallel()
	team := endTeam()
	team["fairness"] = map[string]any{"holiday": 1}
	for _, o := range team["operators"].([]map[string]any) {
		o["country"] = "ZZ"
	}
	text, err := json.Marshal(team)
	if err != nil {
		t.Fatal(err)
	}
	code, _, problems := try(t, "plan", "--history", write(t, "history.csv", endHistory()), "--team", write(t, "team.json", string(text)), "--from", "2026-03-16", "--weeks", "1",
		"--iterations", "1", "--language", "bg", "--what-if", write(t, "what.json", `{"scenarios": [
			{"name": "calm", "changes": [{"arrivals": {"queue": "chat", "factor": 0.5}}]}, {"name": "loss", "changes": [{"lose": "Operator 1"}]}]}`))
	if code != 0 || strings.Count(problems, "не са известни празниците на страните, в които работят оператори: ZZ") != 1 {
		t.Errorf("exit %d\n%s", code, problems)
	}
}

// What cannot be is named before the search: file, scenario, field, value and
// what would be right.
func TestBadWhatIf(t *testing.T) {
	t.Parallel()
	history, team := write(t, "history.csv", endHistory()), teamFile(t)
	for change, want := range map[string]string{
		`{"lose": "Nobody"}`:   `what.json: scenarios[0] "a": changes[0]: lose: no operator "Nobody" in the team: expected one of Operator 1,`,
		`{"loose": "x"}`:       `what.json: line 1, scenarios[0].changes[0]: unknown field "loose": expected one of service_level,`,
		`{}`:                   "0 changes: expected exactly one of service_level",
		`{"arrivals": "many"}`: `line 1, scenarios[0].changes[0].arrivals: expected an object, got "many"`,
	} {
		path := write(t, "what.json", `{"scenarios": [{"name": "a", "changes": [`+change+`]}]}`)
		code, _, problems := try(t, "plan", "--history", history, "--team", team, "--from", "2026-03-16", "--what-if", path)
		if code != exitBad || !strings.Contains(problems, want) {
			t.Errorf("%s: exit %d, %s: expected %q", change, code, problems, want)
		}
	}
}
