package roster

import (
	"fmt"
	"slices"
)

// skill finds shifts of operators who can serve no queue of the demand.
func skill(p Problem, r row) (breaches []Breach) {
	serves := slices.ContainsFunc(p.Demand.Queues, func(q QueueDemand) bool { return r.operator.Has(q.Skill) })
	for _, w := range r.shifts {
		if w.own && !serves {
			breaches = append(breaches, hard(RuleSkill, r.operator, w.Shift.Minutes(),
				"has no skill that a queue asks for, but works "+told(w.Shift, r.operator.Zone), w.Shift))
		}
	}
	return breaches
}

// lawful finds shifts that are too long by law, or at night by operators who
// may not work then.
func lawful(_ Problem, r row) (breaches []Breach) {
	limit := r.operator.Limits().MaxShift
	for _, w := range r.shifts {
		if !w.own {
			continue
		}
		if over := w.Shift.Minutes() - limit.Minutes; limit.Minutes > 0 && over > 0 {
			breaches = append(breaches, hard(RuleShiftLength, r.operator, over,
				fmt.Sprintf("works %s at %s; %s allows %s a shift", hours(w.Shift.Minutes()), told(w.Shift, r.operator.Zone), limit.Because, hours(limit.Minutes)), w.Shift).by(limit))
		}
		if night := r.operator.NightMinutes(w.Shift); r.operator.NoNights && night > 0 {
			breaches = append(breaches, hard(RuleNights, r.operator, night,
				fmt.Sprintf("may not work at night, but works %s of it at %s", hours(night), told(w.Shift, r.operator.Zone)), w.Shift))
		}
	}
	return breaches
}

// availability finds shifts in time off or outside the weekly availability.
func availability(_ Problem, r row) (breaches []Breach) {
	for _, w := range r.shifts {
		switch {
		case !w.own:
		case r.operator.onTimeOff(w.Shift):
			breaches = append(breaches, hard(RuleTimeOff, r.operator, w.Shift.Minutes(),
				"is on time off at "+told(w.Shift, r.operator.Zone), w.Shift))
		case !r.operator.offersItself(w.Shift):
			breaches = append(breaches, hard(RuleAvailability, r.operator, w.Shift.Minutes(),
				"is not available at "+told(w.Shift, r.operator.Zone), w.Shift))
		}
	}
	return breaches
}
