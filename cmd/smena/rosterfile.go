package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// rosterFlags name a roster and its team.
type rosterFlags struct {
	Team   string `help:"Team file, JSON; smena schema team describes it." required:"" placeholder:"FILE"`
	Roster string `help:"Who works when, CSV: operator,start,end." required:"" placeholder:"FILE"`
}

// read reads both.
func (f rosterFlags) read() (roster.Team, []roster.Assignment, error) {
	team, err := readTeam(f.Team)
	if err != nil {
		return team, nil, err
	}
	assignments, err := readRoster(f.Roster, team)
	if err == nil {
		err = spanned(assignments)
	}
	if err != nil {
		return team, nil, opened("roster", err)
	}
	return team, assignments, nil
}

// longestRoster is beyond what anybody plans: a year is mistyped.
const longestRoster = 3 * 366 // days

// spanned orders a roster, and refuses one of centuries.
func spanned(assignments []roster.Assignment) error {
	roster.Sort(assignments)
	if len(assignments) == 0 {
		return nil
	}
	first, last := assignments[0].Shift.Start, assignments[len(assignments)-1].Shift.Start
	if last.Sub(first).Hours()/24 > longestRoster {
		return fmt.Errorf("--roster: shifts from %s to %s: expected at most three years; is a year mistyped?", first.Format(time.DateOnly), last.Format(time.DateOnly))
	}
	return nil
}

// mostFaults of a roster are listed; a wrong kind of file has one per row.
const mostFaults = 50

// readRoster reads who works when: a table of smena plan, or one typed in a
// spreadsheet. It has the columns operator, start and end, and may have date,
// shift_template, breaks and id. Times carry an offset, or are on the operator's clock:
// with a date and a time, or with a time alone where there is a column date. An
// end that is not after its start is then on the next day.
func readRoster(path string, team roster.Team) ([]roster.Assignment, error) {
	s, err := readSheet(path, "operator", "start", "end")
	if err != nil {
		return nil, err
	}
	return s.assignments(team)
}

// readPublished is readRoster but for the shifts of operators who have left the team: of
// these it says how many there are, by name. Where nobody is of the team that is a fault.
func readPublished(path string, team roster.Team) (all []roster.Assignment, left map[string]int, err error) {
	s, err := readSheet(path, "operator", "start", "end")
	if err != nil {
		return nil, nil, err
	}
	left = map[string]int{}
	shifts := 0
	for row := range s.rows {
		if name := s.name(row); name != "" && s.operator(row, team) < 0 {
			left[name]++
			shifts++
		}
	}
	if shifts == len(s.rows) {
		left = nil
	}
	all, err = s.assignmentsBut(team, left)
	return all, left, err
}

// assignments reads every row.
func (s *sheet) assignments(team roster.Team) ([]roster.Assignment, error) {
	return s.assignmentsBut(team, nil)
}

// assignmentsBut reads every row but those of some names.
func (s *sheet) assignmentsBut(team roster.Team, names map[string]int) ([]roster.Assignment, error) {
	var all []roster.Assignment
	var faults []error
	for row := range s.rows {
		if names[s.name(row)] > 0 {
			continue
		}
		a, err := s.assignment(row, team)
		if err != nil {
			faults = append(faults, err)
		}
		all = append(all, a)
	}
	if n := len(faults); n > mostFaults {
		faults = append(faults[:mostFaults], fmt.Errorf("%s: and %d faults more", s.path, n-mostFaults))
	}
	return all, errors.Join(faults...)
}

// assignment reads one row.
func (s *sheet) assignment(row int, team roster.Team) (a roster.Assignment, err error) {
	a.Template, a.ID = s.optional(row, "shift_template"), s.optional(row, "id")
	i := s.operator(row, team)
	if i < 0 {
		return a, s.fault(row, "operator", "an operator of the team")
	}
	a.Operator = team.Operators[i].ID
	zone := team.Operators[i].Zone
	if a.Shift.Start, _, err = s.moment(row, "start", zone, calendars.Day{}); err != nil {
		return a, err
	}
	end, typed, err := s.moment(row, "end", zone, calendars.DayOf(a.Shift.Start, zone))
	if err != nil {
		return a, err
	}
	if typed && !a.Shift.Start.Before(end) {
		wall, err := wallOf(s.text(row, "end"))
		if err != nil {
			return a, s.fault(row, "end", "a time such as 06:00")
		}
		end = calendars.DayOf(a.Shift.Start, zone).Next().At(wall, zone)
	}
	if a.Shift.End = end; !a.Shift.Start.Before(end) {
		return a, s.fault(row, "end", "an instant after the start")
	}
	if a.Breaks, err = s.breaks(row, a.Shift, zone); err != nil {
		return a, err
	}
	if longest := 24 * time.Hour; a.Shift.Duration() > longest {
		return a, s.fault(row, "end", fmt.Sprintf("an end at most %s after the start", calendars.Duration{Duration: longest}))
	}
	return a, nil
}

// name is the row's operator.
func (s *sheet) name(row int) string { return strings.TrimSpace(s.text(row, "operator")) }

// operator is their position in the team, or -1.
func (s *sheet) operator(row int, team roster.Team) int {
	name := s.name(row)
	return slices.IndexFunc(team.Operators, func(o roster.Operator) bool { return o.Name == name || guarded(o.Name) == name })
}

// optional is a field that need not be there.
func (s *sheet) optional(row int, column string) string {
	if _, there := s.column[column]; !there {
		return ""
	}
	return s.text(row, column)
}

// Years in which somebody plans; others are mistyped.
const (
	firstYear, lastYear = 1970, 2199
	plausible           = "a year from 1970 to 2199"
)

// moment reads an instant, and says whether it was a time without its date: of
// the column date, or of the day given.
func (s *sheet) moment(row int, column string, zone calendars.Zone, day calendars.Day) (t time.Time, typed bool, err error) {
	text := strings.TrimSpace(s.text(row, column))
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		if !t.Equal(t.Truncate(time.Minute)) {
			return t, false, s.fault(row, column, "a whole minute")
		}
		if year := t.UTC().Year(); year < firstYear || year > lastYear {
			return t, false, s.fault(row, column, plausible)
		}
		return t.UTC(), false, nil
	}
	const expected = "an instant such as 2026-12-07T09:00:00Z, or 2026-12-07 09:00 on the operator's clock, or 09:00 beside a column date"
	date, wall, both := strings.Cut(strings.Replace(text, "T", " ", 1), " ")
	if !both {
		date, wall, typed = strings.TrimSpace(s.optional(row, "date")), text, true
		if date == "" && day != (calendars.Day{}) {
			date = day.String()
		}
	}
	d, err := calendars.ParseDay(date)
	if err != nil {
		return t, typed, s.fault(row, column, expected)
	}
	if d.Year < firstYear || d.Year > lastYear {
		return t, typed, s.fault(row, column, plausible)
	}
	w, err := wallOf(wall)
	if err != nil {
		return t, typed, s.fault(row, column, expected)
	}
	return d.At(w, zone), typed, nil
}

// wallOf reads a wall time as spreadsheets write it: 09:00, 9:00 or 09:00:00.
func wallOf(text string) (calendars.WallTime, error) {
	text = strings.TrimSpace(text)
	if strings.Count(text, ":") == 2 {
		text = strings.TrimSuffix(text, ":00")
	}
	if len(text) == len("9:00") {
		text = "0" + text
	}
	return calendars.ParseWallTime(text)
}
