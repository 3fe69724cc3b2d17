package solve

import (
	"fmt"
	"math"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// rule adds a company rule, and says whether it could.
func (l *linear) rule(i int, b *roster.Rule) bool {
	plain := b.Weight == 0 && b.FromNights == 0 && b.During == "" && len(b.Weekdays) == 0 && !b.Stretch
	whole := b.Per == "" || b.Per == roster.PerHorizon
	all := len(b.Templates) == 0
	switch {
	case !plain:
		return false
	case b.Count == roster.CountShifts && whole, b.Count == roster.CountMinutes && whole && all:
		l.sum(i, b)
	case b.Count == roster.CountDays && b.Per == roster.PerRun && all:
		l.runs(i, b)
	case b.Count == roster.CountDaysOff && b.Per == roster.PerRun && all && b.Most == nil:
		l.off(i, int(*b.Least))
	case b.Count == roster.CountWeekends && whole && all && b.Least == nil:
		l.weekends(i, *b.Most)
	case b.Count == roster.CountSequence && b.Per == "" && b.Least == nil && *b.Most == 0 && len(b.Sequence) == 2:
		return l.bans(i, b)
	default:
		return false
	}
	return true
}

// sum bounds shifts or minutes over the horizon.
func (l *linear) sum(i int, b *roster.Rule) {
	r := l.model.rows[i]
	var bounds []int
	if b.Most != nil {
		bounds = append(bounds, l.row('L', *b.Most))
	}
	if b.Least != nil {
		bounds = append(bounds, l.row('G', *b.Least))
	}
	for o := range r.options {
		option := &r.options[o]
		amount := int64(1)
		if b.Count == roster.CountMinutes {
			amount = int64(option.own + option.spill)
		}
		if len(b.Templates) > 0 && !l.problem.Team.Names(b.Templates, l.shifts[option.shift].template) {
			continue
		}
		for _, row := range bounds {
			l.add(row, l.choose[i][o], amount)
		}
	}
}

// runs bounds the days worked on end; runs that touch the ends may be shorter.
func (l *linear) runs(i int, b *roster.Rule) {
	n := len(l.model.rows[i].days)
	if b.Most != nil {
		for d := 0; d+int(*b.Most) < n; d++ {
			l.days(i, 'L', *b.Most, d, d+int(*b.Most)+1, 1)
		}
	}
	if b.Least == nil {
		return
	}
	for length := 1; length < int(*b.Least); length++ {
		for d := 1; d+length < n; d++ {
			row := l.days(i, 'L', int64(length-1), d, d+length, 1)
			l.count(i, row, d-1, d, -1)
			l.count(i, row, d+length, d+length+1, -1)
		}
	}
}

// off asks for so many days off on end, but at the ends.
func (l *linear) off(i, least int) {
	n := len(l.model.rows[i].days)
	for length := 1; length < least; length++ {
		for d := 1; d+length < n; d++ {
			row := l.days(i, 'L', 1, d, d+length, -1)
			l.count(i, row, d-1, d, 1)
			l.count(i, row, d+length, d+length+1, 1)
		}
	}
}

// weekends bounds the weekends worked: a choice for each, that one of its days makes.
func (l *linear) weekends(i int, most int64) {
	r := l.model.rows[i]
	total, worked := l.row('L', most), -1
	for d := range r.days {
		saturday := r.days[d].weekday == time.Saturday
		if !saturday && r.days[d].weekday != time.Sunday {
			continue
		}
		if saturday || worked < 0 {
			l.columns = append(l.columns, column{name: fmt.Sprintf("w%d", len(l.columns)), most: 1, whole: true, terms: []term{{total, 1}},
				about: fmt.Sprintf("%s works at the weekend of %s", r.operator.Name, r.first.AddDays(d))})
			worked = len(l.columns) - 1
		}
		if r.days[d].last > r.days[d].first {
			row := l.days(i, 'L', 0, d, d+1, 1)
			l.add(row, worked, -1)
		}
	}
}

// bans keeps shifts apart that may not follow one another on the next day.
func (l *linear) bans(i int, b *roster.Rule) bool {
	r, from, to := l.model.rows[i], roster.Steps(b.Sequence[0]), roster.Steps(b.Sequence[1])
	team := &l.problem.Team
	if !team.Known(from) || !team.Known(to) {
		return false
	}
	named := func(d int, names []string) (columns []int) {
		for o := r.days[d].first; o < r.days[d].last; o++ {
			if team.Names(names, l.shifts[r.options[o].shift].template) {
				columns = append(columns, l.choose[i][o])
			}
		}
		return columns
	}
	for d := 0; d+1 < len(r.days); d++ {
		before, after := named(d, from), named(d+1, to)
		if len(before) == 0 || len(after) == 0 {
			continue
		}
		row := l.row('L', 1)
		for _, c := range append(before, after...) {
			l.add(row, c, 1)
		}
	}
	return true
}

// cover adds what a field wants and what that costs: of each queue's steps what
// is missing, and who is there for nothing.
func (l *linear) cover(at int) {
	f := l.fields[at]
	for t := range f.n {
		serving := map[int]int{} // rows of those who are there, by the queues that they serve
		wants := make([]int, f.queues)
		for q := range f.queues {
			units := int64(0)
			for _, s := range f.wanted[(t*f.queues+q)*f.steps:][:f.steps] {
				units += s.units
			}
			wants[q] = l.row('E', units)
			for _, s := range f.wanted[(t*f.queues+q)*f.steps:][:f.steps] {
				if s.units > 0 {
					l.slack(wants[q], 1, (s.value-f.over[t])/fine, s.units)
				}
			}
		}
		if f.queues == 1 {
			serving[1] = wants[0]
			l.slack(wants[0], -1, f.over[t]/fine, math.MaxInt64)
		}
		l.appear(at, t, func(mask int) int {
			if row, known := serving[mask]; known {
				return row
			}
			row := l.row('E', 0) // who is there, less who serves and who is left over
			serving[mask] = row
			l.slack(row, -1, f.over[t]/fine, math.MaxInt64)
			for q := range f.queues {
				if mask>>q&1 == 1 {
					l.columns = append(l.columns, column{name: fmt.Sprintf("s%d", len(l.columns)), most: math.MaxInt64, terms: []term{{row, -1}, {wants[q], 1}}})
				}
			}
			return row
		})
	}
}

// appear puts every option that is there in interval t of a field into the row of
// its queues.
func (l *linear) appear(at, t int, row func(mask int) int) {
	for i, r := range l.model.rows {
		for o := range r.options {
			s := &l.shifts[r.options[o].shift]
			if r.field == at && s.from <= t && t < s.to {
				l.add(row(r.mask), l.choose[i][o], s.units(t, r.share))
			}
			for _, p := range s.slots {
				if p.field == at && p.t == t {
					l.add(row(1), l.choose[i][o], roster.Whole)
				}
			}
		}
	}
}
