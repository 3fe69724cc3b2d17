// Package solve makes rosters. Its one idea is the row program: an exact
// dynamic program that finds, for one operator and given worth of every shift,
// the best row of shifts that is legal by itself. Construction gives each
// operator in turn the best row against the cover that is still missing; local
// search takes a few rows out of a window of days and puts them back the same
// way, as annealing does, until the context ends. Rules that the program does
// not know are asked of the judge after every step: what breaks a hard one is
// taken out again, and soft ones cost. It never makes a roster that
// breaks a hard rule unless pinned or carried assignments already do, and it
// refuses to prove how far from the best its answer is: it has no bound yet.
//
// The two loops follow the large neighbourhood search of Shaw (CP 1998) and
// the annealing of Kirkpatrick, Gelatt and Vecchi (Science 220, 1983).
package solve

import (
	"context"
	"errors"
	"math/rand/v2"

	"github.com/smena-wfm/smena/roster"
)

// Options say how long and along which chance to search.
type Options struct {
	// Seed makes the run reproducible together with Iterations.
	Seed uint64
	// Iterations ends the search after so many moves; with 0 only the context does.
	Iterations int
	// Progress, if set, is told of the first roster and of each better one.
	Progress func(Progress)
}

// Progress is how far a search has come.
type Progress struct {
	Iterations int
	Cost       int64 // soft score of the best roster so far
}

// Result is a roster and how it was reached: the same problem, start, seed and
// number of iterations give the same result, byte for byte.
type Result struct {
	Assignments []roster.Assignment
	Score       roster.Score
	Iterations  int
}

// Solve returns the best roster found until the context ends or the iterations
// are used up. Pinned assignments of start stay as they are; the others are a
// first roster, which may be empty. A context that has ended already still
// gives the constructed roster. The error names an assignment of start whose
// operator is not in the team, a horizon without intervals, or a team too
// entangled to count its cover.
func Solve(ctx context.Context, p roster.Problem, start []roster.Assignment, o Options) (Result, error) {
	if p.Demand.Grid.N == 0 {
		return Result{}, errors.New("the horizon is empty: expected at least one interval")
	}
	rows, groups, err := compile(p, start)
	if err != nil {
		return Result{}, err
	}
	s := &search{
		rows: rows, groups: groups,
		rng:     rand.New(rand.NewPCG(o.Seed, 0x736d656e61)), // "smena"
		program: newProgram(),
		beyond:  newBeyond(p, rows),
	}
	s.construct()
	s.keepBest()
	report(o, 0, s)
	if len(s.rows) > 0 && len(s.groups) > 0 {
		s.improve(ctx, o)
	}
	best := s.assignments()
	return Result{Assignments: best, Score: roster.Judge(p, best).Score, Iterations: s.iterations}, nil
}

func report(o Options, iterations int, s *search) {
	if o.Progress != nil {
		o.Progress(Progress{Iterations: iterations, Cost: s.bestCost})
	}
}
