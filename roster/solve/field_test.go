package solve

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The cover of four queues costs what min-cuts over all levels and subsets say.
func TestCostOfFour(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		chance := rand.New(rand.NewPCG(seed, 1))
		f := newField(4, 1, 2)
		f.over[0] = 1
		for at := 0; at < len(f.wanted); at += f.steps {
			dear := chance.Int64N(4)
			f.wanted[at] = step{100 * chance.Int64N(3), 10 + 2*dear}
			f.wanted[at+1] = step{100 * chance.Int64N(3), 2 + dear}
		}
		f.settle()
		for range 6 {
			f.add(0, 1+chance.IntN(15), 25+chance.Int64N(100))
		}
		mask, units := 1+chance.IntN(15), chance.Int64N(200)-100
		if got, want := f.cost(&f.truth, 0, mask, units), cutCost(f, mask, units); got != want {
			t.Fatalf("seed %d: %d units more for queues %04b cost %d, want %d", seed, units, mask, got, want)
		}
	}
}

// cutCost is the cost of the only interval of a field, from all of its cuts.
func cutCost(f *field, mask int, units int64) int64 {
	with := slices.Clone(f.reach)
	for subset := range with {
		if subset&mask != 0 {
			with[subset] += units
		}
	}
	cost := f.over[0] * with[len(with)-1]
	for k, gain := range f.truth.gain {
		cuts := slices.Clone(f.truth.need[k*f.subsets:][:f.subsets])
		for subset, one := range with {
			cuts[subset] += one
		}
		cost -= gain * slices.Min(cuts)
	}
	return cost
}
