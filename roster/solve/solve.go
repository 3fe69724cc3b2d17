// Package solve makes rosters, and proves how far from the best they can be.
// Its one idea is that an operator's row alone is easy: an exact dynamic
// program finds the best legal row for given worths of being there. Two loops
// use it. With a price on every interval rows fall apart, and the sum of their
// best costs is a bound that no roster can beat (pricer, Lagrangian
// relaxation). Guided by these prices, annealing takes a few rows out of a
// window of days and puts them back one after another by the program, on a
// cover that is soft at first, so that operators move freely towards where the
// prices want them, and stiffens to the true one (lane).
//
// There are two programs: stints for rows whose rules are about runs of days
// and sums over the horizon, days for weeks, and for what is pinned or carried
// in. Rules that neither knows are asked of the judge after every step
// (beyond): what breaks a hard one is taken out again, and soft ones cost. The
// bound leaves these soft costs out; all are above zero, so it stays one. It
// never makes a roster that breaks a hard rule unless pinned or carried
// assignments already do.
//
// The annealing follows Kirkpatrick, Gelatt and Vecchi (Science 220, 1983), the
// moves Shaw's large neighbourhood search (CP 1998), the prices Geoffrion
// (Mathematical Programming Study 2, 1974) and Barahona and Anbil
// (Mathematical Programming 87, 2000).
package solve

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// Options say how long and along which chance to search.
type Options struct {
	// Seed makes the run reproducible together with Iterations.
	Seed uint64
	// Iterations ends the search after so many moves and priced rows; with 0
	// only Limit and the context do.
	Iterations int
	// Limit is how long to search by the clock Now; both or neither are set.
	Limit time.Duration
	Now   func() time.Time
	// Cores is how many to use; 1 if 0.
	Cores int
	// Progress, if set, is told of the first roster and of each better one.
	Progress func(Progress)
}

// Progress is how far a search has come.
type Progress struct {
	Iterations int
	Cost       int64 // soft score of the best roster so far
	Bound      int64 // no roster has a lower one
}

// Result is a roster and how it was reached: the same problem, start, seed and
// number of iterations give the same result, byte for byte.
type Result struct {
	Assignments []roster.Assignment
	Score       roster.Score
	Bound       int64 // no roster has a lower soft score
	Iterations  int
}

// Solve returns the best roster found until the limit, the iterations or the
// context end. Pinned assignments of start stay as they are. The error names an
// assignment of start whose operator is not in the team, a horizon without
// intervals, a team too entangled to count its cover, or an operator whose
// rules allow no row.
func Solve(ctx context.Context, p roster.Problem, start []roster.Assignment, o Options) (Result, error) {
	if p.Demand.Grid.N == 0 {
		return Result{}, errors.New("the horizon is empty: expected at least one interval")
	}
	m, err := compile(p, start)
	if err != nil {
		return Result{}, err
	}
	meter := &meter{ctx: ctx, most: o.Iterations}
	if o.Now != nil && o.Limit > 0 {
		meter.now, meter.begin, meter.limit = o.Now, o.Now(), o.Limit
	}
	s := &search{model: m, meter: meter, options: o}
	if err := s.run(); err != nil {
		return Result{}, err
	}
	best := s.assignments()
	return Result{Assignments: best, Score: roster.Judge(p, best).Score, Bound: s.bound(), Iterations: meter.moves + meter.visits}, nil
}

// search is the whole of a solve.
type search struct {
	*model
	meter   *meter
	options Options
	lane    *lane
	pricer  *pricer
}

func (s *search) run() error {
	s.horizon = 1
	for _, r := range s.rows {
		s.horizon = max(s.horizon, len(r.days))
	}
	s.lane = newLane(s.model, s.options.Seed, streamSearch)
	if len(s.rows) == 0 || len(s.fields) == 0 {
		s.lane.legal = true
		s.lane.keep()
		return nil
	}
	s.pricer = newPricer(s.model, max(1, s.options.Cores), s.options.Seed)
	if err := s.pricer.follow(s.meter, 0, 0.4*pricing); err != nil {
		return err
	}
	if err := s.pricer.volume(s.meter, pricing); err != nil {
		return err
	}
	s.pricer.settle()
	if err := s.lane.construct(); err != nil {
		return err
	}
	s.lane.keep()
	s.report()
	s.lane.anneal(s.meter, cycle{from: s.meter.share(), to: 1, hot: 0.03, cold: 0.003, soft: 0.01, stiff: 0.2}, s.report)
	return nil
}

// construct gives every row in turn, in random order, the best options against
// what is still missing.
func (l *lane) construct() error {
	for _, f := range l.fields {
		f.soften(0.2)
	}
	for _, i := range l.rng.Perm(len(l.rows)) {
		r := l.rows[i]
		w, left := l.room(i, 0, len(r.days))
		choice, ok := l.refill(i, w, left, guess{blend: 0.5})
		if !ok {
			return l.impossible(r)
		}
		l.give(i, w.from, choice)
	}
	l.legal = true
	return nil
}

func (m *model) impossible(r *row) error {
	return fmt.Errorf("operator %q: no row keeps all rules", r.operator.Name)
}

// bound is the lower bound of the soft score.
func (s *search) bound() int64 {
	if s.pricer == nil {
		return 0
	}
	return int64(math.Ceil(s.pricer.bound/fine - 1e-6))
}

func (s *search) report() {
	if s.options.Progress != nil {
		s.options.Progress(Progress{Iterations: s.meter.moves + s.meter.visits, Cost: s.lane.bestTruth / fine, Bound: s.bound()})
	}
}

// assignments lists the best roster with its pinned assignments, sorted.
func (s *search) assignments() []roster.Assignment {
	all := []roster.Assignment{}
	for i, r := range s.rows {
		for _, o := range s.lane.best[i] {
			if o >= 0 {
				all = append(all, s.assignment(r, o))
			}
		}
		for o := range r.options {
			if r.options[o].pinned {
				all = append(all, s.assignment(r, int32(o)))
			}
		}
	}
	roster.Sort(all)
	return slices.Clip(all)
}
