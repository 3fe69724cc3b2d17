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
	Seed    uint64  `default:"1" help:"The same seed gives the same chance."`
	Only    []int   `help:"Only these instances."`
}

// Run solves every instance with one core and with two, one after the other.
func (c *coresCommand) Run() error {
	paths, err := instancesIn(c.Dir, c.Only)
	if err != nil {
		return err
	}
	fmt.Printf("%-16s %10s %10s %22s\n", "instance", "one core", "two", "two are as good after")
	better, worse, ratios := 0, 0, []float64(nil)
	for _, path := range paths {
		instance, err := readNRP(path)
		if err != nil {
			return err
		}
		var courses [2]course
		for i := range courses {
			if _, courses[i], err = (searching{Seconds: c.Seconds, Cores: i + 1}).solve(instance.problem, c.Seed); err != nil {
				return err
			}
		}
		one, two := courses[0].end(), courses[1].end()
		switch {
		case two.best < one.best:
			better++
		case two.best > one.best:
			worse++
		}
		when := "not"
		if after, reached := courses[1].reaches(one.best); reached {
			before, _ := courses[0].reaches(one.best)
			ratios = append(ratios, before.Seconds()/max(after.Seconds(), 0.01))
			when = fmt.Sprintf("%.1f s of %.1f", after.Seconds(), before.Seconds())
		}
		fmt.Printf("%-16s %10d %10d %22s\n", filepath.Base(path), points(one.best), points(two.best), when)
	}
	fmt.Printf("two cores are better on %d, worse on %d, equal on %d; that or more one-sided by chance: %.3f (sign test)\n",
		better, worse, len(paths)-better-worse, signTest(better, worse))
	if slices.Sort(ratios); len(ratios) > 0 {
		fmt.Printf("time to the best of one core: %.2f times faster in the middle of %d\n", ratios[len(ratios)/2], len(ratios))
	}
	return nil
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
