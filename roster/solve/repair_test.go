package solve_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// Whoever falls ill, repairs break no hard rule that the roster without them
// does not, change the shifts of those named alone, leave pins, and breaks of shifts
// that stay; the first weighs no more than doing nothing. That the roster was published
// counts no trouble twice,
// and two cores come to what one comes to.
func TestRepairs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := tell(t, problems(t))
		first, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 30})
		if err != nil {
			t.Fatal(err)
		}
		before := first.Assignments
		if len(before) == 0 {
			return
		}
		ill := before[rapid.IntRange(0, len(before)-1).Draw(t, "ill")]
		i := slices.IndexFunc(p.Team.Operators, func(o roster.Operator) bool { return o.ID == ill.Operator })
		p.Team.Operators = slices.Clone(p.Team.Operators)
		o := &p.Team.Operators[i]
		day := calendars.DayOf(ill.Shift.Start, o.Zone)
		o.TimeOff = append(slices.Clone(o.TimeOff), roster.TimeOff{First: day, Last: day})
		repairs, err := solve.Repairs(context.Background(), p, before, solve.Options{})
		if err != nil {
			t.Fatal(err)
		}
		idle := slices.IndexFunc(repairs, func(r solve.Repair) bool { return len(r.Touched) == 0 })
		if idle < 0 || repairs[0].Weight > repairs[idle].Weight {
			t.Fatalf("%d repairs, the one that touches nobody at %d", len(repairs), idle)
		}
		published := p
		published.Told = before
		again, err := solve.Repairs(context.Background(), published, before, solve.Options{Cores: 2})
		if err != nil || len(again) != len(repairs) {
			t.Fatalf("%d repairs of a published roster, %d of another: %v", len(again), len(repairs), err)
		}
		for i, r := range again {
			if diff := cmp.Diff(repairs[i].Assignments, r.Assignments); r.Weight != repairs[i].Weight || diff != "" {
				t.Errorf("published, a repair weighs %d, or else %d: %s", r.Weight, repairs[i].Weight, diff)
			}
		}
		for _, r := range repairs {
			v := roster.Judge(p, r.Assignments)
			if v.Score.Hard > 0 || v.Score != r.Score {
				t.Errorf("a repair scores %v, the judge counts %v", r.Score, v.Score)
			}
			for _, a := range r.Assignments {
				for _, was := range before {
					same := was.Operator == a.Operator && was.Template == a.Template && was.Shift.Equal(a.Shift)
					if same && !slices.EqualFunc(was.Breaks, a.Breaks, calendars.Interval.Equal) {
						t.Errorf("%s stays, but its breaks move from %v to %v", a.Shift, was.Breaks, a.Breaks)
					}
				}
			}
			for _, told := range roster.Compare(p, before, r.Assignments).Tell {
				if told != ill.Operator && !slices.Contains(r.Touched, told) {
					t.Errorf("operator %d has other shifts, but is not among %v", told, r.Touched)
				}
			}
		}
	})
}

// What lacks much is mended, and not, far from it, what lacks little.
func TestRepairsWhatLacksMost(t *testing.T) {
	t.Parallel()
	team, err := roster.Team{
		Name: "lacking", Zone: calendars.MustZone("Europe/Sofia"), Interval: calendars.Hours(1), Queues: []roster.Queue{queue("a")},
		Templates: []roster.Template{template("day", 9, 17, "team")},
		Operators: []roster.Operator{{Name: "Ana", Zone: calendars.MustZone("Europe/Sofia"), Skills: []string{"a"}, Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(40)}}},
	}.Complete()
	if err != nil {
		t.Fatal(err)
	}
	grid := team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 2}, 2)
	for weight, want := range map[int64]int{20: 2, 200: 1} {
		dear, cheap := make([]int, grid.N), make([]int, grid.N)
		dear[24+10] = 1 // on the first Tuesday
		required := slices.Clone(dear)
		for h := 9; h < 17; h++ {
			cheap[9*24+h], required[9*24+h] = 1, 1 // on the second Wednesday
		}
		p := roster.Problem{Team: team, Demand: roster.Demand{Grid: grid, Queues: []roster.QueueDemand{{Queue: "a", Skill: "a", Required: required, Parts: []roster.Part{
			{Weight: weight, Operators: dear}, {Weight: 20, Operators: cheap},
		}}}}}
		repairs, err := solve.Repairs(context.Background(), p, nil, solve.Options{})
		if err != nil || len(repairs[0].Assignments) != want {
			t.Errorf("%d against 20: %v, %v; want %d shifts", weight, repairs, err, want)
		}
	}
}
