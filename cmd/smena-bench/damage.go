package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"text/tabwriter"

	"github.com/smena-wfm/smena/forecast"
)

// damages are what happens to histories (README 3.3 of the data): each returns
// what becomes of the arrivals of an interval so many hours before the end.
var damages = []struct {
	title  string
	became func(hours int, arrivals float64, chance *rand.Rand) (float64, bool)
}{
	{"5 % of hours lost", func(_ int, x float64, chance *rand.Rand) (float64, bool) { return x, chance.Float64() >= 0.05 }},
	{"a day ten times", func(hours int, x float64, _ *rand.Rand) (float64, bool) {
		if hours > 27*24 && hours <= 28*24 {
			return 10 * x, true
		}
		return x, true
	}},
	{"six hours of nothing", func(hours int, x float64, _ *rand.Rand) (float64, bool) {
		if hours > 81 && hours <= 87 { // from 09:00 of the fourth day before
			return 0, true
		}
		return x, true
	}},
}

// damage prints what damaged histories cost.
func damage(volumes []volume, weeks int) error {
	fmt.Printf("\nWith a damaged history: WAPE at one week over that with the history as it is.\n\n")
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "series\t")
	for _, d := range damages {
		fmt.Fprintf(t, "%s\t", d.title)
	}
	fmt.Fprintln(t)
	for _, v := range volumes {
		fmt.Fprintf(t, "%s\t", v.name)
		_, whole, _, err := roll(v, forecast.Blend(v.outlook), weeks, 7, all)
		if err != nil {
			return err
		}
		for _, d := range damages {
			harm := func(s forecast.Series) forecast.Series {
				chance := rand.New(rand.NewPCG(1, 1))
				out := forecast.NewSeries(s.Grid, s.Zone)
				for i := range s.Grid.N {
					x, known := s.At(i)
					if x, kept := d.became(s.Grid.N-i, x, chance); known && kept {
						if err := out.Set(i, x); err != nil {
							panic("smena-bench: " + err.Error()) // a multiple of what was in a series
						}
					}
				}
				return out
			}
			_, harmed, _, err := roll(v, forecast.Blend(v.outlook), weeks, 7, harm)
			if err != nil {
				return err
			}
			fmt.Fprintf(t, "%.3f\t", harmed.wape()/whole.wape())
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}
