package forecast

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/smena-wfm/smena/calendars"
)

// ReadOptions say how to understand a history file.
type ReadOptions struct {
	// Zone is the clock of times without an offset; nil if there may be none.
	Zone *calendars.Zone
	// Queue is the queue of all rows of a file without a queue column.
	Queue string
	// Columns maps our names of columns to the file's.
	Columns map[string]string
	// Delimiter separates fields; a comma if zero.
	Delimiter rune
	// ChatInterval is the interval that single chats are counted in; 15 minutes if zero.
	ChatInterval time.Duration
	// Chat, if there is one, is told each single chat that an operator answered.
	Chat func(Chat)
}

// Kinds of history files.
const (
	Counts = "counts" // one row per interval and queue
	Chats  = "chats"  // one row per chat
)

// Report says what a history file held.
type Report struct {
	Kind   string             `json:"kind" enum:"counts,chats"`
	Rows   int                `json:"rows"`
	Queues []string           `json:"queues" nullable:"false"`
	First  time.Time          `json:"first" doc:"Start of the first interval, UTC."`
	Last   time.Time          `json:"last" doc:"Start of the last interval, UTC."`
	Step   calendars.Duration `json:"interval"`
	Notes  []string           `json:"notes" nullable:"false" doc:"What was understood in a way worth knowing."`
}

// ReadHistory reads a CSV file of interval counts (timestamp, queue, offered
// and, if known, handled, abandoned, bot_resolved, aht_seconds) or of single
// chats (started_at, queue and, if known, first_response_seconds,
// handle_seconds, abandoned, bot_resolved, operator). Its header tells which. A file
// with any fault is refused whole: the error is *Faults.
func ReadHistory(r io.Reader, o ReadOptions) (History, Report, error) {
	t, err := openTable(r, o)
	if err != nil {
		return History{}, Report{}, err
	}
	read := readCounts
	if t.kind == Chats {
		read = readChats
	}
	history := read(t, o)
	switch {
	case t.faults.Total > 0 || len(history.Records) > 0:
	case t.rows == 0:
		t.faults.add(1, "", "", "the file has a header and no rows: expected at least one")
	default:
		t.faults.add(t.line, "", "", "every row is of an hour that clocks skip: expected at least one that is not")
	}
	if err := t.faults.err(); err != nil {
		return History{}, Report{}, err
	}
	report := Report{Kind: t.kind, Rows: t.rows, Queues: history.Queues(), Step: calendars.Duration{Duration: history.Step}, Notes: append([]string{}, t.notes...)}
	for i, r := range history.Records {
		if i == 0 || r.Start.Before(report.First) {
			report.First = r.Start
		}
		if r.Start.After(report.Last) {
			report.Last = r.Start
		}
	}
	return history, report, nil
}

// table is a CSV file whose columns are known by our names.
type table struct {
	csv    *csv.Reader
	kind   string
	column map[string]int
	faults *Faults
	notes  []string
	rows   int
	line   int // of the row read last
	row    []string
	clock  clock
	queue  string
	fields int // in the header
}

// openTable reads the header and finds the columns.
func openTable(r io.Reader, o ReadOptions) (*table, error) {
	t := &table{faults: &Faults{}, column: map[string]int{}, queue: o.Queue}
	t.clock = clock{zone: o.Zone, faults: t.faults}
	t.csv = csv.NewReader(&shortLines{from: withoutMark(r)})
	t.csv.ReuseRecord = true
	t.csv.FieldsPerRecord = -1
	if o.Delimiter != 0 {
		t.csv.Comma = o.Delimiter
	}
	header, err := t.csv.Read()
	switch {
	case errors.Is(err, io.EOF):
		t.faults.add(1, "", "", "the file is empty: expected a header such as timestamp,queue,offered")
	case err != nil:
		t.broken(err)
	default:
		t.line, t.row, t.fields = 1, header, len(header)
		if t.whole() {
			t.understand(slices.Clone(header), o)
		}
	}
	return t, t.faults.err()
}

// next moves to the next row that is whole and says whether there is one. It
// notes what is wrong with those that are not.
func (t *table) next() bool {
	for t.read() {
		if t.whole() {
			return true
		}
	}
	return false
}

// read reads a row, whole or not, and says whether there was one.
func (t *table) read() bool {
	row, err := t.csv.Read()
	if errors.Is(err, io.EOF) {
		return false
	}
	if err != nil {
		t.broken(err)
		return false
	}
	t.row = row
	t.line, _ = t.csv.FieldPos(0)
	t.rows++
	return true
}

// broken notes that the file cannot be read on.
func (t *table) broken(err error) {
	var syntax *csv.ParseError
	switch {
	case errors.Is(err, errLongLine):
		t.faults.add(t.line+1, "", "", fmt.Sprintf("the line is longer than %d bytes: expected one row to a line and every quote closed", maxLine))
	case errors.As(err, &syntax):
		t.faults.add(syntax.StartLine, "", "", "not CSV, the rest was not read: "+syntax.Err.Error())
	default:
		t.faults.add(t.line+1, "", "", "reading stopped: "+err.Error())
	}
}

// field returns a column of the row, and false if the file does not have it
// or the field is empty.
func (t *table) field(name string) (string, bool) {
	i, known := t.column[name]
	if !known || i >= len(t.row) {
		return "", false
	}
	value := strings.TrimSpace(t.row[i])
	return value, value != ""
}

// whole says whether the row has as many fields as the header and is text.
func (t *table) whole() bool {
	if len(t.row) != t.fields {
		t.faults.add(t.line, "", "", fmt.Sprintf("the row has %d fields: expected %d, as in the header", len(t.row), t.fields))
		return false
	}
	for _, value := range t.row {
		if !utf8.ValidString(value) {
			t.faults.add(t.line, "", "", "the row is not UTF-8 text: expected a text file saved as UTF-8")
			return false
		}
	}
	return true
}

// queueOf returns the queue of the row.
func (t *table) queueOf() (string, bool) {
	if _, has := t.column["queue"]; !has {
		return t.queue, true
	}
	queue, ok := t.field("queue")
	if !ok {
		t.faults.add(t.line, "queue", "", "expected the name of a queue")
	}
	return strings.Clone(queue), ok
}

// noteIf keeps a remark about the n rows that it holds for, if there are any.
func (t *table) noteIf(n int, format string) {
	if n > 0 {
		t.note(format, n)
	}
}

// note keeps a remark for the report.
func (t *table) note(format string, args ...any) {
	t.notes = append(t.notes, fmt.Sprintf(format, args...))
}
