package roster

import (
	"cmp"
	"slices"
)

// Part is those operators of a requirement who are worth the same.
type Part struct {
	Weight int64 `json:"weight" minimum:"1" doc:"What a minute costs in which one of them is missing, in weighted operator-minutes."`
	// Operators has one number per interval of the horizon.
	Operators []int `json:"operators" nullable:"false" doc:"Of each interval's requirement."`
}

// upTo is how many operators of interval t are worth the weight or more. The
// dearest parts come first: where less is required than all parts hold, the
// cheap ones are cut, and where more is, the rest is worth the last weight.
// Without parts, half of a requirement is worth more than the rest.
func (q *QueueDemand) upTo(weight int64, t int) int {
	required := q.Required[t]
	if len(q.Parts) == 0 {
		switch {
		case weight > UnderstaffingWeight+CoreWeight:
			return 0
		case weight > UnderstaffingWeight:
			return (required + 1) / 2
		}
		return required
	}
	if weight <= q.Parts[len(q.Parts)-1].Weight {
		return required
	}
	n := 0
	for _, p := range q.Parts {
		if p.Weight < weight {
			break
		}
		n += p.Operators[t]
	}
	return min(n, required)
}

// weights are the distinct ones of all queues, falling.
func (d Demand) weights() (all []int64) {
	for _, q := range d.Queues {
		if len(q.Parts) == 0 {
			all = append(all, UnderstaffingWeight+CoreWeight, UnderstaffingWeight)
		}
		for _, p := range q.Parts {
			all = append(all, p.Weight)
		}
	}
	slices.SortFunc(all, func(a, b int64) int { return cmp.Compare(b, a) })
	return slices.Compact(all)
}

// wanted is how many units each queue wants in interval t whose operators are
// worth the weight or more. It is good until it is asked for again.
func (c *crew) wanted(t int, weight int64) []int64 {
	for q := range c.want {
		c.want[q] = Whole * int64(c.demand[q].upTo(weight, t))
	}
	return c.want
}

// serve distributes those present in interval t, who are to be most where they
// are worth most: as many as possible of the dearest operators of all
// requirements, then of the next, and so on. A best distribution of the dear
// ones is part of a best one of all (the flows form a polymatroid). It returns
// also what the queues want in all, and what is missing of it, by weight.
func (c *crew) serve(t int) (f *flow, whole []int64, missing int64) {
	f, whole = c.flow(t), c.want
	for i, weight := range c.weights {
		whole = c.wanted(t, weight) // in the end, as nothing is worth less
		f.fill(whole)
		if i+1 < len(c.weights) {
			weight -= c.weights[i+1]
		}
		missing += weight * (sum(whole) - sum(f.met))
	}
	return f, whole, missing
}
