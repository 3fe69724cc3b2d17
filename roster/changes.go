package roster

import (
	"cmp"
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// Kinds of change.
const (
	Added   = "added"
	Removed = "removed"
	Moved   = "moved"
)

// Change is something to tell an operator between two publications.
type Change struct {
	Operator   ID                  `json:"operator"`
	Kind       string              `json:"kind" enum:"added,removed,moved"`
	Assignment string              `json:"assignment"`
	Template   string              `json:"shift_template"`
	Shift      calendars.Interval  `json:"shift" doc:"The shift now, or the one removed."`
	Was        *calendars.Interval `json:"was,omitempty" doc:"The shift before, of one that moved; the same as now if only its template or its breaks changed."`
}

// Changes returns what operators must be told between two publications,
// ordered by operator, start and assignment. A shift that only changed its
// template or its breaks has moved to where it was.
func Changes(previous, next []Published) []Change {
	before := map[string]Published{}
	for _, p := range previous {
		before[p.ID] = p
	}
	changes := []Change{}
	for _, n := range next {
		p, known := before[n.ID]
		if !known || p.Operator != n.Operator {
			changes = append(changes, n.change(Added))
			continue
		}
		delete(before, n.ID)
		if p.differs(n.Assignment) {
			moved := n.change(Moved)
			moved.Was = &p.Shift
			changes = append(changes, moved)
		}
	}
	for _, p := range before {
		changes = append(changes, p.change(Removed))
	}
	slices.SortFunc(changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.Operator, b.Operator), a.Shift.Start.Compare(b.Shift.Start),
			cmp.Compare(a.Assignment, b.Assignment), cmp.Compare(a.Kind, b.Kind))
	})
	return changes
}

func (p Published) change(kind string) Change {
	return Change{Operator: p.Operator, Kind: kind, Assignment: p.ID, Template: p.Template, Shift: p.Shift}
}
