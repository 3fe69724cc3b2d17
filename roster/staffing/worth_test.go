package staffing_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

func TestHull(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		curve, want []float64
	}{
		{"one", []float64{0.9}, nil},
		{"concave", []float64{0.5, 0.8, 0.9}, []float64{0.3, 0.1}},
		{"convex", []float64{0, 0.1, 0.8}, []float64{0.4, 0.4}},
		{"s-shaped", []float64{0, 0.1, 0.8, 0.9, 0.95}, []float64{0.4, 0.4, 0.1, 0.05}},
		{"flat", []float64{1, 1, 1}, []float64{0, 0}},
	} {
		if diff := cmp.Diff(c.want, staffing.Hull(c.curve), cmpopts.EquateApprox(0, 1e-12), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestWeigh(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		rises []float64
		want  []int64
	}{
		{"one", nil, []int64{20}},
		{"of two, there is no choice", []float64{0.9}, []int64{20, 10}},
		{"in proportion", []float64{0.3, 0.1}, []int64{20, 20, 10}}, // 22.5 and 7.5, but none is worth more than 20
		{"all the same", []float64{0.2, 0.2}, []int64{20, 15, 15}},
		{"the last adds nothing", []float64{0.3, 0.2, 0}, []int64{20, 20, 15, 5}},
		{"nobody adds anything", []float64{0, 0, 0, 0}, []int64{20, 15, 15, 15, 15}},
	} {
		if diff := cmp.Diff(c.want, staffing.Weigh(c.rises, len(c.rises)+1)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	if weights := staffing.Weigh(nil, 0); len(weights) > 0 {
		t.Errorf("nobody is required, and weighs %v", weights)
	}
}

// Weights fall, are few, and in sum what halves make, whatever the curve.
func TestWeighKeepsTheSum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "required")
		curve := rapid.SliceOfN(rapid.Float64Range(0, 1), n, n).Draw(t, "curve")
		slices.Sort(curve)
		weights := staffing.Weigh(staffing.Hull(curve), n)
		sum := int64(0)
		for k, weight := range weights {
			sum += weight
			if weight < 5 || weight > 20 || weight%5 != 0 || k > 0 && weight > weights[k-1] {
				t.Errorf("%v", weights)
			}
		}
		if want := int64(10*n + 10*((n+1)/2)); len(weights) != n || weights[0] != 20 || sum != want {
			t.Errorf("%d weights %v make %d, want %d", len(weights), weights, sum, want)
		}
	})
}

// The parts of a demand hold its requirements, and are weighed by the exact
// model: shrinkage off, each interval by itself.
func TestWeighed(t *testing.T) {
	t.Parallel()
	q := chatQueue()
	q.Patience, q.Shrinkage = calendars.Seconds(300), 0.4
	deferred := chatQueue()
	deferred.Name, deferred.Deferred = "mail", calendars.Hours(8)
	team := roster.Team{Queues: []roster.Queue{q, deferred}}
	f := spreadOut([]float64{0, 5, 40, 60, 90, 150, 300}, nil, nil)
	d, err := staffing.Demand(team, f.Grid, map[string]forecast.Forecast{"q": f, "mail": f})
	if err != nil {
		t.Fatal(err)
	}
	chat, mail := d.Queues[0], d.Queues[1]
	if len(mail.Parts) > 0 {
		t.Errorf("deferred work has parts: %v", mail.Parts)
	}
	unlike := false
	for i, required := range chat.Required {
		var got []int64
		for _, part := range chat.Parts {
			got = append(got, slices.Repeat([]int64{part.Weight}, part.Operators[i])...)
		}
		var curve []float64
		for k := 1; k <= required; k++ {
			level, _, err := staffing.Answered(q, f.Mean[i], time.Hour, float64(k)*(1-0.4))
			if err != nil {
				t.Fatal(err)
			}
			curve = append(curve, level)
		}
		want := staffing.Weigh(staffing.Hull(curve), required)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("hour %d: %s", i, diff)
		}
		unlike = unlike || slices.Contains(got, 15) || slices.Contains(got, 5)
	}
	if !unlike {
		t.Errorf("the curve makes no difference to halves: %+v", chat)
	}
}

// Requirements that come to halves are left as they were.
func TestWeighedHalves(t *testing.T) {
	t.Parallel()
	f := spreadOut([]float64{1, 12, 0, 12}, nil, nil)
	d, err := staffing.Demand(roster.Team{Queues: []roster.Queue{chatQueue()}}, f.Grid, map[string]forecast.Forecast{"q": f})
	if err != nil {
		t.Fatal(err)
	}
	if q := d.Queues[0]; slices.Max(q.Required) != 2 || len(q.Parts) > 0 {
		t.Errorf("%+v", q)
	}
}
