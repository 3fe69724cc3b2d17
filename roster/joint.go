package roster

import (
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// joints are the rules of the team that no row decides alone.
func (f *facts) joints(rows []judged) (all []joint) {
	if t := f.problem.Team; len(t.Slots) > 0 {
		all = append(all, newSlots(f, rows))
	}
	for i := range f.problem.Team.Mixes {
		all = append(all, newMix(f, &f.problem.Team.Mixes[i], rows))
	}
	for i := range f.problem.Team.Pairs {
		all = append(all, newPair(&f.problem.Team.Pairs[i], rows))
	}
	return all
}

// positionsOf are the positions of operators with one of the names.
func positionsOf(rows []judged, names []string) (positions []int) {
	for i := range rows {
		if slices.Contains(names, rows[i].operator.Name) {
			positions = append(positions, i)
		}
	}
	return positions
}

// ofTeam is a soft breach of the team, whose cost is known.
func ofTeam(rule string, amount int64, unit string, cost int64, say func() Text, at calendars.Interval) finding {
	return finding{Breach{Rule: rule, Shifts: []calendars.Interval{at}, Amount: amount, Unit: unit, Cost: cost}, say}
}
