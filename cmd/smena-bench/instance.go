package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

// instanceLine is a record of a section of a public instance.
type instanceLine struct {
	number int
	fields []string
}

// readInstance reads and parses a public instance, which may be gzipped.
func readInstance[T any](path string, parse func([]byte) (T, error)) (instance T, err error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return instance, err
	}
	if strings.HasSuffix(path, ".gz") {
		unzipped, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return instance, fmt.Errorf("%s: %w", path, err)
		}
		if data, err = io.ReadAll(unzipped); err != nil {
			return instance, fmt.Errorf("%s: %w", path, err)
		}
	}
	if instance, err = parse(data); err != nil {
		return instance, fmt.Errorf("%s: %w", path, err)
	}
	return instance, nil
}

// sectionsOf splits an instance into the records of its sections, each of which
// is there once.
func sectionsOf(data []byte, names []string) (map[string][]instanceLine, error) {
	sections := map[string][]instanceLine{}
	section, number := "", 0
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		number++
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\uFEFF"))
		heading, isHeading := strings.CutPrefix(line, "SECTION_")
		switch {
		case line == "" || line[0] == '#':
		case isHeading:
			if _, twice := sections[heading]; twice || !slices.Contains(names, heading) {
				return nil, fmt.Errorf("line %d: section %q: expected each once of %s", number, line, strings.Join(names, ", "))
			}
			section = heading
			sections[section] = []instanceLine{}
		case section == "":
			return nil, fmt.Errorf("line %d: %q: expected a section first", number, line)
		default:
			fields := strings.Split(line, ",")
			for i := range fields {
				fields[i] = strings.TrimSpace(fields[i])
			}
			sections[section] = append(sections[section], instanceLine{number, fields})
		}
	}
	for _, name := range names {
		if _, there := sections[name]; !there {
			return nil, fmt.Errorf("no SECTION_%s", name)
		}
	}
	return sections, lines.Err()
}

// numbers reads the fields from the given one on.
func (l instanceLine) numbers(from, count int) ([]int64, error) {
	if len(l.fields) < from+count {
		return nil, fmt.Errorf("%d fields: expected %d", len(l.fields), from+count)
	}
	all := make([]int64, count)
	for i := range all {
		n, err := strconv.ParseInt(l.fields[from+i], 10, 32)
		if err != nil {
			return nil, fmt.Errorf("%q: expected a whole number", l.fields[from+i])
		}
		all[i] = n
	}
	return all, nil
}
