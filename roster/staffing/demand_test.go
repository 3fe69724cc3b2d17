package staffing_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

// demandOf is the demand of one queue for a day of constant arrivals per hour.
func demandOf(t testing.TB, team roster.Team, arrivals float64) []int {
	t.Helper()
	grid := calendars.Grid{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: 24}
	f := forecast.Forecast{Grid: grid}
	for range grid.N {
		f.Mean = append(f.Mean, arrivals)
	}
	d, err := staffing.Demand(team, grid, map[string]forecast.Forecast{"q": f})
	if err != nil {
		t.Fatal(err)
	}
	return d.Queues[0].Required
}

func chatQueue() roster.Queue {
	return roster.Queue{
		Name: "q", Skill: "q", Zone: calendars.MustZone("UTC"), ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)},
		AHT: calendars.Seconds(480), Concurrency: 3, Slowdown: 0.15,
	}
}

// Never fewer than 4 at night, in the queue's zone.
func TestPresence(t *testing.T) {
	t.Parallel()
	q := chatQueue()
	q.Zone = calendars.MustZone("Europe/Sofia") // two hours ahead
	q.Presence = []roster.Presence{{From: 22 * 60, To: 6 * 60, Operators: 4}}
	for i, n := range demandOf(t, roster.Team{Queues: []roster.Queue{q}}, 6) {
		want := 1
		if i < 4 || i >= 20 {
			want = 4
		}
		if n != want {
			t.Errorf("hour %d: %d, want %d", i, n, want)
		}
	}
}

// Shrinkage by cause, on the clocks of those who can serve the queue.
func TestShrinkageByCause(t *testing.T) {
	t.Parallel()
	q := chatQueue()
	q.Shrinkage, q.MinOperators = 0.1, 6
	team := roster.Team{
		Queues: []roster.Queue{q},
		Operators: []roster.Operator{
			{Zone: calendars.MustZone("Asia/Manila"), Skills: []string{"q"}, Share: 1}, {Zone: calendars.MustZone("UTC"), Skills: []string{"q"}, Share: 1},
			{Zone: calendars.MustZone("UTC"), Skills: []string{"other"}, Share: 1},
		},
		Shrinkage: []roster.Shrinkage{
			{Cause: "sickness", Share: 0.1, WholeShift: true},
			{Cause: "lunch", Share: 0.5, From: 13 * 60, To: 14 * 60},
			{Cause: "training", Share: 0.2, Zone: calendars.MustZone("UTC"), From: 20 * 60, To: 0},
		},
	}
	required := demandOf(t, team, 1)
	for i, share := range map[int]float64{
		0: 0.2, 5: 0.2 + 0.25 /* lunch in Manila */, 12: 0.2, 13: 0.2 + 0.25, 14: 0.2, 19: 0.2, 20: 0.2 + 0.1, 23: 0.2 + 0.1,
	} {
		if want := staffing.Schedule(6, share); required[i] != want {
			t.Errorf("hour %d: %d, want %d", i, required[i], want)
		}
	}
}

// Deferred work of closed hours is done when open, and spread.
func TestDeferred(t *testing.T) {
	t.Parallel()
	q := chatQueue()
	q.Concurrency, q.Deferred = 1, calendars.Hours(8)
	q.AHT = calendars.Seconds(3600)
	q.Opening = []roster.Opening{{From: 8 * 60, To: 16 * 60}}
	for i, n := range demandOf(t, roster.Team{Queues: []roster.Queue{q}}, 1) {
		// Nine hours of work wait at eight o'clock, seven more arrive until three.
		// What comes after four belongs to the next day, beyond this horizon.
		want := 0
		if i >= 8 && i < 16 {
			want = 2
		}
		if n != want {
			t.Errorf("hour %d: %d, want %d", i, n, want)
		}
	}
}

// What is spread is all of the work, none before it arrives or after it is
// due, and no exchange between two intervals would make it more even.
func TestSpread(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		arrivals := rapid.SliceOfN(rapid.Float64Range(0, 10), 1, 20).Draw(t, "arrivals")
		window := rapid.IntRange(1, 8).Draw(t, "window")
		work := staffing.Spread(arrivals, window)
		arrived, done, due := make([]float64, len(work)), make([]float64, len(work)), make([]float64, len(work))
		a, d := 0.0, 0.0
		for i := range work {
			a += arrivals[i]
			d += work[i]
			arrived[i], done[i] = a, d
			if i >= window-1 {
				for j := 0; j <= i-window+1; j++ {
					due[i] += arrivals[j]
				}
			}
			if work[i] < 0 || done[i] > arrived[i]+1e-9 || done[i] < due[i]-1e-9 {
				t.Fatalf("interval %d of %v: %v", i, arrivals, work)
			}
		}
		if math.Abs(done[len(done)-1]-a) > 1e-9 {
			t.Fatalf("%v of %v is done", done[len(done)-1], a)
		}
		// Convex, so it is the best if no small shift of work between two
		// neighbours that the bounds allow brings them closer.
		for i := range len(work) - 1 {
			const step = 1e-6
			if work[i] > work[i+1]+1e-5 && done[i]-step >= due[i] {
				t.Fatalf("%v, window %d: less in %d would be possible: %v", arrivals, window, i, work)
			}
			if work[i] < work[i+1]-1e-5 && done[i]+step <= arrived[i] {
				t.Fatalf("%v, window %d: more in %d would be possible: %v", arrivals, window, i, work)
			}
		}
	})
}

// uncertain is a forecast of three days whose arrivals stray together.
func uncertain() forecast.Forecast {
	f := forecast.Forecast{
		Grid:     calendars.Grid{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: 72},
		Levels:   []float64{0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95, 0.99},
		Together: forecast.Together{Horizon: 0.1, Day: 0.5},
	}
	f.Quantiles = make([][]float64, len(f.Levels))
	for i := range f.Grid.N {
		mean := 40 * (1 - 0.8*math.Cos(2*math.Pi*float64(i)/24))
		f.Mean = append(f.Mean, mean)
		for k, p := range f.Levels {
			f.Quantiles[k] = append(f.Quantiles[k], mean*(1+0.3*math.Sqrt2*math.Erfinv(2*p-1)))
		}
	}
	return f
}

// A plan for a share of days costs more as the share grows, and no operator of
// it can be spared.
func TestPlanForDays(t *testing.T) {
	t.Parallel()
	f := uncertain()
	before := 0
	for _, share := range []float64{0.5, 0.8, 0.95} {
		q := chatQueue()
		q.PlanDays = share
		d, err := staffing.Demand(roster.Team{Queues: []roster.Queue{q}}, f.Grid, map[string]forecast.Forecast{"q": f})
		if err != nil {
			t.Fatal(err)
		}
		sum := 0
		for _, n := range d.Queues[0].Required {
			sum += n
		}
		if sum <= before {
			t.Errorf("%v of days: %d operator-hours, after %d", share, sum, before)
		}
		before = sum
		for from := 0; from < 72; from += 24 {
			held := staffing.HoldsOnDays(q, f, d.Queues[0].Required, from, from+24)
			if held < share {
				t.Errorf("%v of days: holds on %v", share, held)
			}
			for i := from; i < from+24; i++ {
				fewer := append([]int(nil), d.Queues[0].Required...)
				if fewer[i]--; fewer[i] > 1 && staffing.HoldsOnDays(q, f, fewer, from, from+24) >= share {
					t.Errorf("%v of days: one of %d could be spared at %d", share, d.Queues[0].Required[i], i)
				}
			}
		}
	}
}
