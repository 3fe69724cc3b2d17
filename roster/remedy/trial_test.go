package remedy_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/remedy"
	"github.com/smena-wfm/smena/roster/solve"
)

// worst is a planted team with the roster that the solver finds for it.
func worst(t *testing.T, what string, seed uint64) (roster.Problem, []roster.Assignment) {
	t.Helper()
	p := plant(t, what, rand.New(rand.NewPCG(seed, 3))).problem
	result, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 500})
	if err != nil {
		t.Fatal(err)
	}
	return p, result.Assignments
}

// Of every way out the judge finds the roster as legal and as covered as it says,
// and nothing but what comes and goes makes it from the one before.
func TestRemediesAreVerified(t *testing.T) {
	t.Parallel()
	for _, what := range []string{"too few", "time off", "hours", "month hours", "run", "availability", "no template", "daily rest", "nights", "rule"} {
		p, before := worst(t, what, 5)
		found, err := remedy.Find(context.Background(), p, before, remedy.Options{Shortages: 2, Cores: 2})
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %d shortages, %v", what, len(found), err)
		}
		for _, s := range found {
			for _, r := range s.Remedies {
				v := roster.Judge(r.Problem, r.Assignments)
				left := 0.0
				for _, missing := range v.Coverage.Queues[0].Missing {
					left += missing
				}
				if v.Score.Hard > 0 || left != r.Left {
					t.Errorf("%s: %s: hard %d, %.2f h are missing, not %.2f", what, r.Sentence.English, v.Score.Hard, left, r.Left)
				}
				if len(before)+len(r.Comes)-len(r.Goes) != len(r.Assignments) {
					t.Errorf("%s: %s: %d shifts become %d with %d that come and %d that go", what, r.Sentence.English, len(before), len(r.Assignments), len(r.Comes), len(r.Goes))
				}
				if r.Kind != remedy.Accept && len(r.Comes) == 0 {
					t.Errorf("%s: %s: no shift comes", what, r.Sentence.English)
				}
			}
		}
	}
}

// As many cores as there are find the same.
func TestFindOnCores(t *testing.T) {
	t.Parallel()
	p, before := worst(t, "hours", 2)
	said := func(cores int) (all []string) {
		most := 0
		found, err := remedy.Find(context.Background(), p, before, remedy.Options{Cores: cores, Progress: func(made remedy.Progress) {
			if made.Shortage < 1 || made.Shortage > made.Shortages || made.Tried > made.Changes {
				t.Errorf("progress is %+v", made)
			}
			most = max(most, made.Tried)
		}})
		if err != nil || most == 0 {
			t.Fatalf("%d tried, %v", most, err)
		}
		for _, s := range found {
			for _, r := range s.Remedies {
				all = append(all, r.Sentence.English)
			}
		}
		return all
	}
	if diff := cmp.Diff(said(1), said(3)); diff != "" {
		t.Error(diff)
	}
}

// Where others could take the shift, nobody is asked for more.
func TestFindAsksForNothingInVain(t *testing.T) {
	t.Parallel()
	p, assignments := short(t)
	p.Demand.Queues[0].Required[10], p.Demand.Queues[0].Required[11] = 2, 2
	found, err := remedy.Find(context.Background(), p, assignments, remedy.Options{})
	if err != nil || len(found) != 1 {
		t.Fatalf("%d shortages, %v", len(found), err)
	}
	if all := found[0].Remedies; len(all) != 2 || all[0].Kind != remedy.Assign || all[0].Left != 0 || all[1].Kind != remedy.Accept {
		t.Errorf("%+v", all)
	}
}

// Unpaid breaks of a shift are not among the hours that are paid, nor in the price.
func TestRemediesPayNoBreaks(t *testing.T) {
	t.Parallel()
	for paid, hours := range map[bool]float64{false: 8, true: 8.5} {
		p, assignments := short(t)
		p.Demand.Queues[0].Required[10], p.Demand.Queues[0].Required[11] = 2, 2
		day := &p.Team.Templates[0]
		day.End, day.Breaks = 17*60+30, []roster.Break{{Length: calendars.Hours(0.5), From: calendars.Hours(3), To: calendars.Hours(5), Paid: paid}}
		found, err := remedy.Find(context.Background(), p, assignments, remedy.Options{})
		if err != nil || len(found) != 1 {
			t.Fatalf("%d shortages, %v", len(found), err)
		}
		if first := found[0].Remedies[0]; first.Kind != remedy.Assign || first.Hours != hours || first.Price != int64(60*hours) {
			t.Errorf("breaks paid %t: %v h, price %d: %q", paid, first.Hours, first.Price, first.Sentence.English)
		}
	}
}

// Time that is up leaves changes untried, and says so; who cancels gets nothing.
func TestFindInTime(t *testing.T) {
	t.Parallel()
	p, before := worst(t, "daily rest", 1)
	late, stop := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer stop()
	found, err := remedy.Find(late, p, before, remedy.Options{})
	if err != nil || len(found) == 0 {
		t.Fatalf("%d shortages, %v", len(found), err)
	}
	for _, s := range found {
		if len(s.Remedies) != 1 || s.Remedies[0].Kind != remedy.Accept || s.Untried == 0 {
			t.Errorf("%d untried, and the ways out are %q", s.Untried, said(s.Remedies))
		}
	}
	if found, err = remedy.Find(context.Background(), p, before, remedy.Options{}); err != nil || found[0].Untried != 0 {
		t.Errorf("%v, %d untried with all the time there is", err, found[0].Untried)
	}
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := remedy.Find(canceled, p, before, remedy.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

// Half an operator who is taken from one shortage to end another is missing there:
// what stays uncovered is counted everywhere.
func TestRemediesRobNobody(t *testing.T) {
	t.Parallel()
	p, _ := short(t)
	p.Team.Operators = p.Team.Operators[:1]
	trainee := &p.Team.Operators[0]
	trainee.Share, trainee.Contract.MaxWeek = 0.5, calendars.Hours(8)
	required := p.Demand.Queues[0].Required
	clear(required)
	required[10], required[11] = 1, 1 // on Monday, when the trainee works
	for h := 9; h < 17; h++ {
		required[24+h] = 1
	}
	before := []roster.Assignment{{ID: "a", Operator: trainee.ID, Template: "day", Shift: calendars.Interval{Start: p.Demand.Grid.At(9), End: p.Demand.Grid.At(17)}}}
	found, err := remedy.Find(context.Background(), p, before, remedy.Options{Shortages: 1})
	if err != nil || len(found) != 1 || found[0].Hours != 8 {
		t.Fatalf("%v, %v", found, err)
	}
	first := found[0].Remedies[0]
	for _, r := range found[0].Remedies {
		whole := r.Problem
		whole.Demand = p.Demand
		missing := 0.0
		for _, m := range roster.Cover(whole, r.Assignments).Queues[0].Missing {
			missing += m
		}
		if r.Kind != remedy.Accept && r.Left < missing-1 { // an hour is missing on Monday already
			t.Errorf("%s: %.1f h are said to be left, %.1f are missing", r.Sentence.English, r.Left, missing)
		}
	}
	if first.Kind == remedy.Accept {
		t.Errorf("there is no way out but %q", first.Sentence.English)
	}
}

// Where nobody can end a shortage alone, those who can together are one way out,
// and who they are and what is asked of each is said.
func TestRemediesTogether(t *testing.T) {
	t.Parallel()
	p, before := short(t)
	p.Team.Operators = p.Team.Operators[:3]
	for h := 9; h < 17; h++ {
		p.Demand.Queues[0].Required[24+h] = 2
	}
	for i := range p.Team.Operators {
		o := &p.Team.Operators[i]
		o.Contract.MaxWeek = calendars.Hours(8)
		if i > 0 { // at work on Tuesday, when they are needed, too
			before = append(before, roster.Assignment{ID: o.Name, Operator: o.ID, Template: "day", Shift: calendars.Interval{Start: p.Demand.Grid.At(24 + 9), End: p.Demand.Grid.At(24 + 17)}})
		}
	}
	found, err := remedy.Find(context.Background(), p, before, remedy.Options{})
	if err != nil || len(found) != 1 {
		t.Fatalf("%d shortages, %v", len(found), err)
	}
	first := found[0].Remedies[0]
	if first.Kind != remedy.Together || first.Operator != "" || first.Left != 0 || len(first.Steps) != 2 {
		t.Fatalf("the first way out is %+v", first)
	}
	if a, b := first.Steps[0], first.Steps[1]; a.Kind != remedy.MoreHours || b.Kind != remedy.MoreHours || a.Operator == b.Operator || a.Operator == "" || b.Operator == "" {
		t.Errorf("its steps are %+v", first.Steps)
	}
	if want := "all together: " + first.Steps[0].Sentence.English + "; " + first.Steps[1].Sentence.English; first.Sentence.English != want {
		t.Errorf("it is said %q", first.Sentence.English)
	}
}

// Whoever lacks the skill that is missing can help where others then change over to it,
// whichever queue the coverage fills first.
func TestRemediesOfOtherQueues(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Europe/Sofia")
	queue := func(name string) roster.Queue {
		return roster.Queue{Name: name, ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)}
	}
	day := roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(8)}
	for _, queues := range [][]roster.Queue{{queue("bg"), queue("en")}, {queue("en"), queue("bg")}} {
		team, err := roster.Team{Name: "two", Zone: zone, Interval: calendars.Hours(1), Queues: queues,
			Templates: []roster.Template{{Name: "day", Start: 9 * 60, End: 17 * 60}},
			Operators: []roster.Operator{{Name: "Ana", Zone: zone, Skills: []string{"bg", "en"}, Contract: day}, {Name: "Boris", Zone: zone, Skills: []string{"bg"}, Contract: day}},
		}.Complete()
		if err != nil {
			t.Fatal(err)
		}
		p := roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(monday, 1)}}
		for _, q := range team.Queues {
			required := make([]int, p.Demand.Grid.N)
			for h := 9; h < 17; h++ {
				required[h] = 1
				if q.Name == "bg" {
					required[24+h] = 1
				}
			}
			p.Demand.Queues = append(p.Demand.Queues, roster.QueueDemand{Queue: q.Name, Skill: q.Skill, Required: required})
		}
		shift := func(o, day int) roster.Assignment {
			return roster.Assignment{Operator: team.Operators[o].ID, Template: "day", Shift: calendars.Interval{Start: p.Demand.Grid.At(24*day + 9), End: p.Demand.Grid.At(24*day + 17)}}
		}
		found, err := remedy.Find(context.Background(), p, []roster.Assignment{shift(0, 0), shift(1, 1)}, remedy.Options{})
		if err != nil || len(found) != 1 || found[0].Queue != queues[1].Name {
			t.Fatalf("%+v, %v", found, err)
		}
		if first := found[0].Remedies[0]; first.Kind != remedy.MoreHours || first.Operator != "Boris" || first.Left != 0 {
			t.Errorf("%s is missing: %q", found[0].Queue, said(found[0].Remedies))
		}
	}
}

// More hours are as many as the judge counts over the contract's: night hours as the law
// converts them, and of a week with room no more than what is over.
func TestMoreHours(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Europe/Sofia")
	night, day := roster.Template{Name: "night", Start: 22 * 60, End: 6 * 60}, roster.Template{Name: "day", Start: 9 * 60, End: 17 * 60}
	for name, c := range map[string]struct {
		template roster.Template
		worked   []int // hours on days from Monday on
		short    int   // hour of the horizon
		want     string
	}{
		"a Bulgarian night": {night, []int{10, 10, 10, 10}, 4*24 + 23, "let Ana work up to 49 h 9 min a week, 9 h 9 min more"},
		"room for half":     {day, []int{8, 8, 8, 12}, 4*24 + 10, "let Ana work up to 44 h a week, 4 h more"},
	} {
		team, err := roster.Team{Name: "hours", Zone: zone, Interval: calendars.Hours(1),
			Queues:    []roster.Queue{{Name: "chat", ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)}},
			Templates: []roster.Template{c.template},
			Operators: []roster.Operator{{Name: "Ana", Zone: zone, Country: "BG", Skills: []string{"chat"}, Contract: roster.Contract{Kind: "full-time", MaxWeek: calendars.Hours(40)}}},
		}.Complete()
		if err != nil {
			t.Fatal(err)
		}
		p := roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(monday, 1)}}
		required, before := make([]int, p.Demand.Grid.N), []roster.Assignment(nil)
		required[c.short] = 1
		for d, hours := range c.worked {
			before = append(before, roster.Assignment{Operator: team.Operators[0].ID, Shift: calendars.Interval{Start: p.Demand.Grid.At(24*d + 9), End: p.Demand.Grid.At(24*d + 9 + hours)}, Pinned: true})
			for h := range hours {
				required[24*d+9+h] = 1
			}
		}
		p.Demand.Queues = []roster.QueueDemand{{Queue: "chat", Skill: "chat", Required: required}}
		found, err := remedy.Find(context.Background(), p, before, remedy.Options{})
		if err != nil || len(found) != 1 || found[0].Why != roster.WhyHours {
			t.Fatalf("%s: %d shortages, %v", name, len(found), err)
		}
		if first := found[0].Remedies[0]; first.Kind != remedy.MoreHours || first.Left != 0 || first.Sentence.English != c.want {
			t.Errorf("%s: %q", name, said(found[0].Remedies))
		}
	}
}

// A night that reaches an uncovered hour lies in somebody's time off, all of it or in part:
// that is why, and whoever is asked to give it up is asked for the days that are off.
func TestNightIntoTimeOff(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		hour, first, last int
		want              string
	}{
		"the night begins in it":          {24 + 2, 0, 0, "ask Ana to work on Mon 2 Mar 2026 in spite of time off"},
		"all of the night, its end short": {24 + 2, 0, 6, "ask Ana to work from Mon 2 Mar 2026 to Tue 3 Mar 2026 in spite of time off"},
		"all of the night, its start":     {23, 0, 6, "ask Ana to work from Mon 2 Mar 2026 to Tue 3 Mar 2026 in spite of time off"},
		"the night ends in it":            {23, 1, 3, "ask Ana to work on Tue 3 Mar 2026 in spite of time off"},
	} {
		nightInTimeOff(t, name, c.hour, roster.TimeOff{First: monday.AddDays(c.first), Last: monday.AddDays(c.last)}, c.want)
	}
}

// nightInTimeOff checks what Ana, who is off, is asked for when an hour is uncovered.
func nightInTimeOff(t *testing.T, name string, hour int, off roster.TimeOff, want string) {
	t.Helper()
	zone := calendars.MustZone("Europe/Sofia")
	team, err := roster.Team{Name: "nights", Zone: zone, Interval: calendars.Hours(1),
		Queues:    []roster.Queue{{Name: "chat", ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)}},
		Templates: []roster.Template{{Name: "night", Start: 22 * 60, End: 6 * 60}},
		Operators: []roster.Operator{{Name: "Ana", Zone: zone, Skills: []string{"chat"}, TimeOff: []roster.TimeOff{off}, Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(40)}}},
	}.Complete()
	if err != nil {
		t.Fatal(err)
	}
	required := make([]int, 7*24)
	required[hour] = 1
	p := roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(monday, 1), Queues: []roster.QueueDemand{{Queue: "chat", Skill: "chat", Required: required, Parts: []roster.Part{{Weight: 20, Operators: required}}}}}}
	found, err := remedy.Find(context.Background(), p, nil, remedy.Options{})
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %d shortages, %v", name, len(found), err)
	}
	if why := found[0].Cause.Reasons; len(why) != 1 || why[0].Why != roster.WhyTimeOff {
		t.Errorf("%s: %+v", name, why)
	}
	for _, r := range found[0].Remedies {
		if r.Kind == remedy.TimeOff {
			if r.Sentence.English != want || r.Left != 0 || len(r.Comes) != 1 {
				t.Errorf("%s: %q, %v left, %v: want %q", name, r.Sentence.English, r.Left, r.Comes, want)
			}
			return
		}
	}
	t.Errorf("%s: nobody asks Ana: %q", name, said(found[0].Remedies))
}

// Hours of a month are a contract's to raise, and no more than is over; the law's average
// is nobody's, and no way out asks for more hours.
func TestMonthAndAverage(t *testing.T) {
	t.Parallel()
	p := plant(t, "month hours", rand.New(rand.NewPCG(1, 3))).problem
	var before []roster.Assignment
	for _, o := range p.Team.Operators {
		for d := range 4 { // all are missing on Friday
			shift := calendars.Interval{Start: p.Demand.Grid.At(24*d + 9), End: p.Demand.Grid.At(24*d + 17)}
			before = append(before, roster.Assignment{Operator: o.ID, Template: "day", Shift: shift})
		}
	}
	found, err := remedy.Find(context.Background(), p, before, remedy.Options{Shortages: 1})
	if err != nil || len(found) != 1 || found[0].Why != roster.WhyMonth {
		t.Fatalf("%+v, %v", found, err)
	}
	more := slices.IndexFunc(found[0].Remedies, func(r remedy.Remedy) bool { return r.Kind == remedy.MoreHours })
	if more < 0 || !strings.HasSuffix(found[0].Remedies[more].Sentence.English, " work up to 40 h a month, 8 h more") {
		t.Fatalf("%q", said(found[0].Remedies))
	}
	if r := found[0].Remedies[more]; r.Left != found[0].Hours-8 || r.Problem.Team.Operators[0].Contract.MaxWeek != p.Team.Operators[0].Contract.MaxWeek {
		t.Errorf("%q leaves %v", r.Sentence.English, r.Left)
	}
	if first := found[0].Remedies[0]; first.Left != 0 || len(first.Steps) != len(p.Team.Operators) || first.Steps[0].Kind != remedy.MoreHours {
		t.Errorf("%q", said(found[0].Remedies))
	}
	p, _ = short(t)
	p.Team.Operators = p.Team.Operators[:1]
	o := &p.Team.Operators[0]
	o.Country, o.Contract.Kind, o.Contract.MaxWeek = "BG", "full-time", calendars.Hours(56)
	for d := range 16 * 7 { // all of 17 weeks of 40 hours before the first shift
		if start := p.Demand.Grid.At(24*(d-16*7) + 9); d%7 < 5 {
			p.Carried = append(p.Carried, roster.Assignment{Operator: o.ID, Shift: calendars.Interval{Start: start, End: start.Add(8*time.Hour + 30*time.Minute)}})
		}
	}
	found, err = remedy.Find(context.Background(), p, nil, remedy.Options{Shortages: 1})
	if err != nil || len(found) != 1 || found[0].Why != roster.WhyAverage {
		t.Fatalf("%+v, %v", found, err)
	}
	if slices.ContainsFunc(found[0].Remedies, func(r remedy.Remedy) bool { return r.Kind == remedy.MoreHours }) {
		t.Errorf("%q", said(found[0].Remedies))
	}
}
