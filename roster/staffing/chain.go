package staffing

import "slices"

// mostConcurrency is the most chats at once that the chain of states knows.
const mostConcurrency = 10

// crew is who answers: alike operators, and among them perhaps trainees.
// Times are in units of the handling time of a chat alone with an operator.
type crew struct {
	operators   int // all
	concurrency int
	slowdown    float64
	trainees    int     // of the operators
	share       float64 // at which trainees work, 0..1
}

// places is how many chats the crew can answer at once.
func (c crew) places() int { return c.operators * c.concurrency }

// rate is how many chats an operator with k of them ends per handling time.
func (c crew) rate(k int) float64 {
	if k == 0 {
		return 0
	}
	return float64(k) / (1 + c.slowdown*float64(k-1))
}

// fullRate is how many the whole crew ends while every place is taken.
func (c crew) fullRate() float64 { return c.strength() * c.rate(c.concurrency) }

// strength is the crew in operators who are not trainees.
func (c crew) strength() float64 {
	return float64(c.operators-c.trainees) + c.share*float64(c.trainees)
}

// speed is how fast a group works: 0 are operators, 1 trainees.
func (c crew) speed(group int) float64 {
	if group == 1 {
		return c.share
	}
	return 1
}

// state says how many operators, and how many trainees, are at each level: an
// operator with k chats is at level k.
type state [2][mostConcurrency + 1]uint8

// imbalance is how many chats the operators miss below the level that all
// have at least when chats are spread evenly, and have above the next.
func (s *state) imbalance(chats, operators int) (missing, excess int) {
	even := chats / operators
	for _, group := range s {
		for level, n := range group {
			missing += int(n) * max(0, even-level)
			excess += int(n) * max(0, level-even-1)
		}
	}
	return missing, excess
}

// take gives a new chat to the least loaded operator, one before a trainee.
func (s *state) take() {
	for level := range mostConcurrency {
		for g := range s {
			if s[g][level] > 0 {
				s[g][level]--
				s[g][level+1]++
				return
			}
		}
	}
}

// chain is the Markov chain of a crew: its states by the number of chats that
// are being answered, and how chats that end lead from one to another. A new
// chat leads from each state to exactly one other.
type chain struct {
	crew
	low    int     // fewest chats of the chain; below it there is next to nobody
	first  []int32 // first[i] is the first state with low+i chats; one more at the end
	after  []int32 // state after a new chat, -1 where every place is taken
	steps  []step  // chats that end, by state
	begin  []int32 // begin[s] is the first step of state s; one more at the end
	ending []float64
	busy   []float64 // operators with at least one chat
}

// step is a chat that ends.
type step struct {
	to   int32
	rate float64
}

// limits are which states a chain has: those with so many chats missing and
// in excess, by the number of chats from low on.
type limits struct {
	low             int
	missing, excess []int
}

// keeps says whether a state is within the limits. The two tails multiply, so
// that a state at the end of one is kept only at the start of the other.
func (l limits) keeps(s *state, chats, operators int) bool {
	missing, excess := s.imbalance(chats, operators)
	m, e := l.missing[chats-l.low]+1, l.excess[chats-l.low]+1
	return missing*e+excess*m < m*e
}

// builder numbers the states within limits in the order in which it meets them.
type builder struct {
	crew
	limits
	number   map[state]int32
	states   []state
	chats    []int
	balanced []int32 // the even state of so many chats from low on
	after    []int32
	steps    []step
	begin    []int32
}

// newChain builds the chain, or returns nil if it has more states than most.
// What leads beyond the limits leads to the even state with as many chats.
func newChain(c crew, l limits, most int) *chain {
	b := &builder{crew: c, limits: l, number: map[state]int32{}}
	var even state
	even[0][0], even[1][0] = uint8(c.operators-c.trainees), uint8(c.trainees)
	for chats := range l.low + len(l.missing) {
		if chats >= l.low {
			b.balanced = append(b.balanced, b.add(even, chats))
		}
		even.take()
	}
	for i := 0; i < len(b.states); i++ {
		if len(b.states) > most {
			return nil
		}
		b.leave(i)
	}
	return b.sorted()
}

// leave finds what state i leads to.
func (b *builder) leave(i int) {
	s, chats := b.states[i], b.chats[i]
	b.begin = append(b.begin, int32(len(b.steps)))
	b.after = append(b.after, -1)
	if chats-b.low+1 < len(b.missing) {
		next := s
		next.take()
		b.after[i] = b.neighbour(next, chats+1)
	}
	if chats == b.low {
		return
	}
	for g := range s {
		for level := 1; level <= b.concurrency; level++ {
			if n := s[g][level]; n > 0 {
				next := s
				next[g][level]--
				next[g][level-1]++
				b.steps = append(b.steps, step{b.neighbour(next, chats-1), float64(n) * b.rate(level) * b.speed(g)})
			}
		}
	}
}

// neighbour is the number of a state, or of the even one in its place.
func (b *builder) neighbour(s state, chats int) int32 {
	if !b.keeps(&s, chats, b.operators) {
		return b.balanced[chats-b.low]
	}
	return b.add(s, chats)
}

// add numbers a state.
func (b *builder) add(s state, chats int) int32 {
	n, known := b.number[s]
	if !known {
		n = int32(len(b.states))
		b.number[s] = n
		b.states, b.chats = append(b.states, s), append(b.chats, chats)
	}
	return n
}

// sorted lays the states out by their number of chats.
func (b *builder) sorted() *chain {
	b.begin = append(b.begin, int32(len(b.steps)))
	c := &chain{crew: b.crew, low: b.low, first: make([]int32, len(b.missing)+1)}
	for _, chats := range b.chats {
		c.first[chats-b.low+1]++
	}
	for i := range b.missing {
		c.first[i+1] += c.first[i]
	}
	next := slices.Clone(c.first)
	place, order := make([]int32, len(b.states)), make([]int32, len(b.states))
	for s, chats := range b.chats {
		place[s] = next[chats-b.low]
		order[place[s]] = int32(s)
		next[chats-b.low]++
	}
	for _, s := range order {
		to := b.after[s]
		if to >= 0 {
			to = place[to]
		}
		c.after = append(c.after, to)
		c.begin = append(c.begin, int32(len(c.steps)))
		ending := 0.0
		for _, one := range b.steps[b.begin[s]:b.begin[s+1]] {
			c.steps = append(c.steps, step{place[one.to], one.rate})
			ending += one.rate
		}
		c.ending = append(c.ending, ending)
		c.busy = append(c.busy, float64(b.operators-int(b.states[s][0][0])-int(b.states[s][1][0])))
	}
	c.begin = append(c.begin, int32(len(c.steps)))
	return c
}
