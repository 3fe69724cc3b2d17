package solve

import (
	"cmp"
	"slices"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// tell adds to the row what it costs to change shifts that its operator has been told
// of: to options, exactly, what each day costs, and to joint what costs once.
func (r *row) tell(m *model, told []roster.Assignment) {
	stands := make([][]toldShift, len(r.days))
	for _, a := range r.operator.Standing(told, m.published.interval()) {
		d := r.dayOf(a.Shift)
		stands[d] = append(stands[d], toldShift{hoursOf(a.Shift), a.Template, a.Breaks})
	}
	r.told, r.toldAt = slices.Repeat([]int32{-1}, len(r.days)), slices.Repeat([]placement{unplaced}, len(r.days))
	changes := m.problem.Team.Changes
	r.touch = fine * roster.Whole * changes.Touched()
	change, always := fine*roster.Whole*changes.Changed(), false
	for d := range r.days {
		if !r.tellDay(d, m, stands[d], change) {
			r.wished, always = r.wished+change, true
		}
	}
	if always {
		r.alwaysTouched()
	}
}

// hours are a half-open interval in Unix minutes, such as those of a shift.
type hours struct{ start, end int64 }

func hoursOf(i calendars.Interval) hours { return hours{minuteOf(i.Start), minuteOf(i.End)} }

func (h hours) has(minute int64) bool { return h.start <= minute && minute < h.end }

func (h hours) interval() calendars.Interval {
	return calendars.Interval{Start: instantOf(h.start), End: instantOf(h.end)}
}

// toldShift is a shift that an operator has been told of.
type toldShift struct {
	hours
	template string
	breaks   []calendars.Interval
}

// tellDay has options of a day cost what they change, and says whether the day can be
// as it was told. Options that start when nothing was published change nothing on a day
// of which nothing was told: with any of them it is as told.
func (r *row) tellDay(d int, m *model, told []toldShift, change int64) bool {
	today := &r.days[d]
	if len(today.pins) > 0 {
		same := func(pinned hours, one toldShift) bool { return pinned == one.hours }
		return slices.EqualFunc(r.pinnedHours(today, m), told, same)
	}
	if len(told) == 0 {
		for o := today.first; o < today.last; o++ {
			if option := &r.options[o]; m.published.has(m.shifts[option.shift].start) {
				option.wish += change
			} else {
				option.asTold, r.loose = true, true
			}
		}
		return true
	}
	if len(told) == 1 {
		r.know(d, m.shifts, told[0])
	}
	if r.told[d] < 0 {
		return false
	}
	r.wished += change
	for o := today.first; o < today.last; o++ {
		if r.options[o].asTold {
			r.options[o].wish -= change
		}
	}
	return true
}

// know finds the options of a day with the hours that were told, and of them the one
// that was told, with its breaks.
func (r *row) know(d int, shifts []shift, told toldShift) {
	for o := r.days[d].first; o < r.days[d].last; o++ {
		s := &shifts[r.options[o].shift]
		if (hours{s.start, s.end}) != told.hours {
			continue
		}
		r.options[o].asTold, r.loose = true, r.loose || r.told[d] >= 0
		if r.told[d] < 0 || s.template == told.template {
			r.told[d], r.toldAt[d] = int32(o), s.placed(told.breaks)
		}
	}
}

// pinnedHours are those of the day's pins that start when shifts have been published, by
// start.
func (r *row) pinnedHours(today *day, m *model) (all []hours) {
	for _, pin := range today.pins {
		if s := &m.shifts[r.options[pin].shift]; m.published.has(s.start) {
			all = append(all, hours{s.start, s.end})
		}
	}
	slices.SortFunc(all, func(a, b hours) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	return all
}

// alwaysTouched has the row cost what it costs to tell its operator, whatever it is.
func (r *row) alwaysTouched() { r.wished, r.touch = r.wished+r.touch, 0 }

// touched says whether the choice changes what the operator has been told.
func (r *row) touched(chosen []int32) bool {
	for d, o := range chosen {
		if o < 0 && r.told[d] >= 0 || o >= 0 && !r.options[o].asTold {
			return true
		}
	}
	return false
}

// standing finds the operators who cannot stay as told by the rules that programs keep,
// be it off where they were told nothing: they are touched for sure. Who can stay in
// more than one way may have one that is kept.
func (m *model) standing() {
	var p *programs
	for _, r := range m.rows {
		if r.touch == 0 || r.loose {
			continue
		}
		if p == nil {
			all := newPrograms(m, 0, 0)
			p = &all
		}
		if !p.keeps(r, r.told) {
			r.alwaysTouched()
		}
	}
}

// keeps says whether the row's program allows a choice.
func (p *programs) keeps(r *row, chosen []int32) bool {
	if r.shape != nil {
		return r.shape.keeps(r, chosen)
	}
	p.costs = grown(p.costs, len(r.options))
	_, _, ok := p.fill(r, chosen, 0, 0)
	return ok
}

// stays returns, of the best row that a program found at the costs that stand and the
// best that is as told, the cheaper one: any other costs to touch its operator, too.
// Where several are as told, the program is asked again.
func (p *programs) stays(r *row, choice []int32, best int64, again func() ([]int32, int64, bool)) ([]int32, int64) {
	if r.touch == 0 {
		return choice, best
	}
	if r.loose {
		return p.leans(r, choice, best, again)
	}
	other := best + r.touch>>p.coarse
	cost := p.costOf(r.told) + (r.shortOf(r.told)-r.relieved(r.told))>>p.coarse
	if other < cost {
		return choice, other
	}
	return slices.Clone(r.told), cost
}

// leans is stays for a row that is as told in several ways. If the program cannot be
// asked again, all that is said of them is that they cost no less than the best.
func (p *programs) leans(r *row, choice []int32, best int64, again func() ([]int32, int64, bool)) ([]int32, int64) {
	if again == nil || !r.touched(choice) {
		return choice, best
	}
	choice = slices.Clone(choice)
	back := p.lean(r, 0, len(r.days), 1)
	told, cost, ok := again()
	p.lean(r, 0, len(r.days), -1)
	switch other := best + r.touch>>p.coarse; {
	case !ok: // it was stopped
		return choice, best
	case cost+back < other:
		return told, cost + back
	default:
		return choice, other
	}
}

// lean makes options of days [from, to) that change what was told dearer by what it costs
// to touch the operator, and those that were told as much cheaper than a day off; the
// sign -1 takes that back. A row that is as told then costs what it did, but for what is
// returned, and no other costs less than it did and that much more.
func (p *programs) lean(r *row, from, to int, sign int32) (back int64) {
	dearest := int64(none) / 8 / int64(1+len(r.days)) // sums stay within 32 bits, and less is good for a bound
	dear := sign * int32(min(r.touch>>p.coarse, dearest))
	for d := from; d < to; d++ {
		if r.told[d] >= 0 {
			back += int64(dear)
		}
		for o := r.days[d].first; o < r.days[d].last; o++ {
			switch asTold := r.options[o].asTold; {
			case p.costs[o] >= none/2: // it is not to be had
			case r.told[d] >= 0 && asTold:
				p.costs[o] -= dear
			case r.told[d] < 0 && !asTold:
				p.costs[o] += dear
			}
		}
	}
	return back
}

// costOf adds up the costs of what is chosen.
func (p *programs) costOf(chosen []int32) (cost int64) {
	for _, o := range chosen {
		if o >= 0 {
			cost += int64(p.costs[o])
		}
	}
	return cost
}

// untouched returns, for an empty room of row i that is as told elsewhere, the cheapest
// that is as told there, if that is cheaper than the choice, which touches somebody.
func (l *lane) untouched(i int, w room, left []int, choice []int32) []int32 {
	r := l.rows[i]
	whole := slices.Clone(l.chosen[i])
	touches := func(part []int32) bool {
		copy(whole[w.from:w.to], part)
		return r.touched(whole)
	}
	told, ok := r.told[w.from:w.to], true
	if r.loose {
		if !touches(choice) {
			return choice
		}
		choice = slices.Clone(choice)
		told, ok = l.leaning(i, w, left)
	}
	if !ok || touches(told) {
		return choice
	}
	cost := l.costOf(told) + r.shortOf(whole)>>l.coarse
	copy(whole[w.from:w.to], choice)
	if l.costOf(choice)+r.touch>>l.coarse+r.shortOf(whole)>>l.coarse < cost {
		return choice
	}
	return slices.Clone(told)
}

// leaning is what the program chooses for an empty room of row i if it leans to what
// was told.
func (l *lane) leaning(i int, w room, left []int) ([]int32, bool) {
	l.lean(l.rows[i], w.from, w.to, 1)
	told, ok := l.cheapest(i, w, left)
	l.lean(l.rows[i], w.from, w.to, -1)
	return told, ok
}

// homeward are the days of a move in row i: now and then all of a row that has changed,
// so that it can be as told again.
func (l *lane) homeward(i, from, to int) (int, int) {
	const seldom = 8
	if r := l.rows[i]; r.touch > 0 && l.rng.IntN(seldom) == 0 && r.touched(l.chosen[i]) {
		return 0, len(r.days)
	}
	return from, to
}
