package roster

import "slices"

// notice finds changes to published shifts that come too late: added, moved or
// taken away sooner before the start than the contract asks for. It is judged
// where the problem says what has been published and what time it is, for shifts
// that start in the time for which it was. A shift given up for time off is no
// change: whoever is off knows that.
func notice(r *row) (breaches []finding) {
	ahead := minutesPer(r.operator.Contract.Notice)
	if ahead == 0 || r.problem.Now.IsZero() {
		return nil
	}
	now := minuteOf(r.problem.Now)
	late := func(start int64) bool { return r.published.has(start) && start >= now && start < now+ahead }
	add := func(a Assignment, what Text) {
		s := spanOf(a.Shift)
		breaches = append(breaches, r.amiss(RuleNotice, 1, "changes", func() Text {
			return say(Text{"%s: %s at %s, %s ahead; %s asks for %s of notice", "%s: %s %s, за %s; %s требует предупредить за %s", "%s: %s %s, %s по-рано; %s изисква предизвестие от %s"},
				r.operator.Name, what, clocked{a.Shift, r.operator.Zone}, minutes(s.from-now), contractSays, minutes(ahead))
		}, s))
	}
	for i := range r.shifts {
		if w := &r.shifts[i]; w.own && late(w.from) && !slices.ContainsFunc(r.told, w.sameShift) {
			add(w.Assignment, Text{"a new shift", "новая смена", "нова смяна"})
		}
	}
	for _, told := range r.stands {
		gone := !slices.ContainsFunc(r.shifts, func(w worked) bool { return w.sameShift(told.Assignment) })
		if gone && late(told.from) {
			add(told.Assignment, Text{"a shift taken away", "смена снята", "отпаднала смяна"})
		}
	}
	return breaches
}

// tooLate says whether a shift that starts then can no longer be given: it has begun, or
// begins within the notice.
func (r *row) tooLate(start int64) bool {
	now := r.problem.Now
	return !now.IsZero() && r.published.has(start) && start < minuteOf(now)+minutesPer(r.operator.Contract.Notice)
}

func (a Assignment) sameShift(o Assignment) bool { return a.Shift.Equal(o.Shift) }
