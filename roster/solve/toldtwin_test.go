package solve_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// Two templates have the same hours, and rules that limit them apart: nobody must be told
// of one instead of the other, and a row is as told if some mix of them is legal.
func TestToldOfEqualHours(t *testing.T) {
	t.Parallel()
	possible, stays := 0, 0
	for seed := range uint64(60) {
		chance := rand.New(rand.NewPCG(seed, 33))
		p := twins(chance)
		shifts := p.Team.Shifts(p.Team.Operators[0], p.Demand.Grid.Span())
		before := p
		before.Team.Slots = slices.Clone(p.Team.Slots)
		chance.Shuffle(len(before.Team.Slots), func(i, j int) {
			before.Team.Slots[i].Operators, before.Team.Slots[j].Operators = before.Team.Slots[j].Operators, before.Team.Slots[i].Operators
		})
		result, err := solve.Solve(context.Background(), before, nil, solve.Options{Iterations: 30})
		if err != nil {
			continue // no row is legal
		}
		p.Told = result.Assignments
		for i := range p.Told {
			if a := &p.Told[i]; a.Template != "night" && chance.IntN(2) == 0 {
				a.Template = []string{"another day", "day"}[chance.IntN(2)]
			}
		}
		p.Team.Changes = roster.ChangeWeights{Shift: new(chance.Int64N(20)), Operator: new(20 * chance.Int64N(10))}
		got, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 300})
		if err != nil {
			t.Fatal(err)
		}
		best := roster.Score{Hard: 1 << 40}
		try(p, shifts, nil, &best)
		if got.Score != best || got.Bound > best.Soft {
			t.Errorf("seed %d: found %v, the best is %v; the bound is %d", seed, got.Score, best, got.Bound)
		}
		possible++
		if len(roster.Judge(p, got.Assignments).Changes) == 0 {
			stays++
		}
	}
	if possible < 30 || stays < 5 {
		t.Errorf("only %d have a legal row, and %d stay as they were", possible, stays)
	}
}

// twins is a small problem of one operator with another template for the day.
func twins(chance *rand.Rand) roster.Problem {
	p := smallProblem(chance, 1)
	another := p.Team.Templates[0]
	another.Name = "another day"
	p.Team.Templates = append(slices.Clip(p.Team.Templates), another)
	p.Demand.Grid.N = 5 // keeps the choices countable
	o := &p.Team.Operators[0]
	o.Rules = append(slices.Clip(o.Rules), roster.Rule{Count: roster.CountShifts, Templates: []string{another.Name}, Most: new(chance.Int64N(3))})
	return p
}
