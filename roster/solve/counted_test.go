package solve

import (
	"context"
	"math/rand/v2"
	"testing"

	"github.com/smena-wfm/smena/roster"
)

// Whatever tolls guide it, and whatever row it knows, counting finds what it finds
// without them.
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
		g := newGuided(r.shape, r.shape.scarce())
		for at := range g.tolls {
			g.tolls[at] = chance.Int32N(300)
		}
		var old []int32
		for visit := range 4 {
			choice, cost, ok := k.counted(r, all.costs, g, old)
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

// Prices of rows whose caps are counted are a bound that no roster is below, and the
// same on one core as on two.
func TestCountedPricesAreABound(t *testing.T) {
	t.Parallel()
	counted := 0
	for seed := range uint64(8) {
		p := cappedCrew(t, rand.New(rand.NewPCG(seed, 16)), 6)
		result, err := Solve(context.Background(), p, nil, Options{Seed: seed, Iterations: 2000})
		if err != nil {
			continue // some row is impossible
		}
		one, ok := countedBound(t, p, 1)
		if !ok {
			continue
		}
		if two, _ := countedBound(t, p, 2); one != two {
			t.Errorf("seed %d: one core bounds by %f, two by %f", seed, one, two)
		}
		if best := float64(fine * result.Score.Soft); one > best {
			t.Errorf("seed %d: the bound of %f is above a roster's %f", seed, one, best)
		}
		counted++
	}
	if counted < 4 {
		t.Errorf("caps were counted for %d crews only", counted)
	}
}

// countedBound is the bound of prices that go on with counted caps; not ok if none are.
func countedBound(t *testing.T, p roster.Problem, cores int) (bound float64, ok bool) {
	t.Helper()
	m, err := compile(p, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	pricer, meter := newPricer(m, cores, 1), &meter{ctx: context.Background(), most: 400 * len(m.rows)}
	if _, err := pricer.ascend(meter, 0.5, 0); err != nil {
		t.Fatal(err)
	}
	if !pricer.count() {
		return 0, false
	}
	if _, err := pricer.ascend(meter, 0.9, 0.5); err != nil {
		t.Fatal(err)
	}
	if err := pricer.prove(meter); err != nil {
		t.Fatal(err)
	}
	return pricer.bound, true
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

// cappedCrew is so many of them, who are too few for nights.
func cappedCrew(t *testing.T, chance *rand.Rand, operators int) roster.Problem {
	t.Helper()
	p := cappedProblem(t, chance)
	for i := 1; i < operators; i++ {
		another := cappedProblem(t, chance).Team.Operators[0]
		another.ID = roster.ID(i + 1)
		p.Team.Operators = append(p.Team.Operators, another)
	}
	for i := range p.Team.Slots {
		p.Team.Slots[i].Operators = 2
	}
	return p
}
