package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"runtime"
	"slices"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

type repairCommand struct {
	Plan     string `help:"Folder with the results of smena plan." required:"" placeholder:"DIR"`
	Absent   string `help:"The operator who is away." required:"" placeholder:"NAME"`
	First    string `help:"First day away, YYYY-MM-DD in the operator's zone." required:"" placeholder:"DATE"`
	Last     string `help:"Last day away; the first if left out." placeholder:"DATE"`
	Previous string `help:"The roster before, CSV: it counts for rest, hours and runs." placeholder:"FILE"`
	Take     int    `help:"Which of the repairs to write." default:"1" placeholder:"N"`
	Out      string `help:"Where to write the mended roster, CSV." placeholder:"FILE"`
	JSON     bool   `help:"Print the repairs as JSON."`
}

// Help is the example of the verb.
func (repairCommand) Help() string {
	return `Example:
  smena repair --plan plan --absent "Elena Sokolova" --first 2026-12-09 --out roster.csv

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
	notes := a.notes(english)
	if err := p.carry(notes, c.Previous); err != nil {
		return err
	}
	p.problem.Holidays = holidaysOf(notes, p.team, p.horizon.Span(), false)
	was := roster.Cover(p.problem, p.result.Assignments)
	if err := c.away(p); err != nil {
		return err
	}
	repairs, err := solve.Repairs(a.ctx, p.problem, p.result.Assignments, solve.Options{Cores: runtime.NumCPU()})
	if err != nil {
		return err
	}
	all := make([]repaired, len(repairs))
	for i, r := range repairs {
		all[i] = p.repaired(r)
	}
	if c.Take < 1 || c.Take > len(all) {
		return fmt.Errorf("--take %d: expected 1 to %d, there are no more repairs", c.Take, len(all))
	}
	if c.JSON {
		err = writeJSON(a.stdout, all)
	} else {
		err = printRepairs(a.stdout, c.Absent, missingHours(was), all)
	}
	if err != nil || c.Out == "" {
		return err
	}
	p.result.Assignments = all[c.Take-1].all
	for i, one := range p.result.Assignments {
		if one.ID == "" {
			p.result.Assignments[i].ID = p.identify(one)
		}
	}
	var b bytes.Buffer
	if err := csv.NewWriter(&b).WriteAll(p.rosterTable()); err != nil {
		return err
	}
	return writeTo("out", c.Out, b.Bytes())
}

// away gives the absent operator time off.
func (c *repairCommand) away(p *plan) error {
	i := slices.IndexFunc(p.problem.Team.Operators, func(o roster.Operator) bool { return o.Name == c.Absent })
	if i < 0 {
		return fmt.Errorf("--absent: there is no operator %q in %s", c.Absent, c.Plan)
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
		return fmt.Errorf("--absent: %s has no shift from %s to %s in %s", c.Absent, first, last, c.Plan)
	}
	o.TimeOff = append(slices.Clone(o.TimeOff), off)
	return nil
}

// repaired says in words what a repair does.
func (p *plan) repaired(r solve.Repair) repaired {
	cover := roster.Cover(p.problem, r.Assignments)
	one := repaired{Tell: []string{}, Missing: missingHours(cover), Covered: cover.Share(), Weight: r.Weight, all: r.Assignments}
	for _, id := range r.Touched {
		o, _ := p.team.Operator(id)
		one.Tell = append(one.Tell, o.Name)
	}
	one.Comes, one.Goes = p.only(r.Assignments, p.result.Assignments), p.only(p.result.Assignments, r.Assignments)
	return one
}

// only lists the shifts of some that are not among others, on their operators' clocks.
func (p *plan) only(some, others []roster.Assignment) []string {
	list := []string{}
	for _, a := range some {
		same := func(b roster.Assignment) bool {
			return b.Operator == a.Operator && b.Template == a.Template && b.Shift.Equal(a.Shift)
		}
		if !slices.ContainsFunc(others, same) {
			o, _ := p.team.Operator(a.Operator)
			in := o.Zone.Location()
			list = append(list, fmt.Sprintf("%s, %s, %s to %s %s", o.Name, a.Template, a.Shift.Start.In(in).Format("Mon 2 Jan 15:04"), a.Shift.End.In(in).Format("15:04"), o.Zone))
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
func printRepairs(w io.Writer, absent string, before float64, all []repaired) error {
	for i, r := range all {
		who := "nobody"
		if n := len(r.Tell); n > 0 {
			who = fmt.Sprint(n, " other")
			if n > 1 {
				who += "s"
			}
		}
		fmt.Fprintf(w, "%d  touches %s: %.1f operator-hours uncovered (%.1f with %s), %.2f %% covered\n", i+1, who, r.Missing, before, absent, 100*r.Covered)
		for _, shift := range r.Goes {
			fmt.Fprintf(w, "     -  %s\n", shift)
		}
		for _, shift := range r.Comes {
			fmt.Fprintf(w, "     +  %s\n", shift)
		}
	}
	return nil
}
