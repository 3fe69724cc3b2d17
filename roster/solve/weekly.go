package solve

import (
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// weekly is what the weeks program knows of an operator's rules: rest, hours
// and free time of calendar weeks, runs of days, nights on end and weekends.
type weekly struct {
	knows    bool // every rule that binds the operator
	nights   int  // most on end; no limit if 0
	dark     []string
	weekends int   // most
	floors   []int // per day, how many weekends may as well have been worked up to it: all to come fit in
	span     int   // so many numbers of weekends matter on a day
	occasion [][]occasion
	days     []dayOfWeek
	rough    *roughly // nil if the rough program is not for the row
}

// occasion is a shift that can be worked on a day, as far as rules ask: the
// cheapest of several options stands for it.
type occasion struct {
	start, end int64
	own, spill int32
	night      bool
	touches    bool // it reaches into the next day
	class      int  // of those of the day that are the same to what may come after
	options    []int32
	added      []int16 // per sum before it, its place after it, or -1
}

// weeklyOf reads an operator's rules; nil if pins, what was carried in, or too
// many different sums of hours are too much for the weeks program.
func weeklyOf(p *roster.Problem, r *row, shifts []shift) *weekly {
	w := &weekly{knows: true, weekends: len(r.days)}
	for _, rule := range r.rules {
		if !w.learn(p, r, &rule) {
			w.knows = false
		}
	}
	for _, d := range r.days {
		if len(d.pins) > 0 || d.carried {
			return nil
		}
	}
	if len(r.weeks) > 1 && slices.ContainsFunc(r.weeks[1:], func(w week) bool { return w.carried > 0 }) {
		return nil
	}
	if r.carriedRun > 0 && w.nights > 0 {
		w.knows = false
	}
	w.lay(p, r, shifts)
	w.count(r)
	w.classify(r)
	if !w.summed(r) || !w.fits(r) {
		return nil
	}
	w.rough = w.roughen(r)
	return w
}

// fits says whether the states of the program can be told apart by what one of
// them has room for.
func (w *weekly) fits(r *row) bool {
	kinds, states := 2*(r.operator.Contract.MaxConsecutiveDays+1)*w.span, 0
	for d := range w.days {
		classes := 0
		for _, o := range w.occasion[d] {
			classes = max(classes, o.class+1)
		}
		if len(w.occasion[d]) >= 1<<choiceBits-1 {
			return false
		}
		const others = 4 // free, waiting and merged blocks, about
		states += (classes + others + w.families()) * kinds * len(w.days[d].out)
	}
	return states < 1<<(halfway-choiceBits-1)
}

// count finds which numbers of weekends matter: where all that are to come may
// be worked too, it is all one how many there were.
func (w *weekly) count(r *row) {
	w.floors, w.span = make([]int, len(r.days)), 1
	w.weekends = min(w.weekends, len(r.days)/7+2)
	coming := 0
	for d := len(r.days) - 1; d >= 0; d-- {
		w.floors[d] = max(0, w.weekends-coming)
		if r.days[d].weekday == time.Sunday || r.days[d].weekday == time.Saturday && d == len(r.days)-1 {
			coming++
		}
	}
	most := 0
	for d := range r.days {
		if weekend(&r.days[d], d > 0) {
			most = min(most+1, w.weekends)
		}
		most = max(most, w.floors[d])
		w.span = max(w.span, most-w.floors[d]+1)
	}
}

// classify gives those shifts of a day one class after which the same may
// follow: what they leave of every rest that could be too short.
func (w *weekly) classify(r *row) {
	for d := range w.occasion {
		var classes []string
		for i := range w.occasion[d] {
			o := &w.occasion[d][i]
			key := fmt.Sprint(o.own, o.spill, o.night, o.touches, max(o.end, r.weeks[r.days[d].week].end), w.leaves(r, d, o.end))
			if o.class = slices.Index(classes, key); o.class < 0 {
				o.class = len(classes)
				classes = append(classes, key)
			}
		}
	}
}

// leaves says of everything that may come after a shift on day d, in a fixed
// order, whether there is rest enough before it.
func (w *weekly) leaves(r *row, d int, end int64) (rests []bool) {
	week := r.weeks[r.days[d].week]
	test := func(at int64) bool {
		rests = append(rests, at-max(end, week.start) >= r.limits.WeeklyRest.Minutes)
		return rests[len(rests)-1]
	}
	test(week.end)
	for next := d + 1; next < len(r.days) && r.days[next].week == r.days[d].week; next++ {
		done := test(r.days[next].start)
		for _, o := range w.occasion[next] {
			test(o.start)
		}
		if done {
			break
		}
	}
	if d+1 < len(r.days) {
		for _, o := range w.occasion[d+1] {
			rests = append(rests, o.start-end >= r.limits.DailyRest.Minutes)
		}
	}
	return rests
}

// learn understands a rule, and says whether all of it.
func (w *weekly) learn(p *roster.Problem, r *row, b *roster.Rule) bool {
	plain := b.Weight == 0 && b.FromNights == 0 && b.During == "" && len(b.Weekdays) == 0 && !b.Stretch && b.Least == nil
	switch {
	case !plain:
		return false
	case b.Count == roster.CountShifts && b.Per == roster.PerRun && len(b.Templates) > 0 && w.nights == 0 && *b.Most > 0 && *b.Most < int64(len(r.days)):
		w.nights, w.dark = int(*b.Most), b.Templates
	case b.Count == roster.CountWeekends && (b.Per == "" || b.Per == roster.PerHorizon) && len(b.Templates) == 0:
		w.weekends = min(w.weekends, int(*b.Most))
	default:
		return false
	}
	return true
}

// lay lists the occasions of every day by start.
func (w *weekly) lay(p *roster.Problem, r *row, shifts []shift) {
	w.occasion = make([][]occasion, len(r.days))
	for i := range r.options {
		o := &r.options[i]
		s := &shifts[o.shift]
		one := occasion{s.start, s.end, o.own, o.spill, w.nights > 0 && p.Team.Names(w.dark, s.template), r.touches(o, shifts), 0, []int32{int32(i)}, nil}
		at := slices.IndexFunc(w.occasion[o.day], func(x occasion) bool {
			return x.start == one.start && x.end == one.end && x.own == one.own && x.spill == one.spill && x.night == one.night
		})
		if at >= 0 {
			w.occasion[o.day][at].options = append(w.occasion[o.day][at].options, int32(i))
		} else {
			w.occasion[o.day] = append(w.occasion[o.day], one)
		}
	}
}

// summed finds what sums of hours a week can hold day by day, and says whether
// there are few enough.
func (w *weekly) summed(r *row) bool {
	const mostSums = 200
	most := int32(r.limits.MaxWeek.Minutes)
	for d := range r.days {
		day := dayOfWeek{}
		switch {
		case d == 0:
			day.in = []int32{r.weeks[0].carried}
		case r.days[d].week != r.days[d-1].week:
			day.in = []int32{0}
			for _, o := range w.occasion[d-1] {
				day.in = append(day.in, o.spill)
			}
		default:
			day.in = w.days[d-1].out
		}
		slices.Sort(day.in)
		day.in = slices.Compact(day.in)
		day.out = slices.Clone(day.in)
		for _, o := range w.occasion[d] {
			for _, sum := range day.in {
				if sum+o.own <= most {
					day.out = append(day.out, sum+o.own)
				}
			}
		}
		slices.Sort(day.out)
		if day.out = slices.Compact(day.out); len(day.out) > mostSums {
			return false
		}
		day.kept = day.adding(0)
		for i := range w.occasion[d] {
			w.occasion[d][i].added = day.adding(w.occasion[d][i].own)
		}
		w.days = append(w.days, day)
	}
	return true
}

// dayOfWeek is what a week's hours can come to before a day and after it.
type dayOfWeek struct {
	in, out []int32 // ascending
	kept    []int16 // per sum before a free day, its place after it
}

// adding is per sum before the day the place of what it comes to, or -1.
func (d *dayOfWeek) adding(minutes int32) (to []int16) {
	for _, sum := range d.in {
		at, known := slices.BinarySearch(d.out, sum+minutes)
		if !known {
			at = -1
		}
		to = append(to, int16(at))
	}
	return to
}

// families is how many kinds of beginnings rules and wishes tell apart beside
// their states: so many nights on end, yesterday's shift that reaches into
// today, and not at work yesterday.
func (w *weekly) families() int { return 1 + 2*(w.nights+1) }

// family is the number of such a kind.
func (w *weekly) family(works bool, nights int, touched bool) int {
	switch {
	case !works:
		return 0
	case touched:
		return 2 + 2*nights
	}
	return 1 + 2*nights
}

// clears says whether a day off always gives the daily rest.
func (w *weekly) clears(r *row) bool {
	for d := 2; d < len(w.occasion); d++ {
		for _, a := range w.occasion[d-2] {
			for _, b := range w.occasion[d] {
				if b.start-a.end < r.limits.DailyRest.Minutes {
					return false
				}
			}
		}
	}
	return true
}

// weekend says whether a shift on the day opens a weekend, given whether the
// day before was worked.
func weekend(d *day, worked bool) bool {
	return d.weekday == time.Saturday || d.weekday == time.Sunday && !worked
}
