package forecast

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
)

// noisy makes a frame of so many weeks of hours, of which those after change
// are multiplied.
func noisy(t *testing.T, weeks, change int, times float64) *frame {
	t.Helper()
	random := rand.New(rand.NewPCG(5, 5))
	start := calendars.Day{Year: 2026, Month: time.March, Dom: 2}.Start(calendars.Zone{})
	s := NewSeries(calendars.Grid{Start: start, Step: time.Hour, N: weeks * 168}, calendars.Zone{})
	for i := range s.Grid.N {
		x := 50 + 30*math.Sin(float64(i%24)/24*2*math.Pi) + 10*random.Float64()
		if i >= change {
			x *= times
		}
		if err := s.Set(i, x); err != nil {
			t.Fatal(err)
		}
	}
	sh := newSheet(s)
	f := newFrame(sh, len(sh.value), len(sh.value)+7*24, nil, Outlook{})
	f.ordinary()
	return f
}

// What comes after an origin changes nothing of what any candidate says from it.
func TestCandidatesCannotPeek(t *testing.T) {
	t.Parallel()
	const weeks, origin = 14, 10 * 168
	as, other := noisy(t, weeks, origin, 1), noisy(t, weeks, origin, 3)
	for _, c := range candidates {
		want := c.paths(as, []int{origin, as.known}, 168)
		got := c.paths(other, []int{origin, other.known}, 168)
		if want[0] == nil || len(want[0]) != 168 {
			t.Errorf("%s has no path from the origin", c.name())
		}
		if diff := cmp.Diff(want[0], got[0]); diff != "" {
			t.Errorf("%s peeks:\n%s", c.name(), diff)
		}
		if cmp.Equal(want[1], got[1]) {
			t.Errorf("%s does not learn from four weeks of three times the arrivals", c.name())
		}
	}
}

// Weights are shares, but for a bias that they correct; a candidate that is
// always wrong has none.
func TestWeights(t *testing.T) {
	t.Parallel()
	f := noisy(t, 12, 0, 1)
	trial := newTrial(f)
	for b, weights := range trial.weights {
		sum := 0.0
		for c, w := range weights {
			if w < 0 || math.IsNaN(w) {
				t.Errorf("band %d: %s weighs %v", b, candidates[c].name(), w)
			}
			sum += w
		}
		if math.Abs(sum-1) > 0.05 {
			t.Errorf("band %d weighs %v in all", b, sum)
		}
		if w := weights[9]; w > 0.1 {
			t.Errorf("band %d: days without a shape weigh %v", b, w)
		}
	}
}

// Cholesky's method solves what it should: a x = b for a known x.
func TestSolvePositive(t *testing.T) {
	t.Parallel()
	lower := []float64{4, 0, 0, 2, 5, 0, 1, 3, 6} // of a symmetric matrix
	want := []float64{1, -2, 3}
	right := []float64{4*1 + 2*-2 + 1*3, 2*1 + 5*-2 + 3*3, 1*1 + 3*-2 + 6*3}
	for i, x := range solvePositive(lower, right) {
		if math.Abs(x-want[i]) > 1e-12 {
			t.Errorf("x[%d] = %v, want %v", i, x, want[i])
		}
	}
}

// The filter learns a level, weekdays and an effect that it is told of.
func TestFilterLearns(t *testing.T) {
	t.Parallel()
	k := newFilter(calm, 0, []effect{{"sale", 0, 0.6}}, 4)
	day := func(i int) dayRow {
		row := dayRow{weekday: i % 7}
		if i%20 == 10 {
			row.marks = []mark{{effect: 0, x: 1, alike: -1}}
		}
		return row
	}
	level := func(i int) float64 {
		x := 5.0
		if i%7 == 6 {
			x -= 0.7
		}
		if i%20 == 10 {
			x += 0.4
		}
		return x
	}
	for i := range 200 {
		k.next()
		k.learn(day(i), level(i), 0)
	}
	for _, i := range []int{201, 202, 210} {
		if got, _ := k.ahead(day(i), i-199); math.Abs(got-level(i)) > 0.02 {
			t.Errorf("day %d: %v, want %v", i, got, level(i))
		}
	}
	if _, marked := k.ahead(day(210), 11); math.Abs(marked-0.4) > 0.02 {
		t.Errorf("the sale is worth %v, want 0.4", marked)
	}
}
