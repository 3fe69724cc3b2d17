package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// largestSheet is the largest table that is read whole: rosters and plans.
const largestSheet = 256 << 20

// sheet is a table with a header.
type sheet struct {
	path   string
	column map[string]int
	header []string
	rows   [][]string
}

// readSheet reads a table that has these columns at least.
func readSheet(path string, columns ...string) (*sheet, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, largestSheet+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return parseSheet(path, text, columns...)
}

// parseSheet reads a table from its text.
func parseSheet(path string, text []byte, columns ...string) (*sheet, error) {
	if len(text) > largestSheet || !utf8.Valid(text) {
		return nil, fmt.Errorf("%s: expected UTF-8 text of at most %d MiB", path, largestSheet>>20)
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	reader := csv.NewReader(bytes.NewReader(text))
	if header, _, _ := bytes.Cut(text, []byte("\n")); bytes.Count(header, []byte(";")) > bytes.Count(header, []byte(",")) {
		reader.Comma = ';' // what spreadsheets write where the comma is a decimal sign
	}
	rows, err := reader.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("%s: empty: expected the columns %s", path, strings.Join(columns, ", "))
	}
	s := &sheet{path: path, column: map[string]int{}, header: rows[0], rows: rows[1:]}
	for i, name := range s.header {
		s.column[strings.ToLower(strings.TrimSpace(name))] = i
	}
	for _, name := range columns {
		if _, there := s.column[name]; !there {
			return nil, fmt.Errorf("%s: line 1: there is no column %q", path, name)
		}
	}
	return s, nil
}

// fault names a field.
func (s *sheet) fault(row int, column, expected string) error {
	return fmt.Errorf("%s: line %d: %s %q: expected %s", s.path, row+2, column, s.text(row, column), expected)
}

func (s *sheet) text(row int, column string) string { return s.rows[row][s.column[column]] }

func (s *sheet) instant(row int, column string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s.text(row, column))
	if err != nil {
		return t, s.fault(row, column, "an instant such as 2026-12-07T09:00:00Z")
	}
	return t.UTC(), nil
}

func (s *sheet) count(row int, column string) (float64, error) {
	x, err := strconv.ParseFloat(s.text(row, column), 64)
	const most = 1e9
	if err != nil || !(x >= 0 && x <= most) {
		return 0, s.fault(row, column, "a number from 0")
	}
	return x, nil
}
