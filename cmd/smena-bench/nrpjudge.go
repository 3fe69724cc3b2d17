package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/smena-wfm/smena/roster"
)

type nrpJudgeCommand struct {
	Instance  string   `arg:"" help:"Instance file, plain or gzipped." type:"existingfile"`
	Solutions []string `arg:"" help:"Solutions: a line for each employee, ID, a tab, and one cell for each day." type:"existingfile"`
	Verbose   bool     `help:"Print every breach."`
}

// Run judges solutions by Smena's own rules.
func (c *nrpJudgeCommand) Run() error {
	instance, err := readNRP(c.Instance)
	if err != nil {
		return err
	}
	for _, path := range c.Solutions {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		assignments, err := instance.solution(string(data))
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		penalty, hard := instance.judge(assignments, c.Verbose)
		fmt.Printf("penalty: %d\nhard violations: %d\n", penalty, hard)
	}
	return nil
}

// judge returns the penalty, and how many hard rules are broken how often.
func (n *nrpInstance) judge(assignments []roster.Assignment, verbose bool) (penalty int64, hard int) {
	verdict := roster.Judge(n.problem, assignments)
	for _, b := range verdict.Breaches {
		if b.Hard {
			hard++
		}
		if verbose {
			fmt.Printf("%-5v %-20s %s\n", b.Hard, b.Rule, b.Sentence.English)
		}
	}
	return verdict.Score.Soft / roster.Whole, hard
}

// solution reads a row for each employee, in any order.
func (n *nrpInstance) solution(text string) (all []roster.Assignment, err error) {
	seen := map[string]bool{}
	for i, line := range strings.Split(strings.TrimPrefix(text, "\uFEFF"), "\n") {
		line = strings.TrimRight(line, "\r")
		name, cells, isRow := strings.Cut(line, "\t")
		name = strings.TrimSpace(name)
		id, known := n.employees[name]
		switch {
		case !known && (strings.TrimSpace(line) == "" || strings.HasPrefix(strings.TrimSpace(line), "#")):
			continue
		case !known || !isRow || seen[name]:
			return nil, fmt.Errorf("line %d: %q: expected each employee once, then a tab", i+1, name)
		}
		seen[name] = true
		row, err := n.row(id, strings.Split(cells, ","))
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		all = append(all, row...)
	}
	if len(seen) < len(n.employees) {
		return nil, errors.New("rows are missing: expected one for each employee")
	}
	return all, nil
}

// row reads one cell for each day.
func (n *nrpInstance) row(id roster.ID, cells []string) (all []roster.Assignment, err error) {
	if len(cells) != n.days {
		return nil, fmt.Errorf("%d cells: expected one for each of %d days", len(cells), n.days)
	}
	for d, cell := range cells {
		if cell = strings.TrimSpace(cell); cell == "" {
			continue
		}
		template, known := n.problem.Team.Template(cell)
		if !known {
			return nil, fmt.Errorf("day %d: no shift type %q", d, cell)
		}
		all = append(all, roster.Assignment{Operator: id, Template: cell, Shift: template.Shift(nrpMonday.AddDays(d), n.problem.Team.Zone)})
	}
	return all, nil
}
