package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

type nrpCommand struct {
	Instance string  `arg:"" help:"Instance file, plain or gzipped." type:"existingfile"`
	Seconds  float64 `default:"10" help:"How long to search."`
	Seed     uint64  `default:"1" help:"The same seed gives the same chance."`
	Cores    int     `default:"2" help:"How many cores to use."`
	Out      string  `help:"Where to write the roster: a line for each employee."`
}

// Run solves one instance.
func (c *nrpCommand) Run() error {
	instance, err := readNRP(c.Instance)
	if err != nil {
		return err
	}
	result, err := instance.solve(c)
	if err != nil {
		return err
	}
	if c.Out != "" {
		return os.WriteFile(c.Out, []byte(instance.format(result.Assignments)), 0o644)
	}
	return nil
}

func (n *nrpInstance) solve(c *nrpCommand) (solve.Result, error) {
	begin := time.Now()
	limit := time.Duration(c.Seconds * float64(time.Second))
	result, err := solve.Solve(context.Background(), n.problem, nil, solve.Options{
		Seed: c.Seed, Limit: limit, Now: time.Now, Cores: c.Cores,
		Progress: func(p solve.Progress) {
			if os.Getenv("V") != "" {
				fmt.Printf("%8.2fs best %d bound %d\n", time.Since(begin).Seconds(), p.Cost/roster.Whole, (p.Bound+99)/roster.Whole)
			}
		},
	})
	if err != nil {
		return result, err
	}
	fmt.Printf("%s %.1fs best %d hard %d bound %d iterations %d\n", c.Instance, time.Since(begin).Seconds(), result.Score.Soft/roster.Whole, result.Score.Hard, (result.Bound+99)/roster.Whole, result.Iterations)
	return result, nil
}

// format writes a roster as the checkers of these instances read it.
func (n *nrpInstance) format(all []roster.Assignment) string {
	cells := map[roster.ID][]string{}
	for _, a := range all {
		if cells[a.Operator] == nil {
			cells[a.Operator] = make([]string, n.days)
		}
		cells[a.Operator][int(a.Shift.Start.Sub(n.problem.Demand.Grid.Start)/(24*time.Hour))] = a.Template
	}
	var text strings.Builder
	for _, o := range n.problem.Team.Operators {
		row := cells[o.ID]
		if row == nil {
			row = make([]string, n.days)
		}
		fmt.Fprintf(&text, "%s\t%s\n", o.Name, strings.Join(row, ","))
	}
	return text.String()
}
