package staffing_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster/simulate"
	"github.com/smena-wfm/smena/roster/staffing"
)

// Intervals that go on for long enough settle.
func TestThroughSettles(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q := chatQueue()
		q.Patience = calendars.Seconds(float64(rapid.IntRange(0, 3).Draw(t, "patience") * 200))
		n := rapid.IntRange(2, 8).Draw(t, "operators")
		arrivals := rapid.Float64Range(0.1, 0.85).Draw(t, "load") * float64(n) * 17
		passed, err := staffing.Through(q, time.Hour, slices.Repeat([]float64{arrivals}, 30), slices.Repeat([]float64{float64(n)}, 30))
		if err != nil {
			t.Fatal(err)
		}
		s := staffing.SystemOf(q, arrivals, time.Hour)
		s.Operators = n
		m, err := s.Measure(time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		last := passed[29]
		if off := last.ServiceLevel - m.ServiceLevel; math.Abs(off) > 0.005 {
			t.Errorf("%d operators, %v arrivals: %+v, settled %+v", n, arrivals, last, m)
		}
		if off := last.Abandonment - m.Abandonment; math.Abs(off) > 0.003 {
			t.Errorf("%d operators, %v arrivals: %+v, settled %+v", n, arrivals, last, m)
		}
	})
}

// What an understaffed hour leaves over hurts the next, as much as in a
// simulation of the same day.
func TestThroughAgainstSimulation(t *testing.T) {
	t.Parallel()
	q := chatQueue()
	q.Patience = calendars.Seconds(1200)
	arrivals, operators := []float64{30, 60, 60, 60, 30, 20}, []float64{3, 5, 2, 5, 3, 0}
	passed, err := staffing.Through(q, time.Hour, arrivals, operators)
	if err != nil {
		t.Fatal(err)
	}
	grid := calendars.Grid{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: 6}
	scenario := simulate.Scenario{Grid: grid, Queues: []simulate.Queue{{
		AHT: q.AHT.Duration, Concurrency: q.Concurrency, Slowdown: q.Slowdown, Patience: q.Patience.Duration, Within: q.ServiceLevel.Within.Duration, Arrivals: arrivals,
	}}}
	for i := range 5 {
		o := simulate.Operator{Queues: []int{0}, Share: 1}
		for t, n := range operators {
			if float64(i) < n {
				o.Present = append(o.Present, grid.Interval(t))
			}
		}
		scenario.Operators = append(scenario.Operators, o)
	}
	const runs = 4000
	offered, inTime, left := make([]float64, 6), make([]float64, 6), make([]float64, 6)
	for k := range runs {
		run, err := simulate.Simulate(scenario, rand.New(rand.NewPCG(7, uint64(k))))
		if err != nil {
			t.Fatal(err)
		}
		for i, tally := range run.Tallies[0] {
			offered[i] += float64(tally.Offered)
			inTime[i] += float64(tally.InTime)
			left[i] += float64(tally.Abandoned)
		}
	}
	for i, p := range passed {
		if got := inTime[i] / offered[i]; math.Abs(got-p.ServiceLevel) > 0.03 {
			t.Errorf("hour %d: %.3f in time, simulated %.3f", i, p.ServiceLevel, got)
		}
	}
	settled, _, err := staffing.Answered(q, arrivals[3], time.Hour, operators[3])
	if err != nil || passed[3].ServiceLevel > settled-0.03 || passed[2].Waiting < 5 {
		t.Errorf("the hour after: %+v, settled %v, %v; before: %+v", passed[3], settled, err, passed[2])
	}
	if passed[5].ServiceLevel > 0 || passed[5].Waiting < 5 {
		t.Errorf("nobody is there: %+v", passed[5])
	}
}

// Chances stay chances, whatever comes.
func TestThroughIsSane(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q := chatQueue()
		q.Concurrency, q.Slowdown = rapid.IntRange(1, 5).Draw(t, "concurrency"), rapid.Float64Range(0, 1).Draw(t, "slowdown")
		q.Patience = calendars.Seconds(float64(rapid.IntRange(0, 600).Draw(t, "patience")))
		arrivals := rapid.SliceOfN(rapid.Float64Range(0, 120), 1, 6).Draw(t, "arrivals")
		operators := rapid.SliceOfN(rapid.Float64Range(0, 9), len(arrivals), len(arrivals)).Draw(t, "operators")
		passed, err := staffing.Through(q, 30*time.Minute, arrivals, operators)
		if err != nil {
			t.Fatal(err)
		}
		more := slices.Clone(operators)
		for i := range more {
			more[i]++
		}
		better, err := staffing.Through(q, 30*time.Minute, arrivals, more)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range passed {
			const rounding = 1e-9
			if !(p.ServiceLevel >= -rounding && p.ServiceLevel <= 1+rounding) || !(p.Abandonment >= 0) || !(p.Waiting >= -rounding) || !(p.Chats >= -rounding) {
				t.Errorf("interval %d: %+v", i, p)
			}
			if better[i].ServiceLevel < p.ServiceLevel-1e-3 {
				t.Errorf("interval %d: one more operator makes %v of %v", i, better[i].ServiceLevel, p.ServiceLevel)
			}
		}
	})
}
