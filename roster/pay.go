package roster

import (
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// PayMinutes is the time of one operator by what it is paid for. A minute can
// be in several kinds: a Sunday night is night, Sunday, and work.
type PayMinutes struct {
	Operator  ID    `json:"operator"`
	Shifts    int   `json:"shifts"`
	Worked    int64 `json:"worked"`    // real time
	Converted int64 `json:"converted"` // as the law counts it: night hours for more, where it says so
	Night     int64 `json:"night"`     // in the legal night where they work
	Sunday    int64 `json:"sunday"`
	Holiday   int64 `json:"holiday"`
	Overtime  int64 `json:"overtime"` // counted time above the law's average week, over the calendar weeks of the roster
}

// Pay sums the assignments up by operator, in the order of the team, as laws
// tell kinds of hours apart: on each operator's clock. Holidays are asked of the
// country and the day where they work.
func Pay(t Team, assignments []Assignment, holiday func(country string, d calendars.Day) bool) []PayMinutes {
	var all []PayMinutes
	weeks := t.weeksOf(assignments)
	for _, row := range rowsOf(Problem{Team: t}, assignments) {
		o := row.operator
		p := PayMinutes{Operator: o.ID, Shifts: len(row.shifts)}
		for _, w := range row.shifts {
			p.Worked += w.Shift.Minutes()
			p.Converted += o.Counted(w.Shift, w.Shift)
			p.Night += o.NightMinutes(w.Shift)
			last := calendars.DayOf(w.Shift.End, o.Zone)
			for d := calendars.DayOf(w.Shift.Start, o.Zone); !last.Before(d); d = d.Next() {
				within := int64(d.Interval(o.Zone).Overlap(w.Shift) / time.Minute)
				if d.Weekday() == time.Sunday {
					p.Sunday += within
				}
				if o.Country != "" && holiday(o.Country, d) {
					p.Holiday += within
				}
			}
		}
		if average := o.Limits().Average.Minutes; average > 0 {
			p.Overtime = max(0, p.Converted-average*weeks)
		}
		all = append(all, p)
	}
	return all
}

// weeksOf is how many calendar weeks of the team the assignments touch, from the
// first to the last.
func (t Team) weeksOf(assignments []Assignment) int64 {
	if len(assignments) == 0 {
		return 0
	}
	first := slices.MinFunc(assignments, func(a, b Assignment) int { return a.Shift.Start.Compare(b.Shift.Start) })
	last := slices.MaxFunc(assignments, func(a, b Assignment) int { return a.Shift.Start.Compare(b.Shift.Start) })
	days := calendars.DayOf(first.Shift.Start, t.Zone).Monday().DaysUntil(calendars.DayOf(last.Shift.Start, t.Zone))
	return int64(days/7 + 1)
}
