package solve

import (
	"cmp"
	"context"
	"slices"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Repair is a way to mend a roster after an absence, or when more operators are
// required than were.
type Repair struct {
	Assignments []roster.Assignment
	Score       roster.Score
	// Touched are the operators whose shifts change, but for those who cannot
	// work theirs as they were.
	Touched []roster.ID
	// Weight is the soft score and what it costs to trouble people, by the team's
	// weights of changes to what was there before: the less, the better the repair.
	Weight int64
}

// mostTouched people, at most, mend a roster; a manager calls no more of them.
const mostTouched = 3

// Repairs returns ways to mend a roster that stood before the problem became
// what it is, best first: the least that can be done, which touches nobody, is
// among them. Pinned assignments stay, but in time off, and so does what has begun by
// the time that the problem says it is, or begins within the operator's notice. No repair
// breaks a hard rule unless these do. Shifts of operators who have left the team are for
// others to work. The errors are those of Solve.
func Repairs(ctx context.Context, p roster.Problem, before []roster.Assignment, o Options) ([]Repair, error) {
	free := p // changes cost what they trouble, and not what they differ from what was published
	free.Team.Changes = roster.FreeChanges()
	m, was, held, err := stays(free, before, max(1, o.Cores))
	if err != nil {
		return nil, err
	}
	s := &mending{lane: newLane(m, o.Seed, streamSearch), ctx: ctx, held: held, weights: p.Team.Changes}
	s.stand(was)
	s.copies(max(1, o.Cores))
	s.as = s.released()
	s.judging = roster.NewJudging(p, s.as)
	all := []Repair{s.result()}
	const others = 3 // first people whom a manager could call
	for _, first := range s.candidates(others) {
		back := s.apply(first)
		for len(s.touched) < mostTouched {
			next := s.candidates(1)
			if len(next) == 0 {
				break
			}
			back = append(back, s.apply(next[0])...)
		}
		all = append(all, s.result())
		for _, l := range s.lanes {
			l.undo(back)
		}
		s.touched, s.troubled = s.touched[:0], 0
	}
	slices.SortStableFunc(all, func(a, b Repair) int {
		return cmp.Or(cmp.Compare(a.Weight, b.Weight), slices.Compare(a.Touched, b.Touched))
	})
	return slices.CompactFunc(all, func(a, b Repair) bool { return a.Weight == b.Weight && slices.Equal(a.Touched, b.Touched) }), nil
}

// mending is a roster on its way to be mended.
type mending struct {
	*lane
	lanes    []*lane // the same roster, once for each core; the first is the one above
	ctx      context.Context
	held     []roster.Assignment // pinned for the search alone
	as       []roster.Assignment // the roster while nobody is touched
	judging  *roster.Judging     // of that
	weights  roster.ChangeWeights
	absent   []bool // per row, whether it could not stay as it was
	days     []calendars.Interval
	touched  []int // rows
	troubled int64 // fine cost of having touched them
}

// stand puts everybody where they were, but for what is no longer possible, and
// notes the time around which the roster is to be mended.
func (s *mending) stand(before []roster.Assignment) {
	all := byOperator(before)
	for i, r := range s.rows {
		begun, pinned := 0, 0
		for _, o := range r.begun {
			if o >= 0 {
				begun++
			}
		}
		for _, d := range r.days {
			pinned += len(d.pins)
		}
		gone := begun+pinned < len(all[r.operator.ID])
		if begun > 0 && !s.begin(i) {
			s.nearest(i)
			gone = true
		}
		s.absent = append(s.absent, gone)
	}
	s.legal = true
	if s.lost(before); len(s.days) == 0 {
		s.lacks()
	}
}

// copies puts the roster as it stands into lanes of all cores.
func (s *mending) copies(cores int) {
	s.lanes = []*lane{s.lane}
	for len(s.lanes) < cores {
		l := newLane(s.model, 0, streamSearch)
		for i, r := range s.rows {
			l.give(i, 0, s.holds(i, 0, len(r.days)))
		}
		s.lanes = append(s.lanes, l)
	}
	for _, l := range s.lanes {
		l.days.stopped = func() bool { return s.ctx.Err() != nil }
	}
}

// nearest gives row i, which cannot be as it was, the row closest to that.
func (s *mending) nearest(i int) {
	r := s.rows[i]
	w, left := s.room(i, 0, len(r.days))
	if choice, ok := s.anchored(s.lane, i, w, left, r.begun[w.from:w.to]); ok {
		s.give(i, w.from, staying(choice, held{r.begun[w.from:w.to], r.begunAt[w.from:w.to]}))
	}
}

// lost notes the shifts that nobody works any more.
func (s *mending) lost(before []roster.Assignment) {
	there := map[turn]bool{}
	for _, a := range s.assignments(s.chosen, s.placed) {
		there[turnOf(a)] = true
	}
	for _, a := range before {
		if !a.Pinned && !there[turnOf(a)] {
			s.days = append(s.days, a.Shift)
		}
	}
}

// lacks notes the intervals that lack the most, where no shift is lost: more are
// required than were. One that matters so many times less than the worst is left out.
func (s *mending) lacks() {
	const most, times = 4, 8
	type lack struct {
		at   calendars.Interval
		cost int64
	}
	var all []lack
	grid := s.problem.Demand.Grid
	for _, f := range s.fields {
		for t := 0; t < f.n && f.n == grid.N; t++ {
			if f.missing(t) != 0 {
				all = append(all, lack{grid.Interval(t), f.unmet(t)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b lack) int { return cmp.Compare(b.cost, a.cost) })
	for _, one := range all[:min(most, len(all))] {
		if times*one.cost >= all[0].cost {
			s.days = append(s.days, one.at)
		}
	}
}

// called is what one person could do for the roster.
type called struct {
	taken
	choice held
	weight int64 // fine cost of the roster and of troubling them; below zero it is worth it
}

// candidates are the best few people to call, one way each.
func (s *mending) candidates(n int) (best []called) {
	mine := make([]called, len(s.rows))
	share(len(s.lanes), len(s.rows), func(core, i int) { mine[i] = s.wayOf(s.lanes[core], i) })
	for _, one := range mine {
		if one.weight < 0 {
			best = append(best, one)
		}
	}
	slices.SortStableFunc(best, func(a, b called) int { return cmp.Compare(a.weight, b.weight) })
	return best[:min(n, len(best))]
}

// wayOf is the best that row i could do, of no weight if that is nothing.
func (s *mending) wayOf(l *lane, i int) (best called) {
	if s.absent[i] || s.ctx.Err() != nil {
		return best
	}
	for _, w := range s.windows(i) {
		if one, ok := s.call(l, i, w); ok && one.weight < best.weight {
			best = one
		}
	}
	return best
}

// windows are the days of row i around what is to be mended, those that overlap as one.
func (s *mending) windows(i int) (all [][2]int) {
	const around = 3 // days before and after
	r := s.rows[i]
	for _, at := range s.days {
		from, to := max(0, r.dayOf(at)-around), min(len(r.days), r.dayOf(at)+around+1)
		if from < to {
			all = append(all, [2]int{from, to})
		}
	}
	slices.SortFunc(all, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	joined := all[:0]
	for _, w := range all {
		if n := len(joined); n > 0 && w[0] <= joined[n-1][1] {
			joined[n-1][1] = max(joined[n-1][1], w[1])
			continue
		}
		joined = append(joined, w)
	}
	return joined
}

// call finds the best that row i could do within a window, and leaves the lane as it is.
func (s *mending) call(l *lane, i int, window [2]int) (called, bool) {
	before := l.seen
	w, left := l.room(i, window[0], window[1])
	if w.to <= w.from {
		return called{}, false
	}
	old := l.take(i, w.from, w.to)
	choice, ok := s.anchored(l, i, w, left, old.options)
	one := called{taken: taken{i, w, left, old}, choice: staying(choice, old)}
	if ok && !slices.Equal(choice, old.options) {
		l.give(i, w.from, one.choice)
		one.weight = l.seen - before + s.trouble(i, old.options, choice)
		l.take(i, w.from, w.to)
	} else {
		ok = false
	}
	l.give(i, w.from, old)
	return one, ok
}

// staying is a choice in which the shifts that stay as they were keep their breaks.
func staying(choice []int32, old held) held {
	h := held{options: choice}
	for d, o := range choice {
		h.placed = append(h.placed, unplaced)
		if o == old.options[d] {
			h.placed[d] = old.at(d)
		}
	}
	return h
}

// anchored is the best choice for an empty room where every change from old costs.
func (s *mending) anchored(l *lane, i int, w room, left []int, old []int32) ([]int32, bool) {
	r := s.rows[i]
	l.appraise(r, w, guess{})
	l.weighFairly(i, w)
	const most = int64(none) / 64 // of costs that add up in 32 bits
	change := int32(min(most, s.weights.Changed()*fine*roster.Whole>>s.coarse))
	for d, was := range old {
		for o := r.days[w.from+d].first; o < r.days[w.from+d].last; o++ {
			switch {
			case int32(o) == was:
				l.costs[o] -= change
			case was < 0:
				l.costs[o] += change
			}
		}
	}
	return l.chosenFrom(i, w, left)
}

// trouble is what it costs to change row i from old to choice.
func (s *mending) trouble(i int, old, choice []int32) int64 {
	weight := int64(0)
	for d := range old {
		if old[d] != choice[d] {
			weight += s.weights.Changed()
		}
	}
	if !slices.Contains(s.touched, i) {
		weight += s.weights.Touched()
	}
	return weight * fine * roster.Whole
}

// apply does what a candidate could do, and returns what was there.
func (s *mending) apply(c called) []taken {
	s.troubled += s.trouble(c.row, c.old.options, c.choice.options)
	for _, l := range s.lanes {
		l.take(c.row, c.room.from, c.room.to)
		l.give(c.row, c.room.from, c.choice)
	}
	if !slices.Contains(s.touched, c.row) {
		s.touched = append(s.touched, c.row)
	}
	return []taken{c.taken}
}

// released is the roster as it stands, without the pins of the search alone.
func (s *mending) released() []roster.Assignment {
	all := s.assignments(s.chosen, s.placed)
	release(all, s.held)
	return all
}

// result is the roster as it stands, judged.
func (s *mending) result() Repair {
	r := Repair{Assignments: s.released(), Touched: []roster.ID{}}
	was, is := byOperator(s.as), byOperator(r.Assignments)
	for _, i := range s.touched {
		r.Touched = append(r.Touched, s.rows[i].operator.ID)
	}
	slices.Sort(r.Touched)
	for _, id := range r.Touched {
		s.judging.Change(id, was[id], is[id])
	}
	r.Score = s.judging.Score()
	r.Weight = r.Score.Soft - s.judging.ChangesCost() + s.troubled/fine
	for _, id := range r.Touched {
		s.judging.Change(id, is[id], was[id])
	}
	return r
}
