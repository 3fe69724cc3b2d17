package staffing

import (
	"fmt"
	"math"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// Promised returns, per queue of the coverage, the share of chats answered in
// time that the rostered operators promise: each interval settled and by
// itself, shrinkage off, for arrivals that have been drawn, by run, queue and
// interval. A simulation of the roster should come close to it.
//
// Models take rates, and what is drawn are counts: they stray by chance even
// where the rate does not. So counts are drawn in to their mean until what is
// left of their variance is that of the rate alone.
// The error names what is not possible.
func Promised(team roster.Team, c roster.Coverage, drawn [][][]float64) ([]float64, error) {
	promised := make([]float64, len(c.Queues))
	for k, covered := range c.Queues {
		q, _ := team.Queue(covered.Queue)
		promised[k] = 1
		if q.Deferred.Duration > 0 { // has its window
			continue
		}
		chats, inTime := 0.0, 0.0
		for i, rostered := range covered.Rostered {
			available := rostered * (1 - team.ShrinkageAt(q, c.Grid.At(i)))
			for _, rate := range rates(drawn, k, i) {
				level, err := SystemOf(q, rate, c.Grid.Step).level(available, q.ServiceLevel.Within.Duration, closed)
				if err != nil {
					return nil, fmt.Errorf("queue %q at %s: %w", q.Name, c.Grid.At(i).Format(time.RFC3339), err)
				}
				chats += rate
				inTime += rate * level
			}
		}
		if chats > 0 {
			promised[k] = inTime / chats
		}
	}
	return promised, nil
}

// rates returns the rates behind the counts of one interval.
func rates(drawn [][][]float64, queue, interval int) []float64 {
	n, mean, variance := float64(len(drawn)), 0.0, 0.0
	for _, run := range drawn {
		mean += run[queue][interval] / n
	}
	for _, run := range drawn {
		variance += math.Pow(run[queue][interval]-mean, 2) / n
	}
	own := 0.0
	if variance > mean {
		own = math.Sqrt((variance - mean) / variance)
	}
	all := make([]float64, len(drawn))
	for r, run := range drawn {
		all[r] = mean + own*(run[queue][interval]-mean)
	}
	return all
}
