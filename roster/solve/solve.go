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
// Breaks are no matter of the programs: an option is worth what its shift is, less
// what its breaks save where they save most, and there they are put when it is
// chosen (layout). Prices of intervals make that exact, because being there is linear
// in where a break starts.
//
// There are three programs: stints for rows whose rules are about runs of days
// and sums over the horizon, weeks for those of calendar weeks, days for what is
// pinned or carried in. Others leave rules out and are much faster. Rows of weeks
// have rough, and loose, which knows the hours of the weeks and days off on end
// alone: by chances in proportion to exp(-cost/heat) (soft) its rows answer prices
// smoothly, so that these can be raised with momentum (accelerated) to where the
// exact program proves the bound. Stints whose scarce shifts are counted for the bound
// leave out beginnings that tolls on them show to lead nowhere (guided). Stints over a
// long horizon have paced, in which hours, weekends and scarce shifts have prices too,
// and softPaced, by which these are raised in the same way (pacing); their moves stay
// near to the row that was there (corridor).
//
// Two cores search one roster: each has a copy of it (lane), and where what both did
// costs more together, one takes it back. Between moves single shifts are changed
// (nudge), and two operators exchange theirs (trade). Rules that no program knows are
// asked of the judge after every step (beyond): what breaks a hard one is taken out
// again, and soft ones cost. The bound leaves these soft costs out; all are above zero,
// so it stays one. What fairness costs bends upwards with the points of a row: programs
// and prices have straight lines below it (burdens). On small problems branching closes
// what prices leave open (brancher). The search never makes a roster that breaks a hard
// rule unless pinned or carried assignments already do, and ends early once its best is
// proven to be the best.
//
// The annealing follows Kirkpatrick, Gelatt and Vecchi (Science 220, 1983), the
// moves Shaw's large neighbourhood search (CP 1998), the counted rows A* (Hart, Nilsson
// and Raphael, IEEE Transactions on Systems Science and Cybernetics 4, 1968), the
// prices Geoffrion (Mathematical Programming Study 2, 1974), Duchi, Hazan and Singer
// (Journal of Machine Learning Research 12, 2011) and Beck and Teboulle (SIAM Journal on
// Imaging Sciences 2, 2009).
package solve

import (
	"context"
	"errors"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// Options say how long and along which chance to search.
type Options struct {
	// Seed makes the run reproducible together with Iterations.
	Seed uint64
	// Iterations ends the search after so many moves and priced rows, a hundred
	// nudges counting as a move; with 0 only Limit and the context do.
	Iterations int
	// Limit is how long to search by the clock Now; both or neither are set.
	// Without them and without Iterations the first roster is the answer.
	Limit time.Duration
	Now   func() time.Time
	// Cores is how many to use; 1 if 0.
	Cores int
	// Progress, if set, is told of the first roster, of each better one, of each
	// higher bound and of each phase. Watch tells the same on a channel.
	Progress func(Progress)
}

// Result is a roster and how it was reached: the same problem, start, seed and
// number of iterations give the same result, byte for byte.
type Result struct {
	Assignments []roster.Assignment
	Score       roster.Score
	Bound       int64 // no roster whose breaks are in their windows has a lower soft score
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

// AboveMissing is the operator time that costs as much, where it is missing, as the
// cost is above the bound: what is left to gain at most, in a measure that says
// something however near to zero the bound is.
func (r Result) AboveMissing() time.Duration {
	const minute = roster.Whole * roster.UnderstaffingWeight
	return time.Duration(float64(max(0, r.Score.Soft-r.Bound)) / minute * float64(time.Minute))
}

// Solve returns the best roster found until the limit, the iterations or the
// context end. Pinned assignments of start stay as they are. Where the problem says what
// time it is, so do, in the time that was published, all of start that have begun or begin
// within their operator's notice, if they can still be worked and no pin is in their way;
// none is added there. What start lacks there of what was published is not put back: who
// took it out knows. Without a start the search goes on from what was published, if to
// change that costs, and what was published stays there. The error names an assignment of
// start whose operator is not in the team, a horizon without intervals, a fault of the
// demand, a team too entangled to count its cover (ErrEntangled), or an operator whose rules allow no row.
func Solve(ctx context.Context, p roster.Problem, start []roster.Assignment, o Options) (Result, error) {
	if p.Demand.Grid.N == 0 {
		return Result{}, errors.New("the horizon is empty: expected at least one interval")
	}
	meter := &meter{ctx: ctx, most: o.Iterations}
	if o.Now != nil && o.Limit > 0 {
		meter.now, meter.begin, meter.limit = o.Now, o.Now(), o.Limit
	}
	start, held := startOf(p, start)
	m, err := compile(p, start, max(1, o.Cores))
	if err != nil {
		return Result{}, err
	}
	s := &search{model: m, meter: meter, options: o}
	if err := s.run(); err != nil {
		return Result{}, err
	}
	s.retell()
	best := s.assignments(s.lanes[0].best, s.lanes[0].bestPlaced)
	release(best, held)
	return Result{Assignments: best, Score: roster.Judge(p, best).Score, Bound: s.bound(), Iterations: meter.moves + meter.visits}, nil
}
