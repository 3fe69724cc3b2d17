package hiring

import (
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// wanted is the demand, and who could serve it: kinds first, then each operator
// of the team.
type wanted struct {
	rows      *solve.Rows
	kinds     int
	serves    [][]int     // queues of each
	demand    [][]float64 // operators, per queue and interval
	total     float64     // operator-intervals
	allowed   float64     // of them, that may be missing
	intervals int
}

func newWanted(p roster.Problem, kinds []Kind, o Options) (*wanted, error) {
	w := &wanted{kinds: len(kinds), intervals: p.Demand.Grid.N}
	for _, q := range p.Demand.Queues {
		one := make([]float64, len(q.Required))
		for t, n := range q.Required {
			one[t] = float64(n)
			w.total += one[t]
		}
		w.demand = append(w.demand, one)
	}
	if o.Share > 0 {
		w.allowed = (1 - o.Share) * w.total
	}
	for _, o := range everybody(p, kinds) {
		w.serves = append(w.serves, servedBy(p.Demand, o))
	}
	return w, w.reachable(p, reach(p, kinds))
}

// dear is the demand with every hour worth ten times the most that it usually is, so that
// hardly any is left uncovered to save an idle hour or a soft rule.
func dear(d roster.Demand) roster.Demand {
	d.Queues = slices.Clone(d.Queues)
	for q := range d.Queues {
		d.Queues[q].Parts = []roster.Part{{Weight: roster.PressingWeight, Operators: d.Queues[q].Required}}
	}
	return d
}

// everybody is a candidate of each kind, and the operators of the team.
func everybody(p roster.Problem, kinds []Kind) (all []roster.Operator) {
	for _, k := range kinds {
		all = append(all, k.Operator)
	}
	return append(all, p.Team.Operators...)
}

// fromNow is the problem without requirements at the start of the horizon that
// only a shift of the roster before can reach, and how many these are.
func fromNow(p roster.Problem, kinds []Kind) (roster.Problem, int) {
	able, before := reach(p, kinds), 0
	early := p.Demand.Grid.Index(p.Demand.Grid.Start.Add(roster.MaxShift))
	p.Demand.Queues = slices.Clone(p.Demand.Queues)
	for q := range p.Demand.Queues {
		required := slices.Clone(p.Demand.Queues[q].Required)
		for t := 0; t < min(early, len(required)) && !able[q][t]; t++ {
			before += required[t]
			required[t] = 0
		}
		p.Demand.Queues[q].Required = required
	}
	return p, before
}

func servedBy(d roster.Demand, o roster.Operator) (queues []int) {
	for q := range d.Queues {
		if o.Has(d.Queues[q].Skill) {
			queues = append(queues, q)
		}
	}
	return queues
}

// reach says for each queue in which intervals somebody could serve it.
func reach(p roster.Problem, kinds []Kind) [][]bool {
	able := make([][]bool, len(p.Demand.Queues))
	for q := range able {
		able[q] = make([]bool, p.Demand.Grid.N)
	}
	for _, o := range everybody(p, kinds) {
		queues := servedBy(p.Demand, o)
		for _, a := range p.Team.Shifts(o, p.Demand.Grid.Span()) {
			for t, to := p.Demand.Grid.Range(a.Shift); t < to; t++ {
				for _, q := range queues {
					able[q][t] = true
				}
			}
		}
	}
	return able
}

// reachable says what nobody can cover, if it is more than may be missing.
func (w *wanted) reachable(p roster.Problem, able [][]bool) error {
	out, first := 0.0, ""
	for q := range able {
		for t, can := range able[q] {
			if !can && w.demand[q][t] > 0 {
				if first == "" {
					first = placed(p.Demand, p.Demand.Queues[q].Queue, t)
				}
				out += w.demand[q][t]
			}
		}
	}
	if out > w.allowed {
		return fmt.Errorf("%w: nobody of any kind has a shift for %.0f operator-intervals, the first of them in %s: expected a kind with the skill, or a shift template then", ErrNoCrew, out, first)
	}
	return nil
}

// placed names a queue and an interval.
func placed(d roster.Demand, queue string, t int) string {
	return fmt.Sprintf("queue %q at %s", queue, d.Grid.At(t).Format(time.RFC3339))
}

// refutation is an inequality that every crew that covers the demand keeps: the
// values of its operators add up to need at least.
type refutation struct {
	values []float64 // of an operator of each kind
	need   float64
}

// weigh asks strictly what everybody is worth at the prices, and returns the
// inequality that follows. Missing is worth the ceiling at most.
func (w *wanted) weigh(price [][]float64, ceiling float64) (refutation, error) {
	r := refutation{values: make([]float64, w.kinds)}
	if w.allowed > 0 {
		r.need = -ceiling * w.allowed
	}
	capped := make([][]float64, len(price))
	for q := range price {
		capped[q] = make([]float64, len(price[q]))
		for t, one := range price[q] {
			capped[q][t] = min(one, ceiling)
			r.need += capped[q][t] * w.demand[q][t]
		}
	}
	w.rows.Price(capped)
	for i := range w.serves {
		best, err := w.rows.Best(i, true)
		if err != nil {
			return r, err
		}
		if i < w.kinds {
			r.values[i] = best.Worth
		} else {
			r.need -= best.Worth
		}
	}
	const rounding = 1e-9 // of sums of floating point numbers
	r.need -= rounding * (1 + max(r.need, -r.need))
	return r, nil
}

// refutes says whether a crew does not keep the inequality.
func (r refutation) refutes(numbers []int) bool { return r.worth(numbers) < r.need }

// worth is what the crew's values add up to.
func (r refutation) worth(numbers []int) (sum float64) {
	for k, n := range numbers {
		sum += float64(n) * r.values[k]
	}
	return sum
}
