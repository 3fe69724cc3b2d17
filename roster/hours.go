package roster

import (
	"math"
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// hoursPerWeek finds calendar weeks with more counted time than contract and law
// allow. A shift over the end of a week counts in both, each its part.
func hoursPerWeek(r *row) (breaches []finding) {
	limit := r.limits.MaxWeek
	for _, monday := range r.weeks {
		worked := r.minutesIn(r.weekOf(monday))
		if worked <= limit.Minutes {
			continue
		}
		breaches = append(breaches, r.broken(RuleHours, worked-limit.Minutes, func() Text {
			return say(Text{"%s works %s in the week of %s; %s allows %s", "%s работает %s в неделе с %s; %s допускает %s", "%s работи %s в седмицата от %s; %s допуска %s"},
				r.operator.Name, minutes(worked), r.clock.date(monday), limit.Because, minutes(limit.Minutes))
		}, r.weekOf(monday)).by(limit))
	}
	return breaches
}

// averageWeek finds weeks up to which the weeks of the law's averaging period,
// other rosters' included, hold more counted time than it allows on average.
// Weeks of which nothing is known count as free.
func averageWeek(r *row) (breaches []finding) {
	limit := r.limits.Average
	if limit.Minutes == 0 {
		return nil
	}
	weeks := int64(limit.Weeks)
	for _, monday := range r.averaged(limit.Weeks) {
		period := r.clock.days(monday-week*(limit.Weeks-1), monday+week)
		worked, most := r.minutesIn(period), limit.Minutes*weeks
		if worked <= most {
			continue
		}
		breaches = append(breaches, r.broken(RuleAverage, worked-most, func() Text {
			return say(Text{
				"%s works %s a week on average over %d weeks up to that of %s; %s allows %s",
				"%s работает в среднем %s в неделю за %d недель по неделю с %s; %s допускает %s",
				"%s работи средно %s седмично за %d седмици до тази от %s; %s допуска %s",
			}, r.operator.Name, minutes((worked+weeks-1)/weeks), limit.Weeks, r.clock.date(monday), limit.Because, minutes(limit.Minutes))
		}, period).by(limit))
	}
	return breaches
}

// averaged are the Mondays of the weeks up to which periods of so many weeks are
// judged: those in which own shifts have time, and those after the horizon in
// which carried ones have, if a week of the former is in the period.
func (r *row) averaged(weeks int) []int {
	all := slices.Clip(r.weeks)
	for i := r.at(r.clock.day(r.horizon.to)); i < len(r.shifts) && len(all) > 0; i++ {
		w := &r.shifts[i]
		for _, m := range []int{monday(w.day), monday(r.clock.day(w.to - 1))} {
			if w.from >= r.horizon.to && m > all[len(all)-1] && m < r.weeks[len(r.weeks)-1]+week*weeks {
				all = append(all, m)
			}
		}
	}
	return all
}

// hoursShort finds calendar weeks with less time than the contract guarantees.
// It is soft: pay, not law. What they are paid all the same is in its cost.
func hoursShort(r *row) (breaches []finding) {
	least := minutesPer(r.operator.Contract.MinWeek)
	for _, monday := range r.guaranteed {
		worked := r.minutesIn(r.weekOf(monday))
		if worked >= least {
			continue
		}
		short := r.missed(RuleShort, least-worked, "minutes", HoursShortWeight, func() Text {
			return say(Text{"%s works %s in the week of %s; %s guarantees %s", "%s работает %s в неделе с %s; %s гарантирует %s", "%s работи %s в седмицата от %s; %s гарантира %s"},
				r.operator.Name, minutes(worked), r.clock.date(monday), contractSays, minutes(least))
		}, r.weekOf(monday))
		short.Cost = (least - worked) * r.problem.Team.ShortCost(r.operator)
		breaches = append(breaches, short)
	}
	return breaches
}

// ShortCost is what each guaranteed minute costs that is not given, in hundredths
// of a weighted minute: it is paid all the same.
func (t Team) ShortCost(o *Operator) int64 {
	const perHour = 60
	return Whole*HoursShortWeight + int64(math.Round(Whole*t.PayWeight*o.Contract.HourlyPay/perHour))
}

// Guaranteed says whether the contract's guaranteed time is asked for in the
// calendar week: at least six sevenths of it lie in the horizon, and none of
// the operator's time off touches it.
func Guaranteed(o Operator, week, horizon calendars.Interval) bool {
	return 7*week.Overlap(horizon) >= 6*week.Duration() && !o.onTimeOff(week)
}
