package main

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/remedy"
	"github.com/smena-wfm/smena/roster/staffing"
)

type explainCommand struct {
	Plan       string `help:"Folder with the results of smena plan." required:"" placeholder:"DIR"`
	Now        string `help:"The time now, if the roster is published: no way out has shifts that have begun, or begin within their operator's notice." placeholder:"TIME"`
	neighbours `embed:""`
	Pins       string  `help:"Shifts that must stay, CSV: those that contradict rules or one another are named." placeholder:"FILE"`
	Shortages  int     `help:"How many shortages to explain, the greatest first." default:"5" placeholder:"N"`
	Seconds    float64 `help:"Seconds to look for ways out; how many changes were not tried in time is said." default:"30"`
	Ways       int     `help:"How many ways out of each to print, those that are alike as one." default:"4" placeholder:"N"`
	Language   string  `help:"Of the answer: en, ru or bg." enum:"en,ru,bg" default:"en"`
	JSON       bool    `help:"Print everything as JSON, in all languages."`
}

// Help is the example of the verb.
func (explainCommand) Help() string {
	return `Example:
  smena explain --plan plan

For each stretch of uncovered hours it says why nobody covers it, and what would: more hours
for somebody, a day off given up, a new shift, somebody hired. Each way out has been tried: the
roster was repaired for the changed problem, and is legal; it lists shifts that come (+) and go
(-), and wishes or other soft rules that it breaks (!). Its price is the hours that it pays, and
in hours what such breaches cost and what it is to ask. The last one is to accept what customers
then get: "71 % of the chats are answered within 60 s".
Each shortage is taken by itself: two ways out may ask for the same hours of one person.`
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
	if c.Ways < 1 {
		return fmt.Errorf("--ways %d: expected 1 or more", c.Ways)
	}
	limit, err := searchLimit(c.Seconds)
	if err != nil {
		return err
	}
	p, forecasts, err := readPlan(c.Plan)
	if err != nil {
		return err
	}
	notes := a.notes(c.Language)
	if err := p.carry(notes, c.neighbours); err != nil {
		return err
	}
	p.problem.Holidays = holidaysOf(notes, p.team, p.horizon.Span(), false)
	if err := p.known(c.Now); err != nil {
		return err
	}
	answer := explained{Missing: missingHours(roster.Cover(p.problem, p.result.Assignments)), Conflicts: []roster.Conflict{}}
	if c.Pins != "" {
		pins, err := readRoster(c.Pins, p.team)
		if err != nil {
			return opened("pins", err)
		}
		answer.Conflicts = roster.Conflicts(p.problem, pins)
	}
	if answer.Shortages, err = c.find(a, p, forecasts, limit); err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(a.stdout, answer)
	}
	answer.print(teller{a.stdout, c.Language}, p.team, c.Ways)
	return nil
}

// find looks for ways out as long as there is time.
func (c *explainCommand) find(a *app, p *plan, forecasts map[string]forecast.Forecast, limit time.Duration) ([]remedy.Shortage, error) {
	ctx, stop := context.WithTimeout(a.ctx, limit)
	defer stop()
	progress := newProgress(a, "explain")
	defer progress.end()
	return remedy.Find(ctx, p.problem, p.result.Assignments, remedy.Options{
		Shortages: c.Shortages, Cores: runtime.GOMAXPROCS(0), Level: staffing.Reached(p.team, forecasts),
		Progress: func(made remedy.Progress) {
			progress.say(fmt.Sprintf("shortage %d of %d: %d of %d changes tried", made.Shortage, made.Shortages, made.Tried, made.Changes))
		},
	})
}
