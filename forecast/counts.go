package forecast

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// countRow is one row of interval counts.
type countRow struct {
	Record
	second time.Time // of the two starts in an hour that clocks repeat; else zero
	line   int
}

// countKey tells rows of repeated hours apart.
type countKey struct {
	queue string
	unix  int64
}

// readCounts reads a file of interval counts.
func readCounts(t *table, _ ReadOptions) History {
	var rows []countRow
	repeated := map[countKey]int{}
	fractions, dropped := 0, 0
	for t.next() {
		row, skipped, ok := readCount(t)
		switch {
		case !ok:
			continue
		case skipped:
			t.skip(row)
			dropped++
			continue
		case row.Offered != math.Trunc(row.Offered):
			fractions++
		}
		pair(repeated, rows, &row)
		rows = append(rows, row)
	}
	t.noteIf(fractions, "%d counts are fractions, as averaged sources have them")
	t.noteIf(dropped, "%d rows are of hours that clocks skip and count 0: dropped")
	rows = halve(t, rows)
	slices.SortFunc(rows, func(a, b countRow) int { return cmp.Or(inOrder(a.Record, b.Record), cmp.Compare(a.line, b.line)) })
	history := History{Step: stepOf(t, rows), Records: make([]Record, len(rows))}
	for i, row := range rows {
		history.Records[i] = row.Record
	}
	return history
}

// readCount reads the fields of a row, and whether clocks skip its hour.
func readCount(t *table) (row countRow, skipped, ok bool) {
	text, _ := t.field("timestamp")
	when, okTime := t.clock.read(t.line, "timestamp", text)
	queue, okQueue := t.queueOf()
	offered, okOffered := t.number("offered", true)
	row = countRow{Record: Record{Queue: queue, Start: when.first}, second: when.second, line: t.line}
	if offered != nil {
		row.Offered = *offered
	}
	var okHandled, okAbandoned, okBot bool
	row.Handled, okHandled = t.number("handled", false)
	row.Abandoned, okAbandoned = t.number("abandoned", false)
	row.BotResolved, okBot = t.number("bot_resolved", false)
	aht, okAHT := t.number("aht_seconds", false)
	if aht != nil {
		length := calendars.Seconds(*aht)
		row.AHT = &length
	}
	return row, when.skipped, okTime && okQueue && okOffered && okHandled && okAbandoned && okBot && okAHT
}

// number reads a field that holds a count, fractions allowed.
func (t *table) number(name string, needed bool) (*float64, bool) {
	text, present := t.field(name)
	if !present && !needed {
		return nil, true
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) || x < 0 || x > maxCount {
		t.faults.add(t.line, name, text, fmt.Sprintf("expected a number from 0 to %g", maxCount))
		return nil, false
	}
	return &x, true
}

// maxCount is where a number is surely a mistake.
const maxCount = 1e9

// skip refuses a row of an hour that clocks skip, unless it counts nothing.
func (t *table) skip(row countRow) {
	if row.Offered > 0 {
		text, _ := t.field("timestamp")
		t.faults.add(row.line, "timestamp", text, t.clock.missing())
	}
}

// pair makes the second of two rows of a repeated hour its second pass. So it
// does a third one, which is found there as a duplicate.
func pair(repeated map[countKey]int, rows []countRow, row *countRow) {
	if row.second.IsZero() {
		return
	}
	key := countKey{row.Queue, row.Start.Unix()}
	earlier, there := repeated[key]
	if !there {
		repeated[key] = len(rows)
		return
	}
	row.Start = row.second
	rows[earlier].second, row.second = time.Time{}, time.Time{}
}

// halve spreads the single row of a repeated hour over both of its passes.
func halve(t *table, rows []countRow) []countRow {
	before := len(rows)
	for i := range before {
		row := &rows[i]
		if row.second.IsZero() {
			continue
		}
		row.Offered /= 2
		for _, field := range []**float64{&row.Handled, &row.Abandoned, &row.BotResolved} {
			if *field != nil {
				half := **field / 2
				*field = &half
			}
		}
		second := *row
		second.Start = row.second
		rows = append(rows, second)
	}
	t.noteIf(len(rows)-before, "%d rows hold both passes of an hour that clocks repeat: spread evenly over them")
	return rows
}
