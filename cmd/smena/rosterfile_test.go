package main

import (
	"encoding/csv"
	"fmt"
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
// over the nights on which clocks change among them.
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
	autumn := calendars.Interval{Start: time.Date(2026, 10, 24, 20, 0, 0, 0, time.UTC), End: time.Date(2026, 10, 25, 5, 0, 0, 0, time.UTC)} // clocks repeat 2:00-3:00 from 1:00Z on
	for _, c := range []struct{ from, to int }{{270, 300}, {285, 315}, {240, 300}, {299, 301}, {300, 330}, {345, 375}, {359, 361}, {360, 390}, {239, 361}, {0, 540}, {255, 315}} {
		start := autumn.Start.Add(time.Duration(c.from) * time.Minute)
		one := calendars.Interval{Start: start, End: autumn.Start.Add(time.Duration(c.to) * time.Minute)}
		want = append(want, roster.Assignment{ID: fmt.Sprint(c), Operator: 1, Template: "night", Shift: autumn, Breaks: []calendars.Interval{one}})
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

// Breaks are written on the operator's clock but where it is put back, and files that
// have them on it there, as they once were written, are read too.
func TestBreaksText(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Europe/Berlin")
	start := time.Date(2026, 10, 24, 20, 0, 0, 0, time.UTC)
	a := roster.Assignment{Shift: calendars.Interval{Start: start, End: start.Add(9 * time.Hour)}}
	for _, c := range []struct {
		from, to time.Duration // minutes after 22:00
		want     string
	}{
		{60, 90, "23:00-23:30"}, {90, 120, "23:30-00:00"}, {150, 180, "00:30-01:00"}, {270, 300, "00:30Z-01:00Z"}, {285, 315, "00:45Z-01:15Z"},
		{270, 290, "02:30-02:50"}, {300, 330, "01:00Z-01:30Z"}, {255, 315, "00:15Z-01:15Z"}, {360, 390, "03:00-03:30"},
	} {
		a.Breaks = []calendars.Interval{{Start: start.Add(c.from * time.Minute), End: start.Add(c.to * time.Minute)}}
		got := breaksText(a, zone)
		if read, err := breakOf(got, a.Shift, zone); got != c.want || err != nil || !read.Equal(a.Breaks[0]) {
			t.Errorf("%s is written %q and read as %s (%v), want %q", a.Breaks[0], got, read, err, c.want)
		}
	}
	for text, want := range map[string]time.Duration{"02:45-02:15": 30, "02:30-02:00": 30, "02:15-02:30": 15, "02:30-03:30": 120} {
		if read, err := breakOf(text, a.Shift, zone); err != nil || read.Duration() != want*time.Minute {
			t.Errorf("%s is read as %s (%v), want %d minutes", text, read, err, want)
		}
	}
}
