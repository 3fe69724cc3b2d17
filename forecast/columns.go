package forecast

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Other names under which exports carry the columns that a file must have.
var otherNames = map[string][]string{
	"timestamp":  {"time", "date", "datetime", "interval_start", "start"},
	"started_at": {"start_time", "created_at"},
	"operator":   {"agent", "agent_name", "assignee"},
	"offered":    {"arrivals", "volume", "calls", "chats", "count"},
}

// Columns by kind of file: the first two kinds of list are told apart by the
// column of times.
var (
	countColumns = []string{"timestamp", "queue", "offered", "handled", "abandoned", "bot_resolved", "aht_seconds"}
	chatColumns  = []string{"started_at", "queue", "first_response_seconds", "handle_seconds", "abandoned", "bot_resolved", "operator"}
)

// understand finds our columns in the header, by mapping, name or other name.
func (t *table) understand(header []string, o ReadOptions) {
	for i := range header {
		header[i] = strings.TrimSpace(header[i])
	}
	if !t.separated(header) || !t.mapped(header, o.Columns) {
		return
	}
	t.kind = Counts
	names := countColumns
	if t.has(header, "started_at") || !t.has(header, "timestamp") && !t.has(header, "offered") && t.alias(header, "started_at") {
		t.kind, names = Chats, chatColumns
	}
	for _, name := range names {
		if !t.has(header, name) {
			t.alias(header, name)
		}
	}
	t.require(header, o)
	t.ignore(header)
}

// separated says whether the delimiter may be right: it is not if the header
// is one field that holds another.
func (t *table) separated(header []string) bool {
	if len(header) > 1 {
		return true
	}
	for _, d := range []string{",", ";", "\t", "|"} {
		if strings.Contains(header[0], d) {
			name := strings.Trim(strconv.Quote(d), `"`) // \t for a tab
			t.faults.add(1, "", "", fmt.Sprintf("the header is one field that holds '%s': the file is not separated by '%c', give --delimiter '%s'", name, t.csv.Comma, name))
			return false
		}
	}
	return true
}

// mapped takes over the caller's names.
func (t *table) mapped(header []string, columns map[string]string) bool {
	for _, ours := range slices.Sorted(maps.Keys(columns)) {
		theirs := columns[ours]
		if !slices.Contains(countColumns, ours) && !slices.Contains(chatColumns, ours) {
			t.faults.add(1, "", "", fmt.Sprintf("there is no column %q to map: expected one of %s", ours, strings.Join(append(slices.Clone(countColumns), chatColumns...), ", ")))
			continue
		}
		i := slices.Index(header, theirs)
		if i < 0 {
			t.faults.add(1, ours, theirs, "the header has no such column: expected one of "+shorten(strings.Join(header, ", ")))
			continue
		}
		t.column[ours] = i
	}
	return t.faults.Total == 0
}

// has says whether the column is known or in the header by its own name.
func (t *table) has(header []string, name string) bool {
	if _, known := t.column[name]; known {
		return true
	}
	i := slices.Index(header, name)
	if i >= 0 {
		t.column[name] = i
	}
	return i >= 0
}

// alias finds a column under exactly one of its other names.
func (t *table) alias(header []string, name string) bool {
	var found []int
	for i, column := range header {
		if slices.Contains(otherNames[name], strings.ToLower(column)) && !t.taken(i) {
			found = append(found, i)
		}
	}
	if len(found) != 1 {
		return false
	}
	t.column[name] = found[0]
	t.note("column %q is taken for %s", header[found[0]], name)
	return true
}

func (t *table) taken(i int) bool {
	for _, column := range t.column {
		if column == i {
			return true
		}
	}
	return false
}

// require notes what the header must have and has not.
func (t *table) require(header []string, o ReadOptions) {
	needed := []string{"timestamp", "offered"}
	if t.kind == Chats {
		needed = []string{"started_at"}
	}
	for _, name := range needed {
		if _, known := t.column[name]; !known {
			t.faults.add(1, "", "", fmt.Sprintf("the header %q has no column %s: expected it, or --map %s=<column>", shorten(strings.Join(header, ",")), name, name))
		}
	}
	if _, known := t.column["queue"]; !known && o.Queue == "" {
		t.faults.add(1, "", "", "the header has no column queue: expected it, or --queue <name>")
	}
}

// ignore notes the columns that are not used.
func (t *table) ignore(header []string) {
	var unused []string
	for i, name := range header {
		if !t.taken(i) {
			unused = append(unused, name)
		}
	}
	if len(unused) > 0 {
		t.note("columns not used: %s", shorten(strings.Join(unused, ", ")))
	}
}
