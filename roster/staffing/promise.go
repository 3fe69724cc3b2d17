package staffing

import (
	"math"

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
func Promised(team roster.Team, c roster.Coverage, drawn [][][]float64) []float64 {
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
				chats += rate
				inTime += rate * SystemOf(q, rate, c.Grid.Step).about(available, q)
			}
		}
		if chats > 0 {
			promised[k] = inTime / chats
		}
	}
	return promised
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

// about is the service level of a crew that need not be whole operators, by
// the closed form of a spread.
func (s System) about(operators float64, q roster.Queue) float64 {
	fewer := math.Floor(operators + 1e-9)
	share, level := max(0, operators-fewer), 0.0
	for extra, part := range []float64{1 - share, share} {
		if m, err := s.with(int(fewer)+extra).measure(q.ServiceLevel.Within.Duration, closed); err == nil && part > 0 {
			level += part * m.ServiceLevel
		}
	}
	return level
}
