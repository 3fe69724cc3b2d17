package forecast

import "math"

// today returns what came since midnight by column, NaN where unknown, nil if
// the history ends at midnight.
func (f *frame) today(sh sheet, known int) []float64 {
	from := f.row[f.histRows()-1] // the last whole row
	row := known / sh.slots
	if known%sh.slots == 0 || row <= from {
		return nil
	}
	var came []float64
	for _, c := range f.col {
		if c < known%sh.slots {
			came = append(came, sh.value[row*sh.slots+c])
		}
	}
	return came
}

// update returns by what factor each interval of the rest of today is to be
// moved and to what share of its usual width its spread narrows. A morning is
// worth what mornings of this queue have been worth: for each time of day, a
// ridge regression of how far past days strayed then on how far their mornings
// did. It never scales by the plain ratio of the morning.
func (t *trial) update(path, today []float64) func(lead int) (factor, narrow float64) {
	asIs := func(int) (float64, float64) { return 1, 1 }
	now, ok := stray(path, today)
	if !ok || len(today) >= t.f.cols() {
		return asIs
	}
	mornings := t.mornings(len(today))
	if len(mornings) < fewestMornings {
		return asIs
	}
	factors, narrows := make([]float64, t.f.cols()), make([]float64, t.f.cols())
	for c := len(today); c < t.f.cols(); c++ {
		worth := worthOfMornings(mornings, c)
		factors[c], narrows[c] = math.Exp(dot(worth, now)), leftOver(mornings, c, worth)
	}
	return func(lead int) (float64, float64) {
		if lead >= t.f.cols() {
			return 1, 1
		}
		return factors[lead], narrows[lead]
	}
}

// mornings lists how past days strayed when so many of their columns were known.
func (t *trial) mornings(known int) []morning {
	var all []morning
	for k, origin := range t.origins {
		past := t.blended(k)
		day := t.f.y[origin:min(origin+t.f.cols(), t.f.known)]
		if len(day) < t.f.cols() {
			continue
		}
		if so, ok := stray(past, day[:known]); ok {
			all = append(all, morning{so, past[:len(day)], day})
		}
	}
	return all
}

// worthOfMornings regresses one column on the mornings.
func worthOfMornings(mornings []morning, column int) []float64 {
	equations, n := newNormal(len(mornings[0].so), 1), 0.0
	for _, m := range mornings {
		if rest, ok := m.rest(column); ok {
			equations.add(m.so, rest)
			n++
		}
	}
	return equations.solve(morningRidge / max(1, n))
}

// Mornings.
const (
	fewestMornings = 8 // past days that must have the same beginning
	morningRidge   = 2 // as many mornings say that a morning says nothing
)

// morning is how far the beginning of a past day strayed, and the whole day.
type morning struct {
	so        []float64
	path, day []float64
}

// rest returns how far the day strayed at a column of its rest and the next:
// one column alone is mostly noise.
func (m morning) rest(column int) (float64, bool) {
	to := min(column+2, len(m.day))
	x, ok := stray(m.path[column:to], m.day[column:to])
	if !ok {
		return 0, false
	}
	return x[0], true
}

// stray returns the logarithm of what came over what was forecast, of all
// that is known and of its last quarter; false if too little is known.
func stray(path, came []float64) ([]float64, bool) {
	var got, expected, late, expectedLate float64
	for i, x := range came {
		if math.IsNaN(x) {
			continue
		}
		got += x
		expected += path[i]
		if i >= len(came)*3/4 {
			late += x
			expectedLate += path[i]
		}
	}
	const prior = 5 // arrivals that come as forecast, so that few say little
	return []float64{math.Log((got + prior) / (expected + prior)), math.Log((late + prior) / (expectedLate + prior))}, expected > prior
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

// leftOver returns the share of the standard deviation of a column that
// knowing the mornings leaves.
func leftOver(mornings []morning, column int, worth []float64) float64 {
	before, after := tiny, tiny
	for _, m := range mornings {
		if rest, ok := m.rest(column); ok {
			e := rest - dot(worth, m.so)
			before += rest * rest
			after += e * e
		}
	}
	return min(1, math.Sqrt(after/before))
}
