package solve

import (
	"math/rand/v2"
	"testing"

	"github.com/smena-wfm/smena/roster"
)

// Whatever tolls guide it, and whatever row it knows, counting finds what it finds without
// them, and from one visit to the next it comes to look at less.
func TestCountedIsTheBest(t *testing.T) {
	t.Parallel()
	compared, bound := 0, 0
	for seed := range uint64(80) {
		chance := rand.New(rand.NewPCG(seed, 15))
		all, r := appraisedRow(t, cappedProblem(t, chance), chance)
		k := &all.stints
		k.widest = widestPriced
		if r.shape == nil || len(r.shape.caps) == 0 || !k.counting(r, r.shape.scarce(), r.shape.allowed()) {
			continue
		}
		k.fill(0, len(r.days), all.costs)
		_, exact, possible := k.best(r.shape.whole(r))
		g := guided{caps: r.shape.scarce()}
		for range g.caps {
			g.tolls = append(g.tolls, chance.Int32N(300))
		}
		var old []int32
		for visit := range 4 {
			choice, cost, ok := k.counted(r, all.costs, &g, old)
			if ok != possible || ok && cost != exact {
				t.Fatalf("seed %d, visit %d: counted finds %d (%v), without a guide it is %d (%v)", seed, visit, cost, ok, exact, possible)
			}
			if !ok {
				break
			}
			if !r.shape.keeps(r, choice) || g.known(r, choice, r.shape.allowed(), all.costs) != exact {
				t.Fatalf("seed %d, visit %d: %v breaks rules or does not cost %d", seed, visit, choice, exact)
			}
			old = choice
		}
		compared++
		if len(r.shape.over(uncounted(&all, r), r.shape.allowed())) > 0 {
			bound++
		}
	}
	if compared < 30 || bound < 10 {
		t.Errorf("%d rows were compared, caps bound %d of them", compared, bound)
	}
}

// uncounted is the cheapest row without caps.
func uncounted(all *programs, r *row) []int32 {
	all.stints.counting(r, nil, nil)
	all.stints.fill(0, len(r.days), all.costs)
	choice, _, _ := all.stints.best(r.shape.whole(r))
	return choice
}

// cappedProblem is stintsProblem with few nights and late shifts allowed.
func cappedProblem(t *testing.T, chance *rand.Rand) roster.Problem {
	t.Helper()
	p := stintsProblem(t, chance)
	for _, template := range []string{"night", "late"} {
		most := int64(1 + chance.IntN(4))
		p.Team.Operators[0].Rules = append(p.Team.Operators[0].Rules, roster.Rule{Count: roster.CountShifts, Templates: []string{template}, Most: &most})
	}
	return p
}
