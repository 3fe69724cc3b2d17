package solve

import (
	"errors"
	"fmt"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// ErrEntangled says that more queues share operators than a cover is counted for.
var ErrEntangled = errors.New("too many queues share operators")

// maxEntangled bounds the subsets that are kept: 4,096 per interval.
const maxEntangled = 12

// queueFields splits the demand's queues into fields that share no operator and
// returns for each queue its field.
func (m *model) queueFields() ([]int, error) {
	d := m.problem.Demand
	of := make([]int, len(d.Queues))
	for q := range of {
		of[q] = q
	}
	for i := range m.problem.Team.Operators {
		join(of, served(d, &m.problem.Team.Operators[i]))
	}
	members, number := [][]int{}, map[int]int{}
	for q, root := range of {
		if _, known := number[root]; !known {
			number[root] = len(members)
			members = append(members, nil)
		}
		of[q] = number[root]
		members[of[q]] = append(members[of[q]], q)
	}
	for _, queues := range members {
		if len(queues) > maxEntangled {
			return nil, fmt.Errorf("%w: %d: expected at most %d", ErrEntangled, len(queues), maxEntangled)
		}
		m.fields = append(m.fields, queueField(d, queues))
	}
	return of, nil
}

// nearby is how far before and after an interval it is mostly the same shifts
// that are there.
const nearby = 90 * time.Minute

// queueField is what the demand asks for.
func queueField(d roster.Demand, queues []int) *field {
	n := 0
	for _, q := range queues {
		n = max(n, len(partsOf(d.Queues[q])))
	}
	f := newField(len(queues), d.Grid.N, n)
	f.demand, f.around, f.minutes = queues, int(nearby/d.Grid.Step), int64(d.Grid.Step.Minutes())
	minutes := int64(d.Grid.Step.Minutes()) * fine
	for t := range d.Grid.N {
		f.over[t] = minutes * roster.OverstaffingWeight
	}
	for i, q := range queues {
		parts := partsOf(d.Queues[q])
		for t := range d.Grid.N {
			rest := d.Queues[q].Required[t]
			steps := f.wanted[(t*len(queues)+i)*n:][:n]
			for k := range steps { // what is not in a part is worth the last one's weight
				part := parts[min(k, len(parts)-1)]
				units := rest
				if k < len(parts)-1 {
					units = min(part.Operators[t], rest)
				}
				rest -= units
				steps[k] = step{roster.Whole * int64(units), minutes * (part.Weight + roster.OverstaffingWeight)}
			}
		}
	}
	return f
}

// partsOf is a requirement by what its operators are worth, the dearest first:
// half of it is worth more than the rest if the demand does not say.
func partsOf(q roster.QueueDemand) []roster.Part {
	if len(q.Parts) > 0 {
		return q.Parts
	}
	core := make([]int, len(q.Required))
	for t, n := range q.Required {
		core[t] = (n + 1) / 2
	}
	return []roster.Part{{Weight: roster.UnderstaffingWeight + roster.CoreWeight, Operators: core}, {Weight: roster.UnderstaffingWeight}}
}

// served lists the queues that the operator can answer.
func served(d roster.Demand, o *roster.Operator) []int {
	var queues []int
	for q := range d.Queues {
		if o.Has(d.Queues[q].Skill) {
			queues = append(queues, q)
		}
	}
	return queues
}

// join gives all the queues one root.
func join(of, queues []int) {
	for _, q := range queues {
		old, root := of[q], of[queues[0]]
		for i := range of {
			if of[i] == old {
				of[i] = root
			}
		}
	}
}

// mask is the queues of the demand as a subset of the field's.
func (f *field) mask(queues []int) (mask int) {
	for bit, own := range f.demand {
		for _, q := range queues {
			if q == own {
				mask |= 1 << bit
			}
		}
	}
	return mask
}

// slotFields makes a field of each template's slots, and more of those that a
// day has several of. It returns on which a shift that starts on a day counts.
func (m *model) slotFields() map[slotKey][]place {
	team := &m.problem.Team
	if len(team.Slots) == 0 {
		return nil
	}
	span := m.problem.Demand.Grid.Span()
	first := calendars.DayOf(span.Start, team.Zone)
	days := first.DaysUntil(calendars.DayOf(span.End.Add(-1), team.Zone)) + 1
	at, fields := map[slotKey][]place{}, map[string][]int{}
	taken := map[place]bool{}
	for i := range team.Slots {
		slot := &team.Slots[i]
		for _, d := range slot.Days(first, first.AddDays(days-1)) {
			p := place{-1, first.DaysUntil(d)}
			for _, f := range fields[slot.Template] {
				if !taken[place{f, p.t}] {
					p.field = f
				}
			}
			if p.field < 0 {
				p.field = len(m.fields)
				m.fields = append(m.fields, newField(1, days, 1))
				fields[slot.Template] = append(fields[slot.Template], p.field)
			}
			if !m.ask(at, slot, p, d) {
				continue
			}
			taken[p] = true
		}
	}
	return at
}

// ask puts a slot into its place, unless no template of it starts on the day.
func (m *model) ask(at map[slotKey][]place, slot *roster.Slot, p place, d calendars.Day) bool {
	found := false
	for _, t := range m.problem.Team.Templates {
		if d.OnWeekday(t.Weekdays) && m.problem.Team.Names([]string{slot.Template}, t.Name) {
			key := slotKey{t.Name, d}
			at[key] = append(at[key], p)
			found = true
		}
	}
	if found {
		f := m.fields[p.field]
		f.over[p.t] = slot.Surplus * fine
		f.wanted[p.t] = step{roster.Whole * int64(slot.Operators), (slot.Missing + slot.Surplus) * fine}
	}
	return found
}

// show puts a shift on the cover, with its breaks placed, or with sign -1 takes it
// off, and returns by how much the seen cost changes.
func (m *model) show(fields []*field, r *row, s *shift, at placement, sign int64) (seen int64) {
	if r.field >= 0 {
		for t := s.from; t < s.to; t++ {
			seen += fields[r.field].add(t, r.mask, sign*s.there(t, r.share, at))
		}
	}
	for _, p := range s.slots {
		seen += fields[p.field].add(p.t, 1, sign*roster.Whole)
	}
	return seen
}
