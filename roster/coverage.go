package roster

import (
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Coverage is rostered against required, per queue and interval.
type Coverage struct {
	Grid   calendars.Grid  `json:"-"`
	Queues []QueueCoverage `json:"queues" nullable:"false"`
	cost   int64           // hundredths of weighted operator-minutes
	costs  []int64         // of each interval
}

// QueueCoverage is the coverage of one queue. Each row has one value per
// interval, in operators.
type QueueCoverage struct {
	Queue    string `json:"queue"`
	Required []int  `json:"required" nullable:"false"`
	// Rostered holds the operators whom the best distribution gives to the
	// queue, and those left over who can serve it where it requires most.
	Rostered []float64 `json:"rostered" nullable:"false"`
	// Missing is what the best distribution leaves unmet.
	Missing []float64 `json:"missing" nullable:"false"`
}

// Cover distributes the operators present over the queues in every interval:
// first as many as possible of the dearest operators of all requirements (the
// first halves, without parts), then as many as possible of the next.
func Cover(p Problem, assignments []Assignment) Coverage {
	crew := newCrew(p)
	for _, a := range slices.Concat(p.Carried, assignments) {
		crew.put(a, 1)
	}
	c := emptyCoverage(p)
	for t := range p.Demand.Grid.N {
		c.distribute(t, crew)
	}
	return c
}

// emptyCoverage is a coverage in which nobody is distributed yet.
func emptyCoverage(p Problem) Coverage {
	n := p.Demand.Grid.N
	c := Coverage{Grid: p.Demand.Grid, costs: make([]int64, n)}
	for _, q := range p.Demand.Queues {
		c.Queues = append(c.Queues, QueueCoverage{Queue: q.Queue, Required: q.Required, Rostered: make([]float64, n), Missing: make([]float64, n)})
	}
	return c
}

// clone is a coverage that later changes do not touch.
func (c Coverage) clone() Coverage {
	c.Queues, c.costs = slices.Clone(c.Queues), slices.Clone(c.costs)
	for q := range c.Queues {
		c.Queues[q].Rostered, c.Queues[q].Missing = slices.Clone(c.Queues[q].Rostered), slices.Clone(c.Queues[q].Missing)
	}
	return c
}

// distribute finds the best distribution of interval t.
func (c *Coverage) distribute(t int, crew *crew) {
	flow, whole, missing := crew.serve(t)
	met := sum(flow.met)
	for q := range c.Queues {
		c.Queues[q].Missing[t] = float64(whole[q]-flow.met[q]) / Whole
	}
	flow.spread(whole)
	for q := range c.Queues {
		c.Queues[q].Rostered[t] = float64(flow.met[q]) / Whole
	}
	c.cost -= c.costs[t]
	c.costs[t] = int64(c.Grid.Step/time.Minute) * (missing + OverstaffingWeight*(crew.present(t)-met))
	c.cost += c.costs[t]
}

func sum(all []int64) (total int64) {
	for _, one := range all {
		total += one
	}
	return total
}

// Cost is what missing and idle operators add to the soft score.
func (c Coverage) Cost() int64 { return c.cost }

// Share returns covered over required operator-intervals, 1 if nothing is required.
func (c Coverage) Share() float64 {
	required, missing := 0, 0.0
	for _, q := range c.Queues {
		for t := range q.Required {
			required += q.Required[t]
			missing += q.Missing[t]
		}
	}
	if required == 0 {
		return 1
	}
	return 1 - missing/float64(required)
}
