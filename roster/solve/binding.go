package solve

import (
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// past is a shift of an earlier roster.
type past struct {
	day     int // of the row, from the first; before it, below zero
	minutes int64
}

// binding lists the operator's rules that could bind the row at all: a cap on
// the free Sundays of a year says nothing about four weeks.
func (r *row) binding(p *roster.Problem) (all []roster.Rule) {
	for _, b := range p.Team.RulesOf(*r.operator) {
		if most, known := r.mostOf(&b); !known || b.Least != nil || most > *b.Most {
			all = append(all, b)
		}
	}
	return all
}

// mostOf is no less than what the row can have of what a rule counts within one
// of its windows; false if that would need a closer look.
func (r *row) mostOf(b *roster.Rule) (most int64, known bool) {
	n, whole := b.Window(), b.Per == "" || b.Per == roster.PerHorizon
	switch {
	case b.Stretch || n == 0 && !whole:
		return 0, false
	case whole:
		return r.mostWithin(b, 0, len(r.days))
	}
	for from := 1 - n; from < len(r.days); from++ {
		here, fine := r.mostWithin(b, from, from+n)
		if !fine {
			return 0, false
		}
		most = max(most, here)
	}
	return most, true
}

// mostWithin is mostOf for days [from, to).
func (r *row) mostWithin(b *roster.Rule, from, to int) (most int64, known bool) {
	counts := func(d int) bool {
		return r.first.AddDays(d).OnWeekday(b.Weekdays)
	}
	switch b.Count {
	case roster.CountMinutes:
		for _, one := range r.past {
			if from-1 <= one.day && one.day < to {
				most += one.minutes
			}
		}
		return most + r.mostMinutes(max(0, from), min(to, len(r.days))), true
	case roster.CountShifts, roster.CountDays, roster.CountWeekends:
		for _, one := range r.past {
			if from <= one.day && one.day < to && counts(one.day) {
				most++
			}
		}
		for d := max(0, from); d < min(to, len(r.days)); d++ {
			if counts(d) && (b.Count != roster.CountWeekends || weekend(&r.days[d], false)) {
				most++
			}
		}
		return most, true
	}
	return 0, false
}

// mostMinutes is no less than what the row can work on days [from, to), and of a
// shift that reaches into the first of them.
func (r *row) mostMinutes(from, to int) (most int64) {
	for d := from; d < to; {
		next := d + 1
		for next < to && r.days[next].week == r.days[d].week {
			next++
		}
		days := int64(next - d)
		if d == from {
			days++
		}
		most += min(r.limits.MaxWeek.Minutes, days*r.longest)
		d = next
	}
	return most
}

// averaged says whether the law's average could bind, with what was worked before.
func (r *row) averaged() bool {
	limit := r.limits.Average
	if limit.Minutes == 0 {
		return false
	}
	const week = 7
	monday := -(int(r.days[0].weekday) + 6) % week
	for ; monday < len(r.days)+week; monday += week { // the last shift may reach into one more
		first, worked := monday-week*(limit.Weeks-1), int64(0)
		for _, one := range r.past {
			if first-1 <= one.day && one.day < monday+week {
				worked += one.minutes
			}
		}
		for m := first; m <= monday; m += week {
			if m+week > 0 {
				worked += r.limits.MaxWeek.Minutes
			}
		}
		if worked > limit.Minutes*int64(limit.Weeks) {
			return true
		}
	}
	return false
}

// noted is what other rosters' shifts count.
func (r *row) noted(carried []roster.Assignment) (all []past) {
	for _, a := range carried {
		all = append(all, past{r.dayOf(a.Shift), r.operator.Counted(a.Shift, a.Shift)})
	}
	slices.SortFunc(all, func(a, b past) int { return a.day - b.day })
	return all
}
