package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// matspText is an instance of a week in which somebody is always needed.
func matspText() string {
	var text strings.Builder
	text.WriteString("SECTION_HORIZON\n7\n\nSECTION_TASKS\n1\n\nSECTION_STAFF\n# ID,MinTotalMinutes,MaxTotalMinutes\n")
	for i := range 8 {
		fmt.Fprintf(&text, "P%d,1200,2400\n", i+1)
	}
	text.WriteString("\nSECTION_COVER\n")
	for t := range 7 * matspRules.Day {
		day, _, _ := strings.Cut(matspStamp(t), "/")
		fmt.Fprintf(&text, "%s,%s-%s,1,1,1\n", day, matspClock(t+matspRules.Opens), matspClock(t+matspRules.Opens+1))
	}
	return text.String()
}

func TestMATSPIsCoveredAndChecked(t *testing.T) {
	dir := t.TempDir()
	instance, out := filepath.Join(dir, "900_7_8_1.txt"), filepath.Join(dir, "out.txt")
	if err := os.WriteFile(instance, []byte(matspText()), 0o644); err != nil {
		t.Fatal(err)
	}
	c := matspCommand{Instance: instance, Seed: 1, Out: out, searching: searching{Seconds: 2, Cores: 1}}
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	checker := filepath.Join("..", "..", "..", "shared", "tools", "matsp_check.py")
	if _, err := os.Stat(checker); err != nil {
		t.Skip("the independent checker is not here; the roster was judged by our own judge only")
	}
	if said, err := exec.Command("python3", checker, instance, out).CombinedOutput(); err != nil {
		t.Errorf("the checker says: %s", said)
	}
}

func TestMATSPNamesBadLines(t *testing.T) {
	good := matspText()
	for _, one := range []struct{ old, new, says string }{
		{"P3,1200,2400", "P3,1200,1100", "line 11: most minutes 1100"},
		{"1,06:15-06:30,1,1,1", "1,06:15-06:30,2,1,1", "task 2"},
		{"1,06:15-06:30,1,1,1", "1,06:20-06:30,1,1,1", "06:20-06:30"},
		{"1,06:15-06:30,1,1,1\n", "", "no cover for task 1 at 1/06:15"},
		{"8,05:45-06:00,1,1,1", "8,06:00-06:15,1,1,1", "inside the horizon"},
		{"1,06:15-06:30,1,1,1", "1,06:15-06:30,1,1,2", "1 to 2 heads"},
	} {
		if !strings.Contains(good, one.old) {
			t.Fatalf("%q is not in the instance", one.old)
		}
		_, err := parseMATSP([]byte(strings.Replace(good, one.old, one.new, 1)))
		if err == nil || !strings.Contains(err.Error(), one.says) {
			t.Errorf("%q: error %v: expected one with %q", one.new, err, one.says)
		}
	}
}
