package hiring

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// search tries crews, the cheapest first.
type search struct {
	ctx     context.Context
	problem roster.Problem
	kinds   []Kind
	options Options
	*wanted
	price   [][]float64 // that guide
	mix     []float64   // of each kind, how many are hired at the prices, on average
	refuted []refutation
	failed  [][]int // crews that were rostered, and do not cover enough
	bound   int64
	tried   int
	tries   int // at most about
}

// Steps of prices: for the first bound, and to refute one crew.
const (
	firstSteps  = 3000
	refuteSteps = 300
)

func (s *search) run() (Crew, error) {
	if err := s.prices(); err != nil {
		return Crew{}, err
	}
	s.tries = s.options.Tries
	if s.tries == 0 {
		s.tries = 40
	}
	crew, found, err := s.climb()
	if err != nil || found {
		return crew, err
	}
	if crew, err = s.grow(); err == nil {
		crew, err = s.spare(crew)
	}
	crew.Bound, crew.Tried = min(s.bound, crew.Cost), s.tried
	return crew, err
}

// climb tries crews in the order of their cost, the cheapest that is not refuted
// first, and refutes what fails. What it finds is the cheapest there is. Of large
// crews there are too many that cost about the same: then it does not go on for long.
func (s *search) climb() (crew Crew, found bool, err error) {
	const large, few = 10, 5
	for s.tried < s.tries {
		numbers, cost, known := s.cheapest()
		if numbers == nil && known {
			return crew, false, fmt.Errorf("%w: all within their limits are too few: expected a higher \"most\", or another kind", ErrNoCrew)
		}
		if len(s.failed) == 0 {
			s.bound = max(s.bound, cost)
		}
		if !known || s.tried >= few && people(numbers)+len(s.problem.Team.Operators) > large {
			break
		}
		if crew, err = s.roster(numbers, s.options.Start); err != nil || s.enough(crew) {
			return crew, err == nil, err
		}
		refuted, err := s.refute(numbers)
		if err != nil {
			return crew, false, err
		}
		if !refuted {
			s.failed = append(s.failed, numbers)
		}
	}
	return crew, false, nil
}

func people(numbers []int) (n int) {
	for _, one := range numbers {
		n += one
	}
	return n
}

// prices finds first prices, and the inequality that follows from them.
func (s *search) prices() error {
	price := s.zero()
	for q := range price {
		for t, n := range s.demand[q] {
			if n > 0 {
				price[q][t] = 1
			}
		}
	}
	even, err := s.weigh(price, 1)
	if err != nil {
		return err
	}
	s.refuted = append(s.refuted, even)
	perUnit := math.Inf(1)
	for k, v := range even.values {
		if v > 0 {
			perUnit = min(perUnit, float64(s.kinds[k].Cost)/v)
		}
	}
	if math.IsInf(perUnit, 1) { // nothing is asked, or nobody hired would help
		s.price = price
		return nil
	}
	for q := range price {
		for t := range price[q] {
			price[q][t] *= perUnit
		}
	}
	seats, cost := make([]int, len(s.serves)), make([]float64, len(s.serves))
	for i := range seats {
		seats[i] = 1
		if i < len(s.kinds) {
			cost[i] = float64(s.kinds[i].Cost)
			const ample, most = 1.5, 500
			seats[i] = 2 + int(min(most, ample*perUnit*s.total/cost[i]))
			if limit := s.kinds[i].Most; limit != nil {
				seats[i] = min(seats[i], *limit)
			}
		}
	}
	a := s.newAscent(price, seats, cost)
	for step := range firstSteps {
		if err := a.step(float64(step) / firstSteps); err != nil {
			return err
		}
	}
	mean, ceiling := a.mean()
	s.price, s.mix = mean, make([]float64, len(s.kinds))
	for k := range s.mix {
		s.mix[k] = a.hired[k] / a.summed
	}
	one, err := s.weigh(mean, ceiling)
	s.refuted = append(s.refuted, one)
	return err
}

// refute seeks prices at which the crew is worth less than what is required.
func (s *search) refute(numbers []int) (bool, error) {
	seats := slices.Clone(numbers)
	for range len(s.serves) - len(s.kinds) {
		seats = append(seats, 1)
	}
	a := s.newAscent(s.price, seats, make([]float64, len(seats)))
	for step := range refuteSteps {
		if err := a.step(float64(step) / refuteSteps); err != nil {
			return false, err
		}
		const looks = 10
		if step%(refuteSteps/looks) != refuteSteps/looks-1 {
			continue
		}
		for _, averaged := range []bool{false, true} {
			price, ceiling := a.price, a.ceiling
			if averaged {
				price, ceiling = a.mean()
			}
			one, err := s.weigh(price, ceiling)
			if err != nil {
				return false, err
			}
			if one.refutes(numbers) {
				s.refuted = append(s.refuted, one)
				return true, nil
			}
		}
	}
	return false, nil
}
