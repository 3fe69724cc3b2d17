package roster

import (
	"cmp"
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// nightShift is how much night makes a night shift, in minutes: what the law
// says, or 3 h, Directive 2003/88/EC Art. 2(4)(a).
func (o *Operator) nightShift() int64 {
	const threeHours = 180
	return cmp.Or(minutesPer(o.night().Shift), threeHours)
}

// nightWork says whether days [from, to) hold as many night shifts as the rule
// asks for before it binds.
func (r *row) nightWork(b *bounded, from, to int) bool {
	nights := int64(0)
	for i := range r.shifts {
		if w := &r.shifts[i]; from <= w.day && w.day < to && w.night >= r.nightShift {
			nights++
		}
	}
	return nights >= b.FromNights
}

// matches says whether a rule is about the shift.
func (r *row) matches(b *bounded, w *worked) bool {
	if len(b.Templates) > 0 && !r.named(b.Templates, w) {
		return false
	}
	if len(b.Weekdays) > 0 && !slices.Contains(b.Weekdays, calendars.Weekday(weekday(w.day))) {
		return false
	}
	switch b.During {
	case DuringNight:
		return b.Count == CountMinutes || w.night >= r.nightShift
	case DuringWeekend, DuringSunday, DuringHoliday:
		return r.minutesDuring(b.During, w.span) > 0
	}
	return true
}

// named says whether the shift is of one of the templates or kinds.
func (r *row) named(names []string, w *worked) bool {
	if slices.Contains(names, w.Template) {
		return true
	}
	kind := r.kinds[w.Template]
	return kind != "" && slices.Contains(names, kind)
}

// minutesDuring is how much of the span is of a part of time.
func (r *row) minutesDuring(during string, s span) int64 {
	switch during {
	case DuringNight:
		return r.clock.night(s)
	case DuringWeekend:
		return r.clock.on(s, func(day int) bool { return day%week >= 5 })
	case DuringSunday:
		return r.clock.on(s, func(day int) bool { return day%week == 6 })
	}
	return r.clock.on(s, func(day int) bool { return r.clock.holidays[day] })
}

// minutesOf is what a shift counts for in a window.
func (r *row) minutesOf(b *bounded, w *worked, in span) int64 {
	part := w.part(in)
	switch {
	case b.During != "":
		return r.minutesDuring(b.During, part)
	case part == w.span:
		return w.counted
	}
	return r.conversion.counted(part.to-part.from, w.night, r.clock.night(part))
}
