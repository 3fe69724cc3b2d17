package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/smena-wfm/smena/roster/flex"
)

type matspCommand struct {
	Instance  string `arg:"" help:"Instance file, plain or gzipped." type:"existingfile"`
	Seed      uint64 `default:"1" help:"The same seed gives the same chance."`
	Out       string `help:"Where to write the roster: a line for each person."`
	searching `embed:""`
}

// Run solves one instance.
func (c *matspCommand) Run() error {
	m, err := readMATSP(c.Instance)
	if err != nil {
		return err
	}
	result, course, err := c.flex(m.problem, c.Seed)
	if err != nil {
		return err
	}
	fmt.Printf("%10s %10s %10s\n", "seconds", "penalty", "bound")
	for _, look := range looks {
		if at, found := course.at(look); found && look < c.Seconds {
			fmt.Printf("%10.0f %10d %10d\n", look, at.best, at.bound)
		}
	}
	fmt.Printf("%10.1f %10d %10d\n", c.Seconds, result.Penalty, result.Bound)
	if result.Missing > 0 {
		return fmt.Errorf("%d heads are missing: the roster does not cover the need", result.Missing)
	}
	if c.Out != "" {
		return os.WriteFile(c.Out, []byte(m.format(result.Roster)), 0o644)
	}
	return nil
}

// flex searches, notes how the best came down, and judges it.
func (s searching) flex(p flex.Problem, seed uint64) (flex.Result, course, error) {
	begin := time.Now()
	var c course
	result, err := flex.Solve(context.Background(), p, flex.Options{
		Seed: seed, Limit: time.Duration(s.Seconds * float64(time.Second)), Now: time.Now, Cores: s.cores(),
		Progress: func(penalty int) { c = append(c, moment{time.Since(begin), int64(penalty), int64(flex.Bound(p))}) },
	})
	if err != nil {
		return result, c, err
	}
	result, err = flex.Judge(p, result.Roster)
	return result, c, err
}

type matspSuiteCommand struct {
	Dir       string `arg:"" help:"Folder with files such as 47_7_100_5.txt.gz." type:"existingdir"`
	Seed      uint64 `default:"1" help:"The same seed gives the same chance."`
	Only      []int  `help:"Only these instances."`
	Out       string `help:"Folder to write rosters to, one for each instance."`
	searching `embed:""`
}

// Run solves all instances of a folder.
func (c *matspSuiteCommand) Run() error {
	paths, err := filepath.Glob(filepath.Join(c.Dir, "*_*_*_*.txt*"))
	if err != nil {
		return err
	}
	number := func(path string) int {
		text, _, _ := strings.Cut(filepath.Base(path), "_")
		n, _ := strconv.Atoi(text)
		return n
	}
	slices.SortFunc(paths, func(a, b string) int { return number(a) - number(b) })
	fmt.Printf("%-20s %8s %8s %8s %8s %9s\n", "instance", "missing", "penalty", "bound", "above", "first, s")
	uncovered := 0
	for _, path := range paths {
		if len(c.Only) > 0 && !slices.Contains(c.Only, number(path)) {
			continue
		}
		missing, err := c.solveOne(path)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		if missing > 0 {
			uncovered++
		}
	}
	if uncovered > 0 {
		return fmt.Errorf("%d instances are not covered", uncovered)
	}
	return nil
}

// solveOne prints the line of one instance and returns how many heads are missing.
func (c *matspSuiteCommand) solveOne(path string) (int, error) {
	m, err := readMATSP(path)
	if err != nil {
		return 0, err
	}
	result, course, err := c.flex(m.problem, c.Seed)
	if err != nil {
		return 0, err
	}
	name, _, _ := strings.Cut(filepath.Base(path), ".")
	first := "none"
	if len(course) > 0 {
		first = fmt.Sprintf("%.2f", course[0].after.Seconds())
	}
	fmt.Printf("%-20s %8d %8d %8d %8d %9s\n", name, result.Missing, result.Penalty, result.Bound, result.Penalty-result.Bound, first)
	if c.Out == "" {
		return result.Missing, nil
	}
	return result.Missing, os.WriteFile(filepath.Join(c.Out, name+".txt"), []byte(m.format(result.Roster)), 0o644)
}
