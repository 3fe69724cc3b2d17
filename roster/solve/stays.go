package solve

import "github.com/smena-wfm/smena/roster"

// turn is a shift of an operator.
type turn struct {
	operator roster.ID
	givenKey
}

func turnOf(a roster.Assignment) turn { return turn{a.Operator, keyOf(a)} }

// stays compiles the problem for the repair of what was there before, and returns that
// without pins in time off, and what is held: pinned for the search, as it may no longer
// change, or as the search would not know it for what can be worked. Who has left the team
// works nothing.
func stays(p roster.Problem, before []roster.Assignment, cores int) (m *model, was, held []roster.Assignment, err error) {
	var start, begun []roster.Assignment
	published := p.Published()
	for _, a := range before {
		o, known := p.Team.Operator(a.Operator)
		if !known || a.Pinned && !a.Shift.Start.Before(p.Now) && len(o.Standing([]roster.Assignment{a}, a.Shift)) == 0 {
			a.Pinned = false
		}
		was = append(was, a)
		if known && !a.Pinned && a.Shift.Start.Before(p.Now) && published.Contains(a.Shift.Start) { // in time off, too
			a.Pinned = true
			begun = append(begun, a)
		}
		if known {
			start = append(start, a)
		}
	}
	if len(start) > 0 { // none would be taken for what was published
		start, held = startOf(p, start)
	}
	held = append(held, begun...)
	if m, err = compile(p, start, cores); err != nil {
		return nil, nil, nil, err
	}
	odd := m.unlisted(start)
	if len(odd) == 0 {
		return m, was, held, nil
	}
	for i := range start {
		if odd[turnOf(start[i])] {
			start[i].Pinned = true
			held = append(held, start[i])
		}
	}
	m, err = compile(p, start, cores)
	return m, was, held, err
}

// unlisted are the shifts of the start that can be worked and yet are not what the search
// begins with: of hours that no template has, and several of one day.
func (m *model) unlisted(start []roster.Assignment) map[turn]bool {
	all, mine := map[turn]bool{}, byOperator(start)
	for _, r := range m.rows {
		if len(m.problem.Demand.Queues) > 0 && len(served(m.problem.Demand, r.operator)) == 0 {
			continue // nobody needs them any more
		}
		count := make([]int, len(r.days))
		for _, a := range mine[r.operator.ID] {
			if d := r.dayOf(a.Shift); d >= 0 && d < len(count) {
				count[d]++
			}
		}
		for _, a := range mine[r.operator.ID] {
			d := r.dayOf(a.Shift)
			if a.Pinned || d < 0 || d >= len(count) || len(r.operator.Workable([]roster.Assignment{a})) == 0 || r.tooLate(a) {
				continue
			}
			if count[d] > 1 || r.begun[d] < 0 && !shapeOf(&m.problem, r).forbids(&m.problem.Team, a.Template) {
				all[turnOf(a)] = true
			}
		}
	}
	return all
}
