package solve_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// Of problems so small that every roster can be looked at, the bound is at most
// the best there is, and the best is found. Legal is what the judge says.
// SMENA_PROBLEMS sets how many.
func TestSmallProblemsAreSolved(t *testing.T) {
	t.Parallel()
	problems := 12
	if n, err := strconv.Atoi(os.Getenv("SMENA_PROBLEMS")); err == nil {
		problems = n
	}
	solved, proven := 0, 0
	for seed := range uint64(problems) {
		p := smallProblem(rand.New(rand.NewPCG(seed, 7)), 2)
		best, possible := bruteForce(p)
		var cost int64
		result, err := solve.Solve(context.Background(), p, nil, solve.Options{Seed: 1, Iterations: 10_000, Progress: func(p solve.Progress) { cost = p.Cost }})
		switch {
		case !possible && err == nil:
			t.Errorf("seed %d: an operator has no legal row, but there is a roster", seed)
		case !possible:
		case err != nil:
			t.Errorf("seed %d: %v", seed, err)
		case result.Score.Hard > 0:
			t.Errorf("seed %d: hard breaches %d", seed, result.Score.Hard)
		case result.Score.Soft != cost:
			t.Errorf("seed %d: the judge counts %d, the solver %d", seed, result.Score.Soft, cost)
		case result.Bound > best:
			t.Errorf("seed %d: the bound is %d, the best %d", seed, result.Bound, best)
		case result.Score.Soft != best:
			t.Errorf("seed %d: found %d, the best is %d", seed, result.Score.Soft, best)
		default:
			solved++
			if result.Bound == best {
				proven++
			}
		}
	}
	t.Logf("of %d problems, %d are possible and %d proven", problems, solved, proven)
	if 10*proven < 9*solved {
		t.Errorf("only %d of %d are proven to be the best", proven, solved)
	}
	if solved < problems/2 {
		t.Errorf("only %d of %d problems are possible: the test says little", solved, problems)
	}
}

const smallDays = 7

// Two lanes search together as they would one after the other: any number of
// cores gives the same roster, and what they count is what the judge counts.
func TestLanes(t *testing.T) {
	t.Parallel()
	solved := 0
	for seed := range uint64(6) {
		p := smallProblem(rand.New(rand.NewPCG(seed, 11)), 20)
		var results [2]solve.Result
		for i := range results {
			var cost int64
			var err error
			results[i], err = solve.Solve(context.Background(), p, nil, solve.Options{Seed: 1, Iterations: 3000, Cores: i + 1, Progress: func(p solve.Progress) { cost = p.Cost }})
			if err != nil {
				break // an operator has no legal row
			}
			if got := results[i].Score; got.Soft != cost || got.Hard > 0 {
				t.Errorf("seed %d: the judge counts %+v, the solver %d", seed, got, cost)
			}
			solved++
		}
		if diff := cmp.Diff(results[0], results[1]); diff != "" {
			t.Errorf("seed %d: one core and two differ: %s", seed, diff)
		}
	}
	if solved == 0 {
		t.Error("no problem was possible: the test says nothing")
	}
}

// A search that is watched tells of its phases, costs that fall, bounds that
// rise, and in the end of what is uncovered.
func TestWatch(t *testing.T) {
	t.Parallel()
	p := oneOperator(t, rand.New(rand.NewPCG(3, 1)))
	events, outcome := solve.Watch(context.Background(), p, nil, solve.Options{Iterations: 2000})
	var last solve.Progress
	for e := range events {
		if last.Phase != "" && (e.Cost > last.Cost || e.Bound < last.Bound || e.Iterations < last.Iterations) {
			t.Errorf("%+v came after %+v", e, last)
		}
		last = e
	}
	end := <-outcome
	if end.Err != nil {
		t.Fatal(end.Err)
	}
	missing := 0.0
	for _, m := range roster.Cover(p, end.Result.Assignments).Queues[0].Missing {
		missing += m * p.Demand.Grid.Step.Hours()
	}
	if last.Cost != end.Result.Score.Soft || last.Bound > end.Result.Bound || last.Missing.Hours() != missing || last.Phase == solve.Construct {
		t.Errorf("the last event is %+v, the result %+v, missing %.2f h", last, end.Result.Score, missing)
	}
}

// smallProblem is operators over a week with the rules that the stints program
// knows, each of them somewhere tight.
func smallProblem(chance *rand.Rand, operators int) roster.Problem {
	zone := calendars.MustZone("UTC")
	first := calendars.Day{Year: 2026, Month: time.March, Dom: 2 + chance.IntN(7)}
	some := func(least, most int) *int64 {
		n := int64(least + chance.IntN(most-least+1))
		return &n
	}
	none := int64(0)
	team := roster.Team{Name: "small", Zone: zone, Interval: calendars.Hours(1), Templates: []roster.Template{
		{Name: "day", Start: 8 * 60, End: calendars.WallTime([]int{16, 18, 20}[chance.IntN(3)] * 60)},
		{Name: "night", Start: 20 * 60, End: 4 * 60, Kind: "dark"},
	}}
	team.Rules = []roster.Rule{{Count: roster.CountSequence, Sequence: []string{"night", "day"}, Most: &none}}
	for i := range operators {
		o := roster.Operator{
			ID: roster.ID(i + 1), Name: fmt.Sprint("operator ", i), Zone: zone, Share: 1,
			Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(168), MaxConsecutiveDays: 2 + chance.IntN(4), DailyRest: calendars.Hours(float64(chance.IntN(13)))},
			Rules: []roster.Rule{
				{Count: roster.CountShifts, Templates: []string{"dark"}, Most: some(0, 3)},
				{Count: roster.CountShifts, Templates: []string{"day"}, Most: some(1, 4)},
				{Count: roster.CountMinutes, Most: some(1200, 3000)},
				{Count: roster.CountMinutes, Least: some(0, 2400/operators)},
				{Count: roster.CountDays, Per: roster.PerRun, Least: some(1, 2)},
				{Count: roster.CountDaysOff, Per: roster.PerRun, Least: some(1, 2)},
				{Count: roster.CountWeekends, Most: some(0, 1)},
			},
		}
		o.Wishes = []roster.Wish{
			{Want: roster.WantOn, Templates: []string{"night"}, First: first.AddDays(chance.IntN(smallDays)), Weight: *some(1, 20)},
			{Want: roster.WantOff, Templates: []string{"day"}, First: first.AddDays(chance.IntN(smallDays)), Weight: *some(1, 20)},
		}
		if chance.IntN(2) == 0 {
			off := first.AddDays(chance.IntN(smallDays))
			o.TimeOff = []roster.TimeOff{{First: off, Last: off}}
		}
		team.Operators = append(team.Operators, o)
	}
	for d := range smallDays {
		for _, t := range team.Templates {
			team.Slots = append(team.Slots, roster.Slot{Template: t.Name, First: first.AddDays(d), Operators: chance.IntN(operators + 1), Missing: *some(5, 40), Surplus: *some(0, 5)})
		}
	}
	return roster.Problem{Team: team, Demand: roster.Demand{Grid: calendars.Grid{Start: first.Start(zone), Step: 24 * time.Hour, N: smallDays}}}
}

// bruteForce is the soft score of the best roster, and whether there is one.
func bruteForce(p roster.Problem) (best int64, possible bool) {
	var rows [2][]candidate
	for i := range rows {
		alone := p
		alone.Team.Operators = p.Team.Operators[i : i+1]
		alone.Team.Slots = nil
		rows[i] = candidates(alone, make([]int, 0, smallDays))
		if len(rows[i]) == 0 {
			return 0, false
		}
	}
	best = -1
	for _, a := range rows[0] {
		for _, b := range rows[1] {
			if cost := a.soft + b.soft + slotCost(p, a, b); best < 0 || cost < best {
				best = cost
			}
		}
	}
	return best, true
}

// candidate is a legal row: per day no template, or its position from 1.
type candidate struct {
	days []int
	soft int64
}

func candidates(p roster.Problem, days []int) (all []candidate) {
	if len(days) < smallDays {
		for choice := range len(p.Team.Templates) + 1 {
			all = append(all, candidates(p, append(days[:len(days):len(days)], choice))...)
		}
		return all
	}
	var row []roster.Assignment
	first := calendars.DayOf(p.Demand.Grid.Start, p.Team.Zone)
	for d, choice := range days {
		if choice > 0 {
			t := p.Team.Templates[choice-1]
			row = append(row, roster.Assignment{Operator: p.Team.Operators[0].ID, Template: t.Name, Shift: t.Shift(first.AddDays(d), p.Team.Zone)})
		}
	}
	if score := roster.Judge(p, row).Score; score.Hard == 0 {
		all = append(all, candidate{days, score.Soft})
	}
	return all
}

// slotCost is what the slots cost, told by hand.
func slotCost(p roster.Problem, rows ...candidate) (cost int64) {
	for i, slot := range p.Team.Slots {
		d, template, over := i/len(p.Team.Templates), i%len(p.Team.Templates)+1, -int64(slot.Operators)
		for _, r := range rows {
			if r.days[d] == template {
				over++
			}
		}
		cost += roster.Whole * max(-over*slot.Missing, over*slot.Surplus)
	}
	return cost
}

// An operator without a legal row is named, with the rule that would have to go.
func TestImpossibleRow(t *testing.T) {
	t.Parallel()
	least, run := int64(5*480), int64(2)
	zone := calendars.MustZone("UTC")
	first := calendars.Day{Year: 2026, Month: time.March, Dom: 2}
	p := roster.Problem{
		Team: roster.Team{Name: "small", Zone: zone, Templates: []roster.Template{{Name: "day", Start: 8 * 60, End: 16 * 60}}, Operators: []roster.Operator{{
			ID: 1, Name: "Ana", Zone: zone, Share: 1, Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(168), MaxConsecutiveDays: 2},
			Rules: []roster.Rule{{Count: roster.CountMinutes, Least: &least}, {Count: roster.CountDaysOff, Per: roster.PerRun, Least: &run}},
		}}, Slots: []roster.Slot{{Template: "day", Operators: 1, Missing: 10}}},
		Demand: roster.Demand{Grid: calendars.Grid{Start: first.Start(zone), Step: 24 * time.Hour, N: smallDays}},
	}
	_, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 10})
	if err == nil || !strings.Contains(err.Error(), `"Ana"`) || !strings.Contains(err.Error(), "the least time over the horizon") {
		t.Errorf("the error is %v", err)
	}
}
