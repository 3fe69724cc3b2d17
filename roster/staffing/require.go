package staffing

import (
	"errors"
	"fmt"
	"math"
	"sort"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Target is what a crew has to reach.
type Target struct {
	roster.ServiceLevel
	Of             Definition         // what the service level is a share of; all arrivals if empty
	MaxWait        calendars.Duration // mean over all arrivals; no cap if 0
	MaxOccupancy   float64            // no cap if 0
	MaxAbandonment float64            // no cap if 0
	MinOperators   int
}

// Definition says what a service level is a share of.
type Definition string

// The definitions in use. Measures has one field for each.
const (
	OfArrivals Definition = "arrivals"
	OfAnswered Definition = "answered"
	OfPatient  Definition = "patient" // of customers who would wait for ever
	OfStaying  Definition = "staying" // of all but those who leave within the time
)

// Level returns the service level by its definition.
func (m Measures) Level(of Definition) float64 {
	switch of {
	case OfAnswered:
		return m.OfAnswered
	case OfPatient:
		return m.OfPatient
	case OfStaying:
		return m.OfStaying
	}
	return m.ServiceLevel
}

// leastCap is the lowest occupancy that can be asked for: it bounds the crew.
const leastCap = 0.01

// Require returns the fewest operators, before shrinkage, with whom every
// target holds; trainees among them stay as many as they are. One fewer fails:
// what the closed form of a spread says is tried by the model, and so is one
// fewer, until that fails. Every measure improves with each operator.
func (s System) Require(t Target) (int, error) {
	if err := t.check(); err != nil {
		return 0, err
	}
	s.Operators = s.Trainees
	if err := s.check(); err != nil {
		return 0, err
	}
	if s.Arrivals == 0 {
		return max(t.MinOperators, s.Trainees), nil
	}
	n, err := s.guess(t)
	if err != nil {
		return 0, err
	}
	n, err = confirm(n, max(1, s.Trainees), func(n int) (bool, error) { return s.with(n).reaches(t, false) })
	return max(n, t.MinOperators), err
}

// confirm returns the least number that reaches, from a guess and not below
// the least: the one before has been tried and fails.
func confirm(n, least int, reaches func(int) (bool, error)) (int, error) {
	for {
		ok, err := reaches(n)
		if err != nil {
			return 0, err
		}
		if ok {
			break
		}
		n++
	}
	for n > least {
		ok, err := reaches(n - 1)
		if err != nil {
			return 0, err
		}
		if !ok {
			break
		}
		n--
	}
	return n, nil
}

// with is the system with so many operators.
func (s System) with(operators int) System {
	s.Operators = operators
	return s
}

// guess is the requirement by the closed form of a spread.
func (s System) guess(t Target) (int, error) {
	var failed error
	least := max(1, s.Trainees)
	reached := func(more int) bool {
		ok, err := s.with(least+more).reaches(t, true)
		failed = errors.Join(failed, err)
		return ok
	}
	for failed == nil && !s.with(least).stable() { // cannot keep up, whatever the target
		least *= 2
	}
	least = max(1, s.Trainees, least/2)
	most := 1
	for !reached(most) && failed == nil {
		most *= 2
	}
	return least + sort.Search(most, reached), failed
}

// stable says whether the crew can keep up, or customers leave.
func (s System) stable() bool {
	p := s.plain()
	return p.Patience > 0 || p.Model == ModelB || p.load() < p.crew().fullRate()
}

// check names a target that no crew can reach or miss.
func (t Target) check() error {
	switch {
	case !(t.Share > 0 && t.Share < 1):
		return fmt.Errorf("a service level of %v is not possible: expected a share between 0 and 1 such as 0.8", t.Share)
	case t.Within.Duration < 0:
		return fmt.Errorf("answers within %s are not possible: expected a time from 0s", t.Within)
	case t.MaxWait.Duration < 0:
		return fmt.Errorf("a mean wait of at most %s is not possible: expected a time from 0s", t.MaxWait)
	case t.MaxOccupancy != 0 && !(t.MaxOccupancy >= leastCap && t.MaxOccupancy <= 1):
		return fmt.Errorf("an occupancy of at most %v is not possible: expected a share from %v to 1", t.MaxOccupancy, leastCap)
	case !(t.MaxAbandonment >= 0 && t.MaxAbandonment <= 1):
		return fmt.Errorf("an abandonment of at most %v is not possible: expected a share from 0 to 1", t.MaxAbandonment)
	case t.MinOperators < 0:
		return fmt.Errorf("at least %d operators are not possible: expected a number from 0", t.MinOperators)
	}
	switch t.Of {
	case "", OfArrivals, OfAnswered, OfPatient, OfStaying:
		return nil
	}
	return fmt.Errorf("a service level of %q is not known: expected %s, %s, %s or %s", t.Of, OfArrivals, OfAnswered, OfPatient, OfStaying)
}

// reaches says whether the crew reaches the target.
func (s System) reaches(t Target, quick bool) (bool, error) {
	margin, err := s.margin(t, quick)
	return margin >= 0, err
}

// margin is by how much the crew exceeds the target where that is least, in
// shares; below 0 it misses it. A crew that cannot keep up misses it by all.
func (s System) margin(t Target, quick bool) (float64, error) {
	depth := full
	if quick {
		depth = closed
	}
	m, err := s.plain().measure(t.Within.Duration, depth)
	if errors.Is(err, ErrUnstable) {
		return -1, nil
	}
	if err != nil {
		return 0, err
	}
	return m.margin(t), nil
}

// Reaches says whether the measures reach every target but that of the service
// level's time, for which they have been made.
func (m Measures) Reaches(t Target) bool { return m.margin(t) >= 0 && m.Operators >= t.MinOperators }

func (m Measures) margin(t Target) float64 {
	margin := m.Level(t.Of) - t.Share
	if t.MaxOccupancy > 0 {
		margin = math.Min(margin, t.MaxOccupancy-m.Occupancy)
	}
	if t.MaxAbandonment > 0 {
		margin = math.Min(margin, t.MaxAbandonment-m.Abandonment)
	}
	if t.MaxWait.Duration > 0 {
		margin = math.Min(margin, 1-m.MeanWait/t.MaxWait.Seconds())
	}
	return margin
}

// Schedule returns how many operators must be rostered so that, after the
// shrinkage, so many answer: required / (1 - shrinkage), rounded up.
func Schedule(required int, shrinkage float64) int {
	const rounding = 1e-9 // 7 / (1 - 0.3) is 10, not 10.000000000000002
	return int(math.Ceil(float64(required)/(1-shrinkage) - rounding))
}
