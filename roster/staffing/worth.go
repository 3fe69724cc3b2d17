package staffing

import (
	"fmt"
	"math"

	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// Weighed returns the demand with what the operators of each requirement are
// worth: in proportion to how much each adds to the service level of the
// interval, at the arrivals that the queue is planned for. The closed form of a
// spread says how much: it is within 0.0002 of the chain, and weights are far
// further apart.
//
// A manager reads three things into it. An interval is weighed by itself, and
// one that is empty costs what it always has, whatever its arrivals: else
// nobody would be left for the night. Its first operator is worth the most, as
// an hour with nobody is the worst. And the curve of the service level, which
// is S-shaped, is replaced beyond by the least concave one above it, as the
// solver's costs must rise with what is missing. Deferred work, a queue without
// a forecast of the horizon and one of which all requirements come to halves
// have no parts. The error names the queue.
func Weighed(team roster.Team, forecasts map[string]forecast.Forecast, d roster.Demand) (roster.Demand, error) {
	weighed := roster.Demand{Grid: d.Grid}
	for _, asked := range d.Queues {
		q, known := team.Queue(asked.Queue)
		f := forecasts[asked.Queue]
		if known && q.Deferred.Duration == 0 && f.Grid.N == d.Grid.N {
			w := curves{team: team, queue: q, forecast: f, memo: map[[2]int]float64{}}
			var err error
			if asked.Parts, err = w.parts(asked.Required); err != nil {
				return d, fmt.Errorf("worth of queue %q: %w", q.Name, err)
			}
		}
		weighed.Queues = append(weighed.Queues, asked)
	}
	return weighed, nil
}

// curves are a queue's service levels by the number of operators.
type curves struct {
	team     roster.Team
	queue    roster.Queue
	forecast forecast.Forecast
	memo     map[[2]int]float64 // by operators and rate of arrivals
}

// parts holds each interval's requirement by weight, the dearest first; nil if
// all are halves.
func (w curves) parts(required []int) ([]roster.Part, error) {
	var parts []roster.Part
	for weight := int64(dearest); weight >= least; weight -= grain {
		parts = append(parts, roster.Part{Weight: weight, Operators: make([]int, len(required))})
	}
	halves := true
	for t, arrivals := range planned(w.queue, w.forecast)[:len(required)] {
		rises, err := w.rises(arrivals, t, required[t])
		if err != nil {
			return nil, err
		}
		for k, weight := range weigh(rises, required[t]) {
			parts[(dearest-weight)/grain].Operators[t]++
			halves = halves && (weight == dearest) == (2*k < required[t]) && (weight == dearest || weight == roster.UnderstaffingWeight)
		}
	}
	if halves {
		return nil, nil
	}
	return parts, nil
}

// rises is how much each operator of an interval's requirement but the first
// adds to the service level.
func (w curves) rises(arrivals float64, t, required int) ([]float64, error) {
	there := 1 - w.team.ShrinkageAt(w.queue, w.forecast.Grid.At(t))
	curve := make([]float64, required)
	for k := range curve {
		var err error
		if curve[k], err = w.level(arrivals, float64(k+1)*there); err != nil {
			return nil, err
		}
	}
	return hull(curve), nil
}

// level is the service level of so many available operators. Rates within a
// hundredth of each other are one, as weights are far coarser.
func (w curves) level(arrivals, available float64) (float64, error) {
	const fine = 0.02
	if arrivals <= 0 {
		return 1, nil
	}
	rate := int(math.Round(math.Log(arrivals) / fine))
	whole, part := math.Modf(available)
	level := 0.0
	for extra, share := range []float64{1 - part, part} {
		key := [2]int{int(whole) + extra, rate}
		one, known := w.memo[key]
		if !known {
			var err error
			s := SystemOf(w.queue, math.Exp(float64(rate)*fine), w.forecast.Grid.Step)
			if one, err = s.level(float64(key[0]), w.queue.ServiceLevel.Within.Duration, closed); err != nil {
				return 0, err
			}
			w.memo[key] = one
		}
		level += share * one
	}
	return level, nil
}
