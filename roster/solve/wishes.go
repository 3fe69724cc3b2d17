package solve

import (
	"math"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// wish adds what wishes make of single options: the cost of those that it
// breaks, less that of those that it grants. That is exact for wishes about
// shifts that start on a day; of a day off it counts the shifts that start on
// it, and leaves those that reach into it from before to the judge. A shift of another
// roster on a day of the row grants a wish to work.
func (r *row) wish(p *roster.Problem, shifts []shift, others []roster.Assignment) {
	if len(r.operator.Wishes) == 0 {
		return
	}
	first := calendars.DayOf(time.Unix(r.days[0].start*60, 0), r.operator.Zone)
	last := first.AddDays(len(r.days) - 1)
	for i := range r.operator.Wishes {
		w := &r.operator.Wishes[i]
		cost := fine * roster.Whole * w.Weight
		named := p.Team.Named(w.Templates)
		for _, d := range w.Days(first, last) {
			if w.Want == roster.WantOn && slices.ContainsFunc(others, func(a roster.Assignment) bool {
				return calendars.DayOf(a.Shift.Start, r.operator.Zone) == d && (len(w.Templates) == 0 || named[a.Template])
			}) {
				continue
			}
			at := &r.days[first.DaysUntil(d)]
			if w.Want == roster.WantOn {
				r.wished += cost
			}
			pinned := false
			for o := at.first; o < at.last; o++ {
				option := &r.options[o]
				if len(w.Templates) > 0 && !named[shifts[option.shift].template] {
					continue
				}
				change := cost
				if w.Want == roster.WantOn {
					change = -cost
				}
				if !option.pinned {
					option.wish += change
				} else if !pinned { // however many of them there are
					r.wished, pinned = r.wished+change, true
				}
			}
		}
	}
}

// touches says whether an option reaches into the next day of its row.
func (r *row) touches(o *option, shifts []shift) bool {
	next := int(o.day) + 1
	return next < len(r.days) && shifts[o.shift].end > r.days[next].start
}

// reach adds to options that reach into the next day what the wishes to be off on
// it cost, and notes this as the relief of that day's own shifts: they break
// nothing that is not broken already.
func (r *row) reach(shifts []shift) {
	first := calendars.DayOf(time.Unix(r.days[0].start*60, 0), r.operator.Zone)
	relief := make([]int64, len(r.days))
	for i := range r.operator.Wishes {
		if w := &r.operator.Wishes[i]; w.Want == roster.WantOff && len(w.Templates) == 0 {
			for _, d := range w.Days(first, first.AddDays(len(r.days)-1)) {
				relief[first.DaysUntil(d)] += fine * roster.Whole * w.Weight
			}
		}
	}
	for i := range r.options {
		if o := &r.options[i]; r.touches(o, shifts) {
			o.wish += relief[o.day+1]
			o.touches = true
		}
	}
	r.relief, r.relieves = relief, 0
	for _, one := range relief {
		r.relieves += one
	}
}

// reliefOf is what a shift of the day costs less after one that reaches into it.
func (r *row) reliefOf(d int) int64 {
	if r.relief == nil {
		return 0
	}
	return r.relief[d]
}

// joint is the cost of what the chosen shifts make together: guaranteed hours
// that they leave short, unfair burdens, and whom to tell of changes, less the wishes that
// two of them break.
func (r *row) joint(chosen []int32) int64 {
	cost := r.shortOf(chosen) + r.unfair(chosen)
	if r.judged {
		return cost // the judge knows the others
	}
	if r.touch > 0 && r.touched(chosen) {
		cost += r.touch
	}
	return cost - r.relieved(chosen)
}

// relieved is the cost of wishes that two of the chosen shifts break, each.
func (r *row) relieved(chosen []int32) (cost int64) {
	for d, relief := range r.relief {
		if relief != 0 && d > 0 && chosen[d] >= 0 && chosen[d-1] >= 0 && r.options[chosen[d-1]].touches {
			cost += relief
		}
	}
	return cost
}

// wishesFit says whether wish and reach say all there is to say of the operator's wishes.
func (r *row) wishesFit(shifts []shift) bool {
	if len(r.operator.Wishes) > 0 && r.carriedEnd > r.days[0].start {
		return false // a carried shift may break a wish already
	}
	for i := range r.operator.Wishes {
		w := &r.operator.Wishes[i]
		if w.Margin.Duration > 0 {
			return false
		}
		if r.relief != nil || w.Want == roster.WantOn || len(w.Templates) > 0 {
			continue
		}
		for o := range r.options {
			if r.touches(&r.options[o], shifts) {
				return false
			}
		}
	}
	return true
}

// scale chooses in what the programs count, so that a row's cost stays far
// from the end of 32 bits, and how much a missing shift is worth.
func (m *model) scale() {
	total, n := 0.0, 0
	most := 0.0
	for _, r := range m.rows {
		dearest := 0.0
		for o := range r.options {
			worth := m.value(r, &m.shifts[r.options[o].shift])
			if worth > 0 {
				total, n = total+worth, n+1
			}
			dearest = max(dearest, worth+math.Abs(float64(r.options[o].wish)))
		}
		short := 0.0
		for _, w := range r.weeks {
			short += float64(r.short) * float64(w.least)
		}
		most = max(most, dearest*float64(len(r.days))+short)
	}
	m.worth = total / float64(max(1, n))
	const room = 1 << 27
	for most > room {
		most, m.coarse = most/2, m.coarse+1
	}
}

// value is what the shift can be worth: the first steps of all that it covers.
func (m *model) value(r *row, s *shift) (worth float64) {
	if r.field >= 0 {
		f := m.fields[r.field]
		for t := s.from; t < s.to; t++ {
			worth += float64(s.units(t, r.share)) * float64(f.dearest(t, r.mask))
		}
	}
	for _, p := range s.slots {
		worth += roster.Whole * float64(m.fields[p.field].dearest(p.t, 1))
	}
	return worth
}

// dearest is the most that a unit is worth to one of the masked queues.
func (f *field) dearest(t, mask int) (most int64) {
	for q := range f.queues {
		if mask>>q&1 == 1 {
			for _, s := range f.wanted[(t*f.queues+q)*f.steps:][:f.steps] {
				if s.units > 0 {
					most = max(most, s.value)
				}
			}
		}
	}
	return most
}
