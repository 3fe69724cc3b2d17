package hiring

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// roster makes the roster of a crew, from that of another one on.
func (s *search) roster(numbers []int, from []roster.Assignment) (Crew, error) {
	if s.options.Note != nil {
		s.options.Note(Progress{Tried: s.tried, Bound: s.bound})
	}
	s.tried++
	c := Crew{Numbers: numbers, Cost: s.costOf(numbers), Problem: s.staffed(numbers)}
	iterations := cmp.Or(s.options.Iterations, max(2000, 60*len(c.Problem.Team.Operators)))
	from = slices.DeleteFunc(slices.Clone(from), func(a roster.Assignment) bool {
		_, there := c.Problem.Team.Operator(a.Operator)
		return !there
	})
	var err error
	c.Result, err = solve.Solve(s.ctx, c.Problem, from, solve.Options{Seed: s.options.Seed, Iterations: iterations, Cores: s.options.Cores})
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

// rounding is of sums of hundredths.
const rounding = 1e-6

// enough says whether the crew's roster is legal and covers what is to be covered.
func (s *search) enough(c Crew) bool {
	return c.Result.Score.Hard == 0 && c.Missing <= s.allowed+rounding
}

// staffed is the problem with the crew in it. The same operator of a kind has the
// same number in every crew.
func (s *search) staffed(numbers []int) roster.Problem {
	p := s.problem
	p.Team.Operators = slices.Clone(p.Team.Operators)
	highest, taken := roster.ID(0), map[string]bool{}
	for _, o := range p.Team.Operators {
		highest, taken[o.Name] = max(highest, o.ID), true
	}
	for k, n := range numbers {
		number := 0
		for i := range n {
			o := s.kinds[k].Operator
			o.ID = highest + roster.ID(1+k+i*len(s.kinds))
			for number++; taken[numbered(o, number)]; number++ {
			}
			o.Name = numbered(o, number)
			p.Team.Operators = append(p.Team.Operators, o)
		}
	}
	return p
}

// numbered is the name of an operator of a kind, which has one of its own.
func numbered(kind roster.Operator, number int) string {
	return fmt.Sprintf("%s %d", kind.Name, number)
}

func (s *search) costOf(numbers []int) (cost int64) {
	for k, n := range numbers {
		cost += int64(n) * s.kinds[k].Cost
	}
	return cost
}

// within says whether the numbers keep their limits and nothing refutes them.
func (s *search) within(numbers []int) bool {
	for k, n := range numbers {
		if n < s.kinds[k].Least || s.kinds[k].Most != nil && n > *s.kinds[k].Most {
			return false
		}
	}
	return !slices.ContainsFunc(s.refuted, func(r refutation) bool { return r.refutes(numbers) })
}

// grow starts from those who are hired at the prices, and hires one by one those
// who help most for their price, until the crew covers enough.
func (s *search) grow() (Crew, error) {
	numbers := make([]int, len(s.kinds))
	for k := range numbers {
		numbers[k] = s.kinds[k].Least
		if s.mix != nil {
			numbers[k] = max(numbers[k], int(s.mix[k]))
		}
	}
	const patience = 5 // hires, one after the other, who cover nothing more
	crew, err := s.roster(numbers, s.options.Start)
	for idle := 0; err == nil && !s.enough(crew); {
		more := s.helpful(crew)
		if more < 0 || idle == patience {
			return crew, crew.tooLittle(s.allowed + rounding)
		}
		before := crew.Missing
		numbers = slices.Clone(numbers)
		numbers[more]++
		crew, err = s.roster(numbers, crew.Result.Assignments)
		if idle++; crew.Missing < before {
			idle = 0
		}
	}
	return crew, err
}

// tooLittle says what is amiss with the roster of a crew that hiring makes no better: more
// is missing than allowed, or a rule is broken.
func (c Crew) tooLittle(allowed float64) error {
	if c.Missing > allowed {
		return fmt.Errorf("%w: %.1f operator-intervals are missing however many are hired within the limits, the first of them in %s", ErrNoCrew, c.Missing, c.firstMissing())
	}
	all := roster.Judge(c.Problem, c.Result.Assignments).Breaches
	at := slices.IndexFunc(all, func(b roster.Breach) bool { return b.Hard })
	return fmt.Errorf("no roster of a crew was legal: %s", all[at].Sentence.English)
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

// spare sends somebody away, or takes somebody cheaper instead, as long as the
// crew covers enough: first where the prices say that it is missed least.
func (s *search) spare(crew Crew) (Crew, error) {
	var failed [][]int
	for s.tried < s.tries {
		ways := s.cheaper(crew.Numbers)
		at := slices.IndexFunc(ways, func(numbers []int) bool {
			return !slices.ContainsFunc(failed, func(f []int) bool { return slices.Equal(f, numbers) })
		})
		if at < 0 {
			break
		}
		next, err := s.roster(ways[at], crew.Result.Assignments)
		if err != nil {
			return crew, err
		}
		if s.enough(next) {
			crew = next
		} else {
			failed = append(failed, ways[at])
		}
	}
	return crew, nil
}

// cheaper lists crews with one fewer, or one exchanged, that cost less.
func (s *search) cheaper(numbers []int) (all [][]int) {
	for k := range numbers {
		for other := range numbers {
			less := slices.Clone(numbers)
			less[k]--
			if other != k {
				less[other]++
			}
			if s.costOf(less) < s.costOf(numbers) && s.within(less) {
				all = append(all, less)
			}
		}
	}
	at := s.refuted[0] // at even prices
	if len(s.refuted) > 1 {
		at = s.refuted[1] // at those of the bound
	}
	slices.SortStableFunc(all, func(a, b []int) int { return cmp.Compare(at.worth(b), at.worth(a)) })
	return all
}

// firstMissing says where the crew's roster misses somebody first.
func (c Crew) firstMissing() string {
	first, queue := c.Problem.Demand.Grid.N, ""
	for _, q := range roster.Cover(c.Problem, c.Result.Assignments).Queues {
		at := slices.IndexFunc(q.Missing, func(missing float64) bool { return missing > 0 })
		if at >= 0 && at < first {
			first, queue = at, q.Queue
		}
	}
	return placed(c.Problem.Demand, queue, first)
}
