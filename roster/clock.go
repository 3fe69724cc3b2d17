package roster

import (
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// clock is the days of one zone, the nights of one law and the holidays of one
// country laid out in minutes of Unix time, so that rules are sums of whole
// numbers. Day 0 is a Monday.
type clock struct {
	zone     calendars.Zone
	first    calendars.Day
	starts   []int64 // of each day, and the end of the last
	nights   []span  // the legal night that begins on each day
	holidays []bool  // per day
}

// span is the half-open [from, to) in minutes of Unix time.
type span struct{ from, to int64 }

func spanOf(i calendars.Interval) span { return span{minuteOf(i.Start), minuteOf(i.End)} }

func minuteOf(t time.Time) int64 { return t.Unix() / 60 }

func instantOf(minute int64) time.Time { return time.Unix(60*minute, 0).UTC() }

func (s span) interval() calendars.Interval {
	return calendars.Interval{Start: instantOf(s.from), End: instantOf(s.to)}
}

func (s span) has(minute int64) bool { return s.from <= minute && minute < s.to }

// overlap is the minutes that lie in both.
func (s span) overlap(o span) int64 { return max(0, min(s.to, o.to)-max(s.from, o.from)) }

// part is what of s lies within o; it may be empty.
func (s span) part(o span) span {
	return span{max(s.from, o.from), max(max(s.from, o.from), min(s.to, o.to))}
}

// newClock lays out the days from the Monday before the span, with one to spare
// on either side.
func newClock(o *Operator, around span, holidays []calendars.Day) *clock {
	c := &clock{zone: o.Zone, first: calendars.DayOf(instantOf(around.from), o.Zone).AddDays(-1).Monday()}
	night, last := o.night(), calendars.DayOf(instantOf(around.to), o.Zone).AddDays(2)
	n := c.first.DaysUntil(last) + 1
	c.starts, c.nights, c.holidays = make([]int64, n), make([]span, n), make([]bool, n)
	var steady steadyOffset
	midnight := minuteOf(c.first.Start(calendars.Zone{})) // in UTC
	for i := range n {
		if !steady.holds(midnight) {
			d := c.date(i)
			c.starts[i], c.nights[i] = minuteOf(d.Start(o.Zone)), spanOf(wallSpan(d, night.From, night.To, o.Zone))
			steady = offsetAt(d.Start(o.Zone), o.Zone)
		} else {
			c.starts[i] = midnight - steady.minutes
			c.nights[i] = span{c.starts[i] + int64(night.From), c.starts[i] + int64(night.To)}
			if night.To <= night.From {
				c.nights[i].to += perDay
			}
		}
		midnight += perDay
	}
	for _, d := range holidays {
		if i := c.first.DaysUntil(d); i >= 0 && i < n {
			c.holidays[i] = true
		}
	}
	return c
}

// perDay is the minutes of a day in UTC.
const perDay = 24 * 60

// steadyOffset is from when to when, in minutes, a zone is so far from UTC.
type steadyOffset struct{ from, to, minutes int64 }

// offsetAt is how far the zone is from UTC at t, and how long it stays so.
func offsetAt(t time.Time, zone calendars.Zone) steadyOffset {
	const always = 1 << 40 // minutes
	t = t.In(zone.Location())
	_, seconds := t.Zone()
	if seconds%60 != 0 { // local mean time
		return steadyOffset{}
	}
	s := steadyOffset{from: -always, to: always, minutes: int64(seconds / 60)}
	from, to := t.ZoneBounds()
	if !from.IsZero() {
		s.from = minuteOf(from)
	}
	if !to.IsZero() {
		s.to = minuteOf(to)
	}
	return s
}

// holds says whether clocks do not change near a day whose midnight, were it in
// UTC, is given.
func (s steadyOffset) holds(midnight int64) bool {
	return s.from+perDay <= midnight-s.minutes && midnight-s.minutes+3*perDay < s.to
}

// day is the position of the day on which the minute lies.
func (c *clock) day(minute int64) int {
	d := min(max(0, int(minute-c.starts[0])/perDay), len(c.starts)-2) // a guess: days last 22 to 26 hours
	for d > 0 && c.starts[d] > minute {
		d--
	}
	for d < len(c.starts)-2 && c.starts[d+1] <= minute {
		d++
	}
	return d
}

// date is the day at a position, which need not be laid out.
func (c *clock) date(day int) calendars.Day { return c.first.AddDays(day) }

// days is the span of days [from, to), as far as they are laid out.
func (c *clock) days(from, to int) span {
	within := func(d int) int { return min(max(0, d), len(c.starts)-1) }
	return span{c.starts[within(from)], c.starts[within(to)]}
}

// night is how many minutes of the span are legal night.
func (c *clock) night(s span) (minutes int64) {
	for d := max(0, c.day(s.from)-1); d < len(c.nights) && c.nights[d].from < s.to; d++ {
		minutes += c.nights[d].overlap(s)
	}
	return minutes
}

// on is how many minutes of the span lie on the days that f names.
func (c *clock) on(s span, f func(day int) bool) (minutes int64) {
	for d := c.day(s.from); d+1 < len(c.starts) && c.starts[d] < s.to; d++ {
		if f(d) {
			minutes += span{c.starts[d], c.starts[d+1]}.overlap(s)
		}
	}
	return minutes
}

// Weekdays of positions: day 0 is a Monday.
const week = 7

func weekday(day int) time.Weekday { return time.Weekday((day%week + 1) % week) }

func monday(day int) int { return day - day%week }
