package forecast

import (
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Outlook is what is known ahead of a queue's days, past ones included: what a
// planner may use without peeking. The zero value knows nothing.
type Outlook struct {
	Holidays []Holiday
	Events   []Event
	// Open says whether the queue is open at an instant; nil if nobody told, so
	// that times of the week without any history are taken for closed.
	Open func(time.Time) bool
}

// DayKind says what a named day is like.
type DayKind string

// Kinds of named days.
const (
	HolidayKind DayKind = "holiday" // much like the week's day of rest
	EveKind     DayKind = "eve"     // much like the day before the day of rest
	WorkingKind DayKind = "working" // a day of rest that is worked
	ClosedKind  DayKind = "closed"  // nobody answers: no arrivals are forecast, none are learned from
)

// Holiday is a named day on the queue's clock. Days of one name teach each
// other, and days of one kind do so a little.
type Holiday struct {
	Day  calendars.Day
	Name string
	Kind DayKind // a holiday if empty
}

// Event is something that the manager knows to change arrivals: a campaign, a
// sale, a price change. Events of one name teach each other.
type Event struct {
	Name string
	Span calendars.Interval
	// Effect is the known change as a share of ordinary arrivals, 0.6 for 60 %
	// more; nil is to be learned from earlier events of the name.
	Effect *float64
}
