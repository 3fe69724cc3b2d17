package solve_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// What an operator is worth at some prices is the best that any legal row is
// worth, and never less.
func TestRowsAreWorthTheBest(t *testing.T) {
	t.Parallel()
	exact := 0
	const all = 24
	for seed := range uint64(all) {
		chance := rand.New(rand.NewPCG(seed, 2))
		p := oneOperator(t, chance)
		worth := make([]float64, p.Demand.Grid.N)
		for i, n := range p.Demand.Queues[0].Required {
			worth[i] = float64(n) * chance.Float64()
		}
		best := 0.0
		shifts := p.Team.Shifts(p.Team.Operators[0], p.Demand.Grid.Span())
		var extend func(at int, chosen []roster.Assignment)
		extend = func(at int, chosen []roster.Assignment) {
			sum := 0.0
			for _, a := range chosen {
				for i, to := p.Demand.Grid.Range(a.Shift); i < to; i++ {
					sum += worth[i] * float64(p.Demand.Grid.Interval(i).Overlap(a.Shift)) / float64(p.Demand.Grid.Step)
				}
			}
			if sum > best && roster.Judge(p, chosen).Score.Hard == 0 {
				best = sum
			}
			for i := at; i < len(shifts); i++ {
				today := calendars.DayOf(shifts[i].Shift.Start, p.Team.Zone)
				if n := len(chosen); n == 0 || calendars.DayOf(chosen[n-1].Shift.Start, p.Team.Zone) != today {
					extend(i+1, append(chosen[:len(chosen):len(chosen)], shifts[i]))
				}
			}
		}
		extend(0, nil)
		rows, err := solve.NewRows(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		rows.Price([][]float64{worth})
		got, err := rows.Best(0, true)
		if err != nil {
			t.Fatal(err)
		}
		if got.Worth < best-1e-6 {
			t.Errorf("seed %d: worth %.4f, a legal row is worth %.4f", seed, got.Worth, best)
		}
		if math.Abs(got.Worth-best) < 1e-4 {
			exact++
		}
		present := 0.0
		for i, one := range got.Present {
			present += worth[i] * one
		}
		if math.Abs(present-got.Worth) > 1e-4*(1+present) {
			t.Errorf("seed %d: the row is worth %.4f, said to be %.4f", seed, present, got.Worth)
		}
	}
	if exact < all*3/4 {
		t.Errorf("of %d rows %d are worth what the best legal one is", all, exact)
	}
}
