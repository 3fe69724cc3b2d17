package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The problem of a plan is written for other solvers, or the reason why not is named.
func TestPlanMPS(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	plan := func(team, name string) (int, string) {
		code, _, problems := try(t, "plan", "--history", write(t, "history.csv", endHistory()), "--team", team, "--from", "2026-03-16", "--weeks", "1",
			"--iterations", "1", "--out", filepath.Join(folder, name), "--mps", filepath.Join(folder, name+".mps"))
		return code, problems
	}
	team := teamFile(t)
	if code, problems := plan(team, "good"); code != 0 {
		t.Fatalf("exit %d\n%s", code, problems)
	}
	if text := mustRead(t, filepath.Join(folder, "good.mps")); strings.Count(text, "\n* x") != 8*7*2 || !strings.HasSuffix(text, "ENDATA\n") {
		t.Errorf("of eight operators it has %d shifts", strings.Count(text, "\n* x"))
	}
	fair := strings.Replace(mustRead(t, team), `"name":"End to end"`, `"name":"End to end","fairness":{"night":1,"weight":5}`, 1)
	if code, problems := plan(write(t, "team.json", fair), "bad"); code != exitBad || !strings.Contains(problems, "--mps: fairness") {
		t.Errorf("exit %d\n%s", code, problems)
	}
	if _, err := os.Stat(filepath.Join(folder, "bad.mps")); !os.IsNotExist(err) {
		t.Error("a file was written")
	}
}
