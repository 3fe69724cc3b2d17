package flex

import (
	"fmt"
	"slices"
)

// Judge adds up what a roster costs, on its own: the sum of squared surplus and
// the heads missing. The error names the person and the rule that the roster
// breaks.
func Judge(p Problem, r Roster) (Result, error) {
	if len(r) != len(p.People) {
		return Result{}, fmt.Errorf("%d rows: expected one for each of %d persons", len(r), len(p.People))
	}
	cover := newCover(p)
	for i, row := range r {
		if err := p.judge(row, p.People[i]); err != nil {
			return Result{}, fmt.Errorf("person %d: %w", i+1, err)
		}
		for _, shift := range row {
			cover.add(shift)
		}
	}
	result := cover.result()
	result.Roster, result.Bound = r, Bound(p)
	return result, nil
}

// judge looks for the first rule that a row breaks.
func (p Problem) judge(row []Shift, hours Hours) error {
	worked, sum, run := make([]bool, p.days()), 0, 0
	for i, shift := range row {
		if err := p.judgeShift(shift); err != nil {
			return fmt.Errorf("shift from %d to %d: %w", shift.Start, shift.end(), err)
		}
		if i > 0 && shift.Start < row[i-1].end()+p.Rules.Rest {
			return fmt.Errorf("shift from %d: expected %d intervals of rest after %d", shift.Start, p.Rules.Rest, row[i-1].end())
		}
		if worked[p.day(shift.Start)] {
			return fmt.Errorf("a second shift on day %d", p.day(shift.Start))
		}
		worked[p.day(shift.Start)] = true
		sum += len(shift.Activities)
	}
	for d, w := range worked {
		if !w {
			run = 0
		} else if run++; run > p.Rules.Run {
			return fmt.Errorf("%d days in a row up to day %d: expected at most %d", run, d, p.Rules.Run)
		}
	}
	if sum < hours.Min || sum > hours.Max {
		return fmt.Errorf("%d intervals of work: expected %d to %d", sum, hours.Min, hours.Max)
	}
	return nil
}

// judgeShift looks at one shift alone.
func (p Problem) judgeShift(s Shift) error {
	r := p.Rules
	if s.Start < 0 || s.end() > len(p.Need) {
		return fmt.Errorf("expected it inside the horizon of %d intervals", len(p.Need))
	}
	if at := (s.Start + r.Opens) % r.Day; !slices.Contains(r.Starts, at) {
		return fmt.Errorf("no shift may start at interval %d of a day", at)
	}
	if n := len(s.Activities); n < r.Shortest || n > r.Longest {
		return fmt.Errorf("%d intervals long: expected %d to %d", n, r.Shortest, r.Longest)
	}
	for from := 0; from < len(s.Activities); {
		to := from
		for to < len(s.Activities) && s.Activities[to] == s.Activities[from] {
			to++
		}
		if int(s.Activities[from]) >= p.activities() {
			return fmt.Errorf("activity %d: expected 0 to %d", s.Activities[from], p.activities()-1)
		}
		if to-from < r.Stretch {
			return fmt.Errorf("%d intervals of activity %d: expected at least %d at a time", to-from, s.Activities[from], r.Stretch)
		}
		from = to
	}
	return nil
}
