package roster

import (
	"cmp"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// counts holds the row against its rules.
func counts(r *row) (breaches []finding) {
	for i := range r.rules {
		b := &r.rules[i]
		switch {
		case b.Count == CountGap:
			breaches = append(breaches, r.gaps(b)...)
		case b.Count == CountSuccession:
			breaches = append(breaches, r.successions(b)...)
		case b.Count == CountSequence && b.Per == "":
			breaches = append(breaches, r.sequences(b)...)
		case b.Per == PerRun:
			breaches = append(breaches, r.runs(b)...)
		default:
			r.windows(b, func(from, to int) {
				breaches = append(breaches, r.window(b, from, to)...)
			})
		}
	}
	return breaches
}

// window holds days [from, to) against a rule.
func (r *row) window(b *bounded, from, to int) []finding {
	if b.FromNights > 0 && !r.nightWork(b, from, to) {
		return nil
	}
	n, own := r.measure(b, from, to)
	in, whole := r.clock.days(from, to), r.wholeFrom() <= from && to <= r.wholeTo()
	if b.Most != nil && n > *b.Most && (own || b.off() && whole) {
		return []finding{r.bound(b, n, *b.Most, in)}
	}
	if b.Least != nil && n < *b.Least && (whole || !b.windowed()) && !r.excused(b, in) {
		return []finding{r.bound(b, n, *b.Least, in)}
	}
	return nil
}

// windowed says whether the rule looks at more than this roster's own horizon.
func (b *bounded) windowed() bool { return b.Per != PerHorizon && b.Per != "" }

// off says whether the rule counts what is free.
func (b *bounded) off() bool {
	return b.Count == CountDaysOff || b.Count == CountMinutesOff || b.Count == CountFreeEnds
}

// ends says whether the rule counts weekends.
func (b *bounded) ends() bool { return b.Count == CountWeekends || b.Count == CountFreeEnds }

// excused says whether time off lets nobody ask for a least: in any window but
// the horizon, and never for rest.
func (r *row) excused(b *bounded, window span) bool {
	return b.windowed() && !b.off() && r.operator.onTimeOff(window.interval())
}

// firstDay to lastDay are the days on which the horizon has time; known and
// whole ones lie in it, or in what was carried in, from midnight to midnight.
func (r *row) firstDay() int { return r.clock.day(r.horizon.from) }

func (r *row) lastDay() int { return r.clock.day(r.horizon.to-1) + 1 }

func (r *row) knownDay() int { return r.clock.day(r.known) }

// wholeFrom is the first day of which all is known, and wholeTo the day after
// the last.
func (r *row) wholeFrom() int {
	d := r.knownDay()
	if r.known == r.horizon.from && r.clock.starts[d] < r.known {
		d++
	}
	return d
}

func (r *row) wholeTo() int { return r.clock.day(r.horizon.to) }

// windows calls f for every window of the rule that the horizon has a part in.
func (r *row) windows(b *bounded, f func(from, to int)) {
	first, last := r.firstDay(), r.lastDay()
	if n := b.rolling(); n > 0 {
		for to := first + 1; to <= last; to++ {
			if from := to - n; r.opens(b, from) {
				f(from, to)
			}
		}
		r.lastWindows(b, last-n+1, f)
		return
	}
	switch b.Per {
	case PerDay:
		for d := first; d < last; d++ {
			f(d, d+1)
		}
	case PerWeek:
		for m := monday(first); m < last; m += week {
			f(m, m+week)
		}
	case PerMonth, PerQuarter, PerYear:
		months := map[string]int{PerMonth: 1, PerQuarter: 3, PerYear: 12}[b.Per]
		start := r.clock.date(first)
		start.Dom, start.Month = 1, start.Month-time.Month((int(start.Month)-1)%months)
		for {
			next := monthsAfter(start, months)
			from, to := r.clock.first.DaysUntil(start), r.clock.first.DaysUntil(next)
			if from >= last {
				return
			}
			f(from, to)
			start = next
		}
	default:
		f(first, last)
	}
}

// opens says whether a rolling window that starts on the day is counted: for
// a least all are, for a most alone only those that begin with something to
// count, so that what is too much is found once and not once a day.
func (r *row) opens(b *bounded, day int) bool {
	if b.Least != nil || b.off() {
		return true
	}
	if b.Count == CountWeekends && (day%week < 5 || day%week == 6 && r.startsOn(b, day-1)) {
		return false // its Saturday has opened one
	}
	return r.startsOn(b, day)
}

// startsOn says whether the day has something to count.
func (r *row) startsOn(b *bounded, day int) bool {
	from := r.at(day)
	for i := from; i < len(r.shifts) && r.shifts[i].day == day; i++ {
		if r.matches(b, &r.shifts[i]) {
			return true
		}
	}
	if b.Count != CountMinutes || from == 0 {
		return false
	}
	last := &r.shifts[from-1] // may reach into the day
	return last.to > r.clock.days(day, day).from && r.matches(b, last)
}

// lastWindows are those of a most that begin before the horizon's end, from the
// day given on, and end after it: what they hold may be too much already.
func (r *row) lastWindows(b *bounded, from int, f func(from, to int)) {
	if b.Least != nil || b.off() {
		return
	}
	for n, last := b.rolling(), r.lastDay(); from < last; from++ {
		if r.opens(b, from) {
			f(from, from+n)
		}
	}
}

func monthsAfter(d calendars.Day, months int) calendars.Day {
	t := time.Date(d.Year, d.Month+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	return calendars.DayOf(t, calendars.Zone{})
}

// measure counts in days [from, to), and says whether one of this roster's own
// shifts is among what it counts.
func (r *row) measure(b *bounded, from, to int) (n int64, own bool) {
	in := r.clock.days(from, to)
	if !b.windowed() {
		in.to = r.clock.starts[len(r.clock.starts)-1] // shifts that start in it, whole
	}
	if b.Stretch {
		return r.longest(b, from, to)
	}
	if b.Count == CountMinutesOff {
		return r.longestFree(r.clock.days(from, to)), true
	}
	if b.Count == CountSequence {
		for d, at := from, r.at(from); d < to; d++ {
			at = r.next(at, d)
			if r.looksLike(b, d, at) {
				n++
			}
		}
		return n, true
	}
	before, earliest, latest, seen := -1, int64(0), int64(0), []string(nil)
	for i := range r.shifts {
		w := &r.shifts[i]
		if b.Count == CountMinutes {
			if w.from < in.to && in.from < w.to && r.matches(b, w) && (w.own || b.windowed()) {
				n += r.minutesOf(b, w, in)
				own = own || w.own
			}
			continue
		}
		if w.day < from || w.day >= to || !r.matches(b, w) || !w.own && !b.windowed() || b.ends() && w.day%week < 5 {
			continue
		}
		own = own || w.own
		switch b.Count {
		case CountShifts:
			n++
		case CountDays, CountDaysOff:
			if w.day != before {
				n++
			}
			before = w.day
		case CountWeekends, CountFreeEnds:
			if monday(w.day) != before {
				n++
			}
			before = monday(w.day)
		case CountTemplates:
			if !slices.Contains(seen, w.Template) {
				seen = append(seen, w.Template)
				n++
			}
		case CountSpread:
			wall := r.wall(w)
			if before < 0 {
				earliest, latest, before = wall, wall, 0
			}
			earliest, latest = min(earliest, wall), max(latest, wall)
			n = latest - earliest
		case CountActive:
			n = 1
		}
	}
	switch b.Count {
	case CountDaysOff:
		n = int64(to-from) - n
	case CountFreeEnds:
		n = int64((to+1)/week-(from+1)/week) - n // weekends with a Saturday in [from, to)
	}
	return n, own
}

// wall is when the shift starts by the clock, in minutes after midnight.
func (r *row) wall(w *worked) int64 {
	t := w.Shift.Start.In(r.operator.Zone.Location())
	return int64(t.Hour()*60 + t.Minute())
}

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
