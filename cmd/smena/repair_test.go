package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An absence is mended from a plan's files: the absent operator is out of the
// roster that is written, nobody is in it who is not told, and it is legal.
func TestRepair(t *testing.T) {
	t.Parallel()
	folder := planned(t)
	shift := table(t, files(t, folder)["roster.csv"])[0]
	name, day := shift[1], shift[5][:10]
	mended := filepath.Join(t.TempDir(), "mended.csv")
	code, out, problems := try(t, "repair", "--plan", folder, "--absent", name, "--first", day, "--out", mended, "--json")
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, problems)
	}
	var repairs []repaired
	if err := json.Unmarshal([]byte(out), &repairs); err != nil {
		t.Fatal(err)
	}
	if len(repairs) == 0 || len(repairs[0].Goes) == 0 || !strings.HasPrefix(repairs[0].Goes[0], name) {
		t.Fatalf("%s is away on %s: %+v", name, day, repairs)
	}
	for _, r := range repairs[1:] {
		if r.Weight < repairs[0].Weight {
			t.Errorf("a repair of weight %d is not before one of %d", r.Weight, repairs[0].Weight)
		}
	}
	text, err := os.ReadFile(mended)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table(t, string(text)) {
		if row[0] == "" || row[1] == name && row[5][:10] == day {
			t.Errorf("a shift without id, or of who is away: %v", row)
		}
	}
	if code, out, _ := try(t, "check", "--team", filepath.Join(folder, "team.json"), "--roster", mended); code != 0 {
		t.Errorf("the mended roster is not legal: exit %d\n%s", code, out)
	}
	for _, c := range [][]string{
		{"--absent", "Nobody", "--first", day},
		{"--absent", name, "--first", "soon"},
		{"--absent", name, "--first", day, "--last", "2020-01-01"},
		{"--absent", name, "--first", "2030-01-01"},
		{"--absent", name, "--first", day, "--take", "99"},
		{"--absent", name, "--first", day, "--out", filepath.Join(folder, "none", "x.csv")},
	} {
		if code, _, problems := try(t, append([]string{"repair", "--plan", folder}, c...)...); code != exitBad || !strings.Contains(problems, c[len(c)-2]) && !strings.Contains(problems, c[0]) {
			t.Errorf("%v: exit %d, %s", c, code, problems)
		}
	}
}
