package calendars

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Weekday is a day of the week, written "mon" to "sun".
type Weekday time.Weekday

var weekdayNames = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// String is "mon".
func (w Weekday) String() string { return weekdayNames[w] }

// MarshalText writes "mon".
func (w Weekday) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads "mon" to "sun".
func (w *Weekday) UnmarshalText(b []byte) error {
	i := slices.Index(weekdayNames[:], string(b))
	if i < 0 {
		return fmt.Errorf("%q is not a weekday: expected one of %s", b, strings.Join(weekdayNames[:], ", "))
	}
	*w = Weekday(i)
	return nil
}

// OnWeekday says whether days names the weekday of d; no days at all means every day.
func (d Day) OnWeekday(days []Weekday) bool {
	return len(days) == 0 || slices.Contains(days, Weekday(d.Weekday()))
}
