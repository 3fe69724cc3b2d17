package forecast

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// maxFaults is how many faults are listed; the rest are only counted.
const maxFaults = 100

// Fault is one thing wrong with a file.
type Fault struct {
	Line   int    `json:"line" doc:"Line of the file, from 1."`
	Column string `json:"column,omitempty"`
	Value  string `json:"value,omitempty"`
	Want   string `json:"want" doc:"What would have been right."`
}

// String is "line 3, offered: "abc": expected a number from 0".
func (f Fault) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "line %d", f.Line)
	if f.Column != "" {
		fmt.Fprintf(&b, ", %s: %q", f.Column, shorten(f.Value))
	}
	return b.String() + ": " + f.Want
}

// shorten keeps a value of any length readable.
func shorten(value string) string {
	const most = 60
	if len(value) <= most {
		return value
	}
	return strings.ToValidUTF8(value[:most], "") + "…"
}

// Faults is everything wrong with a file, which was refused whole.
type Faults struct {
	List  []Fault // at most 100, in the order of the file
	Total int
}

// Error lists the faults, one to a line.
func (f *Faults) Error() string {
	lines := make([]string, 0, len(f.List)+1)
	for _, fault := range f.List {
		lines = append(lines, fault.String())
	}
	if more := f.Total - len(f.List); more > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(lines, "\n")
}

func (f *Faults) add(line int, column, value, want string) {
	f.Total++
	if len(f.List) < maxFaults {
		f.List = append(f.List, Fault{line, column, strings.ToValidUTF8(value, "?"), want})
	}
}

// err is f, by line, or nil if nothing is wrong.
func (f *Faults) err() error {
	if f.Total == 0 {
		return nil
	}
	slices.SortStableFunc(f.List, func(a, b Fault) int { return cmp.Compare(a.Line, b.Line) })
	return f
}
