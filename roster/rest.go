package roster

import (
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// oneShift finds shifts that overlap: nobody works two at once. An overlap is
// counted against every earlier shift that it touches.
func oneShift(_ Problem, r row) (breaches []Breach) {
	for i, a := range r.shifts {
		for _, b := range r.shifts[i+1:] {
			if !b.Shift.Start.Before(a.Shift.End) {
				break
			}
			if both := a.Shift.Overlap(b.Shift); both > 0 && (a.own || b.own) {
				breaches = append(breaches, hard(RuleOneShift, r.operator, int64(both/time.Minute),
					say(Text{"%s would work two shifts at once: %s and %s", "%s: две смены одновременно, %s и %s", "%s има две смени едновременно: %s и %s"},
						r.operator.Name, r.at(a), r.at(b)),
					a.Shift, b.Shift))
			}
		}
	}
	return breaches
}

// dailyRest finds neighbouring shifts with too little rest between them. Rest
// is real time: the night on which clocks go forward hides an hour of it.
func dailyRest(_ Problem, r row) (breaches []Breach) {
	limit := r.limits.DailyRest
	r.pairs(func(a, b worked) {
		rest := b.Shift.Start.Sub(a.Shift.End)
		if short := time.Duration(limit.Minutes)*time.Minute - rest; rest >= 0 && short > 0 {
			breaches = append(breaches, hard(RuleDailyRest, r.operator, int64(short/time.Minute),
				say(Text{"%s rests %s between %s and %s; %s asks for %s", "%s отдыхает %s между %s и %s; %s требует %s", "%s почива %s между %s и %s; %s изисква %s"},
					r.operator.Name, minutes(rest/time.Minute), r.at(a), r.at(b), limit.Because, minutes(limit.Minutes)),
				a.Shift, b.Shift).by(limit))
		}
	})
	return breaches
}

// weeklyRest finds calendar weeks whose longest unbroken free time, within the
// week, is too short.
func weeklyRest(_ Problem, r row) (breaches []Breach) {
	limit := r.limits.WeeklyRest
	for _, week := range r.weeks {
		longest := r.longestFree(week)
		if short := time.Duration(limit.Minutes)*time.Minute - longest; short > 0 {
			breaches = append(breaches, hard(RuleWeeklyRest, r.operator, int64(short/time.Minute),
				say(Text{
					"%s has at most %s free at a stretch in the week of %s; %s asks for %s",
					"%s имеет не больше %s непрерывного отдыха в неделе с %s; %s требует %s",
					"%s има най-много %s непрекъсната почивка в седмицата от %s; %s изисква %s",
				}, r.operator.Name, minutes(longest/time.Minute), calendars.DayOf(week.Start, r.operator.Zone), limit.Because, minutes(limit.Minutes)),
				week).by(limit))
		}
	}
	return breaches
}

// longestFree is the longest unbroken time of the interval without a shift.
func (r row) longestFree(i calendars.Interval) (longest time.Duration) {
	free := i.Start
	for _, w := range r.shifts {
		if !w.Shift.Start.Before(i.End) {
			break
		}
		longest = max(longest, w.Shift.Start.Sub(free))
		if w.Shift.End.After(free) {
			free = w.Shift.End
		}
	}
	return max(longest, i.End.Sub(free))
}
