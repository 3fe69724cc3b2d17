package staffing

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

// Calibration is what single chats tell of a queue.
type Calibration struct {
	Queue    string             `json:"queue"`
	Chats    int                `json:"chats"`
	AHT      calendars.Duration `json:"aht" doc:"Of a chat that has its operator to itself; if only elapsed time is known, of chats as they were."`
	Slowdown *float64           `json:"slowdown,omitempty" doc:"By what share each further chat at once lengthens all; missing where it cannot be told."`
	Error    float64            `json:"slowdown_error,omitempty" doc:"Standard error of it."`
	AtOnce   float64            `json:"chats_at_once" doc:"Mean number of chats of an operator as a chat begins, itself included."`
	Sentence string             `json:"sentence"`
}

// Limits of what can be told.
const (
	fewestChats  = 200
	mostSlowdown = 2.0
	mostLevels   = 20 // chats at once; more are counted as so many
)

// levels are the seconds that chats spent beside so many others.
type levels [mostLevels + 1]float64

// evidence sums up the chats of a queue.
type evidence struct {
	chats, told  int
	elapsed      float64 // seconds of all
	begins       float64 // chats at once as they began, summed
	time, off    levels  // seconds at a level; the same times how far off its operator's usual the beginning was
	square       [mostLevels + 1]levels
	beginsSquare float64
}

// Calibrate finds, for every queue, how long a chat alone takes and by how much
// others at once slow it down.
//
// A chat beside k-1 others goes 1 + d(k-1) times as slow, so its work is the
// sum of its time at each k over that. How much work a chat is has nothing to do
// with how busy its operator was when it began. So d is where the work is not
// correlated with that number, each operator compared with themselves: unlike
// the slope of length over mean concurrency, which long chats distort because
// they meet more others. No law of lengths is assumed.
func Calibrate(chats []forecast.Chat) []Calibration {
	chats = slices.Clone(chats)
	slices.SortStableFunc(chats, func(a, b forecast.Chat) int {
		return cmp.Or(cmp.Compare(a.Operator, b.Operator), a.Start.Compare(b.Start))
	})
	found := map[string]*evidence{}
	for from := 0; from < len(chats); {
		to := from
		for to < len(chats) && chats[to].Operator == chats[from].Operator {
			to++
		}
		observe(chats[from:to], found)
		from = to
	}
	var all []Calibration
	for queue, e := range found {
		all = append(all, e.calibration(queue))
	}
	slices.SortFunc(all, func(a, b Calibration) int { return cmp.Compare(a.Queue, b.Queue) })
	return all
}

// observe adds the chats of one operator, by their start. Without an operator's
// name only their length is known.
func observe(chats []forecast.Chat, found map[string]*evidence) {
	times, begins := make([]levels, len(chats)), make([]int, len(chats))
	var now []int // chats under way
	at := time.Time{}
	pass := func(to time.Time) { // chats end one by one until then
		for len(now) > 0 {
			next := slices.MinFunc(now, func(a, b int) int { return chats[a].End().Compare(chats[b].End()) })
			end := chats[next].End()
			if end.After(to) {
				end = to
			}
			for _, i := range now {
				times[i][min(len(now), mostLevels)] += end.Sub(at).Seconds()
			}
			at = end
			if chats[next].End().After(to) {
				return
			}
			now = slices.DeleteFunc(now, func(i int) bool { return i == next })
		}
	}
	usual := 0.0
	for i, c := range chats {
		if c.Operator != "" {
			pass(c.Start)
			at = c.Start
			now = append(now, i)
			begins[i] = len(now)
			usual += float64(len(now)) / float64(len(chats))
		}
	}
	const everBusy = 1 << 62
	pass(at.Add(everBusy))
	for i, c := range chats {
		e := found[c.Queue]
		if e == nil {
			e = &evidence{}
			found[c.Queue] = e
		}
		e.chats++
		e.elapsed += c.Length.Seconds()
		if c.Operator != "" {
			e.add(times[i], float64(begins[i]), float64(begins[i])-usual)
		}
	}
}

// add counts a chat whose operator is known.
func (e *evidence) add(times levels, begins, off float64) {
	e.told++
	e.begins += begins
	e.beginsSquare += off * off
	for k, t := range times {
		e.time[k] += t
		e.off[k] += t * off
		for l, u := range times {
			e.square[k][l] += t * u * off * off
		}
	}
}

// slowness is 1/(1 + d(k-1)) by level.
func slowness(d float64) (g levels) {
	for k := 1; k < len(g); k++ {
		g[k] = 1 / (1 + d*float64(k-1))
	}
	return g
}

func dot(a, b levels) (sum float64) {
	for k := range a {
		sum += a[k] * b[k]
	}
	return sum
}

// calibration is what the evidence says.
func (e *evidence) calibration(queue string) Calibration {
	c := Calibration{Queue: queue, Chats: e.chats, AHT: calendars.Seconds(math.Round(e.elapsed/float64(e.chats)*10) / 10), AtOnce: 1}
	switch {
	case e.told == 0:
		c.Sentence = fmt.Sprintf("%s: only elapsed time is known, %s on average, at whatever number of chats at once: expected a column operator to tell the time of a chat alone and the slow-down", queue, c.AHT.Round(time.Second))
		c.AtOnce = 0
		return c
	case e.told < fewestChats:
		c.Sentence = fmt.Sprintf("%s: %d chats of known operators are too few to tell the slow-down: expected at least %d; elapsed time is %s on average", queue, e.told, fewestChats, c.AHT.Round(time.Second))
		return c
	}
	c.AtOnce = e.begins / float64(e.told)
	if spread := e.beginsSquare / float64(e.told); spread < 0.01 {
		c.Sentence = fmt.Sprintf("%s: operators have nearly always %.1f chats at once, so the slow-down cannot be told; elapsed time is %s on average", queue, c.AtOnce, c.AHT.Round(time.Second))
		return c
	}
	d := e.slowdown()
	g := slowness(d)
	c.AHT = calendars.Seconds(math.Round(dot(g, e.time)/float64(e.told)*10) / 10)
	c.Slowdown, c.Error = &d, e.uncertainty(d)
	c.Sentence = fmt.Sprintf("%s: a chat alone takes %s, and %.0f %% longer for every other at once (give or take %.0f); operators had %.1f at once", queue, c.AHT.Round(time.Second), 100*d, 100*c.Error, c.AtOnce)
	return c
}

// slowdown is where the work is not correlated with how busy operators were:
// the more chats are slowed down, the less of what is left of their length.
func (e *evidence) slowdown() float64 {
	low, high := 0.0, mostSlowdown
	correlated := func(d float64) float64 { return dot(slowness(d), e.off) }
	if correlated(low) <= 0 {
		return low
	}
	const halvings = 50
	for range halvings {
		if middle := (low + high) / 2; correlated(middle) > 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// uncertainty is the standard error of a slow-down (the delta method).
func (e *evidence) uncertainty(d float64) float64 {
	const aside = 1e-4
	slope := (dot(slowness(d+aside), e.off) - dot(slowness(d), e.off)) / aside
	g, mean := slowness(d), dot(slowness(d), e.time)/float64(e.told)
	square := 0.0
	for k := range g {
		square += g[k] * dot(g, e.square[k])
	}
	// The sum of (work - mean)^2 * off^2, as work and off are independent.
	square -= mean * mean * e.beginsSquare
	return math.Sqrt(max(0, square)) / math.Abs(slope)
}
