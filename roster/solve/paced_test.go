package solve

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Prices on hours and weekends never make a row dearer than the stints program finds
// it, and come near; what they choose keeps the rules about days.
func TestPacedIsBelowStints(t *testing.T) {
	t.Parallel()
	compared, near := 0, 0
	for seed := range uint64(60) {
		chance := rand.New(rand.NewPCG(seed, 12))
		all, r := appraisedRow(t, stintsProblem(t, chance), chance)
		if r.shape == nil || !all.stints.counting(r, nil, r.shape.allowed()) {
			continue
		}
		all.stints.fill(0, len(r.days), all.costs)
		_, exact, possible := all.stints.best(r.shape.whole(r))
		if !possible {
			continue
		}
		choice, p := make([]int32, len(r.days)), pace{unitStep: 10, weekendStep: 100}
		bound, ok := all.paced.best(r, all.costs, &p, 30, choice)
		if !ok || bound > float64(exact)+1e-6 {
			t.Fatalf("seed %d: paced says that no row is below %f (%v), stints finds %d", seed, bound, ok, exact)
		}
		free := *r.shape
		free.least, free.most, free.weekends, free.caps = 0, 1<<30, len(r.days), nil
		if !free.keeps(r, choice) {
			t.Fatalf("seed %d: %v breaks rules about days", seed, choice)
		}
		if compared++; float64(exact)-bound < 0.02*float64(-exact) {
			near++
		}
	}
	if compared < 30 || 10*near < 9*compared {
		t.Errorf("%d rows were compared, %d were near", compared, near)
	}
}

// stintsProblem is an operator with rules about stints, hours and weekends.
func stintsProblem(t *testing.T, chance *rand.Rand) roster.Problem {
	t.Helper()
	const days = 56
	zone := calendars.MustZone("UTC")
	first := calendars.Day{Year: 2026, Month: time.March, Dom: 2 + chance.IntN(7)}
	count := func(n int) *int64 {
		of := int64(n)
		return &of
	}
	team := roster.Team{Name: "long", Zone: zone, Interval: calendars.Hours(1), Templates: []roster.Template{
		{Name: "day", Start: 8 * 60, End: 16 * 60}, {Name: "late", Start: 12 * 60, End: 22 * 60}, {Name: "night", Start: 20 * 60, End: 8 * 60},
	}}
	team.Rules = []roster.Rule{{Count: roster.CountSequence, Sequence: []string{"night", "day"}, Most: count(0)}}
	hours := 200 + chance.IntN(120)
	team.Operators = []roster.Operator{{
		ID: 1, Name: "somebody", Zone: zone, Share: 1,
		Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(168), MaxConsecutiveDays: 3 + chance.IntN(3)},
		Rules: []roster.Rule{
			{Count: roster.CountMinutes, Least: count(60 * (hours - 20)), Most: count(60 * hours)},
			{Count: roster.CountDays, Per: roster.PerRun, Least: count(1 + chance.IntN(2))},
			{Count: roster.CountDaysOff, Per: roster.PerRun, Least: count(1 + chance.IntN(2))},
			{Count: roster.CountWeekends, Most: count(2 + chance.IntN(6))},
		},
	}}
	for _, template := range team.Templates {
		team.Slots = append(team.Slots, roster.Slot{Template: template.Name, Operators: 1, Missing: 10})
	}
	return roster.Problem{Team: team, Demand: roster.Demand{Grid: calendars.Grid{Start: first.Start(zone), Step: 24 * time.Hour, N: days}}}
}

// longCrew is so many operators with such rules for half a year, and slots on all days.
func longCrew(t *testing.T, operators int) roster.Problem {
	t.Helper()
	p := stintsProblem(t, rand.New(rand.NewPCG(1, 14)))
	p.Demand.Grid.N = 182
	one := p.Team.Operators[0]
	p.Team.Operators = nil
	for i := range operators {
		o := one
		o.ID = roster.ID(i + 1)
		least, most, weekends := int64(60*(900+10*(i%5))), int64(60*1000), int64(12)
		o.Rules = []roster.Rule{
			{Count: roster.CountMinutes, Least: &least, Most: &most},
			{Count: roster.CountDays, Per: roster.PerRun, Least: one.Rules[1].Least},
			{Count: roster.CountDaysOff, Per: roster.PerRun, Least: one.Rules[2].Least},
			{Count: roster.CountWeekends, Most: &weekends},
		}
		p.Team.Operators = append(p.Team.Operators, o)
	}
	for i := range p.Team.Slots {
		p.Team.Slots[i].Operators = operators / 5
	}
	return p
}

// withNights is a crew each of whom may work so many nights at most.
func withNights(p roster.Problem, most int64) roster.Problem {
	for i := range p.Team.Operators {
		o := &p.Team.Operators[i]
		o.Rules = append(o.Rules, roster.Rule{Count: roster.CountShifts, Templates: []string{"night"}, Most: &most})
	}
	return p
}
