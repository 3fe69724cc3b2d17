package solve_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// The row program is exact: for one operator nothing that the judge finds
// legal, of all choices of at most one shift a day, is better than what it finds
// at once. The week is the one in which clocks go forward.
func TestRowIsBest(t *testing.T) {
	t.Parallel()
	for seed := range uint64(24) {
		chance := rand.New(rand.NewPCG(seed, 1))
		p := oneOperator(t, chance)
		p.Team.Fairness = roster.Fairness{Night: 1, Weekend: 1.5, Weight: []int64{0, 5, 50}[chance.IntN(3)]}
		got, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 300})
		if err != nil {
			t.Fatal(err)
		}
		shifts := p.Team.Shifts(p.Team.Operators[0], p.Demand.Grid.Span())
		best := roster.Judge(p, nil).Score
		try(p, shifts, nil, &best)
		if got.Score != best || got.Bound > best.Soft {
			t.Errorf("seed %d: the program found %v, the best is %v; the bound is %d", seed, got.Score, best, got.Bound)
		}
	}
}

// oneOperator is a week of one operator whose contract binds somewhere.
func oneOperator(t *testing.T, chance *rand.Rand) roster.Problem {
	t.Helper()
	zone := calendars.MustZone("Europe/Sofia")
	pick := func(all ...float64) calendars.Duration { return calendars.Hours(all[chance.IntN(len(all))]) }
	team, err := roster.Team{
		Name: "one", Zone: zone, Queues: []roster.Queue{queue("a")},
		Templates: []roster.Template{template("day", 8, 16, "team"), template("night", 20, 4, "team")},
		Operators: []roster.Operator{{Name: "Ana", Zone: zone, Skills: []string{"a"}, Contract: roster.Contract{
			Kind: "part-time", MinWeek: pick(0, 8, 20), MaxWeek: pick(20, 24, 40), DailyRest: pick(4, 11, 13), WeeklyRest: pick(24, 35, 60),
			MaxConsecutiveDays: 1 + chance.IntN(5),
		}}},
	}.Complete()
	if err != nil {
		t.Fatal(err)
	}
	one := int64(1)
	team.Rules = []roster.Rule{ // as many of them as chance has it
		{Count: roster.CountShifts, Templates: []string{"night"}, Per: roster.PerRun, Most: &one},
		{Count: roster.CountWeekends, Most: new(int64)},
	}[:chance.IntN(3)]
	day := func() calendars.Day { return calendars.Day{Year: 2026, Month: 3, Dom: 25 + chance.IntN(6)} }
	team.Operators[0].Wishes = []roster.Wish{ // a night of the day before breaks a wish to be off, too
		{Want: roster.WantOff, First: day(), Weight: 300}, {Want: roster.WantOff, First: day(), Weight: 500}, {Want: roster.WantOn, First: day(), Weight: 200},
	}[:chance.IntN(4)]
	grid := team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 25}, 1)
	grid.N -= 24 // six days keep the choices countable
	required := make([]int, grid.N)
	for i := range required {
		required[i] = chance.IntN(2)
	}
	team.PayWeight, team.Operators[0].Contract.HourlyPay = 2.5*float64(chance.IntN(3)), 7.77*float64(chance.IntN(3))
	team.Operators[0].Contract.Premiums = roster.Premiums{Night: 0.5, Sunday: 0.25}
	return roster.Problem{Team: team, Demand: roster.Demand{Grid: grid, Queues: []roster.QueueDemand{{Queue: "a", Skill: "a", Required: required}}}}
}

// try judges every way to go on from the chosen shifts with some of the rest.
func try(p roster.Problem, rest, chosen []roster.Assignment, best *roster.Score) {
	if score := roster.Judge(p, chosen).Score; score.Better(*best) {
		*best = score
	}
	for i, shift := range rest {
		today := calendars.DayOf(shift.Shift.Start, p.Team.Zone)
		if n := len(chosen); n > 0 && calendars.DayOf(chosen[n-1].Shift.Start, p.Team.Zone) == today {
			continue
		}
		try(p, rest[i+1:], append(chosen[:len(chosen):len(chosen)], shift), best)
	}
}

// Nobody to roster, nothing to serve, nothing to plan: an answer or an error.
func TestEmptyProblems(t *testing.T) {
	t.Parallel()
	p := oneOperator(t, rand.New(rand.NewPCG(1, 1)))
	nobody, nothing, never := p, p, p
	nothing.Team.Operators = []roster.Operator{p.Team.Operators[0]}
	nothing.Team.Operators[0].Contract.MinWeek = calendars.Hours(20) // hours that nobody has a use for
	nobody.Team.Operators, nothing.Demand.Queues, never.Demand.Grid.N = nil, nil, 0
	for name, p := range map[string]roster.Problem{"nobody": nobody, "nothing": nothing} {
		if result, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 10}); err != nil || result.Score.Hard != 0 {
			t.Errorf("%s: %+v, %v", name, result, err)
		}
	}
	if _, err := solve.Solve(context.Background(), never, nil, solve.Options{Iterations: 10}); err == nil {
		t.Error("an empty horizon was accepted")
	}
}

// The demo's size: moves per second, to compare machines and changes.
func BenchmarkMoves(b *testing.B) {
	zone := calendars.MustZone("Europe/Sofia")
	team := roster.Team{Name: "b", Zone: zone, Queues: []roster.Queue{queue("a"), queue("b"), queue("c")},
		Templates: []roster.Template{template("early", 6, 14, "operator"), template("late", 14, 22, "operator"), template("night", 22, 6, "operator")}}
	for i := range 36 {
		team.Operators = append(team.Operators, roster.Operator{
			Name: string(rune('A' + i)), Zone: calendars.MustZone([]string{"Europe/Sofia", "Asia/Manila", "Asia/Vladivostok"}[i%3]),
			Skills: []string{"abcab"[i%4 : i%4+1], "bcabc"[i%4 : i%4+1]}, Contract: roster.Contract{Kind: "full-time", MinWeek: calendars.Hours(32), MaxWeek: calendars.Hours(40)},
		})
	}
	team, err := team.Complete()
	if err != nil {
		b.Fatal(err)
	}
	p := roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 2}, 4)}}
	for _, q := range team.Queues {
		required := make([]int, p.Demand.Grid.N)
		for i := range required {
			required[i] = 1 + i%4
		}
		p.Demand.Queues = append(p.Demand.Queues, roster.QueueDemand{Queue: q.Name, Skill: q.Skill, Required: required})
	}
	started := time.Now()
	result, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: max(1, b.N)})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(result.Iterations)/time.Since(started).Seconds(), "moves/s")
}
