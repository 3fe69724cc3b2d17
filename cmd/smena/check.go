package main

import (
	"errors"
	"fmt"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

type checkCommand struct {
	rosterFlags
	History  string `help:"The roster before, CSV: it counts for rest, hours and runs." placeholder:"FILE"`
	Language string `help:"Of the sentences: en, ru or bg." enum:"en,ru,bg" default:"en"`
	JSON     bool   `help:"Print the breaches as JSON, in all languages."`
}

// Help is the example of the verb.
func (checkCommand) Help() string {
	return `Example:
  smena check --team team.json --roster roster.csv --history november.csv

It judges any roster by contracts and laws, also one typed in a spreadsheet. The columns
start and end hold instants (2026-12-07T09:00:00Z), or times on the operator's own clock:
2026-12-07 22:00, or 22:00 beside a column date; 06:00 is then the next morning. A column
breaks holds them on the operator's clock: 12:00-12:30 16:00-16:15.
It exits with 3 if a hard rule is broken.`
}

// checked is the answer.
type checked struct {
	Shifts   int             `json:"shifts"`
	Carried  int             `json:"carried"` // of the history
	Hard     int             `json:"hard_breaches"`
	Score    roster.Score    `json:"score"` // of the breaches; nothing is required
	Breaches []roster.Breach `json:"breaches"`
}

// errBroken is how a command says that a roster is not legal.
var errBroken = errors.New("hard rules are broken")

// Run judges a roster.
func (c *checkCommand) Run(a *app) error {
	team, assignments, err := c.read()
	if err != nil {
		return err
	}
	var carried []roster.Assignment
	if c.History != "" {
		if carried, err = readRoster(c.History, team); err != nil {
			return opened("history", err)
		}
	}
	answer := judged(team, assignments, carried, holidaysAt(a.notes(c.Language), team, assignments, false))
	if c.JSON {
		if err := writeJSON(a.stdout, answer); err != nil {
			return err
		}
	} else {
		answer.print(teller{a.stdout, c.Language})
	}
	if answer.Hard > 0 {
		return fmt.Errorf("%w: %s", errBroken, plural(answer.Hard, "breach"))
	}
	return nil
}

// judged judges a roster, in order, over the calendar weeks in which it has shifts.
func judged(team roster.Team, assignments, carried []roster.Assignment, off map[string][]calendars.Day) checked {
	answer := checked{Shifts: len(assignments), Carried: len(carried), Breaches: []roster.Breach{}}
	if len(assignments) == 0 {
		return answer
	}
	first, last := calendars.DayOf(assignments[0].Shift.Start, team.Zone).Monday(), calendars.DayOf(assignments[len(assignments)-1].Shift.Start, team.Zone)
	p := roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(first, first.DaysUntil(last)/7+1)}, Carried: carried, Holidays: off}
	for _, q := range team.Queues {
		p.Demand.Queues = append(p.Demand.Queues, roster.QueueDemand{Queue: q.Name, Skill: q.Skill, Required: make([]int, p.Demand.Grid.N)})
	}
	for _, b := range roster.Judge(p, assignments).Breaches {
		answer.Breaches = append(answer.Breaches, b)
		if b.Hard {
			answer.Hard++
			answer.Score.Hard += b.Cost
		} else {
			answer.Score.Soft += b.Cost
		}
	}
	return answer
}

// print says the breaches, hard ones first. Of fairness, which everybody has a
// part in, the ledger says more.
func (r checked) print(t teller) {
	fair := int64(0)
	for _, hard := range []bool{true, false} {
		for _, b := range r.Breaches {
			switch {
			case hard != b.Hard:
			case b.Rule == roster.RuleFairness:
				fair += b.Cost
			default:
				t.breach(hard, b.Rule, b.Sentence)
			}
		}
	}
	if fair > 0 {
		t.breach(false, roster.RuleFairness, roster.Text{
			English:   "points weigh %d; smena fairness says who carries what",
			Russian:   "вес неравенства в баллах: %d; у кого сколько баллов, покажет smena fairness",
			Bulgarian: "тежест на неравенството в точки: %d; кой колко точки има, показва smena fairness",
		}.With(fair/roster.Whole))
	}
	soft := len(r.Breaches) - r.Hard
	t.line(roster.Text{
		English:   "%[4]s: %[5]s, %[6]s",
		Russian:   "смен: %[1]d; нарушений жёстких правил: %[2]d, мягких: %[3]d",
		Bulgarian: "смени: %[1]d; нарушения на твърди правила: %[2]d, на меки: %[3]d",
	}, r.Shifts, r.Hard, soft, plural(r.Shifts, "shift"), plural(r.Hard, "hard breach"), plural(soft, "soft breach"))
}

// breach prints what breaks a rule.
func (t teller) breach(hard bool, rule string, sentence roster.Text) {
	kind := roster.Text{English: "soft", Russian: "мягкое ", Bulgarian: "меко  "}
	if hard {
		kind = roster.Text{English: "HARD", Russian: "ЖЁСТКОЕ", Bulgarian: "ТВЪРДО"}
	}
	t.line(roster.Text{English: "%s  %-18s %s", Russian: "%s  %-18s %s", Bulgarian: "%s  %-18s %s"}, kind, rule, sentence)
}
