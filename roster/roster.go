// Package roster is the heart of the domain: who may work when (operators,
// contracts, shift templates), what is asked for (demand), who works when
// (assignments), and the one judge of it all (rules, breaches, score,
// coverage, explanation). Its one idea is that solver, hand edit and test ask
// the same judge. It is pure: no clock, no storage, no chance.
//
// # What rules can say
//
// Rest, week hours, runs, shift length and night bans are rules of their own,
// because law sets them. Nearly all else is a [Rule]: a count over a window,
// with a least and a most, hard or soft. What the employee-shift model of
// Timefold can say is said here as follows.
//
//	minutes, days, shifts per period           Rule minutes, days, shifts; per week, month, quarter, year, horizon
//	the same in a rolling window               per 7d, 14d, 28d, any number of days
//	minutes logged so far                      Problem.Carried: windows reach back into it
//	weekend minutes                            Rule minutes, during weekend; or night, sunday, holiday
//	weekends per period and window             Rule weekends
//	consecutive weekends worked, off           Rule weekends, weekends-off; per run
//	consecutive days worked                    Contract.MaxConsecutiveDays; Rule days, per run, least and most
//	days off per period, consecutive           Rule days-off; per week, per run
//	days, weekends off on end in a period      Rule days-off, weekends-off; per week, month, 14d, with stretch
//	minutes off in a rolling window            Rule minutes-off, per 7d or 14d
//	no shift close to a day off wished for     Wish off, with margin
//	shift rotations                            Rule sequence: day by day; succession: shift by shift
//	sequence patterns over several days        Rule sequence, with off, work and any
//	patterns within one day, daily pairings    Rule succession, per day; Contract.SplitShifts
//	minutes and gaps between shifts            Contract.DailyRest; Rule gap, after and before certain shifts
//	start-time differences                     Rule start-spread
//	overlapping shifts                         never
//	shift-kind diversity, unique tags          Rule shift-templates, per week or any window
//	fairness, load balancing                   Fairness, with a ledger that outlives the roster
//	pairing people, keeping them apart         Pair
//	required mix, risk factors                 Mix: so many of these people in those hours
//	breaks                                     Template.Breaks, Assignment.Breaks; laws ask for them, coverage is without
//	activation: use few people                 Rule active, most 0, with a weight
//	operator priority, cost per hour or period Rule minutes, most 0, with a weight, for some operators
//	availability, unavailable, preferences     Operator.Availability, TimeOff; Wish on and off
//	mandatory and optional shifts              Slot, with a high weight or a low one
//	alternative shifts                         Slot of a kind: any template of it
//	skills and levels                          Operator.Skills: a level is a skill of its own; Queue.Blends takes several
//	demand curves                              Demand: required per interval and queue
//	slots and demand curves together           Team.Slots beside Demand
//	pinned shifts, changes after publication   Assignment.Pinned; Problem.Told, Contract.Notice
//
// Left out, and why: travel between sites, because operators are remote;
// maximum distances and places of shifts, likewise. What no row decides alone
// (Slot, Mix, Pair) is soft only: there is always a roster.
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
// edits, re-solving and publishing; it is empty until then. The operator is there
// for all of the shift but the breaks that are placed.
type Assignment struct {
	ID       string               `json:"id,omitempty" doc:"Minted once; survives moves and publications."`
	Operator ID                   `json:"operator" doc:"The operator's id."`
	Template string               `json:"shift_template" doc:"Name of the shift template that the shift came from."`
	Shift    calendars.Interval   `json:"shift"`
	Pinned   bool                 `json:"pinned,omitempty" doc:"The solver may not move it."`
	Breaks   []calendars.Interval `json:"breaks,omitempty" nullable:"false" doc:"Breaks as they are placed, in order: then the operator is not there. If left out, the shift covers all of its time."`
}

// Problem is one roster to be made or judged.
type Problem struct {
	Team   Team
	Demand Demand
	// Carried are assignments of the team's other rosters, those before this one and those
	// that are already known of the time after it. They are not part of it, but they cover
	// its first hours, and count for rest, hours and runs.
	Carried []Assignment
	// Holidays are the public holidays of operators' countries, as their team
	// file spells them.
	Holidays map[string][]calendars.Day
	// Points are the fairness points of operators at the start of the horizon, in thousandths.
	// Who is not in it opens with a fair part of what the others have.
	Points map[ID]int64
	// Told are the assignments published before: changes to them cost. They were
	// published for ToldFor; if that is left out, for the days from the first to the
	// last on which one of them starts, on the team's clock. Now is the time of the
	// change: notice is judged where it is set.
	Told    []Assignment
	ToldFor calendars.Interval
	Now     time.Time
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
