package roster

import (
	"time"

	"github.com/smena-wfm/smena/calendars"
)

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

// firstDay to lastDay are the days on which the horizon has time; known and
// whole ones lie in it, or in what was carried in, from midnight to midnight.
func (r *row) firstDay() int { return r.clock.day(r.horizon.from) }

func (r *row) lastDay() int { return r.clock.day(r.horizon.to-1) + 1 }

func (r *row) knownDay() int { return r.clock.day(r.known) }

// knownToDay is the day after the last of which something is known.
func (r *row) knownToDay() int { return r.clock.day(r.knownTo-1) + 1 }

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
