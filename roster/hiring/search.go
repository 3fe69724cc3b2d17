package hiring

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// search tries crews, the cheapest first.
type search struct {
	ctx     context.Context
	problem roster.Problem
	kinds   []Kind
	options Options
	*wanted
	price   [][]float64 // that guide
	refuted []refutation
	failed  [][]int // crews that were rostered, and do not cover enough
	bound   int64
	tried   int
}

// Steps of prices: for the first bound, and to refute one crew.
const (
	firstSteps  = 1500
	refuteSteps = 300
)

func (s *search) run() (Crew, error) {
	if err := s.prices(); err != nil {
		return Crew{}, err
	}
	tries := s.options.Tries
	if tries == 0 {
		tries = 40
	}
	numbers := []int(nil)
	for s.tried < tries {
		next, cost, known := s.cheapest()
		if next == nil && known {
			return Crew{}, fmt.Errorf("%w: all within their limits are too few", ErrNoCrew)
		}
		if len(s.failed) == 0 {
			s.bound = max(s.bound, cost)
		}
		if !known {
			break // too many to look through
		}
		numbers = next
		crew, err := s.roster(next)
		if err != nil || s.enough(crew) {
			return crew, err
		}
		refuted, err := s.refute(next)
		if err != nil {
			return Crew{}, err
		}
		if !refuted {
			s.failed = append(s.failed, next)
		}
	}
	return s.grow(numbers)
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
	s.price = mean
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

// roster makes the roster of a crew.
func (s *search) roster(numbers []int) (Crew, error) {
	if s.options.Note != nil {
		s.options.Note(Progress{Tried: s.tried, Bound: s.bound})
	}
	s.tried++
	c := Crew{Numbers: numbers, Cost: s.costOf(numbers), Problem: s.staffed(numbers)}
	iterations := s.options.Iterations
	if iterations == 0 {
		iterations = max(2000, 60*len(c.Problem.Team.Operators))
	}
	var err error
	c.Result, err = solve.Solve(s.ctx, c.Problem, nil, solve.Options{Seed: s.options.Seed, Iterations: iterations, Cores: s.options.Cores})
	if err == nil {
		err = s.ctx.Err()
	}
	if err != nil {
		return Crew{}, err
	}
	coverage := roster.Cover(c.Problem, c.Result.Assignments)
	c.Covered = coverage.Share()
	for _, q := range coverage.Queues {
		for _, one := range q.Missing {
			c.Missing += one
		}
	}
	c.Bound, c.Tried = min(s.bound, c.Cost), s.tried
	return c, nil
}

// enough says whether the crew's roster is legal and covers what is to be covered.
func (s *search) enough(c Crew) bool {
	const rounding = 1e-6
	return c.Result.Score.Hard == 0 && c.Missing <= s.allowed+rounding
}

// staffed is the problem with the crew in it.
func (s *search) staffed(numbers []int) roster.Problem {
	p := s.problem
	p.Team.Operators = slices.Clone(p.Team.Operators)
	highest := roster.ID(0)
	for _, o := range p.Team.Operators {
		highest = max(highest, o.ID)
	}
	for k, n := range numbers {
		for i := range n {
			o := s.kinds[k].Operator
			highest++
			o.ID, o.Name = highest, fmt.Sprintf("%s %d", o.Name, i+1)
			p.Team.Operators = append(p.Team.Operators, o)
		}
	}
	return p
}

func (s *search) costOf(numbers []int) (cost int64) {
	for k, n := range numbers {
		cost += int64(n) * s.kinds[k].Cost
	}
	return cost
}

// grow hires one by one those who help most for their price, until the crew
// covers enough, and then sends away whom it can spare, the dearest first.
func (s *search) grow(numbers []int) (Crew, error) {
	if numbers == nil {
		numbers = make([]int, len(s.kinds))
		for k := range numbers {
			numbers[k] = s.kinds[k].Least
		}
	}
	numbers = slices.Clone(numbers)
	crew, err := s.roster(numbers)
	for err == nil && !s.enough(crew) {
		more := s.helpful(crew)
		if more < 0 {
			return crew, fmt.Errorf("%w: %.1f operator-intervals are missing however many are hired within the limits", ErrNoCrew, crew.Missing)
		}
		numbers = slices.Clone(numbers)
		numbers[more]++
		crew, err = s.roster(numbers)
	}
	for k := range s.kinds {
		for err == nil && numbers[k] > s.kinds[k].Least {
			fewer := slices.Clone(numbers)
			fewer[k]--
			if slices.ContainsFunc(s.refuted, func(r refutation) bool { return r.refutes(fewer) }) {
				break
			}
			var smaller Crew
			if smaller, err = s.roster(fewer); err != nil || !s.enough(smaller) {
				break
			}
			numbers, crew = fewer, smaller
		}
	}
	crew.Bound, crew.Tried = min(s.bound, crew.Cost), s.tried
	return crew, err
}

// helpful is the kind of which one more is worth most for its price where the
// crew's roster misses somebody; -1 if none is.
func (s *search) helpful(c Crew) int {
	price := s.zero()
	for q, covered := range roster.Cover(c.Problem, c.Result.Assignments).Queues {
		copy(price[q], covered.Missing)
	}
	s.rows.Price(price)
	best, most := -1, 0.0
	for k, kind := range s.kinds {
		if kind.Most != nil && c.Numbers[k] >= *kind.Most {
			continue
		}
		row, err := s.rows.Best(k, false)
		if per := row.Worth / float64(kind.Cost); err == nil && per > most {
			best, most = k, per
		}
	}
	return best
}
