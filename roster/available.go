package roster

// skill finds shifts of operators who can serve no queue of the demand.
func skill(r *row) []finding {
	if r.serves {
		return nil
	}
	return r.each(func(*worked) bool { return true }, func(w worked) finding {
		return r.broken(RuleSkill, w.to-w.from, func() Text {
			return say(Text{"%s has no skill that a queue asks for, but works %s", "%s не владеет навыком, который нужен очередям, но работает %s", "%s няма умение, което опашките изискват, но работи %s"},
				r.operator.Name, r.when(w.span))
		}, w.span)
	})
}

// lawful finds shifts that are too long by law, or at night by operators who
// may not work then.
func lawful(r *row) []finding {
	limit := r.limits.MaxShift
	tooLong := func(w *worked) bool { return limit.Minutes > 0 && w.to-w.from > limit.Minutes }
	byNight := func(w *worked) bool { return r.operator.NoNights && w.night > 0 }
	return append(r.each(tooLong, func(w worked) finding {
		return r.broken(RuleShiftLength, w.to-w.from-limit.Minutes, func() Text {
			return say(Text{"%s works %s at %s; %s allows %s a shift", "%s работает %s в смену %s; %s допускает %s за смену", "%s работи %s в смяната %s; %s допуска %s на смяна"},
				r.operator.Name, minutes(w.to-w.from), r.when(w.span), limit.Because, minutes(limit.Minutes))
		}, w.span).by(limit)
	}), r.each(byNight, func(w worked) finding {
		return r.broken(RuleNights, w.night, func() Text {
			return say(Text{"%s may not work at night, but works %s of it at %s", "%s не может работать ночью, но работает ночью %s в смену %s", "%s не може да работи нощем, но работи нощем %s в смяната %s"},
				r.operator.Name, minutes(w.night), r.when(w.span))
		}, w.span)
	})...)
}

// availability finds shifts in time off or outside the weekly availability.
func availability(r *row) []finding {
	return r.each(func(w *worked) bool { return w.off || !w.offered }, func(w worked) finding {
		if w.off {
			return r.broken(RuleTimeOff, w.to-w.from, func() Text {
				return say(Text{"%s is on time off, but works %s", "%s в отпуске, но работает %s", "%s е в отпуск, но работи %s"}, r.operator.Name, r.when(w.span))
			}, w.span)
		}
		return r.broken(RuleAvailability, w.to-w.from, func() Text {
			return say(Text{"%s is not available at %s", "%s: вне заявленной доступности, %s", "%s: извън заявената наличност, %s"}, r.operator.Name, r.when(w.span))
		}, w.span)
	})
}

// each finds what is wrong with single shifts of this roster.
func (r *row) each(wrong func(*worked) bool, find func(worked) finding) (breaches []finding) {
	for i := range r.shifts {
		if w := &r.shifts[i]; w.own && wrong(w) {
			breaches = append(breaches, find(*w))
		}
	}
	return breaches
}
