package calendars

import (
	"fmt"
	"time"
)

// WallTime is what a clock on the wall shows, in minutes after midnight,
// from 00:00 to 24:00 (the end of a day).
type WallTime int

// EndOfDay is 24:00, the midnight that ends a day.
const EndOfDay WallTime = 24 * 60

// ParseWallTime reads "HH:MM", 00:00 to 24:00.
func ParseWallTime(s string) (WallTime, error) {
	var hour, minute int
	if len(s) == 5 && s[2] == ':' && digits(s[:2]) && digits(s[3:]) {
		hour, minute = int(s[0]-'0')*10+int(s[1]-'0'), int(s[3]-'0')*10+int(s[4]-'0')
		if w := WallTime(hour*60 + minute); minute < 60 && w <= EndOfDay {
			return w, nil
		}
	}
	return 0, fmt.Errorf("%q is not a wall time: expected HH:MM from 00:00 to 24:00", s)
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// String is "22:00".
func (w WallTime) String() string { return fmt.Sprintf("%02d:%02d", int(w)/60, int(w)%60) }

// MarshalText writes "22:00".
func (w WallTime) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads "22:00".
func (w *WallTime) UnmarshalText(b []byte) error {
	read, err := ParseWallTime(string(b))
	if err != nil {
		return err
	}
	*w = read
	return nil
}

// At returns the instant at which clocks in the zone show w on day d. A time
// that the clocks skip is the first instant after the gap; a time that they
// show twice is the first of the two.
func (d Day) At(w WallTime, zone Zone) time.Time {
	return instant(time.Date(d.Year, d.Month, d.Dom, int(w)/60, int(w)%60, 0, 0, time.UTC), zone.Location())
}

// Repeats returns the second instant at which clocks in the zone show w on
// day d, and whether there is one: the hour that autumn repeats.
func (d Day) Repeats(w WallTime, zone Zone) (time.Time, bool) {
	wall := time.Date(d.Year, d.Month, d.Dom, int(w)/60, int(w)%60, 0, 0, time.UTC)
	first := instant(wall, zone.Location())
	_, end := first.In(zone.Location()).ZoneBounds()
	if end.IsZero() {
		return time.Time{}, false
	}
	second := shownBy(wall, end)
	return second, second.After(first) && shows(second, wall)
}

// Skips says whether clocks in the zone jump over w on day d.
func (d Day) Skips(w WallTime, zone Zone) bool {
	wall := time.Date(d.Year, d.Month, d.Dom, int(w)/60, int(w)%60, 0, 0, time.UTC)
	return !shows(instant(wall, zone.Location()).In(zone.Location()), wall)
}

// instant resolves a wall time, given as if it were UTC, to the first instant
// that shows it.
func instant(wall time.Time, location *time.Location) time.Time {
	near := wall.In(location)
	const far = 48 * time.Hour // no offset is as much, nor the change of one
	if start, end := near.ZoneBounds(); (start.IsZero() || wall.Sub(start) > far) && (end.IsZero() || end.Sub(wall) > far) {
		_, offset := near.Zone()
		return wall.Add(-time.Duration(offset) * time.Second)
	}
	return instantByChange(wall, location)
}

// instantByChange is instant where clocks may change. Three offsets can apply near
// it: the one that time.Date chose, the one before and the one after.
func instantByChange(wall time.Time, location *time.Location) time.Time {
	guess := time.Date(wall.Year(), wall.Month(), wall.Day(), wall.Hour(), wall.Minute(), wall.Second(), 0, location)
	start, end := guess.ZoneBounds()
	near := []time.Time{guess}
	if !start.IsZero() { // no bound
		near = append(near, start.Add(-time.Second))
	}
	if !end.IsZero() {
		near = append(near, end)
	}
	var first time.Time
	found := false // the zero time is one that clocks show, too
	for _, n := range near {
		if t := shownBy(wall, n); shows(t, wall) && (!found || t.Before(first)) {
			first, found = t, true
		}
	}
	if !found {
		return afterGap(wall, start, end)
	}
	return first.UTC()
}

// afterGap returns the change of clocks that jumps over wall.
func afterGap(wall time.Time, changes ...time.Time) time.Time {
	for _, change := range changes {
		if !change.IsZero() && !asIfUTC(change).Before(wall) && asIfUTC(change.Add(-time.Second)).Before(wall) {
			return change.UTC()
		}
	}
	panic("calendars: a wall time that is neither shown nor skipped: " + wall.String())
}

// shownBy returns the instant of wall under the offset in force at t.
func shownBy(wall, t time.Time) time.Time {
	_, offset := t.Zone()
	return wall.Add(-time.Duration(offset) * time.Second).In(t.Location())
}

// shows says whether clocks show wall at t.
func shows(t, wall time.Time) bool { return asIfUTC(t).Equal(wall) }

// asIfUTC returns what clocks show at t, as if it were UTC, so that wall
// times can be compared.
func asIfUTC(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}
