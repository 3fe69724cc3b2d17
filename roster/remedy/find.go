package remedy

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// Remedy is a way out of a shortage that was tried: the problem was changed and
// solved again, and the roster that came of it is legal and misses less.
type Remedy struct {
	Kind     string      `json:"kind" enum:"assign,more-hours,availability,nights,rest,consecutive-days,rule,time-off,template,hire,accept"`
	Operator string      `json:"operator,omitempty" doc:"Whom it asks."`
	Sentence roster.Text `json:"sentence"`
	Hours    float64     `json:"paid_hours" doc:"Hours on duty that it adds to a roster of which nothing else is changed."`
	Left     float64     `json:"left_hours" doc:"Operator-hours that are still missing, of this stretch or new ones elsewhere."`
	Price    int64       `json:"price" doc:"Paid minutes, and what it is to ask: by it remedies are ranked."`
	Level    *Level      `json:"service_level,omitempty" doc:"What customers get who come in the stretch, if it is accepted: by the exact staffing model at the arrivals that were planned for; of a queue with plan_days, by its closed form on days drawn from the forecast."`

	Problem     roster.Problem      `json:"-"`
	Assignments []roster.Assignment `json:"-"`
}

// Options say how far to look.
type Options struct {
	Shortages  int // at most so many, the greatest; 5 if 0
	Iterations int // of the search that tries each change; 40 for each operator, and at least 2,000, if 0
	Seed       uint64
	Cores      int
	// Level says which share of its chats a queue answers in time over intervals
	// on end, from the first on, with so many operators rostered in each. Nobody
	// knows if it is nil.
	Level func(queue string, first int, rostered []float64) (share float64, known bool, err error)
}

// mostTried is how many changes are tried for a shortage, the smallest first.
const mostTried = 12

// Find returns the greatest shortages of a roster, with ways out of each: the
// cheapest first, and to accept it last. The error is that of the options' level,
// or the context's.
func Find(ctx context.Context, p roster.Problem, assignments []roster.Assignment, o Options) ([]Shortage, error) {
	o.Shortages = cmp.Or(o.Shortages, 5)
	o.Iterations = cmp.Or(o.Iterations, max(2000, 40*len(p.Team.Operators)))
	all := Shortages(p, assignments)
	all = all[:min(o.Shortages, len(all))]
	if len(all) == 0 {
		return all, nil
	}
	for i := range all {
		s := &all[i]
		t := trial{ctx: ctx, options: o, problem: alone(p, *s, assignments), shortage: s, before: assignments}
		t.hard = roster.Judge(p, assignments).Score.Hard
		if err := t.all(changes(p, *s, assignments)); err != nil {
			return nil, err
		}
		slices.SortStableFunc(s.Remedies, func(a, b Remedy) int {
			return cmp.Or(cmp.Compare(quarters(a.Left), quarters(b.Left)), cmp.Compare(a.Price, b.Price))
		})
		last, err := t.accept(p)
		if err != nil {
			return nil, err
		}
		s.Remedies = append(s.Remedies, last)
	}
	return all, nil
}

// alone is the problem without the other shortages, so that what is tried is
// tried on this one.
func alone(p roster.Problem, s Shortage, assignments []roster.Assignment) roster.Problem {
	p.Demand.Queues = slices.Clone(p.Demand.Queues)
	for q, cover := range roster.Cover(p, assignments).Queues {
		required := slices.Clone(p.Demand.Queues[q].Required)
		for t, missing := range cover.Missing {
			if q != s.queue || t < s.first || t >= s.last {
				required[t] = int(float64(required[t]) - missing)
			}
		}
		p.Demand.Queues[q].Required = required
	}
	return p
}

// quarters is so many quarters of an hour: what differs less is as good.
func quarters(hours float64) int { return int(4 * hours) }

// trial tries changes of a problem on a roster, to end a shortage.
type trial struct {
	ctx      context.Context
	options  Options
	problem  roster.Problem
	shortage *Shortage
	before   []roster.Assignment
	hard     int64
	hours    float64 // worked when nothing is changed
}

// all tries changes one by one, and then together those of which none is enough:
// the ones that bring the most for their price first.
func (t trial) all(ways []change) error {
	t.hours = worked(t.before)
	same, err := t.try(change{kind: Assign, says: sayAssign, make: func(*roster.Problem) {}})
	if err != nil {
		return err
	}
	if same != nil {
		t.hours += same.Hours
		t.note(same)
	}
	slices.SortStableFunc(ways, func(a, b change) int { return cmp.Compare(a.ask, b.ask) })
	type worth struct {
		change
		perHour float64
	}
	var some []worth
	for i, way := range ways {
		if i >= mostTried && way.kind != Hire {
			continue
		}
		r, err := t.try(way)
		if err != nil {
			return err
		}
		if t.note(r) {
			some = append(some, worth{way, float64(r.Price) / (t.shortage.Hours - r.Left)})
		}
	}
	if len(some) == 0 || slices.ContainsFunc(t.shortage.Remedies, func(r Remedy) bool { return quarters(r.Left) == 0 && r.Kind != Hire }) {
		return nil
	}
	slices.SortStableFunc(some, func(a, b worth) int { return cmp.Compare(a.perHour, b.perHour) })
	together := some[0].change
	for _, next := range some[1:] {
		together = together.and(next.change)
		r, err := t.try(together)
		if err != nil {
			return err
		}
		if r != nil && quarters(r.Left) == 0 {
			t.shortage.Remedies = append(t.shortage.Remedies, *r)
			return nil
		}
	}
	return nil
}

// note keeps a remedy that ends some of the shortage.
func (t trial) note(r *Remedy) bool {
	const matters = 0.25 // hours
	if r == nil || t.shortage.Hours-r.Left < matters {
		return false
	}
	t.shortage.Remedies = append(t.shortage.Remedies, *r)
	return true
}

// try solves the changed problem from the roster on; nil if it has no legal one.
func (t trial) try(way change) (*Remedy, error) {
	changed := t.problem
	way.make(&changed)
	team, err := changed.Team.Complete()
	if err != nil {
		return nil, nil // not a team that could be
	}
	changed.Team = team
	result, err := solve.Solve(t.ctx, changed, t.before, solve.Options{Seed: t.options.Seed, Iterations: t.options.Iterations, Cores: t.options.Cores})
	if err := t.ctx.Err(); err != nil {
		return nil, err
	}
	if err != nil || result.Score.Hard > t.hard {
		return nil, nil // no way out
	}
	r := Remedy{
		Kind: way.kind, Operator: way.operator, Sentence: way.says, Problem: changed, Assignments: result.Assignments,
		Hours: worked(result.Assignments) - t.hours, Left: missing(changed, result.Assignments),
	}
	r.Price = way.ask + max(0, int64(r.Hours*60))
	return &r, nil
}

// missing is how many operator-hours a roster misses.
func missing(p roster.Problem, assignments []roster.Assignment) (hours float64) {
	for _, q := range roster.Cover(p, assignments).Queues {
		for _, missing := range q.Missing {
			hours += missing * p.Demand.Grid.Step.Hours()
		}
	}
	return hours
}

// worked is the hours of all shifts.
func worked(assignments []roster.Assignment) float64 {
	total := time.Duration(0)
	for _, a := range assignments {
		total += a.Shift.Duration()
	}
	return total.Hours()
}
