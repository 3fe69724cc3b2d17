package forecast

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Lengths that the intervals of a file may have.
const (
	shortestStep = 5 * time.Minute
	longestStep  = time.Hour
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
	fractions := 0
	for t.next() && t.whole() {
		row, ok := readCount(t)
		if !ok {
			continue
		}
		if row.Offered != math.Trunc(row.Offered) {
			fractions++
		}
		if row.when.skipped {
			t.skip(row)
			continue
		}
		if enter(t, seen, rows, &row) {
			seen[countKey{row.Queue, row.Start.Unix()}] = len(rows)
			rows = append(rows, row)
		}
	}
	if fractions > 0 {
		t.note("%d counts are fractions, as averaged sources have them", fractions)
	}
	history := History{Records: halve(t, rows)}
	Sort(history.Records)
	history.Step = stepOf(t, history.Records)
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

// skip drops a row of an hour that the clocks skipped.
func (t *table) skip(row countRow) {
	if row.Offered > 0 {
		t.faults.add(row.line, "timestamp", row.when.first.In(t.clock.zone.Location()).Format("2006-01-02T15:04"), t.clock.missing())
		return
	}
	t.note("line %d is of an hour that clocks skip and counts 0: dropped", row.line)
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
func halve(t *table, rows []countRow) []Record {
	records := make([]Record, 0, len(rows))
	for _, row := range rows {
		if row.when.second.IsZero() || row.paired {
			records = append(records, row.Record)
			continue
		}
		t.note("line %d holds both passes of a repeated hour: spread evenly over them", row.line)
		half := row.Record
		half.Offered /= 2
		for _, field := range []**float64{&half.Handled, &half.Abandoned, &half.BotResolved} {
			if *field != nil {
				part := **field / 2
				*field = &part
			}
		}
		records = append(records, half)
		half.Start = row.when.second
		records = append(records, half)
	}
	return records
}

// stepOf finds the length of the intervals: the shortest distance between two
// rows of a queue, of which every other distance is a multiple.
func stepOf(t *table, records []Record) time.Duration {
	step := time.Duration(0)
	distance := func(i int) time.Duration {
		if i == 0 || records[i].Queue != records[i-1].Queue {
			return 0
		}
		return records[i].Start.Sub(records[i-1].Start)
	}
	for i := range records {
		if d := distance(i); d > 0 && (step == 0 || d < step) {
			step = d
		}
	}
	if step == 0 {
		if len(records) > 0 {
			t.note("no queue has two rows: intervals are taken for an hour")
		}
		return longestStep
	}
	if step < shortestStep || step > longestStep {
		t.faults.add(2, "timestamp", "", fmt.Sprintf("rows are %s apart: expected intervals from %s to %s", step, shortestStep, longestStep))
		return step
	}
	for i := range records {
		if d := distance(i); d%step != 0 {
			t.faults.add(t.line, "timestamp", records[i].Start.Format(time.RFC3339),
				fmt.Sprintf("it is %s after the row before it, other rows are %s apart: expected intervals of one length", d, step))
			break
		}
	}
	return step
}
