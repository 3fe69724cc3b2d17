package staffing_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

// A crew far larger than its work: the chance of a wait is below the smallest
// number there is, and everybody is answered at once.
func TestQuietHours(t *testing.T) {
	t.Parallel()
	q := queue()
	q.Patience, q.Concurrency = calendars.Seconds(300), 3
	for _, c := range []struct{ arrivals, rostered float64 }{{0.001, 70}, {0.01, 150}, {1, 700}, {1e-9, 3}} {
		share, met, err := staffing.Answered(q, c.arrivals, time.Hour, c.rostered)
		if err != nil || !met || !(share > 1-1e-9 && share <= 1) {
			t.Errorf("%v arrivals for %v: %v, %v, %v", c.arrivals, c.rostered, share, met, err)
		}
	}
}

// While a requirement is searched for, crews are tried that are far larger
// than it: this one once searched without end.
func TestRequireOfLargeLoads(t *testing.T) {
	t.Parallel()
	s := staffing.System{Arrivals: 2823.66, AHT: 1608 * time.Second, Concurrency: 5, Slowdown: 0.29985858499353607, Patience: 504 * time.Second}
	target := staffing.Target{ServiceLevel: roster.ServiceLevel{Share: 0.9574}}
	n, err := s.Require(target)
	if err != nil {
		t.Fatal(err)
	}
	for operators, want := range map[int]bool{n - 1: false, n: true} {
		s.Operators = operators
		if m, err := s.Measure(0); err != nil || m.ServiceLevel >= target.Share != want {
			t.Errorf("%d of %d required: %+v, %v", operators, n, m, err)
		}
	}
}

// Whatever the crew and its work, a measure is a share or a time, never NaN.
func TestMeasuresAreNumbers(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := staffing.System{
			Arrivals:    math.Pow(10, rapid.Float64Range(-12, 4.5).Draw(t, "log arrivals")),
			AHT:         time.Duration(rapid.IntRange(1, 3600).Draw(t, "aht")) * time.Second,
			Operators:   rapid.IntRange(1, 3000).Draw(t, "operators"),
			Concurrency: rapid.IntRange(1, 10).Draw(t, "concurrency"),
			Slowdown:    rapid.Float64Range(0, 2).Draw(t, "slowdown"),
			Patience:    time.Duration(rapid.IntRange(0, 7200).Draw(t, "patience")) * time.Second,
		}
		if rapid.IntRange(0, 3).Draw(t, "trainees") == 0 {
			s.Trainees, s.TraineeShare = rapid.IntRange(0, s.Operators).Draw(t, "of them"), rapid.Float64Range(0.01, 1).Draw(t, "share")
		}
		m, err := s.Measure(time.Duration(rapid.IntRange(0, 7200).Draw(t, "within")) * time.Second)
		if errors.Is(err, staffing.ErrUnstable) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		const rounding = 1e-9
		if !(m.PerBusy > 1-rounding && m.PerBusy < float64(s.Concurrency)+rounding) || !(m.MeanSession >= s.AHT.Seconds()*(1-1e-6)) {
			t.Errorf("%v chats per busy operator, a mean session of %v", m.PerBusy, m.MeanSession)
		}
		for name, share := range map[string]float64{"service level": m.ServiceLevel, "of answered": m.OfAnswered, "of patient": m.OfPatient, "of staying": m.OfStaying, "P(wait)": m.PWait, "abandonment": m.Abandonment, "occupancy": m.Occupancy} {
			if !(share >= -rounding && share <= 1+rounding) {
				t.Errorf("%s is %v", name, share)
			}
		}
		if !(m.MeanWait >= 0) || math.IsInf(m.MeanWait, 0) {
			t.Errorf("mean wait is %v", m.MeanWait)
		}
	})
}

// Abandonment falls with each operator (A6 of our reference, from the tests of
// pyworkforce), and the wait with it.
func TestAbandonmentFalls(t *testing.T) {
	t.Parallel()
	s := system(200, 3*time.Minute, 0)
	s.Patience = 5 * time.Minute
	abandonment, wait := 1.0, math.Inf(1)
	for s.Operators = 1; s.Operators <= 40; s.Operators++ {
		m, err := s.Measure(20 * time.Second)
		if err != nil || m.Abandonment >= abandonment || m.MeanWait >= wait {
			t.Fatalf("%d operators: %+v, %v", s.Operators, m, err)
		}
		abandonment, wait = m.Abandonment, m.MeanWait
	}
}

// The share answered in time, of all arrivals and exact, against the chain of
// states stepped through by uniformisation: other mathematics than the formula's.
func TestAnsweredAgainstChain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		load             float64
		servers          int
		patience, within float64 // hours, as the handling time is one
	}{{10, 14, 5.0 / 3, 1.0 / 9}, {1, 1, 0.1, 2}, {50, 20, 0.5, 0.7}, {300, 290, 2, 0.05}, {0.2, 3, 4, 0.3}} {
		s := system(c.load, time.Hour, c.servers)
		s.Patience = calendars.Hours(c.patience).Duration
		m, err := s.Measure(calendars.Hours(c.within).Duration)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "answered in time", m.ServiceLevel, chain(c.load, c.servers, 1/c.patience, c.within), 1e-11)
	}
}

// chain returns the share of arrivals served within the time: those who find a
// free server, and those who come to the head of the queue and are served
// before they leave. All rates are per handling time.
func chain(load float64, servers int, leaving, within float64) float64 {
	const queue = 2000 // longest that is counted
	states, sum := make([]float64, servers+queue), 0.0
	for k, log := 0, 0.0; k < len(states); k++ {
		if k > 0 {
			log += math.Log(load / (float64(min(k, servers)) + leaving*float64(max(0, k-servers))))
		}
		states[k] = math.Exp(log - load) // scaled against overflow
		sum += states[k]
	}
	atOnce, served, waiting := 0.0, 0.0, make([]float64, queue) // by how many are ahead
	for k, p := range states {
		if k < servers {
			atOnce += p / sum
		} else {
			waiting[k-servers] = p / sum
		}
	}
	rate := float64(servers) + leaving*queue
	inTime, left := atOnce, 1.0
	for step := 0.0; left > 1e-13; step++ {
		gamma, _ := math.Lgamma(step + 1)
		weight := math.Exp(step*math.Log(rate*within) - rate*within - gamma)
		inTime, left = inTime+weight*served, left-weight
		if step > rate*within && weight < 1e-18 {
			break
		}
		for ahead, p := range waiting {
			down := float64(servers) + leaving*float64(ahead)
			waiting[ahead] = p * (1 - (down+leaving)/rate)
			if ahead == 0 {
				served += p * float64(servers) / rate
			} else {
				waiting[ahead-1] += p * down / rate
			}
		}
	}
	return inTime
}

// What is scheduled leaves at least what is required, and one fewer does not.
func TestScheduleIsEnough(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n, shrinkage := rapid.IntRange(1, 5000).Draw(t, "required"), float64(rapid.IntRange(0, 99).Draw(t, "percent"))/100
		scheduled := staffing.Schedule(n, shrinkage)
		const rounding = 1e-9
		if left := float64(scheduled) * (1 - shrinkage); left < float64(n)-rounding {
			t.Errorf("%d of %d are left, %d required", int(left), scheduled, n)
		}
		if left := float64(scheduled-1) * (1 - shrinkage); left > float64(n)-rounding {
			t.Errorf("%d would do, %d are scheduled for %d", scheduled-1, scheduled, n)
		}
	})
}

func TestBadSystems(t *testing.T) {
	t.Parallel()
	nan, inf := math.NaN(), math.Inf(1)
	for want, change := range map[string]func(*staffing.System){
		"arrivals NaN":   func(s *staffing.System) { s.Arrivals = nan },
		"arrivals -1":    func(s *staffing.System) { s.Arrivals = -1 },
		"Erlang":         func(s *staffing.System) { s.Arrivals = inf },
		"time of 0s":     func(s *staffing.System) { s.AHT = 0 },
		"concurrency of": func(s *staffing.System) { s.Concurrency = 0 },
		"down of NaN":    func(s *staffing.System) { s.Slowdown = nan },
		"down of +Inf":   func(s *staffing.System) { s.Slowdown = inf },
		"down of -0.1":   func(s *staffing.System) { s.Slowdown = -0.1 },
		"patience":       func(s *staffing.System) { s.Patience = -1 },
		"-1 operators":   func(s *staffing.System) { s.Operators = -1 },
		"of 11 is not":   func(s *staffing.System) { s.Concurrency = 11 },
		"at full load":   func(s *staffing.System) { s.Concurrency, s.Slowdown = 10, 1e12 },
		"15 trainees":    func(s *staffing.System) { s.Trainees = 15 },
		"count for 0 of": func(s *staffing.System) { s.Trainees = 1 },
		"\"erlang-d\"":   func(s *staffing.System) { s.Model = "erlang-d" },
		"takes a":        func(s *staffing.System) { s.Model = staffing.ModelA },
	} {
		s := system(200, 3*time.Minute, 14)
		change(&s)
		if m, err := s.Measure(time.Minute); err == nil || !strings.Contains(err.Error(), want) || m != (staffing.Measures{}) {
			t.Errorf("%+v: %+v, %v; want %q", s, m, err, want)
		}
	}
	if _, err := system(200, time.Minute, 14).Measure(-1); err == nil {
		t.Error("a negative time went unnoticed")
	}
	_, err := system(200, 3*time.Minute, 10).Measure(time.Minute)
	if !errors.Is(err, staffing.ErrUnstable) || !strings.Contains(err.Error(), "200 chats an hour arrive and 10 operators can end 200") { // C11
		t.Error(err)
	}
}

func TestBadTargets(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	for _, change := range []func(*staffing.Target){
		func(g *staffing.Target) { g.Share = nan }, func(g *staffing.Target) { g.Share = 0 }, func(g *staffing.Target) { g.Share = 1 },
		func(g *staffing.Target) { g.Within = calendars.Seconds(-1) },
		func(g *staffing.Target) { g.MaxOccupancy = nan }, func(g *staffing.Target) { g.MaxOccupancy = -1 }, func(g *staffing.Target) { g.MaxOccupancy = 0.001 },
		func(g *staffing.Target) { g.MaxAbandonment = nan }, func(g *staffing.Target) { g.MaxAbandonment = -1 },
		func(g *staffing.Target) { g.MinOperators = -1 },
	} {
		g := staffing.Target{ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(20)}}
		change(&g)
		if n, err := system(200, 3*time.Minute, 0).Require(g); err == nil {
			t.Errorf("%+v: %d", g, n)
		}
	}
}

// The error names the queue, and the forecast must be of the very horizon.
func TestDemandOfAnotherHorizon(t *testing.T) {
	t.Parallel()
	grid := calendars.Grid{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: 2}
	late, half, long := grid, grid, grid
	late.Start, half.Step, long.N = grid.At(1), 30*time.Minute, 3
	for _, other := range []calendars.Grid{late, half, long} {
		f := forecast.Forecast{Grid: other, Mean: make([]float64, other.N)}
		_, err := staffing.Demand(roster.Team{Queues: []roster.Queue{queue()}}, grid, map[string]forecast.Forecast{"q": f})
		if err == nil || !strings.Contains(err.Error(), `"q"`) {
			t.Errorf("%v: %v", other, err)
		}
	}
}

// A queue that is always long is computed without its every length: it goes
// on smoothly from the sum, in which as many leave as cannot be answered.
func TestLongQueues(t *testing.T) {
	t.Parallel()
	for _, within := range []time.Duration{time.Minute, 10 * time.Hour, 1000 * time.Hour, 5000 * time.Hour} {
		var before staffing.Measures
		for i, perHour := range []float64{94.9, 95.2} { // some 20,000 wait in both
			s := staffing.System{Arrivals: perHour, AHT: 8 * time.Minute, Operators: 10, Concurrency: 1, Patience: 1000 * time.Hour}
			m, err := s.Measure(within)
			if err != nil {
				t.Fatal(err)
			}
			if off := m.Abandonment - (1 - 75/perHour); math.Abs(off) > 1e-6 || math.Abs(m.PWait-1) > 1e-9 {
				t.Errorf("%v: %+v", perHour, m)
			}
			if i > 0 && (math.Abs(m.ServiceLevel-before.ServiceLevel) > 0.02 || math.Abs(m.MeanWait/before.MeanWait-1) > 0.02) {
				t.Errorf("within %s: %+v after %+v", within, m, before)
			}
			before = m
		}
	}
}
