package solve

import (
	"math"
)

// days is the exact program for rows with rules that single weeks decide, and
// with pinned or carried shifts. A label is a legal beginning of the row up to
// some day; labels that allow the same continuations are one state, and only
// the cheapest of a state is kept.
type days struct {
	labels []label
	lo, hi int // the labels of the last finished step
	states stateTable
	row    *row
	shifts []shift
	coarse uint
	chosen []int32
	costs  []int32 // per option, for the days inside the window
	// Labels can become very many: stopped, if set, is asked now and then.
	stopped func() bool
	over    bool
}

// label is a beginning of a row.
type label struct {
	cost    int64
	parent  int32
	took    int32 // option taken in this step, or -1
	last    int32 // option worked last: nothing, carried, or a position
	minutes int32 // worked in the current week
	run     int16 // days in a row up to and with the day before the next step
	free    bool  // the run holds a day that is neither pinned nor carried
	rested  bool  // the current week holds its weekly rest already
}

// What label.last holds besides positions of options.
const (
	nothing = -1 // that still matters
	carried = -2 // the last shift of an earlier roster
)

// best returns per day of the window [from, to) the option of the cheapest
// legal row, and its cost: costs of the options plus that of guaranteed hours
// left short. Outside the window the chosen options stay. It returns false if
// no row is legal, or none was found before the search was stopped.
func (p *days) best(r *row, chosen []int32, from, to int, costs []int32) ([]int32, int64, bool) {
	p.row, p.chosen, p.costs = r, chosen, costs
	p.labels = append(p.labels[:0], label{parent: -1, took: -1, last: nothing, minutes: r.weeks[0].carried, run: int16(r.carriedRun)})
	if r.carriedEnd != never {
		p.labels[0].last, p.labels[0].rested = carried, r.carriedRested
	}
	p.lo, p.hi, p.over = 0, 1, false
	for d := range r.days {
		if p.over {
			return nil, 0, false
		}
		if d > 0 && r.days[d].week != r.days[d-1].week {
			p.step(func(l label, at int) { p.enterWeek(l, at, r.days[d].week) })
		}
		p.day(d, from <= d && d < to)
	}
	return p.finish(from, to)
}

// day extends every label by the choices of one day.
func (p *days) day(d int, inside bool) {
	today := &p.row.days[d]
	if len(today.pins) > 0 {
		for i, pin := range today.pins {
			p.step(func(l label, at int) { p.take(l, at, pin, i == 0, 0) })
		}
		p.step(func(l label, at int) { p.relax(l, at, d) })
		return
	}
	p.step(func(l label, at int) {
		chosen := p.chosen[d]
		if inside || chosen < 0 {
			p.skip(l, at, d)
		}
		if inside {
			for o := today.first; o < today.last; o++ {
				p.take(l, at, o, true, int64(p.costs[o]))
			}
		} else if chosen >= 0 {
			p.take(l, at, int(chosen), true, 0)
		}
	})
}

// step makes the next layer of labels.
func (p *days) step(extend func(l label, at int)) {
	p.states.clear()
	lo, hi := p.lo, p.hi
	const often = 64 // labels between two looks at the clock
	for at := lo; at < hi && !p.over; at++ {
		extend(p.labels[at], at)
		p.over = at%often == 0 && p.stopped != nil && p.stopped()
	}
	p.lo, p.hi = hi, len(p.labels)
}

// skip leaves the day free.
func (p *days) skip(l label, at, d int) {
	if !p.row.days[d].carried {
		l.run, l.free = 0, false
	}
	p.relax(l, at, d)
}

// relax forgets the last shift where it no longer matters.
func (p *days) relax(l label, at, d int) {
	if l.last != nothing && l.rested && d+1 < len(p.row.days) {
		w := &p.row.weeks[p.row.days[d].week]
		if end := p.endOf(l); end <= w.end && end+p.rest() <= p.row.days[d+1].start {
			l.last = nothing
		}
	}
	l.parent, l.took = int32(at), -1
	p.push(l)
}

// take adds an option to the row if every rule allows it.
func (p *days) take(l label, at, i int, newDay bool, worth int64) {
	o := &p.row.options[i]
	limits := &p.row.limits
	s := &p.shifts[o.shift]
	inWeek := p.row.days[o.day].week
	w := &p.row.weeks[inWeek]
	if !o.pinned && (w.closed || o.spill > 0 && p.row.weeks[inWeek+1].closed) {
		return
	}
	end := p.endOf(l)
	if s.start-end < p.rest() && !(o.pinned && p.fixed(l.last)) {
		return
	}
	l.rested = l.rested || s.start-max(end, w.start) >= limits.WeeklyRest.Minutes
	l.minutes += o.own
	if int64(l.minutes) > limits.MaxWeek.Minutes && !w.closed {
		return
	}
	if newDay && !p.row.days[o.day].carried {
		l.run++
	}
	l.free = l.free || !o.pinned
	if int(l.run) > p.row.operator.Contract.MaxConsecutiveDays && l.free {
		return
	}
	l.cost += worth
	if s.end >= end { // of pins that overlap the one that ends last counts
		l.last = int32(i)
	}
	l.parent, l.took = int32(at), int32(i)
	p.push(l)
}

// enterWeek closes the week before w: its weekly rest must have been found,
// and guaranteed hours left short cost.
func (p *days) enterWeek(l label, at, w int) {
	if !p.closeWeek(&l, w-1) {
		return
	}
	l.minutes, l.rested = p.row.weeks[w].carried+p.row.weeks[w].pinned, false
	if l.last >= 0 && !p.row.options[l.last].pinned {
		l.minutes += p.row.options[l.last].spill
	}
	l.parent, l.took = int32(at), -1
	p.push(l)
}

// closeWeek adds the cost of week w and says whether it holds its rest.
func (p *days) closeWeek(l *label, w int) bool {
	week := &p.row.weeks[w]
	rest := week.end - max(p.endOf(*l), week.start)
	l.cost += p.row.shortCost(week.least-l.minutes) >> p.coarse
	return l.rested || week.closed || rest >= p.row.limits.WeeklyRest.Minutes
}

// shortCost is the fine cost of guaranteed minutes that are not given.
func (r *row) shortCost(minutes int32) int64 { return r.short * int64(max(0, minutes)) }

// finish picks the cheapest complete row and walks back through its parents.
func (p *days) finish(from, to int) ([]int32, int64, bool) {
	cheapest, found := int64(math.MaxInt64), -1
	for at := p.lo; at < p.hi; at++ {
		l := p.labels[at]
		if p.closeWeek(&l, p.row.days[len(p.row.days)-1].week) && l.cost < cheapest {
			cheapest, found = l.cost, at
		}
	}
	if found < 0 {
		return nil, 0, false
	}
	choice := make([]int32, to-from)
	for i := range choice {
		choice[i] = -1
	}
	for at := int32(found); at >= 0; at = p.labels[at].parent {
		took := p.labels[at].took
		if took < 0 || p.row.options[took].pinned {
			continue
		}
		if d := int(p.row.options[took].day); from <= d && d < to {
			choice[d-from] = took
		}
	}
	return choice, cheapest, true
}

// endOf is when the last shift of the label ended.
func (p *days) endOf(l label) int64 {
	switch l.last {
	case nothing:
		return never
	case carried:
		return p.row.carriedEnd
	}
	return p.shifts[p.row.options[l.last].shift].end
}

func (p *days) fixed(last int32) bool {
	return last == carried || last >= 0 && p.row.options[last].pinned
}

func (p *days) rest() int64 { return p.row.limits.DailyRest.Minutes }

// push keeps the label if its state is new or cheaper than before.
func (p *days) push(l label) {
	slot, known := p.states.find(stateOf(l), int32(len(p.labels)))
	if !known {
		p.labels = append(p.labels, l)
	} else if l.cost < p.labels[slot].cost {
		p.labels[slot] = l
	}
}

// stateOf packs everything that future rules can ask of a label.
func stateOf(l label) uint64 {
	key := uint64(l.last+2)<<24 | uint64(l.minutes)<<8 | uint64(l.run)<<2
	if l.free {
		key |= 1
	}
	if l.rested {
		key |= 2
	}
	return key
}
