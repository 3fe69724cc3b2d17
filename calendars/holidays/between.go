package holidays

import (
	"maps"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Between returns the holidays and worked weekend days from first to last,
// both inclusive, ascending, at most one per day. If two holidays fall on one
// day, the main one stands: a public one before a substitute, then the one
// listed first.
func (c Calendar) Between(first, last calendars.Day) []Holiday {
	if last.Before(first) {
		return nil
	}
	// A substitute may lie in the year before or after its holiday.
	found := c.collect(first.Year-1, last.Year+1)
	days := slices.SortedFunc(maps.Keys(found), compare)
	var holidays []Holiday
	for _, d := range days {
		if !d.Before(first) && !last.Before(d) {
			holidays = append(holidays, found[d])
		}
	}
	return holidays
}

func compare(a, b calendars.Day) int { return b.DaysUntil(a) }

// move is a day off that is due because a holiday falls on a weekend.
type move struct {
	name string
	from calendars.Day
	to   calendars.Day // the first day on which it may be taken
}

// collect returns the holidays of whole years: dated rows come first, for they
// overrule all rules, and substitutes last, for they fall on days still free.
func (c Calendar) collect(from, until int) map[calendars.Day]Holiday {
	found := map[calendars.Day]Holiday{}
	for _, row := range c.overlay.dated {
		found[row.Day] = row
	}
	var moves []move
	for year := from; year <= until; year++ {
		moves = append(moves, c.addEngine(found, year)...)
		moves = append(moves, c.addRules(found, year)...)
	}
	maps.DeleteFunc(found, func(_ calendars.Day, h Holiday) bool { return h.Kind == removed })
	slices.SortStableFunc(moves, func(a, b move) int { return compare(a.from, b.from) })
	for _, m := range moves {
		c.addSubstitute(found, m)
	}
	return found
}

// addPublic adds a public holiday, unless its day is taken.
func addPublic(found map[calendars.Day]Holiday, d calendars.Day, name string) {
	if _, taken := found[d]; !taken {
		found[d] = Holiday{Day: d, Name: name, Kind: Public}
	}
}

// addSubstitute adds a day off on the first day from m.to on that is neither
// a holiday nor at a weekend.
func (c Calendar) addSubstitute(found map[calendars.Day]Holiday, m move) {
	d := m.to
	for taken := true; taken; {
		if _, taken = found[d]; taken || slices.Contains(c.weekend(), d.Weekday()) {
			d, taken = d.Next(), true
		}
	}
	found[d] = Holiday{Day: d, Name: m.name, Kind: Substitute}
}

// addRules adds the public holidays of the overlay's rules in a year and
// returns the days off that are due because of them.
func (c Calendar) addRules(found map[calendars.Day]Holiday, year int) []move {
	var moves []move
	for _, r := range c.overlay.rules {
		if year < r.from || year > r.until {
			continue
		}
		d := r.day(year)
		d = d.AddDays(r.shift[d.Weekday()])
		addPublic(found, d, r.name)
		if slices.Contains(r.replaced, d.Weekday()) && !c.overlay.movesByRow(year) {
			moves = append(moves, move{r.name, d, d.Next()})
		}
	}
	return moves
}

// addEngine adds the public holidays that cal knows in a year and returns the
// days off that are due because of them. A holiday on a working day stays
// where it is, whatever cal says: cal moves a Boxing Day on Monday to make
// room for Christmas Day, where the law moves Christmas Day on.
func (c Calendar) addEngine(found map[calendars.Day]Holiday, year int) []move {
	var moves []move
	for _, h := range c.engine {
		actual, observed, ok := h.calc(year)
		switch {
		case !ok:
		case actual == observed || weekday(actual):
			addPublic(found, actual, h.name)
		case weekday(observed):
			addPublic(found, actual, h.name)
			moves = append(moves, move{h.name, actual, observed})
		default: // moved from Sunday to Saturday, the Dutch way
			addPublic(found, observed, h.name)
		}
	}
	return moves
}

func weekday(d calendars.Day) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}
