package hiring

import (
	"errors"
	"strings"
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

// Where all is covered and yet no roster is legal, the rule is named.
func TestTooLittle(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Europe/Sofia")
	shift := calendars.Interval{Start: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), End: time.Date(2026, 3, 2, 17, 0, 0, 0, time.UTC)}
	twice := []roster.Assignment{{Operator: 1, Shift: shift}, {Operator: 1, Shift: shift}}
	c := Crew{
		Problem: roster.Problem{
			Team:   roster.Team{Zone: zone, Operators: []roster.Operator{{ID: 1, Name: "Ana", Zone: zone, Share: 1}}},
			Demand: roster.Demand{Grid: calendars.Grid{Start: shift.Start, Step: time.Hour, N: 8}},
		},
		Result: solve.Result{Assignments: twice},
	}
	if err := c.tooLittle(0); errors.Is(err, ErrNoCrew) || !strings.Contains(err.Error(), "no roster of a crew was legal: Ana") {
		t.Error(err)
	}
	if c.Missing = 1; !errors.Is(c.tooLittle(0), ErrNoCrew) {
		t.Error(c.tooLittle(0))
	}
}
