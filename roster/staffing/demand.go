package staffing

import (
	"fmt"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// Demand returns the operators required in every interval of the horizon and
// queue of the team: the arrivals that the queue plans for, thinned by what the
// bot resolves, answered at its service level, shrinkage on top, and nobody
// while it is closed. The error names the queue whose forecast is missing or of
// another horizon.
func Demand(team roster.Team, horizon calendars.Grid, forecasts map[string]forecast.Forecast) (roster.Demand, error) {
	demand := roster.Demand{Grid: horizon}
	for _, q := range team.Queues {
		f, there := forecasts[q.Name]
		if !there {
			return roster.Demand{}, fmt.Errorf("demand of queue %q: it has no forecast", q.Name)
		}
		if !f.Grid.Start.Equal(horizon.Start) || f.Grid.Step != horizon.Step || f.Grid.N != horizon.N {
			return roster.Demand{}, fmt.Errorf("demand of queue %q: the forecast is of %s, the horizon %s", q.Name, f.Grid.Span(), horizon.Span())
		}
		required, err := required(q, f)
		if err != nil {
			return roster.Demand{}, fmt.Errorf("demand of queue %q: %w", q.Name, err)
		}
		for i := range required {
			if required[i] > 0 {
				required[i] = Schedule(required[i], team.ShrinkageAt(q, horizon.At(i)))
			}
		}
		demand.Queues = append(demand.Queues, roster.QueueDemand{Queue: q.Name, Skill: q.Skill, Required: required})
	}
	return Weighed(team, forecasts, demand)
}

// planned is the arrivals that the queue is planned for; the mean where it is
// planned for a share of days.
func planned(q roster.Queue, f forecast.Forecast) []float64 {
	if q.PlanQuantile > 0 {
		return f.Quantile(q.PlanQuantile)
	}
	return f.Mean
}

// required returns the operators per interval of the forecast, before shrinkage.
func required(q roster.Queue, f forecast.Forecast) ([]int, error) {
	var operators []int
	var err error
	switch {
	case q.Deferred.Duration > 0:
		operators = deferred(q, f)
	case q.PlanDays > 0:
		operators, err = forDays(q, f)
	default:
		operators, err = forArrivals(q, f.Grid, planned(q, f))
	}
	if err != nil {
		return nil, err
	}
	for i := range operators {
		if operators[i] = max(operators[i], q.LeastAt(f.Grid.At(i))); !q.Open(f.Grid.At(i)) {
			operators[i] = 0
		}
	}
	return operators, nil
}

// forArrivals returns the fewest operators for so many arrivals in each interval.
func forArrivals(q roster.Queue, grid calendars.Grid, arrivals []float64) ([]int, error) {
	ladder, err := NewLadder(SystemOf(q, 0, grid.Step), TargetOf(q))
	if err != nil {
		return nil, err
	}
	return climb(ladder, q, grid, arrivals)
}

// climb asks a ladder of the queue for the operators of each interval.
func climb(ladder *Ladder, q roster.Queue, grid calendars.Grid, arrivals []float64) ([]int, error) {
	operators := make([]int, len(arrivals))
	for i, x := range arrivals {
		if !q.Open(grid.At(i)) {
			continue
		}
		n, err := ladder.Require(SystemOf(q, x, grid.Step).Arrivals)
		if err != nil {
			return nil, fmt.Errorf("at %s: %w", grid.At(i).Format(time.RFC3339), err)
		}
		operators[i] = n
	}
	return operators, nil
}

// SystemOf is the queue with so many arrivals in an interval of this length, and no crew.
func SystemOf(q roster.Queue, arrivals float64, step time.Duration) System {
	return System{
		Arrivals: arrivals * (1 - q.BotShare) / step.Hours(), AHT: q.AHT.Duration,
		Concurrency: q.Concurrency, Slowdown: q.Slowdown, Patience: q.Patience.Duration,
	}
}

// TargetOf is what the queue asks of its crew. Its least presence is not part
// of it, as it depends on the time.
func TargetOf(q roster.Queue) Target {
	return Target{ServiceLevel: q.ServiceLevel, MaxOccupancy: q.MaxOccupancy, MaxAbandonment: q.MaxAbandoned, MaxWait: q.MaxWait}
}
