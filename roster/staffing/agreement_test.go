package staffing_test

import (
	"errors"
	"flag"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster/simulate"
	"github.com/smena-wfm/smena/roster/staffing"
)

// batches of a long simulation stand for independent ones; the first few,
// while the queue fills, do not count, nor does the last, whose chats may not end.
const batches, warming = 40, 4

// chatsEach is how many chats each simulation has; more make its intervals
// narrower: go test ./roster/staffing -run Simulation -chats 1000000.
var chatsEach = flag.Int("chats", 40_000, "chats of each simulation")

// simulated lets so many chats of a system arrive, and returns the shares that
// are not answered in time, that wait and that leave, each with its 99 % interval.
func simulated(t *testing.T, s staffing.System, within time.Duration, chats float64, seed uint64) (inLate, inWait, inLeave simulate.Estimate) {
	t.Helper()
	hours := math.Ceil(chats / batches / s.Arrivals)
	grid := calendars.Grid{Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Step: time.Duration(hours) * time.Hour, N: warming + batches + 1}
	q := simulate.Queue{Name: "q", AHT: s.AHT, Concurrency: s.Concurrency, Slowdown: s.Slowdown, Patience: s.Patience, Within: within}
	for range grid.N {
		q.Arrivals = append(q.Arrivals, s.Arrivals*hours)
	}
	scenario := simulate.Scenario{Grid: grid, Queues: []simulate.Queue{q}}
	for i := range s.Operators {
		o := simulate.Operator{Queues: []int{0}, Share: 1, Present: []calendars.Interval{grid.Span()}}
		if i < s.Trainees {
			o.Share = s.TraineeShare
		}
		scenario.Operators = append(scenario.Operators, o)
	}
	run, err := simulate.Simulate(scenario, rand.New(rand.NewPCG(seed, 1)))
	if err != nil {
		t.Fatal(err)
	}
	var offered, late, waited, abandoned []float64
	for _, one := range run.Tallies[0][warming : warming+batches] {
		offered, late = append(offered, float64(one.Offered)), append(late, float64(one.Offered-one.InTime))
		waited, abandoned = append(waited, float64(one.Waited)), append(abandoned, float64(one.Abandoned))
	}
	session := s.AHT.Hours() * (1 + s.Slowdown*float64(s.Concurrency-1))
	looks := batches * hours / (2 * session)
	return interval(late, offered, looks), interval(waited, offered, looks), interval(abandoned, offered, looks)
}

// interval is the 99 % interval of a share: by batch means, unless so few
// batches saw the event that these say nothing of it. Then two sessions' time
// counts as one independent look at the system, and the interval of so many
// looks is Wilson's.
func interval(events, offered []float64, looks float64) simulate.Estimate {
	const sure, z = 0.99, 2.5758
	saw := 0
	for _, n := range events {
		if n > 0 {
			saw++
		}
	}
	e := simulate.Ratio(events, offered, sure)
	if saw >= batches/4 {
		return e
	}
	middle := (e.Mean + z*z/(2*looks)) / (1 + z*z/looks)
	wide := z / (1 + z*z/looks) * math.Sqrt(e.Mean*(1-e.Mean)/looks+z*z/(4*looks*looks))
	return simulate.Estimate{Mean: e.Mean, Low: middle - wide, High: middle + wide}
}

// The exact model lies within the 99 % interval of a simulation, chat by chat,
// in at least 57 of 60 systems drawn at random: a program of its own that
// knows nothing of chains.
func TestExactAgainstSimulation(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(20261123, 4))
	agreed, stable := 0, 0
	for stable < 60 {
		s := staffing.System{
			AHT: 8 * time.Minute, Operators: 2 + random.IntN(59), Concurrency: 1 + random.IntN(4), Slowdown: 0.4 * random.Float64(),
		}
		load := 0.6 + 0.5*random.Float64()
		full := float64(s.Operators*s.Concurrency) / (1 + s.Slowdown*float64(s.Concurrency-1)) / s.AHT.Hours()
		s.Arrivals = load * full
		if random.IntN(4) > 0 {
			s.Patience = time.Minute * time.Duration(1+random.IntN(15))
		}
		within := 30 * time.Second * time.Duration(random.IntN(5))
		chats := float64(*chatsEach)
		if s.Patience == 0 {
			if load >= 1 {
				if _, err := s.Measure(within); !errors.Is(err, staffing.ErrUnstable) {
					t.Errorf("%+v: %v; it cannot keep up", s, err)
				}
				continue
			}
			// A queue near its limit forgets slowly: batches have to be longer.
			const forgets = 20 * batches
			chats = min(max(chats, forgets*load/math.Pow(1-load, 2)), 40*chats)
		}
		stable++
		m, err := s.Measure(within)
		if err != nil {
			t.Fatal(err)
		}
		inLate, inWait, inLeave := simulated(t, s, within, chats, uint64(stable))
		ok := true
		for name, c := range map[string]struct {
			got float64
			in  simulate.Estimate
		}{"service level": {1 - m.ServiceLevel, inLate}, "P(wait)": {m.PWait, inWait}, "abandonment": {m.Abandonment, inLeave}} {
			const rounding = 1e-9
			if c.got < c.in.Low-rounding || c.got > c.in.High+rounding {
				ok = false
				t.Logf("%+v, load %.2f, %s: %s is %.5f, simulated %.5f to %.5f", s, load, within, name, c.got, c.in.Low, c.in.High)
			}
		}
		if ok {
			agreed++
		}
	}
	t.Logf("%d of %d agree", agreed, stable)
	if agreed < 57 {
		t.Errorf("%d of %d agree, want 57", agreed, stable)
	}
}
