// Package flex makes rosters of shifts whose start and length are free, and
// says who does which activity (queue, language, task) at each moment of them:
// the multi-activity shift scheduling problem of Qu and Curtois (ICORES 2020).
// It answers what the templates of a team cannot: how good could the cover be
// if shifts started and ended wherever the demand wants them?
//
// Demand is a head count for each interval and activity that must be reached;
// what is above it costs the square of the surplus. Everybody can do every
// activity. Where shifts begin and how long they last, rest, runs of days and
// everybody's hours are limited.
//
// The search is annealing on exact programs: one finds the best sequence of
// activities inside a shift, another the best shifts of one person on a few
// days, all other shifts staying as they are. Prices are the marginal costs of
// one head more, with noise that fades: perturb and optimise (Papandreou and
// Yuille, ICCV 2011).
package flex

import "fmt"

// Problem is what to cover and by whom. Times count in intervals from the
// opening of the horizon.
type Problem struct {
	Need   [][]int // heads wanted, by interval and activity
	People []Hours
	Rules  Rules
}

// Hours are a person's least and most intervals of work over the horizon.
type Hours struct{ Min, Max int }

// Rules hold for everybody.
type Rules struct {
	Day      int   // intervals in a calendar day
	Opens    int   // interval of its calendar day at which the horizon opens
	Starts   []int // intervals of a calendar day at which a shift may start, ascending
	Shortest int   // intervals of a shift
	Longest  int
	Stretch  int // least intervals of an activity at a time
	Rest     int // least intervals between two shifts
	Run      int // most calendar days in a row on which a shift starts
}

// Shift is a person's unbroken stretch of work. At most one starts in a
// calendar day.
type Shift struct {
	Start      int     // interval of the horizon
	Activities []uint8 // what is done, by interval of the shift
}

// end is the interval after the last.
func (s Shift) end() int { return s.Start + len(s.Activities) }

// Roster is everybody's shifts in order of time, by person.
type Roster [][]Shift

// days is how many calendar days the horizon touches.
func (p Problem) days() int { return (len(p.Need) + p.Rules.Opens + p.Rules.Day - 1) / p.Rules.Day }

// day is the calendar day of an interval, from 0.
func (p Problem) day(t int) int { return (t + p.Rules.Opens) / p.Rules.Day }

// activities is how many there are.
func (p Problem) activities() int { return len(p.Need[0]) }

// MaxActivities is how many a shift can tell apart.
const MaxActivities = 64

// check says what the programs cannot work with.
func (p Problem) check() error {
	r := p.Rules
	switch {
	case len(p.Need) == 0 || len(p.Need[0]) == 0:
		return fmt.Errorf("no demand: expected at least one interval and one activity")
	case p.activities() > MaxActivities:
		return fmt.Errorf("%d activities: expected at most %d", p.activities(), MaxActivities)
	case r.Day < 1 || r.Opens < 0 || r.Opens >= r.Day:
		return fmt.Errorf("the horizon opens at interval %d of %d in a day: expected one of them", r.Opens, r.Day)
	case r.Stretch < 1 || r.Stretch > r.Shortest || r.Shortest > r.Longest:
		return fmt.Errorf("stretches of %d in shifts of %d to %d intervals: expected each at least as long as the one before, from 1", r.Stretch, r.Shortest, r.Longest)
	case r.Longest+r.Rest > r.Day:
		return fmt.Errorf("shifts of %d and rests of %d intervals: expected both to fit a day of %d", r.Longest, r.Rest, r.Day)
	case r.Run < 1:
		return fmt.Errorf("runs of %d days: expected at least 1", r.Run)
	}
	for i, s := range r.Starts {
		if s < 0 || s >= r.Day || i > 0 && s <= r.Starts[i-1] {
			return fmt.Errorf("start %d: expected ascending intervals of a day below %d", s, r.Day)
		}
	}
	for i, h := range p.People {
		if h.Min < 0 || h.Max < h.Min {
			return fmt.Errorf("person %d: %d to %d intervals of work: expected at least 0 and no less than the least", i+1, h.Min, h.Max)
		}
	}
	return nil
}

// Bound is a penalty that no roster is below: what the people must work at
// least, less all that is wanted, spread evenly over all intervals and
// activities.
func Bound(p Problem) int {
	surplus, cells := 0, 0
	for _, h := range p.People {
		surplus += h.Min
	}
	for _, need := range p.Need {
		cells += len(need)
		for _, n := range need {
			surplus -= n
		}
	}
	if surplus <= 0 {
		return 0
	}
	each, over := surplus/cells, surplus%cells
	return (cells-over)*each*each + over*(each+1)*(each+1)
}
