package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// A roster that smena plan writes is read again as it was, breaks over midnight and
// over the night on which clocks go forward among them.
func TestRosterFileIsReadAgain(t *testing.T) {
	t.Parallel()
	operators := []roster.Operator{
		{ID: 1, Name: "Ana", Zone: calendars.MustZone("Europe/Berlin")}, {ID: 2, Name: "=Oleg", Zone: calendars.MustZone("Asia/Novosibirsk")},
	}
	night := calendars.Interval{Start: time.Date(2026, 3, 28, 21, 0, 0, 0, time.UTC), End: time.Date(2026, 3, 29, 5, 0, 0, 0, time.UTC)}
	at := func(minutes, length time.Duration) calendars.Interval {
		start := night.Start.Add(minutes * time.Minute)
		return calendars.Interval{Start: start, End: start.Add(length * time.Minute)}
	}
	want := []roster.Assignment{
		{ID: "a", Operator: 1, Template: "night", Shift: night, Breaks: []calendars.Interval{at(110, 20), at(230, 45)}}, // to 0:10; to 3:35, across the gap
		{ID: "b", Operator: 2, Template: "night", Shift: night, Breaks: []calendars.Interval{at(450, 30)}},
		{ID: "c", Operator: 2, Template: "night", Shift: calendars.Interval{Start: night.End.Add(24 * time.Hour), End: night.End.Add(32 * time.Hour)}},
	}
	p := &plan{team: roster.Team{Operators: operators}, result: solve.Result{Assignments: want}}
	path := filepath.Join(t.TempDir(), rosterFile)
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := csv.NewWriter(file).WriteAll(p.rosterTable()); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := readRoster(path, p.team)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
