package solve

import "slices"

// Plans of a row over a long horizon may have many sums of hours and numbers of
// weekends on the way. Where it is known about how they go, they are kept near to that:
// what is worked more or less of it is made up for soon enough. This is faster by
// how much less there is to keep, and what was known remains possible.

// mark is how far a plan may have come before a day.
type mark struct{ units, weekends span }

// span is from least to most.
type span struct{ least, most int }

// within is the part of the span between two bounds.
func (s span) within(least, most int) (int, int) { return max(least, s.least), min(most, s.most) }

// around is the span of what is no further than that from a number.
func around(n, aside int) span { return span{n - aside, n + aside} }

// Plans go so many of the longest shifts and so many weekends aside at most.
const shiftsAside, weekendsAside = 3, 2

// near is the room with marks around a plan of it: so many times as far from it, and
// further by what the plan misses of what the room asks for.
func (s *shape) near(r *row, w room, plan []int32, times int) room {
	units, weekends := s.course(r, w.from, plan)
	end := len(plan)
	aside := times*shiftsAside*(s.shorter+s.spread) + max(0, w.least-units[end], units[end]-w.most)
	asideWeekends := times*weekendsAside + max(0, weekends[end]-w.weekends)
	w.near = make([]mark, end+1)
	for d := range w.near {
		w.near[d] = mark{around(units[d], aside), around(weekends[d], asideWeekends)}
	}
	return w
}

// course is the units and weekends that a plan, of days after a day off, has come to
// before each of them, and at the end.
func (s *shape) course(r *row, from int, plan []int32) (units, weekends []int) {
	units, weekends = make([]int, len(plan)+1), make([]int, len(plan)+1)
	for d, o := range plan {
		units[d+1], weekends[d+1] = units[d], weekends[d]
		if o < 0 {
			continue
		}
		units[d+1] += s.length[r.options[o].class]
		if weekday := (s.first + from + d) % 7; weekday == 5 || weekday == 6 && (d == 0 || plan[d-1] < 0) {
			weekends[d+1]++
		}
	}
	return units, weekends
}

// paceFirst fills an empty slow row near to what its hours, weekends and caps, priced
// instead of counted, lead to: a first row sooner than any that is the best.
func (l *lane) paceFirst(i int, w room, left []int) ([]int32, bool) {
	const tries, raises = 6, 8
	r := l.rows[i]
	if !r.slow() {
		return nil, false
	}
	l.appraise(r, w, guess{})
	l.weighFairly(i, w)
	p, plan := l.newPace(r), make([]int32, len(r.days))
	for n := range raises {
		if _, ok := l.paced.best(r, l.costs, &p, tries, plan); !ok {
			return nil, false
		}
		over := r.shape.over(plan, left)
		if len(over) == 0 {
			break
		}
		l.raise(r, over, int32(l.worth/20)>>l.coarse<<(n/2))
	}
	for _, times := range []int{1, 4} {
		if choice, ok := l.chosenFrom(i, r.shape.near(r, w, plan, times), left); ok {
			return choice, true
		}
	}
	return nil, false
}

// raise adds to the costs of all options that some caps count, while no sum of them is
// mistaken for none.
func (l *lane) raise(r *row, caps []int, by int32) {
	dearest := none / 2 / int32(1+len(r.days))
	for o, counted := range r.shape.counted {
		for _, c := range counted {
			if cost := l.costs[o] + by; slices.Contains(caps, c) && cost < dearest {
				l.costs[o] = cost
			}
		}
	}
}
