package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/remedy"
	"github.com/smena-wfm/smena/roster/staffing"
)

type explainCommand struct {
	Plan      string  `help:"Folder with the results of smena plan." required:"" placeholder:"DIR"`
	Previous  string  `help:"The roster before, CSV: it counts for rest, hours and runs." placeholder:"FILE"`
	Pins      string  `help:"Shifts that must stay, CSV: those that contradict rules or one another are named." placeholder:"FILE"`
	Shortages int     `help:"How many shortages to explain, the greatest first." default:"5" placeholder:"N"`
	Seconds   float64 `help:"Seconds to look for ways out; how many changes were not tried in time is said." default:"30"`
	Language  string  `help:"Of the ways out: en, ru or bg." enum:"en,ru,bg" default:"en"`
	JSON      bool    `help:"Print everything as JSON, in all languages."`
}

// Help is the example of the verb.
func (explainCommand) Help() string {
	return `Example:
  smena explain --plan plan

For each stretch of uncovered hours it says why nobody covers it, and what would: more hours
for somebody, a day off given up, a new shift, somebody hired. Each way out has been tried: the
roster was repaired for the changed problem, and is legal. Its price is the hours that it pays,
and what it is to ask. The last one is to accept what customers then get: "71 % of the chats are
answered within 60 s".`
}

// explained is the answer.
type explained struct {
	Missing   float64           `json:"missing_hours"`
	Shortages []remedy.Shortage `json:"shortages"`
	Conflicts []roster.Conflict `json:"conflicts"`
}

// Run explains a plan.
func (c *explainCommand) Run(a *app) error {
	if c.Shortages < 1 {
		return fmt.Errorf("--shortages %d: expected 1 or more", c.Shortages)
	}
	limit, err := searchLimit(c.Seconds)
	if err != nil {
		return err
	}
	p, forecasts, err := readPlan(c.Plan)
	if err != nil {
		return err
	}
	if c.Previous != "" {
		if p.problem.Carried, err = readRoster(c.Previous, p.team); err != nil {
			return err
		}
	}
	p.problem.Holidays = holidaysOf(a, p.team, p.horizon.Span(), false)
	answer := explained{Missing: missingHours(roster.Cover(p.problem, p.result.Assignments)), Conflicts: []roster.Conflict{}}
	if c.Pins != "" {
		pins, err := readRoster(c.Pins, p.team)
		if err != nil {
			return err
		}
		answer.Conflicts = roster.Conflicts(p.problem, pins)
	}
	if answer.Shortages, err = c.find(a, p, forecasts, limit); err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(a.stdout, answer)
	}
	answer.print(a, p.team, c.Language)
	return nil
}

// find looks for ways out as long as there is time.
func (c *explainCommand) find(a *app, p *plan, forecasts map[string]forecast.Forecast, limit time.Duration) ([]remedy.Shortage, error) {
	ctx, stop := context.WithTimeout(a.ctx, limit)
	defer stop()
	progress := newProgress(a, "explain")
	defer progress.end()
	return remedy.Find(ctx, p.problem, p.result.Assignments, remedy.Options{
		Shortages: c.Shortages, Cores: runtime.NumCPU(), Level: staffing.Reached(p.team, forecasts),
		Progress: func(made remedy.Progress) {
			progress.say(fmt.Sprintf("shortage %d of %d: %d of %d changes tried", made.Shortage, made.Shortages, made.Tried, made.Changes))
		},
	})
}

// print says all of it to people.
func (e explained) print(a *app, team roster.Team, language string) {
	for _, one := range e.Conflicts {
		o, _ := team.Operator(one.Operator)
		fmt.Fprintf(a.stdout, "%s cannot work all of these:\n", o.Name)
		for _, s := range one.Assignments {
			fmt.Fprintf(a.stdout, "  %s, %s\n", s.Template, clocked(s.Shift, o.Zone))
		}
		for _, b := range one.Breaches {
			fmt.Fprintf(a.stdout, "  %-18s %s\n", b.Rule, b.Sentence.In(language))
		}
	}
	if len(e.Shortages) == 0 {
		fmt.Fprintln(a.stdout, "every hour is covered")
		return
	}
	shown := 0.0
	for _, s := range e.Shortages {
		shown += s.Hours
		fmt.Fprintf(a.stdout, "%s, %s: %.1f operator-hours uncovered\n  %s\n", s.Queue, clocked(s.Interval, team.Zone), s.Hours, s.Cause.Sentence.In(language))
		for _, r := range s.Remedies {
			left := ""
			if r.Left >= 0.05 {
				left = fmt.Sprintf("; %.1f h stay uncovered", r.Left)
			}
			fmt.Fprintf(a.stdout, "  - %s (%+.1f paid hours, price %d%s)\n", r.Sentence.In(language), r.Hours, r.Price, left)
		}
		if s.Untried > 0 {
			fmt.Fprintf(a.stdout, "  %s more not tried\n", plural(s.Untried, "change"))
		}
	}
	fmt.Fprintf(a.stdout, "%.1f operator-hours uncovered in all, %.1f of them above\n", e.Missing, shown)
}

// clocked is an interval on a clock.
func clocked(i calendars.Interval, zone calendars.Zone) string {
	in := zone.Location()
	return fmt.Sprintf("%s to %s %s", i.Start.In(in).Format("Mon 2 Jan 15:04"), i.End.In(in).Format("15:04"), zone)
}
