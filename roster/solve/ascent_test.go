package solve

import (
	"math/rand/v2"
	"testing"
)

// Prices stop when there is little to gain, unless they are patient: then they go on for
// all of their share.
func TestPatientPricesUseTheirShare(t *testing.T) {
	t.Parallel()
	const share, iterations = 0.5, 4 * mostVisits
	for _, patient := range []bool{false, true} {
		m, err := compile(stintsProblem(t, rand.New(rand.NewPCG(1, 16))), nil, 1)
		if err != nil {
			t.Fatal(err)
		}
		p := newPricer(m, 1, 1)
		p.patient = patient
		meter := &meter{ctx: t.Context(), most: iterations}
		if _, err := p.ascend(meter, share, 0); err != nil {
			t.Fatal(err)
		}
		want := mostVisits
		if patient {
			want = share * iterations
		}
		if over := meter.visits - want; over < 0 || over > 2 {
			t.Errorf("patient %v: %d visits, expected %d", patient, meter.visits, want)
		}
	}
}
