package solve_test

import (
	"slices"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// illness is a week of Ana and Oleg, who can both work mornings and evenings, with a
// morning required each day.
func illness(t *testing.T, change func(*roster.Team)) roster.Problem {
	t.Helper()
	team := roster.Team{
		Name: "illness", Zone: calendars.MustZone("Europe/Sofia"), Interval: calendars.Hours(1), Queues: []roster.Queue{queue("a")},
		Templates: []roster.Template{template("morning", 8, 12, "team"), template("evening", 16, 20, "team")},
	}
	for i, name := range []string{"Ana", "Oleg"} {
		team.Operators = append(team.Operators, roster.Operator{
			ID: roster.ID(i + 1), Name: name, Zone: team.Zone, Skills: []string{"a"}, Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(40)},
		})
	}
	change(&team)
	team, err := team.Complete()
	if err != nil {
		t.Fatal(err)
	}
	grid := team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 2}, 1)
	required := make([]int, grid.N)
	for day := range 7 {
		for h := 8; h < 12; h++ {
			required[24*day+h] = 1
		}
	}
	return roster.Problem{Team: team, Demand: roster.Demand{Grid: grid, Queues: []roster.QueueDemand{{
		Queue: "a", Skill: "a", Required: required, Parts: []roster.Part{{Weight: 20, Operators: required}},
	}}}}
}

// onDay is a shift of an operator on a day of the week, by hours of its clock.
func onDay(p roster.Problem, operator roster.ID, name string, day, from, to int) roster.Assignment {
	at := func(h int) time.Time { return p.Demand.Grid.At(24*day + h) }
	return roster.Assignment{Operator: operator, Template: name, Shift: calendars.Interval{Start: at(from), End: at(to)}}
}

// repaired are the repairs, the one that touches nobody first.
func repaired(t *testing.T, p roster.Problem, before []roster.Assignment) []solve.Repair {
	t.Helper()
	all, err := solve.Repairs(t.Context(), p, before, solve.Options{})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(all, func(a, b solve.Repair) int { return len(a.Touched) - len(b.Touched) })
	if len(all) == 0 || len(all[0].Touched) > 0 {
		t.Fatalf("no repair touches nobody: %+v", all)
	}
	return all
}

func has(all []roster.Assignment, a roster.Assignment) bool {
	return slices.ContainsFunc(all, func(b roster.Assignment) bool {
		return a.Operator == b.Operator && a.Shift.Equal(b.Shift) && a.Template == b.Template && a.Pinned == b.Pinned
	})
}

// off gives an operator a day of time off.
func off(p *roster.Problem, operator, day int) {
	o := &p.Team.Operators[operator]
	d := calendars.Day{Year: 2026, Month: 3, Dom: 2 + day}
	o.TimeOff = append(o.TimeOff, roster.TimeOff{First: d, Last: d})
}

// What has begun stays although nobody needs it, and who is called works on later days.
func TestRepairsHoldWhatHasBegun(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		now          int     // hour of the week
		notice, most float64 // hours
		stay, called bool
	}{
		"before": {15, 0, 4, false, true}, "before notice": {13, 2, 4, false, true},
		"it has begun": {17, 0, 4, true, false}, "within notice": {15, 2, 4, true, false},
		"it has begun, and there are hours left": {17, 0, 8, true, true}, "within notice, and there are hours left": {15, 2, 8, true, true},
	} {
		p := illness(t, func(team *roster.Team) {
			team.Operators[0].Contract.MaxWeek, team.Operators[0].Contract.Notice = calendars.Hours(c.most), calendars.Hours(c.notice)
		})
		idle, ill := onDay(p, 1, "evening", 0, 16, 20), onDay(p, 2, "morning", 1, 8, 12)
		before := []roster.Assignment{onDay(p, 2, "morning", 0, 8, 12), idle, ill}
		p.Told, p.ToldFor, p.Now = before, p.Demand.Grid.Span(), p.Demand.Grid.At(c.now)
		off(&p, 1, 1)
		for _, r := range repaired(t, p, before) {
			if stays := has(r.Assignments, idle); c.stay && !stays {
				t.Errorf("%s: %v is gone from %v", name, idle.Shift, r.Assignments)
			}
			if has(r.Assignments, ill) {
				t.Errorf("%s: who is off works", name)
			}
		}
		called := slices.ContainsFunc(repaired(t, p, before), func(r solve.Repair) bool { return slices.Equal(r.Touched, []roster.ID{1}) })
		if called != c.called {
			t.Errorf("%s: that Ana is called instead of Oleg is %v, with %v h a week", name, called, c.most)
		}
	}
}

// Shifts of who has left, and pins in time off, are for others to work.
func TestRepairsReplaceWhoLeft(t *testing.T) {
	t.Parallel()
	p := illness(t, func(*roster.Team) {})
	left, pinned := onDay(p, 99, "morning", 1, 8, 12), onDay(p, 2, "morning", 2, 8, 12)
	pinned.Pinned = true
	for name, before := range map[string][]roster.Assignment{"left": {left}, "off, though pinned": {pinned}} {
		p := p
		p.Team.Operators = slices.Clone(p.Team.Operators)
		off(&p, 1, 2)
		all := repaired(t, p, before)
		if len(all[0].Assignments) != 0 || len(all) < 2 || len(all[1].Assignments) == 0 {
			t.Errorf("%s: %+v", name, all)
		}
	}
}

// That a shift was pinned to who has left makes it no less one for others, wherever else
// somebody is missed.
func TestRepairsReplacePinsOfWhoLeft(t *testing.T) {
	t.Parallel()
	p := illness(t, func(*roster.Team) {})
	left, ill := onDay(p, 99, "morning", 1, 8, 12), onDay(p, 2, "morning", 6, 8, 12)
	left.Pinned = true
	off(&p, 1, 6)
	taken := onDay(p, 1, "morning", 1, 8, 12)
	if all := repaired(t, p, []roster.Assignment{left, ill}); !slices.ContainsFunc(all, func(r solve.Repair) bool { return has(r.Assignments, taken) }) {
		t.Errorf("nobody takes it: %+v", all)
	}
}

// Hours that no template has, and both parts of a day, stay as they were, and who has
// them can be called.
func TestRepairsKeepOddShifts(t *testing.T) {
	t.Parallel()
	p := illness(t, func(team *roster.Team) {
		team.Operators[0].Contract.SplitShifts = true
		team.Operators[0].Contract.DailyRest = calendars.Hours(1)
	})
	odd, early, late := onDay(p, 1, "", 0, 9, 13), onDay(p, 1, "morning", 2, 8, 12), onDay(p, 1, "evening", 2, 16, 20)
	ill := onDay(p, 2, "morning", 4, 8, 12)
	off(&p, 1, 4)
	for _, early.Pinned = range []bool{false, true} {
		all := repaired(t, p, []roster.Assignment{odd, early, late, ill})
		for _, r := range all {
			for _, a := range []roster.Assignment{odd, early, late} {
				if !has(r.Assignments, a) {
					t.Errorf("%v is gone, or pinned as it was not, in %v", a, r.Assignments)
				}
			}
		}
		if !slices.ContainsFunc(all, func(r solve.Repair) bool { return slices.Equal(r.Touched, []roster.ID{1}) }) {
			t.Error("nobody calls Ana")
		}
	}
}
