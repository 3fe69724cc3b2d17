package roster

import "slices"

// skill finds shifts of operators who can serve no queue of the demand.
func skill(p Problem, r row) (breaches []Breach) {
	serves := slices.ContainsFunc(p.Demand.Queues, func(q QueueDemand) bool { return r.operator.Has(q.Skill) })
	for _, w := range r.shifts {
		if w.own && !serves {
			breaches = append(breaches, hard(RuleSkill, r.operator, w.Shift.Minutes(),
				say(Text{"%s has no skill that a queue asks for, but works %s", "%s не владеет навыком, который нужен очередям, но работает %s", "%s няма умение, което опашките изискват, но работи %s"},
					r.operator.Name, r.at(w)), w.Shift))
		}
	}
	return breaches
}

// lawful finds shifts that are too long by law, or at night by operators who
// may not work then.
func lawful(_ Problem, r row) (breaches []Breach) {
	limit := r.limits.MaxShift
	for _, w := range r.shifts {
		if !w.own {
			continue
		}
		if over := w.Shift.Minutes() - limit.Minutes; limit.Minutes > 0 && over > 0 {
			breaches = append(breaches, hard(RuleShiftLength, r.operator, over,
				say(Text{"%s works %s at %s; %s allows %s a shift", "%s работает %s в смену %s; %s допускает %s за смену", "%s работи %s в смяната %s; %s допуска %s на смяна"},
					r.operator.Name, minutes(w.Shift.Minutes()), r.at(w), limit.Because, minutes(limit.Minutes)), w.Shift).by(limit))
		}
		if !r.operator.NoNights {
			continue
		}
		if night := r.operator.NightMinutes(w.Shift); night > 0 {
			breaches = append(breaches, hard(RuleNights, r.operator, night,
				say(Text{"%s may not work at night, but works %s of it at %s", "%s не может работать ночью, но работает ночью %s в смену %s", "%s не може да работи нощем, но работи нощем %s в смяната %s"},
					r.operator.Name, minutes(night), r.at(w)), w.Shift))
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
				say(Text{"%s is on time off, but works %s", "%s в отпуске, но работает %s", "%s е в отпуск, но работи %s"}, r.operator.Name, r.at(w)), w.Shift))
		case !r.operator.offersItself(w.Shift):
			breaches = append(breaches, hard(RuleAvailability, r.operator, w.Shift.Minutes(),
				say(Text{"%s is not available at %s", "%s: вне заявленной доступности, %s", "%s: извън заявената наличност, %s"}, r.operator.Name, r.at(w)), w.Shift))
		}
	}
	return breaches
}
