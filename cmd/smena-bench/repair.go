package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// repairCommand lets people of a made-up team fall ill, and mends the roster.
type repairCommand struct {
	teamCommand `embed:""`
	Cases       int `default:"200" help:"How many sick calls."`
	Resolves    int `default:"10" help:"How many of them to hold against solving all again."`
}

// mended is how one sick call went.
type mended struct {
	took    time.Duration
	touched int
	covered float64 // share of the demand
}

// Run solves the team once, and repairs it again and again.
func (c *repairCommand) Run() error {
	p, err := c.problem()
	if err != nil {
		return err
	}
	result, _, err := c.solve(p, c.Seed)
	if err != nil {
		return err
	}
	fmt.Printf("%d operators, %d days: %.3f %% covered after %.0f s\n", c.Operators, c.Days, 100*roster.Cover(p, result.Assignments).Share(), c.Seconds)
	chance := rand.New(rand.NewPCG(c.Seed, 0x73696b)) // "sik"
	var all []mended
	worst := 0.0
	for n := range c.Cases {
		ill := sick(p, result.Assignments[chance.IntN(len(result.Assignments))], 1+chance.IntN(3))
		begin := time.Now()
		repairs, err := solve.Repairs(context.Background(), ill, result.Assignments, solve.Options{Cores: c.cores()})
		if err != nil {
			return err
		}
		best := repairs[0]
		one := mended{time.Since(begin), len(best.Touched), roster.Cover(ill, best.Assignments).Share()}
		if best.Score.Hard > 0 {
			return fmt.Errorf("sick call %d: the repair breaks hard rules by %d", n, best.Score.Hard)
		}
		all = append(all, one)
		if n < c.Resolves {
			again, _, err := c.solve(ill, c.Seed)
			if err != nil {
				return err
			}
			worst = max(worst, roster.Cover(ill, again.Assignments).Share()-one.covered)
		}
	}
	c.print(all, worst)
	return nil
}

// sick is the problem with an operator off from an assignment's day on.
func sick(p roster.Problem, a roster.Assignment, days int) roster.Problem {
	p.Team.Operators = slices.Clone(p.Team.Operators)
	o := &p.Team.Operators[slices.IndexFunc(p.Team.Operators, func(o roster.Operator) bool { return o.ID == a.Operator })]
	day := calendars.DayOf(a.Shift.Start, o.Zone)
	o.TimeOff = append(slices.Clone(o.TimeOff), roster.TimeOff{First: day, Last: day.AddDays(days - 1)})
	return p
}

// print shows what a manager would feel.
func (c *repairCommand) print(all []mended, worst float64) {
	slices.SortFunc(all, func(a, b mended) int { return int(a.took - b.took) })
	at := func(share float64) float64 { return all[min(len(all)-1, int(share*float64(len(all))))].took.Seconds() }
	few := 0
	for _, one := range all {
		if one.touched <= 2 {
			few++
		}
	}
	fmt.Printf("%d sick calls of 1 to 3 days: median %.2f s, p95 %.2f s; at most 2 others touched in %.1f %%\n", len(all), at(0.5), at(0.95), 100*float64(few)/float64(len(all)))
	if c.Resolves > 0 {
		fmt.Printf("coverage at most %.3f percentage points below solving all again for %.0f s (%d of them)\n", 100*worst, c.Seconds, min(c.Resolves, len(all)))
	}
}
