package solve

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// sharing is a team that shares out nights and weekends of four weeks; some have carried
// more of them before than others.
func sharing(t *testing.T) *model {
	t.Helper()
	zone := calendars.MustZone("Europe/Sofia")
	team := roster.Team{Name: "sharing", Zone: zone, Fairness: roster.Fairness{Night: 1, Weekend: 0.7, Weight: 300},
		Queues:    []roster.Queue{{Name: "chat", ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)}},
		Templates: []roster.Template{{Name: "night", Start: 22 * 60, End: 6 * 60}, {Name: "day", Start: 6 * 60, End: 14 * 60}, {Name: "late", Start: 14 * 60, End: 22 * 60}},
	}
	for i := range 8 {
		team.Operators = append(team.Operators, roster.Operator{Name: fmt.Sprint("operator ", i), Zone: zone, Skills: []string{"chat"}, Contract: roster.Contract{
			Kind: "full-time", MaxWeek: calendars.Hours(40 - 7.7*float64(i%2)), MaxConsecutiveDays: 5, WeeklyRest: calendars.Hours(35),
		}})
	}
	team, err := team.Complete()
	if err != nil {
		t.Fatal(err)
	}
	p := roster.Problem{Team: team, Points: map[roster.ID]int64{}, Demand: roster.Demand{Grid: team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 2}, 4)}}
	required := make([]int, p.Demand.Grid.N)
	for i := range required {
		required[i] = 1
	}
	p.Demand.Queues = []roster.QueueDemand{{Queue: "chat", Skill: "chat", Required: required}}
	for i, o := range team.Operators {
		p.Points[o.ID] = int64(i * 1100)
	}
	m, err := compile(p, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A straight line is never above what points cost, and meets it where it touches.
func TestLinesAreBelowBurdens(t *testing.T) {
	t.Parallel()
	m := sharing(t)
	chance := rand.New(rand.NewPCG(1, 1))
	for _, r := range m.rows {
		b := r.burdens
		for range 10_000 {
			touch, points := float64(chance.IntN(40_000)-10_000), int64(chance.IntN(40_000))
			slope := b.slope(touch)
			line, cost := b.line(slope)+slope*float64(points), b.cost(b.excess+points)
			if line > float64(cost) {
				t.Fatalf("the line that touches at %v is at %v at %d points, which cost %v", touch, line, points, cost)
			}
			if at := int64(touch); math.Abs(slope) < b.limit && float64(b.cost(at))-(b.line(slope)+slope*float64(at-b.excess)) > 2*b.slack {
				t.Fatalf("it does not touch at %d", at)
			}
		}
	}
}

// Of a row in which no shift has points, all that they cost is known.
func TestBurdensOfNobody(t *testing.T) {
	t.Parallel()
	b := *sharing(t).rows[7].burdens
	b.most = 0
	if cost := b.cost(b.excess); cost == 0 || b.line(0) != float64(cost) {
		t.Errorf("%d points above the fair part cost %d, the line says %v", b.excess, cost, b.line(0))
	}
}

// Nights that somebody must work are in the bound with what sharing them out costs.
func TestBurdensAreInTheBound(t *testing.T) {
	t.Parallel()
	m := sharing(t)
	p := newPricer(m, 1, 1)
	if _, err := p.ascend(&meter{most: 400 * len(m.rows), ctx: t.Context()}, 1, 0); err != nil {
		t.Fatal(err)
	}
	if err := p.prove(&meter{ctx: t.Context(), most: 1 << 30}); err != nil {
		t.Fatal(err)
	}
	with := p.bound
	p.slopes, p.bound = make([]float64, len(p.slopes)), 0
	if err := p.prove(&meter{ctx: t.Context(), most: 1 << 30}); err != nil {
		t.Fatal(err)
	}
	if with <= 1.1*p.bound {
		t.Errorf("the bound is %.0f with slopes, %.0f without", with, p.bound)
	}
}

// Points of pins count once, and those outside of the horizon not at all: the judge has it so.
func TestBurdensOfPins(t *testing.T) {
	t.Parallel()
	p := sharing(t).problem
	all := p.Team.Shifts(p.Team.Operators[0], p.Demand.Grid.Span())
	night := all[slices.IndexFunc(all, func(a roster.Assignment) bool { return a.Template == "night" })]
	night.Pinned = true
	before := night
	before.Shift.Start, before.Shift.End = night.Shift.Start.AddDate(0, 0, -7), night.Shift.End.AddDate(0, 0, -7)
	cost := int64(0)
	result, err := Solve(t.Context(), p, []roster.Assignment{before, night, night}, Options{Iterations: 60, Progress: func(made Progress) { cost = made.Cost }})
	if err != nil || cost != result.Score.Soft || result.Bound > cost {
		t.Errorf("the solver counts %d, the judge %d, and no roster less than %d; %v", cost, result.Score.Soft, result.Bound, err)
	}
}
