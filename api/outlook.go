package api

import (
	"fmt"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/calendars/holidays"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// Outlook is what is known ahead about a queue from one instant to another:
// its opening hours, the holidays of its country, its events.
func Outlook(q roster.Queue, from, to time.Time) (forecast.Outlook, error) {
	var o forecast.Outlook
	if len(q.Opening) > 0 {
		o.Open = q.Open
	}
	for _, e := range q.Events {
		o.Events = append(o.Events, forecast.Event{Name: e.Name, Span: calendars.Interval{Start: e.Start.UTC(), End: e.End.UTC()}, Effect: e.Effect})
	}
	if q.Country == "" {
		return o, nil
	}
	var err error
	o.Holidays, err = Holidays(q.Country, calendars.DayOf(from, q.Zone), calendars.DayOf(to, q.Zone))
	if err != nil {
		err = fmt.Errorf("%w: queue %q: %w", ErrInput, q.Name, err)
	}
	return o, err
}

// Holidays lists the holidays of a country as a forecaster knows them, with
// some days around so that eves and days after are seen.
func Holidays(country string, first, last calendars.Day) ([]forecast.Holiday, error) {
	const around = 40 // days
	calendar, err := holidays.Load(country)
	if err != nil {
		return nil, err
	}
	var all []forecast.Holiday
	for _, h := range calendar.Between(first.AddDays(-around), last.AddDays(around)) {
		kind := forecast.HolidayKind
		if h.Kind == holidays.WorkingDay {
			kind = forecast.WorkingKind
		}
		all = append(all, forecast.Holiday{Day: h.Day, Name: h.Name, Kind: kind})
	}
	return all, nil
}

// HolidaysUnknown warns of a horizon that goes past what is known of a
// country's holidays; it is empty otherwise.
func HolidaysUnknown(country string, last calendars.Day) roster.Text {
	calendar, err := holidays.Load(country)
	if err != nil {
		return roster.Text{}
	}
	until, checked := calendar.KnownUntil()
	if !checked || !until.Before(last) {
		return roster.Text{}
	}
	return roster.Text{
		English:   "holidays of %s are known until %s: later ones are those of the law alone, without days that a government moves",
		Russian:   "праздники %s известны до %s: более поздние – только по закону, без переносов, которые устанавливает правительство",
		Bulgarian: "празниците на %s са известни до %s: по-късните са само по закон, без почивните дни, които правителството размества",
	}.With(country, until.String())
}
