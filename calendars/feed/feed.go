// Package feed writes calendars that people subscribe to, as iCalendar (RFC
// 5545, RFC 7986). Its one idea is that a feed is a function of what was
// published: the same calendar gives the same bytes, so that an unchanged one
// can be told by its hash. It refuses everything on which clients disagree:
// local times, recurrence, invitations, alarms.
package feed

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	ical "github.com/emersion/go-ical"

	"github.com/smena-wfm/smena/calendars"
)

// Calendar is one subscription.
type Calendar struct {
	Name, Description string
	Zone              calendars.Zone // of the reader; events are in UTC all the same
	Events            []Event
}

// Event is one shift.
type Event struct {
	UID                  string // stable: a moved shift keeps it
	Summary, Description string
	Categories           []string
	Shift                calendars.Interval
	Sequence             int // grows with every visible change
	Created, Changed     time.Time
}

// Write writes the calendar, events in the order given. A calendar without
// events is valid too: it holds the reader's zone instead.
func Write(w io.Writer, c Calendar) error {
	calendar := ical.NewCalendar()
	properties(calendar.Props, c)
	for _, e := range c.Events {
		calendar.Children = append(calendar.Children, event(e))
	}
	if len(c.Events) == 0 {
		calendar.Children = append(calendar.Children, timezone(c.Zone))
	}
	var unfolded bytes.Buffer
	if err := ical.NewEncoder(&unfolded).Encode(calendar); err != nil {
		return fmt.Errorf("write calendar %q: %w", c.Name, err)
	}
	return fold(w, unfolded.Bytes())
}

// properties says what the calendar is and how often to look again.
func properties(p ical.Props, c Calendar) {
	set(p, ical.PropVersion, "2.0")
	set(p, ical.PropProductID, "-//Smena//Shift feed//EN") // no version: it would change every feed at each release
	setText(p, ical.PropName, c.Name)
	setText(p, "X-WR-CALNAME", c.Name)
	setText(p, "X-WR-CALDESC", c.Description)
	set(p, "X-WR-TIMEZONE", c.Zone.String())
	const refresh = "PT1H"
	interval := ical.NewProp(ical.PropRefreshInterval)
	interval.Params.Set(ical.ParamValue, "DURATION")
	interval.Value = refresh
	p.Set(interval)
	set(p, "X-PUBLISHED-TTL", refresh)
	set(p, ical.PropColor, "teal")
	set(p, "X-APPLE-CALENDAR-COLOR", "#008080")
}

// event is a timed, opaque event in UTC: the only form that all clients read alike.
func event(e Event) *ical.Component {
	c := ical.NewComponent(ical.CompEvent)
	setText(c.Props, ical.PropUID, e.UID)
	setText(c.Props, ical.PropSummary, e.Summary)
	setText(c.Props, ical.PropDescription, e.Description)
	set(c.Props, ical.PropDateTimeStart, instant(e.Shift.Start))
	set(c.Props, ical.PropDateTimeEnd, instant(e.Shift.End))
	// Without a METHOD, DTSTAMP is the time of the last change (RFC 5545, 3.8.7.2).
	set(c.Props, ical.PropDateTimeStamp, instant(e.Changed))
	set(c.Props, ical.PropLastModified, instant(e.Changed))
	set(c.Props, ical.PropCreated, instant(e.Created))
	set(c.Props, ical.PropSequence, strconv.Itoa(e.Sequence))
	set(c.Props, ical.PropStatus, "CONFIRMED")
	set(c.Props, ical.PropTransparency, "OPAQUE")
	set(c.Props, "X-MICROSOFT-CDO-BUSYSTATUS", "BUSY")
	if len(e.Categories) > 0 {
		list := ical.NewProp(ical.PropCategories)
		names := make([]string, len(e.Categories))
		for i, name := range e.Categories {
			names[i] = clean(name)
		}
		list.SetTextList(names)
		list.Params.Del(ical.ParamValue)
		c.Props.Set(list)
	}
	return c
}

func instant(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// set writes a value that needs no escaping.
func set(p ical.Props, name, value string) {
	prop := ical.NewProp(name)
	prop.Value = value
	p.Set(prop)
}

// setText writes a text without the VALUE parameter that simple readers of X-
// properties stumble over.
func setText(p ical.Props, name, text string) {
	prop := ical.NewProp(name)
	prop.SetText(clean(text))
	prop.Params.Del(ical.ParamValue)
	p.Set(prop)
}

// clean makes any text fit for a feed: valid UTF-8, line feeds only, no other
// control characters.
func clean(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && (r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0) {
			return -1
		}
		return r
	}, text)
}
