package roster

import (
	"github.com/smena-wfm/smena/calendars"
)

// consecutiveDays finds runs of days, on the operator's clock, on each of
// which a shift starts, that are longer than the contract allows.
func consecutiveDays(_ Problem, r row) (breaches []Breach) {
	limit := r.operator.Contract.MaxConsecutiveDays
	var run []worked
	length := 0
	flush := func() {
		if over := int64(length - limit); over > 0 && ownsOne(run) {
			breaches = append(breaches, Breach{
				Rule: RuleRun, Hard: true, Operator: r.operator.ID, Shifts: []calendars.Interval{run[0].Shift, run[len(run)-1].Shift},
				Amount: over, Unit: "days", Cost: over * minutesPerDay,
				Sentence: say(Text{"%s works %d days in a row from %s; %s allows %d", "%s работает дней подряд: %d, с %s; %s допускает %d", "%s работи %d дни подред от %s; %s допуска %d"},
					r.operator.Name, length, calendars.DayOf(run[0].Shift.Start, r.operator.Zone), contractSays, limit),
			})
		}
		run, length = nil, 0
	}
	var before calendars.Day
	for _, w := range r.shifts {
		today := calendars.DayOf(w.Shift.Start, r.operator.Zone)
		switch {
		case length > 0 && today == before: // a second start on the same day
		case length > 0 && today == before.Next():
			length++
		default:
			flush()
			length = 1
		}
		run, before = append(run, w), today
	}
	flush()
	return breaches
}

func ownsOne(run []worked) bool {
	for _, w := range run {
		if w.own {
			return true
		}
	}
	return false
}
