package forecast

import (
	"math"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Rates of a chat are forecast apart from arrivals: they move for other
// reasons. Each is a recency-weighted mean of its place in the week, weighted
// by the chats behind it and pulled to the mean of all as far as these are few.
const (
	rateHalfLife = 6.0 // weeks
	rateBorrowed = 50  // chats of all hours that each hour is mixed with
)

// HandlingTimes forecasts the average handling time per interval of a horizon
// from the records of a queue that ended by its start; nil if none tells it.
func (h History) HandlingTimes(queue string, zone calendars.Zone, horizon calendars.Grid) []time.Duration {
	seconds := h.rates(queue, zone, horizon, func(r Record) (sum, weight float64, ok bool) {
		sum, weight = r.timed()
		return sum, weight, r.AHT != nil
	})
	var times []time.Duration
	for _, s := range seconds {
		times = append(times, time.Duration(s*float64(time.Second)).Round(time.Millisecond))
	}
	return times
}

// BotShares forecasts the share of arrivals that the chat bot resolves, 0..1,
// in the same way.
func (h History) BotShares(queue string, zone calendars.Zone, horizon calendars.Grid) []float64 {
	return h.rates(queue, zone, horizon, func(r Record) (sum, weight float64, ok bool) {
		if r.BotResolved == nil {
			return 0, 0, false
		}
		return math.Min(*r.BotResolved, r.Offered), r.Offered, true
	})
}

// rates forecasts the mean of sum over weight.
func (h History) rates(queue string, zone calendars.Zone, horizon calendars.Grid, of func(Record) (sum, weight float64, ok bool)) []float64 {
	sums, weights := map[weekTime]float64{}, map[weekTime]float64{}
	total, all := 0.0, 0.0
	places := weekTimes{zone: zone}
	hour := func(t time.Time) weekTime {
		at := places.of(t)
		at.wall -= at.wall % 60
		return at
	}
	for _, r := range h.of(queue) {
		sum, weight, ok := of(r)
		if !ok || weight <= 0 || r.Start.Add(h.Step).After(horizon.Start) {
			continue
		}
		recent := math.Exp2(-horizon.Start.Sub(r.Start).Hours() / (rateHalfLife * 7 * hoursPerDay))
		at := hour(r.Start)
		sums[at] += recent * sum
		weights[at] += recent * weight
		total += recent * sum
		all += recent * weight
	}
	if all == 0 {
		return nil
	}
	rates := make([]float64, horizon.N)
	for i := range rates {
		at := hour(horizon.At(i))
		rates[i] = settled((sums[at] + rateBorrowed*total/all) / (weights[at] + rateBorrowed))
	}
	return rates
}
