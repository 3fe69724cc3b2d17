package solve

import (
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// option is a shift that an operator could be given. Instants are minutes of
// Unix time.
type option struct {
	assignment roster.Assignment
	start, end int64
	pinned     bool
	week       int   // calendar week in which it starts
	own, spill int32 // minutes in that week and in the following one
	day        int   // operator's day on which it starts
	// Presence: intervals first..last and the hundredths of an operator in
	// the first, the middle and the last of them; last < first for none.
	first, last       int
	head, whole, tail int64
}

// day is one day of an operator's row: the shifts that may start on it, and
// those that must.
type day struct {
	week    int
	start   int64 // Unix minutes
	options []int // positions in row.options, none of them pinned
	pins    []int
	carried bool // an earlier roster's shift starts on it
}

// week is one calendar week in the operator's zone, in Unix minutes.
type week struct {
	start, end int64
	carried    int32 // minutes of earlier rosters' shifts
	pinned     int32 // minutes of pinned shifts that start in the week before
	least      int32 // minutes guaranteed, 0 where the judge does not ask
	closed     bool  // pinned and carried shifts alone break a rule: nothing is added
}

// interval is the week in instants.
func (w week) interval() calendars.Interval {
	return calendars.Interval{Start: time.Unix(w.start*60, 0).UTC(), End: time.Unix(w.end*60, 0).UTC()}
}

// row is one operator's part of the problem and of the roster.
type row struct {
	operator roster.Operator
	limits   roster.Limits
	group    *group
	mask     int
	options  []option
	days     []day
	weeks    []week
	chosen   []int // per day the option taken, or -1; pins are not listed
	best     []int
	short    int64 // cost of guaranteed hours that the chosen shifts leave short
	// State carried in from earlier rosters.
	carriedEnd    int64
	carriedRun    int
	carriedRested bool // the first week holds its rest before carriedEnd
}

const never = -1 << 40 // before every instant, in Unix minutes

func minuteOf(t time.Time) int64 { return t.Unix() / 60 }

// compile turns a problem into rows of options and groups of queues, with
// pinned and carried assignments already in the cover.
func compile(p roster.Problem, start []roster.Assignment) ([]*row, []*group, error) {
	groups, groupOf, err := newGroups(p)
	if err != nil {
		return nil, nil, err
	}
	for _, a := range start {
		if _, known := p.Team.Operator(a.Operator); !known {
			return nil, nil, fmt.Errorf("assignment %q on %s: no operator %d in the team", a.ID, a.Shift, a.Operator)
		}
	}
	rows := make([]*row, len(p.Team.Operators))
	for i, operator := range p.Team.Operators {
		rows[i] = compileRow(p, operator, own(start, operator.ID))
		if queues := served(p.Demand, operator); len(queues) > 0 {
			rows[i].group = groups[groupOf[queues[0]]]
			rows[i].mask = rows[i].group.mask(queues)
		}
		rows[i].fix(p)
	}
	return rows, groups, nil
}

// own returns the assignments of one operator.
func own(assignments []roster.Assignment, id roster.ID) (mine []roster.Assignment) {
	for _, a := range assignments {
		if a.Operator == id {
			mine = append(mine, a)
		}
	}
	return mine
}

// compileRow lays out days, weeks and options of one operator.
func compileRow(p roster.Problem, o roster.Operator, start []roster.Assignment) *row {
	r := &row{operator: o, limits: o.Limits()}
	horizon := p.Demand.Grid.Span()
	firstDay := calendars.DayOf(horizon.Start, o.Zone)
	lastDay := calendars.DayOf(horizon.End.Add(-time.Second), o.Zone)
	monday := firstDay.Monday()
	for d := firstDay; !lastDay.Before(d); d = d.Next() {
		r.days = append(r.days, day{week: monday.DaysUntil(d) / 7, start: minuteOf(d.Start(o.Zone))})
	}
	for m := monday; !lastDay.AddDays(7).Before(m); m = m.AddDays(7) {
		r.weeks = append(r.weeks, newWeek(o, m, horizon))
	}
	var shifts []roster.Assignment
	if len(served(p.Demand, o)) > 0 { // others have nothing to do
		shifts = p.Team.Shifts(o, horizon)
	}
	for _, a := range start {
		i := slices.IndexFunc(shifts, func(s roster.Assignment) bool {
			return s.Template == a.Template && s.Shift.Equal(a.Shift) && !s.Pinned
		})
		switch {
		case i >= 0:
			shifts[i] = a
		case a.Pinned:
			shifts = append(shifts, a)
		}
	}
	roster.Sort(shifts)
	for _, a := range shifts {
		r.addOption(p.Demand.Grid, firstDay, a)
	}
	r.chosen = slices.Repeat([]int{-1}, len(r.days))
	r.begin(start)
	r.carry(own(p.Carried, o.ID), firstDay)
	return r
}

// newWeek returns the calendar week that starts on a Monday.
func newWeek(o roster.Operator, monday calendars.Day, horizon calendars.Interval) week {
	whole := calendars.Interval{Start: monday.Start(o.Zone), End: monday.AddDays(7).Start(o.Zone)}
	w := week{start: minuteOf(whole.Start), end: minuteOf(whole.End)}
	if roster.Guaranteed(o, whole, horizon) {
		w.least = int32(o.Contract.MinWeek.Minutes())
	}
	return w
}

// addOption lists a shift on its day. A pinned shift that starts outside the
// horizon's days is left to the judge.
func (r *row) addOption(grid calendars.Grid, firstDay calendars.Day, a roster.Assignment) {
	d := firstDay.DaysUntil(calendars.DayOf(a.Shift.Start, r.operator.Zone))
	if d < 0 || d >= len(r.days) {
		return
	}
	o := option{assignment: a, start: minuteOf(a.Shift.Start), end: minuteOf(a.Shift.End), pinned: a.Pinned, day: d, week: r.days[d].week}
	o.own = int32(r.operator.Counted(a.Shift, r.weeks[o.week].interval()))
	if o.end > r.weeks[o.week].end {
		o.spill = int32(r.operator.Counted(a.Shift, r.weeks[o.week+1].interval()))
	}
	o.appear(grid, a.Shift, r.operator.Share)
	i := len(r.options)
	r.options = append(r.options, o)
	if a.Pinned {
		r.days[d].pins = append(r.days[d].pins, i)
		r.weeks[o.week+1].pinned += o.spill
	} else {
		r.days[d].options = append(r.days[d].options, i)
	}
}

// appear says in which intervals the shift is present and how much of it.
func (o *option) appear(grid calendars.Grid, shift calendars.Interval, share float64) {
	from, to := grid.Range(shift)
	o.first, o.last = from, to-1
	if to <= from {
		return
	}
	o.whole = roster.Hundredths(share)
	part := func(t int) int64 {
		return o.whole * int64(grid.Interval(t).Overlap(shift)/time.Minute) / int64(grid.Step/time.Minute)
	}
	o.head, o.tail = part(o.first), part(o.last)
}

// units is the hundredths of an operator that the option puts on interval t.
func (o *option) units(t int) int64 {
	switch t {
	case o.first:
		return o.head
	case o.last:
		return o.tail
	}
	return o.whole
}

// begin chooses the start's shifts that are not pinned.
func (r *row) begin(start []roster.Assignment) {
	for i := range r.options {
		o := &r.options[i]
		taken := slices.ContainsFunc(start, func(a roster.Assignment) bool {
			return a.Template == o.assignment.Template && a.Shift.Equal(o.assignment.Shift)
		})
		if taken && !o.pinned && r.chosen[o.day] < 0 && len(r.days[o.day].pins) == 0 {
			r.chosen[o.day] = i
		}
	}
}

// carry notes what earlier rosters leave behind: minutes in the weeks, the
// last end, and the run of days that the horizon may go on with.
func (r *row) carry(carried []roster.Assignment, firstDay calendars.Day) {
	r.carriedEnd = never
	worked := map[int]bool{} // days before the first day as negative numbers
	for _, a := range carried {
		for w := range r.weeks {
			r.weeks[w].carried += int32(r.operator.Counted(a.Shift, r.weeks[w].interval()))
		}
		r.carriedEnd = max(r.carriedEnd, minuteOf(a.Shift.End))
		d := firstDay.DaysUntil(calendars.DayOf(a.Shift.Start, r.operator.Zone))
		worked[d] = true
		if d >= 0 && d < len(r.days) {
			r.days[d].carried = true
		}
	}
	r.carriedRested = r.restedBy(carried)
	for d := -1; worked[d]; d-- {
		r.carriedRun++
	}
	if worked[0] {
		r.carriedRun++
	}
}

// restedBy says whether the first week holds its weekly rest before the last
// of the carried shifts.
func (r *row) restedBy(carried []roster.Assignment) bool {
	carried = slices.Clone(carried)
	roster.Sort(carried)
	free := r.weeks[0].start
	for _, a := range carried {
		if minuteOf(a.Shift.Start)-free >= r.limits.WeeklyRest.Minutes {
			return true
		}
		free = max(free, minuteOf(a.Shift.End))
	}
	return false
}
