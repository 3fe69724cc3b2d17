package solve

import "github.com/smena-wfm/smena/roster"

// pay adds to options what their shifts are paid, on so many cores.
func (m *model) pay(cores int) {
	if m.problem.Team.PayWeight == 0 {
		return
	}
	payroll := roster.NewPayroll(m.problem)
	m.byLaw(cores, func(alike []*row) {
		minutes := map[int32]roster.PayMinutes{} // per shift
		for _, r := range alike {
			if r.operator.Contract.HourlyPay > 0 {
				m.payRow(r, payroll, minutes)
			}
		}
	})
}

// byLaw calls do for rows of operators whose shifts count for the same minutes of each
// kind, on so many cores.
func (m *model) byLaw(cores int, do func(alike []*row)) {
	type law struct{ zone, country, kind string }
	alike, laws := map[law][]*row{}, []law{}
	for _, r := range m.rows {
		one := law{r.operator.Zone.String(), r.operator.Country, r.operator.Contract.Kind}
		if alike[one] == nil {
			laws = append(laws, one)
		}
		alike[one] = append(alike[one], r)
	}
	share(cores, len(laws), func(_, i int) { do(alike[laws[i]]) })
}

// payRow adds what a row's shifts are paid, and notes their minutes.
func (m *model) payRow(r *row, payroll roster.Payroll, minutes map[int32]roster.PayMinutes) {
	for i := range r.options {
		o := &r.options[i]
		paid, known := minutes[o.shift]
		if !known {
			paid = payroll.Minutes(r.operator, m.usual(r, int32(i)))
			minutes[o.shift] = paid
		}
		cost := fine * m.problem.Team.PayCost(r.operator.PayOf(paid).Total)
		if o.pinned {
			r.wished += cost
		} else {
			o.wish += cost
		}
	}
}
