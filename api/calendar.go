package api

import (
	"fmt"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/calendars/feed"
	"github.com/smena-wfm/smena/roster"
)

// Calendar returns the feed of an operator's published shifts. The
// installation makes the UIDs of its events unique in the world: host names
// change, it does not.
func Calendar(installation string, team roster.Team, o roster.Operator, published []roster.Published) feed.Calendar {
	c := feed.Calendar{
		Name:        team.Name + " · " + o.Name,
		Description: fmt.Sprintf("Published shifts of %s. Times follow your calendar's own zone.", o.Name),
		Zone:        o.Zone,
	}
	for _, p := range published {
		c.Events = append(c.Events, feed.Event{
			UID: p.ID + "@" + installation, Summary: title(p.Template) + " · " + team.Name, Description: describe(p.Shift, o.Zone) + pauses(p.Breaks, o.Zone),
			Categories: []string{p.Template}, Shift: p.Shift, Sequence: p.Sequence, Created: p.Created, Changed: p.Changed,
		})
	}
	return c
}

// title writes a name with a capital letter.
func title(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[size:]
}

// describe says when the shift is on the operator's clock and how long it
// really lasts, which differs on the nights on which clocks change.
func describe(shift calendars.Interval, zone calendars.Zone) string {
	start, end := shift.Start.In(zone.Location()), shift.End.In(zone.Location())
	length := calendars.Duration{Duration: shift.Duration()}
	text := fmt.Sprintf("%s - %s (%s), %s", start.Format("Mon 2 Jan 15:04"), end.Format("Mon 2 Jan 15:04"), zone, length)
	_, before := start.Zone()
	_, after := end.Zone()
	switch change := time.Duration(after-before) * time.Second; {
	case change > 0:
		text += "\nClocks go forward during this shift."
	case change < 0:
		text += "\nClocks go back during this shift."
	}
	return text
}

// pauses says when the breaks of a shift are, a line for each.
func pauses(breaks []calendars.Interval, zone calendars.Zone) (text string) {
	for _, b := range breaks {
		text += fmt.Sprintf("\nBreak %s - %s.", b.Start.In(zone.Location()).Format("15:04"), b.End.In(zone.Location()).Format("15:04"))
	}
	return text
}
