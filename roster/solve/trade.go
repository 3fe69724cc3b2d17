package solve

import "math"

// nudgesPerTrade is how many nudges go with a trade.
const nudgesPerTrade = 4

// trade proposes that two operators exchange what they do on a day, or on two within a
// week of each other: shifts for the same hours, or a shift for a day off. Where they
// serve the same queues the cover stays as it is, so that wishes, pay and hours alone
// decide, which a nudge of one row cannot change without making a hole first.
func (l *lane) trade(heat float64) {
	i := l.pool[l.rng.IntN(len(l.pool))]
	j := l.partner(i)
	if j < 0 {
		return
	}
	d := (l.first + l.rng.IntN(l.span)) % l.horizon
	var rooms [2][2]edit
	mine, theirs, ok := l.exchanged(i, j, d, rooms[0][:0], rooms[1][:0])
	if !ok {
		return
	}
	if l.rng.IntN(2) == 0 {
		if other := l.nearby(l.chosen[i], d, l.chosen[j][d] >= 0); other >= 0 {
			if mine, theirs, ok = l.exchanged(i, j, other, mine, theirs); !ok {
				return
			}
		}
	}
	l.agree(i, j, mine, theirs, int64(-heat*math.Log(1-l.rng.Float64())))
}

// partner is another row of the pool that can trade with row i, half of the time one
// that serves the same queues; -1 if none is found.
func (l *lane) partner(i int) int {
	const tries = 12
	r := l.rows[i]
	if !r.nudged() {
		return -1
	}
	anybody := l.rng.IntN(2) == 0
	for range tries {
		j := l.pool[l.rng.IntN(len(l.pool))]
		q := l.rows[j]
		if j != i && q.nudged() && q.field == r.field && q.share == r.share && (anybody || q.mask == r.mask) {
			return j
		}
	}
	return -1
}

// exchanged adds that two rows exchange what they do on a day, if each can work the
// other's shift.
func (l *lane) exchanged(i, j, d int, mine, theirs []edit) (a, b []edit, ok bool) {
	r, q := l.rows[i], l.rows[j]
	if d >= len(r.days) || d >= len(q.days) {
		return mine, theirs, false
	}
	one, other := l.duty(i, d), l.duty(j, d)
	if one.option < 0 && other.option < 0 {
		return mine, theirs, false
	}
	one.option, other.option = l.same(r, one.option, q, d), l.same(q, other.option, r, d)
	if one.option == missed || other.option == missed || other.option == l.chosen[i][d] {
		return mine, theirs, false
	}
	return append(mine, edit{d, other}), append(theirs, edit{d, one}), true
}

// missed says that there is no such option.
const missed = -2

// same is the option of another row on the same day for the same hours, with the same
// places for breaks; -1 for a day off, and missed if there is none.
func (l *lane) same(r *row, o int32, other *row, d int) int32 {
	if o < 0 {
		return o
	}
	s := &l.shifts[r.options[o].shift]
	for o := other.days[d].first; o < other.days[d].last; o++ {
		t := &l.shifts[other.options[o].shift]
		if t.start == s.start && t.end == s.end && t.layout == s.layout && len(t.slots)+len(s.slots) == 0 {
			return int32(o)
		}
	}
	return missed
}

// agree makes the edits of two rows if they keep their rules and cost no more than most.
func (l *lane) agree(i, j int, mine, theirs []edit, most int64) {
	r, q := l.rows[i], l.rows[j]
	wishes := [2]int64{l.wishes(i, mine), l.wishes(j, theirs)}
	note := wishes[0] + wishes[1]
	if r.mask == q.mask && note > most+l.joint[i]+l.joint[j]+r.relieves+q.relieves {
		return
	}
	before := l.seen
	l.exchangeDays(i, j, mine, theirs)
	a, b := r.joint(l.chosen[i]), q.joint(l.chosen[j])
	note += a - l.joint[i] + b - l.joint[j]
	back := func() {
		l.exchangeDays(i, j, mine, theirs)
		l.seen = before
	}
	if note+l.seen-before > most || !r.weekly.keeps(r, l.chosen[i]) || !q.weekly.keeps(q, l.chosen[j]) {
		back()
		return
	}
	note += l.judge(i, mine) + l.judge(j, theirs)
	for n, row := range []*row{r, q} {
		if row.judged { // the judge has wishes among all else
			note -= wishes[n]
		}
	}
	if note+l.seen-before > most {
		back()
		l.judge(i, mine)
		l.judge(j, theirs)
		return
	}
	l.join(i, a)
	l.join(j, b)
	l.note(note)
	l.logged(i, mine)
	l.logged(j, theirs)
}

// exchangeDays makes the edits of two rows, and makes them those that take it back.
func (l *lane) exchangeDays(i, j int, mine, theirs []edit) {
	if l.rows[i].mask != l.rows[j].mask {
		for n := range mine {
			l.cover(l.rows[i], l.duty(i, mine[n].day), mine[n].to)
			l.cover(l.rows[j], l.duty(j, theirs[n].day), theirs[n].to)
		}
	}
	l.swap(i, mine)
	l.swap(j, theirs)
}

// wishes is by how much edits of a row change what its shifts cost by themselves.
func (l *lane) wishes(i int, edits []edit) (note int64) {
	r := l.rows[i]
	for _, e := range edits {
		note += r.wishOf(e.to.option) - r.wishOf(l.chosen[i][e.day])
	}
	return note
}

// logged notes that days of a row have changed.
func (l *lane) logged(i int, edits []edit) {
	for _, e := range edits {
		l.log = append(l.log, taken{row: i, room: room{from: e.day, to: e.day + 1}})
	}
	l.changed[i] = true
}
