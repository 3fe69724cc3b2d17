package forecast

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/smena-wfm/smena/calendars"
)

// ReadHolidays reads a CSV file of named days: date, name and, if known, kind
// (holiday, eve, working or closed; without one a name that ends in "eve" is an
// eve, and any other a holiday). A file with any fault is refused whole: the
// error is *Faults.
func ReadHolidays(r io.Reader) ([]Holiday, error) {
	var days []Holiday
	faults, err := readRows(r, []string{"date", "name"}, []string{"kind"}, func(line int, field map[string]string, faults *Faults) {
		day, err := calendars.ParseDay(field["date"])
		if err != nil {
			faults.add(line, "date", field["date"], "expected a date such as 2026-12-25")
		}
		if field["name"] == "" {
			faults.add(line, "name", "", "expected a name, the same every year")
		}
		kind := DayKind(field["kind"])
		switch {
		case kind == "" && strings.HasSuffix(strings.ToLower(field["name"]), " eve"):
			kind = EveKind
		case kind == "":
			kind = HolidayKind
		case !slices.Contains([]DayKind{HolidayKind, EveKind, WorkingKind, ClosedKind}, kind):
			faults.add(line, "kind", field["kind"], "expected holiday, eve, working or closed")
		}
		days = append(days, Holiday{day, field["name"], kind})
	})
	return days, errors.Join(err, faults.err())
}

// ReadEvents reads a CSV file of events: name, start, end and, if known, queue
// (all queues without one) and effect (to be learned without one). Times without
// an offset are on the clock of the zone. It returns the events of the queue. A
// file with any fault is refused whole: the error is *Faults.
func ReadEvents(r io.Reader, queue string, zone calendars.Zone) ([]Event, error) {
	var events []Event
	faults, err := readRows(r, []string{"name", "start", "end"}, []string{"queue", "effect"}, func(line int, field map[string]string, faults *Faults) {
		clock := clock{zone: &zone, faults: faults}
		start, okStart := clock.read(line, "start", field["start"])
		end, okEnd := clock.read(line, "end", field["end"])
		if okStart && okEnd && !start.first.Before(end.first) {
			faults.add(line, "end", field["end"], "expected a time after the start "+field["start"])
		}
		if field["name"] == "" {
			faults.add(line, "name", "", "expected a name: events of one name teach each other")
		}
		e := Event{Name: field["name"], Span: calendars.Interval{Start: start.first, End: end.first}}
		if text := field["effect"]; text != "" {
			effect, err := strconv.ParseFloat(text, 64)
			if err != nil || math.IsNaN(effect) || effect < -1 || effect > 100 {
				faults.add(line, "effect", text, "expected a share from -1 to 100 such as 0.6 for 60 % more, or nothing to learn it")
			}
			e.Effect = &effect
		}
		if field["queue"] == "" || field["queue"] == queue {
			events = append(events, e)
		}
	})
	return events, errors.Join(err, faults.err())
}

// readRows reads a small CSV file with a header, whatever the order of its
// columns, and calls each with the trimmed fields of every row.
func readRows(r io.Reader, needed, optional []string, each func(line int, field map[string]string, faults *Faults)) (*Faults, error) {
	faults := &Faults{}
	reader := csv.NewReader(&shortLines{from: withoutMark(r)})
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		faults.add(1, "", "", "the file is empty: expected a header "+strings.Join(needed, ","))
		return faults, nil
	}
	if err != nil {
		return faults, fmt.Errorf("read the header: %w", err)
	}
	header = slices.Clone(header)
	for i := range header {
		header[i] = strings.TrimSpace(header[i])
		if !slices.Contains(needed, header[i]) && !slices.Contains(optional, header[i]) {
			faults.add(1, header[i], "", "expected columns "+strings.Join(append(slices.Clone(needed), optional...), ", "))
		}
	}
	for _, name := range needed {
		if !slices.Contains(header, name) {
			faults.add(1, "", "", fmt.Sprintf("the header has no column %s: expected %s", name, strings.Join(needed, ",")))
		}
	}
	if faults.Total > 0 {
		return faults, nil // rows would only repeat what the header lacks
	}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return faults, nil
		}
		if err != nil {
			return faults, fmt.Errorf("not CSV, the rest was not read: %w", err)
		}
		line, _ := reader.FieldPos(0)
		field := map[string]string{}
		for i, name := range header {
			field[name] = strings.TrimSpace(row[i])
		}
		each(line, field, faults)
	}
}

// ZeroGaps returns the series with zeros for its gaps from the first known
// interval on, for sources that leave out intervals in which nothing came.
func (s Series) ZeroGaps() Series {
	out := NewSeries(s.Grid, s.Zone)
	known := false
	for i, x := range s.values {
		known = known || !math.IsNaN(x)
		if known && math.IsNaN(x) {
			x = 0
		}
		out.values[i] = x
	}
	return out
}
