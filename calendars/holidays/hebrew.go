package holidays

import (
	"fmt"
	"strconv"

	"github.com/smena-wfm/smena/calendars"
)

// parseHebrew returns a date of the Hebrew calendar in the four months that
// have Israel's holidays. Their distance from the next New Year, 1 Tishri, is
// the same in all years.
func parseHebrew(dom, month string) (func(year int) calendars.Day, error) {
	d, err := strconv.Atoi(dom)
	if err != nil {
		return nil, fmt.Errorf("%q is not a day of a month", dom)
	}
	begins, known := map[string]int{"nisan": -177, "iyar": -147, "sivan": -118, "tishri": 0}[month]
	if !known {
		return nil, fmt.Errorf("%q is not a Hebrew month that we know", month)
	}
	return func(year int) calendars.Day { return hebrewNewYear(year).AddDays(begins + d - 1) }, nil
}

// hebrewNewYear returns 1 Tishri in the autumn of a year of ours (Reingold and
// Dershowitz, Calendrical Calculations, "The Hebrew Calendar").
func hebrewNewYear(year int) calendars.Day {
	const (
		ahead = 3761     // the Hebrew year that begins in the autumn of year 0 of ours
		epoch = -1373427 // days from 31 December of year 0 of ours to 1 Tishri of year 1
	)
	y := year + ahead
	before, this, next := daysOfHebrewYears(y-1), daysOfHebrewYears(y), daysOfHebrewYears(y+1)
	switch {
	case next-this == 356: // no year is so long
		this += 2
	case this-before == 382: // no year is so short
		this++
	}
	return calendars.Day{Year: 1, Month: 1, Dom: 1}.AddDays(epoch + this - 1)
}

// daysOfHebrewYears counts the days from the epoch to the mean new moon of
// Tishri of year y, put off to a weekday on which a year may begin.
func daysOfHebrewYears(y int) int {
	const partsOfDay = 24 * 1080
	months := (235*y - 234) / 19
	days := 29*months + (12084+13753*months)/partsOfDay
	if 3*(days+1)%7 < 3 {
		days++
	}
	return days
}
