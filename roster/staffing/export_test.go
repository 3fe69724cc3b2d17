package staffing

import (
	"math/rand/v2"

	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// HoldsOnDays is the share of the days drawn on which a crew from one interval
// to another has its service level.
func HoldsOnDays(q roster.Queue, f forecast.Forecast, operators []int, from, to int) float64 {
	d := &days{queue: q, grid: f.Grid, levels: map[[2]int]float64{}, drawn: f.Sample(rand.New(rand.NewPCG(scenarioSeed, 0)), scenarios)}
	return d.share(operators, from, to)
}

// How a requirement is weighed.
var (
	Hull  = hull
	Weigh = weigh
)
