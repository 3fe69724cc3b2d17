package solve

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// Soft costs at a pace are no higher than the cheapest row's there, and the same in the
// cold; they rise with the cost of an option by its chance, and with the price of hours
// and weekends by what is expected of these beyond what is allowed.
func TestSoftPacedSlopes(t *testing.T) {
	t.Parallel()
	compared := 0
	for seed := range uint64(60) {
		chance := rand.New(rand.NewPCG(seed, 13))
		all, r := appraisedRow(t, stintsProblem(t, chance), chance)
		if r.shape == nil {
			continue
		}
		at := pace{unit: 200 * (chance.Float64() - 0.5), weekend: 500 * chance.Float64()}
		still := at // steps of no length
		hard, ok := all.paced.best(r, all.costs, &still, 1, make([]int32, len(r.days)))
		if !ok {
			continue
		}
		var k softPaced
		expect := func(p pace, heat float64) (expected, []float64) {
			chances := make([]float64, len(r.options))
			return k.expect(r, all.costs, &p, heat, func(o int, chance float64) { chances[o] += chance }), chances
		}
		if cold, _ := expect(at, 0.01); math.Abs(cold.cost-hard) > 1 {
			t.Fatalf("seed %d: in the cold %f, the cheapest row costs %f", seed, cold.cost, hard)
		}
		const heat, slack = 300, 0.03 // tables have steps
		e, chances := expect(at, heat)
		if e.cost > hard {
			t.Fatalf("seed %d: %f is above the cheapest row's cost of %f", seed, e.cost, hard)
		}
		w := r.shape.whole(r)
		dearer := at
		dearer.weekend += 100
		above, _ := expect(dearer, heat)
		low, high := above.weekends-float64(w.weekends), e.weekends-float64(w.weekends)
		if rise := (above.cost - e.cost) / 100; rise < low-10*slack || rise > high+10*slack {
			t.Fatalf("seed %d: costs rise by %f of what weekends do, %f to %f are worked beyond what is allowed", seed, rise, low, high)
		}
		o, before := chance.IntN(len(r.options)), e.cost
		all.costs[o] += 100
		e, later := expect(at, heat)
		if rise := (e.cost - before) / 100; rise > chances[o]+slack || rise < later[o]-slack {
			t.Fatalf("seed %d: costs rise by %f of what an option does, whose chance falls from %f to %f", seed, rise, chances[o], later[o])
		}
		compared++
	}
	if compared < 30 {
		t.Errorf("only %d rows were compared", compared)
	}
}

// Prices and paces that glide together lead to most of the bound that single rows do
// after as many visits, of a crew whose rows are all alike: there these do best.
func TestPacesGlide(t *testing.T) {
	t.Parallel()
	m, err := compile(longCrew(t, 50), nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	if !m.paces() {
		t.Fatal("rows are not slow")
	}
	bound := func(raise func(p *pricer, m *meter) error) float64 {
		p, meter := newPricer(m, 1, 1), &meter{ctx: context.Background(), most: 400 * len(m.rows)}
		if err := raise(p, meter); err != nil {
			t.Fatal(err)
		}
		bound, err := p.sweep(meter, true)
		if err != nil {
			t.Fatal(err)
		}
		return bound
	}
	softly := bound(func(p *pricer, m *meter) error { return p.newAccelerated().glide(m, 1, 0, 1) })
	single := bound(func(p *pricer, m *meter) error { return p.newAscent().climb(m, 1, 0, 1) })
	if softly < 0.8*single {
		t.Errorf("soft answers lead to a bound of %f, single rows to %f", softly, single)
	}
}

// The prices of caps glide with the others: few nights for each leave most of them
// open, and a bound without that knows nothing of it.
func TestCapsGlide(t *testing.T) {
	t.Parallel()
	m, err := compile(withNights(longCrew(t, 50), 8), nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	bound := func(capped bool) float64 {
		p, meter := newPricer(m, 1, 1), &meter{ctx: context.Background(), most: 400 * len(m.rows)}
		if !capped {
			for i := range p.caps {
				p.caps[i] = nil
			}
		}
		if err := p.newAccelerated().glide(meter, 1, 0, 1); err != nil {
			t.Fatal(err)
		}
		bound, err := p.sweep(meter, true)
		if err != nil {
			t.Fatal(err)
		}
		return bound
	}
	if with, without := bound(true), bound(false); with < 1.1*without {
		t.Errorf("prices of caps raise the bound from %f to %f only", without, with)
	}
}
