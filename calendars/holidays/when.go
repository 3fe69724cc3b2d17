package holidays

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/smena-wfm/smena/calendars"
)

// parseWhen reads the day of a rule: "01-07", "easter+1", "orthodox-2",
// "3 mon 11", "last mon 08" or a Hebrew date such as "15 nisan".
func parseWhen(s string) (func(year int) calendars.Day, error) {
	fields := strings.Fields(s)
	switch {
	case len(fields) == 3:
		return parseNth(fields[0], fields[1], fields[2])
	case len(fields) == 2:
		return parseHebrew(fields[0], fields[1])
	case strings.HasPrefix(s, "easter"):
		return parseEaster(strings.TrimPrefix(s, "easter"), false)
	case strings.HasPrefix(s, "orthodox"):
		return parseEaster(strings.TrimPrefix(s, "orthodox"), true)
	}
	const leapYear = "2000-" // so that 02-29 is a date
	d, err := calendars.ParseDay(leapYear + s)
	if err != nil {
		return nil, fmt.Errorf("%q is not a day of the year", s)
	}
	return func(year int) calendars.Day { d.Year = year; return d }, nil
}

// parseEaster returns the day so many days after Easter Sunday.
func parseEaster(offset string, orthodox bool) (func(year int) calendars.Day, error) {
	days := 0
	if offset != "" {
		var err error
		if days, err = strconv.Atoi(offset); err != nil {
			return nil, fmt.Errorf("%q is not a number of days", offset)
		}
	}
	easter := &cal.Holiday{Julian: orthodox}
	return func(year int) calendars.Day { return civil(cal.CalcEasterOffset(easter, year)).AddDays(days) }, nil
}

// parseNth returns the first to fourth or the last such weekday of a month.
func parseNth(nth, weekday, month string) (func(year int) calendars.Day, error) {
	const week, last = 7, "last"
	days, err := parseWeekdays([]string{weekday})
	if err != nil {
		return nil, err
	}
	m, err := strconv.Atoi(month)
	if err != nil || m < 1 || m > 12 {
		return nil, fmt.Errorf("%q is not a month", month)
	}
	weeks := -1 // before the first such weekday of the next month
	if nth == last {
		m++
	} else if n, err := strconv.Atoi(nth); err != nil || n < 1 || n > 4 {
		return nil, fmt.Errorf("%q is neither 1 to 4 nor %q", nth, last)
	} else {
		weeks = n - 1
	}
	return func(year int) calendars.Day {
		first := calendars.Day{Year: year, Month: time.Month(m), Dom: 1}.AddDays(0) // January for month 13
		ahead := (int(days[0]-first.Weekday()) + week) % week
		return first.AddDays(ahead + weeks*week)
	}, nil
}

func parseWeekdays(names []string) ([]time.Weekday, error) {
	var days []time.Weekday
	for _, name := range names {
		var d calendars.Weekday
		if err := d.UnmarshalText([]byte(name)); err != nil {
			return nil, err
		}
		days = append(days, time.Weekday(d))
	}
	return days, nil
}
