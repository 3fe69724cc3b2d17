package forecast_test

import (
	"errors"
	"math"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

// weekly makes n weeks of hours in the zone from a Monday, by a function of
// the week and the wall clock.
func weekly(t *testing.T, zone calendars.Zone, weeks int, value func(week int, local time.Time) float64) forecast.Series {
	t.Helper()
	first := calendars.Day{Year: 2026, Month: 3, Dom: 2}
	s := forecast.NewSeries(calendars.GridOver(first.Start(zone), first.AddDays(7*weeks).Start(zone), time.Hour), zone)
	for i := range s.Grid.N {
		local := s.Grid.At(i).In(zone.Location())
		if x := value(first.DaysUntil(calendars.DayOf(local, zone))/7, local); x >= 0 {
			if err := s.Set(i, x); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s
}

// A purely weekly pattern on the wall clock is forecast exactly, over the
// week in which clocks change and around gaps.
func TestModelsKnowTheWeek(t *testing.T) {
	t.Parallel()
	sofia := calendars.MustZone("Europe/Sofia")
	pattern := func(local time.Time) float64 { return float64(int(local.Weekday())*100 + local.Hour()) }
	s := weekly(t, sofia, 5, func(week int, local time.Time) float64 {
		if week == 3 && local.Hour() == 9 {
			return -1 // a gap
		}
		return pattern(local)
	})
	horizon := calendars.GridOver(s.Grid.End(), s.Grid.End().Add(14*23*time.Hour), time.Hour)
	for _, m := range forecast.Models(forecast.Outlook{})[:2] {
		f, err := m.Forecast(s, horizon)
		if err != nil {
			t.Fatal(err)
		}
		for i, got := range f.Mean {
			if want := pattern(horizon.At(i).In(sofia.Location())); got != want {
				t.Fatalf("%s at %s: %v, want %v", m.Name(), horizon.At(i), got, want)
			}
		}
	}
}

func TestModelsDiffer(t *testing.T) {
	t.Parallel()
	s := weekly(t, calendars.Zone{}, 10, func(week int, _ time.Time) float64 { return float64(week) })
	horizon := calendars.GridOver(s.Grid.End(), s.Grid.End().Add(time.Hour), time.Hour)
	for i, want := range []float64{9, 5.5} { // the last week; the mean of weeks 2 to 9
		if f, err := forecast.Models(forecast.Outlook{})[i].Forecast(s, horizon); err != nil || f.Mean[0] != want {
			t.Errorf("%s: %v %v, want %v", forecast.Models(forecast.Outlook{})[i].Name(), f.Mean, err, want)
		}
	}
}

// A model must not see beyond the origin: a backtest on a series whose future
// is absurd gives the same forecasts.
func TestBacktestCannotPeek(t *testing.T) {
	t.Parallel()
	s := weekly(t, calendars.Zone{}, 8, func(week int, local time.Time) float64 {
		if week >= 7 {
			return 1000
		}
		return 10
	})
	a, err := forecast.Backtest(forecast.WeekdayMean(8), s, s.Origins(1, 7), 7)
	if err != nil {
		t.Fatal(err)
	}
	if want := 0.99; math.Abs(a.WAPE-want) > 1e-12 || a.Intervals != 168 {
		t.Errorf("WAPE %v over %d intervals, want %v over 168", a.WAPE, a.Intervals, want)
	}
}

func TestQuantiles(t *testing.T) {
	t.Parallel()
	s := weekly(t, calendars.MustZone("America/New_York"), 10, func(week int, local time.Time) float64 {
		return float64((week*7919+local.Hour()*104729+local.YearDay()*31)%40) * float64(local.Hour()%3)
	})
	f, err := forecast.WeekdayMean(8).Forecast(s, calendars.GridOver(s.Grid.End(), s.Grid.End().Add(200*time.Hour), time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	below := f.Quantile(0)
	for p := 0.01; p < 1; p += 0.01 {
		row := f.Quantile(p)
		for i := range row {
			if row[i] < below[i] || row[i] < 0 || math.IsNaN(row[i]) {
				t.Fatalf("quantile %v of interval %d is %v, the one below %v", p, i, row[i], below[i])
			}
		}
		below = row
	}
}

func TestNoHistory(t *testing.T) {
	t.Parallel()
	s := forecast.NewSeries(calendars.Grid{Step: time.Hour, N: 48}, calendars.Zone{})
	for _, m := range forecast.Models(forecast.Outlook{}) {
		if _, err := m.Forecast(s, calendars.Grid{Start: s.Grid.End(), Step: time.Hour, N: 1}); !errors.Is(err, forecast.ErrNoHistory) {
			t.Errorf("%s: %v", m.Name(), err)
		}
	}
	for _, bad := range []float64{math.NaN(), math.Inf(1), -1} {
		if err := s.Set(0, bad); err == nil {
			t.Errorf("%v was accepted", bad)
		}
	}
}
