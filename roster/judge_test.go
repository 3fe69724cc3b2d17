package roster_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// shift reads wall times in Sofia.
func shift(start, end string) calendars.Interval {
	at := func(s string) time.Time {
		day, err := calendars.ParseDay(s[:10])
		if err != nil {
			panic(err)
		}
		wall, err := calendars.ParseWallTime(s[11:])
		if err != nil {
			panic(err)
		}
		return day.At(wall, calendars.MustZone("Europe/Sofia"))
	}
	return calendars.Interval{Start: at(start), End: at(end)}
}

// problem is one operator in Sofia, 40 h, 11 h and 35 h of rest, six days in a
// row, over four weeks that hold the spring change of clocks.
func problem() roster.Problem {
	team, err := roster.Team{
		Name: "test", Zone: calendars.MustZone("Europe/Sofia"),
		Queues: []roster.Queue{{Name: "bg", ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)}},
		Templates: []roster.Template{
			{Name: "day", Start: 9 * 60, End: 17 * 60}, {Name: "night", Start: 22 * 60, End: 6 * 60},
			{Name: "here", Start: 9 * 60, End: 17 * 60, Clock: roster.OperatorClock},
		},
		Operators: []roster.Operator{{Name: "Ana", Zone: calendars.MustZone("Europe/Sofia"), Skills: []string{"bg"},
			Contract: roster.Contract{Kind: "full-time", MaxWeek: calendars.Hours(40)}}},
	}.Complete()
	if err != nil {
		panic(err)
	}
	grid := team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 9}, 4)
	return roster.Problem{Team: team, Demand: roster.Demand{Grid: grid, Queues: []roster.QueueDemand{{Queue: "bg", Skill: "bg", Required: make([]int, grid.N)}}}}
}

func assign(shifts ...calendars.Interval) []roster.Assignment {
	var all []roster.Assignment
	for _, s := range shifts {
		all = append(all, roster.Assignment{Operator: 1, Template: "day", Shift: s})
	}
	return all
}

// amounts sums the breaches of one rule and fails on breaches of any other.
func amounts(t *testing.T, p roster.Problem, rule string, assignments []roster.Assignment) (sum int64) {
	t.Helper()
	for _, b := range roster.Judge(p, assignments).Breaches {
		if b.Rule != rule {
			t.Errorf("a breach of another rule: %s: %s", b.Rule, b.Sentence)
		}
		if b.Amount <= 0 || b.Cost <= 0 {
			t.Errorf("a breach of nothing: %+v", b)
		}
		if !strings.Contains(b.Sentence.English, "Ana") {
			t.Errorf("the sentence does not say who: %q", b.Sentence)
		}
		sum += b.Amount
	}
	return sum
}

// days returns shifts of the same hours on days of March 2026.
func days(from, to int, start, end string) []calendars.Interval {
	var all []calendars.Interval
	for d := from; d <= to; d++ {
		day := calendars.Day{Year: 2026, Month: 3, Dom: d}.String()
		all = append(all, shift(day+" "+start, day+" "+end))
	}
	return all
}

func TestRules(t *testing.T) {
	t.Parallel()
	type contract = func(*roster.Operator)
	hours := func(h float64) calendars.Duration { return calendars.Hours(h) }
	cases := []struct {
		rule, name string
		change     contract
		shifts     []calendars.Interval
		want       int64
	}{
		{roster.RuleDailyRest, "exactly enough", nil, []calendars.Interval{shift("2026-03-10 15:00", "2026-03-10 23:00"), shift("2026-03-11 10:00", "2026-03-11 18:00")}, 0},
		{roster.RuleDailyRest, "one minute short", nil, []calendars.Interval{shift("2026-03-10 15:00", "2026-03-10 23:00"), shift("2026-03-11 09:59", "2026-03-11 18:00")}, 1},
		{roster.RuleDailyRest, "far off", nil, []calendars.Interval{shift("2026-03-10 15:00", "2026-03-10 23:00"), shift("2026-03-10 23:00", "2026-03-11 05:00")}, 660},
		{roster.RuleDailyRest, "the wall clock says 11 h, clocks go forward", nil, []calendars.Interval{shift("2026-03-28 12:00", "2026-03-28 20:00"), shift("2026-03-29 07:00", "2026-03-29 15:00")}, 60},
		{roster.RuleDailyRest, "Bulgaria asks for 12 h", func(o *roster.Operator) { o.Contract.DailyRest = hours(12) }, []calendars.Interval{shift("2026-03-10 15:00", "2026-03-10 23:00"), shift("2026-03-11 11:00", "2026-03-11 18:00")}, 0},

		{roster.RuleOneShift, "touching", func(o *roster.Operator) { o.Contract.DailyRest = calendars.Duration{Duration: 1} }, []calendars.Interval{shift("2026-03-10 09:00", "2026-03-10 17:00"), shift("2026-03-10 17:01", "2026-03-10 18:00")}, 0},
		{roster.RuleOneShift, "one minute", nil, []calendars.Interval{shift("2026-03-10 09:00", "2026-03-10 17:00"), shift("2026-03-10 16:59", "2026-03-10 18:00")}, 1},
		{roster.RuleOneShift, "far off", nil, []calendars.Interval{shift("2026-03-10 09:00", "2026-03-10 17:00"), shift("2026-03-10 09:00", "2026-03-10 17:00")}, 480},

		{roster.RuleWeeklyRest, "42 h are enough", func(o *roster.Operator) {
			o.Contract.WeeklyRest, o.Contract.MaxConsecutiveDays, o.Contract.MaxWeek = hours(42), 7, hours(100)
		}, append(days(9, 12, "08:00", "16:00"), shift("2026-03-13 14:00", "2026-03-13 22:00"), shift("2026-03-15 16:00", "2026-03-15 20:00")), 0},
		{roster.RuleWeeklyRest, "one minute short", func(o *roster.Operator) {
			o.Contract.WeeklyRest, o.Contract.MaxConsecutiveDays, o.Contract.MaxWeek = hours(42), 7, hours(100)
		}, append(days(9, 12, "08:00", "16:00"), shift("2026-03-13 14:00", "2026-03-13 22:00"), shift("2026-03-15 15:59", "2026-03-15 20:00")), 1},
		{roster.RuleWeeklyRest, "far off", func(o *roster.Operator) { o.Contract.MaxConsecutiveDays, o.Contract.MaxWeek = 7, hours(100) },
			days(9, 15, "08:00", "12:00"), 35*60 - 20*60},
		{roster.RuleWeeklyRest, "the week in which clocks change is an hour shorter", func(o *roster.Operator) { o.Contract.MaxConsecutiveDays, o.Contract.MaxWeek = 7, hours(100) },
			append(days(23, 27, "08:00", "12:00"), shift("2026-03-28 08:00", "2026-03-28 12:00")), 0}, // 12:00 to 24:00 next day: 35 h of real time
		{roster.RuleWeeklyRest, "the same, a minute later", func(o *roster.Operator) { o.Contract.MaxConsecutiveDays, o.Contract.MaxWeek = 7, hours(100) },
			append(days(23, 27, "08:00", "12:00"), shift("2026-03-28 08:00", "2026-03-28 12:01")), 1},

		{roster.RuleHours, "exactly enough", nil, days(9, 13, "09:00", "17:00"), 0},
		{roster.RuleHours, "one minute over", nil, append(days(9, 12, "09:00", "17:00"), shift("2026-03-13 09:00", "2026-03-13 17:01")), 1},
		{roster.RuleHours, "far off", nil, days(9, 13, "09:00", "21:00"), 20 * 60},
		{roster.RuleHours, "a shift over the week's end counts in both", func(o *roster.Operator) { o.Contract.MaxWeek = hours(6) },
			[]calendars.Interval{shift("2026-03-15 18:00", "2026-03-16 06:00")}, 0},
		{roster.RuleHours, "the last week of the horizon", nil, days(30, 31, "01:00", "22:00")[:1], 0},
		{roster.RuleHours, "real hours of the night on which clocks go forward", func(o *roster.Operator) { o.Contract.MaxWeek = hours(7) },
			[]calendars.Interval{shift("2026-03-28 22:00", "2026-03-29 06:00")}, 0},

		{roster.RuleRun, "exactly enough", func(o *roster.Operator) { o.Contract.WeeklyRest = hours(1) }, days(10, 15, "09:00", "13:00"), 0},
		{roster.RuleRun, "one day over", func(o *roster.Operator) { o.Contract.WeeklyRest = hours(1) }, days(10, 16, "09:00", "13:00"), 1},
		{roster.RuleRun, "far off, over two weeks", func(o *roster.Operator) { o.Contract.WeeklyRest = hours(1) }, days(10, 20, "09:00", "13:00"), 5},
		{roster.RuleRun, "a night counts on the day it starts", func(o *roster.Operator) { o.Contract.MaxConsecutiveDays = 1 },
			[]calendars.Interval{shift("2026-03-10 22:00", "2026-03-11 06:00"), shift("2026-03-12 22:00", "2026-03-13 06:00")}, 0},

		{roster.RuleTimeOff, "the day before and the day after", offOn(11), []calendars.Interval{shift("2026-03-10 16:00", "2026-03-10 24:00"), shift("2026-03-12 00:00", "2026-03-12 08:00")}, 0},
		{roster.RuleTimeOff, "one minute into it", offOn(11), []calendars.Interval{shift("2026-03-10 16:00", "2026-03-11 00:01")}, 481},
		{roster.RuleAvailability, "exactly inside", window("09:00", "17:00"), days(10, 10, "09:00", "17:00"), 0},
		{roster.RuleAvailability, "one minute out", window("09:00", "17:00"), days(10, 10, "09:00", "17:01"), 481},
		{roster.RuleAvailability, "over midnight", window("18:00", "06:00"), []calendars.Interval{shift("2026-03-10 22:00", "2026-03-11 06:00")}, 0},
		{roster.RuleAvailability, "windows that touch", window("00:00", "24:00"), []calendars.Interval{shift("2026-03-10 22:00", "2026-03-11 06:00")}, 0},
		{roster.RuleSkill, "nothing to serve", func(o *roster.Operator) { o.Skills = []string{"ru"} }, days(10, 10, "09:00", "17:00"), 480},

		{roster.RuleShort, "exactly enough", func(o *roster.Operator) { o.Contract.MinWeek = hours(0) }, nil, 0},
		{roster.RuleShort, "one minute short in each other week", guaranteed(8), []calendars.Interval{
			shift("2026-03-10 09:00", "2026-03-10 16:59"), shift("2026-03-17 09:00", "2026-03-17 17:00"),
			shift("2026-03-24 09:00", "2026-03-24 16:59"), shift("2026-03-31 09:00", "2026-03-31 17:00")}, 2},
		{roster.RuleShort, "far off, and not in a week with time off", func(o *roster.Operator) { guaranteed(8)(o); offOn(11)(o) }, nil, 3 * 480},
	}
	for _, c := range cases {
		t.Run(c.rule+"/"+c.name, func(t *testing.T) {
			t.Parallel()
			p := problem()
			if c.change != nil {
				c.change(&p.Team.Operators[0])
			}
			if got := amounts(t, p, c.rule, assign(c.shifts...)); got != c.want {
				t.Errorf("broken by %d, want %d", got, c.want)
			}
			slices.Reverse(c.shifts)
			if got := amounts(t, p, c.rule, assign(c.shifts...)); got != c.want {
				t.Errorf("in the other order broken by %d, want %d", got, c.want)
			}
		})
	}
}

func offOn(dom int) func(*roster.Operator) {
	return func(o *roster.Operator) {
		d := calendars.Day{Year: 2026, Month: 3, Dom: dom}
		o.TimeOff = []roster.TimeOff{{First: d, Last: d}}
	}
}

func window(from, to string) func(*roster.Operator) {
	return func(o *roster.Operator) {
		f, _ := calendars.ParseWallTime(from)
		u, _ := calendars.ParseWallTime(to)
		o.Availability = []roster.Opening{{From: f, To: u}}
	}
}

func guaranteed(hours float64) func(*roster.Operator) {
	return func(o *roster.Operator) { o.Contract.MinWeek = calendars.Hours(hours) }
}

// What earlier rosters left counts, but is not reported again.
func TestCarried(t *testing.T) {
	t.Parallel()
	p := problem()
	p.Carried = assign(shift("2026-03-07 09:00", "2026-03-07 17:00"), shift("2026-03-07 18:00", "2026-03-08 23:00"), shift("2026-03-07 20:00", "2026-03-07 21:00"))
	if v := roster.Judge(p, nil); v.Score.Hard != 0 {
		t.Errorf("breaches of an earlier roster are reported: %v", v.Breaches)
	}
	if got := amounts(t, p, roster.RuleDailyRest, assign(shift("2026-03-09 09:59", "2026-03-09 17:00"))); got != 1 {
		t.Errorf("rest after a carried shift is short by %d, want 1", got)
	}
}

// What is known of the time after the horizon counts like what was before it.
func TestCarriedAfter(t *testing.T) {
	t.Parallel()
	p := problem()
	p.Carried = assign(shift("2026-04-06 06:00", "2026-04-06 14:00"), shift("2026-04-06 15:00", "2026-04-06 20:00"))
	if v := roster.Judge(p, nil); v.Score.Hard != 0 {
		t.Errorf("breaches of a later roster are reported: %v", v.Breaches)
	}
	for end, want := range map[string]int64{"2026-04-05 19:00": 0, "2026-04-05 19:01": 1} {
		if got := amounts(t, p, roster.RuleDailyRest, assign(shift("2026-04-05 11:00", end))); got != want {
			t.Errorf("rest after a shift until %s is short by %d, want %d", end, got, want)
		}
	}
}

// A trainee counts a half, an interval covered in part a part, and the score
// is weights times minutes of what is missing.
func TestCoverage(t *testing.T) {
	t.Parallel()
	p := problem()
	p.Team.Operators[0].Share = 0.5
	first := p.Demand.Grid.Index(shift("2026-03-10 09:00", "2026-03-10 10:00").Start)
	for i := range 4 {
		p.Demand.Queues[0].Required[first+i] = 3
	}
	v := roster.Judge(p, assign(shift("2026-03-10 09:00", "2026-03-10 11:30")))
	want := []float64{2.5, 2.5, 2.75, 3}
	if diff := cmp.Diff(want, v.Coverage.Queues[0].Missing[first:first+4]); diff != "" {
		t.Error(diff)
	}
	// Missing 10.75 operator-hours, of which 6.75 in the first two of each three.
	if want := int64(60 * 100 * (10*10.75 + 10*6.75)); v.Score.Soft != want {
		t.Errorf("score %d, want %d", v.Score.Soft, want)
	}
	if share := v.Coverage.Share(); math.Abs(share-(1-10.75/12)) > 1e-12 {
		t.Errorf("share %v", share)
	}
}

// The best distribution of operators against every distribution there is.
func TestCoverageIsBest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := problem()
		p.Demand.Grid.N = 1
		skills := []string{"a", "b", "c"}
		p.Demand.Queues, p.Team.Operators = nil, nil
		for _, s := range skills {
			p.Demand.Queues = append(p.Demand.Queues, roster.QueueDemand{Queue: s, Skill: s, Required: []int{rapid.IntRange(0, 3).Draw(t, "required")}})
		}
		var all []roster.Assignment
		span := p.Demand.Grid.Span()
		for i := range rapid.IntRange(0, 5).Draw(t, "operators") {
			o := roster.Operator{ID: roster.ID(i + 1), Share: 1, Skills: rapid.SliceOfNDistinct(rapid.SampledFrom(skills), 1, 3, rapid.ID).Draw(t, "skills")}
			p.Team.Operators = append(p.Team.Operators, o)
			all = append(all, roster.Assignment{Operator: o.ID, Shift: span})
		}
		c := roster.Cover(p, all)
		missing, required, rostered := 0.0, 0, 0.0
		for _, q := range c.Queues {
			missing += q.Missing[0]
			required += q.Required[0]
			rostered += q.Rostered[0]
		}
		if best := fewestMissing(p, 0, []int{0, 0, 0}); float64(best) != missing {
			t.Errorf("%v are missing, %d need be", missing, best)
		}
		if rostered != float64(len(all)) {
			t.Errorf("%v are rostered of %d present", rostered, len(all))
		}
	})
}

// fewestMissing tries every queue for every operator from i on.
func fewestMissing(p roster.Problem, i int, given []int) int {
	if i == len(p.Team.Operators) {
		missing := 0
		for q, d := range p.Demand.Queues {
			missing += max(0, d.Required[0]-given[q])
		}
		return missing
	}
	best := 1 << 30
	for q, d := range p.Demand.Queues {
		if p.Team.Operators[i].Has(d.Skill) {
			given[q]++
			best = min(best, fewestMissing(p, i+1, given))
			given[q]--
		}
	}
	return best
}

func TestJudgeDoesNotCareAboutOrder(t *testing.T) {
	t.Parallel()
	p := problem()
	all := assign(append(days(9, 16, "09:00", "19:00"), days(12, 12, "13:00", "22:00")...)...)
	want := roster.Judge(p, all)
	chance := rand.New(rand.NewPCG(1, 1))
	for range 20 {
		chance.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if got := roster.Judge(p, all); got.Score != want.Score || len(got.Breaches) != len(want.Breaches) {
			t.Fatalf("%v, want %v", got.Score, want.Score)
		}
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	p := problem()
	at := p.Demand.Grid.Index(shift("2026-03-10 09:00", "2026-03-10 10:00").Start)
	p.Demand.Queues[0].Required[at] = 1
	now := func(at string, notice float64, p *roster.Problem) {
		p.Now, p.Team.Operators[0].Contract.Notice = shift(at, at).Start, calendars.Hours(notice)
	}
	cases := []struct {
		name    string
		change  func(*roster.Problem)
		shifts  []calendars.Interval
		want    string
		covered bool
	}{
		{"free", nil, nil, "bg misses 1 of 1 at Tue 10 Mar 09:00-10:00 (Europe/Sofia): of 1 with the skill bg, 1 is free, but no better roster was found: Ana", false},
		{"covered", nil, days(10, 10, "09:00", "17:00"), "", true},
		{"resting", nil, []calendars.Interval{shift("2026-03-10 00:00", "2026-03-10 08:00")}, "1 needs the rest between shifts", false},
		{"hours", nil, []calendars.Interval{shift("2026-03-11 09:00", "2026-03-13 01:00")}, "1 is at the week's hours", false},
		{"too little break", func(p *roster.Problem) {
			p.Team.Templates = []roster.Template{{Name: "day", Start: 9 * 60, End: 17 * 60, Breaks: []roster.Break{{Length: calendars.Hours(0.25), From: calendars.Hours(3), To: calendars.Hours(5)}}}}
			p.Team.Operators[0].Country, p.Team.Operators[0].Contract.Kind = "RU", "full-time"
		}, nil, "1 has no shift that reaches this hour with the breaks that the law asks for", false},
		{"off", func(p *roster.Problem) { offOn(10)(&p.Team.Operators[0]) }, nil, "1 is on time off", false},
		{"run", func(p *roster.Problem) { p.Team.Operators[0].Contract.MaxConsecutiveDays = 2 },
			append(days(9, 9, "09:00", "10:00"), days(11, 11, "09:00", "10:00")...), "1 has worked the days in a row allowed", false},
		{"told just in time", func(p *roster.Problem) { now("2026-03-09 09:00", 24, p) }, nil, "1 is free", false},
		{"told one minute late", func(p *roster.Problem) { now("2026-03-09 09:01", 24, p) }, nil, "1 can no longer be told in time of a shift that reaches this hour", false},
		{"begun", func(p *roster.Problem) { now("2026-03-10 09:01", 0, p) }, nil, "1 can no longer be told in time", false},
		{"nothing published then", func(p *roster.Problem) {
			now("2026-03-09 09:01", 24, p)
			p.Told = assign(days(9, 9, "09:00", "17:00")...)
		}, nil, "1 is free", false},
		{"nobody", func(p *roster.Problem) { p.Team.Operators[0].Skills = []string{"ru"} }, nil, "nobody has the skill bg", false},
		{"no template", func(p *roster.Problem) { p.Team.Templates = p.Team.Templates[1:2] }, nil, "1 has no shift template that reaches this hour", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := p
			p.Team.Operators = slices.Clone(p.Team.Operators)
			if c.change != nil {
				c.change(&p)
			}
			causes := roster.Explain(p, assign(c.shifts...))
			if c.covered {
				if len(causes) != 0 {
					t.Errorf("%v", causes)
				}
				return
			}
			if len(causes) != 1 || !strings.Contains(causes[0].Sentence.English, c.want) {
				t.Errorf("%v, want %q", causes, c.want)
			}
		})
	}
}
