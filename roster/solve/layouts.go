package solve

import (
	"cmp"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// layouts are the layouts of all shifts.
type layouts struct {
	at map[layoutKey]*layout // as templates have them
	by map[string]*layout
	// tabled are those of which the solver may place the breaks, by their index.
	tabled []*layout
	// stretches that the law allows.
	stretch map[protection]int64
}

// protection is what the law's stretches depend on.
type protection struct {
	country, contract string
	length            int64
}

func newLayouts() layouts {
	return layouts{at: map[layoutKey]*layout{}, by: map[string]*layout{}, stretch: map[protection]int64{}}
}

// stretchOf is how long the law lets the operator work without a break.
func (s *layouts) stretchOf(o *roster.Operator, length int64) int64 {
	key := protection{o.Country, o.Contract.Kind, length}
	most, known := s.stretch[key]
	if !known {
		most = o.MostStretch(length)
		s.stretch[key] = most
	}
	return most
}

// layoutKey is what makes the breaks of two shifts the same.
type layoutKey struct {
	template              string
	length, into, stretch int64
}

// known returns the one layout of all that are the same, and finds the first
// placement that is possible. It is nil if there are no breaks.
func (s *layouts) known(p *layout, into int64) *layout {
	if len(p.pauses) == 0 {
		return nil
	}
	p.loosen()
	key := p.key(into)
	if same, there := s.by[key]; there {
		return same
	}
	p.index = untabled
	p.first, _ = p.place(func(int, *spot) float64 { return 0 })
	for k := range p.pauses {
		p.pauses[k].splice()
	}
	s.by[key] = p
	return p
}

// table numbers a layout that a shift has which the solver may choose. One with spots
// for breaks that the start has goes by the layout that it came from: its breaks save
// no less.
func (s *layouts) table(p *layout) {
	if p == nil || p.index != untabled {
		return
	}
	if p.like != nil {
		s.table(p.like)
		p.index = p.like.index
		return
	}
	p.index = len(s.tabled)
	s.tabled = append(s.tabled, p)
}

// loosen forgets a stretch that no placement exceeds, and with it how long the shift
// is: then more shifts have the same layout.
func (p *layout) loosen() {
	longest, since := int64(0), int64(0)
	for k := range p.pauses {
		spots := p.pauses[k].spots
		longest, since = max(longest, spots[len(spots)-1].start-since), spots[0].end
	}
	if longest = max(longest, p.length-since); longest <= p.stretch {
		p.stretch = 0
	}
	if p.stretch == 0 {
		p.length = endlessShift
	}
}

// endlessShift is longer than any.
const endlessShift = 1 << 30

// layoutOf is the layout of the assignment's shift, and where its breaks are: those
// of a pinned one stay where they are, and those of another that are where its
// template and the law have them are kept until it is better to move them.
func (s *shifts) layoutOf(a roster.Assignment, breaks []roster.Break, o *roster.Operator) (*layout, placement) {
	if len(a.Breaks) == 0 && (a.Pinned || len(breaks) == 0) {
		return nil, 0
	}
	grid := s.problem.Demand.Grid
	step, start, length := int64(grid.Step.Minutes()), minuteOf(a.Shift.Start), minuteOf(a.Shift.End)-minuteOf(a.Shift.Start)
	into := minutesInto(grid, a.Shift.Start)
	if a.Pinned || len(breaks) == 0 {
		return s.layouts.known(asGiven(a, into, step), into), 0
	}
	key := layoutKey{a.Template, length, into, s.layouts.stretchOf(o, length)}
	p, there := s.layouts.at[key]
	if !there {
		p = s.layouts.known(newLayout(breaks, key, step), into)
		s.layouts.at[key] = p
	}
	if p == nil || len(a.Breaks) != len(p.pauses) {
		return p, unplaced
	}
	held, at := *p, placement(0)
	held.like = p
	held.length, held.stretch = length, key.stretch // only its own spots are all lawful
	held.pauses = slices.Clone(p.pauses)
	for k, b := range a.Breaks {
		spot, fits := held.pauses[k].hold(minuteOf(b.Start)-start, into, step)
		if !fits || minuteOf(b.End)-minuteOf(b.Start) != held.pauses[k].length {
			return p, unplaced
		}
		at = at.with(k, spot)
	}
	if !held.allows(at) {
		return p, unplaced
	}
	return s.layouts.known(&held, into), at
}

// newLayout lays out the breaks of a template. Those for which there is no room
// beside the others are left out.
func newLayout(breaks []roster.Break, key layoutKey, step int64) *layout {
	p := &layout{length: key.length, stretch: key.stretch}
	for _, b := range breaks {
		if one, fits := newPause(b, key.length, key.into, step); fits && len(p.pauses) < mostPauses {
			p.pauses = append(p.pauses, one)
		}
	}
	slices.SortStableFunc(p.pauses, func(a, b pause) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	for {
		for _, stretch := range []int64{key.stretch, 0} { // the law will not have it, but they have room
			if p.stretch = stretch; p.settles() {
				return p
			}
		}
		p.pauses = p.pauses[:len(p.pauses)-1]
	}
}

// settles says whether the breaks can be placed; if their spots are not enough, at
// the ends of their windows too.
func (p *layout) settles() bool {
	nothing := func(int, *spot) float64 { return 0 }
	if _, ok := p.place(nothing); ok {
		return true
	}
	for k := range p.pauses {
		p.pauses[k].spots = p.pauses[k].edges
		p.pauses[k].thin()
	}
	_, ok := p.place(nothing)
	return ok
}

// minutesInto is how long before an instant its interval starts.
func minutesInto(grid calendars.Grid, at time.Time) int64 {
	return int64(at.Sub(grid.At(grid.Index(at))) / time.Minute)
}

// carriedLayout is the layout of an earlier roster's shift; nil if it has no breaks.
func carriedLayout(grid calendars.Grid, a roster.Assignment) *layout {
	if p := asGiven(a, minutesInto(grid, a.Shift.Start), int64(grid.Step.Minutes())); len(p.pauses) > 0 {
		return p
	}
	return nil
}

// asGiven are breaks that stay where the assignment has them.
func asGiven(a roster.Assignment, into, step int64) *layout {
	start := minuteOf(a.Shift.Start)
	p, since := &layout{index: untabled, length: minuteOf(a.Shift.End) - start}, start
	add := func(until int64) {
		if since < until {
			one := pause{length: until - since, from: since - start, to: until - start}
			one.spots = []spot{newSpot(one.from, one.length, into, step)}
			one.edges = one.spots
			p.pauses = append(p.pauses, one)
		}
	}
	if len(a.Breaks) == 0 {
		return p
	}
	for _, part := range a.Present() {
		add(minuteOf(part.Start))
		since = minuteOf(part.End)
	}
	add(minuteOf(a.Shift.End))
	return p
}
