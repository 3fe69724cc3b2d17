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
// distance between two rows of a queue, of which every other is a multiple. It
// refuses rows that are there twice, and intervals of several lengths unless
// rows are missing that had other faults.
func stepOf(t *table, rows []countRow) time.Duration {
	complete := t.faults.Total == 0
	step, at := time.Duration(0), 0
	for i := range rows {
		d := distance(rows, i)
		if d == 0 {
			t.misplaced(rows[i], fmt.Sprintf("the row of queue %q is there already, at line %d: expected each interval once", rows[i].Queue, rows[i-1].line))
		}
		if d > 0 && (step == 0 || d < step) {
			step, at = d, i
		}
	}
	switch {
	case !complete:
	case step == 0 && len(rows) > 0:
		t.note("no queue has two rows: intervals are taken for an hour")
		step = longestStep
	case len(rows) > 0 && (step < shortestStep || step > longestStep):
		t.misplaced(rows[at], fmt.Sprintf("rows are %s apart: expected intervals from %s to %s", step, shortestStep, longestStep))
	default:
		t.apart(rows, step)
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

// apart refuses the rows that are not whole steps after the row before them.
func (t *table) apart(rows []countRow, step time.Duration) {
	for i := range rows {
		if d := distance(rows, i); d > 0 && d%step != 0 {
			t.misplaced(rows[i], fmt.Sprintf("it is %s after line %d, other rows are %s apart: expected intervals of one length", d, rows[i-1].line, step))
		}
	}
}

// misplaced refuses the time of a row.
func (t *table) misplaced(row countRow, want string) {
	t.faults.add(row.line, "timestamp", row.Start.Format(time.RFC3339), want)
}
