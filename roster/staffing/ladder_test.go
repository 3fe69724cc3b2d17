package staffing_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

// A ladder answers what Require does, whatever was asked before.
func TestLadder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := staffing.System{
			AHT: 8 * time.Minute, Concurrency: rapid.IntRange(1, 3).Draw(t, "concurrency"), Slowdown: rapid.Float64Range(0, 0.4).Draw(t, "slowdown"),
			Patience: time.Duration(rapid.IntRange(0, 2).Draw(t, "patience")) * 150 * time.Second,
		}
		target := staffing.Target{ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, MinOperators: rapid.IntRange(0, 2).Draw(t, "least")}
		if rapid.Bool().Draw(t, "more targets") {
			target.MaxOccupancy, target.MaxAbandonment, target.MaxWait = 0.85, 0.05, calendars.Seconds(30)
		}
		ladder, err := staffing.NewLadder(s, target)
		if err != nil {
			t.Fatal(err)
		}
		for _, arrivals := range rapid.SliceOfN(rapid.Float64Range(0, 90), 5, 25).Draw(t, "arrivals") {
			s.Arrivals = arrivals
			want, err := s.Require(target)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := ladder.Require(arrivals); err != nil || got != want {
				t.Errorf("%v: %d, %v; want %d", arrivals, got, err, want)
			}
		}
	})
}

func TestLadderRefuses(t *testing.T) {
	t.Parallel()
	target := staffing.Target{ServiceLevel: roster.ServiceLevel{Share: 0.8}}
	if _, err := staffing.NewLadder(staffing.System{AHT: time.Minute}, target); err == nil {
		t.Error("a concurrency of 0 went unnoticed")
	}
	if _, err := staffing.NewLadder(system(0, time.Minute, 0), staffing.Target{}); err == nil {
		t.Error("an empty target went unnoticed")
	}
	ladder, err := staffing.NewLadder(system(0, time.Minute, 0), target)
	if err != nil {
		t.Fatal(err)
	}
	for _, arrivals := range []float64{math.NaN(), -1, math.Inf(1), 1e9} {
		if n, err := ladder.Require(arrivals); err == nil {
			t.Errorf("%v: %d", arrivals, n)
		}
	}
}
