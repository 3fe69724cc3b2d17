package solve_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// problems draws small rosters over the nights on which clocks change, with
// carried shifts, and some after them, trainees, time off and windows.
func problems(t *rapid.T) roster.Problem {
	zones := []string{"Europe/Sofia", "Asia/Novosibirsk", "Asia/Manila", "America/New_York", "Asia/Kolkata"}
	team := roster.Team{
		Name: "drawn", Zone: calendars.MustZone(rapid.SampledFrom(zones).Draw(t, "team zone")), Interval: calendars.Hours(1),
		Queues: []roster.Queue{queue("a"), queue("b"), queue("c")},
		Templates: []roster.Template{
			template("day", 9, 17, rapid.SampledFrom([]string{"team", "operator"}).Draw(t, "clock")),
			template("evening", 15, 23, "operator"), template("night", 23, 7, "operator"), template("short", 10, 14, "team"),
		},
	}
	if rapid.Bool().Draw(t, "breaks") {
		team.Templates[0].Breaks = []roster.Break{pause(30, 2, 5), pause(15, 4, 8)}
		team.Templates[2].Breaks = []roster.Break{pause(45, rapid.SampledFrom([]float64{0, 3.3}).Draw(t, "window"), 7)}
	}
	for i := range rapid.IntRange(1, 5).Draw(t, "operators") {
		o := roster.Operator{
			Name: fmt.Sprint("operator ", i), Zone: calendars.MustZone(rapid.SampledFrom(zones).Draw(t, "zone")),
			Skills:  rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 3, rapid.ID).Draw(t, "skills"),
			Share:   rapid.SampledFrom([]float64{0, 0, 0.5}).Draw(t, "share"),
			Country: rapid.SampledFrom([]string{"", "BG", "RU", "DE", "FR", "JP"}).Draw(t, "country"), NoNights: rapid.IntRange(0, 3).Draw(t, "no nights") == 0,
			Contract: roster.Contract{
				Kind: "full-time", MinWeek: calendars.Hours(rapid.SampledFrom([]float64{0, 16}).Draw(t, "least")),
				MaxWeek:            calendars.Hours(rapid.SampledFrom([]float64{20, 40}).Draw(t, "most")),
				DailyRest:          calendars.Hours(rapid.SampledFrom([]float64{0, 12}).Draw(t, "rest")),
				WeeklyRest:         calendars.Hours(rapid.SampledFrom([]float64{0, 48}).Draw(t, "weekly rest")),
				MaxConsecutiveDays: rapid.IntRange(1, 6).Draw(t, "run"),
			},
		}
		if rapid.Bool().Draw(t, "windows") {
			o.Availability = []roster.Opening{{From: 6 * 60, To: 20 * 60}, {Weekdays: []calendars.Weekday{calendars.Weekday(time.Saturday)}, From: 20 * 60, To: 8 * 60}}
		}
		if rapid.Bool().Draw(t, "off") {
			o.TimeOff = []roster.TimeOff{{First: calendars.Day{Year: 2026, Month: 3, Dom: 27}, Last: calendars.Day{Year: 2026, Month: 3, Dom: 28}}}
		}
		team.Operators = append(team.Operators, o)
	}
	if rapid.Bool().Draw(t, "ruled") {
		rule(t, &team)
	}
	team, err := team.Complete()
	if err != nil {
		t.Fatal(err)
	}
	first := calendars.Day{Year: 2026, Month: 3, Dom: rapid.IntRange(20, 27).Draw(t, "first")}
	p := roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(first, rapid.IntRange(1, 2).Draw(t, "weeks"))}}
	for _, q := range team.Queues {
		d := roster.QueueDemand{Queue: q.Name, Skill: q.Skill, Required: make([]int, p.Demand.Grid.N)}
		chance := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "required"), 0))
		for i := range d.Required {
			d.Required[i] = chance.IntN(3)
		}
		d.Parts = parts(t, p.Demand.Grid.N)
		p.Demand.Queues = append(p.Demand.Queues, d)
	}
	if rapid.Bool().Draw(t, "ledger") {
		p.Points = map[roster.ID]int64{}
		for _, o := range team.Operators {
			p.Points[o.ID] = rapid.SampledFrom([]int64{0, 1500, 20_000, 9_990_000}).Draw(t, "points")
		}
	}
	p.Carried = append(other(t, p, "carried", first.AddDays(-7)), other(t, p, "ahead", calendars.DayOf(p.Demand.Grid.End(), team.Zone))...)
	return p
}

// parts are up to four of falling worth, or none; they hold more of some
// requirements and less of others than there is.
func parts(t *rapid.T, n int) (all []roster.Part) {
	weights := rapid.SliceOfNDistinct(rapid.Int64Range(1, 25), 0, 4, rapid.ID).Draw(t, "weights")
	slices.Sort(weights)
	slices.Reverse(weights)
	chance := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "parts"), 0))
	for _, weight := range weights {
		part := roster.Part{Weight: weight, Operators: make([]int, n)}
		for i := range part.Operators {
			part.Operators[i] = chance.IntN(2)
		}
		all = append(all, part)
	}
	return all
}

// rule gives the team rules that the row program does not know, hard ones that
// an empty row keeps.
func rule(t *rapid.T, team *roster.Team) {
	most := func(n int64) *int64 { return &n }
	all := []roster.Rule{
		{Count: roster.CountShifts, During: roster.DuringNight, Per: roster.PerRun, Most: most(1)},
		{Count: roster.CountMinutes, Per: "7d", Most: most(24 * 60)},
		{Count: roster.CountSequence, Sequence: []string{"evening", "day"}, Most: most(0)},
		{Count: roster.CountWeekends, Per: roster.PerRun, Most: most(1), Weight: 100},
		{Count: roster.CountTemplates, Per: roster.PerWeek, Most: most(1), Weight: 20},
	}
	team.Rules = rapid.SliceOfNDistinct(rapid.SampledFrom(all), 0, 3, func(r roster.Rule) string { return r.Count }).Draw(t, "rules")
	if rapid.Bool().Draw(t, "joint") {
		team.Slots = []roster.Slot{{Template: "short", Operators: 1, Missing: 50, Surplus: 5}}
		team.Mixes = []roster.Mix{{Name: "first", Operators: []string{"operator 0"}, Least: 1, From: 8 * 60, To: 12 * 60, Weight: 3}}
	}
	if rapid.Bool().Draw(t, "fair") {
		team.Fairness = roster.Fairness{Night: 1, Weekend: 2, Weight: rapid.SampledFrom([]int64{1, 30, 10_000}).Draw(t, "weight")}
	}
	team.Operators[0].Wishes = []roster.Wish{{Want: roster.WantOff, First: calendars.Day{Year: 2026, Month: 3, Dom: 29}, Weight: 100}}
	if rapid.Bool().Draw(t, "on") {
		team.Operators[0].Wishes = append(team.Operators[0].Wishes, roster.Wish{Want: roster.WantOn, Weekdays: []calendars.Weekday{calendars.Weekday(time.Monday)}, Weight: 200})
	}
	team.PayWeight = rapid.SampledFrom([]float64{0, 7.3}).Draw(t, "pay")
	for i := range team.Operators {
		team.Operators[i].Contract.HourlyPay = float64(3 + 4*i)
	}
}

// other solves a week before or after, so that what is known of that is legal.
func other(t *rapid.T, p roster.Problem, name string, first calendars.Day) []roster.Assignment {
	if !rapid.Bool().Draw(t, name) {
		return nil
	}
	p.Demand.Grid = p.Team.Horizon(first, 1)
	queues := p.Demand.Queues
	p.Demand.Queues = nil
	for _, q := range queues {
		required := make([]int, p.Demand.Grid.N)
		for i := range required {
			required[i] = 1
		}
		p.Demand.Queues = append(p.Demand.Queues, roster.QueueDemand{Queue: q.Queue, Skill: q.Skill, Required: required})
	}
	result, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 5})
	if err != nil {
		t.Fatal(err)
	}
	return result.Assignments
}

func queue(name string) roster.Queue {
	return roster.Queue{Name: name, ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)}
}

func template(name string, start, end int, clock string) roster.Template {
	return roster.Template{Name: name, Start: calendars.WallTime(start * 60), End: calendars.WallTime(end * 60), Clock: clock}
}

// The judge shares no code with the solver, so it re-scores what the solver
// says: never a hard breach, and the very same cost.
func TestSolverAgreesWithJudge(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := tell(t, problems(t))
		var cost int64
		result, err := solve.Solve(context.Background(), p, nil, solve.Options{
			Seed: 1, Iterations: 60, Progress: func(p solve.Progress) { cost = p.Cost },
		})
		if err != nil {
			t.Fatal(err)
		}
		verdict := roster.Judge(p, result.Assignments)
		for _, b := range verdict.Breaches {
			if b.Hard {
				t.Errorf("hard breach: %s", b.Sentence)
			}
		}
		if verdict.Score.Soft != cost || result.Bound > cost {
			t.Errorf("the judge counts %d, the solver %d, and no roster less than %d", verdict.Score.Soft, cost, result.Bound)
		}
		keepsBreaks(t, p, result.Assignments)
	})
}

func TestPinnedStay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := tell(t, problems(t))
		first, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 5})
		if err != nil {
			t.Fatal(err)
		}
		start := first.Assignments
		pinned := map[string]bool{}
		for i := range start {
			start[i].ID = fmt.Sprint("id", i)
			if start[i].Pinned = rapid.Bool().Draw(t, "pin"); start[i].Pinned {
				pinned[start[i].ID] = true
			}
		}
		var cost int64
		second, err := solve.Solve(context.Background(), p, start, solve.Options{Seed: 2, Iterations: 40, Progress: func(p solve.Progress) { cost = p.Cost }})
		if err != nil {
			t.Fatal(err)
		}
		if soft := roster.Judge(p, second.Assignments).Score.Soft; soft != cost {
			t.Errorf("from a start, the judge counts %d, the solver %d", soft, cost)
		}
		for _, a := range second.Assignments {
			if a.Pinned != pinned[a.ID] {
				t.Errorf("assignment %q: pinned %v", a.ID, a.Pinned)
			}
			delete(pinned, a.ID)
		}
		if len(pinned) > 0 {
			t.Errorf("pinned assignments are gone: %v", pinned)
		}
		if hard := roster.Judge(p, second.Assignments).Score.Hard; hard > 0 {
			for _, b := range roster.Judge(p, second.Assignments).Breaches {
				t.Log(b.Hard, b.Sentence)
			}
			t.Errorf("%d minutes of hard breaches around legal pins", hard)
		}
	})
}

func TestSameSeedSameRoster(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := tell(t, problems(t))
		options := solve.Options{Seed: 7, Iterations: 50}
		one, err := solve.Solve(context.Background(), p, nil, options)
		if err != nil {
			t.Fatal(err)
		}
		two, err := solve.Solve(context.Background(), p, nil, options)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(one, two); diff != "" {
			t.Error(diff)
		}
	})
}

// Pins may break rules: that is the manager's affair. What the solver adds
// around them breaks nothing more.
func TestIllegalPins(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := tell(t, problems(t))
		chance := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "pins"), 0))
		var pins []roster.Assignment
		for _, o := range p.Team.Operators {
			o.Availability, o.TimeOff = nil, nil // a hand may ignore these too
			for _, a := range p.Team.Shifts(o, p.Demand.Grid.Span()) {
				if a.Pinned = chance.IntN(6) == 0; a.Pinned {
					pins = append(pins, a)
				}
			}
		}
		result, err := solve.Solve(context.Background(), p, pins, solve.Options{Seed: 3, Iterations: 30})
		if err != nil {
			t.Fatal(err)
		}
		alone := roster.Judge(p, pins).Score.Hard
		if with := roster.Judge(p, result.Assignments); with.Score.Hard != alone {
			for _, b := range with.Breaches {
				t.Log(b.Hard, b.Sentence)
			}
			t.Errorf("the pins break rules by %d, the roster by %d", alone, with.Score.Hard)
		}
	})
}

// Parts of a demand that hold nothing for some intervals, or the cheap before the dear,
// are refused: the judge and the programs would count them in different ways.
func TestFaultyPartsAreRefused(t *testing.T) {
	t.Parallel()
	for want, parts := range map[string][]roster.Part{
		`queue "a": parts[0].operators: 1 numbers: expected`: {{Weight: 20, Operators: []int{1}}, {Weight: 10}},
		"parts[1].weight: 30 is more":                        {{Weight: 20}, {Weight: 30}},
	} {
		p := oneOperator(t, rand.New(rand.NewPCG(1, 1)))
		for i := range parts {
			if parts[i].Operators == nil {
				parts[i].Operators = p.Demand.Queues[0].Required
			}
		}
		p.Demand.Queues[0].Parts = parts
		if _, err := solve.Solve(context.Background(), p, nil, solve.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("solved: %v, want %s", err, want)
		}
		if _, err := solve.Repairs(context.Background(), p, nil, solve.Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("repaired: %v, want %s", err, want)
		}
	}
}

// West of the team's zone the horizon begins in the evening of a week that
// earlier rosters have filled: its rest was then, and the next week is free to plan.
func TestCarriedWeekIsRested(t *testing.T) {
	t.Parallel()
	sofia := calendars.MustZone("Europe/Sofia")
	team, err := roster.Team{
		Name: "east", Zone: calendars.MustZone("Europe/Moscow"), Queues: []roster.Queue{queue("a")}, Templates: []roster.Template{template("day", 9, 17, "operator")},
		Operators: []roster.Operator{{Name: "Ana", Zone: sofia, Skills: []string{"a"}, Contract: roster.Contract{Kind: "full-time", MaxWeek: calendars.Hours(40)}}},
	}.Complete()
	if err != nil {
		t.Fatal(err)
	}
	monday := calendars.Day{Year: 2026, Month: 3, Dom: 9}
	p := roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(monday, 1)}}
	d := roster.QueueDemand{Queue: "a", Skill: "a", Required: make([]int, p.Demand.Grid.N)}
	for i := range d.Required {
		d.Required[i] = 1
	}
	p.Demand.Queues = []roster.QueueDemand{d}
	for _, before := range []int{1, 4, 5, 6} { // Sunday, Thursday, Wednesday, Tuesday
		p.Carried = append(p.Carried, roster.Assignment{Operator: 1, Template: "day", Shift: team.Templates[0].Shift(monday.AddDays(-before), sofia)})
	}
	result, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 50})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Assignments) != 5 || result.Score.Hard != 0 {
		t.Errorf("%d shifts, %v", len(result.Assignments), result.Score)
	}
}

// A wish that carried or pinned shifts break already costs once, in what the
// solver counts as in what the judge counts, and the bound stays below both.
func TestWishesBrokenAlready(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Europe/Sofia")
	monday := calendars.Day{Year: 2026, Month: 3, Dom: 9}
	team, err := roster.Team{
		Name: "wishes", Zone: zone, Queues: []roster.Queue{queue("a")},
		Templates: []roster.Template{template("early", 4, 8, "team"), template("late", 19, 23, "team")}, // none reaches into the next day
		Operators: []roster.Operator{{
			Name: "Ana", Zone: zone, Skills: []string{"a"},
			Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(40), DailyRest: calendars.Hours(2)},
			Wishes:   []roster.Wish{{Want: roster.WantOff, First: monday, Weight: 50}, {Want: roster.WantOff, First: monday.AddDays(2), Weight: 70}},
		}},
	}.Complete()
	if err != nil {
		t.Fatal(err)
	}
	p := roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(monday, 1)}}
	required := make([]int, p.Demand.Grid.N)
	for i := range required {
		required[i] = 1
	}
	p.Demand.Queues = []roster.QueueDemand{{Queue: "a", Skill: "a", Required: required}}
	pin := func(template int) roster.Assignment {
		t := team.Templates[template]
		return roster.Assignment{Operator: 1, Template: t.Name, Shift: t.Shift(monday.AddDays(2), zone), Pinned: true}
	}
	night := template("night", 22, 2, "team") // of an earlier roster
	for name, way := range map[string]struct{ carried, pinned []roster.Assignment }{
		"carried": {carried: []roster.Assignment{{Operator: 1, Template: night.Name, Shift: night.Shift(monday.AddDays(-1), zone)}}},
		"pinned":  {pinned: []roster.Assignment{pin(0), pin(1)}},
	} {
		p := p
		p.Carried = way.carried
		var cost int64
		result, err := solve.Solve(context.Background(), p, way.pinned, solve.Options{Iterations: 200, Progress: func(p solve.Progress) { cost = p.Cost }})
		if err != nil {
			t.Fatal(err)
		}
		if result.Score.Soft != cost || result.Bound > cost {
			t.Errorf("%s: the judge counts %d, the solver %d, the bound is %d", name, result.Score.Soft, cost, result.Bound)
		}
	}
}

// What is above the bound is said in missing time, however much it is.
func TestAboveMissing(t *testing.T) {
	t.Parallel()
	const hour = 60 * 10 * roster.Whole // of one operator missing
	for _, hours := range []int64{0, 1, 2_000_000} {
		r := solve.Result{Score: roster.Score{Soft: 5 + hours*hour}, Bound: 5}
		if got := r.AboveMissing(); got != time.Duration(hours)*time.Hour {
			t.Errorf("%d hours: got %s", hours, got)
		}
	}
}
