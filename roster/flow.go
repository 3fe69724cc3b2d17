package roster

import (
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// crew is who is present when: hundredths of operators per kind and interval.
// Operators who can serve the same queues are one kind.
type crew struct {
	grid  calendars.Grid
	kinds []kind
	of    map[ID]int // kind of each operator who serves a queue
	share map[ID]int64
	// What is wanted of them, and its weights, falling.
	demand  []QueueDemand
	weights []int64
	// Room for the interval under way.
	want  []int64
	under flow
}

type kind struct {
	queues []int // that it can serve, positions in the demand
	units  []int64
}

func newCrew(p Problem) *crew {
	n := len(p.Demand.Queues)
	c := &crew{grid: p.Demand.Grid, of: map[ID]int{}, share: map[ID]int64{}, want: make([]int64, n)}
	c.demand, c.weights = p.Demand.Queues, p.Demand.weights()
	c.under = flow{met: make([]int64, n), seen: make([]bool, n)}
	for _, o := range p.Team.Operators {
		var queues []int
		for q := range p.Demand.Queues {
			if o.Has(p.Demand.Queues[q].Skill) {
				queues = append(queues, q)
			}
		}
		if len(queues) == 0 {
			continue
		}
		i := slices.IndexFunc(c.kinds, func(k kind) bool { return slices.Equal(k.queues, queues) })
		if i < 0 {
			i = len(c.kinds)
			c.kinds = append(c.kinds, kind{queues, make([]int64, c.grid.N)})
		}
		c.of[o.ID], c.share[o.ID] = i, Hundredths(o.Share)
	}
	return c
}

// put puts the operator on the intervals of the shift but for its placed breaks,
// or with sign -1 takes them off; an interval that it covers in part counts in
// part, rounded down.
func (c *crew) put(a Assignment, sign int64) {
	i, serves := c.of[a.Operator]
	if !serves {
		return
	}
	share, step := c.share[a.Operator], int64(c.grid.Step/time.Minute)
	from, to := c.grid.Range(a.Shift)
	at := span{minuteOf(c.grid.At(from)), minuteOf(c.grid.At(from)) + step}
	for t := from; t < to; t++ {
		c.kinds[i].units[t] += sign * (share * a.minutesIn(at) / step)
		at = span{at.to, at.to + step}
	}
}

// present is the hundredths of operators in interval t.
func (c *crew) present(t int) (units int64) {
	for _, k := range c.kinds {
		units += k.units[t]
	}
	return units
}

// flow is a distribution of one interval's kinds over queues.
type flow struct {
	kinds []kind
	spare []int64   // per kind, not distributed yet
	given [][]int64 // per kind and queue
	met   []int64   // per queue
	seen  []bool    // queues visited by the search under way
}

// flow starts the distribution of interval t. It is good until the next one starts.
func (c *crew) flow(t int) *flow {
	f, queues := &c.under, len(c.want)
	f.kinds, f.spare = c.kinds, f.spare[:0]
	clear(f.met)
	for k := range c.kinds {
		f.spare = append(f.spare, c.kinds[k].units[t])
		if k == len(f.given) {
			f.given = append(f.given, make([]int64, queues))
		}
		clear(f.given[k])
	}
	return f
}

// fill augments the distribution until it meets as much of what is wanted as
// it can. What a queue has been given it keeps, though perhaps from others:
// each augmenting path (Ford and Fulkerson 1956) ends in one queue more.
func (f *flow) fill(want []int64) {
	for q := range want {
		for f.met[q] < want[q] {
			clear(f.seen)
			units := f.bring(q, want[q]-f.met[q])
			if units == 0 {
				break
			}
			f.met[q] += units
		}
	}
}

// bring finds up to units for the queue, from kinds with units to spare or
// from queues that can be compensated by other kinds.
func (f *flow) bring(q int, units int64) int64 {
	f.seen[q] = true
	for k := range f.kinds {
		if f.spare[k] > 0 && slices.Contains(f.kinds[k].queues, q) {
			units = min(units, f.spare[k])
			f.spare[k] -= units
			f.given[k][q] += units
			return units
		}
	}
	for k := range f.kinds {
		if !slices.Contains(f.kinds[k].queues, q) {
			continue
		}
		for _, other := range f.kinds[k].queues {
			if f.given[k][other] == 0 || f.seen[other] {
				continue
			}
			if moved := f.bring(other, min(units, f.given[k][other])); moved > 0 {
				f.given[k][other] -= moved
				f.given[k][q] += moved
				return moved
			}
		}
	}
	return 0
}

// spread gives what is left over to the queue, of those that a kind can
// serve, that wants most.
func (f *flow) spread(want []int64) {
	for k := range f.kinds {
		most := f.kinds[k].queues[0]
		for _, q := range f.kinds[k].queues {
			if want[q] > want[most] {
				most = q
			}
		}
		f.met[most] += f.spare[k]
		f.spare[k] = 0
	}
}
