package solve

import (
	"context"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// Many rows of whatever kind are priced: nobody is asked for, the horizon is short or
// starts within shifts and intervals, operators are parts of one, templates ask for
// somebody themselves, shifts have breaks. No bound is above a cost, and any number
// of cores finds the same.
func TestSoftPricesOfOddCrews(t *testing.T) {
	t.Parallel()
	odd := map[string]func(p *roster.Problem, chance *rand.Rand){
		"nothing asked": func(p *roster.Problem, _ *rand.Rand) {
			for i := range p.Demand.Queues {
				clear(p.Demand.Queues[i].Required)
			}
		},
		"shares": func(p *roster.Problem, chance *rand.Rand) {
			for i := range p.Team.Operators {
				p.Team.Operators[i].Share = float64(1+chance.IntN(100)) / 100
			}
		},
		"breaks": func(p *roster.Problem, chance *rand.Rand) { pausing(p, chance) },
		"cut":    func(p *roster.Problem, chance *rand.Rand) { cutShort(p, 24, 20*time.Minute) },
		"hours":  func(p *roster.Problem, chance *rand.Rand) { cutShort(p, 3, 5*time.Hour) },
		"slots":  func(p *roster.Problem, chance *rand.Rand) { askForNights(p) },
	}
	for name, change := range odd {
		p := crew(t, 60)
		change(&p, rand.New(rand.NewPCG(1, 9)))
		solved := func(cores int) Result {
			result, err := Solve(context.Background(), p, nil, Options{Seed: 1, Iterations: 6000, Cores: cores})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return result
		}
		one := solved(1)
		if one.Bound > one.Score.Soft || one.Score.Hard > 0 {
			t.Errorf("%s: a bound of %d, and a score of %v", name, one.Bound, one.Score)
		}
		if two := solved(2); !reflect.DeepEqual(one, two) {
			t.Errorf("%s: one core has %v with bound %d, two have %v with bound %d", name, one.Score, one.Bound, two.Score, two.Bound)
		}
	}
}

// cutShort leaves so many intervals, from later on.
func cutShort(p *roster.Problem, n int, later time.Duration) {
	p.Demand.Grid.Start, p.Demand.Grid.N = p.Demand.Grid.Start.Add(later), n
	for i := range p.Demand.Queues {
		p.Demand.Queues[i].Required = p.Demand.Queues[i].Required[:n]
	}
}

// askForNights asks for two operators on each night, of whom a quarter can be.
func askForNights(p *roster.Problem) {
	p.Team.Slots = []roster.Slot{{Template: "3", Operators: 2, Missing: 2000}}
	for i := range p.Team.Operators {
		p.Team.Operators[i].NoNights = i%4 != 0
	}
}

// What some rows supply to slots counts while others answer softly: slots that have
// enough are worth nothing.
func TestSlotsAreSupplied(t *testing.T) {
	t.Parallel()
	p := crew(t, 80)
	askForNights(&p)
	m, err := compile(p, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	prices := newPricer(m, 1, 1)
	a := prices.newAccelerated()
	if len(a.others) == 0 || len(a.others) == len(m.rows) {
		t.Fatalf("%d of %d rows answer softly", len(m.rows)-len(a.others), len(m.rows))
	}
	if err := a.glide(&meter{ctx: context.Background(), most: 100 * len(m.rows)}, 1, 0, 1); err != nil {
		t.Fatal(err)
	}
	slots, dear := m.fields[len(m.fields)-1], 0
	for at, price := range prices.price[len(m.fields)-1] {
		if price > slots.cap(at)/2 {
			dear++
		}
	}
	if dear > slots.n/2 {
		t.Errorf("%d of %d slots are dear", dear, slots.n)
	}
}

// Where rules matter that soft rows leave out, prices follow single rows in the end.
func TestSoftPricesAreNotEnough(t *testing.T) {
	t.Parallel()
	m, err := compile(crew(t, 80), nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	p, meter := newPricer(m, 1, 1), &meter{ctx: context.Background(), most: 1000 * len(m.rows)}
	if err := p.newAccelerated().glide(meter, 0.4, 0, 1); err != nil {
		t.Fatal(err)
	}
	softly, err := p.sweep(meter, true)
	if err != nil {
		t.Fatal(err)
	}
	p = newPricer(m, 1, 1)
	meter.visits = 0
	if _, err = p.ascend(meter, 0.4, 0); err != nil {
		t.Fatal(err)
	}
	if bound, err := p.sweep(meter, true); err != nil || bound < 1.01*softly {
		t.Errorf("a bound of %f (%v), soft answers alone lead to %f", bound, err, softly)
	}
}

// What rows supply when they are visited on the way is not counted beside what they
// are expected to when prices glide on.
func TestSoftRowsLeaveTheSupply(t *testing.T) {
	t.Parallel()
	m, err := compile(crew(t, 60), nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	p, meter := newPricer(m, 1, 1), &meter{ctx: context.Background(), most: 100 * len(m.rows)}
	a := p.newAccelerated()
	if len(a.others) > 0 {
		t.Fatalf("%d rows do not answer softly", len(a.others))
	}
	supplied := func() (units float64) {
		for _, field := range p.supply {
			for _, one := range field {
				units += one
			}
		}
		return units
	}
	if _, err := p.sweep(meter, true); err != nil || supplied() == 0 {
		t.Fatalf("visited rows supply %f (%v)", supplied(), err)
	}
	if err := a.glide(meter, 1, 0.6, 1); err != nil || supplied() != 0 {
		t.Errorf("beside soft answers rows supply %f (%v)", supplied(), err)
	}
}
