package solve

import (
	"math"
	"slices"
)

// lane is one search with its own copy of the roster under way.
type lane struct {
	programs
	chosen [][]int32     // per row and day the option, or -1; pins are not listed
	placed [][]placement // and where its breaks are
	joint  []int64       // per row the fine cost of what its shifts make together
	excess []int64       // and by how many thousandths of a point it is above the fair part
	beyond *beyond
	// Fine costs of the present roster, up to a constant as the search sees it,
	// and in truth but for what has changed of its cover since (truly).
	seen, truth int64
	best        [][]int32
	bestPlaced  [][]placement
	bestTruth   int64
	changed     map[int]bool // rows that are not as in best
	legal       bool         // every row is in
	pool        []int        // rows that it may move now
	log         []taken      // moves of the step that were kept
	inbox       []parcel     // what others have told it of
	before      int64        // what it saw before the step
	alone       int64        // by how much the step changed that
	place       map[int]int  // of rows in what it tells
	slack       float64      // with which it sees the cover
	around      []float64    // of draw
	first, span int          // the day from which on it may nudge rows, and on how many
}

// newLane starts with nobody at work.
func newLane(m *model, seed, stream uint64) *lane {
	l := &lane{programs: newPrograms(m, seed, stream), beyond: newBeyond(m), changed: map[int]bool{}, place: map[int]int{}, bestTruth: math.MaxInt64}
	for _, f := range l.fields {
		for t := range f.n {
			l.truth += f.unmet(t)
		}
	}
	for _, r := range m.rows {
		l.chosen = append(l.chosen, slices.Repeat([]int32{-1}, len(r.days)))
		l.placed = append(l.placed, make([]placement, len(r.days)))
		l.joint, l.excess = append(l.joint, 0), append(l.excess, 0)
		l.best, l.bestPlaced = append(l.best, nil), append(l.bestPlaced, nil)
		if !r.judged {
			l.truth += r.wished
		}
	}
	for i, r := range m.rows {
		l.join(i, r.joint(l.chosen[i]))
		l.truth += l.joint[i]
		l.changed[i] = true
	}
	if l.beyond != nil {
		l.truth += fine * l.beyond.cost()
	}
	return l
}

// note adds to the costs, beside the cover's.
func (l *lane) note(cost int64) { l.seen, l.truth = l.seen+cost, l.truth+cost }

// truly is the true fine cost of the present roster.
func (l *lane) truly() int64 {
	for _, f := range l.fields {
		l.truth += f.truly()
	}
	return l.truth
}

// put shows an option of a row with its breaks placed, or hides it with sign -1.
func (l *lane) put(r *row, o int32, at placement, sign int64) {
	option := &r.options[o]
	l.seen += l.show(l.fields, r, &l.shifts[option.shift], at, sign)
	if !r.judged {
		l.note(sign * option.wish)
	}
}

// held is days of a row: per day an option, or -1, and where its breaks are; if that
// is not said, they are put where they are worth most.
type held struct {
	options []int32
	placed  []placement
}

// at is where the breaks of a day are.
func (h held) at(d int) placement {
	if h.placed == nil {
		return unplaced
	}
	return h.placed[d]
}

// holds is some days of row i as they are.
func (l *lane) holds(i, from, to int) held {
	h := held{options: slices.Clone(l.chosen[i][from:to])}
	if l.rows[i].pauses {
		h.placed = slices.Clone(l.placed[i][from:to])
	}
	return h
}

// take empties the days of a room in row i and returns what was there.
func (l *lane) take(i int, from, to int) held {
	r, old := l.rows[i], l.holds(i, from, to)
	var gone []int32
	for d, o := range old.options {
		if o >= 0 {
			l.put(r, o, l.placed[i][from+d], -1)
			l.chosen[i][from+d] = -1
			gone = append(gone, o)
		}
	}
	if cost := fine * l.beyond.change(r, gone, nil); cost != 0 {
		l.note(cost)
	}
	return old
}

// give fills empty days of row i.
func (l *lane) give(i int, from int, choice held) {
	r := l.rows[i]
	var come []int32
	for d, o := range choice.options {
		if o >= 0 {
			at := placement(0)
			if r.pauses {
				if at = choice.at(d); at == unplaced {
					at = l.bestPlace(r, duty{option: -1}, o)
				}
			}
			l.put(r, o, at, 1)
			l.chosen[i][from+d], l.placed[i][from+d] = o, at
			come = append(come, o)
		}
	}
	if cost := fine * l.beyond.change(r, nil, come); cost != 0 {
		l.note(cost)
	}
	joint := r.joint(l.chosen[i])
	l.note(joint - l.joint[i])
	l.join(i, joint)
	l.changed[i] = true
}

// join notes what the shifts of row i make together.
func (l *lane) join(i int, joint int64) {
	l.joint[i] = joint
	if b := l.rows[i].burdens; b != nil {
		l.excess[i] = b.of(l.chosen[i])
	}
}

// weighFairly adds to the costs of the options of a room in row i what their points cost its
// operator as the row stood last.
func (l *lane) weighFairly(i int, w room) {
	r := l.rows[i]
	if b := r.burdens; b != nil {
		l.weighBurdens(r, r.days[w.from].first, r.days[w.to-1].last, b.slope(float64(l.excess[i])))
	}
}

// room is what can be filled anew around days [from, to) of row i.
func (l *lane) room(i, from, to int) (room, []int) {
	r := l.rows[i]
	from, to = min(from, len(r.days)), min(to, len(r.days))
	if r.shape == nil {
		return room{from: from, to: to}, nil
	}
	return r.shape.window(r, l.chosen[i], from, to)
}

// refill returns the best options for an empty room of row i.
func (l *lane) refill(i int, w room, left []int, g guess) ([]int32, bool) {
	r := l.rows[i]
	if w.to <= w.from {
		return nil, true
	}
	l.appraise(r, w, g)
	l.weighFairly(i, w)
	return l.chosenFrom(i, w, left)
}

// chosenFrom returns the best options for an empty room of row i at the costs
// that stand.
func (l *lane) chosenFrom(i int, w room, left []int) ([]int32, bool) {
	r := l.rows[i]
	choice, ok := l.cheapest(i, w, left)
	if ok && r.touch > 0 {
		choice = l.untouched(i, w, left, choice)
	}
	return choice, ok && l.beyond.allow(r, choice)
}

// cheapest returns what the row's program says of them.
func (l *lane) cheapest(i int, w room, left []int) (choice []int32, ok bool) {
	r := l.rows[i]
	if r.shape != nil {
		return l.stints.insert(r, w, left, l.costs, int32(l.worth/10)>>l.coarse)
	}
	choice, _, ok = l.fill(r, l.chosen[i], w.from, w.to)
	return choice, ok
}

// keep notes the present roster as the best if it is.
func (l *lane) keep() bool {
	if !l.legal || l.truly() >= l.bestTruth {
		return false
	}
	l.bestTruth = l.truth
	for i := range l.changed {
		l.best[i] = append(l.best[i][:0], l.chosen[i]...)
		l.bestPlaced[i] = append(l.bestPlaced[i][:0], l.placed[i]...)
	}
	clear(l.changed)
	return true
}

// restore goes back to the best roster that a lane knows.
func (l *lane) restore(from *lane) {
	for i := range l.rows {
		if !l.isAs(i, from) {
			l.take(i, 0, len(l.chosen[i]))
			l.give(i, 0, held{from.best[i], from.bestPlaced[i]})
		}
	}
	l.legal = true
}

// isAs says whether row i is as in the best roster that a lane knows.
func (l *lane) isAs(i int, other *lane) bool {
	if !slices.Equal(l.chosen[i], other.best[i]) {
		return false
	}
	for d, o := range l.chosen[i] {
		if o >= 0 && l.placed[i][d] != other.bestPlaced[i][d] {
			return false
		}
	}
	return true
}
