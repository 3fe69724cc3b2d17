package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/smena-wfm/smena/calendars"
)

// A plan from which a shift is taken misses its hours: explain names the stretch,
// and a way out that ends it comes before the one that accepts it.
func TestExplain(t *testing.T) {
	t.Parallel()
	folder := planned(t)
	path := filepath.Join(folder, "roster.csv")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	if err := os.WriteFile(path, []byte(strings.Join(append(lines[:1:1], lines[5:]...), "")), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, problems := try(t, "explain", "--plan", folder, "--shortages", "2", "--json")
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, problems)
	}
	var answer explained
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Shortages) == 0 || answer.Missing <= 0 {
		t.Fatalf("nothing is missing: %s", out)
	}
	for _, s := range answer.Shortages {
		last := s.Remedies[len(s.Remedies)-1]
		if s.Hours <= 0 || s.Why == "" || last.Kind != "accept" || len(s.Remedies) < 2 || s.Remedies[0].Left > 0.25 {
			t.Errorf("%s, %s: %.1f h, why %q, remedies %+v", s.Queue, s.Interval, s.Hours, s.Why, s.Remedies)
		}
		if l := last.Level; l == nil || !(l.Share >= 0 && l.Share < 0.8) || l.Within != calendars.Seconds(60) || !strings.Contains(last.Sentence.Bulgarian, "вместо 80 %") {
			t.Errorf("%s, %s: accepted is %v, %q", s.Queue, s.Interval, l, last.Sentence)
		}
	}
	pins := filepath.Join(t.TempDir(), "pins.csv")
	if err := os.WriteFile(pins, []byte(lines[0]+lines[1]+strings.Replace(lines[1], lines[1][:strings.Index(lines[1], ",")], "other", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, problems = try(t, "explain", "--plan", folder, "--shortages", "1", "--pins", pins, "--language", "ru")
	if code != 0 || !strings.Contains(out, "cannot work all of these") || !strings.Contains(out, "one-shift-at-a-time") || !strings.Contains(out, "за 60 с ответ получат") {
		t.Errorf("exit %d: two shifts at once are no contradiction\n%s%s", code, out, problems)
	}
	if code, _, problems := try(t, "explain", "--plan", folder, "--shortages", "0"); code != exitBad || !strings.Contains(problems, "--shortages 0") {
		t.Errorf("exit %d: %s", code, problems)
	}
}
