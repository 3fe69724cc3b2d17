package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars/feed"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

// reportFile marks a folder as one of ours.
const reportFile = "report.json"

// What else smena simulate reads again.
const (
	teamCopy     = "team.json"
	forecastFile = "forecast.csv"
	demandFile   = "demand.csv"
	rosterFile   = "roster.csv"
	ledgerFile   = "ledger.json" // what smena fairness and the next plan go on from
)

// checkFolder refuses a folder that holds something else than earlier results,
// and makes the one that it is to be in.
func checkFolder(path string) error {
	entries, err := os.ReadDir(path)
	if errors.Is(err, os.ErrNotExist) {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("--out: %w", err)
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	if _, err := os.Stat(filepath.Join(path, reportFile)); len(entries) > 0 && err != nil {
		return fmt.Errorf("--out: %s holds other files: expected a new folder, an empty one or one with earlier results", path)
	}
	return nil
}

// write makes the folder anew beside the old one and puts it in its place, so
// that there are never half results.
func (p *plan) write(path, language string, summary report) error {
	path = filepath.Clean(path)
	fresh, err := os.MkdirTemp(filepath.Dir(path), ".smena-plan-")
	if err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	defer os.RemoveAll(fresh)
	if err := p.files(fresh, language, summary); err != nil {
		return fmt.Errorf("write results: %w", err)
	}
	if err := os.Chmod(fresh, 0o755); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	if err := os.RemoveAll(path); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	if err := os.Rename(fresh, path); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	return nil
}

// files writes every result; reasons are in the language.
func (p *plan) files(folder, language string, summary report) error {
	tables := map[string][][]string{
		forecastFile: p.forecastTable(), demandFile: p.demandTable(),
		rosterFile: p.rosterTable(), "coverage.csv": p.coverageTable(language),
	}
	for name, rows := range tables {
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name), b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	documents := map[string]any{reportFile: summary, teamCopy: p.team}
	if p.team.Fairness != (roster.Fairness{}) {
		documents[ledgerFile] = p.ledger()
	}
	for name, what := range documents {
		var b bytes.Buffer
		if err := writeJSON(&b, what); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name), b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return p.feeds(filepath.Join(folder, "feeds"))
}

// feeds writes one calendar per operator. Its stamps are the end of the
// history: the same input gives the same bytes.
func (p *plan) feeds(folder string) error {
	if err := os.Mkdir(folder, 0o755); err != nil {
		return err
	}
	for _, o := range p.team.Operators {
		var published []roster.Published
		for _, a := range p.result.Assignments {
			if a.Operator == o.ID {
				published = append(published, roster.Published{Assignment: a, Created: p.origin, Changed: p.origin})
			}
		}
		var b bytes.Buffer
		if err := feed.Write(&b, api.Calendar("plan.smena", p.team, o, published)); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, feedName(o)), b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// feedName is a file name for the operator: number and name, letters only.
func feedName(o roster.Operator) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, o.Name)
	return fmt.Sprintf("%03d-%s.ics", o.ID, name)
}

func writeJSON(w io.Writer, v any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}

// utc and local write an instant for a table.
func utc(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func rounded(x float64) string { return strconv.FormatFloat(x, 'f', 3, 64) }

// local is an instant on the team's clock.
func (p *plan) local(t time.Time) string {
	return t.In(p.team.Zone.Location()).Format(time.RFC3339)
}

func (p *plan) forecastTable() [][]string {
	header := []string{"start", "local", "queue", "mean"}
	var rows [][]string
	for _, q := range p.team.Queues {
		f := p.forecasts[q.Name]
		if len(rows) == 0 {
			for _, level := range f.Levels {
				header = append(header, "q"+number(level))
			}
		}
		for i, mean := range f.Mean {
			at := f.Grid.At(i)
			row := []string{utc(at), p.local(at), q.Name, rounded(mean)}
			for k := range f.Levels {
				row = append(row, rounded(f.Quantiles[k][i]))
			}
			rows = append(rows, row)
		}
	}
	return append([][]string{header}, rows...)
}

func (p *plan) demandTable() [][]string {
	rows := [][]string{{"start", "local", "queue", "required"}}
	for _, q := range p.problem.Demand.Queues {
		for i, n := range q.Required {
			at := p.horizon.At(i)
			rows = append(rows, []string{utc(at), p.local(at), q.Queue, strconv.Itoa(n)})
		}
	}
	return rows
}

func (p *plan) rosterTable() [][]string {
	rows := [][]string{{"id", "operator", "shift_template", "start", "end", "local_start", "local_end", "zone", "hours", "breaks"}}
	for _, a := range p.result.Assignments {
		o, _ := p.team.Operator(a.Operator)
		in := o.Zone.Location()
		rows = append(rows, []string{
			a.ID, guarded(o.Name), guarded(a.Template), utc(a.Shift.Start), utc(a.Shift.End),
			a.Shift.Start.In(in).Format(time.RFC3339), a.Shift.End.In(in).Format(time.RFC3339), o.Zone.String(), number(a.Shift.Duration().Hours()), breaksText(a, o.Zone),
		})
	}
	return rows
}

// coverageTable accounts for every interval of every queue: what service level
// to expect at the mean of the forecast, what it leaves waiting to the next, and
// why operators are missing where they are, in the language.
func (p *plan) coverageTable(language string) [][]string {
	type key struct {
		queue string
		unix  int64
	}
	why := map[key]string{}
	for _, c := range p.causes {
		why[key{c.Queue, c.Interval.Start.Unix()}] = c.Sentence.In(language)
	}
	rows := [][]string{{"start", "local", "queue", "required", "rostered", "missing", "reason", "service_level", "waiting"}}
	for k, q := range p.verdict.Coverage.Queues {
		for i, required := range q.Required {
			at := p.horizon.At(i)
			rows = append(rows, []string{
				utc(at), p.local(at), q.Queue, strconv.Itoa(required), number(q.Rostered[i]), number(q.Missing[i]), why[key{q.Queue, at.Unix()}],
				expected(p.passed[k], i, func(p staffing.Passed) float64 { return p.ServiceLevel }), expected(p.passed[k], i, func(p staffing.Passed) float64 { return p.Waiting }),
			})
		}
	}
	return rows
}

// expected writes what is expected of an interval, nothing for deferred work.
func expected(passed []staffing.Passed, i int, of func(staffing.Passed) float64) string {
	if passed == nil {
		return ""
	}
	return rounded(of(passed[i]))
}

// guarded keeps a spreadsheet from taking a name for a formula.
func guarded(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}
