package solve

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Large crews, nudged ones and those over long horizons, too, count changes as the judge
// does, never prove too much, and change less of a published roster if that costs.
func TestToldCrews(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]roster.Problem{"nudged": crew(t, 60), "paced": longCrew(t, 50)} {
		solved := func(p roster.Problem, seed uint64, iterations int) (Result, int) {
			var cost int64
			r, err := Solve(context.Background(), p, nil, Options{Seed: seed, Iterations: iterations, Progress: func(p Progress) { cost = p.Cost }})
			if err != nil {
				t.Fatal(err)
			}
			v := roster.Judge(p, r.Assignments)
			if v.Score.Soft != cost || r.Bound > cost || v.Score.Hard > 0 {
				t.Errorf("%s: the judge counts %v, the solver %d, the bound is %d", name, v.Score, cost, r.Bound)
			}
			return r, len(v.Changes)
		}
		first, _ := solved(p, 1, 1000)
		p.Told = first.Assignments
		_, few := solved(p, 2, 4000)
		half := p
		half.ToldFor = calendars.Interval{Start: p.Demand.Grid.Start, End: p.Demand.Grid.At(p.Demand.Grid.N / 2)}
		half.Told = slices.DeleteFunc(slices.Clone(p.Told), func(a roster.Assignment) bool { return !half.ToldFor.Contains(a.Shift.Start) })
		_, fewer := solved(half, 2, 4000)
		p.Team.Changes = roster.FreeChanges()
		if _, many := solved(p, 2, 4000); max(few, fewer) > many/4 || many == 0 {
			t.Errorf("%s: %d changes if they cost, %d to the half of them, %d if they do not", name, few, fewer, many)
		}
	}
}

// Somebody hired since the roster was published was told nothing, and works the hours
// that rules ask of everybody, whatever it costs to tell them.
func TestNewcomersWork(t *testing.T) {
	t.Parallel()
	p := stintsProblem(t, rand.New(rand.NewPCG(3, 3)))
	newcomer := p.Team.Operators[0]
	newcomer.ID, newcomer.Name = 2, "newcomer"
	p.Team.Operators = append(slices.Clip(p.Team.Operators), newcomer)
	first, err := Solve(context.Background(), p, nil, Options{Iterations: 200})
	if err != nil {
		t.Fatal(err)
	}
	p.Told = slices.DeleteFunc(first.Assignments, func(a roster.Assignment) bool { return a.Operator == newcomer.ID })
	p.Team.Changes.Operator = new(int64(1_000_000))
	again, err := Solve(context.Background(), p, nil, Options{Iterations: 200})
	if err != nil {
		t.Fatal(err)
	}
	if again.Score.Hard > 0 || again.Bound > again.Score.Soft {
		t.Errorf("the newcomer has %v, the bound is %d", again.Score, again.Bound)
	}
}
