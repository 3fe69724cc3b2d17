package roster

import (
	"github.com/smena-wfm/smena/calendars"
)

// hoursPerWeek finds calendar weeks with more counted time than contract and law
// allow. A shift over the end of a week counts in both, each its part.
func hoursPerWeek(_ Problem, r row) (breaches []Breach) {
	limit := r.limits.MaxWeek
	for _, week := range r.weeks {
		if worked := r.minutesIn(week); worked > limit.Minutes {
			breaches = append(breaches, hard(RuleHours, r.operator, worked-limit.Minutes,
				say(Text{"%s works %s in the week of %s; %s allows %s", "%s работает %s в неделе с %s; %s допускает %s", "%s работи %s в седмицата от %s; %s допуска %s"},
					r.operator.Name, minutes(worked), calendars.DayOf(week.Start, r.operator.Zone), limit.Because, minutes(limit.Minutes)),
				week).by(limit))
		}
	}
	return breaches
}

// averageWeek finds weeks up to which the weeks of the law's averaging period,
// earlier rosters' included, hold more counted time than it allows on average.
// Weeks of which nothing is known count as free.
func averageWeek(_ Problem, r row) (breaches []Breach) {
	limit := r.limits.Average
	if limit.Minutes == 0 {
		return nil
	}
	for _, week := range r.weeks {
		monday := calendars.DayOf(week.Start, r.operator.Zone)
		period := calendars.Interval{Start: monday.AddDays(-7 * (limit.Weeks - 1)).Start(r.operator.Zone), End: week.End}
		worked, most := r.minutesIn(period), limit.Minutes*int64(limit.Weeks)
		if worked <= most {
			continue
		}
		weeks := int64(limit.Weeks)
		breaches = append(breaches, hard(RuleAverage, r.operator, worked-most,
			say(Text{
				"%s works %s a week on average over %d weeks up to that of %s; %s allows %s",
				"%s работает в среднем %s в неделю за %d недель по неделю с %s; %s допускает %s",
				"%s работи средно %s седмично за %d седмици до тази от %s; %s допуска %s",
			}, r.operator.Name, minutes((worked+weeks-1)/weeks), limit.Weeks, monday, limit.Because, minutes(limit.Minutes)),
			period).by(limit))
	}
	return breaches
}

// hoursShort finds calendar weeks with less time than the contract guarantees.
// It is soft: pay, not law.
func hoursShort(p Problem, r row) (breaches []Breach) {
	least := int64(r.operator.Contract.MinWeek.Minutes())
	horizon := p.Demand.Grid.Span()
	last := calendars.DayOf(horizon.End, r.operator.Zone)
	for monday := calendars.DayOf(horizon.Start, r.operator.Zone).Monday(); !last.Before(monday); monday = monday.AddDays(7) {
		week := weekOf(monday, r.operator.Zone)
		if !Guaranteed(r.operator, week, horizon) {
			continue
		}
		if worked := r.minutesIn(week); worked < least {
			breaches = append(breaches, Breach{
				Rule: RuleShort, Operator: r.operator.ID, Shifts: []calendars.Interval{week}, Amount: least - worked, Unit: "minutes",
				Cost: Whole * HoursShortWeight * (least - worked),
				Sentence: say(Text{"%s works %s in the week of %s; %s guarantees %s", "%s работает %s в неделе с %s; %s гарантирует %s", "%s работи %s в седмицата от %s; %s гарантира %s"},
					r.operator.Name, minutes(worked), monday, contractSays, minutes(least)),
			})
		}
	}
	return breaches
}

// Guaranteed says whether the contract's guaranteed time is asked for in the
// calendar week: at least six sevenths of it lie in the horizon, and none of
// the operator's time off touches it.
func Guaranteed(o Operator, week, horizon calendars.Interval) bool {
	return 7*week.Overlap(horizon) >= 6*week.Duration() && !o.onTimeOff(week)
}
