package forecast

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// countRow is one row of interval counts, and the two instants at which it
// may have started.
type countRow struct {
	Record
	when   moment
	line   int
	paired bool // the repeated hour has a row of its own for each pass
}

// countKey tells rows apart.
type countKey struct {
	queue string
	unix  int64
}

// readCounts reads a file of interval counts.
func readCounts(t *table, _ ReadOptions) History {
	var rows []countRow
	seen := map[countKey]int{}
	fractions, dropped := 0, 0
	for t.next() {
		row, ok := readCount(t)
		if !ok {
			continue
		}
		if row.Offered != math.Trunc(row.Offered) {
			fractions++
		}
		if row.when.skipped {
			t.skip(row)
			dropped++
			continue
		}
		if enter(t, seen, rows, &row) {
			seen[countKey{row.Queue, row.Start.Unix()}] = len(rows)
			rows = append(rows, row)
		}
	}
	t.noteIf(fractions, "%d counts are fractions, as averaged sources have them")
	t.noteIf(dropped, "%d rows are of hours that clocks skip and count 0: dropped")
	rows = halve(t, rows)
	slices.SortStableFunc(rows, func(a, b countRow) int { return inOrder(a.Record, b.Record) })
	history := History{Step: stepOf(t, rows), Records: make([]Record, len(rows))}
	for i, row := range rows {
		history.Records[i] = row.Record
	}
	return history
}

// readCount reads the fields of a row.
func readCount(t *table) (countRow, bool) {
	row := countRow{line: t.line}
	text, _ := t.field("timestamp")
	when, okTime := t.clock.read(t.line, "timestamp", text)
	queue, okQueue := t.queueOf()
	offered, okOffered := t.number("offered", true)
	row.when, row.Start, row.Queue = when, when.first, queue
	if offered != nil {
		row.Offered = *offered
	}
	var ok [4]bool
	row.Handled, ok[0] = t.number("handled", false)
	row.Abandoned, ok[1] = t.number("abandoned", false)
	row.BotResolved, ok[2] = t.number("bot_resolved", false)
	aht, okAHT := t.number("aht_seconds", false)
	if ok[3] = okAHT; aht != nil {
		length := calendars.Seconds(*aht)
		row.AHT = &length
	}
	return row, okTime && okQueue && okOffered && ok == [4]bool{true, true, true, true}
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

// enter decides which pass of a repeated hour the row is, and refuses a row
// that is there already.
func enter(t *table, seen map[countKey]int, rows []countRow, row *countRow) bool {
	earlier, there := seen[countKey{row.Queue, row.Start.Unix()}]
	if !there {
		return true
	}
	if !row.when.second.IsZero() && !rows[earlier].paired {
		rows[earlier].paired, row.paired = true, true
		row.Start = row.when.second
		return true
	}
	t.faults.add(row.line, "timestamp", row.Start.Format(time.RFC3339),
		fmt.Sprintf("the row of queue %q is there already, at line %d: expected each interval once", row.Queue, rows[earlier].line))
	return false
}

// halve spreads the single row of a repeated hour over both of its passes.
func halve(t *table, rows []countRow) []countRow {
	all := make([]countRow, 0, len(rows))
	halved := 0
	for _, row := range rows {
		if row.when.second.IsZero() || row.paired {
			all = append(all, row)
			continue
		}
		halved++
		row.Offered /= 2
		for _, field := range []**float64{&row.Handled, &row.Abandoned, &row.BotResolved} {
			if *field != nil {
				half := **field / 2
				*field = &half
			}
		}
		second := row
		second.Start = row.when.second
		all = append(all, row, second)
	}
	t.noteIf(halved, "%d rows hold both passes of an hour that clocks repeat: spread evenly over them")
	return all
}
