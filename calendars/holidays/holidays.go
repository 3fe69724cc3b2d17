// Package holidays knows the public holidays of countries: days off by law,
// days off in their place, and weekend days that are worked instead. Its one
// idea is that github.com/rickar/cal is the rule engine and that our own
// dated, sourced overlays (overlays/*.csv, each of which names its laws and
// decrees) correct it where it is wrong or silent. It refuses to guess: moves
// that a government has not yet published are missing, and KnownUntil says
// from when. Holidays of regions are not here, nor are half days.
package holidays

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Kind says what a day is.
type Kind string

const (
	Public     Kind = "public"     // a day off by law
	Substitute Kind = "substitute" // a day off in place of one that falls on a weekend, or moved by the government
	WorkingDay Kind = "working"    // a weekend day that is worked
)

// Holiday is one day of a country's calendar. Its name is English and the same
// every year, because models learn by name; a substitute has the name of the
// holiday that it stands for or, if moved further by a government, extends.
type Holiday struct {
	Day  calendars.Day `json:"day"`
	Name string        `json:"name"`
	Kind Kind          `json:"kind"`
}

// Calendar is the calendar of one country. Load makes it; the zero Calendar
// has no holidays and rests on Saturday and Sunday.
type Calendar struct {
	engine  []named
	overlay overlay
}

// Load finds the calendar of a country by its ISO 3166-1 alpha-2 code, in
// upper or lower case. The error for others lists the countries known.
func Load(country string) (Calendar, error) {
	code := strings.ToLower(country)
	if !slices.Contains(codes(), code) {
		return Calendar{}, fmt.Errorf("unknown country %q: expected one of %s", country, strings.Join(Countries(), ", "))
	}
	o, err := readOverlay(code)
	if err != nil {
		return Calendar{}, fmt.Errorf("holidays of %q: %w", country, err)
	}
	if o.replaces {
		return Calendar{overlay: o}, nil
	}
	engine, err := engine(code, o.dropped)
	if err != nil {
		return Calendar{}, fmt.Errorf("holidays of %q: %w", country, err)
	}
	return Calendar{engine, o}, nil
}

// Countries returns the codes of the countries known, in upper case and sorted.
func Countries() []string {
	known := codes()
	for i := range known {
		known[i] = strings.ToUpper(known[i])
	}
	return known
}

// KnownUntil returns the last day for which the data were checked against
// official calendars, and false if no year was: after it, and for such
// countries, only the rules of the law speak.
func (c Calendar) KnownUntil() (calendars.Day, bool) {
	return c.overlay.checked, c.overlay.checked != calendars.Day{}
}

// On returns the holiday or the worked weekend day on d, and false if d is
// neither. For many days Between is cheaper.
func (c Calendar) On(d calendars.Day) (Holiday, bool) {
	found := c.Between(d, d)
	if len(found) == 0 {
		return Holiday{}, false
	}
	return found[0], true
}

// Workday says whether people without shifts work on d: on all days but the
// country's weekend, unless they are off, and on weekend days worked instead.
func (c Calendar) Workday(d calendars.Day) bool {
	if h, special := c.On(d); special {
		return h.Kind == WorkingDay
	}
	return !slices.Contains(c.weekend(), d.Weekday())
}

func (c Calendar) weekend() []time.Weekday {
	if len(c.overlay.weekend) > 0 {
		return c.overlay.weekend
	}
	return []time.Weekday{time.Saturday, time.Sunday}
}
