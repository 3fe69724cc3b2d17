package roster

import (
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Every rule stands for breaches that no other finds: with one switched off,
// just its own are gone.
func TestEveryRuleCounts(t *testing.T) {
	zone := calendars.MustZone("Europe/Sofia")
	team, err := Team{
		Name: "t", Zone: zone,
		Queues: []Queue{{Name: "q", AHT: calendars.Seconds(300), ServiceLevel: ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}}, {Name: "r", AHT: calendars.Seconds(300), ServiceLevel: ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}}},
		Operators: []Operator{
			{Name: "Ana", Zone: zone, Country: "BG", NoNights: true, Skills: []string{"q"}, Availability: []Opening{{From: 0, To: 20 * 60}},
				TimeOff:  []TimeOff{{First: calendars.Day{Year: 2026, Month: 3, Dom: 11}, Last: calendars.Day{Year: 2026, Month: 3, Dom: 11}}},
				Contract: Contract{Kind: "full-time", MaxWeek: calendars.Hours(20), MinWeek: calendars.Hours(19), MaxConsecutiveDays: 1}},
			{Name: "Ben", Zone: zone, Skills: []string{"r"}, Contract: Contract{Kind: "freelance", MaxWeek: calendars.Hours(20)}},
			{Name: "Cem", Zone: zone, Country: "DE", Skills: []string{"q"}, Contract: Contract{Kind: "full-time", MaxWeek: calendars.Hours(40), HourlyPay: 9, Notice: calendars.Hours(24)},
				Wishes: []Wish{{Want: WantOff, First: calendars.Day{Year: 2026, Month: 3, Dom: 9}, Weight: 1}}},
		},
		Rules:    []Rule{{Count: CountDays, Most: new(int64), Operators: []string{"Cem"}}},
		Fairness: Fairness{Weekend: 1, Weight: 1}, PayWeight: 1,
	}.Complete()
	if err != nil {
		t.Fatal(err)
	}
	monday := calendars.Day{Year: 2026, Month: 3, Dom: 9}
	p := Problem{Team: team, Demand: Demand{Grid: team.Horizon(monday, 2), Queues: []QueueDemand{{Queue: "q", Skill: "q", Required: make([]int, 336)}}}}
	var assignments []Assignment
	add := func(operator ID, day, hour, hours int) {
		start := monday.AddDays(day).At(calendars.WallTime(60*hour), zone)
		assignments = append(assignments, Assignment{Operator: operator, Shift: calendars.Interval{Start: start, End: start.Add(time.Duration(hours) * time.Hour)}})
	}
	add(1, 0, 8, 13) // too long, and beyond availability
	add(1, 1, 2, 8)  // at night, after too little rest
	add(1, 1, 9, 3)  // while the other goes on
	for day := 2; day < 7; day++ {
		add(1, day, 8, 8)
	}
	add(3, 0, 8, 8) // too late, against a wish, a day too many
	assignments[len(assignments)-1].Breaks = []calendars.Interval{{Start: monday.At(600, zone), End: monday.At(610, zone)}}
	p.Now, p.Told, p.ToldFor = monday.At(0, zone), assignments[:1], p.Demand.Grid.Span() // the others are new
	add(2, 0, 8, 2)                                                                      // serves nothing that is asked for
	for week := -16; week < 0; week++ {
		for day := range 5 {
			start := monday.AddDays(7*week+day).At(8*60, zone)
			p.Carried = append(p.Carried, Assignment{Operator: 1, Shift: calendars.Interval{Start: start, End: start.Add(9 * time.Hour)}})
		}
	}
	judging := NewJudging(p, assignments)
	count := func(rules []rowRule) map[string]int {
		found := map[string]int{}
		for i := range judging.rows {
			for _, rule := range rules {
				for _, b := range rule.find(&judging.rows[i].row) {
					found[b.Rule]++
				}
			}
		}
		return found
	}
	all := count(rowRules)
	names := []string{RuleSkill, RuleAvailability, RuleTimeOff, RuleOneShift, RuleDailyRest, RuleWeeklyRest, RuleHours, RuleRun, RuleShort, RuleShiftLength, RuleNights, RuleAverage, counted + CountDays, RuleBreak, RuleNotice, RuleWish, RuleFairness, RulePay, RuleChanges}
	for _, name := range names {
		if all[name] == 0 {
			t.Errorf("%s is not broken: %v", name, all)
		}
	}
	gone := map[string]bool{}
	for i := range rowRules {
		without := count(append(append([]rowRule{}, rowRules[:i]...), rowRules[i+1:]...))
		lost := 0
		for name, n := range all {
			switch without[name] {
			case n:
			case 0:
				lost++
				gone[name] = true
			default:
				t.Errorf("without rule %d there are %d breaches of %s, of %d", i, without[name], name, n)
			}
		}
		if lost == 0 {
			t.Errorf("nobody misses rule %d", i)
		}
	}
	if len(gone) != len(names) {
		t.Errorf("%v depend on a rule, of %v", gone, names)
	}
}
