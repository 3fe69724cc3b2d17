package solve

import (
	"slices"
	"testing"
)

// Two lanes have the same rounds in less time, and one more for what is left of it.
func TestSooner(t *testing.T) {
	before := slices.Clone(rounds)
	all := sooner(rounds)
	if len(all) != len(rounds)+1 || all[len(all)-1].to != 1 {
		t.Fatalf("%d rounds, the last to %g: expected one more than %d, to 1", len(all), all[len(all)-1].to, len(rounds))
	}
	from := 0.0
	for i, r := range all {
		if from+r.priced+r.counted >= r.to {
			t.Errorf("round %d: prices from %g take %g and %g, but it ends at %g", i, from, r.priced, r.counted, r.to)
		}
		from = r.to
	}
	for i, r := range rounds {
		if r.to != before[i].to || r.to <= all[i].to || r.priced <= all[i].priced {
			t.Errorf("round %d of one lane: prices take %g, and it ends at %g; of two %g and %g", i, r.priced, r.to, all[i].priced, all[i].to)
		}
	}
}
