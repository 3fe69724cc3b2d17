package solve_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// Whatever is odd about a team, there is an answer or a named reason within the
// time limit and a second. SMENA_TEAMS sets how many.
func TestNothingHangs(t *testing.T) {
	teams := 16
	if n, err := strconv.Atoi(os.Getenv("SMENA_TEAMS")); err == nil {
		teams = n
	}
	const limit = 200 * time.Millisecond
	for seed := range uint64(teams) {
		p, start, odd := oddProblem(t, rand.New(rand.NewPCG(seed, 11)), int(seed)%len(oddities))
		result, took, err := solvedWithin(limit, func() (solve.Result, error) {
			return solve.Solve(context.Background(), p, start, solve.Options{Seed: seed, Limit: limit, Now: time.Now, Cores: 2})
		})
		if took > limit+time.Second {
			t.Errorf("seed %d, %s: %.1f s", seed, odd, took.Seconds())
		}
		switch {
		case err != nil && err.Error() == "":
			t.Errorf("seed %d, %s: an error without a reason", seed, odd)
		case err == nil && result.Bound > result.Score.Soft && result.Score.Hard == 0:
			t.Errorf("seed %d, %s: a bound of %d above a cost of %d", seed, odd, result.Bound, result.Score.Soft)
		}
	}
}

// solvedWithin says how long a solve takes, a second over its limit or less. One that
// takes longer is tried again: other tests run on the same cores.
func solvedWithin(limit time.Duration, solved func() (solve.Result, error)) (result solve.Result, took time.Duration, err error) {
	const tries = 4
	for range tries {
		begin := time.Now()
		result, err = solved()
		if took = time.Since(begin); took <= limit+time.Second {
			break
		}
	}
	return result, took, err
}

// oddities are what teams can be like.
var oddities = []string{"nothing asked", "impossible hours", "one operator", "many templates", "all pinned", "no interval", "a year", "breaks all over"}

// oddProblem is a legal team with one oddity, and what it starts from.
func oddProblem(t *testing.T, chance *rand.Rand, odd int) (p roster.Problem, start []roster.Assignment, name string) {
	t.Helper()
	hours := func(all ...float64) calendars.Duration { return calendars.Hours(all[chance.IntN(len(all))]) }
	zones := []string{"Europe/Sofia", "Asia/Novosibirsk", "Asia/Manila", "America/New_York"}
	team := roster.Team{Name: "odd", Zone: calendars.MustZone(zones[chance.IntN(len(zones))]), Queues: []roster.Queue{queue("a"), queue("b")}}
	operators, templates, weeks, most := 1+chance.IntN(12), 1+chance.IntN(4), 1+chance.IntN(4), 3
	contract := roster.Contract{Kind: "full-time", MinWeek: hours(0, 20, 32), MaxWeek: hours(20, 40), MaxConsecutiveDays: 1 + chance.IntN(6)}
	contract.MinWeek.Duration = min(contract.MinWeek.Duration, contract.MaxWeek.Duration)
	switch name = oddities[odd]; name {
	case "nothing asked":
		most = 0
	case "impossible hours":
		contract.MinWeek, contract.MaxWeek, contract.WeeklyRest = calendars.Hours(80), calendars.Hours(80), calendars.Hours(120)
	case "one operator":
		operators = 1
	case "many templates":
		templates = 500
	case "a year":
		weeks = 52
	}
	for i := range templates {
		begin := chance.IntN(24)
		team.Templates = append(team.Templates, template(fmt.Sprint("t", i), begin, (begin+4+chance.IntN(7))%24, []string{"team", "operator"}[chance.IntN(2)]))
	}
	if name == "breaks all over" {
		for i := range team.Templates {
			for range 1 + chance.IntN(10) { // more than there is room for
				minutes, from := float64(5*(1+chance.IntN(20))), 0.1*float64(chance.IntN(20))
				team.Templates[i].Breaks = append(team.Templates[i].Breaks, pause(minutes, from, from+minutes/60+0.5*chance.Float64()))
			}
		}
	}
	for i := range operators {
		team.Operators = append(team.Operators, roster.Operator{
			Name: fmt.Sprint("operator ", i), Zone: calendars.MustZone(zones[chance.IntN(len(zones))]), Country: []string{"", "BG", "RU", "US"}[chance.IntN(4)],
			Skills: []string{"ab"[chance.IntN(2):][:1]}, Contract: contract,
		})
	}
	team, err := team.Complete()
	if err != nil {
		t.Fatal(err)
	}
	p = roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(calendars.Day{Year: 2026, Month: time.March, Dom: 2}, weeks)}}
	if name == "no interval" {
		p.Demand.Grid.N = 0
	}
	for _, q := range team.Queues {
		required := make([]int, p.Demand.Grid.N)
		for i := range required {
			required[i] = chance.IntN(most + 1)
		}
		p.Demand.Queues = append(p.Demand.Queues, roster.QueueDemand{Queue: q.Name, Skill: q.Skill, Required: required})
	}
	if name == "all pinned" {
		for _, o := range team.Operators {
			for i, s := range team.Shifts(o, p.Demand.Grid.Span()) {
				if i%2 == 0 {
					s.ID, s.Pinned = fmt.Sprint(o.ID, "-", i), true
					start = append(start, s)
				}
			}
		}
	}
	return p, start, name
}
