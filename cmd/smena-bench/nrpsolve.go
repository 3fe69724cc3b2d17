package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// searching are the flags of commands that solve.
type searching struct {
	Seconds float64 `default:"10" help:"How long to search."`
	Cores   int     `default:"0" help:"How many cores to use; all of the machine if 0."`
}

// cores is how many to use.
func (s searching) cores() int {
	if s.Cores == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return s.Cores
}

// solve searches and notes how the best and the bound came down and up.
func (s searching) solve(p roster.Problem, seed uint64) (solve.Result, course, error) {
	begin := time.Now()
	var c course
	result, err := solve.Solve(context.Background(), p, nil, solve.Options{
		Seed: seed, Limit: time.Duration(s.Seconds * float64(time.Second)), Now: time.Now, Cores: s.cores(),
		Progress: func(p solve.Progress) { c = append(c, moment{time.Since(begin), p.Cost, p.Bound}) },
	})
	c = append(c, moment{time.Since(begin), result.Score.Soft, result.Bound})
	return result, c, err
}

// moment is how far a search had come.
type moment struct {
	after       time.Duration
	best, bound int64
}

// course is a search from its first roster on.
type course []moment

// looks are the seconds after which a search is looked at.
var looks = []float64{1, 4, 10, 30, 60, 120, 300, 600, 1200}

// at is what was best after so many seconds; nothing if there was no roster.
func (c course) at(seconds float64) (m moment, found bool) {
	for _, one := range c {
		if one.after.Seconds() <= seconds {
			m, found = one, true
		}
	}
	return m, found
}

// gap is how much the best is above the bound, as a share of the bound.
func gap(best, bound float64) string {
	if bound <= 0 {
		return "unknown"
	}
	return fmt.Sprintf("%.2f %%", 100*(best/bound-1))
}

type nrpCommand struct {
	Instance  string `arg:"" help:"Instance file, plain or gzipped." type:"existingfile"`
	Seed      uint64 `default:"1" help:"The same seed gives the same chance."`
	Out       string `help:"Where to write the roster: a line for each employee."`
	SVG       string `name:"svg" help:"Where to draw best and bound over time."`
	MPS       string `name:"mps" help:"Where to write the problem first as a mixed-integer program, for another solver."`
	searching `embed:""`
}

// Run solves one instance.
func (c *nrpCommand) Run() error {
	instance, err := readNRP(c.Instance)
	if err != nil {
		return err
	}
	if err := writeMPS(c.MPS, instance.problem); err != nil {
		return err
	}
	result, course, err := c.solve(instance.problem, c.Seed)
	if err != nil {
		return err
	}
	fmt.Printf("%10s %10s %10s\n", "seconds", "best", "bound")
	for _, look := range looks {
		if m, found := course.at(look); found && look < c.Seconds {
			fmt.Printf("%10.0f %10d %10d\n", look, points(m.best), points(m.bound))
		}
	}
	end := course[len(course)-1]
	fmt.Printf("%10.1f %10d %10d\n", end.after.Seconds(), points(end.best), points(end.bound))
	fmt.Printf("gap to the bound: %s\n", gap(float64(end.best), float64(end.bound)))
	if result.Score.Hard > 0 {
		return fmt.Errorf("the roster breaks hard rules by %d", result.Score.Hard)
	}
	if c.SVG != "" {
		if err := os.WriteFile(c.SVG, []byte(course.draw(filepath.Base(c.Instance))), 0o644); err != nil {
			return err
		}
	}
	if c.Out != "" {
		return os.WriteFile(c.Out, []byte(instance.format(result.Assignments)), 0o644)
	}
	return nil
}

// points are the penalty of the instances, rounded up.
func points(soft int64) int64 {
	if soft < 0 {
		return soft / roster.Whole
	}
	return (soft + roster.Whole - 1) / roster.Whole
}

type nrpSuiteCommand struct {
	Dir       string `arg:"" help:"Folder with files such as Instance7.txt." type:"existingdir"`
	Seeds     int    `default:"3" help:"How many searches of each, with seeds from 1 on; the median counts."`
	Only      []int  `help:"Only these instances."`
	Out       string `help:"Folder to write rosters to, one for each instance and seed."`
	searching `embed:""`
}

// bestKnown are the best known penalties by instance, of the benchmark's table
// as of 2026-09 (schedulingbenchmarks.org, nrp); all but the last are proven.
var bestKnown = [...]int64{0, 607, 828, 1001, 1716, 1143, 1950, 1056, 1300, 439, 4631, 3443, 4040, 1348, 1278, 3828, 3225, 5746, 4459, 3149, 4769, 21133, 30241, 17285, 40439}

// Run solves all instances of a folder.
func (c *nrpSuiteCommand) Run() error {
	paths, err := instancesIn(c.Dir, c.Only)
	if err != nil {
		return err
	}
	fmt.Printf("%8s %10s %10s %8s %10s %9s %10s  %s\n", "instance", "median", "best known", "gap", "bound", "below", "first, s", "each")
	sum, n := 0.0, 0
	var failed error // the others are solved all the same
	for _, path := range paths {
		i := instanceNumber(path)
		above, err := c.solveOne(path, i)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", path, err))
			continue
		}
		sum, n = sum+above, n+1
	}
	fmt.Printf("mean gap %.2f %% of %d instances at %.0f s, %d seeds\n", sum/float64(max(1, n)), n, c.Seconds, c.Seeds)
	return failed
}

// instancesIn are the instances of a folder whose best known value is known, by
// number; only some, if any are named.
func instancesIn(dir string, only []int) ([]string, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "Instance*.txt*"))
	paths = slices.DeleteFunc(paths, func(path string) bool {
		i := instanceNumber(path)
		return i < 1 || i >= len(bestKnown) || len(only) > 0 && !slices.Contains(only, i)
	})
	slices.SortFunc(paths, func(a, b string) int { return instanceNumber(a) - instanceNumber(b) })
	return paths, err
}

// instanceNumber is 7 of Instance7.txt.
func instanceNumber(path string) int {
	name, _, _ := strings.Cut(strings.TrimPrefix(filepath.Base(path), "Instance"), ".")
	n, _ := strconv.Atoi(name)
	return n
}

// solveOne prints the line of one instance and returns its gap to the best
// known value, in percent.
func (c *nrpSuiteCommand) solveOne(path string, number int) (float64, error) {
	instance, err := readNRP(path)
	if err != nil {
		return 0, err
	}
	var found, bounds []int64
	var first []float64
	for seed := range uint64(c.Seeds) {
		result, course, err := c.solve(instance.problem, seed+1)
		if err != nil {
			return 0, err
		}
		if result.Score.Hard > 0 {
			return 0, fmt.Errorf("seed %d: the roster breaks hard rules by %d", seed+1, result.Score.Hard)
		}
		found, bounds, first = append(found, points(result.Score.Soft)), append(bounds, points(result.Bound)), append(first, course[0].after.Seconds())
		if c.Out != "" {
			name := filepath.Join(c.Out, fmt.Sprintf("%d-%d.txt", number, seed+1))
			if err := os.WriteFile(name, []byte(instance.format(result.Assignments)), 0o644); err != nil {
				return 0, err
			}
		}
	}
	each := fmt.Sprint(found)
	slices.Sort(found)
	slices.Sort(bounds)
	slices.Sort(first)
	middle := len(found) / 2
	known := bestKnown[number]
	above := 100 * (float64(found[middle])/float64(known) - 1)
	fmt.Printf("%8d %10d %10d %6.2f %% %10d %7.2f %% %10.2f  %s\n", number, found[middle], known, above, bounds[middle],
		100*(1-float64(bounds[middle])/float64(known)), first[middle], each)
	return above, nil
}

// format writes a roster as the checkers of these instances read it.
func (n *nrpInstance) format(all []roster.Assignment) string {
	cells := make([][]string, len(n.problem.Team.Operators))
	for i := range cells {
		cells[i] = make([]string, n.days)
	}
	for _, a := range all {
		d := int(a.Shift.Start.Sub(n.problem.Demand.Grid.Start) / (24 * time.Hour))
		cells[a.Operator-1][d] = a.Template
	}
	var text strings.Builder
	for i, o := range n.problem.Team.Operators {
		fmt.Fprintf(&text, "%s\t%s\n", o.Name, strings.Join(cells[i], ","))
	}
	return text.String()
}
