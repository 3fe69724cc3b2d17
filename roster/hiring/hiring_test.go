package hiring_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/hiring"
)

// tiny is three days of two queues, and two kinds of operators.
func tiny(t *testing.T, chance *rand.Rand) (roster.Problem, []hiring.Kind) {
	t.Helper()
	zone := calendars.MustZone("Europe/Sofia")
	queue := func(name string) roster.Queue {
		return roster.Queue{Name: name, ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)}
	}
	person := func(name string, most float64, skills ...string) roster.Operator {
		return roster.Operator{Name: name, Zone: zone, Skills: skills, Contract: roster.Contract{
			Kind: "part-time", MinWeek: calendars.Hours(8), MaxWeek: calendars.Hours(most), WeeklyRest: calendars.Hours(24), MaxConsecutiveDays: 1 + chance.IntN(3),
		}}
	}
	team, err := roster.Team{
		Name: "tiny", Zone: zone, Queues: []roster.Queue{queue("a"), queue("b")},
		Templates: []roster.Template{{Name: "day", Start: 8 * 60, End: 16 * 60}, {Name: "late", Start: 14 * 60, End: 22 * 60}},
		Operators: []roster.Operator{person("one", 16+8*float64(chance.IntN(2)), "a"), person("both", 16+8*float64(chance.IntN(2)), "a", "b")},
	}.Complete()
	if err != nil {
		t.Fatal(err)
	}
	kinds := []hiring.Kind{
		{Operator: team.Operators[0], Cost: 100_00 + int64(chance.IntN(5))*10_00},
		{Operator: team.Operators[1], Cost: 120_00 + int64(chance.IntN(8))*10_00},
	}
	team.Operators = nil
	p := roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 2}, 1)}}
	p.Demand.Grid.N = 3 * 24
	for _, q := range team.Queues {
		required := make([]int, p.Demand.Grid.N)
		for d := range 3 {
			early, late := chance.IntN(5)/3, chance.IntN(5)/3
			for h := 8; h < 22; h++ {
				if required[24*d+h] = early; h >= 15 {
					required[24*d+h] = late
				}
			}
		}
		p.Demand.Queues = append(p.Demand.Queues, roster.QueueDemand{Queue: q.Name, Skill: q.Skill, Required: required})
	}
	return p, kinds
}

// rowsOf lists every legal row of one operator.
func rowsOf(p roster.Problem, o roster.Operator) (all [][]roster.Assignment) {
	o.ID = 1
	p.Team.Operators = []roster.Operator{o}
	shifts := p.Team.Shifts(o, p.Demand.Grid.Span())
	var extend func(at int, chosen []roster.Assignment)
	extend = func(at int, chosen []roster.Assignment) {
		if roster.Judge(p, chosen).Score.Hard > 0 {
			return
		}
		all = append(all, slices.Clone(chosen))
		for i := at; i < len(shifts); i++ {
			extend(i+1, append(chosen[:len(chosen):len(chosen)], shifts[i]))
		}
	}
	extend(0, nil)
	return all
}

// coverable says whether some rows of so many operators of each kind miss no more.
func coverable(p roster.Problem, kinds []hiring.Kind, rows [][][]roster.Assignment, numbers []int, allowed float64) bool {
	var who []int
	p.Team.Operators = nil
	for k, n := range numbers {
		for range n {
			o := kinds[k].Operator
			o.ID, o.Name = roster.ID(len(who)+1), fmt.Sprint(len(who))
			p.Team.Operators, who = append(p.Team.Operators, o), append(who, k)
		}
	}
	var seat func(i, first int, chosen []roster.Assignment) bool
	seat = func(i, first int, chosen []roster.Assignment) bool {
		if i == len(who) {
			missing := 0.0
			for _, q := range roster.Cover(p, chosen).Queues {
				for _, one := range q.Missing {
					missing += one
				}
			}
			return missing <= allowed+1e-9
		}
		for at := first; at < len(rows[who[i]]); at++ {
			more := slices.Clone(chosen)
			for _, a := range rows[who[i]][at] {
				a.Operator = roster.ID(i + 1)
				more = append(more, a)
			}
			next := 0
			if i+1 < len(who) && who[i+1] == who[i] {
				next = at // alike: in order
			}
			if seat(i+1, next, more) {
				return true
			}
		}
		return false
	}
	return seat(0, 0, nil)
}

// cheapestOf is what the cheapest crew costs, by trying all.
func cheapestOf(p roster.Problem, kinds []hiring.Kind, share float64) int64 {
	var rows [][][]roster.Assignment
	for _, k := range kinds {
		rows = append(rows, useful(rowsOf(p, k.Operator)))
	}
	allowed := (1 - share) * float64(p.Demand.OperatorIntervals())
	best := int64(math.MaxInt64)
	for total := range 6 {
		for b := range total + 1 {
			cost := int64(total-b)*kinds[0].Cost + int64(b)*kinds[1].Cost
			if cost < best && coverable(p, kinds, rows, []int{total - b, b}, allowed) {
				best = cost
			}
		}
	}
	return best
}

// useful leaves out rows that are a part of another: whoever works more covers no less.
func useful(all [][]roster.Assignment) (kept [][]roster.Assignment) {
	for i, row := range all {
		if !slices.ContainsFunc(all, func(other []roster.Assignment) bool { return len(other) > len(row) && within(row, other) }) {
			kept = append(kept, all[i])
		}
	}
	return kept
}

func within(row, other []roster.Assignment) bool {
	for _, a := range row {
		if !slices.ContainsFunc(other, func(b roster.Assignment) bool { return a.Template == b.Template && a.Shift == b.Shift }) {
			return false
		}
	}
	return true
}

// Of tiny demands brute force knows the cheapest crew: the bound is no higher,
// what is found no lower, and mostly both are it.
func TestAgainstBruteForce(t *testing.T) {
	t.Parallel()
	found, bounded := 0, 0
	const all = 24
	for seed := range uint64(all) {
		p, kinds := tiny(t, rand.New(rand.NewPCG(seed, 5)))
		share := []float64{1, 0.9}[seed%2]
		optimum := cheapestOf(p, kinds, share)
		crew, err := hiring.Cheapest(context.Background(), p, kinds, hiring.Options{Share: share, Seed: seed, Iterations: 1000})
		if err != nil {
			t.Fatal(err)
		}
		if crew.Bound > optimum || crew.Cost < optimum {
			t.Errorf("seed %d: bound %d, optimum %d, found %d with %v", seed, crew.Bound, optimum, crew.Cost, crew.Numbers)
		}
		verdict := roster.Judge(crew.Problem, crew.Result.Assignments)
		if verdict.Score.Hard > 0 || verdict.Coverage.Share() < share-1e-9 {
			t.Errorf("seed %d: hard %d, covered %.3f of %.2f", seed, verdict.Score.Hard, verdict.Coverage.Share(), share)
		}
		if crew.Cost == optimum {
			found++
		}
		if crew.Bound == optimum {
			bounded++
		}
	}
	t.Logf("of %d the cheapest is found %d times, and proven %d times", all, found, bounded)
	if found < all-1 || bounded < all*3/4 {
		t.Errorf("of %d the cheapest is found %d times, and proven %d times", all, found, bounded)
	}
}

// A crew too large to try all is grown and then spared: it covers, and comes near
// the bound.
func TestLargeCrew(t *testing.T) {
	t.Parallel()
	p, kinds := tiny(t, rand.New(rand.NewPCG(3, 5)))
	for q := range p.Demand.Queues {
		for i := range p.Demand.Queues[q].Required {
			p.Demand.Queues[q].Required[i] *= 8
		}
	}
	crew, err := hiring.Cheapest(context.Background(), p, kinds, hiring.Options{Tries: 20, Iterations: 1000})
	if err != nil {
		t.Fatal(err)
	}
	verdict := roster.Judge(crew.Problem, crew.Result.Assignments)
	above, known := crew.Above()
	if people := len(crew.Problem.Team.Operators); people <= 10 || verdict.Score.Hard > 0 || verdict.Coverage.Share() < 1 || !known || above > 0.1 || crew.Bound%10_00 != 0 {
		t.Errorf("%d people %v at %d, bound %d, %.3f covered, hard %d", people, crew.Numbers, crew.Cost, crew.Bound, verdict.Coverage.Share(), verdict.Score.Hard)
	}
}

// Operators who stay cost nothing more and are counted on; limits are kept; and
// what cannot be is named.
func TestLimits(t *testing.T) {
	t.Parallel()
	p, kinds := tiny(t, rand.New(rand.NewPCG(1, 5)))
	free, err := hiring.Cheapest(context.Background(), p, kinds, hiring.Options{})
	if err != nil {
		t.Fatal(err)
	}
	kept := p
	for range 2 {
		o := kinds[1].Operator
		o.ID = roster.ID(len(kept.Team.Operators) + 7)
		o.Name = fmt.Sprint("old ", o.ID)
		kept.Team.Operators = append(slices.Clone(kept.Team.Operators), o)
	}
	more, err := hiring.Cheapest(context.Background(), kept, kinds, hiring.Options{})
	if err != nil || more.Cost >= free.Cost || len(more.Problem.Team.Operators) != 2+more.Numbers[0]+more.Numbers[1] {
		t.Errorf("%v: with two who stay %v at %d, without %v at %d", err, more.Numbers, more.Cost, free.Numbers, free.Cost)
	}
	none := 0
	limited := slices.Clone(kinds)
	limited[1].Most = &none
	for want, ask := range map[string]func() error{
		"nobody of any kind has a shift": func() error {
			_, err := hiring.Cheapest(context.Background(), p, limited[:1], hiring.Options{})
			return err
		},
		"all within their limits are too few: expected a higher \"most\", or another kind": func() error {
			one := 1
			limited[0].Most, limited[1].Most = &none, &one
			_, err := hiring.Cheapest(context.Background(), p, limited, hiring.Options{})
			return err
		},
		"expected a number above 0": func() error {
			_, err := hiring.Cheapest(context.Background(), p, []hiring.Kind{{Operator: kinds[0].Operator}}, hiring.Options{})
			return err
		},
	} {
		err := ask()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: expected %q", err, want)
		}
		if impossible := !strings.Contains(want, "number"); impossible != errors.Is(err, hiring.ErrNoCrew) {
			t.Errorf("%v is no crew: %v", err, !impossible)
		}
	}
}

// What the team's roster makes of pay is nothing to a crew, whose kinds cost what they
// cost: it is the same, and found.
func TestPayIsKinds(t *testing.T) {
	t.Parallel()
	var numbers [2][]int
	for i, weight := range []float64{0, 100} {
		p, kinds := tiny(t, rand.New(rand.NewPCG(3, 3)))
		p.Team.PayWeight = weight
		for k := range kinds {
			kinds[k].Operator.Contract.HourlyPay = 15
		}
		ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
		defer stop()
		crew, err := hiring.Cheapest(ctx, p, kinds, hiring.Options{Iterations: 300})
		if err != nil {
			t.Fatal(err)
		}
		numbers[i] = crew.Numbers
	}
	if !slices.Equal(numbers[0], numbers[1]) {
		t.Errorf("with pay %v, without %v", numbers[1], numbers[0])
	}
}

// That a roster was published, and what time it is, is nothing to a crew that is planned
// from nothing.
func TestCrewIsToldNothing(t *testing.T) {
	t.Parallel()
	p, kinds := tiny(t, rand.New(rand.NewPCG(3, 3)))
	want, err := hiring.Cheapest(context.Background(), p, kinds, hiring.Options{Iterations: 300})
	if err != nil {
		t.Fatal(err)
	}
	p.Now, p.ToldFor, p.Told = p.Demand.Grid.End(), p.Demand.Grid.Span(), want.Result.Assignments
	crew, err := hiring.Cheapest(context.Background(), p, kinds, hiring.Options{Iterations: 300})
	if err != nil || !slices.Equal(crew.Numbers, want.Numbers) {
		t.Errorf("published %v, else %v: %v", crew.Numbers, want.Numbers, err)
	}
}

// A peak is covered although whoever comes for it idles for longer, and against a soft
// rule.
func TestCrewCoversShortPeak(t *testing.T) {
	t.Parallel()
	p, kinds := tiny(t, rand.New(rand.NewPCG(1, 5)))
	none := int64(0)
	p.Demand.Queues = p.Demand.Queues[:1]
	required := make([]int, p.Demand.Grid.N)
	for h := 8; h < 16; h++ {
		required[h] = 1
	}
	required[12] = 2
	p.Demand.Queues[0].Required = required
	p.Team.Rules = []roster.Rule{{Name: "nobody works", Count: roster.CountShifts, Most: &none, Weight: 10_000}}
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	crew, err := hiring.Cheapest(ctx, p, kinds[:1], hiring.Options{Iterations: 300})
	if err != nil || crew.Missing != 0 || crew.Numbers[0] != 2 {
		t.Errorf("%v are hired, and %.1f is missing: %v", crew.Numbers, crew.Missing, err)
	}
}

// Who is hired has a name of their own, whatever the team is called.
func TestCrewNames(t *testing.T) {
	t.Parallel()
	p, kinds := tiny(t, rand.New(rand.NewPCG(1, 5)))
	o := kinds[1].Operator
	o.ID, o.Name = 7, kinds[1].Operator.Name+" 1"
	p.Team.Operators = []roster.Operator{o}
	least := slices.Clone(kinds)
	least[1].Least = 2
	crew, err := hiring.Cheapest(context.Background(), p, least, hiring.Options{Iterations: 300})
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]int{}
	for _, o := range crew.Problem.Team.Operators {
		names[o.Name]++
	}
	if len(names) != len(crew.Problem.Team.Operators) || names["both 2"] != 1 || names["both 3"] != 1 {
		t.Errorf("%v", names)
	}
}
