package staffing

import "math"

// settled is how a crew is, once things have settled, by the number of chats
// that are being answered, from low on.
type settled struct {
	low  int
	rate []float64 // chats that end per handling time; exact conditional means of a chain
	busy []float64 // operators with at least one chat
}

const (
	settledTo  = 1e-10 // change of the chances given a number of chats in one sweep, summed
	mostSweeps = 5000
	leapEvery  = 6 // sweeps, of which the last three tell where they lead
)

// settle solves the chain for chats that arrive at so many per handling time.
//
// Cutting the chain between two numbers of chats x and x+1, as many cross up
// as down: arrivals * P(x) = E[rate | x+1] * P(x+1). So all that is sought is
// how the operators are spread given x, for each x. That is improved by
// Gauss-Seidel sweeps downwards over x, each weighted by its neighbours as the
// cuts say (iterative aggregation; Takahashi 1975), with a leap along the
// slowest error every few sweeps (Aitken). Nothing is subtracted but in leaps,
// so that no probability turns negative however large the crew is.
func (c *chain) settle(arrivals float64) settled {
	levels := len(c.first) - 1
	s := settled{low: c.low, rate: make([]float64, levels), busy: make([]float64, levels)}
	given := make([]float64, len(c.ending)) // chance of each state given its number of chats
	for x := range levels {
		span := given[c.first[x]:c.first[x+1]]
		for i := range span {
			span[i] = 1 / float64(len(span))
		}
		s.rate[x] = c.mean(x, given, c.ending)
	}
	leap := newLeap(len(given))
	into := make([]float64, len(given))
	for sweep := 1; sweep <= mostSweeps; sweep++ {
		worst := 0.0
		for x := levels - 1; x >= 0; x-- {
			worst = max(worst, c.balance(x, arrivals, s.rate, given, into))
			s.rate[x] = c.mean(x, given, c.ending)
		}
		if worst < settledTo {
			break
		}
		if leap.forward(sweep, given) {
			for x := range levels {
				normalize(given[c.first[x]:c.first[x+1]])
				s.rate[x] = c.mean(x, given, c.ending)
			}
		}
	}
	for x := range levels {
		s.busy[x] = c.mean(x, given, c.busy)
	}
	return s
}

// mean is the mean of a value over the states with low+x chats.
func (c *chain) mean(x int, given, value []float64) float64 {
	sum := 0.0
	for i := c.first[x]; i < c.first[x+1]; i++ {
		sum += given[i] * value[i]
	}
	return sum
}

// balance sets the chances of the states with low+x chats to what flows into
// them, from one chat fewer and from one more, over what flows out. It returns
// by how much they changed.
func (c *chain) balance(x int, arrivals float64, rate, given, into []float64) (change float64) {
	from, to := c.first[x], c.first[x+1]
	clear(into[from:to])
	if x > 0 {
		for i := c.first[x-1]; i < from; i++ {
			into[c.after[i]] += rate[x] * given[i]
		}
	}
	out := 0.0
	if x+2 < len(c.first) {
		out = arrivals
		weight := arrivals / rate[x+1]
		for i := to; i < c.first[x+2]; i++ {
			flow := weight * given[i]
			for _, one := range c.steps[c.begin[i]:c.begin[i+1]] {
				into[one.to] += flow * one.rate
			}
		}
	}
	if x > 0 {
		for i := from; i < to; i++ {
			into[i] /= out + c.ending[i]
		}
	}
	normalize(into[from:to])
	for i := from; i < to; i++ {
		change += math.Abs(into[i] - given[i])
	}
	copy(given[from:to], into[from:to])
	return change
}

func normalize(chances []float64) {
	sum := 0.0
	for _, p := range chances {
		sum += p
	}
	for i := range chances {
		chances[i] /= sum
	}
}

// leap extrapolates a sequence of vectors that converges like a power of one ratio.
type leap struct{ before, last []float64 }

func newLeap(n int) *leap { return &leap{make([]float64, n), make([]float64, n)} }

// forward takes note of the vector after each sweep, and every so often moves
// it to where the last three lead; it says whether it did.
func (l *leap) forward(sweep int, v []float64) bool {
	switch sweep % leapEvery {
	case leapEvery - 2:
		copy(l.before, v)
	case leapEvery - 1:
		copy(l.last, v)
	case 0:
		product, square := 0.0, 0.0
		for i := range v {
			first := l.last[i] - l.before[i]
			product += first * (v[i] - l.last[i])
			square += first * first
		}
		ratio := product / square
		const longest = 0.999
		if !(ratio > 0 && ratio < longest) {
			return false
		}
		for i := range v {
			const least = 0.1 // of a chance remains
			v[i] = max(least*v[i], v[i]+ratio/(1-ratio)*(v[i]-l.last[i]))
		}
		return true
	}
	return false
}
