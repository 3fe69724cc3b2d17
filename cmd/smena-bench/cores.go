package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"time"
)

// coresCommand compares two cores with one.
type coresCommand struct {
	Dir     string  `arg:"" help:"Folder with files such as Instance7.txt." type:"existingdir"`
	Seconds float64 `default:"60" help:"How long to search, each time."`
	Times   float64 `default:"1.5" help:"How many times less time two cores have in a third search."`
	Seed    uint64  `default:"1" help:"The same seed gives the same chance."`
	Only    []int   `help:"Only these instances."`
}

// Run solves every instance with one core, with two, and with two in less time, one
// after the other. A cooling ends with the time that it is given, so what two cores come
// to in less of it says how much faster they are, more than when they pass what one came to.
func (c *coresCommand) Run() error {
	if !(c.Times > 0) {
		return fmt.Errorf("--times %g: expected a number above 0 such as 1.5", c.Times)
	}
	paths, err := instancesIn(c.Dir, c.Only)
	if err != nil {
		return err
	}
	fmt.Printf("%-16s %10s %10s %14s %22s\n", "instance", "one core", "two", fmt.Sprintf("two, %g s", c.less()), "two are as good after")
	var full, less duel
	var ratios []float64
	for _, path := range paths {
		one, two, soon, err := c.race(path)
		if err != nil {
			return err
		}
		full.add(one.end().best, two.end().best)
		less.add(one.end().best, soon.end().best)
		when := "not"
		if after, reached := two.reaches(one.end().best); reached {
			before, _ := one.reaches(one.end().best)
			ratios = append(ratios, before.Seconds()/max(after.Seconds(), 0.01))
			when = fmt.Sprintf("%.1f s of %.1f", after.Seconds(), before.Seconds())
		}
		fmt.Printf("%-16s %10d %10d %14d %22s\n", filepath.Base(path), points(one.end().best), points(two.end().best), points(soon.end().best), when)
	}
	fmt.Printf("two cores for %g s: %s\n", c.Seconds, full)
	fmt.Printf("two cores for %g s: %s\n", c.less(), less)
	if slices.Sort(ratios); len(ratios) > 0 {
		fmt.Printf("two cores pass what one came to %.2f times sooner in the middle of %d\n", ratios[len(ratios)/2], len(ratios))
	}
	return nil
}

// less is how many seconds the third search has.
func (c *coresCommand) less() float64 { return math.Round(100*c.Seconds/c.Times) / 100 }

// race searches an instance three times.
func (c *coresCommand) race(path string) (one, two, soon course, err error) {
	instance, err := readNRP(path)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, lap := range []struct {
		to *course
		by searching
	}{{&one, searching{c.Seconds, 1}}, {&two, searching{c.Seconds, 2}}, {&soon, searching{c.less(), 2}}} {
		if _, *lap.to, err = lap.by.solve(instance.problem, c.Seed); err != nil {
			return nil, nil, nil, err
		}
	}
	return one, two, soon, nil
}

// duel counts how often two cores came to less than one.
type duel struct {
	better, worse, equal int
	change               float64 // sum of what two came to over what one did, less one
}

// add notes what one core and two came to.
func (d *duel) add(one, two int64) {
	switch {
	case two < one:
		d.better++
	case two > one:
		d.worse++
	default:
		d.equal++
	}
	d.change += float64(two)/float64(max(1, one)) - 1
}

// String says how often, by what chance, and how much less on average.
func (d duel) String() string {
	return fmt.Sprintf("better than one on %d, worse on %d, equal on %d; as one-sided or more by chance: %.3f (sign test); cost %+.2f %% on average",
		d.better, d.worse, d.equal, signTest(d.better, d.worse), 100*d.change/float64(max(1, d.better+d.worse+d.equal)))
}

// end is the last moment.
func (c course) end() moment { return c[len(c)-1] }

// reaches says after how long the best was no worse.
func (c course) reaches(best int64) (after time.Duration, reached bool) {
	for _, m := range c {
		if m.best <= best {
			return m.after, true
		}
	}
	return 0, false
}

// signTest is the chance that of so many fair coins so many or more fall on one
// side, whichever it is (two-sided; ties are left out).
func signTest(a, b int) float64 {
	n, most := a+b, max(a, b)
	tail, choose := 0.0, 1.0
	for k := 0; k <= n; k++ {
		if k > 0 {
			choose *= float64(n-k+1) / float64(k)
		}
		if k >= most {
			tail += choose
		}
	}
	return min(1, 2*tail/math.Pow(2, float64(n)))
}
