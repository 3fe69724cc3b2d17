package forecast

import (
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// effect is something about days that changes arrivals: its coefficient is
// learned, from a normal prior on the scale of logarithms.
type effect struct {
	name     string
	mean, sd float64
}

// mark says that an effect applies to a row. Of an effect that makes a day
// like another weekday, x is taken as the distance to that weekday.
type mark struct {
	effect int
	x      float64
	alike  int  // weekday, or -1
	event  bool // a manager's event, on the columns of [from, to)
	from   int
	to     int
}

// rowMarks are the marks of one row.
type rowMarks struct {
	list  []mark
	alike int  // weekday whose shape of day applies, or -1
	named bool // a named day or one with an event: not like its weekday
}

// Priors of effects, on the scale of logarithms. They say what a planner
// expects before any history: a holiday is three fifths of the way from its
// weekday to the day of rest, and the day after one is a little busier.
var (
	priorAlike    = effect{"", 0.6, 0.3}
	priorKind     = effect{"", 0, 0.15}
	priorName     = effect{"", 0, 0.4}
	priorAfter    = effect{"after a holiday", 0.03, 0.15}
	priorSecond   = effect{"second day after a holiday", 0.01, 0.1}
	priorBefore   = effect{"before a holiday", 0, 0.1}
	priorBusiness = effect{"", 0, 0.07}
	priorEvent    = effect{"", 0, 0.6}
)

// marker numbers effects as it meets them.
type marker struct {
	f       *frame
	number  map[string]int
	effects []effect
	kinds   map[calendars.Day]Holiday
}

func (m *marker) effect(name string, prior effect) int {
	if i, known := m.number[name]; known {
		return i
	}
	m.number[name] = len(m.effects)
	m.effects = append(m.effects, effect{name, prior.mean, prior.sd})
	return m.number[name]
}

// add marks a row with a plain effect.
func (m *marker) add(row int, name string, prior effect) {
	m.f.marks[row].list = append(m.f.marks[row].list, mark{effect: m.effect(name, prior), x: 1, alike: -1})
}

// mark finds out what is special about each row.
func (f *frame) mark(o Outlook) {
	f.marks = make([]rowMarks, len(f.row))
	m := &marker{f: f, number: map[string]int{}, kinds: map[calendars.Day]Holiday{}}
	for _, h := range o.Holidays {
		if h.Kind == "" {
			h.Kind = HolidayKind
		}
		if _, there := m.kinds[h.Day]; !there {
			m.kinds[h.Day] = h
		}
	}
	rest := f.restDay()
	for r, day := range f.day {
		f.marks[r].alike = -1
		h, named := m.kinds[day]
		if named {
			m.named(r, h, rest)
		} else {
			m.around(r)
		}
		if len(o.Holidays) > 0 && f.histRows() >= twoMonths {
			m.business(r, rest)
		}
	}
	for _, e := range o.Events {
		if e.Effect == nil {
			m.event(e)
		}
	}
	f.effects = m.effects
}

// event marks the rows of an event whose effect is to be learned.
func (m *marker) event(e Event) {
	for r := range m.f.row {
		from, to := m.f.within(r, e.Span)
		if from < to {
			share := float64(to-from) / float64(m.f.cols())
			m.f.marks[r].named = true
			m.f.marks[r].list = append(m.f.marks[r].list, mark{m.effect("event: "+e.Name, priorEvent), share, -1, true, from, to})
		}
	}
}

// within returns the columns of a row whose start lies within the span.
func (f *frame) within(row int, span calendars.Interval) (from, to int) {
	day := f.day[row].Interval(f.sheet.zone)
	if !day.Overlaps(span) {
		return 0, 0
	}
	for to < f.cols() && f.instant(row*f.cols()+to).Before(span.End) {
		if f.instant(row*f.cols() + to).Before(span.Start) {
			from = to + 1
		}
		to++
	}
	return from, to
}

// named marks a row that is a named day.
func (m *marker) named(row int, h Holiday, rest int) {
	marks := &m.f.marks[row]
	marks.named = true
	switch h.Kind {
	case ClosedKind:
		for c := range m.f.col {
			m.f.shut[row*len(m.f.col)+c] = true
		}
		return
	case HolidayKind:
		marks.alike = rest
	case EveKind:
		marks.alike = (rest + 6) % 7
	case WorkingKind:
		marks.alike = (rest + 5) % 7
	}
	if !slices.Contains(m.f.weekday, marks.alike) {
		marks.alike = -1 // the queue is never open on such a day, so this one is like none
	} else {
		marks.list = append(marks.list, mark{effect: m.effect("like another weekday: "+string(h.Kind), priorAlike), x: 1, alike: marks.alike})
	}
	m.add(row, "kind: "+string(h.Kind), priorKind)
	m.add(row, h.Name, priorName)
}

// around marks a row beside a holiday.
func (m *marker) around(row int) {
	day := m.f.day[row]
	switch {
	case m.rest(day.AddDays(-1)):
		m.add(row, priorAfter.name, priorAfter)
	case m.rest(day.AddDays(-2)):
		m.add(row, priorSecond.name, priorSecond)
	}
	if m.rest(day.Next()) {
		m.add(row, priorBefore.name, priorBefore)
	}
}

// rest says whether the day is a holiday.
func (m *marker) rest(day calendars.Day) bool {
	h, named := m.kinds[day]
	return named && (h.Kind == HolidayKind || h.Kind == ClosedKind)
}

// business marks a business day by its number from the start or from the end of the month.
func (m *marker) business(row, rest int) {
	day := m.f.day[row]
	if !m.working(day, rest) {
		return
	}
	from, to := 1, 1
	for d := day.AddDays(-1); d.Month == day.Month && from <= lastBusiness; d = d.AddDays(-1) {
		if m.working(d, rest) {
			from++
		}
	}
	for d := day.Next(); d.Month == day.Month && to <= lastBusiness; d = d.Next() {
		if m.working(d, rest) {
			to++
		}
	}
	if from <= lastBusiness {
		m.add(row, fmt.Sprintf("business day %d of the month", from), priorBusiness)
	}
	if to <= 2 {
		m.add(row, fmt.Sprintf("business day %d from the end of the month", to), priorBusiness)
	}
}

// twoMonths is how many days of history it takes to tell a day of the month
// from chance.
const twoMonths = 45

// lastBusiness is the last business day of the month, from its start, that may be special.
const lastBusiness = 5

// working says whether the day is a business day.
func (m *marker) working(day calendars.Day, rest int) bool {
	h, named := m.kinds[day]
	if named && h.Kind != EveKind {
		return h.Kind == WorkingKind
	}
	w := int(day.Weekday())
	return w != rest && w != (rest+6)%7
}

// restDay returns the weekday of rest: the quietest, if it is much quieter
// than most, else Sunday.
func (f *frame) restDay() int {
	var sum, n [7]float64
	for i, x := range f.y {
		if x == x {
			w := f.weekday[i/len(f.col)]
			sum[w] += x
			n[w]++
		}
	}
	quietest, busiest := -1, 0.0
	for w := range sum {
		if n[w] == 0 {
			continue
		}
		busiest = max(busiest, sum[w]/n[w])
		if quietest < 0 || sum[w]/n[w] < sum[quietest]/n[quietest] {
			quietest = w
		}
	}
	if quietest >= 0 && f.perWeek == 7 && sum[quietest]/n[quietest] < 0.6*busiest {
		return quietest
	}
	return int(time.Sunday)
}
