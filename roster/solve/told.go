package solve

import (
	"cmp"
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// tell adds to the row what it costs to change shifts that its operator has been told
// of: to options, exactly, what each day costs, and to joint what costs once.
func (r *row) tell(p *roster.Problem, shifts []shift, told []roster.Assignment) {
	horizon := p.Demand.Grid.Span()
	stands := make([][]hours, len(r.days))
	for _, a := range r.operator.Standing(told, horizon) {
		d := r.dayOf(a.Shift)
		stands[d] = append(stands[d], hours{minuteOf(a.Shift.Start), minuteOf(a.Shift.End)})
	}
	r.told = slices.Repeat([]int32{-1}, len(r.days))
	r.touch = fine * roster.Whole * p.Team.Changes.Touched()
	change, always := fine*roster.Whole*p.Team.Changes.Changed(), false
	for d := range r.days {
		if !r.tellDay(d, shifts, stands[d], minuteOf(horizon.Start), change) {
			r.wished, always = r.wished+change, true
		}
	}
	if always {
		r.alwaysTouched()
	}
}

// hours are those of a shift, in Unix minutes.
type hours struct{ start, end int64 }

// tellDay has options of a day cost what they change, and says whether the day can be
// as it was told.
func (r *row) tellDay(d int, shifts []shift, told []hours, horizon, change int64) bool {
	today := &r.days[d]
	if len(today.pins) > 0 {
		return slices.Equal(r.pinnedHours(today, shifts, horizon), told)
	}
	if len(told) == 0 {
		for o := today.first; o < today.last; o++ {
			r.options[o].wish += change
		}
		return true
	}
	for o := today.last - 1; o >= today.first; o-- {
		if s := &shifts[r.options[o].shift]; len(told) == 1 && (hours{s.start, s.end}) == told[0] {
			r.options[o].asTold, r.told[d] = true, int32(o)
		}
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

// pinnedHours are those of the day's pins that start in the horizon, by start.
func (r *row) pinnedHours(today *day, shifts []shift, horizon int64) (all []hours) {
	for _, pin := range today.pins {
		if s := &shifts[r.options[pin].shift]; s.start >= horizon {
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
// be it off where they were told nothing: they are touched for sure.
func (m *model) standing() {
	var p *programs
	for _, r := range m.rows {
		if r.touch == 0 {
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

// stays returns, of the row as told and the best that a program found at the costs that
// stand, the cheaper one: another row than told costs to touch its operator, too.
func (p *programs) stays(r *row, choice []int32, best int64) ([]int32, int64) {
	if r.touch == 0 {
		return choice, best
	}
	told, cost := p.asTold(r, 0, len(r.days))
	cost += (r.shortOf(told) - r.relieved(told)) >> p.coarse
	if other := best + r.touch>>p.coarse; other < cost {
		return choice, other
	}
	return told, cost
}

// asTold is what the row was told for days [from, to), of equal hours the cheapest, and
// its options' cost.
func (p *programs) asTold(r *row, from, to int) (told []int32, cost int64) {
	told = slices.Clone(r.told[from:to])
	for d, o := range told {
		if o < 0 {
			continue
		}
		for other := o; int(other) < r.days[from+d].last; other++ {
			if r.options[other].asTold && p.costs[other] < p.costs[told[d]] {
				told[d] = other
			}
		}
		cost += int64(p.costs[told[d]])
	}
	return told, cost
}

// untouched returns, for an empty room of row i that is as told elsewhere, what it was
// told in the room if that is cheaper than the choice, which touches somebody.
func (l *lane) untouched(i int, w room, choice []int32) []int32 {
	r := l.rows[i]
	whole := slices.Clone(l.chosen[i])
	total := func(part []int32, cost int64) int64 {
		copy(whole[w.from:w.to], part)
		return cost + r.shortOf(whole)>>l.coarse
	}
	told, cost := l.asTold(r, w.from, w.to)
	if cost = total(told, cost); r.touched(whole) {
		return choice
	}
	other := r.touch >> l.coarse
	for _, o := range choice {
		if o >= 0 {
			other += int64(l.costs[o])
		}
	}
	if total(choice, other) < cost {
		return choice
	}
	return told
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
