package feed

import (
	"fmt"
	"strings"
	"time"

	ical "github.com/emersion/go-ical"

	"github.com/smena-wfm/smena/calendars"
)

// The years that a VTIMEZONE speaks of. Nothing refers to it: it only keeps a
// calendar without events valid.
const firstYear, lastYear = 2024, 2037

// timezone describes the zone: one observance per kind of clock change, its
// dates listed, and one for the time before the first change.
func timezone(zone calendars.Zone) *ical.Component {
	c := ical.NewComponent(ical.CompTimezone)
	set(c.Props, ical.PropTimezoneID, zone.String())
	from := time.Date(firstYear, 1, 1, 0, 0, 0, 0, zone.Location())
	_, offset := from.Zone()
	c.Children = append(c.Children, observance(from, offset, offset))
	last := time.Date(lastYear+1, 1, 1, 0, 0, 0, 0, zone.Location())
	kinds := map[[2]int]*ical.Component{}
	for _, change := from.ZoneBounds(); !change.IsZero() && change.Before(last); _, change = change.ZoneBounds() {
		_, before := change.Add(-time.Second).Zone()
		_, after := change.Zone()
		kind := kinds[[2]int{before, after}]
		if kind == nil {
			kind = observance(change, before, after)
			kinds[[2]int{before, after}] = kind
			c.Children = append(c.Children, kind)
			continue
		}
		dates := kind.Props.Get(ical.PropRecurrenceDates)
		if dates == nil {
			dates = ical.NewProp(ical.PropRecurrenceDates)
			kind.Props.Set(dates)
		}
		dates.Value = strings.TrimPrefix(dates.Value+","+onset(change, before), ",")
	}
	return c
}

// observance is one kind of clock change and its first date.
func observance(t time.Time, before, after int) *ical.Component {
	name := ical.CompTimezoneStandard
	if t.IsDST() {
		name = ical.CompTimezoneDaylight
	}
	c := ical.NewComponent(name)
	set(c.Props, ical.PropDateTimeStart, onset(t, before))
	set(c.Props, ical.PropTimezoneOffsetFrom, offsetText(before))
	set(c.Props, ical.PropTimezoneOffsetTo, offsetText(after))
	return c
}

// onset is what clocks showed at the change, by the offset until then.
func onset(t time.Time, before int) string {
	return t.UTC().Add(time.Duration(before) * time.Second).Format("20060102T150405")
}

// offsetText is "+0530".
func offsetText(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	return fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
}
