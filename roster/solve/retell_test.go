package solve_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// Who keeps the hours that they were told has other breaks only where those told cost more.
func TestBreaksStayAsTold(t *testing.T) {
	t.Parallel()
	stay, move := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := problems(t)
		first, err := solve.Solve(context.Background(), p, nil, solve.Options{Seed: 9, Iterations: 5})
		if err != nil {
			t.Fatal(err)
		}
		p.Told, p.Team.Changes.Operator = first.Assignments, new(int64(100_000))
		var start []roster.Assignment // a draft that says nothing of breaks
		for _, a := range p.Told {
			a.Breaks = nil
			start = append(start, a)
		}
		p.Demand.Queues = slices.Clone(p.Demand.Queues)
		for i := range p.Demand.Queues { // nobody is wanted: all breaks are as good
			p.Demand.Queues[i].Required, p.Demand.Queues[i].Parts = make([]int, p.Demand.Grid.N), nil
		}
		var cost int64
		result, err := solve.Solve(context.Background(), p, start, solve.Options{Seed: 3, Iterations: 60, Progress: func(p solve.Progress) { cost = p.Cost }})
		if err != nil {
			t.Fatal(err)
		}
		if result.Score.Soft != cost {
			t.Errorf("the judge counts %d, the solver %d", result.Score.Soft, cost)
		}
		for i, a := range result.Assignments {
			told := slices.IndexFunc(p.Told, func(b roster.Assignment) bool {
				return b.Operator == a.Operator && b.Template == a.Template && b.Shift.Equal(a.Shift)
			})
			if told < 0 || slices.EqualFunc(a.Breaks, p.Told[told].Breaks, calendars.Interval.Equal) {
				stay++
				continue
			}
			move++
			back := slices.Clone(result.Assignments)
			back[i].Breaks = p.Told[told].Breaks
			if score := roster.Judge(p, back).Score; !result.Score.Better(score) {
				t.Errorf("%s has breaks %v that cost %v, and was told %v, which cost %v", a.Shift, a.Breaks, result.Score, p.Told[told].Breaks, score)
			}
		}
	})
	t.Logf("%d stay as told, %d have other breaks", stay, move)
	if stay == 0 {
		t.Error("no shift stays")
	}
}

// Of two templates that are as good, the operator keeps the one that they were told.
func TestTemplatesStayAsTold(t *testing.T) {
	t.Parallel()
	kept := 0
	for seed := range uint64(12) {
		p := oneOperator(t, rand.New(rand.NewPCG(seed, 34)))
		another := p.Team.Templates[0]
		another.Name = "another day"
		first, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 30})
		if err != nil {
			t.Fatal(err)
		}
		p.Team.Templates = append(slices.Clip(p.Team.Templates), another)
		p.Told, p.Team.Changes.Operator = first.Assignments, new(int64(100_000))
		for _, start := range [][]roster.Assignment{nil, changed(first.Assignments, "day", "another day")} {
			result, err := solve.Solve(context.Background(), p, start, solve.Options{Iterations: 30})
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range result.Assignments {
				if a.Template == another.Name && slices.ContainsFunc(p.Told, func(b roster.Assignment) bool { return b.Shift.Equal(a.Shift) }) {
					t.Errorf("seed %d: %s is told as %q", seed, a.Shift, a.Template)
				}
				kept++
			}
		}
	}
	if kept == 0 {
		t.Error("there are no shifts")
	}
}

// changed are assignments of another template.
func changed(all []roster.Assignment, from, to string) []roster.Assignment {
	all = slices.Clone(all)
	for i := range all {
		if all[i].Template == from {
			all[i].Template = to
		}
	}
	return all
}
