package solve_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// wanted is a problem of one operator who is wanted at every hour, with 48 hours of
// notice, and what of its shifts is of a template on a day of March.
func wanted(t *testing.T) (roster.Problem, func(day int, template string) roster.Assignment) {
	t.Helper()
	p := oneOperator(t, rand.New(rand.NewPCG(1, 1)))
	p.Team.Rules, p.Team.PayWeight = nil, 0
	o := &p.Team.Operators[0]
	o.Wishes, o.Contract = nil, roster.Contract{
		Kind: "part-time", MaxWeek: calendars.Hours(40), DailyRest: calendars.Hours(11), WeeklyRest: calendars.Hours(24), MaxConsecutiveDays: 6, Notice: calendars.Hours(48),
	}
	p.Demand.Queues[0].Required = slices.Repeat([]int{1}, p.Demand.Grid.N)
	p.ToldFor = p.Demand.Grid.Span()
	all := p.Team.Shifts(*o, p.Demand.Grid.Span())
	return p, func(day int, template string) roster.Assignment {
		i := slices.IndexFunc(all, func(a roster.Assignment) bool {
			return a.Template == template && calendars.DayOf(a.Shift.Start, p.Team.Zone).Dom == day
		})
		return all[i]
	}
}

// What a manager has agreed by hand within the notice stays as the draft has it; what may
// not change gives way to a manager's pin alone, and what has begun to none that leaves too
// little rest. Without a draft, what was told stays.
func TestDraftStandsWithinNotice(t *testing.T) {
	t.Parallel()
	p, on := wanted(t)
	pinned := func(a roster.Assignment) roster.Assignment {
		a.Pinned = true
		return a
	}
	skilled, _ := wanted(t)
	skilled.Team.Operators[0].Skills = []string{"b"}
	midnight := p.Demand.Grid.Start
	early, next, night, other := on(25, "day"), on(26, "day"), on(25, "night"), on(26, "night")
	for _, c := range []struct {
		name              string
		p                 roster.Problem
		now               time.Time
		told, draft, want []roster.Assignment
	}{
		{"no draft", p, midnight, []roster.Assignment{early, next}, nil, []roster.Assignment{early, next}},
		{"one taken away", p, midnight, []roster.Assignment{early, next}, []roster.Assignment{next}, []roster.Assignment{next}},
		{"one moved", p, midnight, []roster.Assignment{early, next}, []roster.Assignment{pinned(night), other}, []roster.Assignment{night, other}},
		{"one moved, its pin taken off", p, midnight, []roster.Assignment{early}, []roster.Assignment{night}, []roster.Assignment{night}},
		{"a pin leaves no rest", p, midnight, []roster.Assignment{night}, []roster.Assignment{night, pinned(next)}, []roster.Assignment{next}},
		{"a pin leaves no rest, begun", p, night.Shift.Start.Add(time.Minute), []roster.Assignment{night}, []roster.Assignment{night, pinned(next)}, []roster.Assignment{night, next}},
		{"the skill is gone", skilled, early.Shift.Start, []roster.Assignment{early, next}, []roster.Assignment{early, next}, nil},
		{"the skill is gone, begun", skilled, early.Shift.Start.Add(time.Minute), []roster.Assignment{early, next}, []roster.Assignment{early, next}, []roster.Assignment{early}},
	} {
		c.p.Told, c.p.Now = c.told, c.now
		result, err := solve.Solve(context.Background(), c.p, c.draft, solve.Options{Iterations: 100})
		if err != nil {
			t.Fatal(err)
		}
		until := c.now.Add(48 * time.Hour)
		late := func(a roster.Assignment) bool { return a.Shift.Start.Before(until) }
		if diff := cmp.Diff(hoursOf(c.want, late), hoursOf(result.Assignments, late)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if pins := func(a roster.Assignment) bool { return a.Pinned }; len(hoursOf(result.Assignments, pins)) != len(hoursOf(c.draft, pins)) {
			t.Errorf("%s: %+v", c.name, result.Assignments)
		}
	}
}

// A pin that starts on the horizon's last day on its operator's clock, but after the
// horizon, is no change of that day.
func TestPinsBehindTheHorizonChangeNothing(t *testing.T) {
	t.Parallel()
	p, _ := wanted(t)
	p.Team.Operators[0].Zone = calendars.MustZone("America/New_York")
	first, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 50})
	if err != nil {
		t.Fatal(err)
	}
	end := p.Demand.Grid.End()
	behind := roster.Assignment{Operator: p.Team.Operators[0].ID, Template: "day", Shift: calendars.Interval{Start: end.Add(time.Hour), End: end.Add(5 * time.Hour)}, Pinned: true}
	last := calendars.DayOf(behind.Shift.Start, p.Team.Operators[0].Zone)
	p.Told = slices.DeleteFunc(first.Assignments, func(a roster.Assignment) bool {
		return !calendars.DayOf(a.Shift.Start, p.Team.Operators[0].Zone).Before(last.AddDays(-1))
	})
	var cost int64
	result, err := solve.Solve(context.Background(), p, append(slices.Clone(p.Told), behind), solve.Options{Iterations: 50, Progress: func(p solve.Progress) { cost = p.Cost }})
	if err != nil {
		t.Fatal(err)
	}
	if result.Score.Soft != cost || result.Bound > cost {
		t.Errorf("the judge counts %d, the solver %d, and the bound is %d", result.Score.Soft, cost, result.Bound)
	}
}
