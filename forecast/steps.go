package forecast

import (
	"fmt"
	"time"
)

// Lengths that the intervals of a file may have.
const (
	shortestStep = 5 * time.Minute
	longestStep  = time.Hour
)

// stepOf finds the length of the intervals of sorted rows: the shortest
// distance between two rows of a queue, of which every other is a multiple.
func stepOf(t *table, rows []countRow) time.Duration {
	step, at := time.Duration(0), 0
	for i := range rows {
		if d := distance(rows, i); d > 0 && (step == 0 || d < step) {
			step, at = d, i
		}
	}
	if step == 0 {
		if len(rows) > 0 {
			t.note("no queue has two rows: intervals are taken for an hour")
		}
		step = longestStep
	}
	if step < shortestStep || step > longestStep {
		t.faults.add(rows[at].line, "timestamp", rows[at].Start.Format(time.RFC3339),
			fmt.Sprintf("rows are %s apart: expected intervals from %s to %s", step, shortestStep, longestStep))
	}
	for i := range rows {
		t.apart(rows, i, step)
	}
	return step
}

// distance returns how long after the row before it row i starts, or -1 if it
// is the first of its queue.
func distance(rows []countRow, i int) time.Duration {
	if i == 0 || rows[i].Queue != rows[i-1].Queue {
		return -1
	}
	return rows[i].Start.Sub(rows[i-1].Start)
}

// apart refuses row i if it is not whole steps after the row before it.
func (t *table) apart(rows []countRow, i int, step time.Duration) {
	d := distance(rows, i)
	switch start := rows[i].Start.Format(time.RFC3339); {
	case d < 0:
	case d == 0:
		t.faults.add(rows[i].line, "timestamp", start,
			fmt.Sprintf("the row of queue %q is there already, by line %d: expected each interval once", rows[i].Queue, rows[i-1].line))
	case d%step != 0:
		t.faults.add(rows[i].line, "timestamp", start,
			fmt.Sprintf("it is %s after line %d, other rows are %s apart: expected intervals of one length", d, rows[i-1].line, step))
	}
}
