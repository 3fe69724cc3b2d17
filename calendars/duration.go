package calendars

import (
	"fmt"
	"time"
)

// Duration is a length of real time, written like "11h", "90s" or "7h30m".
type Duration struct{ time.Duration }

// Hours returns n hours.
func Hours(n float64) Duration { return Duration{time.Duration(n * float64(time.Hour))} }

// Seconds returns n seconds.
func Seconds(n float64) Duration { return Duration{time.Duration(n * float64(time.Second))} }

// String is the shortest form: "11h", not "11h0m0s".
func (d Duration) String() string {
	s := d.Duration.String()
	for _, tail := range []string{"m0s", "h0m"} {
		if n := len(s) - len(tail); n > 0 && s[n:] == tail {
			s = s[:n+1]
		}
	}
	return s
}

// MarshalText writes what String returns.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads "11h", "90s" or "7h30m".
func (d *Duration) UnmarshalText(b []byte) error {
	read, err := time.ParseDuration(string(b))
	if err != nil {
		return fmt.Errorf("%q is not a duration: expected a form such as 11h, 90s or 7h30m", b)
	}
	d.Duration = read
	return nil
}
