package solve

import (
	"math"

	"github.com/smena-wfm/smena/roster"
)

// duty is an option, or -1, and where its breaks are.
type duty struct {
	option int32
	at     placement
}

// edit is a day and what it gets.
type edit struct {
	day int
	to  duty
}

// Nudges have a fraction of a move's heat: a move puts all but its noise where it
// is best, a nudge takes what comes.
const nudgeHeat = 0.5

// nudgesPerMove is how many nudges go with a move: the more the rows are, the less
// a move of a few does for all.
func (m *model) nudgesPerMove() int {
	const each, most = 15, 3000
	return min(most, each*m.nudged)
}

// nudges tries many of them.
func (l *lane) nudges(heat float64) {
	for n := range l.nudgesPerMove() {
		if n%nudgesPerTrade == 0 {
			l.trade(nudgeHeat * heat)
		}
		l.nudge(nudgeHeat * heat)
	}
}

// nudge proposes a small change of a row of the weeks program, and keeps it as
// annealing keeps moves: one or two of its days get another shift, or none. What
// that costs is known before the cover is touched - but for two shifts that meet in
// an interval, which are weighed apart -, so that hundreds are weighed in the time
// of one move by the program. The judge is asked last: of what it alone knows, wishes can
// pay for a nudge, and the rest can only forbid it.
func (l *lane) nudge(heat float64) {
	i := l.pool[l.rng.IntN(len(l.pool))]
	r := l.rows[i]
	if !r.nudged() {
		return
	}
	var few [2]edit
	edits := l.propose(i, heat, few[:0])
	if r.pauses {
		edits = l.pausing(i, edits)
	}
	if len(edits) == 0 {
		return
	}
	most := int64(-heat * math.Log(1-l.rng.Float64())) // that it may cost
	seen := int64(0)
	for _, e := range edits {
		seen += l.swapped(r, l.duty(i, e.day), e.to)
	}
	wishes := l.wishes(i, edits)
	note := wishes
	if seen+note > most+l.joint[i]+r.relieves {
		return
	}
	l.swap(i, edits)
	joint := r.joint(l.chosen[i])
	if note += joint - l.joint[i]; seen+note > most || !r.weekly.keeps(r, l.chosen[i]) {
		l.swap(i, edits)
		return
	}
	if r.judged { // the judge has wishes among all else
		if note += l.judge(i, edits) - wishes; seen+note > most {
			l.swap(i, edits)
			l.judge(i, edits)
			return
		}
	}
	l.join(i, joint)
	l.note(note)
	for _, e := range edits { // each now holds what was there
		l.cover(r, e.to, l.duty(i, e.day))
	}
	l.logged(i, edits)
}

// nudged says whether the row can be nudged: its program soon says whether it keeps the rules.
func (r *row) nudged() bool { return r.weekly != nil }

// judge tells the judge of edits of row i that have been made, and returns what they cost
// by the rules that the program does not know, fine.
func (l *lane) judge(i int, edits []edit) int64 {
	if !l.rows[i].judged {
		return 0
	}
	var gone, come []int32
	for _, e := range edits { // each now holds what was there
		if e.to.option >= 0 {
			gone = append(gone, e.to.option)
		}
		if o := l.chosen[i][e.day]; o >= 0 {
			come = append(come, o)
		}
	}
	return fine * l.beyond.change(l.rows[i], gone, come)
}

// swap makes the edits of row i, and makes them those that take it back.
func (l *lane) swap(i int, edits []edit) {
	for at := range edits {
		e := &edits[at]
		was := l.duty(i, e.day)
		l.chosen[i][e.day], l.placed[i][e.day] = e.to.option, e.to.at
		e.to = was
	}
}

// duty is what row i does on a day.
func (l *lane) duty(i, d int) duty { return duty{l.chosen[i][d], l.placed[i][d]} }

func (r *row) wishOf(o int32) int64 {
	if o < 0 {
		return 0
	}
	return r.options[o].wish
}

// propose draws a nudge.
func (l *lane) propose(i int, heat float64, edits []edit) []edit {
	chosen := l.chosen[i]
	d := (l.first + l.rng.IntN(l.span)) % l.horizon
	if d >= len(chosen) {
		return edits
	}
	if chosen[d] >= 0 {
		return l.proposeWorked(i, d, heat, edits)
	}
	r, other := l.rows[i], -1
	if l.rng.IntN(2) == 0 {
		other = l.nearby(chosen, d, true)
	}
	if !r.weekly.admits(r, chosen, d, other) {
		return edits
	}
	o := l.draw(i, d, heat)
	if o < 0 {
		return edits
	}
	if edits = append(edits, edit{d, duty{option: o}}); other >= 0 {
		edits = append(edits, edit{other, duty{option: -1}})
	}
	return edits
}

// proposeWorked draws a nudge of a day that the row works.
func (l *lane) proposeWorked(i, d int, heat float64, edits []edit) []edit {
	r, chosen, free := l.rows[i], l.chosen[i], edit{d, duty{option: -1}}
	switch l.rng.IntN(4) {
	case 0:
		if other := l.nearby(chosen, d, false); other >= 0 && r.weekly.admits(r, chosen, other, d) {
			return append(edits, free, edit{other, duty{option: l.draw(i, other, heat)}})
		}
		return edits
	case 1:
		if r.weekly.admits(r, chosen, -1, d) {
			return append(edits, free)
		}
		return edits
	}
	if o := l.draw(i, d, heat); o != chosen[d] {
		return append(edits, edit{d, duty{option: o}})
	}
	return edits
}

// draw is one of a day's options that the row does not have, the likelier the less
// it costs instead; -1 if there is none.
func (l *lane) draw(i, d int, heat float64) int32 {
	r := l.rows[i]
	first, last, was := r.days[d].first, r.days[d].last, int(l.chosen[i][d])
	if first == last {
		return -1
	}
	if !r.whole || r.share != roster.Whole {
		return int32(first + l.rng.IntN(last-first))
	}
	zero := l.weighAround(r, first, last, was)
	best, least := int32(-1), math.Inf(1)
	for o := first; o < last; o++ {
		if o == was {
			continue
		}
		b := &r.briefs[o]
		cost := float64(b.wish) + l.around[int(b.to)-zero] - l.around[int(b.from)-zero] - heat*gumbel[l.rng.Uint32()%uint32(len(gumbel))]
		if b.layout >= 0 {
			cost -= l.shifts[r.options[o].shift].saves(1, l.around, zero, false)
		}
		if cost < least {
			best, least = int32(o), cost
		}
	}
	return best
}

// weighAround sums up what somebody more costs from interval zero on, over those
// that some options reach, but for one that the row has already.
func (l *lane) weighAround(r *row, first, last, was int) (zero int) {
	from, to := r.briefs[first].from, int32(0)
	for _, b := range r.briefs[first:last] {
		from, to = min(from, b.from), max(to, b.to)
	}
	var own brief
	if was >= 0 {
		own = r.briefs[was]
	}
	f, sum := l.fields[r.field], 0.0
	l.around = append(l.around[:0], 0)
	for t := from; t < to; t++ {
		if own.from <= t && t < own.to {
			sum -= float64(f.relief(int(t), r.mask))
		} else {
			sum += float64(f.marginal(int(t), r.mask))
		}
		l.around = append(l.around, sum)
	}
	return int(from)
}

// nearby is a day within a week of another that is worked or not, or -1.
func (l *lane) nearby(chosen []int32, d int, worked bool) int {
	const near = 6
	for range 4 {
		other := d - near + l.rng.IntN(2*near+1)
		mine := (other-l.first+l.horizon)%l.horizon < l.span
		if other != d && other >= 0 && other < len(chosen) && mine && (chosen[other] >= 0) == worked {
			return other
		}
	}
	return -1
}

// swapped is by how much the seen cost of the cover changes if the operator of a
// row works one option instead of another, either of which may be -1.
func (l *lane) swapped(r *row, from, to duty) (seen int64) {
	if r.field < 0 {
		return 0
	}
	f := l.fields[r.field]
	l.exchange(r, from, to, func(t int, units int64) { seen += f.moved(t, r.mask, units) })
	return seen
}

// cover has the operator of a row work one option instead of another.
func (l *lane) cover(r *row, from, to duty) {
	if r.field < 0 {
		return
	}
	f := l.fields[r.field]
	l.exchange(r, from, to, func(t int, units int64) { l.seen += f.add(t, r.mask, units) })
}

// exchange tells of the units that come and go where an operator works one option
// instead of another.
func (l *lane) exchange(r *row, from, to duty, tell func(t int, units int64)) {
	var nobody shift
	a, b := &nobody, &nobody
	if from.option >= 0 {
		a = &l.shifts[r.options[from.option].shift]
	}
	if to.option >= 0 {
		b = &l.shifts[r.options[to.option].shift]
	}
	for t := a.from; t < a.to; t++ {
		units := -a.there(t, r.share, from.at)
		if b.from <= t && t < b.to {
			units += b.there(t, r.share, to.at)
		}
		if units != 0 {
			tell(t, units)
		}
	}
	for t := b.from; t < b.to; t++ {
		if t < a.from || t >= a.to {
			if units := b.there(t, r.share, to.at); units != 0 {
				tell(t, units)
			}
		}
	}
}
