package simulate_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster/simulate"
)

var start = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func hours(from, to float64) calendars.Interval {
	at := func(h float64) time.Time { return start.Add(time.Duration(h * float64(time.Hour))) }
	return calendars.Interval{Start: at(from), End: at(to)}
}

// office is one queue of so many chats an hour and operators with these hours.
func office(n int, perHour float64, present ...calendars.Interval) simulate.Scenario {
	s := simulate.Scenario{
		Grid:   calendars.Grid{Start: start, Step: time.Hour, N: n},
		Queues: []simulate.Queue{{Name: "q", AHT: 6 * time.Minute, Concurrency: 2, Within: time.Minute}},
	}
	for range n {
		s.Queues[0].Arrivals = append(s.Queues[0].Arrivals, perHour)
	}
	for _, p := range present {
		s.Operators = append(s.Operators, simulate.Operator{Queues: []int{0}, Share: 1, Present: []calendars.Interval{p}})
	}
	return s
}

func run(t *testing.T, s simulate.Scenario, seed uint64) simulate.Run {
	t.Helper()
	r, err := simulate.Simulate(s, rand.New(rand.NewPCG(seed, 0)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func total(tallies []simulate.Tally) (sum simulate.Tally) {
	for _, t := range tallies {
		sum.Offered += t.Offered
		sum.InTime += t.InTime
		sum.Answered += t.Answered
		sum.Abandoned += t.Abandoned
		sum.Waited += t.Waited
		sum.Wait += t.Wait
		sum.Session += t.Session
	}
	return sum
}

// One operator with one chat at a time is the single server of textbooks:
// P(wait) is the load, the mean wait load/(1-load) handling times.
func TestSingleServer(t *testing.T) {
	t.Parallel()
	s := office(20_000, 6, hours(0, 20_000))
	s.Queues[0].Concurrency = 1
	sum := total(run(t, s, 1).Tallies[0])
	const load = 0.6
	if got := float64(sum.Waited) / float64(sum.Offered); math.Abs(got-load) > 0.01 {
		t.Errorf("P(wait) is %v, want %v", got, load)
	}
	if got, want := sum.Wait/float64(sum.Offered), 360*load/(1-load); math.Abs(got-want) > 0.04*want {
		t.Errorf("the mean wait is %v, want %v", got, want)
	}
}

// Nobody is answered before the shift, and those who waited come first; after
// it chats are finished, as overtime, and no new one is taken.
func TestShiftEdges(t *testing.T) {
	t.Parallel()
	s := office(4, 20, hours(1, 3))
	s.Queues[0].Patience = 10 * time.Hour
	r := run(t, s, 2)
	before, after := r.Tallies[0][0], r.Tallies[0][3]
	if before.InTime != 0 || before.Waited != before.Offered || before.Answered == 0 {
		t.Errorf("before the shift: %+v", before)
	}
	if after.Answered != 0 || after.Offered == 0 {
		t.Errorf("after the shift: %+v", after)
	}
	if l := r.Loads; l[0].Places != 0 || l[1].Places != 7200 || l[2].Places != 7200 || l[3].Places != 0 || l[0].Chats != 0 || l[3].Overtime == 0 || l[3].Overtime != l[3].Busy {
		t.Errorf("%+v", l)
	}
}

// A break is two doors more: nobody answers while it lasts.
func TestBreaks(t *testing.T) {
	t.Parallel()
	s := office(3, 20, hours(0, 3))
	s.Operators[0].Present = []calendars.Interval{hours(0, 1), hours(2, 3)}
	r := run(t, s, 3)
	if in := r.Tallies[0][1]; in.InTime > 1 || r.Loads[1].Places != 0 { // one may come just before the end
		t.Errorf("during the break: %+v, %+v", in, r.Loads[1])
	}
	// Two shifts that touch are one: nobody stops for an instant.
	touching, whole := office(3, 20, hours(0, 3)), office(3, 20, hours(0, 3))
	touching.Operators[0].Present = []calendars.Interval{hours(0, 1.5), hours(1.5, 3)}
	if a, b := total(run(t, touching, 3).Tallies[0]), total(run(t, whole, 3).Tallies[0]); a.Answered != b.Answered || a.InTime != b.InTime {
		t.Errorf("%+v, whole %+v", a, b)
	}
}

// Chats of a queue go only to those who can serve it, and to the specialist first.
func TestSkills(t *testing.T) {
	t.Parallel()
	s := office(200, 3, hours(0, 200), hours(0, 200))
	s.Queues = append(s.Queues, s.Queues[0])
	s.Queues[1].Name = "r"
	s.Operators[1].Queues = []int{0, 1}
	r := run(t, s, 4)
	alone := total(run(t, office(200, 3, hours(0, 200)), 4).Tallies[0])
	q, other := total(r.Tallies[0]), total(r.Tallies[1])
	if q.Waited >= alone.Waited || q.Waited > other.Waited {
		t.Errorf("waited: %d alone, %d with help, %d of the other queue", alone.Waited, q.Waited, other.Waited)
	}
	s.Operators = s.Operators[:1]
	if other := total(run(t, s, 4).Tallies[1]); other.Answered != 0 || other.Abandoned != other.Offered {
		t.Errorf("nobody can serve it: %+v", other)
	}
}

// Of a wait over a closed night only opening hours count.
func TestOpeningHours(t *testing.T) {
	t.Parallel()
	s := office(4, 0, hours(3, 4)) // they come in the first hour; the second and third are closed
	s.Queues[0].Arrivals[0], s.Queues[0].Counted, s.Queues[0].Within = 2, true, time.Hour
	if sum := total(run(t, s, 1).Tallies[0]); sum.Answered != 2 || sum.InTime != 0 {
		t.Errorf("open all day: %+v", sum)
	}
	s.Queues[0].Open = []bool{true, false, false, true}
	if sum := total(run(t, s, 1).Tallies[0]); sum.Answered != 2 || sum.InTime != 2 {
		t.Errorf("closed in between: %+v", sum)
	}
}

// The bot takes its share, and a trainee takes longer.
func TestBotAndTrainee(t *testing.T) {
	t.Parallel()
	s := office(500, 10, hours(0, 500))
	plain := total(run(t, s, 5).Tallies[0])
	s.Queues[0].BotShare = 0.4
	if with := total(run(t, s, 5).Tallies[0]); math.Abs(float64(with.Offered)/float64(plain.Offered)-0.6) > 0.03 {
		t.Errorf("%d offered, %d with the bot", plain.Offered, with.Offered)
	}
	s.Queues[0].Arrivals = office(500, 1, hours(0, 500)).Queues[0].Arrivals
	full := total(run(t, s, 6).Tallies[0])
	s.Operators[0].Share = 0.5
	half := total(run(t, s, 6).Tallies[0])
	if ratio := half.Session / float64(half.Answered) / (full.Session / float64(full.Answered)); math.Abs(ratio-2) > 0.2 {
		t.Errorf("a trainee of one half takes %v times as long", ratio)
	}
}

// Every chat is accounted for, whatever the scenario, and the same seed gives
// the same chats.
func TestEveryChatIsAccountedFor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "hours")
		s := office(n, rapid.Float64Range(0, 60).Draw(t, "perHour"))
		if rapid.Bool().Draw(t, "second") {
			s.Queues = append(s.Queues, s.Queues[0])
			s.Queues[1].Concurrency, s.Queues[1].Slowdown = 3, 0.3
		}
		s.Queues[0].Patience = time.Duration(rapid.IntRange(0, 3).Draw(t, "patience")) * 5 * time.Minute
		for range rapid.IntRange(0, 5).Draw(t, "operators") {
			from := rapid.Float64Range(-2, float64(n)).Draw(t, "from")
			o := simulate.Operator{Share: 1, Present: []calendars.Interval{hours(from, from+rapid.Float64Range(0.1, 9).Draw(t, "for"))}}
			for q := range s.Queues {
				if rapid.Bool().Draw(t, "serves") {
					o.Queues = append(o.Queues, q)
				}
			}
			s.Operators = append(s.Operators, o)
		}
		seed := rapid.Uint64().Draw(t, "seed")
		once, err := simulate.Simulate(s, rand.New(rand.NewPCG(seed, 0)))
		if err != nil {
			t.Fatal(err)
		}
		again, err := simulate.Simulate(s, rand.New(rand.NewPCG(seed, 0)))
		if err != nil || !reflect.DeepEqual(once, again) {
			t.Errorf("another outcome from the same seed, %v", err)
		}
		chats, session := 0.0, 0.0
		for _, q := range once.Tallies {
			sum := total(q)
			session += sum.Session
			if sum.Answered+sum.Abandoned != sum.Offered || sum.InTime > sum.Answered || sum.Wait < 0 {
				t.Errorf("%+v", sum)
			}
		}
		for _, l := range once.Loads {
			chats += l.Chats
			if l.Chats > l.Places+3*l.Overtime+1e-6 || l.Busy > l.Chats+1e-6 {
				t.Errorf("%+v", l)
			}
		}
		if chats > session+1e-6 { // equal but for what is answered after the horizon
			t.Errorf("%v chat-seconds, %v of sessions", chats, session)
		}
	})
}

func TestBadScenarios(t *testing.T) {
	t.Parallel()
	nan := math.NaN()
	for want, change := range map[string]func(*simulate.Scenario){
		"grid":              func(s *simulate.Scenario) { s.Grid.N = 0 },
		"handling time":     func(s *simulate.Scenario) { s.Queues[0].AHT = 0 },
		"concurrency of 0":  func(s *simulate.Scenario) { s.Queues[0].Concurrency = 0 },
		"slow-down of NaN":  func(s *simulate.Scenario) { s.Queues[0].Slowdown = nan },
		"patience -1ns":     func(s *simulate.Scenario) { s.Queues[0].Patience = -1 },
		"resolves 1":        func(s *simulate.Scenario) { s.Queues[0].BotShare = 1 },
		"expected 2":        func(s *simulate.Scenario) { s.Queues[0].Arrivals = nil },
		"NaN arrivals at":   func(s *simulate.Scenario) { s.Queues[0].Arrivals[1] = nan },
		"operator 0: a sha": func(s *simulate.Scenario) { s.Operators[0].Share = 0 },
	} {
		s := office(2, 1, hours(0, 1))
		change(&s)
		if _, err := simulate.Simulate(s, rand.New(rand.NewPCG(1, 1))); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want %q", err, want)
		}
	}
}

// Student's t: the printed tables' 2.704 for 40 degrees and 99 %.
func TestRatio(t *testing.T) {
	t.Parallel()
	above, below := make([]float64, 41), make([]float64, 41)
	for i := range above {
		above[i], below[i] = float64(i%2), 1
	}
	e := simulate.Ratio(above, below, 0.99)
	mean := 20.0 / 41
	deviation := math.Sqrt(41 * mean * (1 - mean) / 40)
	if math.Abs(e.Mean-mean) > 1e-12 || math.Abs(e.High-e.Mean-2.7045*deviation/math.Sqrt(41)) > 1e-4 {
		t.Errorf("%+v", e)
	}
}
