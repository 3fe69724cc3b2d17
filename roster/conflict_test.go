package roster_test

import (
	"slices"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Of pins that contradict, exactly those are named that cannot be together, and
// the rule; not those beside them.
func TestConflicts(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Europe/Sofia")
	monday := calendars.Day{Year: 2026, Month: time.March, Dom: 2}
	type pin struct{ day, from, to int }
	number := func(n int64) *int64 { return &n }
	six := []pin{{0, 9, 13}, {1, 9, 13}, {2, 9, 13}, {3, 9, 13}, {5, 9, 13}, {6, 9, 13}}
	for name, c := range map[string]struct {
		pins  []pin
		want  []int // positions of the pins that contradict
		rule  string
		rules []roster.Rule
	}{
		"none":                           {pins: []pin{{0, 9, 17}, {1, 9, 17}}},
		"overlap":                        {[]pin{{0, 9, 17}, {1, 9, 17}, {1, 14, 22}, {3, 9, 17}}, []int{1, 2}, roster.RuleOneShift, nil},
		"rest":                           {[]pin{{0, 14, 22}, {1, 6, 14}, {3, 9, 17}}, []int{0, 1}, roster.RuleDailyRest, nil},
		"time off":                       {[]pin{{0, 9, 17}, {4, 9, 17}}, []int{1}, roster.RuleTimeOff, nil},
		"hours":                          {[]pin{{0, 9, 17}, {1, 9, 17}, {2, 9, 17}, {3, 9, 17}}, []int{0, 1, 2, 3}, roster.RuleHours, nil},
		"availability":                   {[]pin{{0, 9, 17}, {2, 2, 6}}, []int{1}, roster.RuleAvailability, nil},
		"too many, and at first too few": {six, []int{0, 1, 2, 3, 4, 5}, "count-shifts", []roster.Rule{{Count: roster.CountShifts, Per: roster.PerWeek, Least: number(3), Most: number(5)}}},
		"a day beside it would do":       {six[2:3], nil, "", []roster.Rule{{Count: roster.CountDays, Per: roster.PerRun, Least: number(2)}}},
		"a day between would do":         {[]pin{{0, 9, 13}, {2, 9, 13}}, nil, "", []roster.Rule{{Count: roster.CountDaysOff, Per: roster.PerRun, Least: number(2)}}},
		"days off are too few":           {six, []int{0, 1, 2, 3, 4, 5}, "count-days-off", []roster.Rule{{Count: roster.CountDaysOff, Per: roster.PerWeek, Least: number(2)}}},
		"too short between two":          {[]pin{{0, 9, 13}, {1, 9, 13}, {3, 9, 13}}, []int{0, 1}, "count-gap", []roster.Rule{{Count: roster.CountGap, Least: number(30 * 60)}}},
		"a shift between would do":       {[]pin{{0, 9, 13}, {5, 9, 13}}, nil, "", []roster.Rule{{Count: roster.CountGap, Most: number(72 * 60)}}},
		"another shift between would do": {[]pin{{0, 9, 13}, {4, 9, 13}}, nil, "", []roster.Rule{{Count: roster.CountSuccession, Sequence: []string{"day", "day"}, Most: number(0)}}},
		"no day alone":                   {six[2:3], nil, "", []roster.Rule{{Count: roster.CountSequence, Sequence: []string{"off", "work", "off"}, Most: number(0)}}},
	} {
		o := roster.Operator{Name: "Ana", Zone: zone, Skills: []string{"chat"},
			Contract:     roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(30)},
			TimeOff:      []roster.TimeOff{{First: monday.AddDays(4), Last: monday.AddDays(4)}},
			Availability: []roster.Opening{{From: 5 * 60, To: 23 * 60}},
		}
		if len(c.rules) > 0 {
			o.TimeOff = nil // it would excuse a least
		}
		other := o
		other.Name, other.TimeOff = "Boris", nil
		team, err := roster.Team{
			Name: "pins", Zone: zone, Operators: []roster.Operator{other, o}, Templates: []roster.Template{{Name: "day", Start: 9 * 60, End: 17 * 60}},
			Rules:  c.rules,
			Queues: []roster.Queue{{Name: "chat", ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)}},
		}.Complete()
		if err != nil {
			t.Fatal(err)
		}
		grid := team.Horizon(monday, 1)
		p := roster.Problem{Team: team, Demand: roster.Demand{Grid: grid, Queues: []roster.QueueDemand{{Queue: "chat", Skill: "chat", Required: make([]int, grid.N)}}}}
		var pins, want []roster.Assignment
		for i, one := range c.pins {
			start := monday.AddDays(one.day).Start(zone)
			a := roster.Assignment{Operator: team.Operators[1].ID, Template: "day", Pinned: true, Shift: calendars.Interval{
				Start: start.Add(time.Duration(one.from) * time.Hour), End: start.Add(time.Duration(one.to) * time.Hour)}}
			pins = append(pins, a)
			if slices.Contains(c.want, i) {
				want = append(want, a)
			}
		}
		got := roster.Conflicts(p, pins)
		switch {
		case len(c.want) == 0 && len(got) == 0:
		case len(got) != 1 || len(got[0].Assignments) != len(want):
			t.Errorf("%s: got %+v", name, got)
		default:
			for i := range want {
				if !got[0].Assignments[i].Shift.Equal(want[i].Shift) {
					t.Errorf("%s: assignment %d is %s, expected %s", name, i, got[0].Assignments[i].Shift, want[i].Shift)
				}
			}
			if !slices.ContainsFunc(got[0].Breaches, func(b roster.Breach) bool { return b.Rule == c.rule }) {
				t.Errorf("%s: the breaches are %+v, expected %s", name, got[0].Breaches, c.rule)
			}
		}
	}
}
