package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

type repairCommand struct {
	Plan       string   `help:"Folder with the results of smena plan." required:"" placeholder:"DIR"`
	Absent     []string `help:"The operator who is away; may be repeated." required:"" placeholder:"NAME" sep:"none"`
	First      string   `help:"First day away, YYYY-MM-DD in the operator's zone." required:"" placeholder:"DATE"`
	Last       string   `help:"Last day away; the first if left out." placeholder:"DATE"`
	Now        string   `help:"The time now, if the roster is published: shifts that have begun, or begin within their operator's notice, stay." placeholder:"TIME"`
	neighbours `embed:""`
	Take       int    `help:"Which of the repairs to write." default:"1" placeholder:"N"`
	Out        string `help:"Where to write the mended roster, CSV." placeholder:"FILE"`
	Language   string `help:"Of the answer: en, ru or bg." enum:"en,ru,bg" default:"en"`
	JSON       bool   `help:"Print the repairs as JSON."`
}

// Help is the example of the verb.
func (repairCommand) Help() string {
	return `Example:
  smena repair --plan plan --absent "Elena Sokolova" --first 2026-12-09 --now 2026-12-08T21:00:00+02:00 --out roster.csv

It lists ways to mend the roster, best first: who would work what instead, and what stays
uncovered. Few people are troubled, and none against contract, law or rules.`
}

// repaired is one way to mend a roster.
type repaired struct {
	Tell    []string `json:"tell"`
	Comes   []string `json:"comes"`
	Goes    []string `json:"goes"`
	Missing float64  `json:"missing_hours"`
	Covered float64  `json:"covered_share"`
	Weight  int64    `json:"weight"`
	all     []roster.Assignment
}

// Run mends a plan.
func (c *repairCommand) Run(a *app) error {
	p, _, err := readPlan(c.Plan)
	if err != nil {
		return err
	}
	notes := a.notes(c.Language)
	if err := p.carry(notes, c.neighbours); err != nil {
		return err
	}
	p.problem.Holidays = holidaysOf(notes, p.team, p.horizon.Span(), false)
	was := roster.Cover(p.problem, p.result.Assignments)
	if err := p.known(c.Now); err != nil {
		return err
	}
	for _, name := range c.Absent {
		if err := c.away(p, name); err != nil {
			return err
		}
	}
	repairs, err := solve.Repairs(a.ctx, p.problem, p.result.Assignments, solve.Options{Cores: runtime.GOMAXPROCS(0)})
	if err != nil {
		return err
	}
	if a.ctx.Err() != nil {
		return errors.New("interrupted; nothing was written")
	}
	all := make([]repaired, len(repairs))
	for i, r := range repairs {
		all[i] = p.repaired(r, c.Language)
	}
	if c.JSON {
		if err := writeJSON(a.stdout, all); err != nil {
			return err
		}
	} else {
		printRepairs(teller{a.stdout, c.Language}, strings.Join(c.Absent, ", "), missingHours(was), all)
	}
	if c.Take < 1 || c.Take > len(all) {
		return fmt.Errorf("--take %d: expected 1 to %d, there are no more repairs", c.Take, len(all))
	}
	if c.Out == "" {
		return nil
	}
	p.result.Assignments = all[c.Take-1].all
	p.identifyAll()
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(p.rosterTable()); err != nil {
		return err
	}
	return writeTo("out", c.Out, b.Bytes())
}

// known has everybody know the plan at a time, if --now says one.
func (p *plan) known(at string) error {
	if at == "" {
		return nil
	}
	now, err := nowOf(at)
	p.problem.Told, p.problem.ToldFor, p.problem.Now = p.result.Assignments, p.horizon.Span(), now
	return err
}

// away gives an absent operator time off.
func (c *repairCommand) away(p *plan, name string) error {
	i, err := p.problem.Team.OperatorNamed(name)
	if err != nil {
		return fmt.Errorf("--absent: %s: %w", c.Plan, err)
	}
	first, err := calendars.ParseDay(c.First)
	if err != nil {
		return fmt.Errorf("--first: %w", err)
	}
	last, err := calendars.ParseDay(cmp.Or(c.Last, c.First))
	if err != nil {
		return fmt.Errorf("--last: %w", err)
	}
	if last.Before(first) {
		return fmt.Errorf("--last %s: expected a day from %s on", last, first)
	}
	o := &p.problem.Team.Operators[i]
	off := roster.TimeOff{First: first, Last: last}
	if !slices.ContainsFunc(p.result.Assignments, func(a roster.Assignment) bool {
		return a.Operator == o.ID && a.Shift.Overlaps(off.Interval(o.Zone))
	}) {
		return fmt.Errorf("--absent: %s has no shift from %s to %s in %s: expected a day of %s", name, first, last, c.Plan, p.daysOf(*o))
	}
	o.TimeOff = append(slices.Clone(o.TimeOff), off)
	return nil
}

// daysOf are the first days on which an operator has shifts.
func (p *plan) daysOf(o roster.Operator) string {
	const few = 8
	var days []string
	for _, a := range p.result.Assignments {
		if a.Operator == o.ID && len(days) < few {
			days = append(days, calendars.DayOf(a.Shift.Start, o.Zone).String())
		}
	}
	if len(days) == 0 {
		return "somebody who has any"
	}
	return strings.Join(slices.Compact(days), ", ")
}

// repaired says in words of a language what a repair does.
func (p *plan) repaired(r solve.Repair, language string) repaired {
	cover := roster.Cover(p.problem, r.Assignments)
	one := repaired{Tell: []string{}, Missing: missingHours(cover), Covered: cover.Share(), Weight: r.Weight, all: r.Assignments}
	for _, id := range r.Touched {
		o, _ := p.team.Operator(id)
		one.Tell = append(one.Tell, o.Name)
	}
	one.Comes, one.Goes = p.only(r.Assignments, p.result.Assignments, language), p.only(p.result.Assignments, r.Assignments, language)
	return one
}

// only lists the shifts of some that are not among others, on their operators' clocks.
func (p *plan) only(some, others []roster.Assignment, language string) []string {
	list := []string{}
	for _, a := range some {
		same := func(b roster.Assignment) bool {
			return b.Operator == a.Operator && b.Template == a.Template && b.Shift.Equal(a.Shift)
		}
		if !slices.ContainsFunc(others, same) {
			o, _ := p.team.Operator(a.Operator)
			list = append(list, fmt.Sprintf("%s, %s, %s", o.Name, a.Template, roster.OnClock(a.Shift, o.Zone).In(language)))
		}
	}
	return list
}

// missingHours is the operator-hours that stay uncovered.
func missingHours(c roster.Coverage) (hours float64) {
	for _, q := range c.Queues {
		for _, missing := range q.Missing {
			hours += missing * c.Grid.Step.Hours()
		}
	}
	return hours
}

// printRepairs shows all repairs to people.
func printRepairs(t teller, absent string, before float64, all []repaired) {
	for i, r := range all {
		others := "nobody"
		if n := len(r.Tell); n > 0 {
			others = plural(n, "other")
		}
		t.line(roster.Text{
			English:   "%[1]d  touches %[2]s: %.1[4]f operator-hours uncovered (%.1[5]f with %[6]s), %.2[7]f %% covered",
			Russian:   "%[1]d  затронуто других операторов: %[3]d; не покрыто %.1[4]f чел.-ч (до отсутствия – %.1[5]f; отсутствует: %[6]s), покрыто %.2[7]f %%",
			Bulgarian: "%[1]d  засегнати други оператори: %[3]d; непокрити човекочасове: %.1[4]f (с %[6]s: %.1[5]f), покрити %.2[7]f %%",
		}, i+1, others, len(r.Tell), r.Missing, before, absent, 100*r.Covered)
		for _, shift := range r.Goes {
			fmt.Fprintf(t.w, "     -  %s\n", shift)
		}
		for _, shift := range r.Comes {
			fmt.Fprintf(t.w, "     +  %s\n", shift)
		}
	}
}
