package holidays

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// rule is a holiday that comes back every year.
type rule struct {
	day         func(year int) calendars.Day
	name        string
	from, until int                  // years, inclusive
	shift       map[time.Weekday]int // days by which it is held earlier or later
	replaced    []time.Weekday       // on which the next free working day is off too
}

// addDated adds the days from one to another, "2026-03-20..2026-03-22", or one day.
func (o *overlay) addDated(span, name string, kind Kind) error {
	if !slices.Contains([]Kind{Public, Substitute, WorkingDay, removed}, kind) {
		return fmt.Errorf("%q is not a kind", kind)
	}
	from, to, isSpan := strings.Cut(span, "..")
	if !isSpan {
		to = from
	}
	first, err := calendars.ParseDay(from)
	if err != nil {
		return err
	}
	last, err := calendars.ParseDay(to)
	if err != nil {
		return err
	}
	for d := first; !last.Before(d); d = d.Next() {
		o.dated = append(o.dated, Holiday{Day: d, Name: name, Kind: kind})
	}
	return nil
}

func (o *overlay) addRule(row []string) (err error) {
	r := rule{name: row[1]}
	if row[2] != string(Public) && row[2] != "" {
		return fmt.Errorf("a rule is %q, not %q", Public, row[2])
	}
	if r.day, err = parseWhen(row[0]); err != nil {
		return err
	}
	if r.from, r.until, err = parseYears(row[3], row[4]); err != nil {
		return err
	}
	r.shift, r.replaced, err = parseMoves(row[5])
	o.rules = append(o.rules, r)
	return err
}

// parseYears reads two years, of which none is the first or the last of all.
func parseYears(from, until string) (first, last int, err error) {
	const end = 9999 // what a civil date of four digits can hold
	first, last = 0, end
	if from != "" {
		first, err = strconv.Atoi(from)
	}
	if until != "" && err == nil {
		last, err = strconv.Atoi(until)
	}
	return first, last, err
}

// parseMoves reads what happens on some weekdays: "sat sun" gives the next
// free working day off as well, "fri-1 mon+1" holds the holiday on another day.
func parseMoves(s string) (shift map[time.Weekday]int, replaced []time.Weekday, err error) {
	shift = map[time.Weekday]int{}
	for _, field := range strings.Fields(s) {
		const letters = 3 // of a weekday
		days, err := parseWeekdays([]string{field[:min(letters, len(field))]})
		if err != nil {
			return nil, nil, err
		}
		if len(field) <= letters {
			replaced = append(replaced, days[0])
			continue
		}
		if shift[days[0]], err = strconv.Atoi(field[letters:]); err != nil {
			return nil, nil, fmt.Errorf("%q is not a number of days", field[letters:])
		}
	}
	return shift, replaced, nil
}
