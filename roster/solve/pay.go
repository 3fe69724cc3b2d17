package solve

import "github.com/smena-wfm/smena/roster"

// payer is whose shifts are paid for the same minutes.
type payer struct{ zone, country, kind string }

// pay adds to options what their shifts are paid, on so many cores.
func (m *model) pay(cores int) {
	if m.problem.Team.PayWeight == 0 {
		return
	}
	payroll := roster.NewPayroll(m.problem)
	alike, payers := map[payer][]*row{}, []payer{}
	for _, r := range m.rows {
		if r.operator.Contract.HourlyPay == 0 {
			continue
		}
		one := payer{r.operator.Zone.String(), r.operator.Country, r.operator.Contract.Kind}
		if alike[one] == nil {
			payers = append(payers, one)
		}
		alike[one] = append(alike[one], r)
	}
	share(cores, len(payers), func(_, i int) {
		minutes := map[int32]roster.PayMinutes{} // per shift
		for _, r := range alike[payers[i]] {
			m.payRow(r, payroll, minutes)
		}
	})
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
