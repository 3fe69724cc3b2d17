package solve

import (
	"math"
	"runtime"
	"slices"
	"sync/atomic"
)

// Two cores search one roster: each lane has a copy of it and a half of the
// rows, drawn anew for every few moves, after which the lanes tell one another
// what they have changed. What both did to the same interval meanwhile shows only
// then: where it costs, one of them takes back what it did, or later nudges mend it.

// maxLanes is how many lanes a search has at most: more would wait for one
// another more than they search.
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

// batch is how many moves a lane makes before it tells of them: few beside the
// rows, or both lanes fill the same holes.
func (s *search) batch() int {
	const most = 4
	if len(s.lanes) == 1 {
		return 1
	}
	return max(1, min(most, len(s.rows)/50))
}

// together runs rounds on every lane at once until next says that there is none
// more: what it returns is done by each lane, then each does what the others did.
func (s *search) together(next func() (do func(*lane), heat float64, ok bool)) {
	all := newAwake(len(s.lanes))
	for do, heat, ok := next(); ok; do, heat, ok = next() {
		s.deal()
		all.share(func(at int) {
			l := s.lanes[at]
			l.log, l.before = l.log[:0], l.seen
			do(l)
			l.alone = l.seen - l.before
			if l.told = nil; len(s.lanes) > 1 {
				l.told = l.changes()
			}
		})
		all.share(func(at int) {
			for other := range s.lanes {
				if other != at {
					s.lanes[at].follow(s.lanes[other].told)
				}
			}
		})
		s.settleClash(all, heat)
	}
	all.rest()
}

// clash is what the lanes have made dearer, beyond what each knew of.
func (s *search) clash() int64 {
	cost := s.lanes[0].seen - s.lanes[0].before
	for _, l := range s.lanes {
		cost -= l.alone
	}
	return cost
}

// settleClash has one of the lanes take back its moves of the round, in every copy,
// if together they cost more than annealing allows at the heat. Intervals in which
// somebody is missing draw both lanes: without this they fill one hole twice, and
// leave two, faster than later moves mend it. Nudges are too many for that, and keep
// to days of their lane.
func (s *search) settleClash(all *awake, heat float64) {
	if len(s.lanes) == 1 || s.nudged > 0 {
		return
	}
	most := -heat * math.Log(1-s.rng.Float64())
	if float64(s.clash()) <= most {
		return
	}
	loser := s.lanes[s.rng.IntN(len(s.lanes))]
	all.share(func(at int) { s.lanes[at].undo(loser.log) })
}

// undo takes moves back, the last first.
func (l *lane) undo(log []taken) {
	for _, one := range slices.Backward(log) {
		l.take(one.row, one.room.from, one.room.to)
		l.give(one.row, one.room.from, one.old)
	}
}

// gate lets lanes go on when all have come. They wait awake: a round is shorter
// than falling asleep takes.
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

// deal gives each lane its rows, and the days on which it may nudge them. Their moves
// are as large, so that none waits long for another.
func (s *search) deal() {
	n, first := len(s.lanes), 0
	s.scopes = s.scopes[:0]
	for range s.batch() {
		s.scopes = append(s.scopes, s.scope())
	}
	if n > 1 {
		s.rng.Shuffle(len(s.order), func(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] })
		first = s.rng.IntN(s.horizon)
	}
	for i, l := range s.lanes {
		l.scopes = s.scopes
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
