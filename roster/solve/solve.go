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
	"math/bits"
	"math/rand/v2"
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

// Above is at most by what share of it the cost is above the best possible;
// false if nothing is known: the bound is not above zero.
func (r Result) Above() (share float64, known bool) {
	if r.Score.Soft <= r.Bound {
		return 0, true
	}
	return float64(r.Score.Soft-r.Bound) / float64(max(1, r.Bound)), r.Bound > 0
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
	meter := &meter{ctx: ctx, most: o.Iterations}
	if o.Now != nil && o.Limit > 0 {
		meter.now, meter.begin, meter.limit = o.Now, o.Now(), o.Limit
	}
	m, err := compile(p, start)
	if err != nil {
		return Result{}, err
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
	rng     *rand.Rand
	lanes   []*lane // the first one knows the best roster
	order   []int   // rows, as they are dealt to lanes
	pricer  *pricer
}

// run makes a first roster, prices, a bound, and then better rosters.
func (s *search) run() error {
	s.rng = rand.New(rand.NewPCG(s.options.Seed, streamDeal))
	for i := range s.rows {
		s.order = append(s.order, i)
	}
	for i := range s.laneCount() {
		s.lanes = append(s.lanes, newLane(s.model, s.options.Seed, streamSearch+uint64(i)))
	}
	first := s.lanes[0]
	if err := first.construct(); err != nil {
		return err
	}
	first.keep()
	s.report()
	if len(s.rows) == 0 || len(s.fields) == 0 {
		return nil
	}
	if err := s.price(); err != nil && !errors.Is(err, errStopped) {
		return err
	}
	from := s.meter.share()
	for i, part := range cycles {
		c := cycle{from: s.meter.share(), to: from + (1-from)*part, hot: 0.03, cold: 0.0015, soft: 0.001, stiff: 0.5}
		for n, l := range s.lanes {
			if n > 0 || i > 0 {
				l.restore(first.best)
			}
		}
		s.anneal(c)
	}
	return nil
}

// cycles end at these shares of the search: short ones first, so that there is
// a good roster early.
var cycles = [...]float64{0.06, 0.25, 1}

// price finds the prices that guide the search, and then a bound: as long as it
// still rises, up to its share of the time.
func (s *search) price() error {
	s.pricer = newPricer(s.model, max(1, s.options.Cores), s.options.Seed)
	if err := s.pricer.follow(s.meter, 0, guiding); err != nil {
		return err
	}
	guide := prices{s.pricer.price, s.pricer.caps}.clone()
	s.pricer.count()
	v := newVolume(s.pricer)
	if err := v.begin(s.meter); err != nil {
		return err
	}
	const look = 200 // rounds
	before := v.value
	for round := 1; s.meter.share() < pricing && !s.meter.stopped(); round++ {
		if err := v.round(s.meter); err != nil {
			return err
		}
		if round%look == 0 {
			if v.value-before < 1e-5*math.Abs(v.value) {
				break
			}
			before = v.value
		}
	}
	s.pricer.settle(guide)
	return nil
}

// construct gives every row the best options against what is still missing,
// those who serve the fewest queues first: the others can fill in. Rows begin
// as the start had them, if that breaks no rule.
func (l *lane) construct() error {
	order := l.rng.Perm(len(l.rows))
	slices.SortStableFunc(order, func(a, b int) int {
		return bits.OnesCount(uint(l.rows[a].mask)) - bits.OnesCount(uint(l.rows[b].mask))
	})
	for _, i := range order {
		r := l.rows[i]
		if l.begin(i) {
			continue
		}
		w, left := l.room(i, 0, len(r.days))
		choice, ok := l.refill(i, w, left, guess{})
		for try := 0; !ok && try < 8; try++ {
			choice, ok = l.refill(i, w, left, guess{noise: l.worth * 0.01})
		}
		if !ok {
			return l.impossible(r)
		}
		l.give(i, w.from, choice)
	}
	l.legal = true
	return nil
}

// begin gives row i what the start had, and says whether that is legal.
func (l *lane) begin(i int) bool {
	r := l.rows[i]
	if !slices.ContainsFunc(r.begun, func(o int32) bool { return o >= 0 }) {
		return false
	}
	if r.shape != nil {
		if !r.shape.keeps(r, r.begun) {
			return false
		}
	} else {
		l.costs = grown(l.costs, len(r.options))
		if _, _, ok := l.fill(r, r.begun, 0, 0); !ok {
			return false
		}
	}
	before := l.hard()
	l.give(i, 0, r.begun)
	if l.hard() > before {
		l.take(i, 0, len(r.days))
		return false
	}
	return true
}

// hard is what the rules beyond the programs find broken.
func (l *lane) hard() int64 {
	if l.beyond == nil {
		return 0
	}
	return l.beyond.judging.Score().Hard
}

func (m *model) impossible(r *row) error {
	return fmt.Errorf("operator %q: no row keeps all rules", r.operator.Name)
}

// bound is the lower bound of the soft score, which is never below zero.
func (s *search) bound() int64 {
	if s.pricer == nil || s.pricer.bound < 0 {
		return 0
	}
	const rounding = 1e-6 // of sums of floating point numbers
	return int64(math.Ceil(s.pricer.bound/fine - rounding))
}

func (s *search) report() {
	if s.options.Progress != nil {
		s.options.Progress(Progress{Iterations: s.meter.moves + s.meter.visits, Cost: s.lanes[0].bestTruth / fine, Bound: s.bound()})
	}
}

// assignments lists the best roster with its pinned assignments, sorted.
func (s *search) assignments() []roster.Assignment {
	all := []roster.Assignment{}
	for i, r := range s.rows {
		for _, o := range s.lanes[0].best[i] {
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
