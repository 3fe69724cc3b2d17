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

// yearOfArrivals is a year of hours of a queue: by day, by week, by season,
// and no two alike.
func yearOfArrivals(mean float64) []float64 {
	arrivals := make([]float64, 365*24)
	for i := range arrivals {
		hour, day := float64(i%24), float64(i/24)
		x := mean * (1 - 0.8*math.Cos(2*math.Pi*hour/24)) * (1 + 0.2*math.Cos(2*math.Pi*day/7)) * (1 + 0.2*math.Sin(2*math.Pi*day/365))
		arrivals[i] = x * (1 + 0.1*math.Sin(1e4*float64(i)))
	}
	return arrivals
}

// BenchmarkYear requires operators for a year of four queues of 20 to 150
// chats an hour: 35,040 intervals, by the exact model.
func BenchmarkYear(b *testing.B) {
	target := staffing.Target{ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, MaxOccupancy: 0.85}
	for b.Loop() {
		for _, mean := range []float64{20, 50, 100, 150} {
			s := staffing.System{AHT: 8 * time.Minute, Concurrency: 3, Slowdown: 0.15, Patience: 5 * time.Minute}
			ladder, err := staffing.NewLadder(s, target)
			if err != nil {
				b.Fatal(err)
			}
			for _, arrivals := range yearOfArrivals(mean) {
				if _, err := ladder.Require(arrivals); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}

// BenchmarkLarge requires and measures some 5,000 operators.
func BenchmarkLarge(b *testing.B) {
	s := staffing.System{Arrivals: 80_000, AHT: 8 * time.Minute, Concurrency: 3, Slowdown: 0.15, Patience: 5 * time.Minute}
	target := staffing.Target{ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}}
	for b.Loop() {
		n, err := s.Require(target)
		if err != nil {
			b.Fatal(err)
		}
		s.Operators = n
		if _, err := s.Measure(target.Within.Duration); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(n), "operators")
	}
}
