package solve

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// The rough program never finds a dearer row than the weeks program, and the
// same where no weekly rest is asked for.
func TestRoughIsBelowWeeks(t *testing.T) {
	t.Parallel()
	compared, same := 0, 0
	for seed := range uint64(150) {
		chance := rand.New(rand.NewPCG(seed, 4))
		p := weeksProblem(t, chance)
		p.Team.Operators[0].Contract.WeeklyRest = calendars.Hours([]float64{0, 35}[chance.IntN(2)])
		p.Team.Rules = weeksRules(chance)
		p.Team.Operators[0].Wishes = []roster.Wish{{Want: roster.WantOff, Weekdays: []calendars.Weekday{calendars.Weekday(time.Wednesday)}, Weight: 3}}[:chance.IntN(2)]
		all, r := appraisedRow(t, p, chance)
		if r.weekly == nil || r.weekly.rough == nil {
			continue
		}
		_, exact, ok := all.weeks.best(r, slices.Repeat([]int32{-1}, len(r.days)), 0, len(r.days), all.costs)
		choice, cost, possible := all.rough.best(r, all.costs)
		if ok && !possible || ok && cost > exact {
			t.Fatalf("seed %d: rough finds %d (%v), weeks %d (%v)", seed, cost, possible, exact, ok)
		}
		compared++
		if r.limits.WeeklyRest.Minutes > 0 {
			continue
		}
		same++
		if possible != ok || cost != exact {
			t.Fatalf("seed %d: rough finds %d (%v), weeks %d (%v), %v", seed, cost, possible, exact, ok, choice)
		}
		if _, again, ok := all.weeks.best(r, choice, 0, 0, all.costs); !ok {
			t.Fatalf("seed %d: the weeks program does not allow %v (%d)", seed, choice, again)
		}
	}
	if compared < 50 || same < 20 {
		t.Errorf("only %d rows were compared, %d to be the same", compared, same)
	}
}

// The loose program never finds a dearer row than the weeks program, and without
// wishes its row costs what it says.
func TestLooseIsBelowWeeks(t *testing.T) {
	t.Parallel()
	compared, same := 0, 0
	for seed := range uint64(200) {
		chance := rand.New(rand.NewPCG(seed, 7))
		p := weeksProblem(t, chance)
		p.Team.Rules = weeksRules(chance)
		p.Team.Operators[0].Wishes = []roster.Wish{{Want: roster.WantOff, Weekdays: []calendars.Weekday{calendars.Weekday(time.Wednesday)}, Weight: 3}}[:chance.IntN(2)]
		all, r := appraisedRow(t, p, chance)
		if r.weekly == nil {
			continue
		}
		_, exact, ok := all.weeks.best(r, slices.Repeat([]int32{-1}, len(r.days)), 0, len(r.days), all.costs)
		k := loose{coarse: all.coarse}
		cost, possible := k.best(r, all.costs)
		if ok && !possible || ok && cost > exact {
			t.Fatalf("seed %d: loose finds %d (%v), weeks %d (%v)", seed, cost, possible, exact, ok)
		}
		if compared++; cost == exact {
			same++
		}
	}
	if compared < 100 || same < 5 {
		t.Errorf("only %d rows were compared, %d of them the same", compared, same)
	}
}

// A choice keeps the rules if the weeks program can make it.
func TestWeeksKeep(t *testing.T) {
	t.Parallel()
	seen := map[bool]int{}
	for seed := range uint64(300) {
		chance := rand.New(rand.NewPCG(seed, 8))
		p := weeksProblem(t, chance)
		p.Team.Rules = weeksRules(chance)
		all, r := appraisedRow(t, p, chance)
		if r.weekly == nil {
			continue
		}
		for range 20 {
			chosen := anyChoice(r, chance)
			_, _, want := all.weeks.best(r, chosen, 0, 0, all.costs)
			if got := r.weekly.keeps(r, chosen); got != want {
				t.Fatalf("seed %d: %v is kept %v, want %v", seed, chosen, got, want)
			}
			seen[want]++
		}
	}
	if seen[true] < 200 || seen[false] < 200 {
		t.Errorf("legal and not: %v, want 200 of each", seen)
	}
}

// Rows admit every change of a day or two that keeps the rules.
func TestWeeksAdmit(t *testing.T) {
	t.Parallel()
	refused, kept := 0, 0
	for seed := range uint64(300) {
		chance := rand.New(rand.NewPCG(seed, 9))
		p := weeksProblem(t, chance)
		p.Team.Rules = weeksRules(chance)
		_, r := appraisedRow(t, p, chance)
		if r.weekly == nil {
			continue
		}
		for range 20 {
			chosen := anyChoice(r, chance)
			in, out := chance.IntN(len(chosen)+1)-1, chance.IntN(len(chosen)+1)-1
			if in >= 0 && chosen[in] >= 0 || in == out {
				continue
			}
			if r.weekly.admits(r, chosen, in, out) {
				continue
			}
			refused++
			if edited := edited(r, chosen, in, out); edited != nil {
				t.Fatalf("seed %d: %v is not admitted, with day %d worked and %d free, but %v keeps the rules", seed, chosen, in, out, edited)
			}
		}
		kept += admitted(r, chance)
	}
	if refused < 1000 || kept < 100 {
		t.Errorf("only %d changes were refused, and %d were kept", refused, kept)
	}
}

// edited is a choice that keeps the rules, with a shift on day in and none on day out;
// nil if there is none.
func edited(r *row, chosen []int32, in, out int) []int32 {
	choice := slices.Clone(chosen)
	if out >= 0 {
		choice[out] = -1
	}
	if in < 0 {
		if r.weekly.keeps(r, choice) {
			return choice
		}
		return nil
	}
	for o := r.days[in].first; o < r.days[in].last; o++ {
		if choice[in] = int32(o); r.weekly.keeps(r, choice) {
			return choice
		}
	}
	return nil
}

// admitted counts days of a lawful row that admit a shift, which then keeps the rules.
func admitted(r *row, chance *rand.Rand) (kept int) {
	chosen := slices.Repeat([]int32{-1}, len(r.days))
	for range len(chosen) {
		in := chance.IntN(len(chosen))
		if chosen[in] >= 0 || !r.weekly.admits(r, chosen, in, -1) {
			continue
		}
		if more := edited(r, chosen, in, -1); more != nil {
			chosen, kept = more, kept+1
		}
	}
	return kept
}

// Where both can make a row, the weeks program finds what the days program
// finds, in any window of any row, at any costs.
func TestWeeksEqualDays(t *testing.T) {
	t.Parallel()
	compared := 0
	for seed := range uint64(60) {
		chance := rand.New(rand.NewPCG(seed, 3))
		m, err := compile(weeksProblem(t, chance), nil, 1)
		if err != nil {
			t.Fatal(err)
		}
		p := newPrograms(m, 1, 1)
		for _, r := range m.rows {
			if r.weekly == nil {
				continue
			}
			chosen := slices.Repeat([]int32{-1}, len(r.days))
			for round := range 8 {
				from := chance.IntN(len(r.days))
				to := from + 1 + chance.IntN(len(r.days)-from)
				if round == 0 {
					from, to = 0, len(r.days)
				}
				p.costs = grown(p.costs, len(r.options))
				for o := range r.options {
					p.costs[o] = int32(chance.IntN(2000) - 1200)
				}
				want, best, possible := p.days.best(r, chosen, from, to, p.costs)
				got, cost, ok := p.weeks.best(r, chosen, from, to, p.costs)
				if ok != possible || cost != best {
					t.Fatalf("seed %d, days %d to %d: weeks finds %d (%v), days %d (%v)\n%v\n%v", seed, from, to, cost, ok, best, possible, got, want)
				}
				if ok {
					copy(chosen[from:to], got)
					compared++
				}
			}
		}
	}
	if compared < 200 {
		t.Errorf("only %d windows were compared", compared)
	}
}

// appraisedRow is the first row of a problem, with costs of its options by chance.
func appraisedRow(t *testing.T, p roster.Problem, chance *rand.Rand) (programs, *row) {
	t.Helper()
	m, err := compile(p, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	all, r := newPrograms(m, 1, 1), m.rows[0]
	all.costs = grown(all.costs, len(r.options))
	for o := range r.options {
		all.costs[o] = int32(chance.IntN(2000) - 1200)
	}
	return all, r
}

// anyChoice is shifts on some days of a row, legal or not.
func anyChoice(r *row, chance *rand.Rand) []int32 {
	chosen := slices.Repeat([]int32{-1}, len(r.days))
	for d := range chosen {
		if today := r.days[d]; today.last > today.first && chance.IntN(5) < 2 {
			chosen[d] = int32(today.first + chance.IntN(today.last-today.first))
		}
	}
	return chosen
}

func weeksProblem(t *testing.T, chance *rand.Rand) roster.Problem {
	t.Helper()
	hours := func(all ...float64) calendars.Duration { return calendars.Hours(all[chance.IntN(len(all))]) }
	zone := calendars.MustZone([]string{"Europe/Sofia", "Asia/Manila", "America/New_York"}[chance.IntN(3)])
	team := roster.Team{
		Name: "weeks", Zone: calendars.MustZone("Europe/Sofia"), Interval: calendars.Hours(1),
		Queues: []roster.Queue{{Name: "a", ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)}},
	}
	for i, start := range []int{6, 9, 14, 22} {
		team.Templates = append(team.Templates, roster.Template{
			Name: fmt.Sprint(i), Clock: roster.OperatorClock, Start: calendars.WallTime(60 * start), End: calendars.WallTime((60*start + 60*(4+4*chance.IntN(2))) % (24 * 60)),
		})
	}
	o := roster.Operator{Name: "Ana", Zone: zone, Country: []string{"", "BG", "DE"}[chance.IntN(3)], Skills: []string{"a"}, Contract: roster.Contract{
		Kind: "full-time", MinWeek: hours(0, 16), MaxWeek: hours(20, 40), DailyRest: hours(4, 11, 13), WeeklyRest: hours(24, 35, 48), MaxConsecutiveDays: 1 + chance.IntN(6),
	}}
	team.Operators = []roster.Operator{o}
	team, err := team.Complete()
	if err != nil {
		t.Fatal(err)
	}
	p := roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(calendars.Day{Year: 2026, Month: time.March, Dom: 16}, 2)}}
	p.Demand.Queues = []roster.QueueDemand{{Queue: "a", Skill: "a", Required: make([]int, p.Demand.Grid.N)}}
	return p
}

// weeksRules are some of those that the weeks program knows.
func weeksRules(chance *rand.Rand) (rules []roster.Rule) {
	two, free := int64(2), int64(2+chance.IntN(2))
	for _, r := range []roster.Rule{
		{Count: roster.CountShifts, Templates: []string{"3"}, Per: roster.PerRun, Most: &two},
		{Count: roster.CountWeekends, Most: &two},
		{Count: roster.CountDaysOff, Per: roster.PerRun, Least: &free},
	} {
		if chance.IntN(2) == 0 {
			rules = append(rules, r)
		}
	}
	return rules
}

// A choice keeps the rules if the judge finds nothing hard in it, whatever went
// before and wherever the horizon cuts days.
func TestWeeksKeepIsJudged(t *testing.T) {
	t.Parallel()
	seen := map[bool]int{}
	for seed := range uint64(400) {
		chance := rand.New(rand.NewPCG(seed, 9))
		p := weeksProblem(t, chance)
		p.Team.Rules = weeksRules(chance)
		o := p.Team.Operators[0]
		if chance.IntN(2) == 0 {
			before := calendars.Interval{Start: p.Demand.Grid.Start.AddDate(0, 0, -1-chance.IntN(5)), End: p.Demand.Grid.Start}
			if shifts := p.Team.Shifts(o, before); len(shifts) > 0 {
				p.Carried = slices.Clone(shifts[chance.IntN(len(shifts)):][:1])
				if chance.IntN(2) == 0 {
					p.Carried[0].Operator = 99 // somebody else: then all is known of this one too
				}
			}
		}
		m, err := compile(p, nil, 1)
		if err != nil {
			t.Fatal(err)
		}
		r := m.rows[0]
		if r.weekly == nil || !r.weekly.knows {
			continue
		}
		for range 20 {
			chosen := anyChoice(r, chance)
			verdict := roster.Judge(p, m.assignments([][]int32{chosen}, [][]placement{make([]placement, len(chosen))}))
			want := verdict.Score.Hard == 0
			if got := r.weekly.keeps(r, chosen); got != want {
				t.Fatalf("seed %d: %v is kept %v, want %v: %v", seed, chosen, got, want, verdict.Breaches)
			}
			seen[want]++
		}
	}
	if seen[true] < 200 || seen[false] < 200 {
		t.Errorf("legal and not: %v, want 200 of each", seen)
	}
}

// However many moves a lane has made, softly or not, the cost that it has kept
// is what the judge counts, with breaks as without. SMENA_MOVES sets how many.
func TestRunningCostIsFullCost(t *testing.T) {
	t.Parallel()
	moves := 3000
	if n, err := strconv.Atoi(os.Getenv("SMENA_MOVES")); err == nil {
		moves = n
	}
	p := crew(t, 9)
	t.Run("whole shifts", func(t *testing.T) { runningCost(t, p, moves) })
	scattered := crew(t, 12)
	for i := range scattered.Team.Operators { // so that one's day is not another's
		o := &scattered.Team.Operators[i]
		o.Zone = calendars.MustZone([]string{"Europe/Sofia", "America/New_York", "Europe/Berlin", "Asia/Manila"}[i%4])
		o.Contract.HourlyPay, o.Contract.Premiums = 3.37*float64(i%3), roster.Premiums{Night: 0.5, Sunday: 0.3}
	}
	t.Run("zones", func(t *testing.T) { runningCost(t, scattered, moves) })
	pausing(&p, rand.New(rand.NewPCG(2, 2)))
	t.Run("breaks", func(t *testing.T) { runningCost(t, p, moves) })
}

func runningCost(t *testing.T, p roster.Problem, moves int) {
	t.Parallel()
	m, err := compile(p, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	l := newLane(m, 1, 1)
	if err := l.construct(); err != nil {
		t.Fatal(err)
	}
	for i := range m.rows {
		l.pool = append(l.pool, i)
	}
	if l.span = m.horizon; m.nudged == 0 {
		t.Fatal("no row can be nudged")
	}
	kept := 0
	for n := range moves {
		if n%(moves/6) == 0 {
			l.see([]float64{hardest, 0.01, 0.3}[n/(moves/6)%3])
		}
		l.move(scope{6, 2}, m.worth*0.02)
		l.nudges(m.worth * 0.02)
		kept, l.log = kept+len(l.log), l.log[:0]
		if n%(moves/12) > 0 {
			continue
		}
		l.settleBreaks()
		if got, want := l.truly(), fine*roster.Judge(p, m.assignments(l.chosen, l.placed)).Score.Soft; got != want {
			t.Fatalf("after %d moves the lane counts %d, the judge %d", n+1, got, want)
		}
	}
	if kept < moves/10 {
		t.Errorf("only %d rows were moved: the test says little", kept)
	}
}

// crew is operators of three countries and two queues, some of whom wish, over two weeks.
func crew(t *testing.T, n int) roster.Problem {
	t.Helper()
	chance := rand.New(rand.NewPCG(5, 5))
	p := weeksProblem(t, chance)
	team := p.Team
	team.Queues = append(team.Queues, roster.Queue{Name: "b", ServiceLevel: team.Queues[0].ServiceLevel, AHT: team.Queues[0].AHT})
	like := team.Operators[0]
	team.Operators = nil
	for i := range n {
		o := like
		o.ID, o.Name, o.Country = 0, fmt.Sprint("operator ", i), []string{"", "BG", "DE"}[i%3]
		o.Skills = [][]string{{"a"}, {"b"}, {"a", "b"}}[chance.IntN(3)]
		o.Contract.MinWeek, o.Contract.MaxWeek, o.Contract.MaxConsecutiveDays = calendars.Hours(16), calendars.Hours(32), 5
		o.Wishes = []roster.Wish{{Want: roster.WantOff, Weekdays: []calendars.Weekday{calendars.Weekday(i % 7)}, Weight: 100}}
		o.Contract.HourlyPay = float64(i % 4)
		team.Operators = append(team.Operators, o)
	}
	team.PayWeight = 3
	team, err := team.Complete()
	if err != nil {
		t.Fatal(err)
	}
	p.Team = team
	p.Demand.Queues = nil
	for _, q := range team.Queues {
		d := roster.QueueDemand{Queue: q.Name, Skill: q.Skill}
		for range p.Demand.Grid.N {
			d.Required = append(d.Required, chance.IntN(1+n/4))
		}
		p.Demand.Queues = append(p.Demand.Queues, d)
	}
	return p
}
