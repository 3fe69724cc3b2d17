package remedy_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/remedy"
	"github.com/smena-wfm/smena/roster/solve"
)

var monday = calendars.Day{Year: 2026, Month: time.March, Dom: 2}

// planted is a team whose roster would be complete but for one thing.
type planted struct {
	problem roster.Problem
	why     string // that the explanation should say
	kind    string // of a remedy that must be among those that work; none if empty
	hour    int    // of the horizon, that is uncovered
}

// plant makes a team of one queue that a few operators cover from Monday to Friday,
// 9 to 17 and 14 to 22, and takes one thing away from all whom it needs.
func plant(t *testing.T, what string, chance *rand.Rand) planted {
	t.Helper()
	zone := calendars.MustZone([]string{"Europe/Sofia", "Asia/Novosibirsk", "Asia/Manila"}[chance.IntN(3)])
	team := roster.Team{Name: "planted", Zone: zone, Interval: calendars.Hours(1),
		Queues: []roster.Queue{{Name: "chat", ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)}},
		Templates: []roster.Template{
			{Name: "day", Start: 9 * 60, End: 17 * 60}, {Name: "late", Start: 14 * 60, End: 22 * 60},
		},
	}
	n := 2 + chance.IntN(3)
	for i := range n {
		team.Operators = append(team.Operators, roster.Operator{Name: fmt.Sprint("operator ", i), Zone: zone, Skills: []string{"chat"}, Contract: roster.Contract{
			Kind: "freelance", MaxWeek: calendars.Hours(40), MaxConsecutiveDays: 5, WeeklyRest: calendars.Hours(35),
		}})
	}
	got := planted{}
	day := 1 + chance.IntN(3) // Tuesday to Thursday
	required := make([]int, 7*24)
	for d := range 5 {
		for h := 9; h < 17; h++ {
			required[24*d+h] = n
		}
	}
	got.hour = 24*day + 10
	each := func(do func(o *roster.Operator)) {
		for i := range team.Operators {
			do(&team.Operators[i])
		}
	}
	switch what {
	case "no skill":
		each(func(o *roster.Operator) { o.Skills = []string{"mail"} })
		clear(required)
		required[got.hour] = 1
		got.why, got.kind = remedy.NoSkill, remedy.Hire
	case "too few":
		required[got.hour] = n + 1
		got.why, got.kind = roster.WhyWorking, remedy.Hire
	case "time off":
		off := monday.AddDays(day)
		each(func(o *roster.Operator) { o.TimeOff = []roster.TimeOff{{First: off, Last: off}} })
		got.why, got.kind = roster.WhyTimeOff, remedy.TimeOff
	case "hours":
		each(func(o *roster.Operator) { o.Contract.MaxWeek = calendars.Hours(32) })
		got.why, got.kind, got.hour = roster.WhyHours, remedy.MoreHours, -1 // a day of the solver's choice
	case "month hours":
		each(func(o *roster.Operator) { o.Contract.MaxMonth = calendars.Hours(32) })
		got.why, got.kind, got.hour = roster.WhyMonth, remedy.MoreHours, -1
	case "run":
		each(func(o *roster.Operator) { o.Contract.MaxConsecutiveDays = 4 })
		got.why, got.kind, got.hour = roster.WhyRun, remedy.Run, -1
	case "availability":
		weekdays := []calendars.Weekday{}
		for d := range 7 {
			if d != day {
				weekdays = append(weekdays, calendars.Weekday(monday.AddDays(d).Weekday()))
			}
		}
		each(func(o *roster.Operator) {
			o.Availability = []roster.Opening{{Weekdays: weekdays, From: 6 * 60, To: 23 * 60}}
		})
		got.why, got.kind = roster.WhyUnavailable, remedy.Availability
	case "no template":
		clear(required)
		got.hour = 24*day + 3
		required[got.hour] = 1
		got.why, got.kind = roster.WhyNoTemplate, remedy.Template
	case "daily rest":
		each(func(o *roster.Operator) { o.Contract.DailyRest = calendars.Hours(17) })
		got.why, got.kind, got.hour = roster.WhyDailyRest, remedy.Rest, -1
	case "nights":
		team.Templates = append(team.Templates, roster.Template{Name: "night", Start: 22 * 60, End: 6 * 60})
		each(func(o *roster.Operator) { o.NoNights, o.Country, o.Contract.Kind = true, "BG", "full-time" })
		clear(required)
		got.hour = 24*day + 23
		required[got.hour], required[got.hour+1] = 1, 1
		got.why, got.kind = roster.WhyUnlawful, remedy.Nights
	case "rule":
		most := int64(1)
		team.Rules = []roster.Rule{{Name: "one late shift", Count: roster.CountShifts, Templates: []string{"late"}, Most: &most}}
		clear(required)
		for d := range 5 {
			required[24*d+20] = n
		}
		got.why, got.kind, got.hour = roster.WhyRule, remedy.Rule, -1
	}
	mail := team.Queues[0]
	mail.Name, mail.Skill = "mail", "mail"
	team.Queues = append(team.Queues, mail)
	team, err := team.Complete()
	if err != nil {
		t.Fatal(err)
	}
	grid := team.Horizon(monday, 1)
	got.problem = roster.Problem{Team: team, Demand: roster.Demand{Grid: grid, Queues: []roster.QueueDemand{{Queue: "chat", Skill: "chat", Required: required}}}}
	return got
}

// Of 33 teams that each miss one thing, the explanation names it, and the
// cheapest way out, solved anew from nothing, covers what was missing.
func TestPlanted(t *testing.T) {
	t.Parallel()
	kinds := []string{"no skill", "too few", "time off", "hours", "month hours", "run", "availability", "no template", "daily rest", "nights", "rule"}
	named, ended := 0, 0
	for i := range 33 {
		what := kinds[i%len(kinds)]
		p := plant(t, what, rand.New(rand.NewPCG(uint64(i), 3)))
		result, err := solve.Solve(context.Background(), p.problem, nil, solve.Options{Iterations: 2000})
		if err != nil {
			t.Fatal(err)
		}
		found, err := remedy.Find(context.Background(), p.problem, result.Assignments, remedy.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Errorf("%d, %s: nothing is missing", i, what)
			continue
		}
		right := true
		for _, s := range found {
			at := p.problem.Demand.Grid.Interval(max(0, p.hour))
			right = right && s.Why == p.why && (p.hour < 0 || s.Interval.Overlaps(at))
		}
		if right {
			named++
		} else {
			for _, s := range found {
				t.Logf("%d, %s: said %s: %s", i, what, s.Why, s.Cause.Sentence)
			}
		}
		if works(t, found[0], p.kind) {
			ended++
		} else {
			t.Logf("%d, %s: the ways out are %+v", i, what, said(found[0].Remedies))
		}
	}
	t.Logf("%d of 33 named, %d ended", named, ended)
	if named < 32 || ended < 32 {
		t.Errorf("of 33 shortages %d were named and %d ended by the cheapest way out: expected 32 each", named, ended)
	}
}

// works says whether the first remedy covers the shortage when its problem is
// solved from nothing, and one of the kind is among them.
func works(t *testing.T, s remedy.Shortage, kind string) bool {
	t.Helper()
	first := s.Remedies[0]
	result, err := solve.Solve(context.Background(), first.Problem, nil, solve.Options{Iterations: 2000})
	if err != nil || result.Score.Hard > 0 || first.Kind == remedy.Accept {
		return false
	}
	missing := 0.0
	for _, m := range roster.Cover(first.Problem, result.Assignments).Queues[0].Missing {
		missing += m
	}
	return missing <= first.Left && slices.ContainsFunc(s.Remedies, func(r remedy.Remedy) bool { return r.Kind == kind })
}

func said(all []remedy.Remedy) (sentences []string) {
	for _, r := range all {
		sentences = append(sentences, fmt.Sprintf("%s (%d, left %.1f)", r.Sentence.English, r.Price, r.Left))
	}
	return sentences
}
