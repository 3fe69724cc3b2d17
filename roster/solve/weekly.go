package solve

import (
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
	sums     []int // minutes that a week can hold, ascending
	occasion [][]occasion
	added    map[int32][]int16 // by minutes: to which sum each sum comes, or -1
}

// occasion is a shift that can be worked on a day, as far as rules ask: the
// cheapest of several options stands for it.
type occasion struct {
	start, end int64
	own, spill int32
	night      bool
	options    []int32
}

// weeklyOf reads an operator's rules; nil if pins, what was carried in, or too
// many different sums of hours are too much for the weeks program.
func weeklyOf(p *roster.Problem, r *row, shifts []shift) *weekly {
	w := &weekly{knows: true, weekends: len(r.days)}
	for _, rule := range p.Team.RulesOf(*r.operator) {
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
	return w.summed(r)
}

// learn understands a rule, and says whether all of it.
func (w *weekly) learn(p *roster.Problem, r *row, b *roster.Rule) bool {
	plain := b.Weight == 0 && b.FromNights == 0 && b.During == "" && len(b.Weekdays) == 0 && !b.Stretch && b.Least == nil
	switch {
	case !plain:
		return false
	case b.Count == roster.CountShifts && b.Per == roster.PerRun && len(b.Templates) > 0 && w.nights == 0 && *b.Most > 0 && *b.Most < families-1:
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
		one := occasion{s.start, s.end, o.own, o.spill, w.nights > 0 && p.Team.Names(w.dark, s.template), []int32{int32(i)}}
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

// summed finds what sums of hours weeks can hold; nil if there are too many.
func (w *weekly) summed(r *row) *weekly {
	const mostSums = 100
	most := int(r.limits.MaxWeek.Minutes)
	w.sums, w.added = []int{0, int(r.weeks[0].carried)}, map[int32][]int16{}
	for _, day := range w.occasion {
		for _, o := range day {
			w.added[o.own] = nil
			if o.spill > 0 {
				w.sums = append(w.sums, int(o.spill))
			}
		}
	}
	slices.Sort(w.sums)
	w.sums = slices.Compact(w.sums)
	for i := 0; i < len(w.sums); i++ {
		for minutes := range w.added {
			sum := w.sums[i] + int(minutes)
			at, known := slices.BinarySearch(w.sums, sum)
			if !known && sum <= most {
				w.sums = slices.Insert(w.sums, at, sum)
			}
		}
		if len(w.sums) > mostSums {
			return nil
		}
	}
	for minutes := range w.added {
		to := make([]int16, len(w.sums))
		for i, sum := range w.sums {
			at, known := slices.BinarySearch(w.sums, sum+int(minutes))
			if to[i] = int16(at); !known {
				to[i] = -1
			}
		}
		w.added[minutes] = to
	}
	return w
}

// sum is the position of a sum of minutes.
func (w *weekly) sum(minutes int32) int {
	at, _ := slices.BinarySearch(w.sums, int(minutes))
	return at
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
