package simulate

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// floor is where it happens. Times are seconds since the start of the grid.
type floor struct {
	scenario  Scenario
	random    *rand.Rand
	now, end  float64
	interval  float64 // length
	streams   []stream
	operators []operator
	byTime    agenda
	doors     []door // who comes and goes, by time
	run       Run
}

// stream is the arrivals of a queue and those who wait.
type stream struct {
	Queue
	next    float64 // arrival
	waiting []chat
	counted int       // intervals whose arrivals have been drawn
	coming  []float64 // of the last of them, in order
}

// chat is one that waits or is being answered.
type chat struct {
	queue    int
	interval int // in which it arrived
	arrived  float64
	leaves   float64 // if it is not answered by then
	answered float64
	work     float64 // seconds alone with a full operator, what is left of it
}

// operator is one at work, or not.
type operator struct {
	Operator
	here   bool
	chats  []chat
	since  float64 // up to which the chats have been worked on
	next   float64 // end of a chat
	latest float64 // when they last took one
	places int     // the most of their queues
	at     int     // place in the agenda
}

// door is an operator who comes, goes or turns to another queue.
type door struct {
	at       float64
	operator int
	way      way
}

// way is what an operator does at a door. Of several at one instant they go
// before they come: who touches ends stays.
type way int

const (
	goes way = iota
	comes
	turns
)

func newFloor(s Scenario, random *rand.Rand) *floor {
	f := &floor{scenario: s, random: random, interval: s.Grid.Step.Seconds(), end: s.Grid.Step.Seconds() * float64(s.Grid.N)}
	f.run.Loads = make([]Load, s.Grid.N)
	for i, q := range s.Queues {
		f.streams = append(f.streams, stream{Queue: q})
		f.run.Tallies = append(f.run.Tallies, make([]Tally, s.Grid.N))
		f.streams[i].next = f.arrival(i, 0)
	}
	for i, o := range s.Operators {
		one := operator{Operator: o, next: math.Inf(1), latest: math.Inf(-1)}
		for _, q := range o.Queues {
			one.places = max(one.places, s.Queues[q].Concurrency)
		}
		f.operators = append(f.operators, one)
		for _, p := range o.Present {
			from, to := p.Start.Sub(s.Grid.Start).Seconds(), p.End.Sub(s.Grid.Start).Seconds()
			if to > 0 && from < f.end {
				f.doors = append(f.doors, door{max(0, from), i, comes}, door{to, i, goes})
			}
		}
		for t := 1; t < len(o.Station); t++ {
			if o.Station[t] != o.Station[t-1] {
				f.doors = append(f.doors, door{float64(t) * f.interval, i, turns})
			}
		}
	}
	slices.SortStableFunc(f.doors, func(a, b door) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.way, b.way))
	})
	f.byTime = newAgenda(f.operators)
	return f
}

// arrival draws the next arrival after t: rates are constant within intervals.
func (f *floor) arrival(queue int, t float64) float64 {
	q := f.scenario.Queues[queue]
	if q.Counted {
		return f.streams[queue].draw(f)
	}
	work := f.random.ExpFloat64()
	for i := int(t / f.interval); i < f.scenario.Grid.N; i++ {
		rate := q.Arrivals[i] * (1 - q.BotShare) / f.interval
		left := float64(i+1)*f.interval - t
		if rate*left >= work {
			return t + work/rate
		}
		work -= rate * left
		t = float64(i+1) * f.interval
	}
	return math.Inf(1)
}

// draw returns the next of arrivals that are counted.
func (s *stream) draw(f *floor) float64 {
	for ; len(s.coming) == 0; s.counted++ {
		if s.counted == len(s.Arrivals) {
			return math.Inf(1)
		}
		for range int(math.Round(s.Arrivals[s.counted])) {
			if f.random.Float64() >= s.BotShare {
				s.coming = append(s.coming, (float64(s.counted)+f.random.Float64())*f.interval)
			}
		}
		slices.Sort(s.coming)
	}
	next := s.coming[0]
	s.coming = s.coming[1:]
	return next
}

// step lets the next thing happen; it says whether there was one.
func (f *floor) step() bool {
	at, queue := math.Inf(1), -1
	for i := range f.streams {
		if f.streams[i].next < at {
			at, queue = f.streams[i].next, i
		}
	}
	ending := f.byTime.first()
	switch {
	case len(f.doors) > 0 && f.doors[0].at <= min(at, ending):
		f.now = f.doors[0].at
		f.pass(f.doors[0])
		f.doors = f.doors[1:]
	case at <= ending && queue >= 0:
		f.now = at
		f.arrive(queue)
	case !math.IsInf(ending, 1):
		f.now = ending
		f.finish(f.byTime.operator())
	default:
		return false
	}
	return true
}

// pass lets an operator come or turn, who takes who waits, or go.
func (f *floor) pass(d door) {
	f.work(d.operator)
	o := &f.operators[d.operator]
	switch d.way {
	case goes:
		o.here = false
	case comes:
		o.here = true
	}
	f.takeWaiting(d.operator)
}

// serves says whether an operator answers a queue now.
func (f *floor) serves(o *operator, queue int) bool {
	if !slices.Contains(o.Queues, queue) {
		return false
	}
	i := int(f.now / f.interval)
	return len(o.Station) == 0 || i < len(o.Station) && o.Station[i] == queue
}

// arrive brings a chat to an operator or into the queue.
func (f *floor) arrive(queue int) {
	s := &f.streams[queue]
	c := chat{queue: queue, interval: min(int(f.now/f.interval), f.scenario.Grid.N-1), arrived: f.now, leaves: math.Inf(1)}
	c.work = f.random.ExpFloat64() * s.AHT.Seconds()
	if s.Patience > 0 {
		c.leaves = f.now + f.random.ExpFloat64()*s.Patience.Seconds()
	}
	s.next = f.arrival(queue, f.now)
	f.run.Tallies[queue][c.interval].Offered++
	if o := f.least(queue); o >= 0 {
		f.answer(o, c)
		return
	}
	f.run.Tallies[queue][c.interval].Waited++
	s.waiting = append(s.waiting, c)
}

// least returns the operator for a new chat of the queue, -1 if there is none.
func (f *floor) least(queue int) int {
	best := -1
	for i := range f.operators {
		o := &f.operators[i]
		if !o.here || len(o.chats) >= f.streams[queue].Concurrency || !f.serves(o, queue) {
			continue
		}
		if best < 0 || o.before(&f.operators[best]) {
			best = i
		}
	}
	return best
}

// before says whether a new chat goes to o rather than to p.
func (o *operator) before(p *operator) bool {
	switch {
	case len(o.chats) != len(p.chats):
		return len(o.chats) < len(p.chats)
	case len(o.Queues) != len(p.Queues):
		return len(o.Queues) < len(p.Queues)
	case o.Share != p.Share:
		return o.Share > p.Share
	}
	return o.latest < p.latest
}

// answer gives a chat to an operator.
func (f *floor) answer(i int, c chat) {
	f.work(i)
	o := &f.operators[i]
	c.answered = f.now
	o.chats = append(o.chats, c)
	o.latest = f.now
	f.plan(i)
	t := &f.run.Tallies[c.queue][c.interval]
	t.Answered++
	t.Wait += c.answered - c.arrived
	if f.waited(c) <= f.streams[c.queue].Within.Seconds() {
		t.InTime++
	}
}

// waited is how long a chat has waited of the time that counts for its queue.
func (f *floor) waited(c chat) float64 {
	open := f.streams[c.queue].Open
	if len(open) == 0 {
		return c.answered - c.arrived
	}
	counts := 0.0
	for t := c.arrived; t < c.answered; {
		i := min(int(t/f.interval), len(open)-1)
		to := min(c.answered, float64(i+1)*f.interval)
		if i == len(open)-1 {
			to = c.answered
		}
		if open[i] {
			counts += to - t
		}
		t = to
	}
	return counts
}

// pace is how fast each chat of an operator goes.
func (f *floor) pace(o *operator, c chat) float64 {
	return o.Share / (1 + f.streams[c.queue].Slowdown*float64(len(o.chats)-1))
}

// work brings the chats of an operator up to now.
func (f *floor) work(i int) {
	o := &f.operators[i]
	if f.now > o.since {
		for c := range o.chats {
			o.chats[c].work -= (f.now - o.since) * f.pace(o, o.chats[c])
		}
		f.load(o)
	}
	o.since = f.now
}

// load notes how the operator has fared since they were last looked at.
func (f *floor) load(o *operator) {
	for t := o.since; t < f.now; {
		i := int(t / f.interval)
		if i >= len(f.run.Loads) {
			return
		}
		to := min(f.now, float64(i+1)*f.interval)
		l := &f.run.Loads[i]
		l.Chats += (to - t) * float64(len(o.chats))
		if o.here {
			l.Places += (to - t) * float64(o.places)
		}
		if len(o.chats) > 0 {
			l.Busy += to - t
			if !o.here {
				l.Overtime += to - t
			}
		}
		t = to
	}
}

// plan finds the next chat of an operator that ends.
func (f *floor) plan(i int) {
	o := &f.operators[i]
	o.next = math.Inf(1)
	for _, c := range o.chats {
		o.next = min(o.next, f.now+max(0, c.work)/f.pace(o, c))
	}
	f.byTime.fix(i)
}

// finish ends the chat that has the least left to do.
func (f *floor) finish(i int) {
	f.work(i)
	o := &f.operators[i]
	done := 0
	for c := range o.chats {
		if o.chats[c].work/f.pace(o, o.chats[c]) < o.chats[done].work/f.pace(o, o.chats[done]) {
			done = c
		}
	}
	c := o.chats[done]
	o.chats = slices.Delete(o.chats, done, done+1)
	f.run.Tallies[c.queue][c.interval].Session += f.now - c.answered
	if f.scenario.Ended != nil {
		f.scenario.Ended(c.queue, i, c.arrived, c.answered, f.now)
	}
	f.plan(i)
	f.takeWaiting(i)
}

// takeWaiting fills the free places of an operator with who has waited longest.
func (f *floor) takeWaiting(i int) {
	o := &f.operators[i]
	for o.here {
		first := -1
		for _, q := range o.Queues {
			if !f.serves(o, q) {
				continue
			}
			s := &f.streams[q]
			f.leave(q)
			if len(s.waiting) > 0 && len(o.chats) < s.Concurrency && (first < 0 || s.waiting[0].arrived < f.streams[first].waiting[0].arrived) {
				first = q
			}
		}
		if first < 0 {
			return
		}
		s := &f.streams[first]
		c := s.waiting[0]
		s.waiting = s.waiting[1:]
		f.answer(i, c)
	}
}

// leave lets those go from the head of the queue who have lost patience.
func (f *floor) leave(queue int) {
	s := &f.streams[queue]
	for len(s.waiting) > 0 && s.waiting[0].leaves <= f.now {
		f.abandon(s.waiting[0])
		s.waiting = s.waiting[1:]
	}
}

func (f *floor) abandon(c chat) {
	t := &f.run.Tallies[c.queue][c.interval]
	t.Abandoned++
	t.Wait += c.leaves - c.arrived
}

// closing lets those who still wait after the last event go: unanswered, when
// they lose patience or else at the end.
func (f *floor) closing() {
	f.now = max(f.now, f.end)
	for i := range f.operators {
		f.work(i)
	}
	for q := range f.streams {
		for _, c := range f.streams[q].waiting {
			c.leaves = min(c.leaves, max(f.end, c.arrived))
			f.abandon(c)
		}
	}
}
