package roster_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/roster"
)

// What a requirement of five costs that is met in part, per minute: without
// parts, with parts that hold it, less than it and more than it.
func TestParts(t *testing.T) {
	t.Parallel()
	parts := func(dear, middle, cheap int) []roster.Part {
		return []roster.Part{{Weight: 20, Operators: []int{dear}}, {Weight: 10, Operators: []int{middle}}, {Weight: 1, Operators: []int{cheap}}}
	}
	for _, c := range []struct {
		name  string
		parts []roster.Part
		costs []int64 // with nobody there, one, two and so on
	}{
		{"halves", nil, []int64{80, 60, 40, 20, 10, 0, 1}},
		{"held", parts(1, 2, 2), []int64{42, 22, 12, 2, 1, 0, 1}},
		{"one short", parts(1, 2, 1), []int64{42, 22, 12, 2, 1, 0, 1}},
		{"far short", parts(0, 0, 0), []int64{5, 4, 3, 2, 1, 0, 1}},
		{"too many", parts(2, 4, 9), []int64{70, 50, 30, 20, 10, 0, 1}},
		{"one weight", parts(5, 0, 0)[:1], []int64{100, 80, 60, 40, 20, 0, 1}},
	} {
		p := problem()
		p.Demand.Grid.N = 1
		p.Demand.Queues[0].Required, p.Demand.Queues[0].Parts = []int{5}, c.parts
		p.Team.Operators = nil
		var all []roster.Assignment
		for n, want := range c.costs {
			if cost := roster.Cover(p, all).Cost(); cost != 60*roster.Whole*want {
				t.Errorf("%s, %d there: %d, want %d", c.name, n, cost, 60*roster.Whole*want)
			}
			id := roster.ID(n + 1)
			p.Team.Operators = append(p.Team.Operators, roster.Operator{ID: id, Share: 1, Skills: []string{"bg"}})
			all = append(all, roster.Assignment{Operator: id, Shift: p.Demand.Grid.Span()})
		}
	}
}

// The cost of the best distribution against every distribution there is, of
// queues whose operators are worth different weights.
func TestPartsAreBest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := problem()
		p.Demand.Grid.N = 1
		p.Demand.Queues, p.Team.Operators = nil, nil
		skills := []string{"a", "b", "c"}
		for _, s := range skills {
			d := roster.QueueDemand{Queue: s, Skill: s, Required: []int{rapid.IntRange(0, 3).Draw(t, "required")}}
			weights := rapid.SliceOfNDistinct(rapid.Int64Range(1, 25), 0, 4, rapid.ID).Draw(t, "weights")
			slices.Sort(weights)
			for _, weight := range slices.Backward(weights) {
				d.Parts = append(d.Parts, roster.Part{Weight: weight, Operators: []int{rapid.IntRange(0, 2).Draw(t, "operators")}})
			}
			p.Demand.Queues = append(p.Demand.Queues, d)
		}
		var all []roster.Assignment
		for i := range rapid.IntRange(0, 5).Draw(t, "operators") {
			o := roster.Operator{ID: roster.ID(i + 1), Share: 1, Skills: rapid.SliceOfNDistinct(rapid.SampledFrom(skills), 1, 3, rapid.ID).Draw(t, "skills")}
			p.Team.Operators = append(p.Team.Operators, o)
			all = append(all, roster.Assignment{Operator: o.ID, Shift: p.Demand.Grid.Span()})
		}
		minutes := int64(p.Demand.Grid.Step / time.Minute)
		if got, best := roster.Cover(p, all).Cost(), minutes*roster.Whole*cheapest(p, 0, []int{0, 0, 0}); got != best {
			t.Errorf("the distribution costs %d, the best %d", got, best)
		}
	})
}

// cheapest tries every queue for every operator from i on.
func cheapest(p roster.Problem, i int, given []int) int64 {
	if i == len(p.Team.Operators) {
		cost := int64(0)
		for q, d := range p.Demand.Queues {
			cost += roster.OverstaffingWeight * int64(max(0, given[q]-d.Required[0]))
			for k := given[q]; k < d.Required[0]; k++ {
				cost += weightOf(d, k)
			}
		}
		return cost
	}
	best := int64(1) << 60
	for q, d := range p.Demand.Queues {
		if p.Team.Operators[i].Has(d.Skill) {
			given[q]++
			best = min(best, cheapest(p, i+1, given))
			given[q]--
		}
	}
	return best
}

// weightOf is what the operator is worth who comes after k others.
func weightOf(d roster.QueueDemand, k int) int64 {
	if len(d.Parts) == 0 {
		if 2*k < d.Required[0] {
			return roster.UnderstaffingWeight + roster.CoreWeight
		}
		return roster.UnderstaffingWeight
	}
	for _, part := range d.Parts {
		if k -= part.Operators[0]; k < 0 {
			return part.Weight
		}
	}
	return d.Parts[len(d.Parts)-1].Weight
}
