package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// breaksText is a shift's breaks as breaks reads them: on the operator's clock, or in
// UTC where clocks repeat an hour and they would be read as others, or by people as none.
func breaksText(a roster.Assignment, zone calendars.Zone) string {
	var all []string
	for _, b := range a.Breaks {
		const clock, utc = "15:04", "15:04Z"
		start, end := b.Start.In(zone.Location()), b.End.In(zone.Location())
		_, before := start.Zone()
		_, after := end.Zone()
		text := start.Format(clock) + "-" + end.Format(clock)
		if read, err := breakOf(text, a.Shift, zone); err != nil || !read.Equal(b) || after < before {
			text = b.Start.UTC().Format(utc) + "-" + b.End.UTC().Format(utc)
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

// breaks reads the optional column: from-to, several with spaces between them, each
// within the shift.
func (s *sheet) breaks(row int, shift calendars.Interval, zone calendars.Zone) (all []calendars.Interval, err error) {
	for _, text := range strings.Fields(s.optional(row, "breaks")) {
		one, err := breakOf(text, shift, zone)
		if err != nil {
			return nil, s.fault(row, "breaks", "breaks such as 12:00-12:30 16:00-16:15 on the operator's clock, or 10:00Z-10:30Z in UTC")
		}
		if !shift.Covers(one) {
			in := zone.Location()
			return nil, s.fault(row, "breaks", fmt.Sprintf("breaks within the shift from %s to %s", shift.Start.In(in).Format("15:04"), shift.End.In(in).Format("15:04")))
		}
		if n := len(all); n > 0 && one.Start.Before(all[n-1].End) {
			return nil, s.fault(row, "breaks", "breaks one after another, not "+text+" before the end of the one before it")
		}
		all = append(all, one)
	}
	return all, nil
}

// breakOf reads from-to: the first such times from the shift's start on.
func breakOf(text string, shift calendars.Interval, zone calendars.Zone) (one calendars.Interval, err error) {
	from, to, _ := strings.Cut(text, "-")
	if one.Start, err = nextShown(from, shift.Start, zone); err != nil {
		return one, err
	}
	one.End, err = nextShown(to, one.Start.Add(time.Minute), zone)
	return one, err
}

// nextShown is the first instant from one on at which clocks in the zone show a time,
// or those in UTC if a Z says so.
func nextShown(text string, since time.Time, zone calendars.Zone) (time.Time, error) {
	text, utc := strings.CutSuffix(text, "Z")
	if utc {
		zone = calendars.Zone{}
	}
	wall, err := wallOf(text)
	if err != nil {
		return time.Time{}, err
	}
	for day := calendars.DayOf(since, zone); ; day = day.Next() {
		if at := day.At(wall, zone); !at.Before(since) {
			return at, nil
		}
		if at, twice := day.Repeats(wall, zone); twice && !at.Before(since) {
			return at.UTC(), nil
		}
	}
}
