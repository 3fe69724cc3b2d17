package staffing

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

const (
	scenarios    = 200 // drawn from the forecast
	scenarioSeed = 1
)

// days plans a queue so that the service level of whole days holds on a share
// of the days drawn from the forecast.
type days struct {
	queue  roster.Queue
	grid   calendars.Grid
	drawn  [][]float64 // arrivals by scenario and interval
	floor  []int       // for all other targets, at the mean
	levels map[[2]int]float64
}

// forDays returns the fewest operators such that, of the days drawn, the share
// that the queue plans for has its service level, each day in the queue's zone
// by itself. All intervals of a day start from one quantile of the forecast, the
// least that suffices, and then lose operators one by one where that costs
// least, for as long as it holds: no single one can be spared at the end. All
// other targets hold at the mean.
func forDays(q roster.Queue, f forecast.Forecast) ([]int, error) {
	d := &days{queue: q, grid: f.Grid, levels: map[[2]int]float64{}, drawn: f.Sample(rand.New(rand.NewPCG(scenarioSeed, 0)), scenarios)}
	rest := q
	rest.ServiceLevel.Share = math.SmallestNonzeroFloat64
	var err error
	if d.floor, err = forArrivals(rest, f.Grid, f.Mean); err != nil {
		return nil, err
	}
	ladder, err := NewLadder(SystemOf(q, 0, f.Grid.Step), TargetOf(q))
	if err != nil {
		return nil, err
	}
	byLevel := [][]int{}
	for _, p := range f.Levels {
		operators, err := climb(ladder, q, f.Grid, f.Quantile(p))
		if err != nil {
			return nil, err
		}
		byLevel = append(byLevel, operators)
	}
	if len(byLevel) == 0 {
		return climb(ladder, q, f.Grid, f.Mean)
	}
	operators := make([]int, f.Grid.N)
	for from := 0; from < f.Grid.N; {
		to := from + 1
		for today := calendars.DayOf(f.Grid.At(from), q.Zone); to < f.Grid.N && calendars.DayOf(f.Grid.At(to), q.Zone) == today; {
			to++
		}
		d.plan(byLevel, from, to, operators)
		from = to
	}
	return operators, nil
}

// plan sets the operators of one day, the intervals from one to another.
func (d *days) plan(byLevel [][]int, from, to int, operators []int) {
	for _, row := range byLevel { // the highest level stays if none suffices
		for i := from; i < to; i++ {
			operators[i] = max(row[i], d.least(i))
		}
		if d.holds(operators, from, to) {
			break
		}
	}
	order := make([]int, 0, to-from)
	for i := from; i < to; i++ {
		order = append(order, i)
	}
	for spared := true; spared; {
		spared = false
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(d.cost(operators, a), d.cost(operators, b)) })
		for _, i := range order {
			if operators[i] <= d.least(i) {
				continue
			}
			if operators[i]--; d.holds(operators, from, to) {
				spared = true
				break
			}
			operators[i]++
		}
	}
}

// least is the fewest operators of an interval: one, if anybody is to be
// answered at all.
func (d *days) least(i int) int {
	if !d.queue.Open(d.grid.At(i)) {
		return 0
	}
	return max(1, d.floor[i], d.queue.LeastAt(d.grid.At(i)))
}

// cost is how many more chats would be late without one operator.
func (d *days) cost(operators []int, i int) float64 {
	if operators[i] == 0 {
		return math.Inf(1)
	}
	cost := 0.0
	for _, drawn := range d.drawn {
		cost += drawn[i] * (d.level(operators[i], drawn[i]) - d.level(operators[i]-1, drawn[i]))
	}
	return cost
}

// holds says whether enough of the days drawn have their service level.
func (d *days) holds(operators []int, from, to int) bool {
	return d.share(operators, from, to) >= d.queue.PlanDays
}

// share is the share of the days drawn that have it.
func (d *days) share(operators []int, from, to int) float64 {
	held := 0
	for _, drawn := range d.drawn {
		arrivals, inTime := 0.0, 0.0
		for i := from; i < to; i++ {
			if d.queue.Open(d.grid.At(i)) {
				arrivals += drawn[i]
				inTime += drawn[i] * d.level(operators[i], drawn[i])
			}
		}
		if inTime >= d.queue.ServiceLevel.Share*arrivals {
			held++
		}
	}
	return float64(held) / float64(len(d.drawn))
}

// level is the service level of so many operators and arrivals, which are
// whole numbers: each pair is computed once, by the closed form of a spread,
// which is far closer than what is drawn.
func (d *days) level(operators int, arrivals float64) float64 {
	key := [2]int{operators, int(arrivals)}
	level, known := d.levels[key]
	if !known {
		s := SystemOf(d.queue, arrivals, d.grid.Step).with(operators)
		if m, err := s.measure(d.queue.ServiceLevel.Within.Duration, closed); err == nil {
			level = m.ServiceLevel
		}
		d.levels[key] = level
	}
	return level
}
