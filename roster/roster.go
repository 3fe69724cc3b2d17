// Package roster is the heart of the domain: who may work when (operators,
// contracts, shift templates), what is asked for (demand), who works when
// (assignments), and the one judge of it all (rules, breaches, score,
// coverage, explanation). Its one idea is that solver, hand edit and test ask
// the same judge. It is pure: no clock, no storage, no chance.
package roster

import (
	"cmp"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// ID identifies a stored thing. A team read from a file numbers its operators
// from 1 in the order of the file.
type ID int64

// Assignment puts an operator on a shift. Its ID is minted once and survives
// edits, re-solving and publishing; it is empty until then.
type Assignment struct {
	ID       string               `json:"id,omitempty" doc:"Minted once; survives moves and publications."`
	Operator ID                   `json:"operator" doc:"The operator's id."`
	Template string               `json:"shift_template" doc:"Name of the shift template that the shift came from."`
	Shift    calendars.Interval   `json:"shift"`
	Pinned   bool                 `json:"pinned,omitempty" doc:"The solver may not move it."`
	Breaks   []calendars.Interval `json:"breaks,omitempty" nullable:"false" doc:"Breaks as they are placed, in order."`
}

// Problem is one roster to be made or judged.
type Problem struct {
	Team   Team
	Demand Demand
	// Carried are assignments of earlier rosters. They are not part of this
	// one, but they cover its first hours and count for rest, hours and runs.
	Carried []Assignment
	// Holidays are the public holidays of operators' countries, as their team
	// file spells them.
	Holidays map[string][]calendars.Day
	// Points are the fairness points of operators at the start of the horizon, in thousandths.
	Points map[ID]int64
	// Told are the assignments published before, and Now the time of the
	// change: notice is judged where Now is set.
	Told []Assignment
	Now  time.Time
}

// Sort orders assignments by shift start, then operator, then template.
func Sort(assignments []Assignment) {
	slices.SortFunc(assignments, func(a, b Assignment) int {
		return cmp.Or(
			a.Shift.Start.Compare(b.Shift.Start),
			cmp.Compare(a.Operator, b.Operator),
			cmp.Compare(a.Template, b.Template))
	})
}
