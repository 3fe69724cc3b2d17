package forecast

import (
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// OpenOnly returns the series with gaps where the queue was closed: what came
// then, if anything, is not to be learned from nor held against a forecast.
func (o Outlook) OpenOnly(s Series) Series {
	if o.Open == nil {
		return s
	}
	out := NewSeries(s.Grid, s.Zone)
	for i, x := range s.values {
		if o.Open(s.Grid.At(i)) {
			out.values[i] = x
		}
	}
	return out
}

// plain returns the history as it would be without the events of known effect,
// and unknown where the queue was closed.
func (o Outlook) plain(s Series) Series {
	s = o.OpenOnly(s)
	if len(o.Events) == 0 {
		return s
	}
	out := NewSeries(s.Grid, s.Zone)
	for i, x := range s.values {
		out.values[i] = x / o.given(s.Grid.At(i))
	}
	return out
}

// given returns the factor of the events of known effect at an instant.
func (o Outlook) given(at time.Time) float64 {
	factor := 1.0
	for _, e := range o.Events {
		if e.Effect != nil && !at.Before(e.Span.Start) && at.Before(e.Span.End) {
			factor *= max(leastFactor, 1+*e.Effect)
		}
	}
	return factor
}

// leastFactor keeps an event that stops everything from dividing by zero.
const leastFactor = 0.01

// apply puts the events of known effect into a forecast, and no arrivals where
// the queue is closed.
func (o Outlook) apply(f *Forecast, zone calendars.Zone) {
	for i := range f.Mean {
		at := f.Grid.At(i)
		factor := o.given(at)
		if o.Open != nil && !o.Open(at) {
			factor, f.Ordinary[i] = 0, 0
		}
		f.Mean[i] *= factor
		for k := range f.Quantiles {
			f.Quantiles[k][i] *= factor
		}
	}
	for _, e := range o.Events {
		if e.Effect != nil && f.Grid.Span().Overlaps(e.Span) {
			f.noteEvent(e, zone)
		}
	}
}

// noteEvent adds an event of known effect to the notes of its days.
func (f *Forecast) noteEvent(e Event, zone calendars.Zone) {
	last := calendars.DayOf(e.Span.End.Add(-1), zone)
	effect := DayEffect{"event: " + e.Name, max(leastFactor, 1+*e.Effect)}
	for day := calendars.DayOf(e.Span.Start, zone); !last.Before(day); day = day.Next() {
		if i := slices.IndexFunc(f.Days, func(n DayNote) bool { return n.Day == day }); i >= 0 {
			f.Days[i].Effects = append(f.Days[i].Effects, effect)
		} else if f.Grid.Span().Overlaps(day.Interval(zone)) {
			f.Days = append(f.Days, DayNote{day, []DayEffect{effect}})
		}
	}
	slices.SortFunc(f.Days, func(a, b DayNote) int { return a.Day.DaysUntil(b.Day) * -1 })
}
