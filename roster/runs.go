package roster

// consecutiveDays finds runs of days, on the operator's clock, on each of
// which a shift starts, that are longer than the contract allows.
func consecutiveDays(r *row) (breaches []finding) {
	limit := r.operator.Contract.MaxConsecutiveDays
	for first := 0; first < len(r.shifts); {
		last, own := first, false
		for ; last < len(r.shifts) && (last == first || r.shifts[last].day <= r.shifts[last-1].day+1); last++ {
			own = own || r.shifts[last].own
		}
		a, b := r.shifts[first], r.shifts[last-1]
		length := b.day - a.day + 1
		if length > limit && own {
			breaches = append(breaches, r.amiss(RuleRun, int64(length-limit), "days", func() Text {
				return say(Text{"%s works %d days in a row from %s; %s allows %d", "%s работает дней подряд: %d, первый – %s; %s допускает %d", "%s работи %d дни подред от %s; %s допуска %d"},
					r.operator.Name, length, r.clock.date(a.day), contractSays, limit)
			}, a.span, b.span))
		}
		first = last
	}
	return breaches
}
