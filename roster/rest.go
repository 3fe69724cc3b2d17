package roster

// oneShift finds shifts that overlap: nobody works two at once. An overlap is
// counted against every earlier shift that it touches.
func oneShift(r *row) (breaches []finding) {
	for i := range r.shifts {
		for k := i + 1; k < len(r.shifts) && r.shifts[k].from < r.shifts[i].to; k++ {
			a, b := r.shifts[i].span, r.shifts[k].span
			if both := a.overlap(b); both > 0 && (r.shifts[i].own || r.shifts[k].own) {
				breaches = append(breaches, r.broken(RuleOneShift, both, func() Text {
					return say(Text{"%s would work two shifts at once for %s: %s and %s", "%s: две смены одновременно, %s: %s и %s", "%s има две смени едновременно за %s: %s и %s"},
						r.operator.Name, minutes(both), r.when(a), r.when(b))
				}, a, b))
			}
		}
	}
	return breaches
}

// dailyRest finds shifts with too little rest after all that came before. Rest
// is real time: the night on which clocks go forward hides an hour of it.
// Parts of a split shift, on one day of a contract that allows them, need none.
func dailyRest(r *row) (breaches []finding) {
	limit := r.limits.DailyRest
	r.pairs(func(_, _ int, x, y *worked) {
		a, b := x.span, y.span
		rest := b.from - a.to
		if rest < 0 || rest >= limit.Minutes || r.operator.Contract.SplitShifts && x.day == y.day {
			return
		}
		breaches = append(breaches, r.broken(RuleDailyRest, limit.Minutes-rest, func() Text {
			return say(Text{"%s rests %s between %s and %s; %s asks for %s", "%s отдыхает %s между %s и %s; %s требует %s", "%s почива %s между %s и %s; %s изисква %s"},
				r.operator.Name, minutes(rest), r.when(a), r.when(b), limit.Because, minutes(limit.Minutes))
		}, a, b).by(limit))
	})
	return breaches
}

// weeklyRest finds calendar weeks whose longest unbroken free time, within the
// week, is too short.
func weeklyRest(r *row) (breaches []finding) {
	limit := r.limits.WeeklyRest
	for _, monday := range r.weeks {
		longest := r.longestFree(r.weekOf(monday))
		if longest >= limit.Minutes {
			continue
		}
		breaches = append(breaches, r.broken(RuleWeeklyRest, limit.Minutes-longest, func() Text {
			return say(Text{
				"%s has at most %s free at a stretch in the week of %s; %s asks for %s",
				"%s имеет не больше %s непрерывного отдыха в неделе с %s; %s требует %s",
				"%s има най-много %s непрекъсната почивка в седмицата от %s; %s изисква %s",
			}, r.operator.Name, minutes(longest), r.clock.date(monday), limit.Because, minutes(limit.Minutes))
		}, r.weekOf(monday)).by(limit))
	}
	return breaches
}

// longestFree is the longest unbroken time of the span without a shift, in minutes.
func (r *row) longestFree(s span) (longest int64) {
	free := s.from
	for i := range r.shifts {
		w := &r.shifts[i]
		if w.from >= s.to {
			break
		}
		longest = max(longest, w.from-free)
		free = max(free, w.to)
	}
	return max(longest, s.to-free)
}
