package roster_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

func count(n int64) *int64 { return &n }

// everything is a team of six under four laws with every kind of rule there is,
// and a horizon of two weeks in which Sofia's clocks go forward.
func everything(t testing.TB) roster.Problem {
	t.Helper()
	level := roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}
	team := roster.Team{
		Name: "everything", Zone: calendars.MustZone("Europe/Sofia"), Currency: "EUR",
		Queues: []roster.Queue{
			{Name: "bg", ServiceLevel: level, AHT: calendars.Seconds(300)}, {Name: "ru", ServiceLevel: level, AHT: calendars.Seconds(300)},
		},
		Templates: []roster.Template{
			{Name: "early", Kind: "day", Start: 6 * 60, End: 14 * 60}, {Name: "late", Kind: "evening", Start: 14 * 60, End: 22 * 60},
			{Name: "night", Kind: "night", Start: 22 * 60, End: 6 * 60}, {Name: "here", Kind: "day", Start: 9 * 60, End: 17 * 60, Clock: roster.OperatorClock},
			{Name: "long", Start: 8 * 60, End: 21 * 60, Breaks: []roster.Break{{Length: calendars.Seconds(1200), From: calendars.Hours(4), To: calendars.Hours(6)}}},
		},
		Rules: []roster.Rule{
			{Count: roster.CountShifts, During: roster.DuringNight, Per: roster.PerRun, Most: count(2)},
			{Count: roster.CountDays, Per: roster.PerRun, Least: count(2), Most: count(4), Weight: 50},
			{Count: roster.CountDaysOff, Per: roster.PerRun, Least: count(2)},
			{Count: roster.CountWeekends, Per: "28d", Most: count(1), Weight: 30},
			{Count: roster.CountWeekends, Per: roster.PerRun, Most: count(1)},
			{Count: roster.CountMinutes, Per: "7d", Most: count(2400)},
			{Count: roster.CountMinutes, Per: roster.PerMonth, Most: count(3000)},
			{Count: roster.CountMinutes, During: roster.DuringSunday, Per: roster.PerQuarter, Most: count(480), Weight: 2},
			{Count: roster.CountMinutes, During: roster.DuringHoliday, Per: roster.PerYear, Most: count(100), Weight: 3},
			{Count: roster.CountMinutesOff, Per: "14d", Least: count(48 * 60)},
			{Count: roster.CountTemplates, Per: roster.PerWeek, Most: count(2), Weight: 20},
			{Count: roster.CountSpread, Per: roster.PerWeek, Most: count(120), Weight: 1},
			{Count: roster.CountActive, Most: count(0), Weight: 500, Contracts: []string{"freelance"}},
			{Count: roster.CountGap, Sequence: []string{"night", "any"}, Least: count(20 * 60)},
			{Count: roster.CountSequence, Sequence: []string{"evening", "day|early"}, Most: count(0)},
			{Count: roster.CountSequence, Sequence: []string{"work", "off", "work"}, Per: roster.PerHorizon, Most: count(1), Weight: 10},
			{Count: roster.CountSuccession, Sequence: []string{"early", "long"}, Most: count(0), Weight: 5},
			{Count: roster.CountShifts, Per: roster.PerDay, Most: count(1)},
		},
		Slots:    []roster.Slot{{Template: "early", Operators: 1, Missing: 40, Surplus: 3}, {Template: "here", Weekdays: []calendars.Weekday{1, 3}, Operators: 2, Missing: 7}},
		Mixes:    []roster.Mix{{Name: "seniors", Operators: []string{"Ana", "Oleg"}, Least: 1, From: 22 * 60, To: 6 * 60, Weight: 4}},
		Pairs:    []roster.Pair{{Kind: roster.Together, Operators: []string{"Tim"}, With: []string{"Ana", "Oleg"}, Weight: 2}, {Kind: roster.Apart, Operators: []string{"Jun"}, With: []string{"Max"}, Weight: 1}},
		Fairness: roster.Fairness{Night: 1, Weekend: 1.5, Holiday: 3, Weight: 25},
	}
	day := calendars.Day{Year: 2026, Month: 3, Dom: 26}
	for i, o := range []struct{ name, zone, country, kind string }{
		{"Ana", "Europe/Sofia", "BG", "full-time"}, {"Oleg", "Asia/Novosibirsk", "RU", "part-time"}, {"Max", "Europe/Berlin", "DE", "full-time"},
		{"Jun", "Asia/Manila", "PH", "freelance"}, {"Tim", "America/New_York", "US", "full-time"}, {"Liz", "Australia/Lord_Howe", "AU", "outsourced"},
	} {
		team.Operators = append(team.Operators, roster.Operator{
			Name: o.name, Zone: calendars.MustZone(o.zone), Country: o.country, Skills: [][]string{{"bg"}, {"ru"}, {"bg", "ru"}}[i%3],
			NoNights: i == 3, TimeOff: []roster.TimeOff{{First: day, Last: day}},
			Contract: roster.Contract{Kind: o.kind, MinWeek: calendars.Hours(20), MaxWeek: calendars.Hours(40), MinMonth: calendars.Hours(10), MaxMonth: calendars.Hours(60), SplitShifts: i == 5, Notice: calendars.Hours(72)},
			Wishes: []roster.Wish{
				{Want: roster.WantOff, First: day.AddDays(2), Margin: calendars.Hours(12), Weight: 60},
				{Want: roster.WantOn, Weekdays: []calendars.Weekday{2}, Templates: []string{"day"}, Weight: 5},
			},
			Rules: []roster.Rule{{Count: roster.CountMinutes, Per: roster.PerWeek, Least: count(1800), Most: count(1800), Weight: 1}},
		})
	}
	team, err := team.Complete()
	if err != nil {
		t.Fatal(err)
	}
	p := roster.Problem{Team: team, Points: map[roster.ID]int64{1: 5000}}
	p.Demand.Grid = team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 23}, 2)
	for i, q := range team.Queues {
		p.Demand.Queues = append(p.Demand.Queues, roster.QueueDemand{Queue: q.Name, Skill: q.Skill, Required: make([]int, p.Demand.Grid.N)})
		for t := range p.Demand.Grid.N {
			p.Demand.Queues[i].Required[t] = (t/5 + i) % 3
		}
	}
	ones := slices.Repeat([]int{1}, p.Demand.Grid.N)
	p.Demand.Queues[0].Parts = []roster.Part{{Weight: 15, Operators: ones}, {Weight: 5, Operators: ones}}
	p.Holidays = map[string][]calendars.Day{"BG": {{Year: 2026, Month: 4, Dom: 3}}}
	p.Now = p.Demand.Grid.Start.Add(time.Hour)
	return p
}

// randomly is an assignment somewhere in the horizon, overlaps and all.
func randomly(p roster.Problem, chance *rand.Rand) roster.Assignment {
	o := p.Team.Operators[chance.IntN(len(p.Team.Operators))]
	template := p.Team.Templates[chance.IntN(len(p.Team.Templates))]
	zone := p.Team.Zone
	if template.Clock == roster.OperatorClock {
		zone = o.Zone
	}
	day := calendars.DayOf(p.Demand.Grid.Start, zone).AddDays(chance.IntN(14))
	a := roster.Assignment{Operator: o.ID, Template: template.Name, Shift: template.Shift(day, zone)}
	if chance.IntN(3) == 0 { // placed anywhere, now and then over the end
		start := a.Shift.Start.Add(time.Duration(chance.IntN(8*60)) * time.Minute)
		a.Breaks = []calendars.Interval{{Start: start, End: start.Add(time.Duration(5+chance.IntN(60)) * time.Minute)}}
	}
	return a
}

// speaks checks that each language names the person, a number, and a day or a limit.
func speaks(t testing.TB, p roster.Problem, b roster.Breach) {
	t.Helper()
	name := ""
	if o, known := p.Team.Operator(b.Operator); known {
		name = o.Name
	}
	for language, months := range map[string]string{"en": "Jan Mar Apr May", "ru": "января марта апреля мая", "bg": "януари март април май"} {
		said := b.Sentence.In(language)
		dated := slices.ContainsFunc(strings.Fields(months), func(m string) bool { return strings.Contains(said, m) })
		if said == "" || strings.Contains(said, "%!") || !strings.Contains(said, name) || !strings.ContainsAny(said, "0123456789") || !dated && b.Rule != roster.RuleFairness {
			t.Errorf("%s in %s: %q", b.Rule, language, said)
		}
		if b.Article != "" && language == "en" && !strings.Contains(said, b.Article) {
			t.Errorf("%q does not name %s", said, b.Article)
		}
	}
}

// The score that is kept up to date is the score judged from scratch, after
// each of ten thousand edits; now and then every sentence is, too.
func TestJudgingEqualsJudge(t *testing.T) {
	t.Parallel()
	p := everything(t)
	chance := rand.New(rand.NewPCG(5, 5))
	for i := range 12 { // before the horizon and after it
		a, days := randomly(p, chance), []int{-14, 14}[i%2]
		a.Shift.Start, a.Shift.End = a.Shift.Start.AddDate(0, 0, days), a.Shift.End.AddDate(0, 0, days)
		p.Carried = append(p.Carried, a)
		p.Told = append(p.Told, randomly(p, chance))
	}
	j := roster.NewJudging(p, nil)
	var all []roster.Assignment
	seen := map[string]bool{}
	edits := 10_000
	if testing.Short() { // for mutation runs
		edits = 300
	}
	for edit := range edits {
		if len(all) > 0 && chance.IntN(40) < len(all) {
			i := chance.IntN(len(all))
			if !j.Remove(all[i]) {
				t.Fatalf("edit %d: %v is not there", edit, all[i])
			}
			all = append(all[:i], all[i+1:]...)
		} else {
			a := randomly(p, chance)
			j.Add(a)
			all = append(all, a)
		}
		want := roster.NewJudging(p, all)
		if got := j.Score(); got != want.Score() {
			t.Fatalf("edit %d: score %v, want %v", edit, got, want.Score())
		}
		if edit%100 > 0 {
			continue
		}
		got, whole := j.Verdict(), want.Verdict()
		if diff := cmp.Diff(whole.Breaches, got.Breaches); diff != "" {
			t.Fatalf("edit %d: %s", edit, diff)
		}
		if diff := cmp.Diff(whole.Coverage.Queues, got.Coverage.Queues); diff != "" {
			t.Fatalf("edit %d: %s", edit, diff)
		}
		sum := whole.Coverage.Cost()
		if diff := cmp.Diff(whole.Changes, got.Changes); diff != "" {
			t.Fatalf("edit %d: %s", edit, diff)
		}
		for _, b := range slices.Concat(whole.Breaches, whole.Changes) {
			seen[b.Rule] = true
			speaks(t, p, b)
			if !b.Hard {
				sum += b.Cost
			}
		}
		if sum != whole.Score.Soft {
			t.Fatalf("edit %d: soft breaches and coverage cost %d, the score is %d", edit, sum, whole.Score.Soft)
		}
	}
	t.Logf("%d rules were broken: %v", len(seen), seen)
	for _, rule := range []string{roster.RuleNotice, roster.RuleWish, roster.RuleFairness, roster.RulePair, roster.RuleMix, roster.RuleSlot, roster.RuleChanges} {
		if !seen[rule] {
			t.Errorf("%s was never broken", rule)
		}
	}
}
