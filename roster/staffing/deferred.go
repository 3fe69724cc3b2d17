package staffing

import (
	"math"
	"time"

	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// deferred returns the operators for work that is done within a window of
// opening hours: spread over it as evenly as can be.
func deferred(q roster.Queue, f forecast.Forecast) []int {
	var open []int // intervals
	arrivals := []float64{}
	waiting := 0.0 // what arrives while closed is there at opening
	for i, x := range f.Mean {
		waiting += x * (1 - q.BotShare)
		if q.Open(f.Grid.At(i)) {
			open, arrivals = append(open, i), append(arrivals, waiting)
			waiting = 0
		}
	}
	window := max(1, int(q.Deferred.Duration/f.Grid.Step))
	operators := make([]int, len(f.Mean))
	for k, work := range Spread(arrivals, window) {
		operators[open[k]] = int(math.Ceil(work/pace(q, f.Grid.Step) - 1e-9))
	}
	return operators
}

// pace is how many chats an operator ends in an interval, at the occupancy cap.
func pace(q roster.Queue, step time.Duration) float64 {
	c := crew{operators: 1, concurrency: q.Concurrency, slowdown: q.Slowdown}
	busy := 1.0
	if q.MaxOccupancy > 0 {
		busy = q.MaxOccupancy
	}
	return busy * c.fullRate() * step.Hours() / q.AHT.Hours()
}

// Spread returns how much work to do in each interval, if what arrives in one
// is to be done in it or in the window-1 that follow, all by the end, as evenly
// as possible: no other way has a lower peak, nor a lower sum of squares. It is
// the shortest path between what has arrived and what is due, a string pulled
// taut between the two (Dantzig 1971, A Control Problem of Bellman).
func Spread(arrivals []float64, window int) []float64 {
	n := len(arrivals)
	arrived, due := make([]float64, n+1), make([]float64, n+1) // by the end of interval i-1
	for i, x := range arrivals {
		arrived[i+1] = arrived[i] + x
	}
	for i := range due {
		due[i] = arrived[max(0, i-window+1)]
	}
	due[n] = arrived[n]
	work := make([]float64, n)
	done := 0.0
	for at := 0; at < n; {
		to, rate := corner(arrived, due, at, done)
		for ; at < to; at++ {
			work[at] = rate
			done += rate
		}
		switch { // the string lies on one of its bounds there: no rounding adds up
		case math.Abs(done-arrived[at]) < math.Abs(done-due[at]):
			done = arrived[at]
		default:
			done = due[at]
		}
	}
	return work
}

// corner returns how far the string is straight from a point on, and its slope:
// the slopes that keep it above what is due and below what has arrived narrow
// down with each interval, until they leave nothing.
func corner(arrived, due []float64, at int, done float64) (to int, rate float64) {
	low, high := math.Inf(-1), math.Inf(1)
	lowAt, highAt := at+1, at+1
	for i := at + 1; i < len(due); i++ {
		length := float64(i - at)
		need, most := (due[i]-done)/length, (arrived[i]-done)/length
		switch {
		case need > high:
			return highAt, high
		case most < low:
			return lowAt, low
		}
		if need >= low {
			low, lowAt = need, i
		}
		if most <= high {
			high, highAt = most, i
		}
	}
	return lowAt, low // what is due last is all
}
