package forecast_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

// Chats last twice as long at night, when there are few, and the bot resolves
// a third of them by day. What comes after the origin is not seen.
func TestRates(t *testing.T) {
	t.Parallel()
	h := forecast.History{Step: time.Hour}
	start := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for i := range 24 * 7 * 8 {
		at := start.Add(time.Duration(i) * time.Hour)
		offered, aht, bot := 60.0, calendars.Seconds(300), 20.0
		if at.Hour() < 6 {
			offered, aht, bot = 30, calendars.Seconds(600), 0
		}
		if i >= 24*7*7 {
			aht = calendars.Seconds(1)
		}
		h.Records = append(h.Records, forecast.Record{Queue: "q", Start: at, Offered: offered, AHT: &aht, BotResolved: &bot})
	}
	origin := start.AddDate(0, 0, 49)
	horizon := calendars.Grid{Start: origin, Step: 30 * time.Minute, N: 48}
	times, shares := h.HandlingTimes("q", calendars.Zone{}, horizon), h.BotShares("q", calendars.Zone{}, horizon)
	for i, want := range map[int]struct{ aht, bot float64 }{2: {600, 0}, 30: {300, 1.0 / 3}} {
		if got := times[i].Seconds(); math.Abs(got-want.aht) > 0.2*want.aht {
			t.Errorf("half hour %d: %v s, want near %v", i, got, want.aht)
		}
		if math.Abs(shares[i]-want.bot) > 0.1 {
			t.Errorf("half hour %d: the bot resolves %v, want near %v", i, shares[i], want.bot)
		}
	}
	if times := h.HandlingTimes("other", calendars.Zone{}, horizon); times != nil {
		t.Errorf("a queue without records takes %v", times)
	}
}

// A new queue looks like the other, at the manager's level, until it tells
// another level itself.
func TestBorrowed(t *testing.T) {
	t.Parallel()
	like := busy(t, 12, always) // 24*40*5 + 24*20*2 a week
	const expected = 576        // a tenth of it
	m, err := forecast.Borrowed(like, expected, forecast.Outlook{})
	if err != nil {
		t.Fatal(err)
	}
	week := calendars.GridOver(like.Grid.End(), like.Grid.End().AddDate(0, 0, 7), time.Hour)
	empty := forecast.NewSeries(calendars.Grid{Start: like.Grid.End(), Step: time.Hour}, calendars.Zone{})
	f, err := m.Forecast(empty, week)
	if err != nil {
		t.Fatal(err)
	}
	sane(t, f)
	near(t, "the first week", total(f, 0, 168), expected, 0.05)
	near(t, "its Monday", total(f, 0, 24), 96, 0.1)
	if low, high := f.Quantile(0.1)[12], f.Quantile(0.9)[12]; low > 0.5*f.Mean[12] || high < 1.5*f.Mean[12] {
		t.Errorf("a guess is taken for sure: %v to %v around %v", low, high, f.Mean[12])
	}

	own := forecast.NewSeries(week, calendars.Zone{})
	for i := range own.Grid.N {
		if err := own.Set(i, 2*f.Mean[i]); err != nil { // twice the guess
			t.Fatal(err)
		}
	}
	next, err := m.Forecast(own, calendars.GridOver(week.End(), week.End().AddDate(0, 0, 7), time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "the second week", total(next, 0, 168), 2*expected, 0.05)

	if _, err := forecast.Borrowed(like, -1, forecast.Outlook{}); err == nil || !strings.Contains(err.Error(), "-1 arrivals a week") {
		t.Errorf("%v", err)
	}
}
