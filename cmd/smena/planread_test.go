package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Of the rosters before and after a plan that counts which is not in its horizon; where
// nothing does, it is said.
func TestCarry(t *testing.T) {
	t.Parallel()
	p, _, err := readPlan(planned(t))
	if err != nil {
		t.Fatal(err)
	}
	name := p.team.Operators[0].Name
	file := func(days ...string) string {
		text := "operator,shift_template,start,end\n"
		for _, d := range days {
			text += name + "," + p.team.Templates[0].Name + "," + d + "T09:00:00Z," + d + "T17:00:00Z\n"
		}
		path := filepath.Join(t.TempDir(), "roster.csv")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	before, after := p.horizon.Start.AddDate(0, 0, -2).Format("2006-01-02"), p.horizon.End().AddDate(0, 0, 1).Format("2006-01-02")
	within := p.horizon.Start.AddDate(0, 0, 2).Format("2006-01-02")
	for _, c := range []struct {
		files neighbours
		want  int
		notes string
	}{
		{neighbours{Previous: file(before, within, after), Next: file(before, within, after)}, 2, ""},
		{neighbours{Next: file(before, within)}, 0, "no shift starts after the plan"},
		{neighbours{Previous: file(within, after)}, 0, "no shift starts before the plan"},
	} {
		var notes strings.Builder
		if err := p.carry(teller{&notes, english}, c.files); err != nil {
			t.Fatal(err)
		}
		if got := len(p.problem.Carried); got != c.want || !strings.Contains(notes.String(), c.notes) || c.notes == "" && notes.Len() > 0 {
			t.Errorf("%+v: %d shifts, %s", c.files, got, notes.String())
		}
	}
}
