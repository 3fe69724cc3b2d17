package remedy

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// Remedy is a way out of a shortage that was tried: the problem was changed, the
// roster was repaired for what it has become, and what came of it is legal and
// misses less.
type Remedy struct {
	Kind     string              `json:"kind" enum:"assign,more-hours,availability,nights,rest,consecutive-days,rule,time-off,template,hire,together,accept"`
	Operator string              `json:"operator,omitempty" doc:"Whom it asks."`
	Sentence roster.Text         `json:"sentence"`
	Steps    []Step              `json:"steps,omitempty" nullable:"false" doc:"Of several changes at once: each; it takes them all."`
	Hours    float64             `json:"paid_hours" doc:"Hours more that are paid: on duty without unpaid breaks, and by the contract of whoever is hired."`
	Left     float64             `json:"left_hours" doc:"Operator-hours that are still missing, of this stretch or new ones elsewhere."`
	Price    int64               `json:"price" doc:"Paid minutes more, what the soft rules cost that it breaks, and what it is to ask: by it remedies are ranked that leave as much."`
	Level    *Level              `json:"service_level,omitempty" doc:"What customers get who come in the stretch, if it is accepted: by the exact staffing model at the arrivals that were planned for; of a queue with plan_days, by its closed form on days drawn from the forecast."`
	Comes    []roster.Assignment `json:"comes" nullable:"false" doc:"Shifts that the roster found has more; those of somebody who is to be hired have an operator whom the team does not have."`
	Goes     []roster.Assignment `json:"goes" nullable:"false" doc:"Shifts that it has no more."`
	Breaks   []roster.Breach     `json:"breaks" nullable:"false" doc:"Soft rules that it breaks and the roster before did not."`

	Asks        string              `json:"-"` // what of the operator, whoever it is: of remedies that are alike the same
	Problem     roster.Problem      `json:"-"`
	Assignments []roster.Assignment `json:"-"`
}

// Step is one of several changes that end a shortage together.
type Step struct {
	Kind     string      `json:"kind" enum:"more-hours,availability,nights,rest,consecutive-days,rule,time-off,template,hire"`
	Operator string      `json:"operator,omitempty" doc:"Whom it asks."`
	Sentence roster.Text `json:"sentence"`
}

// Options say how far to look.
type Options struct {
	Shortages int // at most so many, the greatest; 5 if 0
	Cores     int // that try changes at the same time; 1 if 0
	// Level says which share of its chats a queue answers in time over intervals
	// on end, from the first on, with so many operators rostered in each. Nobody
	// knows if it is nil.
	Level func(queue string, first int, rostered []float64) (share float64, known bool, err error)
	// Progress, if set, is told after each change that was tried.
	Progress func(Progress)
}

// Progress is how far the search for ways out has come.
type Progress struct {
	Shortage, Shortages int // the one that is worked on, from 1, and of how many
	Tried, Changes      int // for it, and how many are to be tried
}

// Find returns the greatest shortages of a roster, with ways out of each: those
// that leave the least first, of these the cheapest, and to accept it last. They
// are looked for one shortage after the other; a deadline of the context ends
// that, and each shortage counts the changes that it left untried. The error is
// that of the options' level, the context's if it is canceled, or solve.ErrEntangled.
func Find(ctx context.Context, p roster.Problem, assignments []roster.Assignment, o Options) ([]Shortage, error) {
	const usual = 5
	all := Shortages(p, assignments)
	all = all[:min(cmp.Or(o.Shortages, usual), len(all))]
	hard, cover, missed := roster.Judge(p, assignments).Score.Hard, roster.Cover(p, assignments), missing(p, assignments)
	for i := range all {
		s := &all[i]
		t := trial{
			ctx: ctx, cores: max(1, o.Cores), whole: p, problem: alone(p, *s, assignments), shortage: s,
			before: assignments, hard: hard, others: missed - s.Hours,
		}
		t.urgent = pressing(t.problem.Demand, cover)
		t.report = func(tried, changes int) {
			if o.Progress != nil {
				o.Progress(Progress{i + 1, len(all), tried, changes})
			}
		}
		if err := t.all(changes(p, *s, assignments)); err != nil {
			return nil, err
		}
		if err := ctx.Err(); errors.Is(err, context.Canceled) {
			return nil, err
		}
		s.Remedies = ranked(s.Remedies)
		last, err := t.accept(o)
		if err != nil {
			return nil, err
		}
		s.Remedies = append(s.Remedies, last)
	}
	return all, nil
}

// ranked are remedies, those that leave the least first and of these the cheapest.
// To hire somebody for more hours is none if it leaves no less.
func ranked(all []Remedy) []Remedy {
	slices.SortStableFunc(all, func(a, b Remedy) int {
		return cmp.Or(cmp.Compare(quarters(a.Left), quarters(b.Left)), cmp.Compare(a.Price, b.Price))
	})
	best := slices.IndexFunc(all, func(r Remedy) bool { return r.Kind == Hire })
	return slices.DeleteFunc(all, func(r Remedy) bool { return r.Kind == Hire && r.Price > all[best].Price })
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
