package solve

import (
	"context"
	"slices"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// Rows finds what single operators of a problem could cover at best, at given
// worths of being there: what decides who is worth their pay. It keeps to hard
// rules alone, and where its programs do not know one it leaves it out, so that
// no legal row is worth more than what it says.
type Rows struct {
	pricer *pricer
	ctx    context.Context
	fine   float64 // of the programs' costs, to a unit of worth
}

// Covering is one operator's row: what it is worth, and how much of an operator
// it is there in each interval of the demand.
type Covering struct {
	Worth   float64
	Present []float64
}

// NewRows lays out the operators of a problem. Who is pinned or carried in, wishes
// and guaranteed hours count for nothing.
func NewRows(ctx context.Context, p roster.Problem) (*Rows, error) {
	p.Carried, p.Points, p.Told, p.Now = nil, nil, nil, time.Time{}
	p.Team = hardOnly(p.Team)
	m, err := compile(p, nil, 1)
	if err != nil {
		return nil, err
	}
	r := &Rows{pricer: newPricer(m, 1, 0), ctx: ctx}
	r.pricer.cores[0].days.stopped = func() bool { return ctx.Err() != nil }
	for _, f := range m.fields {
		clear(f.over) // to be there costs nothing; shared by all copies of the field
	}
	return r, nil
}

// hardOnly is the team without what may be broken at a cost.
func hardOnly(t roster.Team) roster.Team {
	t.Slots, t.Mixes, t.Pairs, t.Fairness, t.PayWeight = nil, nil, nil, roster.Fairness{}, 0
	soft := func(r roster.Rule) bool { return r.Weight > 0 }
	t.Rules = slices.DeleteFunc(slices.Clone(t.Rules), soft)
	t.Operators = slices.Clone(t.Operators)
	for i := range t.Operators {
		o := &t.Operators[i]
		o.Wishes, o.Rules = nil, slices.DeleteFunc(slices.Clone(o.Rules), soft)
		o.Contract.MinWeek.Duration, o.Contract.MinMonth.Duration = 0, 0
	}
	return t
}

// Price sets what an operator is worth who serves a queue of the demand through
// all of an interval; none is below zero, and of nobody required it is zero.
func (r *Rows) Price(worth [][]float64) {
	dearest, most := 0.0, 0.0
	for _, f := range r.pricer.model.fields {
		d, _ := f.extent()
		dearest = max(dearest, d)
	}
	for _, one := range worth {
		most = max(most, slices.Max(one))
	}
	r.fine = 1
	if most > 0 && dearest > 0 {
		r.fine = dearest * roster.Whole / most
	}
	for _, f := range r.pricer.model.fields {
		for bit, q := range f.demand {
			for t := range f.n {
				f.price[t*f.queues+bit] = worth[q][t] * r.fine / roster.Whole
			}
		}
		f.pay()
	}
}

// Best returns the best row of the operator in that place of the team. Unless
// asked strictly it may be better than any legal one: that is faster. The error is
// the context's, or says that the operator's rules allow no row.
func (r *Rows) Best(operator int, strictly bool) (Covering, error) {
	m := r.pricer.model
	c := Covering{Present: make([]float64, m.problem.Demand.Grid.N)}
	row := m.rows[operator]
	if row.field < 0 || len(row.options) == 0 {
		return c, nil
	}
	best, err := r.pricer.cores[0].row(operator, asked{caps: r.pricer.caps[operator], strict: strictly})
	if err != nil {
		return c, err
	}
	if err := r.ctx.Err(); err != nil {
		return c, err
	}
	c.Worth = max(0, -best.cost/r.fine)
	placed := r.pricer.cores[0].pausing(operator, best.choice, nil)
	for d, o := range best.choice {
		if o < 0 {
			continue
		}
		s := &m.shifts[row.options[o].shift]
		for t := s.from; t < s.to; t++ {
			c.Present[t] += float64(s.there(t, row.share, placed[d])) / roster.Whole
		}
	}
	return c, nil
}
