package forecast_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

func TestSeriesRegrids(t *testing.T) {
	t.Parallel()
	const quarters = "timestamp,queue,offered\n2026-03-01T10:00:00Z,q,1\n2026-03-01T10:15:00Z,q,2\n2026-03-01T10:30:00Z,q,3\n2026-03-01T10:45:00Z,q,4\n2026-03-01T11:00:00Z,q,5\n2026-03-01T11:30:00Z,q,5\n"
	history, _, err := forecast.ReadHistory(strings.NewReader(quarters), forecast.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	hours, err := history.Series("q", *zone("Asia/Kolkata"), 30*time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 2, 28, 18, 30, 0, 0, time.UTC); !hours.Grid.Start.Equal(want) || hours.Grid.N != 48 {
		t.Errorf("grid %v of %d: expected a day from local midnight, %v", hours.Grid.Start, hours.Grid.N, want)
	}
	at := hours.Grid.Index(time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC))
	for i, want := range []float64{3, 7} {
		if got, ok := hours.At(at + i); !ok || got != want {
			t.Errorf("half hour %d: %v %v, want %v", i, got, ok, want)
		}
	}
	if _, ok := hours.At(at + 2); ok {
		t.Error("a half hour without its second quarter must be a gap")
	}
	if _, err := history.Series("none", *zone("UTC"), time.Hour); !errors.Is(err, forecast.ErrNoHistory) {
		t.Errorf("got %v", err)
	}
}

// Each record is spread over its own time, whatever the grid of the series:
// that of a zone half an hour off, or a step that divides neither way.
func TestSeriesOfRecordsAcrossIntervals(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	cases := []struct {
		name       string
		have, want time.Duration
		zone       string
		offered    []float64
		from       time.Time
		known      []float64
	}{
		{"half an hour off", time.Hour, time.Hour, "Asia/Kolkata", []float64{8, 4, 2}, at.Add(30 * time.Minute), []float64{6, 3}},
		{"20 to 30 minutes", 20 * time.Minute, 30 * time.Minute, "UTC", []float64{8, 4, 6}, at, []float64{10, 8}},
		{"hour to quarters", time.Hour, 15 * time.Minute, "Asia/Kathmandu", []float64{8}, at, []float64{2, 2, 2, 2}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			h := forecast.History{Step: c.have}
			for i, x := range c.offered {
				h.Records = append(h.Records, forecast.Record{Queue: "q", Start: at.Add(time.Duration(i) * c.have), Offered: x})
			}
			s, err := h.Series("q", *zone(c.zone), c.want)
			if err != nil {
				t.Fatal(err)
			}
			var known []float64
			for i := range s.Grid.N {
				if x, ok := s.At(i); ok {
					if len(known) == 0 && !s.Grid.At(i).Equal(c.from) {
						t.Errorf("known from %s, want %s", s.Grid.At(i), c.from)
					}
					known = append(known, x)
				}
			}
			if diff := cmp.Diff(c.known, known); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Where records touch and fill whole days, regridding loses no chat.
func TestSeriesKeepsTheSum(t *testing.T) {
	t.Parallel()
	zones := []string{"UTC", "Europe/Sofia", "America/St_Johns", "Asia/Kathmandu", "Africa/Casablanca"}
	rapid.Check(t, func(t *rapid.T) {
		z := calendars.MustZone(rapid.SampledFrom(zones).Draw(t, "zone"))
		have := time.Duration(rapid.SampledFrom([]int{5, 15, 20, 30, 60}).Draw(t, "have")) * time.Minute
		want := time.Duration(rapid.SampledFrom([]int{5, 15, 30, 60}).Draw(t, "want")) * time.Minute
		first := calendars.Day{Year: 2026, Month: 3, Dom: 1}.AddDays(rapid.IntRange(0, 300).Draw(t, "day"))
		grid := calendars.GridOver(first.Start(z), first.AddDays(rapid.IntRange(1, 3).Draw(t, "days")).Start(z), have)
		h, offered := forecast.History{Step: have}, 0.0
		for i := range grid.N {
			x := float64(rapid.IntRange(0, 9).Draw(t, "offered"))
			offered += x
			h.Records = append(h.Records, forecast.Record{Queue: "q", Start: grid.At(i), Offered: x})
		}
		s, err := h.Series("q", z, want)
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for i := range s.Grid.N {
			x, ok := s.At(i)
			if !ok {
				t.Fatalf("%s is a gap in a full history", s.Grid.At(i))
			}
			sum += x
		}
		if math.Abs(sum-offered) > 1e-9*(1+offered) {
			t.Fatalf("%v chats, %v offered", sum, offered)
		}
	})
}
