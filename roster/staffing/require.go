package staffing

import (
	"errors"
	"fmt"
	"math"
	"sort"

	"github.com/smena-wfm/smena/roster"
)

// Target is what a crew has to reach.
type Target struct {
	roster.ServiceLevel
	MaxOccupancy   float64 // no cap if 0
	MaxAbandonment float64 // no cap if 0
	MinOperators   int
}

// leastCap is the lowest occupancy that can be asked for: it bounds the crew.
const leastCap = 0.01

// Require returns the fewest operators, before shrinkage, with whom every
// target holds: one fewer fails. Service level, occupancy and abandonment all
// improve with each operator, so that it can be searched for by halves.
func (s System) Require(t Target) (int, error) {
	if err := t.check(); err != nil {
		return 0, err
	}
	s.Operators = 0
	if err := s.check(); err != nil {
		return 0, err
	}
	if s.Arrivals == 0 {
		return t.MinOperators, nil
	}
	var failed error
	reached := func(n int) bool {
		s.Operators = n
		ok, err := s.reaches(t)
		failed = errors.Join(failed, err)
		return ok
	}
	most := 1
	for !reached(most) && failed == nil {
		most *= 2
	}
	n := sort.Search(most, reached)
	return max(n, t.MinOperators), failed
}

// check names a target that no crew can reach or miss.
func (t Target) check() error {
	switch {
	case !(t.Share > 0 && t.Share < 1):
		return fmt.Errorf("a service level of %v is not possible: expected a share between 0 and 1 such as 0.8", t.Share)
	case t.Within.Duration < 0:
		return fmt.Errorf("answers within %s are not possible: expected a time from 0s", t.Within)
	case t.MaxOccupancy != 0 && !(t.MaxOccupancy >= leastCap):
		return fmt.Errorf("an occupancy of at most %v is not possible: expected a share from %v", t.MaxOccupancy, leastCap)
	case !(t.MaxAbandonment >= 0):
		return fmt.Errorf("an abandonment of at most %v is not possible: expected a share from 0", t.MaxAbandonment)
	case t.MinOperators < 0:
		return fmt.Errorf("at least %d operators are not possible: expected a number from 0", t.MinOperators)
	}
	return nil
}

// reaches says whether the crew reaches the target.
func (s System) reaches(t Target) (bool, error) {
	m, err := s.Measure(t.Within.Duration)
	if errors.Is(err, ErrUnstable) {
		return false, nil
	}
	return err == nil && m.ServiceLevel >= t.Share &&
		(t.MaxOccupancy == 0 || m.Occupancy <= t.MaxOccupancy) &&
		(t.MaxAbandonment == 0 || m.Abandonment <= t.MaxAbandonment), err
}

// Schedule returns how many operators must be rostered so that, after the
// shrinkage, so many answer: required / (1 - shrinkage), rounded up.
func Schedule(required int, shrinkage float64) int {
	const rounding = 1e-9 // 7 / (1 - 0.3) is 10, not 10.000000000000002
	return int(math.Ceil(float64(required)/(1-shrinkage) - rounding))
}
