package solve

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// layout is where the breaks of a shift can be. Shifts that start at the same
// minute of an interval and have the same breaks share one.
type layout struct {
	index   int     // of its table, and of what starts with it; untabled if nobody chooses it
	like    *layout // the one whose table it shares; nil if it has its own
	length  int64
	stretch int64   // minutes that the law allows without a break; no limit if 0
	pauses  []pause // in the order in which they are taken
	first   placement
}

// pause is one break: the search puts it into one of its spots, and its edges hold
// the best place that there is at any prices: being there is linear in a break's
// start as long as neither end of it crosses into another interval.
type pause struct {
	length   int64
	from, to int64 // its window, minutes after the shift's start
	spots    []spot
	edges    []spot
	strips   []strip // the spots again
}

// spot is where a break can be. Minutes are from the shift's start, intervals from
// the one in which the shift starts.
type spot struct {
	start, end int64
	from, to   int
	head, tail int64 // minutes in the first and in the last of the intervals
}

// placement says for each break of a layout in which of its spots it is.
type placement uint64

// untabled is the index of a layout that only pinned and carried shifts have: there
// is no table of so high a number.
const untabled = math.MaxInt16

// unplaced is a placement that is still to be chosen.
const unplaced placement = 1<<64 - 1

const (
	spotBits   = 6 // ten breaks, the most that a template has, fit in
	mostPauses = 10
	mostSpots  = 16 // of a break, and the one where it is already
)

func (p placement) of(k int) int { return int(p >> (spotBits * k) & (1<<spotBits - 1)) }

func (p placement) with(k, spot int) placement {
	return p&^((1<<spotBits-1)<<(spotBits*k)) | placement(spot)<<(spotBits*k)
}

// newSpot is where a break of so many minutes is that starts so long after a shift,
// which itself starts some minutes into an interval.
func newSpot(start, length, into, step int64) spot {
	s := spot{start: start, end: start + length}
	s.from, s.to = int((into+start)/step), int((into+s.end-1)/step)+1
	s.head = min(length, int64(s.from+1)*step-into-start)
	s.tail = min(length, into+s.end-int64(s.to-1)*step)
	return s
}

// minutes is how much of an interval, counted from the shift's first, is break.
func (s *spot) minutes(t int, step int64) int64 {
	switch {
	case t < s.from || t >= s.to:
		return 0
	case t == s.from:
		return s.head
	case t == s.to-1:
		return s.tail
	}
	return step
}

// newPause finds the spots of a break: where it starts or ends with an interval,
// or else at the start of its window.
func newPause(b roster.Break, shift, into, step int64) (p pause, fits bool) {
	p.length = int64(b.Length.Minutes())
	p.to = min(int64(b.To.Minutes()), shift) // less where clocks have gone forward
	p.from = min(int64(b.From.Minutes()), p.to-p.length)
	if p.from < 0 {
		return p, false
	}
	starts := []int64{p.from, p.to - p.length}
	for at := p.from; at+p.length <= p.to; at++ {
		if (into+at)%step == 0 || (into+at+p.length)%step == 0 {
			starts = append(starts, at)
			p.spots = append(p.spots, newSpot(at, p.length, into, step))
		}
	}
	slices.Sort(starts)
	for _, at := range slices.Compact(starts) {
		p.edges = append(p.edges, newSpot(at, p.length, into, step))
	}
	if len(p.spots) == 0 {
		p.spots = p.edges[:1]
	}
	p.thin()
	return p, true
}

// thin leaves few enough spots, evenly spread.
func (p *pause) thin() {
	if n := len(p.spots); n > mostSpots {
		few := make([]spot, 0, mostSpots)
		for i := range mostSpots {
			few = append(few, p.spots[i*(n-1)/(mostSpots-1)])
		}
		p.spots = few
	}
}

// hold makes a spot of where the break is already, if that is within its window,
// and returns it.
func (p *pause) hold(at, into, step int64) (place int, fits bool) {
	if at < p.from || at+p.length > p.to {
		return 0, false
	}
	i, there := slices.BinarySearchFunc(p.spots, at, func(s spot, at int64) int { return cmp.Compare(s.start, at) })
	if !there {
		p.spots = slices.Insert(slices.Clone(p.spots), i, newSpot(at, p.length, into, step))
	}
	return i, true
}

// intervals are the breaks of a shift that starts at a minute of Unix time.
func (p *layout) intervals(start int64, at placement) (all []calendars.Interval) {
	for k := range p.pauses {
		s := &p.pauses[k].spots[at.of(k)]
		all = append(all, calendars.Interval{Start: instantOf(start + s.start), End: instantOf(start + s.end)})
	}
	return all
}

// key tells layouts apart.
func (p *layout) key(into int64) string {
	key := fmt.Sprint(into, p.length, p.stretch)
	for _, one := range p.pauses {
		key += fmt.Sprint("/", one.length, one.from, one.to)
		for _, s := range one.spots {
			key += fmt.Sprint(" ", s.start)
		}
	}
	return key
}
