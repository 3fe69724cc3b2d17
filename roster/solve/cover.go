package solve

import (
	"fmt"
	"math/bits"

	"github.com/smena-wfm/smena/roster"
)

// group is the queues that operators with several skills tie together, and the
// cover of those queues. Operators present in an interval are distributed over
// the queues in the best way; how many requirements they can meet is a maximum
// flow, and by the max-flow min-cut theorem (Ford and Fulkerson 1956) the
// minimum over all subsets of queues of what the others require plus how many
// operators can serve one of the subset. Both sums are kept per subset, so
// that adding an operator costs a few additions.
type group struct {
	queues  []int // positions in the demand
	subsets int   // 1 << len(queues)
	minutes int64 // of one interval
	// The following have intervals x subsets values, in hundredths of an operator.
	need  []int64 // requirements of the queues outside the subset
	core  []int64 // the same for the first half of each requirement
	reach []int64 // operators present who can serve a queue of the subset
}

// maxEntangled bounds the subsets that are kept: 4,096 per interval.
const maxEntangled = 12

// newGroups splits the demand's queues into groups that share no operator and
// returns for each queue its group.
func newGroups(p roster.Problem) ([]*group, []int, error) {
	of := make([]int, len(p.Demand.Queues))
	for q := range of {
		of[q] = q
	}
	for _, operator := range p.Team.Operators {
		join(of, served(p.Demand, operator))
	}
	var groups []*group
	number := map[int]int{}
	for q, root := range of {
		if _, known := number[root]; !known {
			number[root] = len(groups)
			groups = append(groups, &group{minutes: int64(p.Demand.Grid.Step.Minutes())})
		}
		of[q] = number[root]
		groups[of[q]].queues = append(groups[of[q]].queues, q)
	}
	for _, g := range groups {
		if len(g.queues) > maxEntangled {
			return nil, nil, fmt.Errorf("%d queues share operators: expected at most %d", len(g.queues), maxEntangled)
		}
		g.fill(p.Demand)
	}
	return groups, of, nil
}

// served lists the queues that the operator can answer.
func served(d roster.Demand, o roster.Operator) []int {
	var queues []int
	for q := range d.Queues {
		if o.Has(d.Queues[q].Skill) {
			queues = append(queues, q)
		}
	}
	return queues
}

// join gives all the queues one root.
func join(of, queues []int) {
	for _, q := range queues {
		old, root := of[q], of[queues[0]]
		for i := range of {
			if of[i] == old {
				of[i] = root
			}
		}
	}
}

// fill computes what every subset leaves required.
func (g *group) fill(d roster.Demand) {
	g.subsets = 1 << len(g.queues)
	size := d.Grid.N * g.subsets
	g.need, g.core, g.reach = make([]int64, size), make([]int64, size), make([]int64, size)
	for t := range d.Grid.N {
		for subset := range g.subsets {
			for bit, q := range g.queues {
				if subset>>bit&1 == 0 {
					required := int64(d.Queues[q].Required[t])
					g.need[t*g.subsets+subset] += roster.Whole * required
					g.core[t*g.subsets+subset] += roster.Whole * ((required + 1) / 2)
				}
			}
		}
	}
}

// mask is the queues as a subset of the group.
func (g *group) mask(queues []int) (mask int) {
	for bit, own := range g.queues {
		for _, q := range queues {
			if q == own {
				mask |= 1 << bit
			}
		}
	}
	return mask
}

// cost returns what interval t costs when units of operators who can serve
// the masked queues come on top of those present.
func (g *group) cost(t, mask int, units int64) int64 {
	at := t * g.subsets
	need, core, reach := g.need[at:at+g.subsets], g.core[at:at+g.subsets], g.reach[at:at+g.subsets]
	met, metCore := need[0], core[0] // the empty subset: nothing is missing
	for subset := 1; subset < len(need) && subset < len(core) && subset < len(reach); subset++ {
		present := reach[subset]
		if subset&mask != 0 {
			present += units
		}
		met = min(met, need[subset]+present)
		metCore = min(metCore, core[subset]+present)
	}
	present := reach[g.subsets-1]
	if mask != 0 {
		present += units
	}
	return g.minutes * (roster.UnderstaffingWeight*(need[0]-met) +
		roster.CoreWeight*(core[0]-metCore) +
		roster.OverstaffingWeight*(present-met))
}

// add puts units of operators who can serve the masked queues on interval t;
// negative units take them off.
func (g *group) add(t, mask int, units int64) {
	for subset := 1; subset < g.subsets; subset++ {
		if subset&mask != 0 {
			g.reach[t*g.subsets+subset] += units
		}
	}
}

// missing returns the masked queues' largest requirement that is not met in
// interval t, as a yes or no per queue: a bit is set where one more operator would help.
func (g *group) missing(t int) (helped int) {
	now := g.cost(t, 0, 0)
	for bit := range g.queues {
		if g.cost(t, 1<<bit, roster.Whole) < now {
			helped |= 1 << bit
		}
	}
	return helped
}

// count is how many queues a mask names.
func count(mask int) int { return bits.OnesCount(uint(mask)) }
