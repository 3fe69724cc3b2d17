package simulate

import (
	"math"
	"math/rand/v2"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// scenarioOf is one run of the roster but for its arrivals.
func scenarioOf(p roster.Problem, assignments []roster.Assignment, stations [][]int, random *rand.Rand) Scenario {
	s := Scenario{Grid: p.Demand.Grid}
	for _, q := range p.Team.Queues {
		var open []bool
		if q.Deferred.Duration > 0 { // nobody waits at a screen, and only opening hours count
			q.ServiceLevel.Within, q.Patience = q.Deferred, calendars.Duration{}
			for i := range s.Grid.N {
				open = append(open, q.Open(s.Grid.At(i)))
			}
		}
		s.Queues = append(s.Queues, Queue{
			Name: q.Name, AHT: q.AHT.Duration, Concurrency: q.Concurrency, Slowdown: q.Slowdown, Patience: q.Patience.Duration,
			Within: q.ServiceLevel.Within.Duration, BotShare: q.BotShare, Counted: true, Open: open,
		})
	}
	position := map[roster.ID]int{}
	for i, o := range p.Team.Operators {
		one := Operator{Share: o.Share, Station: stations[i]}
		for k, q := range p.Team.Queues {
			if o.Has(q.Skill) {
				one.Queues = append(one.Queues, k)
			}
		}
		s.Operators = append(s.Operators, one)
		position[o.ID] = i
	}
	horizon := s.Grid.Span()
	for _, all := range [][]roster.Assignment{p.Carried, assignments} {
		for _, a := range all {
			if i, known := position[a.Operator]; known && a.Shift.Overlaps(horizon) {
				one := &s.Operators[i]
				one.Present = append(one.Present, present(p.Team, p.Team.Operators[i], a, random)...)
			}
		}
	}
	return s
}

// present is what chance leaves of a shift without its breaks.
func present(t roster.Team, o roster.Operator, a roster.Assignment, random *rand.Rand) (here []calendars.Interval) {
	if whole, _ := t.Away(o, a.Shift.Start); random.Float64() < whole {
		return nil
	}
	for _, part := range a.Present() {
		here = append(here, left(t, o, part, random)...)
	}
	return here
}

// left is what chance leaves of a part of a shift.
func left(t roster.Team, o roster.Operator, part calendars.Interval, random *rand.Rand) (here []calendars.Interval) {
	own, serves := 0.0, 0
	for _, q := range t.Queues {
		if o.Has(q.Skill) {
			own += q.Shrinkage
			serves++
		}
	}
	own /= math.Max(1, float64(serves))
	const block = 15 * time.Minute
	for at := part.Start; at.Before(part.End); at = at.Add(block) {
		end := at.Add(block)
		if end.After(part.End) {
			end = part.End
		}
		if _, parts := t.Away(o, at); random.Float64() < own+parts {
			continue
		}
		if n := len(here); n > 0 && here[n-1].End.Equal(at) {
			here[n-1].End = end
			continue
		}
		here = append(here, calendars.Interval{Start: at, End: end})
	}
	return here
}
