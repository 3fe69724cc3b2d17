package roster_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// minter mints "n1", "n2" and so on.
func minter() func() string {
	n := 0
	return func() string { n++; return fmt.Sprint("n", n) }
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestPublish(t *testing.T) {
	t.Parallel()
	mint := minter()
	first := roster.Publish(nil, assign(days(10, 12, "09:00", "17:00")...), mint, noon)
	draft := func() []roster.Assignment {
		var all []roster.Assignment
		for _, p := range first {
			all = append(all, p.Assignment)
		}
		return all
	}
	later := noon.Add(time.Hour)

	if again := roster.Publish(first, draft(), mint, later); cmp.Diff(first, again) != "" {
		t.Errorf("publishing the same again changes %s", cmp.Diff(first, again))
	}
	solved := draft()
	for i := range solved {
		solved[i].ID = "" // as the solver returns them
	}
	if again := roster.Publish(first, solved, mint, later); cmp.Diff(first, again) != "" {
		t.Errorf("an equal solution changes %s", cmp.Diff(first, again))
	}

	moved := draft()
	moved[0].Shift = shift("2026-03-10 10:00", "2026-03-10 18:00")
	moved[1].Operator = 2
	next := roster.Publish(first, moved[:2], mint, later)
	if p := next[0]; p.ID != first[0].ID || p.Sequence != 1 || !p.Changed.Equal(later) || !p.Created.Equal(noon) {
		t.Errorf("a moved shift: %+v", p)
	}
	if p := next[1]; p.ID == first[1].ID || p.Sequence != 0 || !p.Created.Equal(later) {
		t.Errorf("a shift of another operator is a new one: %+v", p)
	}
	var kinds []string
	for _, c := range roster.Changes(first, next) {
		kinds = append(kinds, fmt.Sprint(c.Operator, c.Kind))
	}
	if diff := cmp.Diff([]string{"1moved", "1removed", "1removed", "2added"}, kinds); diff != "" {
		t.Error(diff)
	}
	paused := draft()
	paused[0].Breaks = []calendars.Interval{shift("2026-03-10 12:00", "2026-03-10 12:30")}
	broken := roster.Publish(first, paused, mint, later)
	if p := broken[0]; p.ID != first[0].ID || p.Sequence != 1 || len(p.Breaks) != 1 {
		t.Errorf("a shift whose break is placed: %+v", p)
	}
	if c := roster.Changes(first, broken); len(c) != 1 || c[0].Kind != roster.Moved || c[0].Assignment != first[0].ID || !c[0].Was.Equal(c[0].Shift) {
		t.Errorf("a shift whose break is placed changes %+v", c)
	}
	if back := roster.Publish(next, moved[:2], mint, noon.Add(-time.Hour)); back[0].Changed.Before(next[0].Changed) {
		t.Error("the time of change went back")
	}
}

func TestReminders(t *testing.T) {
	t.Parallel()
	// 8 h before a shift after the night on which clocks go forward is 23:00.
	published := roster.Publish(nil, assign(shift("2026-03-29 08:00", "2026-03-29 16:00")), minter(), noon)
	reminders := roster.Reminders(published, []time.Duration{8 * time.Hour, time.Hour})
	if want := shift("2026-03-28 23:00", "2026-03-29 00:00").Start; len(reminders) != 2 || !reminders[0].Due.Equal(want) || !reminders[0].Expires.Equal(published[0].Shift.Start) {
		t.Errorf("%+v, want due at %s", reminders, want)
	}
	if reminders[0].Key == reminders[1].Key {
		t.Error("two leads share a key")
	}
}

func TestEdits(t *testing.T) {
	t.Parallel()
	p := problem()
	kolkata := p.Team.Operators[0]
	kolkata.ID, kolkata.Zone = 2, calendars.MustZone("Asia/Kolkata")
	p.Team.Operators = append(p.Team.Operators, kolkata)
	mint := minter()
	march := func(dom int) calendars.Day { return calendars.Day{Year: 2026, Month: 3, Dom: dom} }
	apply := func(all []roster.Assignment, e roster.Edit) []roster.Assignment {
		t.Helper()
		edited, err := e.Apply(p, all, mint)
		if err != nil {
			t.Fatal(err)
		}
		return edited
	}
	one := apply(nil, roster.Edit{Kind: roster.Assign, Operator: 1, Template: "here", Day: march(10)})
	if want := days(10, 10, "09:00", "17:00")[0]; !one[0].Shift.Equal(want) || !one[0].Pinned || one[0].ID != "n1" {
		t.Errorf("assigned %+v, want %s", one[0], want)
	}
	one = apply(one, roster.Edit{Kind: roster.Unpin, Assignment: "n1"})
	over := apply(one, roster.Edit{Kind: roster.Move, Assignment: "n1", Operator: 2})
	if want := shift("2026-03-10 05:30", "2026-03-10 13:30"); !over[0].Shift.Equal(want) {
		t.Errorf("where the other operator lives it is %s, want %s", over[0].Shift, want)
	}
	later := apply(one, roster.Edit{Kind: roster.Move, Assignment: "n1", Day: march(11), Template: "night"})
	if want := shift("2026-03-11 22:00", "2026-03-12 06:00"); !later[0].Shift.Equal(want) || later[0].ID != "n1" {
		t.Errorf("moved to %+v, want %s", later[0], want)
	}
	broken := slices.Clone(one)
	broken[0].Breaks = []calendars.Interval{shift("2026-03-10 16:30", "2026-03-10 17:00")}
	next := apply(broken, roster.Edit{Kind: roster.Move, Assignment: "n1", Day: march(11)})
	if want := shift("2026-03-11 16:30", "2026-03-11 17:00"); len(next[0].Breaks) != 1 || !next[0].Breaks[0].Equal(want) {
		t.Errorf("its break moves to %v, want %s", next[0].Breaks, want)
	}
	p.Team.Templates = append(slices.Clone(p.Team.Templates), roster.Template{Name: "short", Start: 9 * 60, End: 17*60 - 1})
	if shorter := apply(broken, roster.Edit{Kind: roster.Move, Assignment: "n1", Template: "short"}); shorter[0].Breaks != nil {
		t.Errorf("a break that does not fit stays: %v", shorter[0].Breaks)
	}
	p.Team.Templates[3] = roster.Template{Name: "short", Start: 9 * 60, End: 18 * 60, Breaks: []roster.Break{{Length: calendars.Hours(1), To: calendars.Hours(9)}}}
	if other := apply(broken, roster.Edit{Kind: roster.Move, Assignment: "n1", Template: "short"}); other[0].Breaks != nil {
		t.Errorf("a break of another template stays: %v", other[0].Breaks)
	}
	if fixed := apply(one, roster.Edit{Kind: roster.Pin, Assignment: "n1"}); !fixed[0].Pinned || one[0].Pinned {
		t.Error("pin must pin a copy")
	}
	if none := apply(one, roster.Edit{Kind: roster.Unassign, Assignment: "n1"}); len(none) != 0 || len(one) != 1 {
		t.Error("unassign must remove from a copy")
	}
	p.Team.Templates = append(p.Team.Templates, roster.Template{Name: "early", Start: 2 * 60, End: 10 * 60, Clock: roster.OperatorClock})
	for _, bad := range []struct {
		edit roster.Edit
		want error
		says string
	}{
		{roster.Edit{Kind: roster.Move, Assignment: "n9"}, roster.ErrNoAssignment, `"n9"`},
		{roster.Edit{Kind: roster.Pin}, roster.ErrNoAssignment, "pin: assignment: expected the id of one: "},
		{roster.Edit{Kind: "juggle", Assignment: "n1"}, roster.ErrEdit, "juggle"},
		{roster.Edit{Kind: roster.Assign, Operator: 9, Template: "day", Day: march(10)}, roster.ErrNoOperator, "operator 9: "},
		{roster.Edit{Kind: roster.Assign, Template: "day", Day: march(10)}, roster.ErrNoOperator, "operator: expected the id of one: "},
		{roster.Edit{Kind: roster.Assign, Operator: 1, Template: "noon", Day: march(10)}, roster.ErrNoTemplate, `shift_template "noon": expected one of day, night, here`},
		{roster.Edit{Kind: roster.Assign, Operator: 1, Template: "day"}, roster.ErrOutside, "day: expected a date from 2026-03-09 to 2026-04-05: "},
		{roster.Edit{Kind: roster.Assign, Operator: 2, Template: "early", Day: march(9)}, roster.ErrOutside, "day 2026-03-09, shift template \"early\": expected a date from 2026-03-10 to 2026-04-06: "},
		{roster.Edit{Kind: roster.Assign, Operator: 1, Template: "day", Day: march(1)}, roster.ErrOutside, "day 2026-03-01, shift template \"day\": expected a date from 2026-03-09 to "},
	} {
		if _, err := bad.edit.Apply(p, one, mint); !errors.Is(err, bad.want) || !strings.Contains(err.Error(), bad.says) {
			t.Errorf("%+v: %v", bad.edit, err)
		}
	}
}

// What one change breaks and covers, the opposite change mends and uncovers.
func TestCompare(t *testing.T) {
	t.Parallel()
	p := problem()
	first := p.Demand.Grid.Index(shift("2026-03-10 09:00", "2026-03-10 10:00").Start)
	for i := range 3 {
		p.Demand.Queues[0].Required[first+i] = 1
	}
	before := assign(shift("2026-03-10 00:00", "2026-03-10 04:00"))
	after := append(assign(shift("2026-03-10 09:00", "2026-03-10 17:00")), before...)
	there, back := roster.Compare(p, before, after), roster.Compare(p, after, before)
	if len(there.Breaks) != 1 || there.Breaks[0].Rule != roster.RuleDailyRest || len(there.Mends) != 0 {
		t.Errorf("breaks %v, mends %v", there.Breaks, there.Mends)
	}
	want := []roster.Piece{{Queue: "bg", Interval: shift("2026-03-10 09:00", "2026-03-10 12:00"), Operators: 1}}
	if diff := cmp.Diff(want, there.Covers); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]roster.ID{1}, there.Tell); diff != "" {
		t.Error(diff)
	}
	at := func(from, to string) []roster.Assignment {
		all := slices.Clone(after)
		all[0].Breaks = []calendars.Interval{shift("2026-03-10 "+from, "2026-03-10 "+to)}
		return all
	}
	for _, c := range []struct {
		name   string
		before []roster.Assignment
		want   []roster.ID
	}{
		{"stays", at("12:00", "12:30"), []roster.ID{}}, {"comes", after, []roster.ID{1}},
		{"moves", at("12:30", "13:00"), []roster.ID{1}}, {"ends a minute later", at("12:00", "12:29"), []roster.ID{1}},
	} {
		if diff := cmp.Diff(c.want, roster.Compare(p, c.before, at("12:00", "12:30")).Tell); diff != "" {
			t.Errorf("a break %s: %s", c.name, diff)
		}
	}
	if cmp.Diff(there.Breaks, back.Mends)+cmp.Diff(there.Covers, back.Uncovers)+cmp.Diff(there.Before, back.After) != "" {
		t.Error("the opposite change is not the opposite")
	}
}
