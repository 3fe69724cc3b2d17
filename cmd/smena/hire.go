package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"text/tabwriter"

	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/hiring"
)

type hireCommand struct {
	Plan       string  `help:"Folder with the results of smena plan, whose demand is to be covered." required:"" placeholder:"DIR"`
	Candidates string  `help:"Kinds of operators and what one costs, JSON." required:"" placeholder:"FILE"`
	Keep       bool    `help:"Keep the team's operators, and hire on top of them."`
	Share      float64 `help:"Share of the required operator-hours that is to be covered." default:"1"`
	Tries      int     `help:"Crews to make a roster for, at most about." default:"40" placeholder:"N"`
	Iterations int     `help:"Moves of the search for each roster; by the size of the crew if left out." placeholder:"N"`
	Seed       uint64  `help:"Seed of the search." default:"1"`
	Out        string  `help:"Where to write the crew's roster, CSV." placeholder:"FILE"`
	Language   string  `help:"Of the answer: en, ru or bg." enum:"en,ru,bg" default:"en"`
	JSON       bool    `help:"Print everything as JSON: the crew as a team, too."`
}

// Help is the example of the verb.
func (hireCommand) Help() string {
	return `Example:
  smena hire --plan plan --candidates kinds.json

It finds the cheapest crew that covers the demand of a plan, rosters it, and says how far from
the cheapest possible it can be at most. The file holds kinds of operators, as in a team file or
like somebody of the team, with what one costs over the time of the plan, and how many there
can be:
  {"candidates": [
    {"cost": 2400, "operator": {"name": "Sofia full-time", "zone": "Europe/Sofia", "country": "BG", "skills": ["bg", "en"],
      "contract": {"kind": "full-time", "max_per_week": "40h"}}},
    {"cost": 1100, "like": "Yana Todorova", "name": "evenings", "least": 0, "most": 4}]}`
}

// hired is the answer.
type hired struct {
	Crew        []hiredKind         `json:"crew"`
	Cost        float64             `json:"cost"`
	Bound       float64             `json:"bound"`                // no crew that covers as much costs less
	Above       *float64            `json:"above_best,omitempty"` // share of the bound that the cost is above it
	Currency    string              `json:"currency,omitempty"`
	Required    float64             `json:"required_operator_hours"`
	Missing     float64             `json:"missing_operator_hours"`
	Covered     float64             `json:"covered_share"`
	Before      float64             `json:"before_operator_hours"` // at the start, that only a shift of the roster before can reach
	Tried       int                 `json:"crews_tried"`
	Seed        uint64              `json:"seed"`
	Team        roster.Team         `json:"team"`
	Assignments []roster.Assignment `json:"assignments"`
}

// hiredKind is how many of a kind.
type hiredKind struct {
	Kind      string  `json:"kind"`
	Operators int     `json:"operators"`
	Cost      float64 `json:"cost"` // of one
}

// Run finds a crew.
func (c *hireCommand) Run(a *app) error {
	if !(c.Share > 0 && c.Share <= 1) {
		return fmt.Errorf("--share %v: expected a share above 0 up to 1", c.Share)
	}
	if c.Tries < 1 {
		return fmt.Errorf("--tries %d: expected 1 or more", c.Tries)
	}
	if c.Iterations < 0 {
		return fmt.Errorf("--iterations %d: expected a number from 0", c.Iterations)
	}
	p, _, err := readPlan(c.Plan)
	if err != nil {
		return err
	}
	kinds, err := c.kinds(p.team)
	if err != nil {
		return err
	}
	if !c.Keep {
		p.problem.Team, p.result.Assignments = p.team.Unstaffed(), nil
	}
	everybody := p.problem.Team
	for _, k := range kinds {
		everybody.Operators = append(slices.Clone(everybody.Operators), k.Operator)
	}
	p.problem.Holidays = holidaysOf(a.notes(c.Language), everybody, p.horizon.Span(), false)
	progress := newProgress(a, "crew")
	crew, err := hiring.Cheapest(a.ctx, p.problem, kinds, hiring.Options{
		Start: p.result.Assignments, Share: c.Share, Tries: c.Tries, Iterations: c.Iterations, Seed: c.Seed, Cores: runtime.GOMAXPROCS(0),
		Note: func(now hiring.Progress) {
			progress.say(fmt.Sprintf("%d tried, none costs less than %.2f", now.Tried, money(now.Bound)))
		},
	})
	progress.end()
	if a.ctx.Err() != nil {
		return errors.New("interrupted; nothing was written")
	}
	if errors.Is(err, hiring.ErrNoCrew) {
		return &hintedError{err, c.easier()}
	}
	if err != nil {
		return err
	}
	return c.finish(a, p, kinds, crew)
}

// easier says which flags ask for less.
func (c *hireCommand) easier() string {
	hint := "--share below 1, such as 0.98, leaves the hardest hours uncovered"
	if c.Share < 1 {
		hint = fmt.Sprintf("--share below %g leaves more of the hardest hours uncovered", c.Share)
	}
	if !c.Keep {
		hint += "; --keep hires on top of the team"
	}
	return hint
}

// money is an amount in the currency.
func money(hundredths int64) float64 { return float64(hundredths) / 100 }

// finish writes the roster and says what came out.
func (c *hireCommand) finish(a *app, p *plan, kinds []hiring.Kind, crew hiring.Crew) error {
	if c.Out != "" {
		p.team, p.result = crew.Problem.Team, crew.Result
		p.identifyAll()
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(p.rosterTable()); err != nil {
			return err
		}
		if err := writeTo("out", c.Out, b.Bytes()); err != nil {
			return err
		}
	}
	h := hired{
		Cost: money(crew.Cost), Bound: money(crew.Bound), Currency: crew.Problem.Team.Currency, Covered: crew.Covered,
		Required: float64(crew.Problem.Demand.OperatorIntervals()) * p.horizon.Step.Hours(), Missing: crew.Missing * p.horizon.Step.Hours(),
		Before: float64(crew.Before) * p.horizon.Step.Hours(), Tried: crew.Tried, Seed: c.Seed, Team: crew.Problem.Team, Assignments: crew.Result.Assignments,
	}
	if above, known := crew.Above(); known {
		h.Above = &above
	}
	for k, kind := range kinds {
		h.Crew = append(h.Crew, hiredKind{kind.Operator.Name, crew.Numbers[k], money(kind.Cost)})
	}
	if c.JSON {
		return writeJSON(a.stdout, h)
	}
	return h.print(teller{a.stdout, c.Language})
}

// print says the most important for people.
func (h hired) print(to teller) error {
	t := tabwriter.NewWriter(to.w, 0, 0, 2, ' ', tabwriter.AlignRight)
	teller{t, to.language}.line(roster.Text{
		English: "operators\tcost of one\tcost%s\t  kind", Russian: "операторов\tстоимость одного\tстоимость%s\t  вид", Bulgarian: "оператори\tцена на един\tцена%s\t  вид",
	}, behind(h.Currency))
	for _, k := range h.Crew {
		fmt.Fprintf(t, "%d\t%.2f\t%.2f\t  %s\n", k.Operators, k.Cost, float64(k.Operators)*k.Cost, k.Kind)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	to.line(roster.Text{
		English:   "\ncost %.2f%s; %s\ncovered %.2f %% of %.0f operator-hours%s; %[7]s tried, seed %[9]d",
		Russian:   "\nстоимость %.2f%s; %s\nпокрыто %.2f %% от %.0f чел.-ч%s; проверено команд: %[8]d, seed %[9]d",
		Bulgarian: "\nцена %.2f%s; %s\nпокрити %.2f %% от %.0f човекочаса%s; проверени екипи: %[8]d, seed %[9]d",
	}, h.Cost, behind(h.Currency), h.above(), 100*h.Covered, h.Required, h.before(), plural(h.Tried, "crew"), h.Tried, h.Seed)
	return nil
}

// above says how far from the cheapest possible the crew can be.
func (h hired) above() roster.Text {
	switch {
	case h.Above == nil:
		return roster.Text{English: "whether less would do is not known", Russian: "хватит ли меньшего, неизвестно", Bulgarian: "не се знае дали би стигнало и по-малко"}
	case *h.Above == 0:
		return roster.Text{English: "no crew is cheaper", Russian: "дешевле команды нет", Bulgarian: "по-евтин екип няма"}
	}
	return roster.Text{
		English:   "at most %.1f %% above the cheapest possible: no crew costs less than %.2f",
		Russian:   "не больше чем на %.1f %% дороже самой дешёвой возможной: никакая команда не стоит меньше %.2f",
		Bulgarian: "най-много с %.1f %% над най-евтиния възможен: никой екип не струва по-малко от %.2f",
	}.With(100**h.Above, h.Bound)
}

// before says what only the roster before can cover, if anything.
func (h hired) before() roster.Text {
	if h.Before == 0 {
		return roster.Text{}
	}
	return roster.Text{
		English: "; %.0f more at the start are left to the roster before", Russian: "; ещё %.0f в начале остаются прежнему графику",
		Bulgarian: "; още %.0f в началото остават за предишния график",
	}.With(h.Before)
}
