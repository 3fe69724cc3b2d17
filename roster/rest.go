package roster

import (
	"fmt"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// oneShift finds shifts that overlap: nobody works two at once. An overlap is
// counted against every earlier shift that it touches.
func oneShift(_ Problem, r row) (breaches []Breach) {
	for i, b := range r.shifts {
		for _, a := range r.shifts[:i] {
			if both := a.Shift.Overlap(b.Shift); both > 0 && (a.own || b.own) {
				breaches = append(breaches, hard(RuleOneShift, r.operator, int64(both/time.Minute),
					fmt.Sprintf("would work two shifts at once: %s and %s", told(a.Shift, r.operator.Zone), told(b.Shift, r.operator.Zone)),
					a.Shift, b.Shift))
			}
		}
	}
	return breaches
}

// dailyRest finds neighbouring shifts with too little rest between them. Rest
// is real time: the night on which clocks go forward hides an hour of it.
func dailyRest(_ Problem, r row) (breaches []Breach) {
	limit := r.operator.Limits().DailyRest
	r.pairs(func(a, b worked) {
		rest := b.Shift.Start.Sub(a.Shift.End)
		if short := time.Duration(limit.Minutes)*time.Minute - rest; rest >= 0 && short > 0 {
			breaches = append(breaches, hard(RuleDailyRest, r.operator, int64(short/time.Minute),
				fmt.Sprintf("rests %s between %s and %s; %s asks for %s", hours(int64(rest/time.Minute)),
					told(a.Shift, r.operator.Zone), told(b.Shift, r.operator.Zone), limit.Because, hours(limit.Minutes)),
				a.Shift, b.Shift).by(limit))
		}
	})
	return breaches
}

// weeklyRest finds calendar weeks whose longest unbroken free time, within the
// week, is too short.
func weeklyRest(_ Problem, r row) (breaches []Breach) {
	limit := r.operator.Limits().WeeklyRest
	for _, week := range r.weeks() {
		longest := r.longestFree(week)
		if short := time.Duration(limit.Minutes)*time.Minute - longest; short > 0 {
			breaches = append(breaches, hard(RuleWeeklyRest, r.operator, int64(short/time.Minute),
				fmt.Sprintf("has at most %s free at a stretch in the week of %s; %s asks for %s", hours(int64(longest/time.Minute)),
					calendars.DayOf(week.Start, r.operator.Zone), limit.Because, hours(limit.Minutes)),
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
