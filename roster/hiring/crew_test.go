package hiring

import (
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// What a crew misses first is named, by time and not by the order of the queues.
func TestFirstMissing(t *testing.T) {
	t.Parallel()
	grid := calendars.Grid{Start: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), Step: time.Hour, N: 3}
	c := Crew{
		Problem: roster.Problem{
			Team: roster.Team{Operators: []roster.Operator{{ID: 1, Share: 1, Skills: []string{"a", "b"}}}},
			Demand: roster.Demand{Grid: grid, Queues: []roster.QueueDemand{
				{Queue: "a", Skill: "a", Required: []int{1, 0, 2}}, {Queue: "b", Skill: "b", Required: []int{0, 2, 0}},
			}},
		},
		Result: solve.Result{Assignments: []roster.Assignment{{Operator: 1, Shift: grid.Span()}}},
	}
	if got, want := c.firstMissing(), `queue "b" at 2026-03-02T10:00:00Z`; got != want {
		t.Errorf("it is %s, want %s", got, want)
	}
}
