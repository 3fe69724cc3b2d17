package solve

import (
	"math"
	"runtime"
	"slices"
	"sync/atomic"
)

// Two cores search one roster: each lane has a copy of it and a half of the rows,
// drawn anew for every round. After each step a lane makes the changes that others have
// told it of meanwhile, and tells of its own. What both did to the same interval shows
// only then: where it costs, the later one takes back what it did, or later nudges mend it.

// maxLanes is how many lanes a search has at most: what they take back has been
// measured for two.
const maxLanes = 2

// rowsPerLane is how many rows a lane needs to have something to choose from.
const rowsPerLane = 8

// laneCount depends on the problem alone where iterations limit the search, so
// that any machine gives the same roster.
func (s *search) laneCount() int {
	cores := s.options.Cores
	if s.options.Iterations > 0 {
		cores = maxLanes
	}
	return max(1, min(cores, maxLanes, len(s.rows)/rowsPerLane))
}

// batch is how many moves a step of a lane has. Many nudges go with each of them: they
// are few beside the rows, or both lanes fill the same holes.
func (s *search) batch() int {
	const most = 4
	if len(s.lanes) == 1 || s.nudged == 0 {
		return 1
	}
	return max(1, min(most, len(s.rows)/50))
}

// stepsPerRound is how many steps a lane makes in a round in which it waits for nobody.
const stepsPerRound = 16

// steps is how many of them a round has, on each lane. Steps with nudges take as long as
// one another; where iterations limit the search, the seed draws which lane tells first,
// so that runs repeat.
func (s *search) steps() int {
	if s.nudged > 0 || s.meter.now == nil || s.meter.most > 0 {
		return 1
	}
	return stepsPerRound
}

// together runs rounds on every lane at once until next says that there is none more: a
// round is steps of each lane, and the heat by which they take back what clashes.
func (s *search) together(next func() (step func(*lane), heat float64, ok bool)) {
	all := newAwake(len(s.lanes))
	for step, heat, ok := next(); ok; step, heat, ok = next() {
		s.deal()
		round := s.freely
		if s.steps() == 1 {
			round = s.inStep
		}
		made := round(all, step, heat)
		all.share(func(at int) { s.lanes[at].catchUp(s.collect(s.lanes[at])) })
		s.meter.moves += made * s.batch() * s.work()
	}
	all.rest()
}

// inStep has each lane make one step, and then tell of it in an order drawn by chance.
func (s *search) inStep(all *awake, step func(*lane), heat float64) (made int) {
	all.share(func(at int) { s.lanes[at].attempt(step) })
	n := len(s.lanes)
	first := s.rng.IntN(n)
	for i := range n {
		s.settle(s.lanes[(first+i)%n], heat)
	}
	return n
}

// freely has lanes share the steps of a round, neither waiting for the other, and says
// how many were made: they take longer or shorter by chance.
func (s *search) freely(all *awake, step func(*lane), heat float64) (made int) {
	total := int64(stepsPerRound * len(s.lanes))
	var left atomic.Int64
	left.Store(total)
	all.share(func(at int) {
		for left.Add(-1) >= 0 && !s.meter.stopped() {
			s.lanes[at].attempt(step)
			s.settle(s.lanes[at], heat)
		}
	})
	return int(total - max(0, left.Load()))
}

// parcel is what a lane has changed, and by how much more the roster cost for it when
// the lane told of it.
type parcel struct {
	changes []change
	cost    int64
}

// attempt makes a step and notes what it does.
func (l *lane) attempt(step func(*lane)) {
	l.log, l.before = l.log[:0], l.seen
	step(l)
	l.alone = l.seen - l.before
}

// settle has a lane tell of its step. It first makes the changes that others have told of
// meanwhile: if then all cost more than annealing allows at the heat, it takes its step
// back. Intervals in which somebody is missing draw both lanes: without this they fill
// one hole twice, and leave two, faster than later moves mend it. Nudges are too many for
// that, and keep to days of their lane.
func (s *search) settle(l *lane, heat float64) {
	if len(s.lanes) == 1 {
		return
	}
	s.post.Lock()
	defer s.post.Unlock()
	cost := l.alone
	if s.nudged == 0 {
		theirs := l.catchUp(l.inbox)
		l.inbox = l.inbox[:0]
		cost = l.seen - l.before - theirs
		if clash := float64(cost - l.alone); clash > 0 && clash > -heat*math.Log(1-l.rng.Float64()) {
			l.undo(l.log)
			return
		}
	}
	if changes := l.changes(); len(changes) > 0 {
		for _, other := range s.lanes {
			if other != l {
				other.inbox = append(other.inbox, parcel{changes, cost})
			}
		}
	}
}

// collect takes what others have told a lane.
func (s *search) collect(l *lane) []parcel {
	s.post.Lock()
	defer s.post.Unlock()
	all := l.inbox
	l.inbox = nil
	return all
}

// catchUp makes the changes of others, and returns what these cost them.
func (l *lane) catchUp(all []parcel) (cost int64) {
	for _, p := range all {
		l.follow(p.changes)
		cost += p.cost
	}
	return cost
}

// undo takes moves back, the last first.
func (l *lane) undo(log []taken) {
	for _, one := range slices.Backward(log) {
		l.take(one.row, one.room.from, one.room.to)
		l.give(one.row, one.room.from, one.old)
	}
}

// gate lets lanes go on when all have come. They wait awake: for a step at most, which
// is often shorter than falling asleep takes.
type gate struct {
	lanes   int32
	here    atomic.Int32
	opening atomic.Int32
}

func (g *gate) wait() {
	now := g.opening.Load()
	if g.here.Add(1) == g.lanes {
		g.here.Store(0)
		g.opening.Add(1)
		return
	}
	const patience = 200 // looks before others of the process may run
	for i := 0; g.opening.Load() == now; i++ {
		if i%patience == patience-1 {
			runtime.Gosched()
		}
	}
}

// deal gives each lane its rows, and the days on which it may nudge them.
func (s *search) deal() {
	n, first := len(s.lanes), 0
	if n > 1 {
		s.rng.Shuffle(len(s.order), func(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] })
		first = s.rng.IntN(s.horizon)
	}
	for i, l := range s.lanes {
		l.pool = s.order[i*len(s.order)/n : (i+1)*len(s.order)/n]
		l.first, l.span = 0, s.horizon
		if s.horizon >= n {
			l.first, l.span = (first+i*s.horizon/n)%s.horizon, (i+1)*s.horizon/n-i*s.horizon/n
		}
	}
}

// change is what a row has become between two days.
type change struct {
	row, from int
	choice    held
}

// changes are the rows that the log is about, as they are now.
func (l *lane) changes() (all []change) {
	clear(l.place)
	type part struct{ row, from, to int }
	var parts []part
	for _, one := range l.log {
		at, known := l.place[one.row]
		if !known {
			l.place[one.row] = len(parts)
			parts = append(parts, part{one.row, one.room.from, one.room.to})
			continue
		}
		parts[at].from, parts[at].to = min(parts[at].from, one.room.from), max(parts[at].to, one.room.to)
	}
	for _, p := range parts {
		all = append(all, change{p.row, p.from, l.holds(p.row, p.from, p.to)})
	}
	return all
}

// follow makes changes of another lane.
func (l *lane) follow(changes []change) {
	for _, c := range changes {
		l.take(c.row, c.from, c.from+len(c.choice.options))
		l.give(c.row, c.from, c.choice)
	}
}
