package solve

import (
	"context"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/smena-wfm/smena/roster"
)

// In the cold the soft minimum is the loose program's; it rises with the cost of an
// option by the chance of that, which is less the dearer it is; and nobody works
// two shifts a day.
func TestChancesAreSlopes(t *testing.T) {
	t.Parallel()
	compared := 0
	for seed := range uint64(100) {
		chance := rand.New(rand.NewPCG(seed, 8))
		p := weeksProblem(t, chance)
		p.Team.Rules = weeksRules(chance)
		all, r := appraisedRow(t, p, chance)
		if r.weekly == nil {
			continue
		}
		k := soft{loose: loose{coarse: all.coarse}}
		expect := func(heat float64) (cost float64, chances []float64) {
			chances = make([]float64, len(r.options))
			cost, ok := k.expect(r, all.costs, heat, func(o int, chance float64) { chances[o] = chance })
			if !ok {
				t.Fatalf("seed %d: no row", seed)
			}
			return cost, chances
		}
		least, ok := k.best(r, all.costs)
		if !ok {
			continue
		}
		if cold, _ := expect(0.01); math.Abs(cold-float64(least)) > 1 {
			t.Fatalf("seed %d: in the cold %f, loose %d", seed, cold, least)
		}
		const heat, more, slack = 300, 100, 0.03 // the table of weights has steps
		before, chances := expect(heat)
		o := chance.IntN(len(r.options))
		all.costs[o] += more
		after, later := expect(heat)
		if rise := (after - before) / more; rise > chances[o]+slack || rise < later[o]-slack {
			t.Fatalf("seed %d: costs rise by %f of what an option does, whose chance falls from %f to %f", seed, rise, chances[o], later[o])
		}
		for d := range r.days {
			sum := 0.0
			for o := r.days[d].first; o < r.days[d].last; o++ {
				sum += later[o]
			}
			if sum > 1+1e-6 {
				t.Fatalf("seed %d: on day %d chances come to %f", seed, d, sum)
			}
		}
		compared++
	}
	if compared < 50 {
		t.Errorf("only %d rows were compared", compared)
	}
}

// Prices of many rows are the same on any number of cores, and soft answers lead to
// a bound that single rows do not reach in as many visits.
func TestSoftPrices(t *testing.T) {
	t.Parallel()
	p := crew(t, 60)
	solved := func(cores int) Result {
		result, err := Solve(context.Background(), p, nil, Options{Seed: 1, Iterations: 20_000, Cores: cores})
		if err != nil {
			t.Fatal(err)
		}
		return result
	}
	one, two := solved(1), solved(2)
	if !reflect.DeepEqual(one, two) {
		t.Errorf("one core has %d with bound %d, two have %d with bound %d", one.Score.Soft, one.Bound, two.Score.Soft, two.Bound)
	}
	byRows, softly := looseBound(t, p, func(p *pricer, m *meter) error { return p.newAscent().climb(m, 1, 0, 1) }),
		looseBound(t, p, func(p *pricer, m *meter) error { return p.newAccelerated().glide(m, 1, 0, 1) })
	if softly < byRows {
		t.Errorf("soft answers lead to %f, single rows to %f", softly, byRows)
	}
}

// looseBound is the bound of the loose program at the prices that so many visits lead to.
func looseBound(t *testing.T, problem roster.Problem, ascend func(*pricer, *meter) error) float64 {
	t.Helper()
	const visits = 500 // of each row
	m, err := compile(problem, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	p := newPricer(m, 1, 1)
	if !p.glides() {
		t.Fatal("rows are few")
	}
	if err := ascend(p, &meter{ctx: context.Background(), most: visits * len(m.rows)}); err != nil {
		t.Fatal(err)
	}
	for i := range p.price {
		copy(m.fields[i].price, p.price[i])
		m.fields[i].pay()
	}
	bound, all, k := p.bill(), &p.cores[0], loose{coarse: m.coarse}
	for _, r := range m.rows {
		all.appraise(r, room{to: len(r.days)}, guess{blend: 1})
		cost, _ := k.best(r, all.costs)
		bound += float64(cost<<all.coarse) + float64(r.wished)
	}
	return bound / fine
}
