package forecast

import (
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Blend returns the model of the product: a crowd of simple models, each
// weighted by how well it would have done at the same distance ahead in this
// very queue (rolling origins; Bates and Granger 1969), with quantiles from
// the blend's own errors.
func Blend(o Outlook) Model { return blend{o} }

// Method names the version of the blend: it moves when the same input would
// give another forecast.
const Method = "blend-1"

type blend struct{ outlook Outlook }

// Name implements Model.
func (blend) Name() string { return "blend" }

// bands are the distances ahead, in days, that have weights of their own.
var bands = []int{2, 7, mostDays}

// mostDays is longer than any horizon.
const mostDays = 10_000

// trial is what the candidates said from past origins and from the last.
type trial struct {
	f       *frame
	origins []int
	n       int
	paths   [][][]float64 // candidate, origin (the last is now), place; nil if not able
	weights [][]float64   // band, candidate
}

// Forecast implements Model. A history that ends within a day also tells how
// the rest of that day will be. Without one whole day, or with intervals that
// are no part of a day, it is that of the mean of weeks.
func (b blend) Forecast(history Series, horizon calendars.Grid) (Forecast, error) {
	if horizon.Step != history.Grid.Step {
		return Forecast{}, fmt.Errorf("forecast by %s: the history is in intervals of %s, the horizon of %s", b.Name(), history.Grid.Step, horizon.Step)
	}
	history = b.outlook.plain(history)
	if _, known := history.mean(); !known {
		return Forecast{}, fmt.Errorf("forecast by %s: %w", b.Name(), ErrNoHistory)
	}
	for i := range history.Grid.N {
		if x, _ := history.At(i); x > mostArrivals {
			return Forecast{}, fmt.Errorf("forecast by %s: %s has %g arrivals in an interval: expected at most %g", b.Name(), history.Grid.At(i).Format(time.RFC3339), x, float64(mostArrivals))
		}
	}
	if (hoursPerDay*time.Hour)%history.Grid.Step != 0 {
		return b.simple(history, horizon)
	}
	sh := newSheet(history)
	places := sh.places(horizon)
	known := sh.places(calendars.Grid{Start: history.Grid.End(), Step: history.Grid.Step, N: 1})[0]
	midnight := known - known%sh.slots
	end := known
	var open []int
	for i, at := range places {
		end = max(end, at+1)
		if b.outlook.Open != nil && b.outlook.Open(horizon.At(i)) {
			open = append(open, at)
		}
	}
	f := newFrame(sh, midnight, end, open, b.outlook)
	if f.known == 0 {
		return b.simple(history, horizon)
	}
	adjusted := f.clean()
	f.setFactors(factorModel)
	f.ordinary()
	out := newTrial(f).forecast(horizon, places, f.today(sh, known))
	out.Origin, out.Adjusted = history.Grid.End(), adjusted
	b.outlook.apply(&out, history.Zone)
	return out, nil
}

// simple forecasts by the mean of weeks and what is known ahead.
func (b blend) simple(history Series, horizon calendars.Grid) (Forecast, error) {
	f, err := WeekdayMean(defaultWeeks).Forecast(history, horizon)
	if err != nil {
		return f, err
	}
	f.Ordinary = slices.Clone(f.Mean)
	b.outlook.apply(&f, history.Zone)
	return f, nil
}

// mostArrivals is where arrivals of an interval are surely a mistake, and
// squares would soon leave what a float64 holds.
const mostArrivals = 1e15

// newTrial asks all candidates.
func newTrial(f *frame) *trial {
	t := &trial{f: f, n: len(f.factor) - f.known}
	t.origins = f.pastOrigins(t.n)
	all := append(t.origins, f.known)
	for _, c := range candidates {
		t.paths = append(t.paths, c.paths(f, all, t.n))
	}
	t.weigh()
	return t
}

// Rolling origins.
const (
	mostOrigins    = 90
	mostOriginDays = 2520 // in all horizons together, which bounds the memory of long ones
	fewestOrigins  = 12   // even so
	warmUp         = 2    // weeks of history before the first origin
	learning       = 3    // the first third of the history is for learning, of short horizons half of that
	everyDays      = 3    // between origins of long horizons: no multiple of a week
	shortHorizon   = 2    // days: so short horizons have an origin every day
)

// pastOrigins returns the starts of days from which the candidates are tried,
// ascending. They follow at least warmUp weeks.
func (f *frame) pastOrigins(n int) []int {
	apart, share := everyDays, learning
	if n <= shortHorizon*f.cols() {
		apart, share = 1, 2*learning
	}
	most := min(mostOrigins, max(fewestOrigins, mostOriginDays*f.cols()/max(1, n)))
	var origins []int
	for back := most; back > 0; back-- {
		if origin := f.known - back*apart*f.cols(); origin >= max(warmUp*f.week(), f.known/share) {
			origins = append(origins, origin)
		}
	}
	return origins
}

// blended returns the weighted path from an origin.
func (t *trial) blended(k int) []float64 {
	path := make([]float64, t.n)
	for c := range candidates {
		one := t.paths[c][k]
		if one == nil {
			continue
		}
		for b := range bands {
			from, to := bandSpan(b, t.f.cols())
			for i := from; i < min(to, len(one)); i++ {
				path[i] += t.weights[b][c] * one[i]
			}
		}
	}
	return path
}

// forecast makes the forecast of the horizon, given what came today.
func (t *trial) forecast(horizon calendars.Grid, places []int, today []float64) Forecast {
	f := t.f
	path := t.blended(len(t.origins))
	out := Forecast{Grid: horizon, Model: blend{}.Name(), Mean: make([]float64, horizon.N), Ordinary: make([]float64, horizon.N), Levels: slices.Clone(levels[:]), Quantiles: make([][]float64, len(levels))}
	for k := range levels {
		out.Quantiles[k] = make([]float64, horizon.N)
	}
	misses := t.misses()
	s := newSpread(misses, f.cols())
	out.Together = together(misses, s)
	update := t.update(path, today)
	for i, at := range places {
		p, open := f.place(at)
		if !open || p < f.known || f.shut[p] {
			continue
		}
		lead := p - f.known
		factor, narrow := update(lead)
		out.Mean[i] = settled(path[lead] * factor)
		out.Ordinary[i] = settled(out.Mean[i] / f.factor[p])
		for k := range levels {
			out.Quantiles[k][i] = settled(s.at(k, out.Mean[i], p, lead, narrow))
			if k > 0 {
				out.Quantiles[k][i] = max(out.Quantiles[k][i], out.Quantiles[k-1][i])
			}
		}
	}
	out.Days = f.notes()
	return out
}
