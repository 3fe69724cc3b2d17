package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/simulate"
	"github.com/smena-wfm/smena/roster/staffing"
)

//go:embed staffing.py
var staffingPeer []byte

type staffingCommand struct {
	Python string `help:"Python that has pyworkforce, to answer the Erlang C cases beside ours." placeholder:"PYTHON"`
	Repeat int    `help:"Times to answer all cases, for the clock." default:"20"`
}

// Run measures the staffing models, on one core each.
func (c *staffingCommand) Run() error {
	if c.Repeat < 1 {
		return fmt.Errorf("--repeat: %d is not possible: expected at least 1", c.Repeat)
	}
	if err := speeds(); err != nil {
		return err
	}
	if c.Python == "" {
		return nil
	}
	return c.peer()
}

var chatLevel = roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}

// speeds prints how long the large jobs take.
func speeds() error {
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	for _, job := range []struct {
		what string
		do   func() (string, error)
	}{
		{"requirement for a year of hours of 4 queues, exact model", year},
		{"requirement and measures of one large interval", large},
		{"simulation of a year at 100 chats an hour", simulatedYear},
	} {
		started := time.Now()
		said, err := job.do()
		if err != nil {
			return err
		}
		fmt.Fprintf(t, "%s\t%.0f ms\t%s\n", job.what, 1000*time.Since(started).Seconds(), said)
	}
	return t.Flush()
}

// chatSystem is a queue of chats without arrivals.
func chatSystem() staffing.System {
	return staffing.System{AHT: 8 * time.Minute, Concurrency: 3, Slowdown: 0.15, Patience: 5 * time.Minute}
}

// year requires operators for four queues of 20 to 150 chats an hour, with
// days, weeks and seasons, and no two hours alike.
func year() (string, error) {
	intervals, hours := 0, 0
	for _, mean := range []float64{20, 50, 100, 150} {
		ladder, err := staffing.NewLadder(chatSystem(), staffing.Target{ServiceLevel: chatLevel, MaxOccupancy: 0.85})
		if err != nil {
			return "", err
		}
		random := rand.New(rand.NewPCG(1, uint64(mean)))
		for i := range 365 * 24 {
			hour, day := float64(i%24), float64(i/24)
			x := mean * (1 - 0.8*math.Cos(2*math.Pi*hour/24)) * (1 + 0.2*math.Cos(2*math.Pi*day/7)) * (1 + 0.2*math.Sin(2*math.Pi*day/365))
			n, err := ladder.Require(x * (0.9 + 0.2*random.Float64()))
			if err != nil {
				return "", err
			}
			intervals++
			hours += n
		}
	}
	return fmt.Sprintf("%d intervals, %d operator-hours", intervals, hours), nil
}

// large is an interval of some 5,000 operators.
func large() (string, error) {
	s := chatSystem()
	s.Arrivals = 103_500
	n, err := s.Require(staffing.Target{ServiceLevel: chatLevel})
	if err != nil {
		return "", err
	}
	s.Operators = n
	m, err := s.Measure(chatLevel.Within.Duration)
	return fmt.Sprintf("%d operators, service level %.4f", n, m.ServiceLevel), err
}

func simulatedYear() (string, error) {
	grid := calendars.Grid{Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: 365 * 24}
	q := simulate.Queue{AHT: 8 * time.Minute, Concurrency: 3, Slowdown: 0.15, Patience: 5 * time.Minute, Within: time.Minute}
	for range grid.N {
		q.Arrivals = append(q.Arrivals, 100)
	}
	s := simulate.Scenario{Grid: grid, Queues: []simulate.Queue{q}}
	for range 8 {
		s.Operators = append(s.Operators, simulate.Operator{Queues: []int{0}, Share: 1, Present: []calendars.Interval{grid.Span()}})
	}
	run, err := simulate.Simulate(s, rand.New(rand.NewPCG(1, 0)))
	if err != nil {
		return "", err
	}
	offered, inTime := 0, 0
	for _, t := range run.Tallies[0] {
		offered += t.Offered
		inTime += t.InTime
	}
	exact := chatSystem()
	exact.Arrivals, exact.Operators = 100, len(s.Operators)
	m, err := exact.Measure(q.Within)
	return fmt.Sprintf("%d chats, %.4f in time; exact %.4f", offered, float64(inTime)/float64(offered), m.ServiceLevel), err
}

// peerCase is a requirement by Erlang's model C.
type peerCase struct {
	Arrivals  float64 `json:"arrivals"` // in the interval
	AHT       float64 `json:"aht"`      // all times in seconds
	Within    float64 `json:"within"`
	Interval  float64 `json:"interval"`
	Share     float64 `json:"share"`
	Occupancy float64 `json:"occupancy"`
	Shrinkage float64 `json:"shrinkage"`
}

type peerAnswer struct {
	Operators    int     `json:"operators"`
	Scheduled    int     `json:"scheduled"`
	ServiceLevel float64 `json:"service_level"`
	PWait        float64 `json:"p_wait"`
	Occupancy    float64 `json:"occupancy"`
}

// peerCases are C1 and C3 of pyworkforce's documentation first, C9 and C10 of
// the trade's tables, and a range from 2 to 600 calls.
func peerCases() []peerCase {
	cases := []peerCase{{100, 180, 20, 1800, 0.8, 0.85, 0.3}}
	for _, arrivals := range []float64{10, 50, 100, 300} {
		cases = append(cases, peerCase{arrivals, 180, 20, 1800, 0.8, 1, 0})
	}
	for _, arrivals := range []float64{5, 20, 100} {
		cases = append(cases, peerCase{arrivals, 600, 60, 1800, 0.8, 1, 0})
	}
	for arrivals := 2.0; arrivals <= 600; arrivals *= 1.3 {
		for _, share := range []float64{0.7, 0.8, 0.9, 0.95} {
			cases = append(cases, peerCase{math.Round(arrivals), 240, 30, 1800, share, 0.9, 0.25})
		}
	}
	return cases
}

// answer is ours.
func (p peerCase) answer() (peerAnswer, error) {
	seconds := func(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
	s := staffing.System{Arrivals: p.Arrivals * 3600 / p.Interval, AHT: seconds(p.AHT), Concurrency: 1, Model: staffing.ModelC}
	target := staffing.Target{ServiceLevel: roster.ServiceLevel{Share: p.Share, Within: calendars.Seconds(p.Within)}, MaxOccupancy: p.Occupancy}
	n, err := s.Require(target)
	if err != nil {
		return peerAnswer{}, err
	}
	s.Operators = n
	m, err := s.Measure(target.Within.Duration)
	return peerAnswer{n, staffing.Schedule(n, p.Shrinkage), m.ServiceLevel, m.PWait, m.Occupancy}, err
}

// peer answers the cases, lets pyworkforce answer them, and compares.
func (c *staffingCommand) peer() error {
	cases := peerCases()
	theirs, seconds, err := c.askPeer(cases)
	if err != nil {
		return err
	}
	ours := make([]peerAnswer, len(cases))
	started := time.Now()
	for range c.Repeat {
		for i, p := range cases {
			if ours[i], err = p.answer(); err != nil {
				return err
			}
		}
	}
	own := time.Since(started).Seconds() / float64(c.Repeat)
	same, farthest := 0, 0.0
	for i := range cases {
		a, b := ours[i], theirs[i]
		off := max(math.Abs(a.ServiceLevel-b.ServiceLevel), math.Abs(a.PWait-b.PWait), math.Abs(a.Occupancy-b.Occupancy))
		if a.Operators == b.Operators && a.Scheduled == b.Scheduled {
			same++
			farthest = max(farthest, off)
			continue
		}
		fmt.Printf("%+v: ours %+v, pyworkforce %+v\n", cases[i], a, b)
	}
	fmt.Printf("\npyworkforce, Erlang C: %d of %d requirements the same, their measures within %.1e of ours\n", same, len(cases), farthest)
	fmt.Printf("all cases once: ours %.2f ms, pyworkforce %.2f ms; %.1f times as fast\n", 1000*own, 1000*seconds, seconds/own)
	if same < len(cases) {
		return fmt.Errorf("%d requirements differ", len(cases)-same)
	}
	return nil
}

// askPeer runs the Python script.
func (c *staffingCommand) askPeer(cases []peerCase) ([]peerAnswer, float64, error) {
	input, err := json.Marshal(cases)
	if err != nil {
		return nil, 0, err
	}
	command := exec.Command(c.Python, "-c", string(staffingPeer), "--repeat", strconv.Itoa(c.Repeat))
	command.Stdin, command.Stderr = bytes.NewReader(input), os.Stderr
	output, err := command.Output()
	if err != nil {
		return nil, 0, fmt.Errorf("pyworkforce: %w", err)
	}
	var said struct {
		Answers []peerAnswer `json:"answers"`
		Seconds float64      `json:"seconds"`
	}
	if err := json.Unmarshal(output, &said); err != nil || len(said.Answers) != len(cases) {
		return nil, 0, fmt.Errorf("pyworkforce: %d answers to %d cases: %w", len(said.Answers), len(cases), err)
	}
	return said.Answers, said.Seconds, nil
}
