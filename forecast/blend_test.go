package forecast_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

// busy is a queue with a weekly pattern and noise; days from the first Monday
// (2 March 2026) may be multiplied.
func busy(t *testing.T, weeks int, times func(day int, local time.Time) float64) forecast.Series {
	t.Helper()
	random := rand.New(rand.NewPCG(7, 7))
	first := calendars.Day{Year: 2026, Month: 3, Dom: 2}
	return weekly(t, calendars.Zone{}, weeks, func(_ int, local time.Time) float64 {
		shape := 40 + 30*math.Sin(float64(local.Hour())/24*2*math.Pi)
		if w := local.Weekday(); w == time.Saturday || w == time.Sunday {
			shape /= 2
		}
		day := first.DaysUntil(calendars.DayOf(local, calendars.Zone{}))
		return math.Round(max(0, shape*times(day, local)+math.Sqrt(shape)*random.NormFloat64()))
	})
}

func always(int, time.Time) float64 { return 1 }

// ahead forecasts so many days after the series.
func ahead(t *testing.T, s forecast.Series, o forecast.Outlook, days int) forecast.Forecast {
	t.Helper()
	first := calendars.DayOf(s.Grid.End().Add(-1), s.Zone).Next()
	f, err := forecast.Blend(o).Forecast(s, calendars.GridOver(s.Grid.End(), first.AddDays(days).Start(s.Zone), time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// total sums hours [from, to) of a forecast.
func total(f forecast.Forecast, from, to int) float64 {
	sum := 0.0
	for _, x := range f.Mean[from:to] {
		sum += x
	}
	return sum
}

func near(t *testing.T, what string, got, want, share float64) {
	t.Helper()
	if math.Abs(got-want) > share*want {
		t.Errorf("%s: %.1f, want %.1f within %.0f %%", what, got, want, 100*share)
	}
}

func TestBlendKnowsThePattern(t *testing.T) {
	t.Parallel()
	s := busy(t, 16, always)
	f := ahead(t, s, forecast.Outlook{}, 7)
	near(t, "Monday", total(f, 0, 24), 24*40, 0.05)
	near(t, "Sunday", total(f, 144, 168), 24*20, 0.08)
	near(t, "Monday 06:00", f.Mean[6], 70, 0.1)
}

// A Wednesday in May was a holiday of half the usual; one in June will be.
func TestBlendLearnsHolidaysByName(t *testing.T) {
	t.Parallel()
	s := busy(t, 16, func(day int, _ time.Time) float64 {
		if day == 7*5+2 || day == 7*10+2 {
			return 0.4
		}
		return 1
	})
	first := calendars.Day{Year: 2026, Month: 3, Dom: 2}
	named := func(days ...int) (o forecast.Outlook) {
		for _, d := range days {
			o.Holidays = append(o.Holidays, forecast.Holiday{Day: first.AddDays(d), Name: "Fair"})
		}
		return o
	}
	with := ahead(t, s, named(7*5+2, 7*10+2, 7*16+2), 7)
	near(t, "the holiday", total(with, 48, 72), 0.4*24*40, 0.2)
	near(t, "the day before", total(with, 24, 48), 24*40, 0.07)
	near(t, "an ordinary Wednesday", total(ahead(t, s, named(7*5+2, 7*10+2), 7), 48, 72), 24*40, 0.07)
	if len(with.Days) == 0 || !slices.ContainsFunc(with.Days, func(n forecast.DayNote) bool { return n.Day == first.AddDays(7*16+2) }) {
		t.Errorf("the holiday is not explained: %v", with.Days)
	}
}

// A known event shows as given, and is taken out of the history it was in.
func TestEvents(t *testing.T) {
	t.Parallel()
	effect := 0.6
	s := busy(t, 12, func(day int, _ time.Time) float64 {
		if day == 7*11+2 {
			return 1.6
		}
		return 1
	})
	past := calendars.Interval{Start: s.Grid.Start.AddDate(0, 0, 7*11+2), End: s.Grid.Start.AddDate(0, 0, 7*11+3)}
	next := calendars.Interval{Start: s.Grid.End().AddDate(0, 0, 3), End: s.Grid.End().AddDate(0, 0, 4)}
	plain := ahead(t, s, forecast.Outlook{Events: []forecast.Event{{Name: "sale", Span: past, Effect: &effect}}}, 7)
	given := ahead(t, s, forecast.Outlook{Events: []forecast.Event{{Name: "sale", Span: past, Effect: &effect}, {Name: "sale", Span: next, Effect: &effect}}}, 7)
	for i := range given.Mean {
		want := plain.Mean[i]
		if next.Contains(given.Grid.At(i)) {
			want *= 1.6
		}
		if math.Abs(given.Mean[i]-want) > 1e-9 {
			t.Fatalf("hour %d: %v, want %v", i, given.Mean[i], want)
		}
	}
	learned := ahead(t, s, forecast.Outlook{Events: []forecast.Event{{Name: "sale", Span: past}, {Name: "sale", Span: next}}}, 7)
	near(t, "the event as learned", total(learned, 72, 96), 1.5*24*40, 0.15)
	near(t, "the day before it", total(learned, 48, 72), 24*40, 0.07)
}

func TestClosedIsZero(t *testing.T) {
	t.Parallel()
	s := busy(t, 10, always)
	closed := calendars.DayOf(s.Grid.End(), s.Zone).AddDays(1)
	o := forecast.Outlook{
		Holidays: []forecast.Holiday{{Day: closed, Name: "stocktaking", Kind: forecast.ClosedKind}},
		Open:     func(at time.Time) bool { return at.Hour() >= 8 },
	}
	f := ahead(t, s, o, 3)
	for i, x := range f.Mean {
		at := f.Grid.At(i)
		shut := at.Hour() < 8 || calendars.DayOf(at, s.Zone) == closed
		if shut != (x == 0) || shut != (f.Quantiles[len(f.Levels)-1][i] == 0) {
			t.Errorf("%s: mean %v", at, x)
		}
	}
}

// Damage of the past is reported, and does little harm.
func TestDamage(t *testing.T) {
	t.Parallel()
	whole := ahead(t, busy(t, 16, always), forecast.Outlook{}, 7)
	for reason, times := range map[string]func(day int, local time.Time) float64{
		"unusual day": func(day int, _ time.Time) float64 {
			if day == 7*12+1 {
				return 10
			}
			return 1
		},
		"unusual interval": func(day int, local time.Time) float64 {
			if day == 7*13+2 && local.Hour() == 12 {
				return 20
			}
			return 1
		},
	} {
		f := ahead(t, busy(t, 16, times), forecast.Outlook{}, 7)
		near(t, reason, total(f, 0, 168), total(whole, 0, 168), 0.02)
		if len(f.Adjusted) == 0 || f.Adjusted[0].Reason != reason || f.Adjusted[0].Was <= f.Adjusted[0].Taken {
			t.Errorf("%s: %v", reason, f.Adjusted)
		}
	}
	s := busy(t, 16, always)
	for i := s.Grid.N - 40; i < s.Grid.N-34; i++ {
		if err := s.Set(i, 0); err != nil {
			t.Fatal(err)
		}
	}
	f := ahead(t, s, forecast.Outlook{}, 7)
	near(t, "outage", total(f, 0, 168), total(whole, 0, 168), 0.02)
	if len(f.Adjusted) < 5 || f.Adjusted[0].Reason != "outage" {
		t.Errorf("outage: %v", f.Adjusted)
	}
}

// A busy morning says that the rest of the day will be busier, but no more
// than mornings have said: here they say all there is.
func TestToday(t *testing.T) {
	t.Parallel()
	wave := func(day int) float64 {
		if day == 7*20-1 {
			return 1.4
		}
		return 1 + 0.4*math.Sin(float64(day*day))
	}
	s := busy(t, 20, func(day int, _ time.Time) float64 { return wave(day) })
	last := 7*20 - 1
	morning := s.Until(s.Grid.End().Add(-12 * time.Hour))
	f := ahead(t, morning, forecast.Outlook{}, 1)
	asleep := ahead(t, s.Until(s.Grid.End().Add(-24*time.Hour)), forecast.Outlook{}, 1)
	ordinary, updated := total(asleep, 12, 24), total(f, 0, 12)
	want := ordinary * wave(last)
	if math.Abs(updated-want) > 0.5*math.Abs(ordinary-want) {
		t.Errorf("the rest of the day: %.0f before, %.0f after the morning, it will be near %.0f", ordinary, updated, want)
	}
}

// Scenarios follow the quantiles hour by hour, and days stray together.
func TestSample(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 3))
	wave := make([]float64, 7*20)
	for d := range wave {
		wave[d] = math.Exp(0.2 * random.NormFloat64())
	}
	f := ahead(t, busy(t, 20, func(day int, _ time.Time) float64 { return wave[day] }), forecast.Outlook{}, 7)
	if f.Together.Day < 0.3 {
		t.Errorf("days stray together by %v", f.Together)
	}
	const n = 2000
	scenarios := f.Sample(rand.New(rand.NewPCG(1, 2)), n)
	above, days := 0, make([]float64, n)
	for k, s := range scenarios {
		for i, x := range s {
			if x > f.Quantile(0.8)[i] {
				above++
			}
			if i < 24 {
				days[k] += x
			}
		}
	}
	near(t, "share above the quantile 0.8", float64(above)/float64(n*len(f.Mean)), 0.2, 0.08)
	slices.Sort(days)
	if spread := (days[n*9/10] - days[n/10]) / total(f, 0, 24); spread < 0.3 {
		t.Errorf("80 %% of the first days lie within %.2f of each other: hours stray apart", spread)
	}
	if diff := cmp.Diff(scenarios[:3], f.Sample(rand.New(rand.NewPCG(1, 2)), n)[:3]); diff != "" {
		t.Error("the same seed drew other scenarios", diff)
	}
}

func TestSameInputSameForecast(t *testing.T) {
	t.Parallel()
	s := busy(t, 9, always)
	if diff := cmp.Diff(ahead(t, s, forecast.Outlook{}, 14), ahead(t, s, forecast.Outlook{}, 14)); diff != "" {
		t.Error(diff)
	}
}

// Odd histories give an answer.
func TestOddHistories(t *testing.T) {
	t.Parallel()
	for name, value := range map[string]func(week int, local time.Time) float64{
		"zeros":    func(int, time.Time) float64 { return 0 },
		"constant": func(int, time.Time) float64 { return 7 },
		"huge":     func(int, time.Time) float64 { return 1e14 },
		"one point": func(week int, local time.Time) float64 {
			return map[bool]float64{true: 5, false: -1}[week == 0 && local.YearDay() == 61 && local.Hour() == 9]
		},
		"one hour a week": func(_ int, local time.Time) float64 {
			return map[bool]float64{true: 9, false: -1}[local.Weekday() == time.Tuesday && local.Hour() == 9]
		},
		"ten years": func(_ int, local time.Time) float64 { return float64(local.Hour()) },
	} {
		weeks := 6
		if name == "ten years" {
			weeks = 522
		}
		s := weekly(t, calendars.MustZone("Europe/Sofia"), weeks, value)
		sane(t, ahead(t, s, forecast.Outlook{}, 28))
		sane(t, ahead(t, s.Until(s.Grid.End().Add(-5*time.Hour)), forecast.Outlook{}, 1))
	}
}

func TestAbsurdArrivals(t *testing.T) {
	t.Parallel()
	s := weekly(t, calendars.Zone{}, 2, func(int, time.Time) float64 { return 1e300 })
	_, err := forecast.Blend(forecast.Outlook{}).Forecast(s, calendars.Grid{Start: s.Grid.End(), Step: time.Hour, N: 24})
	if err == nil || !strings.Contains(err.Error(), "1e+300 arrivals in an interval") {
		t.Errorf("%v", err)
	}
}

// Around both changes of clocks an hour of the wall clock is forecast like the
// same hour of other days, and the hour that autumn repeats as a rate: each
// pass like one.
func TestBlendOnTheClock(t *testing.T) {
	t.Parallel()
	sofia := calendars.MustZone("Europe/Sofia")
	for _, first := range []calendars.Day{{Year: 2026, Month: 1, Dom: 5}, {Year: 2026, Month: 8, Dom: 3}} {
		s := forecast.NewSeries(calendars.GridOver(first.Start(sofia), first.AddDays(7*11).Start(sofia), time.Hour), sofia)
		pattern := func(at time.Time) float64 { return float64(50 + 10*at.In(sofia.Location()).Hour()) }
		for i := range s.Grid.N {
			if err := s.Set(i, pattern(s.Grid.At(i))); err != nil {
				t.Fatal(err)
			}
		}
		f := ahead(t, s, forecast.Outlook{}, 14)
		if hours := len(f.Mean) - 14*24; hours != 1 && hours != -1 {
			t.Fatalf("the clocks do not change in the two weeks from %s", f.Grid.Start)
		}
		for i, got := range f.Mean {
			if want := pattern(f.Grid.At(i)); math.Abs(got-want) > 0.02*want {
				t.Errorf("%s: %.1f, want %v", f.Grid.At(i).In(sofia.Location()), got, want)
			}
		}
	}
}
