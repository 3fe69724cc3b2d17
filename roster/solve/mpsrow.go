package solve

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// operator adds the choices of one operator, and the rules of their row.
func (l *linear) operator(i int) error {
	r := l.model.rows[i]
	l.choose = append(l.choose, nil)
	for o := range r.options {
		option := &r.options[o]
		s := &l.shifts[option.shift]
		l.choose[i] = append(l.choose[i], len(l.columns))
		l.columns = append(l.columns, column{
			name: fmt.Sprintf("x%d.%d", i+1, o+1), most: 1, whole: true, cost: l.problem.Team.PayCost(r.operator.PayOf(l.payroll.Minutes(r.operator, l.usual(r, int32(o)))).Total),
			about: fmt.Sprintf("%s, %s at %s", r.operator.Name, s.template, s.interval().Start.Format(time.RFC3339)),
		})
	}
	for d := range r.days {
		if r.days[d].last-r.days[d].first > 1 {
			l.days(i, 'L', 1, d, d+1, 1)
		}
	}
	l.rest(i)
	l.weeks(i)
	l.weeklyRest(i)
	for d := 0; d+r.operator.Contract.MaxConsecutiveDays < len(r.days); d++ {
		l.days(i, 'L', int64(r.operator.Contract.MaxConsecutiveDays), d, d+r.operator.Contract.MaxConsecutiveDays+1, 1)
	}
	l.wishes(i)
	var faults []error
	for _, rule := range r.rules {
		if !l.rule(i, &rule) {
			faults = append(faults, fmt.Errorf("operator %q: a rule that counts %s is not in the linear program: expected a hard one of shifts, minutes or weekends over the horizon, or of days on end",
				r.operator.Name, rule.Count))
		}
	}
	if r.averaged() || l.problem.Team.Pauses(*r.operator) {
		faults = append(faults, fmt.Errorf("operator %q: the law's average week and its breaks are not in the linear program: expected no country", r.operator.Name))
	}
	return errors.Join(faults...)
}

// days adds a row of the days [from, to) on which the operator works.
func (l *linear) days(i int, sense byte, right int64, from, to int, factor int64) int {
	row := l.row(sense, right)
	l.count(i, row, from, to, factor)
	return row
}

func (l *linear) count(i, row, from, to int, factor int64) {
	r := l.model.rows[i]
	for o := r.days[from].first; o < r.days[to-1].last; o++ {
		l.add(row, l.choose[i][o], factor)
	}
}

// rest keeps apart what is too close: a shift and those of a later day.
func (l *linear) rest(i int) {
	r := l.model.rows[i]
	for o := range r.options {
		end := l.shifts[r.options[o].shift].end + r.limits.DailyRest.Minutes
		for d := int(r.options[o].day) + 1; d < len(r.days); d++ {
			var close []int
			for later := r.days[d].first; later < r.days[d].last; later++ {
				if l.shifts[r.options[later].shift].start < end {
					close = append(close, later)
				}
			}
			if len(close) == 0 {
				if r.days[d].last > r.days[d].first {
					break
				}
				continue
			}
			row := l.row('L', 1)
			for _, one := range append(close, o) {
				l.add(row, l.choose[i][one], 1)
			}
		}
	}
}

// weeks bounds the time of calendar weeks, and prices what is short of what the
// contract guarantees.
func (l *linear) weeks(i int) {
	r := l.model.rows[i]
	for w := range r.weeks {
		minutes := map[int]int64{}
		for o := range r.options {
			option := &r.options[o]
			switch r.days[option.day].week {
			case w:
				minutes[o] = int64(option.own)
			case w - 1:
				minutes[o] = int64(option.spill)
			}
		}
		bounds := []int{l.row('L', r.limits.MaxWeek.Minutes)}
		if least := int64(r.weeks[w].least); least > 0 {
			short := l.row('G', least)
			l.slack(short, 1, r.short/fine, math.MaxInt64)
			bounds = append(bounds, short)
		}
		for o := range r.options {
			for _, row := range bounds {
				l.add(row, l.choose[i][o], minutes[o])
			}
		}
	}
}

// weeklyRest asks for a stretch of free time in each calendar week, from its start
// or from the end of a shift on.
func (l *linear) weeklyRest(i int) {
	r := l.model.rows[i]
	length := r.limits.WeeklyRest.Minutes
	for _, w := range r.weeks {
		starts := []int64{w.start}
		var within []int
		for o := range r.options {
			if s := &l.shifts[r.options[o].shift]; s.start < w.end && s.end > w.start {
				starts, within = append(starts, s.end), append(within, o)
			}
		}
		slices.Sort(starts)
		starts = slices.Compact(starts)
		if length == 0 || len(within) == 0 {
			continue
		}
		one := l.row('G', 1)
		for _, start := range starts {
			if start+length > w.end {
				continue
			}
			l.columns = append(l.columns, column{name: fmt.Sprintf("f%d", len(l.columns)), most: 1, whole: true, terms: []term{{one, 1}},
				about: fmt.Sprintf("%s is free from %s", r.operator.Name, time.Unix(start*60, 0).UTC().Format(time.RFC3339))})
			free := len(l.columns) - 1
			for _, o := range within {
				if s := &l.shifts[r.options[o].shift]; s.start < start+length && s.end > start {
					row := l.row('L', 1)
					l.add(row, l.choose[i][o], 1)
					l.add(row, free, 1)
				}
			}
		}
	}
}

// wishes prices each day of a wish that is not as they would like it.
func (l *linear) wishes(i int) {
	r := l.model.rows[i]
	last := r.first.AddDays(len(r.days) - 1)
	for _, wish := range r.operator.Wishes {
		for _, day := range wish.Days(r.first, last) {
			var about []int
			for o := range r.options {
				if l.fulfils(r, &wish, day, &r.options[o]) {
					about = append(about, l.choose[i][o])
				}
			}
			cost := roster.Whole * wish.Weight
			if wish.Want == roster.WantOn {
				row := l.row('G', 1)
				l.slack(row, 1, cost, 1)
				for _, c := range about {
					l.add(row, c, 1)
				}
				continue
			}
			l.columns = append(l.columns, column{name: fmt.Sprintf("s%d", len(l.columns)), cost: cost, most: 1})
			broken := len(l.columns) - 1
			for _, c := range about {
				row := l.row('L', 0)
				l.add(row, c, 1)
				l.add(row, broken, -1)
			}
		}
	}
}

// fulfils says whether the option is what the wish is about on a day.
func (l *linear) fulfils(r *row, wish *roster.Wish, day calendars.Day, o *option) bool {
	s := &l.shifts[o.shift]
	d := r.first.DaysUntil(day)
	if len(wish.Templates) > 0 {
		return int(o.day) == d && l.problem.Team.Names(wish.Templates, s.template)
	}
	if wish.Want == roster.WantOn {
		return int(o.day) == d
	}
	margin := int64(wish.Margin.Minutes())
	return s.start < minuteOf(day.Next().Start(r.operator.Zone))+margin && s.end > minuteOf(day.Start(r.operator.Zone))-margin
}
