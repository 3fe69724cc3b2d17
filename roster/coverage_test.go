package roster_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// An operator can be split between queues within an interval, in hundredths: what
// counts is how much of everybody is there, not whom one can point at.
func TestCoverageSplitsOperators(t *testing.T) {
	t.Parallel()
	type person struct {
		share  float64
		skills []string
		there  time.Duration // of the hour
	}
	a, b, both := []string{"a"}, []string{"b"}, []string{"a", "b"}
	for _, c := range []struct {
		name              string
		people            []person
		rostered, missing []float64 // of a and b, which require one operator each
	}{
		{"two queues each miss half, and one operator is that", []person{{0.5, a, time.Hour}, {0.5, b, time.Hour}, {1, both, time.Hour}}, []float64{1, 1}, []float64{0, 0}},
		{"a trainee and a whole operator are one and a half", []person{{0.5, a, time.Hour}, {1, both, time.Hour}}, []float64{1, 0.5}, []float64{0, 0.5}},
		{"a trainee of both queues goes where the whole operator cannot", []person{{0.5, both, time.Hour}, {1, a, time.Hour}}, []float64{1, 0.5}, []float64{0, 0.5}},
		{"one hundredth too few", []person{{0.5, a, time.Hour}, {0.49, b, time.Hour}, {1, both, time.Hour}}, []float64{1, 0.99}, []float64{0, 0.01}},
		{"half an hour is half an operator", []person{{1, a, 30 * time.Minute}, {1, b, 30 * time.Minute}, {1, both, time.Hour}}, []float64{1, 1}, []float64{0, 0}},
		{"nobody is split who has one skill", []person{{1, a, time.Hour}, {0.5, a, time.Hour}}, []float64{1.5, 0}, []float64{0, 1}},
	} {
		for _, reversed := range []bool{false, true} {
			grid := calendars.Grid{Start: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), Step: time.Hour, N: 1}
			p := roster.Problem{Demand: roster.Demand{Grid: grid, Queues: []roster.QueueDemand{{Queue: "a", Skill: "a", Required: []int{1}}, {Queue: "b", Skill: "b", Required: []int{1}}}}}
			var all []roster.Assignment
			for i, one := range c.people {
				p.Team.Operators = append(p.Team.Operators, roster.Operator{ID: roster.ID(i + 1), Share: one.share, Skills: one.skills})
				shift := roster.Assignment{Operator: roster.ID(i + 1), Shift: calendars.Interval{Start: grid.Start, End: grid.Start.Add(one.there)}}
				if all = append(all, shift); reversed {
					all = append([]roster.Assignment{shift}, all[:i]...)
				}
			}
			var rostered, missing []float64
			for _, q := range roster.Cover(p, all).Queues {
				rostered, missing = append(rostered, q.Rostered[0]), append(missing, q.Missing[0])
			}
			if diff := cmp.Diff([][]float64{c.rostered, c.missing}, [][]float64{rostered, missing}); diff != "" {
				t.Errorf("%s: %s", c.name, diff)
			}
		}
	}
}
