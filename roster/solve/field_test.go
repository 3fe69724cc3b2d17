package solve

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// What operators more or fewer cost is what min-cuts over all levels and subsets say,
// however many have come and gone before.
func TestShiftedCostsWhatCutsSay(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		chance := rand.New(rand.NewPCG(seed, 1))
		f := newField(1+int(seed%5), 1, 2)
		f.over[0] = 1
		for at := 0; at < len(f.wanted); at += f.steps {
			dear := chance.Int64N(4)
			f.wanted[at] = step{100 * chance.Int64N(3), 10 + 2*dear}
			f.wanted[at+1] = step{100 * chance.Int64N(3), 2 + dear}
			f.price[at/f.steps] = 12 * chance.Float64()
		}
		f.settle()
		if seed%2 == 1 {
			f.soften(0.2)
		}
		there := make([]int64, f.subsets) // who serves them
		for range 40 {
			mask, units := 1+chance.IntN(f.subsets-1), chance.Int64N(300)
			if chance.IntN(2) == 0 {
				units = -min(units, there[mask])
			}
			before, after := cutCost(f, 0, 0), cutCost(f, mask, units)
			if got := f.moved(0, mask, units); got != after-before {
				t.Fatalf("seed %d: %d units more for queues %b cost %d, want %d", seed, units, mask, got, after-before)
			}
			if got := f.add(0, mask, units); got != after-before || f.costing[0] != after {
				t.Fatalf("seed %d: adding %d units for queues %b costs %d, then %d, want %d, then %d", seed, units, mask, got, f.costing[0], after-before, after)
			}
			if got := f.cost(&f.seen, 0, 0, 0); got != after {
				t.Fatalf("seed %d: the cover costs %d, want %d", seed, got, after)
			}
			there[mask] += units
		}
	}
}

// cutCost is what the only interval of a field is seen to cost with units more, from all of its cuts.
func cutCost(f *field, mask int, units int64) int64 {
	with := slices.Clone(f.reach)
	for subset := range with {
		if subset&mask != 0 {
			with[subset] += units
		}
	}
	cost := f.over[0] * with[len(with)-1]
	for k, gain := range f.seen.gain {
		cuts := slices.Clone(f.seen.need[k*f.subsets:][:f.subsets])
		for subset, one := range with {
			cuts[subset] += one
		}
		cost -= gain * slices.Min(cuts)
	}
	return cost
}
