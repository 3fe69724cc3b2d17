// Package remedy finds ways out of uncovered hours. A roster says what is
// missing and why; this package changes the problem a little, as a manager
// could (more hours for somebody, a day off given up, one more operator),
// repairs the roster for what it has become, and keeps what helped, with its
// price. Repairing from the roster that there is takes a fraction of a second
// and leaves most of it as it is; what it finds is as legal and as covered as
// what a search from nothing would find, but it may find less.
package remedy

import (
	"cmp"
	"slices"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Shortage is a stretch of intervals on end in which a queue misses operators.
type Shortage struct {
	Queue    string             `json:"queue"`
	Interval calendars.Interval `json:"interval"`
	Hours    float64            `json:"missing_hours" doc:"Operator-hours missing."`
	Why      string             `json:"why" doc:"What keeps most of those who have the skill and are not at work from helping when most are missing; no-skill if nobody has it, working if all work."`
	Cause    roster.Cause       `json:"cause" doc:"Of the interval in which most are missing."`
	Remedies []Remedy           `json:"remedies" nullable:"false" doc:"Ways out, each of which has been tried: those that leave the least first, of these the cheapest, and to accept the shortage last."`
	Untried  int                `json:"untried" doc:"Changes that were not tried, for want of time or because there are many that ask for less."`

	queue       int // of the demand
	first, last int // intervals [first, last)
	worst       int // the interval in which most are missing
}

// NoSkill is why a queue stays uncovered that nobody can serve.
const NoSkill = "no-skill"

// Shortages are all stretches that the assignments leave uncovered, those that
// miss the most hours first, without ways out.
func Shortages(p roster.Problem, assignments []roster.Assignment) []Shortage {
	all := []Shortage{}
	for q, cover := range roster.Cover(p, assignments).Queues {
		for t := 0; t < len(cover.Missing); t++ {
			if cover.Missing[t] <= 0 {
				continue
			}
			s := Shortage{Queue: cover.Queue, queue: q, first: t, worst: t, Remedies: []Remedy{}}
			for ; t < len(cover.Missing) && cover.Missing[t] > 0; t++ {
				s.Hours += cover.Missing[t] * p.Demand.Grid.Step.Hours()
				if cover.Missing[t] > cover.Missing[s.worst] {
					s.worst = t
				}
			}
			s.last = t
			s.Interval = calendars.Interval{Start: p.Demand.Grid.At(s.first), End: p.Demand.Grid.At(s.last)}
			all = append(all, s)
		}
	}
	causes := roster.Explain(p, assignments)
	for i := range all {
		s := &all[i]
		at := slices.IndexFunc(causes, func(c roster.Cause) bool {
			return c.Queue == s.Queue && c.Interval.Equal(p.Demand.Grid.Interval(s.worst))
		})
		s.Cause = causes[at]
		s.Why = why(s.Cause)
	}
	slices.SortStableFunc(all, func(a, b Shortage) int { return cmp.Compare(b.Hours, a.Hours) })
	return all
}

// why is the reason of most who do not work; of as many, the one that came
// closest to helping.
func why(c roster.Cause) string {
	if len(c.Reasons) == 0 {
		return NoSkill
	}
	most := roster.Reason{Why: roster.WhyWorking}
	for _, r := range c.Reasons {
		if r.Why != roster.WhyWorking && r.Operators >= most.Operators {
			most = r
		}
	}
	return most.Why
}
