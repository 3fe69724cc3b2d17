package roster_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Everybody who is there and has a skill that is asked for has one station, of
// their own skills; and where all count whole, as much of every queue is met
// as coverage says.
func TestStations(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		grid := calendars.Grid{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: 6}
		p := roster.Problem{Demand: roster.Demand{Grid: grid}}
		skills := []string{"a", "b", "c"}
		for _, s := range skills {
			p.Demand.Queues = append(p.Demand.Queues, roster.QueueDemand{Queue: s, Skill: s, Required: rapid.SliceOfN(rapid.IntRange(0, 3), 6, 6).Draw(t, "required")})
		}
		halves := rapid.Bool().Draw(t, "halves")
		var assignments []roster.Assignment
		for i := range rapid.IntRange(0, 7).Draw(t, "operators") {
			o := roster.Operator{ID: roster.ID(10 + i), Name: fmt.Sprint(i), Share: 1, Skills: rapid.SliceOfNDistinct(rapid.SampledFrom(append(skills, "none")), 1, 4, rapid.ID).Draw(t, "skills")}
			if halves && i%2 == 0 {
				o.Share = 0.5
			}
			p.Team.Operators = append(p.Team.Operators, o)
			from := rapid.IntRange(0, 5).Draw(t, "from")
			assignments = append(assignments, roster.Assignment{Operator: o.ID, Shift: calendars.Interval{Start: grid.At(from), End: grid.At(rapid.IntRange(from+1, 8).Draw(t, "to"))}})
		}
		stations, coverage := roster.Stations(p, assignments), roster.Cover(p, assignments)
		for at := range grid.N {
			met := make([]float64, len(skills))
			for i, o := range p.Team.Operators {
				q := stations[i][at]
				serves := o.Has("a") || o.Has("b") || o.Has("c")
				if there := serves && assignments[i].Shift.Contains(grid.At(at)); there != (q != roster.Off) {
					t.Errorf("operator %d at %d: station %d", i, at, q)
				}
				if q != roster.Off {
					if !o.Has(skills[q]) {
						t.Errorf("operator %d cannot serve %s", i, skills[q])
					}
					met[q] += o.Share
				}
			}
			for q, covered := range coverage.Queues {
				if want := float64(covered.Required[at]) - covered.Missing[at]; !halves && met[q] < want {
					t.Errorf("%s at %d: %v stationed, %v of %d counted", skills[q], at, met[q], want, covered.Required[at])
				}
			}
		}
	})
}

// Who can go on with a queue does not change it for another.
func TestStationsStay(t *testing.T) {
	t.Parallel()
	grid := calendars.Grid{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: 8}
	p := roster.Problem{Demand: roster.Demand{Grid: grid, Queues: []roster.QueueDemand{
		{Queue: "a", Skill: "a", Required: []int{1, 1, 1, 1, 1, 1, 1, 1}}, {Queue: "b", Skill: "b", Required: []int{1, 1, 1, 1, 1, 1, 1, 1}},
	}}}
	var assignments []roster.Assignment
	for i := range 3 { // the first leaves and the third comes
		p.Team.Operators = append(p.Team.Operators, roster.Operator{ID: roster.ID(i + 1), Share: 1, Skills: []string{"a", "b"}})
		from, to := []int{0, 0, 4}[i], []int{4, 8, 8}[i]
		assignments = append(assignments, roster.Assignment{Operator: roster.ID(i + 1), Shift: calendars.Interval{Start: grid.At(from), End: grid.At(to)}})
	}
	stations := roster.Stations(p, assignments)
	for i, row := range stations {
		for at := 1; at < grid.N; at++ {
			if row[at] != row[at-1] && row[at] != roster.Off && row[at-1] != roster.Off {
				t.Errorf("operator %d changes from %d to %d at %d", i, row[at-1], row[at], at)
			}
		}
	}
}
