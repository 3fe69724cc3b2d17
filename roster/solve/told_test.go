package solve_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// tell says of a problem that some roster of it has been published, of which a shift may
// be gone or longer than any template says.
func tell(t *rapid.T, p roster.Problem) roster.Problem {
	if !rapid.Bool().Draw(t, "told") {
		return p
	}
	result, err := solve.Solve(context.Background(), p, nil, solve.Options{Seed: 9, Iterations: 5})
	if err != nil {
		t.Fatal(err)
	}
	chance := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "published"), 0))
	for _, a := range result.Assignments {
		if chance.IntN(12) == 0 {
			a.Shift.End = a.Shift.End.Add(time.Hour)
		}
		if chance.IntN(6) > 0 {
			p.Told = append(p.Told, a)
		}
	}
	weight := rapid.SampledFrom([]int64{0, 40, 900}) // up to more than a shift is worth
	p.Team.Changes = roster.ChangeWeights{Shift: new(weight.Draw(t, "changed")), Operator: new(weight.Draw(t, "touched"))}
	return p
}

// Published shifts within the notice, or those of a draft, stay, whatever it costs, and
// none is added there; only who cannot work them any more is let off. Shifts that have
// begun stay, too.
func TestNoticeIsKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := problems(t)
		p.Team.Operators = slices.Clone(p.Team.Operators)
		for i := range p.Team.Operators {
			p.Team.Operators[i].Contract.Notice = calendars.Hours(rapid.SampledFrom([]float64{0, 30, 72}).Draw(t, "notice"))
		}
		first, err := solve.Solve(context.Background(), p, nil, solve.Options{Seed: 9, Iterations: 5})
		if err != nil {
			t.Fatal(err)
		}
		for i := range p.Demand.Queues { // what was required is not, and the other way round
			for at, n := range p.Demand.Queues[i].Required {
				p.Demand.Queues[i].Required[at] = 2 - n
			}
		}
		p.Told, p.ToldFor, p.Now = first.Assignments, p.Demand.Grid.Span(), p.Demand.Grid.At(rapid.IntRange(0, p.Demand.Grid.N-1).Draw(t, "now"))
		off := calendars.DayOf(p.Now, p.Team.Operators[0].Zone)
		p.Team.Operators[0].TimeOff = []roster.TimeOff{{First: off, Last: off}}
		var start []roster.Assignment
		if rapid.Bool().Draw(t, "another start") {
			plain := p
			plain.Told, plain.ToldFor, plain.Now = nil, calendars.Interval{}, time.Time{}
			other, err := solve.Solve(context.Background(), plain, nil, solve.Options{Seed: 3, Iterations: 5})
			if err != nil {
				t.Fatal(err)
			}
			start = other.Assignments
		}
		var cost int64
		result, err := solve.Solve(context.Background(), p, start, solve.Options{Iterations: 40, Progress: func(p solve.Progress) { cost = p.Cost }})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range roster.Judge(p, result.Assignments).Breaches {
			if b.Hard && (len(start) == 0 || b.Rule != roster.RuleNotice) {
				t.Errorf("%s", b.Sentence.English)
			}
		}
		if result.Score.Soft != cost {
			t.Errorf("the judge counts %d, the solver %d", result.Score.Soft, cost)
		}
		for _, o := range p.Team.Operators {
			late := func(a roster.Assignment) bool {
				return a.Operator == o.ID && a.Shift.Start.Before(p.Now.Add(o.Contract.Notice.Duration)) && o.Available(a.Shift)
			}
			kept := p.Told
			if len(start) > 0 {
				kept = start
			}
			if known, is := hoursOf(kept, late), hoursOf(result.Assignments, late); !slices.Equal(known, is) {
				t.Errorf("%s at %s has %v, and works %v", o.Name, p.Now, known, is)
			}
		}
		if slices.ContainsFunc(result.Assignments, func(a roster.Assignment) bool { return a.Pinned }) {
			t.Error("what was held is pinned")
		}
	})
}

// hoursOf are the times of some assignments, in order.
func hoursOf(all []roster.Assignment, which func(roster.Assignment) bool) (hours []string) {
	for _, a := range all {
		if which(a) {
			hours = append(hours, a.Shift.String())
		}
	}
	slices.Sort(hours)
	return hours
}

// With a roster published for all days or some, too, one operator's row is the best that there is.
func TestRowOfToldIsBest(t *testing.T) {
	t.Parallel()
	stays, changes := 0, 0
	for seed := range uint64(60) {
		chance := rand.New(rand.NewPCG(seed, 31))
		p := oneOperator(t, chance)
		shifts := p.Team.Shifts(p.Team.Operators[0], p.Demand.Grid.Span())
		p.Told = published(t, chance, p)
		if seed%2 == 1 {
			p = partly(p, calendars.Day{Year: 2026, Month: 3, Dom: 27})
		}
		p.Team.Changes = roster.ChangeWeights{Shift: new(100 * chance.Int64N(8)), Operator: new(1000 * chance.Int64N(8))}
		got, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 300})
		if err != nil {
			t.Fatal(err)
		}
		best := roster.Judge(p, nil).Score
		try(p, shifts, nil, &best)
		if got.Score != best || got.Bound > best.Soft {
			t.Errorf("seed %d: the program found %v, the best is %v; the bound is %d", seed, got.Score, best, got.Bound)
		}
		if changed := roster.Judge(p, got.Assignments).Changes; len(changed) > 0 {
			changes++
		} else {
			stays++
		}
	}
	if stays < 3 || changes < 10 {
		t.Errorf("only %d rosters stay as they were, and %d change", stays, changes)
	}
}

// partly has a problem's roster be published for the days before one alone.
func partly(p roster.Problem, until calendars.Day) roster.Problem {
	p.ToldFor = calendars.Interval{Start: p.Demand.Grid.Start, End: until.Start(p.Team.Zone)}
	p.Told = slices.DeleteFunc(p.Told, func(a roster.Assignment) bool { return !p.ToldFor.Contains(a.Shift.Start) })
	return p
}

// published is a roster made for another demand, now and then with a shift less.
func published(t *testing.T, chance *rand.Rand, p roster.Problem) []roster.Assignment {
	t.Helper()
	q := p.Demand.Queues[0]
	q.Required = slices.Clone(q.Required)
	chance.Shuffle(len(q.Required), func(i, j int) { q.Required[i], q.Required[j] = q.Required[j], q.Required[i] })
	p.Demand.Queues = []roster.QueueDemand{q}
	result, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 30})
	if err != nil {
		t.Fatal(err)
	}
	return result.Assignments[min(len(result.Assignments), chance.IntN(2)):]
}

// Two operators who answer to one another's changes: no roster of all is better than
// what is found, and the bound is no higher. What it costs to touch them is in it; of
// rosters of which only some days were published it is seldom proven.
func TestToldTogether(t *testing.T) {
	t.Parallel()
	proven := 0
	for seed := range uint64(24) {
		chance := rand.New(rand.NewPCG(seed, 32))
		p := oneOperator(t, chance)
		p.Team.Rules, p.Team.PayWeight = nil, 0
		p.Demand.Grid.N = 72 // three days
		p.Demand.Queues[0].Required = p.Demand.Queues[0].Required[:72]
		p.Team.Operators = append(p.Team.Operators, p.Team.Operators[0])
		p.Team.Operators[1].ID, p.Team.Operators[1].Name = 2, "Ben"
		p.Team.Operators[1].Contract.Kind = "freelance"
		p.Team.Changes = roster.ChangeWeights{Shift: new(100 * chance.Int64N(8)), Operator: new(400 * chance.Int64N(12))}
		var all [2][]roster.Assignment
		for i, o := range p.Team.Operators {
			all[i] = p.Team.Shifts(o, p.Demand.Grid.Span())
		}
		p.Told = published(t, chance, p)
		if seed%3 == 1 {
			p = partly(p, calendars.Day{Year: 2026, Month: 3, Dom: 26})
		}
		got, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 1500})
		if err != nil {
			t.Fatal(err)
		}
		best := roster.Judge(p, nil).Score
		rows(p, all[0], nil, func(first []roster.Assignment) {
			rows(p, all[1], nil, func(second []roster.Assignment) {
				if score := roster.Judge(p, slices.Concat(first, second)).Score; score.Better(best) {
					best = score
				}
			})
		})
		if got.Score != best || got.Bound > best.Soft {
			t.Errorf("seed %d: found %v, the best is %v; the bound is %d", seed, got.Score, best, got.Bound)
		}
		if got.Bound == best.Soft {
			proven++
		}
	}
	if proven < 15 {
		t.Errorf("only %d are proven to be the best", proven)
	}
}

// rows tells every choice of at most one of the shifts a day.
func rows(p roster.Problem, rest, chosen []roster.Assignment, tell func([]roster.Assignment)) {
	tell(chosen)
	for i, shift := range rest {
		day := func(a roster.Assignment) calendars.Day { return calendars.DayOf(a.Shift.Start, p.Team.Zone) }
		if n := len(chosen); n == 0 || day(chosen[n-1]) != day(shift) {
			rows(p, rest[i+1:], append(chosen[:len(chosen):len(chosen)], shift), tell)
		}
	}
}
