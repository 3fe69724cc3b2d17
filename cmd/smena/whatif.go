package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// scenarios are ways in which things could be otherwise, as a file has them.
type scenarios struct {
	Scenarios []scenario `json:"scenarios"`
}

// scenario is one of them: changes that are made one after the other.
type scenario struct {
	Name    string       `json:"name"`
	Changes []whatChange `json:"changes"`
}

// whatChange has one of its fields set; Queue and Operator narrow some of them.
type whatChange struct {
	Queue        string               `json:"queue,omitempty"`
	Operator     string               `json:"operator,omitempty"`
	Arrivals     float64              `json:"arrivals,omitempty"`      // times as many, of the queue or of all
	ServiceLevel *roster.ServiceLevel `json:"service_level,omitempty"` // of the queue or of all
	Hire         *roster.Operator     `json:"hire,omitempty"`
	HireLike     string               `json:"hire_like,omitempty"` // a copy of an operator, without time off and wishes
	Count        int                  `json:"count,omitempty"`     // of those hired; 1 if left out
	Lose         string               `json:"lose,omitempty"`
	Template     *roster.Template     `json:"shift_template,omitempty"`
	DropRule     string               `json:"drop_rule,omitempty"` // of the operator, or of the team
}

// readScenarios reads a file of them.
func readScenarios(path string) ([]scenario, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable("what-if", err)
	}
	var file scenarios
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil {
		line := 1 + bytes.Count(data[:min(int(d.InputOffset()), len(data))], []byte("\n"))
		return nil, &hintedError{fmt.Errorf("%s: near line %d: %w", path, line, err), "smena plan --help shows what the file holds"}
	}
	if len(file.Scenarios) == 0 {
		return nil, fmt.Errorf("%s: no scenarios: expected at least one", path)
	}
	for i, s := range file.Scenarios {
		if s.Name == "" || len(s.Changes) == 0 {
			return nil, fmt.Errorf("%s: scenarios[%d]: expected a name and changes", path, i)
		}
	}
	return file.Scenarios, nil
}

// with is the plan, not yet solved, as a scenario would have it.
func (p *plan) with(s scenario) (*plan, error) {
	changed := *p
	changed.forecasts = map[string]forecast.Forecast{}
	for q, f := range p.forecasts {
		changed.forecasts[q] = f
	}
	changed.passed = nil
	for i, c := range s.Changes {
		if err := changed.change(c); err != nil {
			return nil, fmt.Errorf("scenario %q: changes[%d]: %w", s.Name, i, err)
		}
	}
	var err error
	if changed.team, err = changed.team.Complete(); err != nil {
		return nil, fmt.Errorf("scenario %q: %w", s.Name, err)
	}
	return &changed, nil
}

// change makes one change of a scenario.
func (p *plan) change(c whatChange) error {
	t := &p.team
	queues := func(q roster.Queue) bool { return c.Queue == "" || q.Name == c.Queue }
	if !slices.ContainsFunc(t.Queues, queues) {
		return fmt.Errorf("queue %q is not of the team", c.Queue)
	}
	operator := func(field, name string) (int, error) {
		if i := slices.IndexFunc(t.Operators, func(o roster.Operator) bool { return o.Name == name }); i >= 0 {
			return i, nil
		}
		return 0, fmt.Errorf("%s %q is not an operator of the team", field, name)
	}
	switch {
	case c.Arrivals != 0:
		return p.scale(queues, c.Arrivals)
	case c.ServiceLevel != nil:
		t.Queues = slices.Clone(t.Queues)
		for i := range t.Queues {
			if queues(t.Queues[i]) {
				t.Queues[i].ServiceLevel = *c.ServiceLevel
			}
		}
	case c.Hire != nil:
		p.hire(*c.Hire, c.Count)
	case c.HireLike != "":
		i, err := operator("hire_like", c.HireLike)
		if err != nil {
			return err
		}
		like := t.Operators[i]
		like.Name, like.TimeOff, like.Wishes = "like "+like.Name, nil, nil
		p.hire(like, c.Count)
	case c.Lose != "":
		i, err := operator("lose", c.Lose)
		if err != nil {
			return err
		}
		t.Operators = slices.Delete(slices.Clone(t.Operators), i, i+1)
	case c.Template != nil:
		t.Templates = append(slices.Clone(t.Templates), *c.Template)
	case c.DropRule != "":
		return p.drop(c, operator)
	default:
		return errors.New("expected one of arrivals, service_level, hire, hire_like, lose, shift_template, drop_rule")
	}
	return nil
}

// scale has so many times as many chats arrive.
func (p *plan) scale(queues func(roster.Queue) bool, times float64) error {
	if times < 0 || times > 100 {
		return fmt.Errorf("arrivals %v: expected a factor above 0, such as 1.2", times)
	}
	scaled := func(all []float64) []float64 {
		more := slices.Clone(all)
		for i := range more {
			more[i] *= times
		}
		return more
	}
	for _, q := range p.team.Queues {
		if f := p.forecasts[q.Name]; queues(q) {
			f.Mean, f.Quantiles = scaled(f.Mean), slices.Clone(f.Quantiles)
			for k := range f.Quantiles {
				f.Quantiles[k] = scaled(f.Quantiles[k])
			}
			p.forecasts[q.Name] = f
		}
	}
	return nil
}

// hire adds operators, whose names are made different.
func (p *plan) hire(o roster.Operator, count int) {
	all := slices.Clone(p.team.Operators)
	for n := range max(1, count) {
		one := o
		one.ID, one.Email = 0, ""
		if n > 0 {
			one.Name = fmt.Sprintf("%s %d", o.Name, n+1)
		}
		all = append(all, one)
	}
	p.team.Operators = all
}

// drop leaves out a rule.
func (p *plan) drop(c whatChange, operator func(field, name string) (int, error)) error {
	rules := &p.team.Rules
	if c.Operator != "" {
		i, err := operator("operator", c.Operator)
		if err != nil {
			return err
		}
		p.team.Operators = slices.Clone(p.team.Operators)
		rules = &p.team.Operators[i].Rules
	}
	i := slices.IndexFunc(*rules, func(r roster.Rule) bool { return r.Name == c.DropRule })
	if i < 0 {
		return fmt.Errorf("drop_rule %q: there is no such rule of the team, nor of the operator named", c.DropRule)
	}
	*rules = slices.Delete(slices.Clone(*rules), i, i+1)
	return nil
}

// compared is what came out of a scenario.
type compared struct {
	Scenario  string   `json:"scenario"`
	Operators int      `json:"operators"`
	Required  float64  `json:"required_hours"`
	Hours     float64  `json:"shift_hours"`
	Missing   float64  `json:"missing_hours"`
	Covered   float64  `json:"covered_share"`
	Expected  *float64 `json:"expected_service_level,omitempty"` // over all queues, at the mean of the forecast
	Cost      int64    `json:"cost"`
	Above     *float64 `json:"above_best_possible,omitempty"` // at most, as a share
}

// whatIf solves every scenario as the plan was solved, and says what came out
// beside the plan's own.
func (c *planCommand) whatIf(a *app, p *plan, all []scenario, limit time.Duration) ([]compared, error) {
	answers := []compared{p.compared("as it is")}
	for _, s := range all {
		changed, err := p.with(s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.WhatIf, err)
		}
		quiet := *a
		quiet.stderr = io.Discard // what nobody can cover was said of the plan
		if err := changed.solve(&quiet, c, limit); err != nil {
			return nil, fmt.Errorf("%s: scenario %q: %w", c.WhatIf, s.Name, err)
		}
		answers = append(answers, changed.compared(s.Name))
	}
	return answers, nil
}

// compared is what a solved plan is worth.
func (p *plan) compared(name string) compared {
	r := compared{
		Scenario: name, Operators: len(p.team.Operators), Missing: missingHours(p.verdict.Coverage), Covered: p.verdict.Coverage.Share(),
		Cost: p.result.Score.Soft / roster.Whole,
	}
	for _, q := range p.verdict.Coverage.Queues {
		for _, n := range q.Required {
			r.Required += float64(n) * p.horizon.Step.Hours()
		}
	}
	for _, one := range p.result.Assignments {
		r.Hours += one.Shift.Duration().Hours()
	}
	if share, known := p.result.Above(); known {
		r.Above = &share
	}
	chats, inTime := 0.0, 0.0
	for i, passed := range p.passed {
		for t, one := range passed {
			mean := p.forecasts[p.verdict.Coverage.Queues[i].Queue].Mean[t]
			chats, inTime = chats+mean, inTime+mean*one.ServiceLevel
		}
	}
	if chats > 0 {
		level := inTime / chats
		r.Expected = &level
	}
	return r
}

// printCompared is a table for people.
func printCompared(w io.Writer, all []compared) {
	fmt.Fprintf(w, "\n%-28s %9s %9s %9s %9s %9s %9s %9s\n", "what if", "operators", "required", "on duty", "missing", "covered", "in time", "above")
	share := func(s *float64) string {
		if s == nil {
			return "-"
		}
		return fmt.Sprintf("%.1f %%", 100**s)
	}
	for _, r := range all {
		name := r.Scenario
		if runes := []rune(name); len(runes) > 28 {
			name = string(runes[:27]) + "…"
		}
		fmt.Fprintf(w, "%-28s %9d %7.0f h %7.0f h %7.1f h %9s %9s %9s\n", name, r.Operators, r.Required, r.Hours, r.Missing, share(&r.Covered), share(r.Expected), share(r.Above))
	}
	fmt.Fprintln(w, strings.TrimSpace(`
in time: what share of chats to expect within their queue's service level; above: at most so far from the best possible roster`))
}

// writeCompared keeps the answers beside the plan.
func writeCompared(folder string, all []compared) error {
	data, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, whatIfFile), append(data, '\n'), 0o644)
}

const whatIfFile = "what-if.json"
