package staffing_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

// spreadOut is a forecast whose quantiles are so many times the mean.
func spreadOut(mean []float64, levels, times []float64) forecast.Forecast {
	f := forecast.Forecast{Grid: calendars.Grid{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: len(mean)}, Mean: mean, Levels: levels}
	for _, factor := range times {
		row := slices.Clone(mean)
		for i := range row {
			row[i] *= factor
		}
		f.Quantiles = append(f.Quantiles, row)
	}
	return f
}

// Of 120 chats in an hour 8 operators answer 0.74903 within 60 s, of 30 chats 3
// operators 0.95019, and of 120 chats 10 operators 0.99117: computed by an
// implementation of its own from the model's first principles.
func TestReached(t *testing.T) {
	t.Parallel()
	const eight, three, ten = 0.74903, 0.95019, 0.99117
	seven, err := staffing.System{Arrivals: 120, AHT: 480 * time.Second, Concurrency: 3, Slowdown: 0.15, Operators: 7}.Measure(time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	shrunk := func(q *roster.Queue) { q.Shrinkage = 0.2 }
	for _, c := range []struct {
		name     string
		change   func(q *roster.Queue)
		first    int
		rostered []float64
		want     float64
	}{
		{"first interval", nil, 0, []float64{8}, eight},
		{"last interval", nil, 3, []float64{10}, ten},
		{"by arrivals", nil, 0, []float64{8, 3}, (120*eight + 30*three) / 150},
		{"an hour without chats", nil, 0, []float64{8, 3, 0, 10}, (120*eight + 30*three + 120*ten) / 270},
		{"shrinkage off", shrunk, 0, []float64{10, 3.75}, (120*eight + 30*three) / 150},
		{"nobody there", nil, 0, []float64{0}, 0},
		{"cannot keep up", nil, 0, []float64{6}, 0},
		{"half an operator", nil, 0, []float64{7.5}, (seven.ServiceLevel + eight) / 2},
		{"planned for a quantile", func(q *roster.Queue) { q.PlanQuantile = 0.9 }, 1, []float64{8}, eight},
	} {
		q := chatQueue()
		if c.change != nil {
			c.change(&q)
		}
		f := spreadOut([]float64{120, 30, 0, 120}, []float64{0.5, 0.9}, []float64{1, 4})
		reached := staffing.Reached(roster.Team{Queues: []roster.Queue{q}}, map[string]forecast.Forecast{"q": f})
		share, known, err := reached("q", c.first, c.rostered)
		const printed = 1e-5
		if err != nil || !known || math.Abs(share-c.want) > printed {
			t.Errorf("%s: %v, %v, %v, want %v", c.name, share, known, err, c.want)
		}
	}
}

// A queue planned for a share of days has what so many days reach: the same as
// any day's if all are alike, and the less the more days are asked for.
func TestReachedOnDays(t *testing.T) {
	t.Parallel()
	on := func(days float64, times ...float64) float64 {
		q := chatQueue()
		q.PlanDays = days
		f := spreadOut([]float64{120, 120}, []float64{0.1, 0.5, 0.9}, times)
		share, known, err := staffing.Reached(roster.Team{Queues: []roster.Queue{q}}, map[string]forecast.Forecast{"q": f})("q", 0, []float64{8, 8})
		if err != nil || !known {
			t.Fatal(known, err)
		}
		return share
	}
	const closedForm = 0.01
	if alike := on(0.9, 1, 1, 1); math.Abs(alike-0.74903) > closedForm {
		t.Errorf("days that are alike reach %v, not 0.749", alike)
	}
	if half, most := on(0.5, 0.8, 1, 1.2), on(0.9, 0.8, 1, 1.2); !(most < half-0.1) {
		t.Errorf("half of the days reach %v, nine of ten %v", half, most)
	}
}

// Nothing is known where the model does not apply.
func TestReachedUnknown(t *testing.T) {
	t.Parallel()
	deferred := chatQueue()
	deferred.Name, deferred.Deferred = "mail", calendars.Hours(8)
	reached := staffing.Reached(roster.Team{Queues: []roster.Queue{chatQueue(), deferred}},
		map[string]forecast.Forecast{"q": spreadOut([]float64{120, 0}, nil, nil), "mail": spreadOut([]float64{120, 0}, nil, nil)})
	for _, c := range []struct {
		name, queue string
		first, n    int
	}{{"deferred", "mail", 0, 1}, {"no such queue", "other", 0, 1}, {"beyond the forecast", "q", 1, 2}, {"no chats", "q", 1, 1}} {
		if share, known, err := reached(c.queue, c.first, make([]float64, c.n)); known || err != nil {
			t.Errorf("%s: %v, %v", c.name, share, err)
		}
	}
}
