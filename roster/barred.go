package roster

// Bar is what keeps an operator from working in an interval.
type Bar struct {
	Why string // one of the Why constants
	// By how many counted minutes the hours of a week, and those of a month, would at
	// least be exceeded, if it is either of them.
	Week, Month int64
}

// Barred returns for each operator of the team, in its order, what keeps them
// from working in interval t of the demand's grid. Skills are not looked at.
func Barred(p Problem, assignments []Assignment, t int) []Bar {
	uncovered := make([]bool, p.Demand.Grid.N)
	uncovered[t] = true
	rows := NewJudging(p, assignments).rows
	barred := make([]Bar, len(rows))
	for i := range rows {
		r := &rows[i]
		barred[i].Why = whys[r.reasons(p, uncovered)[t]]
		if why := barred[i].Why; why == WhyHours || why == WhyMonth {
			barred[i].Week, barred[i].Month = r.over(p, t, why)
		}
	}
	return barred
}

// over is by how much the hours of a week and of a month are exceeded by that shift which
// they bar from interval t and which exceeds them by the least.
func (r *row) over(p Problem, t int, why string) (week, month int64) {
	for _, a := range p.Team.Occurrences(*r.operator, p.Demand.Grid.Span()) {
		if !a.Shift.Overlaps(p.Demand.Grid.Interval(t)) || r.bar(a) != why {
			continue
		}
		instead := r.instead(a)
		with := instead.with(a)
		if w, m := most(hoursPerWeek(&with)), most(hoursPerMonth(&with)); week+month == 0 || w+m < week+month {
			week, month = w, m
		}
	}
	return week, month
}

// most is the greatest amount of some findings.
func most(all []finding) (amount int64) {
	for i := range all {
		amount = max(amount, all[i].Amount)
	}
	return amount
}
