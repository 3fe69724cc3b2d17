package staffing

import "math"

// spread is how a crew that always evens out would be, by the number of chats
// that are being answered. It is the start of everything else: which numbers
// of chats matter, how far from even operators are then, and what to do with a
// crew too large for its chain of states.
//
// Operators without trainees are at three levels next to each other, j-1, j
// and j+1: c of them miss a chat, a of them have one more. Chats end and are
// taken on again by those who miss one, faster than a changes: given a, the
// c move like the busy servers of Erlang's model B, with n-a servers and a load
// of arrivals/rate(j); and a moves as they do on average. This gives the
// chance of (a, c), up to a factor, in closed form.
type spread struct {
	crew
	arrivals float64
	blocked  [][]float64 // Erlang B at each level j and number of servers, made when needed
}

func newSpread(c crew, arrivals float64) *spread {
	return &spread{c, arrivals, make([][]float64, c.concurrency+1)}
}

// even is the rate of the crew with so many chats evenly spread, trainees
// having their part of them. While some have none yet, operators come before
// trainees; the fuller it gets, the less that shows, as trainees keep theirs
// for longer.
func (s *spread) even(chats int) float64 {
	level := min(chats/s.operators, s.concurrency-1)
	above := chats - level*s.operators
	mixed := s.strength() / float64(s.operators) * (float64(s.operators-above)*s.rate(level) + float64(above)*s.rate(level+1))
	if level > 0 {
		return mixed
	}
	quick := min(above, s.operators-s.trainees)
	first := (float64(quick) + s.share*float64(above-quick)) * s.rate(1)
	full := float64(above) / float64(s.operators)
	return (1-full)*first + full*mixed
}

// matters bounds a window: what is rarer than this, against the most frequent
// number of chats, is left out.
const matters = 1e-17

// window returns the numbers of chats that matter, both ends included.
func (s *spread) window() (low, high int) {
	log, most := 0.0, 0.0
	logs := make([]float64, s.places()+1)
	for x := 1; x <= s.places(); x++ {
		log += math.Log(s.arrivals / s.even(x))
		logs[x] = log
		most = max(most, log)
	}
	low, high = s.places(), 0
	for x, log := range logs {
		if log > most+math.Log(matters) {
			low, high = min(low, x), max(high, x)
		}
	}
	return low, high
}

// settle returns rates and busy operators of the window, with the means of
// those who miss a chat and those who have one too many.
func (s *spread) settle() settled {
	low, high := s.window()
	out := settled{low: low, rate: make([]float64, high-low+1), busy: make([]float64, high-low+1)}
	for x := max(low, 1); x <= high; x++ {
		missing, excess := s.uneven(x)
		out.rate[x-low] = s.likely(x, missing, excess)
		switch x / s.operators {
		case 0:
			out.busy[x-low] = float64(x) - excess.mean
		case 1:
			out.busy[x-low] = float64(s.operators) - missing.mean
		default:
			out.busy[x-low] = float64(s.operators)
		}
	}
	return out
}

// likely is the rate of the crew with so many chats, spread as unevenly.
func (s *spread) likely(chats int, missing, excess tail) float64 {
	level := chats / s.operators
	return s.even(chats) + s.strength()/float64(s.operators)*(missing.mean*s.bend(level)+excess.mean*s.bend(level+1))
}

// bend is how much the rate of two operators at the level grows when one
// passes a chat to the other; zero at the outermost levels.
func (s *spread) bend(level int) float64 {
	if level < 1 || level >= s.concurrency {
		return 0
	}
	return s.rate(level-1) - 2*s.rate(level) + s.rate(level+1)
}

// tail is a number of operators off the even levels.
type tail struct {
	mean float64
	most int // more than that are rarer than asked for
}

// uneven returns how many operators miss a chat below the level that all have
// when even, and have one above the next level, with so many chats.
func (s *spread) uneven(chats int) (missing, excess tail) {
	level := chats / s.operators
	if 1 <= level && level < s.concurrency {
		missing = s.around(level, chats, func(_, c int) int { return c })
	}
	if level+1 < s.concurrency {
		excess = s.around(level+1, chats, func(a, _ int) int { return a })
	}
	return missing, excess
}

// around sums over how many have one chat more than the level, a, and one less, c.
func (s *spread) around(level, chats int, count func(a, c int) int) tail {
	a := max(0, chats-level*s.operators)
	c := a - (chats - level*s.operators)
	weight, sum, first := 1.0, 0.0, 0.0
	t := tail{}
	const rare, huge = 1e-11, 1e200
	for {
		n := count(a, c)
		sum += weight
		first += weight * float64(n)
		if weight > rare*sum {
			t.most = n
		}
		b := s.operators - a - c
		if b < 2 {
			break
		}
		servers := s.operators - a
		ratio := s.rate(level) * s.blockedAt(level, servers-1) * float64(b) * float64(b-1) / (float64(a+1) * s.rate(level+1) * float64(servers))
		weight *= ratio
		if ratio < 1 && weight < negligible*sum {
			break
		}
		if weight > huge {
			weight, sum, first = weight/huge, sum/huge, first/huge
		}
		a++
		c++
	}
	t.mean = first / sum
	return t
}

// blockedAt is Erlang's B for servers at a level.
func (s *spread) blockedAt(level, servers int) float64 {
	if s.blocked[level] == nil {
		load := s.arrivals / s.rate(level) * float64(s.operators) / s.strength()
		row := make([]float64, s.operators+1)
		row[0] = 1
		for n := 1; n <= s.operators; n++ {
			row[n] = oneMore(row[n-1], load, n)
		}
		s.blocked[level] = row
	}
	return s.blocked[level][servers]
}

// limits returns which states to keep in a chain. They go beyond what the
// closed form says, which knows of three levels only; then shares are right to
// about a millionth.
func (s *spread) limits() limits {
	low, high := s.window()
	l := limits{low: low}
	spare := 8
	if s.trainees > 0 {
		spare = 12 // their slower chats pile up
	}
	beyond := func(t tail) int { return t.most + t.most/2 + spare }
	for x := low; x <= high; x++ {
		missing, excess := s.uneven(x)
		l.missing, l.excess = append(l.missing, beyond(missing)), append(l.excess, beyond(excess))
	}
	return l
}
