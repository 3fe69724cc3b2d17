package store

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/smena-wfm/smena/calendars"
)

// breaksText is a shift's placed breaks as a column holds them: start-end in Unix
// seconds, with spaces between.
func breaksText(breaks []calendars.Interval) string {
	var all []string
	for _, b := range breaks {
		all = append(all, fmt.Sprintf("%d-%d", b.Start.Unix(), b.End.Unix()))
	}
	return strings.Join(all, " ")
}

// breaksOf reads such a column.
func breaksOf(text string) (breaks []calendars.Interval, err error) {
	for _, one := range strings.Fields(text) {
		from, to, _ := strings.Cut(one, "-")
		start, err := strconv.ParseInt(from, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("breaks as stored: %w", err)
		}
		end, err := strconv.ParseInt(to, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("breaks as stored: %w", err)
		}
		breaks = append(breaks, calendars.Interval{Start: instant(start), End: instant(end)})
	}
	return breaks, nil
}
