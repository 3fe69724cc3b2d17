package roster

import "slices"

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
