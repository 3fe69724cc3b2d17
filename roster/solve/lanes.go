package solve

import (
	"slices"
	"sync"
)

// Two cores search one roster: each lane has a copy of it and a half of the
// rows, drawn anew for every few moves, after which the lanes tell one another
// what they have changed. What both did to the same interval meanwhile shows only
// then; with few moves at a time that is rare, and later moves mend it.

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

// batch is how many moves a lane makes before it tells of them.
func (s *search) batch() int {
	const most = 16
	if len(s.lanes) == 1 {
		return 1
	}
	return max(2, min(most, len(s.rows)/12))
}

// together lets every lane do something.
func (s *search) together(do func(*lane)) {
	s.deal()
	var wait sync.WaitGroup
	for _, l := range s.lanes[1:] {
		wait.Add(1)
		go func() {
			defer wait.Done()
			do(l)
		}()
	}
	do(s.lanes[0])
	wait.Wait()
}

// deal gives each lane its rows.
func (s *search) deal() {
	n := len(s.lanes)
	if n > 1 {
		s.rng.Shuffle(len(s.order), func(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] })
	}
	for i, l := range s.lanes {
		l.pool = s.order[i*len(s.order)/n : (i+1)*len(s.order)/n]
	}
}

// merge makes every lane do what the others did.
func (s *search) merge() {
	if len(s.lanes) > 1 {
		var changes [maxLanes][]change
		for i, l := range s.lanes {
			changes[i] = l.changes()
		}
		var wait sync.WaitGroup
		for i, l := range s.lanes {
			wait.Add(1)
			go func() {
				defer wait.Done()
				for j := range s.lanes {
					if j != i {
						l.follow(changes[j])
					}
				}
			}()
		}
		wait.Wait()
	}
	for _, l := range s.lanes {
		l.log = l.log[:0]
	}
}

// change is what a row has become between two days.
type change struct {
	row, from int
	choice    []int32
}

// changes are the rows that the log is about, as they are now.
func (l *lane) changes() (all []change) {
	for _, one := range l.log {
		i := slices.IndexFunc(all, func(c change) bool { return c.row == one.row })
		if i < 0 {
			all = append(all, change{one.row, one.room.from, slices.Clone(l.chosen[one.row][one.room.from:one.room.to])})
			continue
		}
		from, to := min(all[i].from, one.room.from), max(all[i].from+len(all[i].choice), one.room.to)
		all[i].from, all[i].choice = from, slices.Clone(l.chosen[one.row][from:to])
	}
	return all
}

// follow makes changes of another lane.
func (l *lane) follow(changes []change) {
	for _, c := range changes {
		l.take(c.row, c.from, c.from+len(c.choice))
		l.give(c.row, c.from, c.choice)
	}
}
