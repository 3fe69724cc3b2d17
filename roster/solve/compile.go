package solve

import (
	"fmt"
	"math"
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
	occasion   uint8 // of the day, of the weeks program
	pinned     bool
	touches    bool  // it reaches into the next day, where the row has relief
	asTold     bool  // its hours are those that the operator has been told
	wish       int64 // fine cost: wishes that it breaks, less those that it grants, and what its shift is paid
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
	carried    int32 // minutes of other rosters' shifts
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
	share    int64              // hundredths of an operator
	judged   bool               // by rules that its program does not know
	shut     hours              // shifts that start then neither come nor go
	noticed  bool               // some that could go start then
	followed bool               // shifts after the horizon are known that could matter
	next     calendars.Interval // the first of them, if there is one
	options  []option
	days     []day
	weeks    []week
	begun    []int32                   // per day the option that the start took, or -1
	begunAt  []placement               // and where its breaks are
	kept     map[int]roster.Assignment // options that the start had, as they were
	shape    *shape                    // for the stints program
	weekly   *weekly                   // for the weeks program; where both are nil the days program must do
	briefs   []brief                   // per option, for the loose program
	whole    bool                      // these say all of what options cover
	slotted  bool                      // some of them count on slots
	wished   int64                     // fine cost of wishes with only pinned shifts, and what these are paid
	short    int64                     // fine cost of a guaranteed minute that is not given
	relief   []int64                   // per day the fine cost of wishes that a shift reaching into it has broken already
	relieves int64                     // all of it
	told     []int32                   // per day the option that the operator has been told, or -1
	toldAt   []placement               // and where its breaks are, if that can be
	loose    bool                      // other options are as told, too
	touch    int64                     // fine cost of any other row than told; 0 where wished has it
	pauses   bool                      // some of its options have breaks
	fixed    []shift                   // of pinned and carried assignments, as far as they cover
	burdens  *burdens                  // nil if the team shares none out
	first    calendars.Day
	rules    []roster.Rule // that could bind it
	longest  int64         // counted minutes of one shift
	past     []past        // shifts of other rosters, by day
	// State carried in from earlier rosters.
	carriedEnd    int64
	carriedRun    int
	carriedOff    int  // days off after the last carried shift, before the first day
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
	nudged  int      // rows that can be nudged
	pauses  bool     // some shifts that the solver may choose have breaks
	// layouts of these breaks, by their index.
	layouts []*layout
	// published is when the shifts start of which operators have been told.
	published hours
}

const never = -1 << 40 // before every instant, in Unix minutes

func minuteOf(t time.Time) int64 { return t.Unix() / 60 }

// compile lays out a problem, with pinned and carried assignments already in the cover.
// Much of the work is done on so many cores.
func compile(p roster.Problem, start []roster.Assignment, cores int) (*model, error) {
	if err := p.Demand.Check(); err != nil {
		return nil, err
	}
	m := &model{problem: p, published: hoursOf(p.Published())}
	fieldOf, err := m.queueFields()
	if err != nil {
		return nil, err
	}
	for _, a := range start {
		if _, known := p.Team.Operator(a.Operator); !known {
			return nil, fmt.Errorf("assignment %q on %s: no operator %d in the team", a.ID, a.Shift, a.Operator)
		}
	}
	carried := byOperator(p.Carried)
	m.newRows(fieldOf, byOperator(start), carried, cores)
	share(cores, len(m.rows), func(_, i int) { m.rows[i].wish(&m.problem, m.shifts, carried[m.rows[i].operator.ID]) })
	m.pay(cores)
	m.burden(cores)
	if told := byOperator(p.Told); len(p.Told) > 0 {
		share(cores, len(m.rows), func(_, i int) { m.rows[i].tell(m, told[m.rows[i].operator.ID]) })
	}
	share(cores, len(m.rows), func(_, i int) {
		if r := m.rows[i]; r.shape != nil && !r.shape.fits(&m.problem, r, m.shifts) {
			r.shape = nil
		}
	})
	m.weeklies(cores)
	for _, r := range m.rows {
		m.horizon = max(m.horizon, len(r.days))
	}
	for _, f := range m.fields {
		f.settle()
	}
	for _, r := range m.rows {
		m.fix(r, carried[r.operator.ID])
		r.judged = m.judges(r)
		if r.nudged() && len(p.Team.Slots) == 0 {
			m.nudged++
		}
	}
	m.scale()
	m.limitSlopes()
	m.standing()
	return m, nil
}

// newRows lays out the rows of all operators, and the shifts that they can work.
func (m *model) newRows(fieldOf []int, starts, carried map[roster.ID][]roster.Assignment, cores int) {
	all, offered := m.newShifts(), m.offered()
	m.rows = make([]*row, len(m.problem.Team.Operators))
	const block = 256 // rows whose drafts there is room for at a time
	drafts := make([]draft, block)
	for from := 0; from < len(m.rows); from += block {
		rows := m.rows[from:min(from+block, len(m.rows))]
		share(cores, len(rows), func(_, i int) {
			o := &m.problem.Team.Operators[from+i]
			rows[i], drafts[i] = m.newRow(o, offered[o.Zone.String()], starts[o.ID], carried[o.ID])
		})
		for i, r := range rows {
			r.list(all, drafts[i])
			r.field, r.share = -1, roster.Hundredths(r.operator.Share)
			if queues := served(m.problem.Demand, r.operator); len(queues) > 0 {
				r.field = fieldOf[queues[0]]
				r.mask = m.fields[r.field].mask(queues)
			}
		}
	}
	m.shifts, m.layouts = all.all, all.layouts.tabled
	m.pauses = len(m.layouts) > 0
}

// offered is what shifts there are to work, per zone of operators.
func (m *model) offered() map[string][]roster.Assignment {
	offered := map[string][]roster.Assignment{}
	for _, o := range m.problem.Team.Operators {
		zone := o.Zone.String()
		if _, known := offered[zone]; !known {
			offered[zone] = m.problem.Team.Occurrences(o, m.problem.Demand.Grid.Span())
		}
	}
	return offered
}

func byOperator(all []roster.Assignment) map[roster.ID][]roster.Assignment {
	by := map[roster.ID][]roster.Assignment{}
	for _, a := range all {
		by[a.Operator] = append(by[a.Operator], a)
	}
	return by
}

// draft is the shifts that an operator can work or must, before they are options.
type draft struct {
	possible []roster.Assignment // by start
	given    map[givenKey]bool   // what the start has
	own      []int32             // minutes that count in the week of each, and in the next
	spill    []int32
}

// newRow lays out days, weeks and shifts of one operator, of those offered in their zone.
func (m *model) newRow(o *roster.Operator, offered, start, carried []roster.Assignment) (*row, draft) {
	r := &row{operator: o, limits: o.Limits(), short: fine * m.problem.Team.ShortCost(o), kept: map[int]roster.Assignment{}, shut: shutFor(o, m.published, m.problem.Now)}
	p := &m.problem
	horizon := p.Demand.Grid.Span()
	r.first = calendars.DayOf(horizon.Start, o.Zone)
	lastDay := calendars.DayOf(horizon.End.Add(-time.Second), o.Zone)
	monday := r.first.Monday()
	for d := r.first; !lastDay.Before(d); d = d.Next() {
		r.days = append(r.days, day{week: monday.DaysUntil(d) / 7, start: minuteOf(d.Start(o.Zone)), weekday: d.Weekday()})
	}
	for w := monday; !lastDay.AddDays(7).Before(w); w = w.AddDays(7) {
		r.weeks = append(r.weeks, newWeek(o, w, horizon))
	}
	before, after := parted(carried, horizon.End)
	d := r.draft(p, offered, start)
	if len(after) > 0 {
		r.precede(&d, after)
	}
	r.past = r.noted(carried)
	r.carry(before)
	r.rules = r.binding(p)
	r.followed = r.minds(horizon.End)
	r.shape = shapeOf(p, r)
	return r, d
}

// draft lists what the operator can work of the shifts offered, with the start's own
// assignments and its pinned ones.
func (r *row) draft(p *roster.Problem, offered, start []roster.Assignment) draft {
	d := draft{given: map[givenKey]bool{}}
	if len(p.Demand.Queues) == 0 || len(served(p.Demand, r.operator)) > 0 { // others have nothing to do
		d.possible = r.operator.Workable(offered)
	}
	left := map[givenKey]roster.Assignment{}
	for _, a := range start {
		left[keyOf(a)], d.given[keyOf(a)] = a, true
	}
	for i, s := range d.possible {
		if a, there := left[keyOf(s)]; there {
			d.possible[i] = a
			delete(left, keyOf(s))
		}
	}
	for _, a := range start {
		if _, missing := left[keyOf(a)]; missing && a.Pinned {
			d.possible = append(d.possible, a)
			delete(left, keyOf(a))
		}
	}
	d.possible = slices.DeleteFunc(d.possible, func(a roster.Assignment) bool {
		return r.shut.has(minuteOf(a.Shift.Start)) && !d.given[keyOf(a)]
	})
	roster.Sort(d.possible)
	counted := map[hours][2]int32{} // templates have many hours in common
	for _, a := range d.possible {
		r.noticed = r.noticed || !a.Pinned && r.shut.has(minuteOf(a.Shift.Start))
		both, known := counted[hoursOf(a.Shift)]
		if !known {
			both[0], both[1] = r.hours(a.Shift)
			counted[hoursOf(a.Shift)] = both
		}
		d.own, d.spill = append(d.own, both[0]), append(d.spill, both[1])
		r.longest = max(r.longest, int64(both[0]+both[1]))
	}
	return d
}

// dayOf is the day of the row on which a shift starts; it may lie outside.
func (r *row) dayOf(s calendars.Interval) int {
	return r.first.DaysUntil(calendars.DayOf(s.Start, r.operator.Zone))
}

// hours is what a shift counts in the calendar week in which it starts, and in the next.
func (r *row) hours(s calendars.Interval) (own, spill int32) {
	d := r.dayOf(s)
	if d < 0 || d >= len(r.days) {
		return 0, 0
	}
	w := r.days[d].week
	own = int32(r.operator.Counted(s, r.weeks[w].interval()))
	if minuteOf(s.End) > r.weeks[w].end {
		spill = int32(r.operator.Counted(s, r.weeks[w+1].interval()))
	}
	return own, spill
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
func (r *row) list(all *shifts, draft draft) {
	r.begun, r.begunAt = slices.Repeat([]int32{-1}, len(r.days)), slices.Repeat([]placement{unplaced}, len(r.days))
	r.options = make([]option, 0, len(draft.possible))
	forbidden := map[string]bool{} // by template
	for at, a := range draft.possible {
		forbids, known := forbidden[a.Template]
		if !known {
			forbids = r.shape.forbids(&all.problem.Team, a.Template)
			forbidden[a.Template] = forbids
		}
		d := r.dayOf(a.Shift)
		if d < 0 || d >= len(r.days) || !a.Pinned && forbids {
			continue
		}
		shift, placed := all.of(a, r.operator)
		o := option{shift: shift, pinned: a.Pinned, day: int16(d), own: draft.own[at], spill: draft.spill[at]}
		if layout := all.all[shift].layout; layout != nil && !a.Pinned {
			r.pauses = true
			all.layouts.table(layout)
		}
		i := len(r.options)
		if a.Pinned {
			r.days[d].pins = append(r.days[d].pins, i)
			r.weeks[r.days[d].week+1].pinned += o.spill
		}
		if draft.given[keyOf(a)] {
			r.kept[i] = a
			if !a.Pinned && r.begun[d] < 0 {
				r.begun[d], r.begunAt[d] = int32(i), placed
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

// assignment is what choosing the option means, with its breaks placed.
func (m *model) assignment(r *row, o int32, at placement) roster.Assignment {
	s := &m.shifts[r.options[o].shift]
	a, kept := r.kept[int(o)]
	if !kept {
		a = roster.Assignment{Operator: r.operator.ID, Template: s.template, Shift: s.interval()}
	}
	if s.layout != nil && !a.Pinned {
		a.Breaks = s.layout.intervals(s.start, at)
	}
	return a
}

// assignments lists what is chosen and pinned, sorted.
func (m *model) assignments(chosen [][]int32, placed [][]placement) []roster.Assignment {
	all := []roster.Assignment{}
	for i, r := range m.rows {
		for d, o := range chosen[i] {
			if o >= 0 {
				all = append(all, m.assignment(r, o, placed[i][d]))
			}
		}
		for o := range r.options {
			if r.options[o].pinned {
				all = append(all, m.assignment(r, int32(o), 0))
			}
		}
	}
	roster.Sort(all)
	return slices.Clip(all)
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
func (r *row) carry(carried []roster.Assignment) {
	r.carriedEnd, r.carriedOff = never, mostFree
	worked, last := map[int]bool{}, math.MinInt // days before the first day as negative numbers
	for _, a := range carried {
		for w := range r.weeks {
			r.weeks[w].carried += int32(r.operator.Counted(a.Shift, r.weeks[w].interval()))
		}
		r.carriedEnd = max(r.carriedEnd, minuteOf(a.Shift.End))
		d := r.dayOf(a.Shift)
		worked[d] = true
		if d < 0 && d > last {
			last, r.carriedOff = d, -1-d
		}
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
