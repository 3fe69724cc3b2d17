package roster

import "slices"

// counts holds the row against its rules.
func counts(r *row) (breaches []finding) {
	for i := range r.rules {
		b := &r.rules[i]
		switch {
		case b.Count == CountGap:
			breaches = append(breaches, r.gaps(b)...)
		case b.Count == CountSuccession:
			breaches = append(breaches, r.successions(b)...)
		case b.Count == CountSequence && b.Per == "":
			breaches = append(breaches, r.sequences(b)...)
		case b.Per == PerRun:
			breaches = append(breaches, r.runs(b)...)
		default:
			r.windows(b, func(from, to int) {
				breaches = append(breaches, r.window(b, from, to)...)
			})
		}
	}
	return breaches
}

// window holds days [from, to) against a rule.
func (r *row) window(b *bounded, from, to int) []finding {
	if b.FromNights > 0 && !r.nightWork(b, from, to) {
		return nil
	}
	n, own := r.measure(b, from, to)
	in, whole := r.clock.days(from, to), r.wholeFrom() <= from && to <= r.wholeTo()
	if b.Most != nil && n > *b.Most && (own || b.off() && whole) {
		return []finding{r.bound(b, n, *b.Most, in)}
	}
	if b.Least != nil && n < *b.Least && (whole || !b.windowed()) && !r.excused(b, in) {
		return []finding{r.bound(b, n, *b.Least, in)}
	}
	return nil
}

// windowed says whether the rule looks at more than this roster's own horizon.
func (b *bounded) windowed() bool { return b.Per != PerHorizon && b.Per != "" }

// off says whether the rule counts what is free.
func (b *bounded) off() bool {
	return b.Count == CountDaysOff || b.Count == CountMinutesOff || b.Count == CountFreeEnds
}

// ends says whether the rule counts weekends.
func (b *bounded) ends() bool { return b.Count == CountWeekends || b.Count == CountFreeEnds }

// excused says whether time off lets nobody ask for a least: in any window but
// the horizon, and never for rest.
func (r *row) excused(b *bounded, window span) bool {
	return b.windowed() && !b.off() && r.operator.onTimeOff(window.interval())
}

// measure counts in days [from, to), and says whether one of this roster's own
// shifts is among what it counts.
func (r *row) measure(b *bounded, from, to int) (n int64, own bool) {
	switch {
	case b.Stretch:
		return r.longest(b, from, to)
	case b.Count == CountMinutesOff:
		return r.longestFree(r.clock.days(from, to)), true
	case b.Count == CountSequence:
		return r.occurrences(b, from, to), true
	case b.Count == CountMinutes:
		return r.minutesCounted(b, from, to)
	case b.Count == CountSpread:
		return r.spread(b, from, to)
	}
	return r.tally(b, from, to)
}

// among calls f for the shifts that the rule counts and that start on days
// [from, to), and says whether one of them is this roster's own. Over the
// horizon only own ones count.
func (r *row) among(b *bounded, from, to int, f func(w *worked)) (own bool) {
	for i := r.at(from); i < len(r.shifts) && r.shifts[i].day < to; i++ {
		w := &r.shifts[i]
		if !w.own && !b.windowed() || b.ends() && w.day%week < 5 || !r.matches(b, w) {
			continue
		}
		own = own || w.own
		f(w)
	}
	return own
}

// tally counts shifts, days, weekends or templates, each once.
func (r *row) tally(b *bounded, from, to int) (n int64, own bool) {
	last, seen := -1, []string(nil)
	own = r.among(b, from, to, func(w *worked) {
		unit := w.day
		switch b.Count {
		case CountShifts:
			unit = -1
		case CountWeekends, CountFreeEnds:
			unit = monday(w.day)
		case CountActive:
			unit = 0
		case CountTemplates:
			if slices.Contains(seen, w.Template) {
				return
			}
			seen, unit = append(seen, w.Template), -1
		}
		if unit < 0 || unit != last {
			n++
		}
		last = unit
	})
	switch b.Count {
	case CountDaysOff:
		n = int64(to-from) - n
	case CountFreeEnds:
		n = int64((to+1)/week-(from+1)/week) - n // weekends with a Saturday in [from, to)
	}
	return n, own
}

// minutesCounted is the time in days [from, to); over the horizon, all of the
// shifts that start in it.
func (r *row) minutesCounted(b *bounded, from, to int) (n int64, own bool) {
	in := r.clock.days(from, to)
	if !b.windowed() {
		in.to = r.clock.starts[len(r.clock.starts)-1]
	}
	for i := range r.shifts {
		w := &r.shifts[i]
		if w.overlap(in) > 0 && (w.own || b.windowed()) && r.matches(b, w) {
			n += r.minutesOf(b, w, in)
			own = own || w.own
		}
	}
	return n, own
}

// spread is how far apart by the clock the earliest and the latest start are.
func (r *row) spread(b *bounded, from, to int) (n int64, own bool) {
	var earliest, latest int64
	first := true
	own = r.among(b, from, to, func(w *worked) {
		wall := r.wall(w)
		if first {
			earliest, latest, first = wall, wall, false
		}
		earliest, latest = min(earliest, wall), max(latest, wall)
	})
	return latest - earliest, own
}

// occurrences is how often the days from [from, to) on look like the sequence.
func (r *row) occurrences(b *bounded, from, to int) (n int64) {
	for d, at := from, r.at(from); d < to; d++ {
		at = r.next(at, d)
		if r.looksLike(b, d, at) {
			n++
		}
	}
	return n
}

// wall is when the shift starts by the clock, in minutes after midnight.
func (r *row) wall(w *worked) int64 {
	t := w.Shift.Start.In(r.operator.Zone.Location())
	return int64(t.Hour()*60 + t.Minute())
}
