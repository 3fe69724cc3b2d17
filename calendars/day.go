package calendars

import (
	"cmp"
	"fmt"
	"time"
)

// Day is a civil date. It has no length and no instant until a zone gives it both.
type Day struct {
	Year  int
	Month time.Month
	Dom   int
}

// DayOf returns the date that clocks in the zone show at t.
func DayOf(t time.Time, zone Zone) Day {
	year, month, dom := t.In(zone.Location()).Date()
	return Day{year, month, dom}
}

// ParseDay reads "2026-03-28".
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, fmt.Errorf("%q is not a date: expected YYYY-MM-DD", s)
	}
	return DayOf(t, Zone{}), nil
}

// String is "2026-03-28".
func (d Day) String() string { return d.midnight().Format(time.DateOnly) }

// MarshalText writes "2026-03-28".
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads "2026-03-28".
func (d *Day) UnmarshalText(b []byte) error {
	read, err := ParseDay(string(b))
	if err != nil {
		return err
	}
	*d = read
	return nil
}

// midnight is the date as a UTC time, for calendar arithmetic only.
func (d Day) midnight() time.Time { return time.Date(d.Year, d.Month, d.Dom, 0, 0, 0, 0, time.UTC) }

// AddDays returns the date n days later, or earlier if n is negative.
func (d Day) AddDays(n int) Day {
	const shortest = 28
	if dom := d.Dom + n; d.Dom >= 1 && d.Dom <= shortest && dom >= 1 && dom <= shortest { // of the same month
		return Day{d.Year, d.Month, dom}
	}
	return DayOf(d.midnight().AddDate(0, 0, n), Zone{})
}

// Next returns the date after d.
func (d Day) Next() Day { return d.AddDays(1) }

// Before says whether d is an earlier date than o.
func (d Day) Before(o Day) bool {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Dom, o.Dom)) < 0
}

// DaysUntil returns how many dates later o is: 1 for the next day.
func (d Day) DaysUntil(o Day) int {
	const secondsOfUTCDay = 86400 // UTC has no clock changes
	return int((o.midnight().Unix() - d.midnight().Unix()) / secondsOfUTCDay)
}

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.midnight().Weekday() }

// Monday returns the first day of the ISO 8601 week that holds d.
func (d Day) Monday() Day { return d.AddDays(-((int(d.Weekday()) + 6) % 7)) }

// Start returns the first instant of the day in the zone. It is not always
// 00:00: where clocks jump over midnight the day starts after the gap.
func (d Day) Start(zone Zone) time.Time { return d.At(0, zone) }

// Interval returns the whole day in the zone, 22 to 26 hours long. It is empty,
// which no other interval is, for a date that the zone skipped whole (Apia, 30 December 2011).
func (d Day) Interval(zone Zone) Interval {
	return Interval{Start: d.Start(zone), End: d.Next().Start(zone)}
}
