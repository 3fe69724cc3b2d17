// Package calendars says what time is: spans of instants, civil days, wall
// times and zones. Its one idea is that an instant is UTC from the moment it
// enters, and that everything civil (a day, a wall time) becomes an instant
// only together with an IANA zone, in one function. It refuses to know the
// present, the machine's zone, or offsets without a zone.
package calendars

import (
	"encoding/json"
	"fmt"
	"time"
)

// Interval is the half-open span [Start, End): two intervals that touch do
// not overlap. Both ends are UTC and Start is before End.
type Interval struct {
	Start time.Time `json:"start" doc:"First instant, UTC."`
	End   time.Time `json:"end" doc:"First instant that no longer belongs, UTC."`
}

// NewInterval returns [start, end) in UTC, or an error if start is not before end.
func NewInterval(start, end time.Time) (Interval, error) {
	if !start.Before(end) {
		return Interval{}, fmt.Errorf("interval %s to %s: the start must be before the end",
			start.Format(time.RFC3339), end.Format(time.RFC3339))
	}
	return Interval{Start: start.UTC(), End: end.UTC()}, nil
}

// UnmarshalJSON reads {"start","end"} as RFC 3339 times with any offset.
func (i *Interval) UnmarshalJSON(b []byte) error {
	var ends struct{ Start, End time.Time }
	if err := json.Unmarshal(b, &ends); err != nil {
		return err
	}
	read, err := NewInterval(ends.Start, ends.End)
	if err != nil {
		return err
	}
	*i = read
	return nil
}

// Duration is the real time between the ends, whatever the clocks did.
func (i Interval) Duration() time.Duration { return i.End.Sub(i.Start) }

// Minutes is the whole minutes of the interval.
func (i Interval) Minutes() int64 { return int64(i.Duration() / time.Minute) }

// Contains says whether t is in [Start, End).
func (i Interval) Contains(t time.Time) bool { return !t.Before(i.Start) && t.Before(i.End) }

// Covers says whether every instant of o is also in i.
func (i Interval) Covers(o Interval) bool { return !o.Start.Before(i.Start) && !o.End.After(i.End) }

// Overlaps says whether the intervals share an instant.
func (i Interval) Overlaps(o Interval) bool { return i.Start.Before(o.End) && o.Start.Before(i.End) }

// Overlap is the time that the intervals share, zero if none.
func (i Interval) Overlap(o Interval) time.Duration {
	start, end := i.Start, i.End
	if o.Start.After(start) {
		start = o.Start
	}
	if o.End.Before(end) {
		end = o.End
	}
	return max(0, end.Sub(start))
}

// Equal says whether both ends are the same instants.
func (i Interval) Equal(o Interval) bool { return i.Start.Equal(o.Start) && i.End.Equal(o.End) }

// String is "2026-03-28T20:00Z/2026-03-29T03:00Z".
func (i Interval) String() string {
	const form = "2006-01-02T15:04Z"
	return i.Start.UTC().Format(form) + "/" + i.End.UTC().Format(form)
}
