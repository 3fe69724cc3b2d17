package solve

import (
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// option is a shift that an operator could be given.
type option struct {
	shift      int32 // position in model.shifts
	own, spill int32 // minutes that count in the week in which it starts, and in the next
	day        int16 // operator's day on which it starts
	class      uint8 // of the stints program
	pinned     bool
	touches    bool  // it reaches into the next day, where the row has relief
	wish       int64 // fine cost: wishes that it breaks, less those that it grants
}

// day is one day of an operator's row: the shifts that may start on it are the
// row's options [first, last), and some must.
type day struct {
	first, last int
	week        int
	start       int64 // Unix minutes
	weekday     time.Weekday
	pins        []int // positions among the options
	carried     bool  // an earlier roster's shift starts on it
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

// row is one operator's part of the problem. It does not change while searching.
type row struct {
	operator *roster.Operator
	limits   roster.Limits
	field    int // whose queues the operator serves, or -1
	mask     int
	share    int64 // hundredths of an operator
	judged   bool  // by rules that its program does not know
	options  []option
	days     []day
	weeks    []week
	begun    []int32                   // per day the option that the start took, or -1
	kept     map[int]roster.Assignment // options that the start had, as they were
	shape    *shape                    // for the stints program
	weekly   *weekly                   // for the weeks program; where both are nil the days program must do
	wished   int64                     // fine cost of wishes with only pinned shifts
	relief   []int64                   // per day the fine cost of wishes that a shift reaching into it has broken already
	fixed    []shift                   // of pinned and carried assignments, as far as they cover
	first    calendars.Day
	rules    []roster.Rule // that could bind it
	longest  int64         // counted minutes of one shift
	past     []past        // shifts of earlier rosters, by day
	// State carried in from earlier rosters.
	carriedEnd    int64
	carriedRun    int
	carriedRested bool // the first week holds its rest before carriedEnd
}

// model is a problem laid out for the search.
type model struct {
	problem roster.Problem
	rows    []*row
	shifts  []shift
	fields  []*field // with pinned and carried assignments in them
	horizon int      // days of the longest row
	coarse  uint     // the programs count in fine costs shifted right by so many bits
	worth   float64  // fine cost of a shift that is missing, about
}

const never = -1 << 40 // before every instant, in Unix minutes

func minuteOf(t time.Time) int64 { return t.Unix() / 60 }

// compile lays out a problem, with pinned and carried assignments already in the cover.
func compile(p roster.Problem, start []roster.Assignment) (*model, error) {
	m := &model{problem: p}
	fieldOf, err := m.queueFields()
	if err != nil {
		return nil, err
	}
	for _, a := range start {
		if _, known := p.Team.Operator(a.Operator); !known {
			return nil, fmt.Errorf("assignment %q on %s: no operator %d in the team", a.ID, a.Shift, a.Operator)
		}
	}
	all := &shifts{problem: &m.problem, at: map[shiftKey]int32{}, slots: m.slotFields()}
	starts, carried := byOperator(start), byOperator(p.Carried)
	for i := range p.Team.Operators {
		o := &m.problem.Team.Operators[i]
		r := m.newRow(all, o, starts[o.ID], carried[o.ID])
		r.field, r.share = -1, roster.Hundredths(o.Share)
		if queues := served(p.Demand, o); len(queues) > 0 {
			r.field = fieldOf[queues[0]]
			r.mask = m.fields[r.field].mask(queues)
		}
		m.rows = append(m.rows, r)
	}
	m.shifts = all.all
	for _, r := range m.rows {
		m.horizon = max(m.horizon, len(r.days))
	}
	for _, f := range m.fields {
		f.settle()
	}
	for _, r := range m.rows {
		m.fix(r, carried[r.operator.ID])
		r.judged = m.judges(r)
	}
	m.scale()
	return m, nil
}

func byOperator(all []roster.Assignment) map[roster.ID][]roster.Assignment {
	by := map[roster.ID][]roster.Assignment{}
	for _, a := range all {
		by[a.Operator] = append(by[a.Operator], a)
	}
	return by
}

// newRow lays out days, weeks and options of one operator.
func (m *model) newRow(all *shifts, o *roster.Operator, start, carried []roster.Assignment) *row {
	r := &row{operator: o, limits: o.Limits(), kept: map[int]roster.Assignment{}}
	p := &m.problem
	horizon := p.Demand.Grid.Span()
	firstDay := calendars.DayOf(horizon.Start, o.Zone)
	r.first = firstDay
	lastDay := calendars.DayOf(horizon.End.Add(-time.Second), o.Zone)
	monday := firstDay.Monday()
	for d := firstDay; !lastDay.Before(d); d = d.Next() {
		r.days = append(r.days, day{week: monday.DaysUntil(d) / 7, start: minuteOf(d.Start(o.Zone)), weekday: d.Weekday()})
	}
	for w := monday; !lastDay.AddDays(7).Before(w); w = w.AddDays(7) {
		r.weeks = append(r.weeks, newWeek(o, w, horizon))
	}
	var possible []roster.Assignment
	if len(p.Demand.Queues) == 0 || len(served(p.Demand, o)) > 0 { // others have nothing to do
		possible = p.Team.Shifts(*o, horizon)
	}
	given := map[givenKey]roster.Assignment{}
	for _, a := range start {
		given[keyOf(a)] = a
	}
	for i, s := range possible {
		if a, there := given[keyOf(s)]; there {
			possible[i] = a
			delete(given, keyOf(s))
		}
	}
	for _, a := range start {
		if _, left := given[keyOf(a)]; left && a.Pinned {
			possible = append(possible, a)
			delete(given, keyOf(a))
		}
	}
	r.past, r.longest = r.noted(carried), r.long(possible)
	r.rules = r.binding(p)
	r.shape = shapeOf(p, r)
	r.list(all, firstDay, possible, start)
	r.carry(carried, firstDay)
	r.wish(p, all.all)
	if r.shape != nil && !r.shape.fits(p, r, all.all) {
		r.shape = nil
	}
	if r.shape == nil {
		if r.weekly = weeklyOf(p, r, all.all); r.weekly != nil && !r.weekly.clears(r) {
			r.weekly = nil
		}
	}
	if r.weekly != nil && len(r.operator.Wishes) > 0 {
		r.reach(all.all)
	}
	return r
}

// newWeek returns the calendar week that starts on a Monday.
func newWeek(o *roster.Operator, monday calendars.Day, horizon calendars.Interval) week {
	whole := calendars.Interval{Start: monday.Start(o.Zone), End: monday.AddDays(7).Start(o.Zone)}
	w := week{start: minuteOf(whole.Start), end: minuteOf(whole.End)}
	if o.Contract.MinWeek.Duration > 0 && roster.Guaranteed(*o, whole, horizon) {
		w.least = int32(o.Contract.MinWeek.Minutes())
	}
	return w
}

// list makes options of the shifts, by day. A pinned shift that starts outside
// the horizon's days is left to the judge.
func (r *row) list(all *shifts, firstDay calendars.Day, possible, start []roster.Assignment) {
	roster.Sort(possible)
	given := map[givenKey]bool{}
	for _, a := range start {
		given[keyOf(a)] = true
	}
	r.begun = slices.Repeat([]int32{-1}, len(r.days))
	for _, a := range possible {
		d := firstDay.DaysUntil(calendars.DayOf(a.Shift.Start, r.operator.Zone))
		if d < 0 || d >= len(r.days) || !a.Pinned && r.shape.forbids(&all.problem.Team, a.Template) {
			continue
		}
		w := r.days[d].week
		o := option{shift: all.of(a, r.operator), pinned: a.Pinned, day: int16(d)}
		o.own = int32(r.operator.Counted(a.Shift, r.weeks[w].interval()))
		if minuteOf(a.Shift.End) > r.weeks[w].end {
			o.spill = int32(r.operator.Counted(a.Shift, r.weeks[w+1].interval()))
		}
		i := len(r.options)
		if a.Pinned {
			r.days[d].pins = append(r.days[d].pins, i)
			r.weeks[w+1].pinned += o.spill
		}
		if given[keyOf(a)] {
			r.kept[i] = a
			if !a.Pinned && r.begun[d] < 0 {
				r.begun[d] = int32(i)
			}
		}
		r.options = append(r.options, o)
	}
	i := 0
	for d := range r.days {
		r.days[d].first = i
		for i < len(r.options) && int(r.options[i].day) == d {
			i++
		}
		r.days[d].last = i
	}
}

// assignment is what choosing the option means.
func (m *model) assignment(r *row, o int32) roster.Assignment {
	if a, kept := r.kept[int(o)]; kept {
		return a
	}
	s := &m.shifts[r.options[o].shift]
	return roster.Assignment{Operator: r.operator.ID, Template: s.template, Shift: s.interval()}
}

// givenKey finds an assignment of an operator again.
type givenKey struct {
	template   string
	start, end int64
}

func keyOf(a roster.Assignment) givenKey {
	return givenKey{a.Template, minuteOf(a.Shift.Start), minuteOf(a.Shift.End)}
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
