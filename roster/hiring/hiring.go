// Package hiring finds the cheapest crew for a demand, and a bound of its cost.
// Candidates are kinds of operators, each at a price; the question is how many
// of each to hire so that their roster covers all that is required, or a share.
//
// Its one idea is that prices of intervals refute crews. If an operator of kind
// k can at best be there for v(k) at some prices, by any legal row, then crews
// whose values do not add up to the value of the demand cannot cover it,
// whatever their roster (Farkas; the prices are found by dual ascent, the rows by
// the programs of roster/solve). Each set of prices leaves one inequality between
// numbers of operators (Benders, Numerische Mathematik 4, 1962). The cheapest
// crew that none of them refutes is a bound of every crew's cost. It is rostered:
// if that covers the demand, it is the best there is; if not, prices are sought
// that refute it, and the next one is tried.
//
// It knows of no crew between those that it tried and the bound; it refuses to
// weigh pay by the hour, for which it takes the same price of every operator of a
// kind; and it starts from nothing, without earlier rosters.
package hiring

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// Kind is a kind of operator that could be hired.
type Kind struct {
	Operator roster.Operator
	Cost     int64 // of one, in hundredths of the currency, such as a month's
	Least    int   // at least so many
	Most     *int  // at most so many; no limit if nil
}

// Options say what is enough, and how far to look.
type Options struct {
	Start      []roster.Assignment // of operators who stay, to go on from
	Share      float64             // of the demand that is to be covered; all if 0
	Tries      int                 // crews to roster; 40 if 0
	Iterations int                 // of the search for each roster; 60 for each operator, and at least 2,000, if 0
	Seed       uint64
	Cores      int
	Note       func(Progress) // told before each roster; may be nil
}

// Progress is how far the search has come.
type Progress struct {
	Tried int
	Bound int64 // no crew costs less
}

// Crew is the answer.
type Crew struct {
	Numbers []int   // of each kind
	Cost    int64   // of those hired
	Bound   int64   // no crew that covers as much costs less
	Tried   int     // crews that were rostered
	Missing float64 // operator-intervals
	Covered float64 // share
	Before  int     // operator-intervals at the start that are left to the roster before
	Problem roster.Problem
	Result  solve.Result
}

// Above is at most by what share of the cheapest crew's cost it is dearer; false
// if nothing is known: the bound is not above zero.
func (c Crew) Above() (share float64, known bool) {
	if c.Cost <= c.Bound {
		return 0, true
	}
	return float64(c.Cost-c.Bound) / float64(max(1, c.Bound)), c.Bound > 0
}

// ErrNoCrew says that no crew within the limits covers the demand, as far as is known.
var ErrNoCrew = errors.New("no crew of these kinds covers the demand")

// Cheapest returns the cheapest crew found for the problem's demand. Operators of
// the problem's team stay, and cost nothing more. The error names what is wrong
// with the kinds, what none of them can cover, or wraps ErrNoCrew.
func Cheapest(ctx context.Context, p roster.Problem, kinds []Kind, o Options) (Crew, error) {
	p.Carried, p.Points, p.Team.PayWeight = nil, nil, 0 // kinds have costs of their own
	p.Told, p.ToldFor, p.Now = nil, calendars.Interval{}, time.Time{}
	p.Demand = dear(p.Demand)
	if err := check(kinds, o); err != nil {
		return Crew{}, err
	}
	p, before := fromNow(p, kinds)
	w, err := newWanted(p, kinds, o)
	if err != nil {
		return Crew{}, err
	}
	prototypes := p
	prototypes.Team.Operators = everybody(p, kinds)
	for i := range prototypes.Team.Operators {
		prototypes.Team.Operators[i].ID = roster.ID(i + 1)
	}
	if w.rows, err = solve.NewRows(ctx, prototypes); err != nil {
		return Crew{}, err
	}
	s := &search{ctx: ctx, problem: p, kinds: kinds, options: o, wanted: w}
	crew, err := s.run()
	crew.Before = before
	return crew, err
}

// check says what is wrong with the question.
func check(kinds []Kind, o Options) error {
	var faults []error
	if len(kinds) == 0 {
		faults = append(faults, errors.New("kinds: expected at least one"))
	}
	if !(o.Share >= 0 && o.Share <= 1) {
		faults = append(faults, fmt.Errorf("share: %v is not possible: expected above 0 up to 1", o.Share))
	}
	for i, k := range kinds {
		where := fmt.Sprintf("kinds[%d] %q", i, k.Operator.Name)
		if k.Cost <= 0 {
			faults = append(faults, fmt.Errorf("%s: cost: %v is not possible: expected a number above 0", where, float64(k.Cost)/100))
		}
		if k.Least < 0 {
			faults = append(faults, fmt.Errorf("%s: least: %d is not possible: expected 0 or more", where, k.Least))
		}
		if k.Most != nil && *k.Most < k.Least {
			faults = append(faults, fmt.Errorf("%s: most: %d is not possible: expected at least %d", where, *k.Most, k.Least))
		}
	}
	return errors.Join(faults...)
}
