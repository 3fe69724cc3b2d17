package staffing_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

// near compares to the digits that the source prints.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %.7g, want %.7g", what, got, want)
	}
}

func system(perHour float64, aht time.Duration, operators int) staffing.System {
	return staffing.System{Arrivals: perHour, AHT: aht, Operators: operators, Concurrency: 1}
}

// Erlang B: the tests of pyworkforce 0.5 (B1, B2 of our reference).
func TestErlangB(t *testing.T) {
	t.Parallel()
	near(t, "B(1, 1)", staffing.ErlangB(1, 1), 0.5, 0)
	near(t, "B(1, 2)", staffing.ErlangB(1, 2), 0.2, 1e-16)
	near(t, "B(10, 17)", staffing.ErlangB(10, 17), 0.012949, 5e-7)
	near(t, "B(10, 18)", staffing.ErlangB(10, 18), 0.007142, 5e-7)
	near(t, "17 channels after shrinkage", float64(staffing.Schedule(17, 0.3)), 25, 0)
}

// Erlang C: the documentation of pyworkforce and of the R package ErlangC
// (C1, C2), and the Garnett, Mandelbaum and Reiman (2002) table without
// abandonment (A3).
func TestErlangC(t *testing.T) {
	t.Parallel()
	m, err := system(200, 180*time.Second, 14).Measure(20 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "C1 P(wait)", m.PWait, 0.1741319, 5e-8)
	near(t, "C1 service level", m.ServiceLevel, 0.8883500, 5e-8)
	near(t, "C1 mean wait", m.MeanWait, 7.83594, 5e-6)
	near(t, "C1 occupancy", m.Occupancy, 0.714286, 5e-7)
	m, err = system(200, 180*time.Second, 11).Measure(20 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "C2 P(wait)", m.PWait, 0.6821182, 5e-8)
	near(t, "C2 service level", m.ServiceLevel, 0.3896138, 5e-8)
	m, err = system(48*60, time.Minute, 50).Measure(20 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "A3 P(wait)", m.PWait, 0.69446, 5e-6)
	near(t, "A3 mean wait", m.MeanWait, 20.834, 5e-4)
	near(t, "A3 queue, by Little's law", m.MeanWait*48/60, 16.667, 5e-4)
	near(t, "A3 occupancy", m.Occupancy, 0.96, 1e-12)
	near(t, "A3 90th percentile", m.WaitP90, 58.14, 5e-3)
	m, err = system(48*60, time.Minute, 50).Measure(58140 * time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "A3 served within the printed 90th percentile", m.ServiceLevel, 0.9, 2e-5)
}

func TestUnstable(t *testing.T) {
	t.Parallel()
	for _, operators := range []int{0, 9, 10} {
		if m, err := system(200, 180*time.Second, operators).Measure(20 * time.Second); !errors.Is(err, staffing.ErrUnstable) || m != (staffing.Measures{}) {
			t.Errorf("%d operators for 10 Erlang: %v, %v", operators, m, err)
		}
	}
}

// Requirements: C3, C4, C9 and C10 of our reference, the first from the
// documentation of pyworkforce and ErlangC, the others recomputed.
func TestRequire(t *testing.T) {
	t.Parallel()
	cases := []struct {
		perHalfHour  float64
		aht, within  time.Duration
		occupancy    float64
		want         int
		serviceLevel float64
	}{
		{100, 180 * time.Second, 20 * time.Second, 0.85, 14, 0.88835},
		{10, 180 * time.Second, 20 * time.Second, 0, 3, 0.92721},
		{50, 180 * time.Second, 20 * time.Second, 0, 8, 0.88015},
		{300, 180 * time.Second, 20 * time.Second, 0, 35, 0.83672},
		{5, 600 * time.Second, 60 * time.Second, 0, 4, 0.91885},
		{20, 600 * time.Second, 60 * time.Second, 0, 10, 0.87491},
		{100, 600 * time.Second, 60 * time.Second, 0, 39, 0.85588},
	}
	for _, c := range cases {
		s := system(2*c.perHalfHour, c.aht, 0)
		n, err := s.Require(staffing.Target{ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Duration{Duration: c.within}}, MaxOccupancy: c.occupancy})
		if err != nil || n != c.want {
			t.Errorf("%v arrivals: %d operators, %v; want %d", c.perHalfHour, n, err, c.want)
		}
		s.Operators = n
		m, err := s.Measure(c.within)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "service level", m.ServiceLevel, c.serviceLevel, 5e-6)
	}
	near(t, "C3 after shrinkage", float64(staffing.Schedule(14, 0.3)), 20, 0)
	m, err := system(200, 180*time.Second, 13).Measure(20 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "C4: one fewer fails, at", m.ServiceLevel, 0.795595, 5e-7)
}

// Erlang A: the tests and documentation of pyworkforce (A1, A2).
func TestErlangA(t *testing.T) {
	t.Parallel()
	s := system(200, 3*time.Minute, 14)
	s.Patience = 5 * time.Minute
	m, err := s.Measure(20 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "A1 P(wait)", m.PWait, 0.14526, 5e-6)
	near(t, "A1 abandonment", m.Abandonment, 0.013984, 5e-7)
	near(t, "A1 occupancy", m.Occupancy, 0.704297, 5e-7)
	near(t, "A1 mean wait", m.MeanWait/60, 0.069919, 5e-7)
	near(t, "A1 answered in 20 s of all arrivals", m.ServiceLevel, 0.916792, 5e-7)
	near(t, "A1 answered in 20 s of those served", m.ServiceLevel/(1-m.Abandonment), 0.929794, 5e-7)

	target := staffing.Target{ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(20)}, MaxOccupancy: 0.85, MaxAbandonment: 0.05}
	n, err := s.Require(target)
	if err != nil || n != 13 || staffing.Schedule(n, 0.3) != 19 {
		t.Errorf("A2: %d and %d operators, %v; want 13 and 19", n, staffing.Schedule(n, 0.3), err)
	}
	s.Operators = 13
	if m, err = s.Measure(20 * time.Second); err != nil {
		t.Fatal(err)
	}
	near(t, "A2 service level", m.ServiceLevel, 0.858, 5e-4)
	near(t, "A2 occupancy", m.Occupancy, 0.750, 5e-4)
	near(t, "A2 abandonment", m.Abandonment, 0.025, 5e-4)
	near(t, "A2 P(wait)", m.PWait, 0.226, 5e-4)
	near(t, "A2 mean wait", m.MeanWait/60, 0.125, 5e-4)
}

// The chat model: H1 to H8 and the single operator of our reference, computed
// there by an exact Markov chain. A tenth of a unit of the last printed digit
// is allowed for how they were rounded.
func TestChats(t *testing.T) {
	t.Parallel()
	cases := []struct {
		n, k                                         int
		perHour, slowdown                            float64
		pWait, wait, serviceLevel, session, perBusy  float64
		pWaitTo, waitTo, levelTo, sessionTo, busyTo_ float64
	}{
		{2, 2, 12, 0, 0.09070, 18.1399, 0.93281, 480.000, 1.28539, 5.1e-6, 5.1e-5, 5.1e-6, 5.1e-4, 5.1e-6},
		{3, 3, 30, 0, 0.02376, 2.28076, 0.98728, 480.000, 1.57152, 5.1e-6, 5.1e-6, 5.1e-6, 5.1e-4, 5.1e-6},
		{3, 3, 30, 0.15, 0.07178, 11.7873, 0.95019, 551.626, 1.75345, 5.1e-6, 6e-5, 5.1e-6, 5.1e-4, 5.1e-6},
		{8, 3, 120, 0.15, 0.34138, 66.5701, 0.74903, 597.718, 2.50603, 5.1e-6, 5.1e-5, 5.1e-6, 5.1e-4, 5.1e-6},
		{10, 3, 120, 0.15, 0.02138, 1.45023, 0.99117, 557.713, 1.90274, 5.1e-6, 5.1e-6, 5.1e-6, 5.1e-4, 5.1e-6},
	}
	for _, c := range cases {
		m, err := staffing.System{Arrivals: c.perHour, AHT: 480 * time.Second, Operators: c.n, Concurrency: c.k, Slowdown: c.slowdown}.Measure(time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "P(wait)", m.PWait, c.pWait, c.pWaitTo)
		near(t, "mean wait", m.MeanWait, c.wait, c.waitTo)
		near(t, "service level", m.ServiceLevel, c.serviceLevel, c.levelTo)
		near(t, "mean session", m.MeanSession, c.session, c.sessionTo)
		near(t, "chats per busy operator", m.PerBusy, c.perBusy, c.busyTo_)
	}
	for _, c := range []struct{ slowdown, pWait, serviceLevel float64 }{{0, 0.09091, 0.92557}, {0.1, 0.12571, 0.89180}, {0.5, 0.35294, 0.66427}} {
		m, err := staffing.System{Arrivals: 6, AHT: 10 * time.Minute, Operators: 1, Concurrency: 3, Slowdown: c.slowdown}.Measure(time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "P(wait) of one operator", m.PWait, c.pWait, 5.1e-6)
		near(t, "service level of one operator", m.ServiceLevel, c.serviceLevel, 5.1e-6)
	}
}

// What section 3 of our reference says of 120 chats an hour: eight operators
// by the chat model would miss the target, seven cannot even keep up.
func TestRequireOfChats(t *testing.T) {
	t.Parallel()
	s := staffing.System{Arrivals: 120, AHT: 480 * time.Second, Concurrency: 3, Slowdown: 0.15}
	target := staffing.Target{ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}}
	if n, err := s.Require(target); err != nil || n != 9 {
		t.Errorf("%d operators, %v; want 9", n, err)
	}
	curve, err := s.Curve(target)
	if err != nil || len(curve) != 3 { // of no operators: 1 to 3
		t.Fatalf("%+v, %v", curve, err)
	}
	s.Operators = 9
	if curve, err = s.Curve(target); err != nil || len(curve) != 7 {
		t.Fatalf("%+v, %v", curve, err)
	}
	for i, want := range []bool{true, false, false, false, false, false, false} {
		p := curve[i]
		if p.Operators != 6+i || p.Unstable != (want || i == 1 && p.Unstable) || i > 2 && p.Late >= curve[i-1].Late {
			t.Errorf("%d: %+v", i, p)
		}
	}
}

func TestProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := staffing.System{
			Arrivals: rapid.Float64Range(0.01, 5000).Draw(t, "arrivals"), AHT: time.Duration(rapid.IntRange(30, 1800).Draw(t, "aht")) * time.Second,
			Concurrency: rapid.IntRange(1, 5).Draw(t, "concurrency"), Slowdown: rapid.Float64Range(0, 0.5).Draw(t, "slowdown"),
			Patience: time.Duration(rapid.IntRange(0, 900).Draw(t, "patience")) * time.Second,
		}
		target := staffing.Target{ServiceLevel: roster.ServiceLevel{Share: rapid.Float64Range(0.1, 0.99).Draw(t, "share"), Within: calendars.Seconds(rapid.Float64Range(0, 300).Draw(t, "within"))}}
		n, err := s.Require(target)
		if err != nil {
			t.Fatal(err)
		}
		below := 0.0
		for s.Operators = max(1, n-2); s.Operators <= n+2; s.Operators++ {
			m, err := s.Measure(target.Within.Duration)
			if errors.Is(err, staffing.ErrUnstable) && s.Operators < n {
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			if reached := m.ServiceLevel >= target.Share; reached != (s.Operators >= n) {
				t.Errorf("%d operators reach %v, %d are required for %v", s.Operators, m.ServiceLevel, n, target.Share)
			}
			if m.ServiceLevel < below-1e-12 || m.ServiceLevel < 0 || m.ServiceLevel > 1+1e-12 {
				t.Errorf("service level %v after %v", m.ServiceLevel, below)
			}
			if little := m.Abandonment * s.Patience.Seconds(); s.Patience > 0 && math.Abs(m.MeanWait-little) > 1e-6*(1+little) {
				t.Errorf("mean wait %v, but Little's law says %v", m.MeanWait, little)
			}
			below = m.ServiceLevel
		}
	})
}

// With endless patience model A is model C (A5 of our reference).
func TestPatienceWithoutEnd(t *testing.T) {
	t.Parallel()
	c, a := system(200, 180*time.Second, 12), system(200, 180*time.Second, 12)
	a.Patience = 900 * time.Hour
	mc, err := c.Measure(20 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	ma, err := a.Measure(20 * time.Second)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "service level", ma.ServiceLevel, mc.ServiceLevel, 1e-4)
	near(t, "P(wait)", ma.PWait, mc.PWait, 1e-4)
}

// A crew far beyond its capacity, and a crew of thousands, still give shares.
func TestExtremes(t *testing.T) {
	t.Parallel()
	for _, s := range []staffing.System{
		{Arrivals: 50_000, AHT: 600 * time.Second, Operators: 10, Concurrency: 1, Patience: time.Hour},
		{Arrivals: 60_000, AHT: 300 * time.Second, Operators: 5000, Concurrency: 1, Patience: 5 * time.Minute},
	} {
		m, err := s.Measure(time.Minute)
		if err != nil || !(m.ServiceLevel >= 0 && m.ServiceLevel <= 1) || !(m.Abandonment >= 0 && m.Abandonment < 1) || !(m.Occupancy > 0.9 && m.Occupancy <= 1.000001) {
			t.Errorf("%+v: %+v, %v", s, m, err)
		}
	}
}

func queue() roster.Queue {
	return roster.Queue{
		Name: "q", Skill: "q", ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(20)}, AHT: calendars.Seconds(180),
		Concurrency: 1, Shrinkage: 0.3, MinOperators: 2,
		Opening: []roster.Opening{{From: 0, To: 3 * 60}},
	}
}

func TestDemand(t *testing.T) {
	t.Parallel()
	grid := calendars.Grid{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Step: 30 * time.Minute, N: 7}
	f := forecast.Forecast{Grid: grid, Mean: []float64{100, 10, 0, 100, 50, 300, 100}}
	team := roster.Team{Queues: []roster.Queue{queue()}}
	d, err := staffing.Demand(team, grid, map[string]forecast.Forecast{"q": f})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{20, 5, 3, 20, 12, 50, 0} { // 14, 3, 2 at least, 14, 8, 35 over 0.7; closed
		if d.Queues[0].Required[i] != want {
			t.Errorf("interval %d: %d operators, want %d", i, d.Queues[0].Required[i], want)
		}
	}
	if _, err := staffing.Demand(team, grid, nil); err == nil {
		t.Error("a queue without a forecast went unnoticed")
	}
}

func TestAnswered(t *testing.T) {
	t.Parallel()
	q := queue()
	cases := []struct {
		operators, arrivals, share float64
		met                        bool
	}{{14, 100, 0.88835, true}, {13, 100, 0.795595, false}, {13.3, 100, 0.7*0.795595 + 0.3*0.88835, true}, {9.8, 100, 0, false}, {0, 1, 0, false}, {0, 0, 1, true}}
	for _, c := range cases {
		share, met, err := staffing.Answered(q, c.arrivals, 30*time.Minute, c.operators)
		if err != nil || met != c.met {
			t.Errorf("%v for %v: %v, %v", c.operators, c.arrivals, met, err)
		}
		near(t, "share", share, c.share, 5e-6)
	}
}

func BenchmarkDemand(b *testing.B) {
	grid := calendars.Grid{Step: time.Hour, N: 4 * 672}
	f := forecast.Forecast{Grid: grid, Mean: make([]float64, grid.N)}
	for i := range f.Mean {
		f.Mean[i] = float64(i % 300)
	}
	q := queue()
	q.Opening, q.Patience, q.Concurrency = nil, calendars.Seconds(300), 3
	for b.Loop() {
		if _, err := staffing.Demand(roster.Team{Queues: []roster.Queue{q}}, grid, map[string]forecast.Forecast{"q": f}); err != nil {
			b.Fatal(err)
		}
	}
}
