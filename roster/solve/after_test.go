package solve_test

import (
	"context"
	"slices"
	"testing"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// Shifts that are known of the week after leave room for rest and end runs of days:
// before a Monday from 9 on nobody works the night of Sunday, and who may work three days
// on end and has two then works one before.
func TestWhatFollows(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Europe/Sofia")
	monday := calendars.Day{Year: 2026, Month: 3, Dom: 9}
	for name, c := range map[string]struct {
		template     roster.Template
		after        []int // days after the last
		alone, among int   // shifts from Friday on
	}{
		"rest": {template("night", 22, 6, "team"), []int{0}, 3, 2},
		"run":  {template("day", 9, 17, "team"), []int{0, 1}, 3, 2},
		"far":  {template("night", 22, 6, "team"), []int{4}, 3, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			team, err := roster.Team{
				Name: "after", Zone: zone, Queues: []roster.Queue{queue("a")}, Templates: []roster.Template{template("day", 9, 17, "team")},
				Operators: []roster.Operator{{Name: "Ana", Zone: zone, Skills: []string{"a"}, Contract: roster.Contract{
					Kind: "freelance", MaxWeek: calendars.Hours(40), DailyRest: calendars.Hours(11), MaxConsecutiveDays: 3,
				}}},
			}.Complete()
			if err != nil {
				t.Fatal(err)
			}
			team.Templates = []roster.Template{c.template}
			p := roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(monday, 1)}}
			required := make([]int, p.Demand.Grid.N)
			for i := range required {
				if at := p.Demand.Grid.At(i); !at.Before(monday.AddDays(4).At(6*60, zone)) {
					required[i] = 1
				}
			}
			p.Demand.Queues = []roster.QueueDemand{{Queue: "a", Skill: "a", Required: required}}
			for _, known := range []bool{false, true} {
				want := c.alone
				if known {
					want = c.among
					for _, d := range c.after {
						p.Carried = append(p.Carried, roster.Assignment{Operator: 1, Template: "day", Shift: calendars.Interval{
							Start: monday.AddDays(7+d).At(9*60, zone), End: monday.AddDays(7+d).At(17*60, zone),
						}})
					}
				}
				result, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 50})
				if err != nil {
					t.Fatal(err)
				}
				if len(result.Assignments) != want || result.Score.Hard != 0 {
					t.Errorf("known %t: %d shifts, %v, want %d", known, len(result.Assignments), result.Score, want)
				}
				if known { // two shifts that were possible before
					mends(t, p, result.Assignments, roster.Assignment{Operator: 1, Template: c.template.Name, Shift: c.template.Shift(monday.AddDays(6), zone)})
				}
			}
		})
	}
}

// mends checks that repairs of the roster with a shift more on its last day break nothing.
func mends(t *testing.T, p roster.Problem, before []roster.Assignment, more roster.Assignment) {
	t.Helper()
	if !slices.ContainsFunc(before, func(a roster.Assignment) bool { return a.Shift.Equal(more.Shift) }) {
		before = append(slices.Clip(before), more)
	}
	repairs, err := solve.Repairs(context.Background(), p, before, solve.Options{})
	if err != nil || len(repairs) == 0 || slices.ContainsFunc(repairs, func(r solve.Repair) bool { return r.Score.Hard > 0 }) {
		t.Errorf("of %d shifts: %+v, %v", len(before), repairs, err)
	}
}

// A shift of the next roster that starts on the last day of somebody in the east grants
// their wish to work then: the bound does not count it as refused.
func TestWhatFollowsGrantsAWish(t *testing.T) {
	t.Parallel()
	manila := calendars.MustZone("Asia/Manila")
	monday := calendars.Day{Year: 2026, Month: 3, Dom: 9}
	team, err := roster.Team{
		Name: "wish", Zone: calendars.MustZone("Europe/Sofia"), Queues: []roster.Queue{queue("a")}, Templates: []roster.Template{template("day", 9, 17, "operator")},
		Operators: []roster.Operator{{Name: "Ana", Zone: manila, Skills: []string{"a"}, Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(40)},
			Wishes: []roster.Wish{{Want: roster.WantOn, First: monday.AddDays(7), Weight: 500}}}},
	}.Complete()
	if err != nil {
		t.Fatal(err)
	}
	grid := team.Horizon(monday, 1)
	p := roster.Problem{Team: team, Demand: roster.Demand{Grid: grid, Queues: []roster.QueueDemand{{Queue: "a", Skill: "a", Required: make([]int, grid.N)}}}}
	p.Carried = []roster.Assignment{{Operator: 1, Template: "day", Shift: team.Templates[0].Shift(monday.AddDays(7), manila)}}
	result, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 20})
	if err != nil || result.Score.Soft != 0 || result.Bound > 0 {
		t.Errorf("%+v, %v", result, err)
	}
}
