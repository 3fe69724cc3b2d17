package staffing

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// Reached returns a function that says which share of its chats a queue answers
// in time over intervals on end, with so many operators rostered in each; the
// first of them is a position in the forecast. Shrinkage is off; operators need
// not be whole (level says how they are taken), and each interval is settled
// and by itself. The share is that of the arrivals that the queue is planned
// for: so it is what Demand holds against the service level. A queue planned
// for a share of days has the share that so many of the days drawn reach over
// those intervals.
//
// It is not known for deferred work, for a queue without a forecast, and where
// no chats are expected. The error is of a queue that is not possible.
func Reached(team roster.Team, forecasts map[string]forecast.Forecast) func(queue string, first int, rostered []float64) (share float64, known bool, err error) {
	return func(queue string, first int, rostered []float64) (float64, bool, error) {
		q, there := team.Queue(queue)
		f := forecasts[queue]
		if last := first + len(rostered); !there || q.Deferred.Duration > 0 || first < 0 || last > f.Grid.N {
			return 0, false, nil
		}
		s := stretch{queue: q, step: f.Grid.Step, memo: map[[2]float64]float64{}}
		for i, n := range rostered {
			s.available = append(s.available, n*(1-team.ShrinkageAt(q, f.Grid.At(first+i))))
		}
		share, known, err := s.planned(f, first)
		if err != nil {
			err = fmt.Errorf("queue %q: %w", queue, err)
		}
		return share, known, err
	}
}

// stretch is intervals on end of a queue, and who answers in each.
type stretch struct {
	queue     roster.Queue
	step      time.Duration
	available []float64
	memo      map[[2]float64]float64 // service level by arrivals and operators
}

// planned is the share of the arrivals that the queue is planned for.
func (s stretch) planned(f forecast.Forecast, first int) (share float64, known bool, err error) {
	if s.queue.PlanDays > 0 && len(f.Levels) > 0 {
		return s.onDays(f, first)
	}
	return s.share(planned(s.queue, f)[first:first+len(s.available)], full)
}

// onDays is the share that enough of the days drawn reach; a day without a chat
// reaches any. It goes by the closed form of a spread, as the plan does.
func (s stretch) onDays(f forecast.Forecast, first int) (share float64, known bool, err error) {
	var shares []float64
	for _, drawn := range f.Sample(rand.New(rand.NewPCG(scenarioSeed, 0)), scenarios) {
		share, some, err := s.share(drawn[first:first+len(s.available)], closed)
		if err != nil {
			return 0, false, err
		}
		if !some {
			share = 1
		}
		known = known || some
		shares = append(shares, share)
	}
	slices.Sort(shares)
	enough := int(math.Ceil(s.queue.PlanDays * scenarios))
	return shares[scenarios-enough], known, nil
}

// share is the share of so many arrivals in each interval that is answered in
// time, if there are any.
func (s stretch) share(arrivals []float64, d depth) (share float64, some bool, err error) {
	chats, inTime := 0.0, 0.0
	for i, x := range arrivals {
		if x <= 0 {
			continue
		}
		key := [2]float64{x, s.available[i]}
		level, known := s.memo[key]
		if !known {
			if level, err = SystemOf(s.queue, x, s.step).level(s.available[i], s.queue.ServiceLevel.Within.Duration, d); err != nil {
				return 0, false, err
			}
			s.memo[key] = level
		}
		chats += x
		inTime += x * level
	}
	if chats == 0 {
		return 0, false, nil
	}
	return inTime / chats, true, nil
}
