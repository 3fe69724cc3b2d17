package staffing

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// Demand returns the operators required in every interval of the horizon and
// queue of the team: the arrivals of the queue's planning quantile, thinned by
// what the bot resolves, answered at its service level, shrinkage on top, and
// nobody while it is closed. The error names the queue whose forecast is
// missing or of another horizon.
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
		demand.Queues = append(demand.Queues, roster.QueueDemand{Queue: q.Name, Skill: q.Skill, Required: required})
	}
	return demand, nil
}

// required returns the operators to be rostered per interval of the forecast.
func required(q roster.Queue, f forecast.Forecast) ([]int, error) {
	arrivals := f.Mean
	if q.PlanQuantile > 0 {
		arrivals = f.Quantile(q.PlanQuantile)
	}
	operators := make([]int, len(arrivals))
	for i, x := range arrivals {
		if !q.Open(f.Grid.At(i)) {
			continue
		}
		n, err := systemOf(q, x, f.Grid.Step).Require(targetOf(q))
		if err != nil {
			return nil, fmt.Errorf("at %s: %w", f.Grid.At(i).Format(time.RFC3339), err)
		}
		operators[i] = Schedule(n, q.Shrinkage)
	}
	return operators, nil
}

// systemOf is the queue with so many arrivals in an interval.
func systemOf(q roster.Queue, arrivals float64, step time.Duration) System {
	return System{
		Arrivals: arrivals * (1 - q.BotShare) / step.Hours(), AHT: q.AHT.Duration,
		Concurrency: q.Concurrency, Slowdown: q.Slowdown, Patience: q.Patience.Duration,
	}
}

func targetOf(q roster.Queue) Target {
	return Target{ServiceLevel: q.ServiceLevel, MaxOccupancy: q.MaxOccupancy, MinOperators: q.MinOperators}
}

// Answered returns the share of so many arrivals in an interval that rostered
// operators, of whom the shrinkage takes its part, answer in time, and whether
// that reaches the queue's service level. A crew that cannot keep up answers
// none in time for good; with no arrivals every crew does well.
func Answered(q roster.Queue, arrivals float64, step time.Duration, rostered float64) (float64, bool, error) {
	if arrivals == 0 {
		return 1, true, nil
	}
	level, err := systemOf(q, arrivals, step).level(rostered*(1-q.Shrinkage), q.ServiceLevel.Within.Duration)
	return level, err == nil && level >= q.ServiceLevel.Share, err
}

// level is the service level of a crew that need not be whole operators: of
// the crews of one fewer and one more in proportion. A crew that cannot keep
// up has none.
func (s System) level(operators float64, within time.Duration) (float64, error) {
	const rounding = 1e-9
	fewer := math.Floor(operators + rounding)
	share, level := max(0, operators-fewer), 0.0
	for extra, part := range []float64{1 - share, share} {
		if part < rounding {
			continue
		}
		s.Operators = int(fewer) + extra
		m, err := s.Measure(within)
		if err != nil && !errors.Is(err, ErrUnstable) {
			return 0, err
		}
		level += part * m.ServiceLevel
	}
	return level, nil
}
