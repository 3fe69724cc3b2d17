package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster/simulate"
	"github.com/smena-wfm/smena/roster/staffing"
)

// measurer finds and measures a crew: by a model or by a simulation.
type measurer interface {
	require(staffing.Target) (int, error)
	measure(operators int, t staffing.Target) (staffing.Measures, *steady, error)
}

// modelCrew asks the model of the system.
type modelCrew struct{ s staffing.System }

func (c modelCrew) require(t staffing.Target) (int, error) { return c.s.Require(t) }

func (c modelCrew) measure(operators int, t staffing.Target) (staffing.Measures, *steady, error) {
	c.s.Operators = operators
	m, err := c.s.MeasureFinely(t.Within.Duration)
	return m, nil, err
}

// How many chats to simulate.
const (
	leastChats = 10_000
	mostChats  = 50_000_000
)

// A long simulation is cut into batches that stand for independent ones. The
// first few, while the queue fills, do not count, nor does the last, whose
// chats may not have ended.
const batches, warming, cooling = 40, 4, 1

// steady is what a long simulation of one crew shows, with 99 % intervals.
type steady struct {
	Chats        int               `json:"chats"`
	ServiceLevel simulate.Estimate `json:"service_level"` // of all arrivals
	PWait        simulate.Estimate `json:"p_wait"`
	MeanWait     simulate.Estimate `json:"mean_wait_seconds"`
	Abandonment  simulate.Estimate `json:"abandonment"`
	MeanSession  simulate.Estimate `json:"mean_session_seconds"`
	Occupancy    simulate.Estimate `json:"occupancy"`
	PerBusy      simulate.Estimate `json:"chats_per_busy_operator"`
}

// simulatedCrew lets chats happen. The exact model says where to look first,
// and refuses what is not possible or not stable.
type simulatedCrew struct {
	s     staffing.System
	chats int
	seed  uint64
}

func (c *simulatedCrew) require(t staffing.Target) (int, error) {
	n, err := c.s.Require(t)
	if err != nil || c.s.Arrivals == 0 {
		return n, err
	}
	reached := func(n int) bool {
		m, _, err := c.measure(n, t)
		return err == nil && n >= t.MinOperators && m.Reaches(t)
	}
	const farthest = 3 // from what the model says
	for up := 0; up < farthest && !reached(n); up++ {
		n++
	}
	for n > max(1, c.s.Trainees) && reached(n-1) {
		n--
	}
	return n, nil
}

func (c *simulatedCrew) measure(operators int, t staffing.Target) (staffing.Measures, *steady, error) {
	if t.Of != staffing.OfArrivals {
		return staffing.Measures{}, nil, fmt.Errorf("--definition %s: a simulation counts of all arrivals only", t.Of)
	}
	c.s.Operators = operators
	m, err := c.s.Measure(t.Within.Duration)
	if err != nil || c.s.Arrivals == 0 {
		return m, nil, err
	}
	scenario, grid := c.scenario(t.Within.Duration)
	run, err := simulate.Simulate(scenario, rand.New(rand.NewPCG(c.seed, 0)))
	if err != nil {
		return m, nil, err
	}
	of := steadyOf(run, grid)
	return staffing.Measures{
		Operators: operators, ServiceLevel: of.ServiceLevel.Mean, OfAnswered: math.Min(1, of.ServiceLevel.Mean/(1-of.Abandonment.Mean)),
		PWait: of.PWait.Mean, MeanWait: of.MeanWait.Mean, Abandonment: of.Abandonment.Mean,
		Occupancy: of.Occupancy.Mean, MeanSession: of.MeanSession.Mean, PerBusy: of.PerBusy.Mean,
	}, &of, nil
}

// scenario is the crew at work for as long as it takes the chats to come.
func (c *simulatedCrew) scenario(within time.Duration) (simulate.Scenario, calendars.Grid) {
	const longest = 1e6 // hours of one batch
	hours := min(longest, math.Ceil(float64(c.chats)/batches/c.s.Arrivals))
	grid := calendars.Grid{Start: time.Unix(0, 0).UTC(), Step: time.Duration(hours) * time.Hour, N: warming + batches + cooling}
	q := simulate.Queue{AHT: c.s.AHT, Concurrency: c.s.Concurrency, Slowdown: c.s.Slowdown, Patience: c.s.Patience, Within: within}
	for range grid.N {
		q.Arrivals = append(q.Arrivals, c.s.Arrivals*hours)
	}
	scenario := simulate.Scenario{Grid: grid, Queues: []simulate.Queue{q}}
	for i := range c.s.Operators {
		o := simulate.Operator{Queues: []int{0}, Share: 1, Present: []calendars.Interval{grid.Span()}}
		if i < c.s.Trainees {
			o.Share = c.s.TraineeShare
		}
		scenario.Operators = append(scenario.Operators, o)
	}
	return scenario, grid
}

// steadyOf sums a simulation up by batches.
func steadyOf(run simulate.Run, grid calendars.Grid) steady {
	one, chats := steady{}, 0
	estimate := func(of func(simulate.Tally, simulate.Load) (above, below float64)) simulate.Estimate {
		var above, below []float64
		for i := warming; i < grid.N-cooling; i++ {
			a, b := of(run.Tallies[0][i], run.Loads[i])
			above, below = append(above, a), append(below, b)
		}
		const sure = 0.99
		return simulate.Ratio(above, below, sure)
	}
	perOffered := func(of func(simulate.Tally) float64) simulate.Estimate {
		return estimate(func(t simulate.Tally, _ simulate.Load) (float64, float64) { return of(t), float64(t.Offered) })
	}
	for i := warming; i < grid.N-cooling; i++ {
		chats += run.Tallies[0][i].Offered
	}
	one.Chats = chats
	one.ServiceLevel = perOffered(func(t simulate.Tally) float64 { return float64(t.InTime) })
	one.PWait = perOffered(func(t simulate.Tally) float64 { return float64(t.Waited) })
	one.MeanWait = perOffered(func(t simulate.Tally) float64 { return t.Wait })
	one.Abandonment = perOffered(func(t simulate.Tally) float64 { return float64(t.Abandoned) })
	one.MeanSession = estimate(func(t simulate.Tally, _ simulate.Load) (float64, float64) { return t.Session, float64(t.Answered) })
	one.Occupancy = estimate(func(_ simulate.Tally, l simulate.Load) (float64, float64) { return l.Chats, l.Places })
	one.PerBusy = estimate(func(_ simulate.Tally, l simulate.Load) (float64, float64) { return l.Chats, l.Busy })
	return one
}
