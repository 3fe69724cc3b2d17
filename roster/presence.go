package roster

import (
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Present is what is left of the shift without its placed breaks, in order.
func (a Assignment) Present() (parts []calendars.Interval) {
	since := a.Shift.Start
	for _, pause := range a.Breaks {
		if end := earlier(pause.Start, a.Shift.End); since.Before(end) {
			parts = append(parts, calendars.Interval{Start: since, End: end})
		}
		if since.Before(pause.End) {
			since = pause.End
		}
	}
	if since.Before(a.Shift.End) {
		parts = append(parts, calendars.Interval{Start: since, End: a.Shift.End})
	}
	return parts
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// minutesIn is how long the operator is there within a span.
func (a *Assignment) minutesIn(s span) int64 {
	shift := spanOf(a.Shift)
	if len(a.Breaks) == 0 {
		return s.overlap(shift)
	}
	minutes := int64(0)
	for _, part := range a.Present() {
		minutes += s.overlap(spanOf(part))
	}
	return minutes
}

// movedTo is where the breaks are when the shift moves: as long after its start as
// before; nowhere if one of them no longer fits.
func (a Assignment) movedTo(shift calendars.Interval) (moved []calendars.Interval) {
	later := shift.Start.Sub(a.Shift.Start)
	for _, pause := range a.Breaks {
		one := calendars.Interval{Start: pause.Start.Add(later), End: pause.End.Add(later)}
		if !shift.Covers(one) {
			return nil
		}
		moved = append(moved, one)
	}
	return moved
}
