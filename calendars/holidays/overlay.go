package holidays

import (
	"bytes"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

//go:embed overlays names.csv
var files embed.FS

// removed is the kind of rows that take a day out of the calendar.
const removed Kind = "none"

// overlay is what we know about a country better than cal does.
type overlay struct {
	replaces    bool     // the rules are complete: cal is not asked
	dropped     []string // names of cal's holidays that are none
	checked     calendars.Day
	weekend     []time.Weekday
	rules       []rule
	dated       []Holiday
	movedByRows [][2]int // first and last years in which only rows move days
}

// codes returns the lower-case codes of the countries known, sorted.
func codes() []string {
	known := map[string]bool{}
	for code := range engines() {
		known[code] = true
	}
	entries, _ := fs.ReadDir(files, "overlays") // cannot fail: it is embedded
	for _, e := range entries {
		known[strings.TrimSuffix(e.Name(), ".csv")] = true
	}
	return slices.Sorted(maps.Keys(known))
}

func (o overlay) movesByRow(year int) bool {
	return slices.ContainsFunc(o.movedByRows, func(span [2]int) bool { return span[0] <= year && year <= span[1] })
}

// readOverlay reads overlays/<code>.csv, or nothing if there is none. Lines are
//
//	when, name, kind, first year, last year, moves
//
// or settings (see set). A rule says when in a year (see parseWhen) and what
// happens at weekends (see parseMoves); all after its name may be absent. A
// dated row has a date or "first..last" and a kind, "none" to remove the day.
func readOverlay(code string) (overlay, error) {
	var o overlay
	rows, err := readRows("overlays/" + code + ".csv")
	if errors.Is(err, fs.ErrNotExist) {
		return o, nil
	}
	if err != nil {
		return o, err
	}
	for _, row := range rows {
		if err := o.add(row); err != nil {
			return o, fmt.Errorf("row %q: %w", strings.Join(row, ","), err)
		}
	}
	return o, nil
}

// readRows reads an embedded CSV file; lines that begin with # are comments.
func readRows(name string) ([][]string, error) {
	text, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	lines := csv.NewReader(bytes.NewReader(text))
	lines.Comment, lines.FieldsPerRecord, lines.TrimLeadingSpace = '#', -1, true
	return lines.ReadAll()
}

func (o *overlay) add(row []string) error {
	const columns = 6
	row = append(row, make([]string, columns)...)[:columns]
	if isSetting, err := o.set(row); isSetting {
		return err
	}
	const dashesOfDate = 2
	if strings.Count(row[0], "-") >= dashesOfDate {
		return o.addDated(row[0], row[1], Kind(row[2]))
	}
	return o.addRule(row)
}

// set applies a setting:
//
//	instead of cal                 the rules here are complete
//	drop, <name>                   cal's holiday of this English name is none
//	checked until, <day>           see KnownUntil
//	weekend, <weekday>, <weekday>  if not Saturday and Sunday
//	moves by row, <year>, <year>   no moves by rule in these years
func (o *overlay) set(row []string) (isSetting bool, err error) {
	switch row[0] {
	case "instead of cal":
		o.replaces = true
	case "drop":
		o.dropped = append(o.dropped, row[1])
	case "checked until":
		o.checked, err = calendars.ParseDay(row[1])
	case "weekend":
		o.weekend, err = parseWeekdays(row[1:3])
	case "moves by row":
		var span [2]int
		span[0], span[1], err = parseYears(row[1], row[2])
		o.movedByRows = append(o.movedByRows, span)
	default:
		return false, nil
	}
	return true, err
}
