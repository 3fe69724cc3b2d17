package roster

import (
	"cmp"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// row is the shifts of one operator, those of other rosters included, by start, with
// everything about them that rules ask.
type row struct {
	*facts
	operator   *Operator
	limits     Limits
	conversion *Conversion // of night hours; nil for none
	clock      *clock
	serves     bool  // a queue of the demand
	nightShift int64 // minutes of night that make one
	guaranteed []int // Mondays of the weeks in which guaranteed time is asked for
	rules      []bounded
	pausing    []pausing // what the law asks of breaks
	opening    int64     // points that the ledger holds at the start of the horizon
	told       []Assignment
	stands     []worked // of them, those that stand
	shifts     []worked
	weeks      []int // Mondays of the calendar weeks in which its own shifts have time
}

// worked is a shift of a row and whether this roster put it there.
type worked struct {
	Assignment
	span
	own     bool
	day     int   // on which it starts
	counted int64 // minutes of all of it, night hours converted
	night   int64 // minutes of legal night
	off     bool  // touches time off
	offered bool  // lies in the weekly availability
}

// facts are what all rows of a problem share.
type facts struct {
	problem Problem
	horizon span
	known   int64 // where what is known begins: the horizon, or the first carried shift
	knownTo int64 // where it ends: the horizon, or the last carried shift
	clocks  map[clockKey]*clock
	around  span              // what clocks hold at least
	kinds   map[string]string // of shift templates, by name
	// fairPart is what somebody on 40 hours would carry of all points at the start.
	fairPart int64
	// published is the part of the horizon whose shifts have been told.
	published span
}

type clockKey struct{ zone, country string }

// newFacts reads a problem; around is where its assignments lie.
func newFacts(p Problem, around span) *facts {
	horizon := spanOf(p.Demand.Grid.Span())
	switch {
	case p.Demand.Grid.N == 0:
		horizon = around
	case around == span{}:
		around = horizon
	}
	f := &facts{problem: p, horizon: horizon, published: p.publishedIn(horizon), known: horizon.from, knownTo: horizon.to, clocks: map[clockKey]*clock{}, kinds: map[string]string{}, fairPart: p.fairPart()}
	earliest := minuteOf(instantOf(horizon.from).AddDate(0, 0, -p.Team.Memory()))
	later := minuteOf(instantOf(horizon.to).AddDate(0, 0, p.Team.Memory())) // windows end there at the latest
	const ahead = 10 * perDay                                               // to the end of a week that begins with the last shift
	f.around = span{min(around.from, earliest), max(around.to+ahead, later)}
	for _, a := range p.Carried {
		f.known = min(f.known, max(earliest, minuteOf(a.Shift.Start)))
		f.knownTo = max(f.knownTo, min(later, minuteOf(a.Shift.End)))
	}
	for _, t := range p.Team.Templates {
		f.kinds[t.Name] = t.Kind
	}
	return f
}

// clock returns the clock of an operator.
func (f *facts) clock(o *Operator) *clock {
	key := clockKey{o.Zone.String(), o.Country}
	c, known := f.clocks[key]
	if !known {
		c = newClock(o, f.around, f.problem.Holidays[o.Country])
		f.clocks[key] = c
	}
	return c
}

// newFactsToShare reads a problem for any number who ask at once: with every
// operator's clock.
func newFactsToShare(p Problem) *facts {
	f := newFacts(p, span{})
	for i := range p.Team.Operators {
		f.clock(&p.Team.Operators[i])
	}
	return f
}

// newRow is the row of an operator without any shift.
func (f *facts) newRow(o *Operator) *row {
	r := &row{facts: f, operator: o, limits: o.Limits(), clock: f.clock(o), opening: f.openingOf(o), nightShift: o.nightShift()}
	if law, protected := o.law(); protected {
		r.conversion, r.pausing = law.Conversion, law.pausing()
	}
	queues := f.problem.Demand.Queues
	r.serves = len(queues) == 0 || slices.ContainsFunc(queues, func(q QueueDemand) bool { return o.Has(q.Skill) })
	horizon := f.horizon.interval()
	for m := monday(r.clock.day(f.horizon.from)); r.clock.starts[m] < f.horizon.to; m += week {
		if o.Contract.MinWeek.Duration > 0 && Guaranteed(*o, r.clock.days(m, m+week).interval(), horizon) {
			r.guaranteed = append(r.guaranteed, m)
		}
	}
	r.rules = f.problem.Team.rulesOf(o)
	return r
}

// work notes what rules ask of one shift.
func (r *row) work(a Assignment, own bool) worked {
	w := worked{Assignment: a, span: spanOf(a.Shift), own: own}
	w.day = r.clock.day(w.from)
	w.night = r.clock.night(w.span)
	w.counted = r.conversion.counted(w.to-w.from, w.night, w.night)
	if own {
		w.off, w.offered = r.operator.onTimeOff(a.Shift), r.operator.offersItself(a.Shift)
	}
	return w
}

// before orders shifts by start, then by end.
func (w worked) before(o worked) int {
	return cmp.Or(cmp.Compare(w.from, o.from), cmp.Compare(w.to, o.to))
}

// add puts a shift into its place.
func (r *row) add(w worked) {
	i, _ := slices.BinarySearchFunc(r.shifts, w, worked.before)
	r.shifts = slices.Insert(r.shifts, i, w)
}

// remove takes a shift of this roster out, and says whether it was there: with the
// same breaks if it can be, or else with others.
func (r *row) remove(a Assignment) (w worked, there bool) {
	same := func(w worked) bool { return w.own && w.Template == a.Template && w.Shift.Equal(a.Shift) }
	i := slices.IndexFunc(r.shifts, func(w worked) bool {
		return same(w) && slices.EqualFunc(w.Breaks, a.Breaks, calendars.Interval.Equal)
	})
	if i < 0 {
		i = slices.IndexFunc(r.shifts, same)
	}
	if i < 0 {
		return worked{}, false
	}
	w = r.shifts[i]
	r.shifts = slices.Delete(r.shifts, i, i+1)
	return w, true
}

// when says when a shift of the row is, on its operator's clock.
func (r *row) when(s span) clocked { return clocked{s.interval(), r.operator.Zone} }

// at is the position of the first shift that starts on the day or later, and
// next the same from an earlier position on.
func (r *row) at(day int) int {
	low, high := 0, len(r.shifts)
	for low < high {
		if middle := (low + high) / 2; r.shifts[middle].day < day {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

func (r *row) next(at, day int) int {
	for at < len(r.shifts) && r.shifts[at].day < day {
		at++
	}
	return at
}

// pairs calls f for each shift and the one before it that ends last, where this
// roster owns one of the two, with their positions.
func (r *row) pairs(f func(i, k int, a, b *worked)) {
	last := 0
	for k := 1; k < len(r.shifts); k++ {
		if a, b := &r.shifts[last], &r.shifts[k]; a.own || b.own {
			f(last, k, a, b)
		}
		if r.shifts[k].to >= r.shifts[last].to {
			last = k
		}
	}
}

// noteWeeks finds the calendar weeks, Monday to Monday in the operator's zone,
// in which the row's own shifts have time.
func (r *row) noteWeeks() {
	r.weeks = r.weeks[:0]
	for i := range r.shifts {
		w := &r.shifts[i]
		if !w.own {
			continue
		}
		for m := monday(w.day); m == monday(w.day) || r.clock.starts[m] < w.to; m += week {
			if !slices.Contains(r.weeks, m) {
				r.weeks = append(r.weeks, m)
			}
		}
	}
	slices.Sort(r.weeks)
}

// minutesIn is the time of the row that counts in the span.
func (r *row) minutesIn(s span) (minutes int64) {
	for i := range r.shifts {
		switch w := &r.shifts[i]; {
		case s.from <= w.from && w.to <= s.to:
			minutes += w.counted
		case w.from < s.to && s.from < w.to:
			part := w.part(s)
			minutes += r.conversion.counted(part.to-part.from, w.night, r.clock.night(part))
		}
	}
	return minutes
}

// weekOf returns the calendar week that starts on the Monday.
func (r *row) weekOf(monday int) span { return r.clock.days(monday, monday+week) }

// minutesPer is for durations of contracts.
func minutesPer(d calendars.Duration) int64 { return int64(d.Duration / time.Minute) }
