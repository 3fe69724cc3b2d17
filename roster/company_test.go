package roster_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// costs judges the shifts in both orders and returns the amounts of one rule.
func costs(t testing.TB, p roster.Problem, rule string, all []roster.Assignment) (amounts []int64, cost int64) {
	t.Helper()
	for range 2 {
		amounts, cost = nil, 0
		for _, b := range roster.Judge(p, all).Breaches {
			if b.Amount <= 0 {
				t.Errorf("a breach of nothing: %+v", b)
			}
			if b.Rule == rule {
				amounts, cost = append(amounts, b.Amount), cost+b.Cost
				if b.Sentence.English == "" || b.Sentence.Russian == "" || b.Sentence.Bulgarian == "" || strings.Contains(b.Sentence.English, "%!") {
					t.Errorf("%+v", b)
				}
			}
		}
		slices.Reverse(all)
	}
	return amounts, cost
}

var juneMonday = calendars.Day{Year: 2026, Month: 6, Dom: 1}

func TestWishes(t *testing.T) {
	t.Parallel()
	s := solo{"Europe/Sofia", juneMonday, 0}
	day := func(n int) calendars.Day { return juneMonday.AddDays(n) }
	for _, c := range []struct {
		name  string
		wish  roster.Wish
		cells string
		want  int64 // days
	}{
		{"off, and off", roster.Wish{Want: "off", First: day(2)}, "DD.DD", 0},
		{"off, and at work", roster.Wish{Want: "off", First: day(2)}, "DDDDD", 1},
		{"the night before reaches into it", roster.Wish{Want: "off", First: day(2)}, ".N...", 1},
		{"to midnight only", roster.Wish{Want: "off", First: day(2)}, ".E...", 0},
		{"several days", roster.Wish{Want: "off", First: day(2), Last: day(4)}, "D.DDDD", 3},
		{"the horizon's last day", roster.Wish{Want: "off", First: day(27)}, strings.Repeat(".", 27) + "D", 1},
		{"the horizon's first day", roster.Wish{Want: "off", First: day(0)}, "D", 1},
		{"after the horizon", roster.Wish{Want: "off", First: day(28)}, strings.Repeat(".", 27) + "N", 0},
		{"every Friday", roster.Wish{Want: "off", Weekdays: []calendars.Weekday{5}}, "DDDDD.. DDDD...", 1},
		{"off these shifts", roster.Wish{Want: "off", First: day(2), Templates: []string{"night"}}, ".ND", 0},
		{"off these shifts, but on one", roster.Wish{Want: "off", First: day(2), Templates: []string{"night"}}, "..N", 1},
		{"a margin, kept", roster.Wish{Want: "off", First: day(2), Margin: calendars.Hours(2)}, ".E.", 0},
		{"a margin, one minute short", roster.Wish{Want: "off", First: day(2), Margin: calendars.Seconds(7260)}, ".E.", 1},
		{"a margin after, one minute short", roster.Wish{Want: "off", First: day(2), Margin: calendars.Seconds(9*3600 + 60)}, "...D", 1},
		{"on, and on", roster.Wish{Want: "on", First: day(2)}, "..D", 0},
		{"on, and off", roster.Wish{Want: "on", First: day(2)}, ".N.D", 1},
		{"on another shift", roster.Wish{Want: "on", First: day(2), Templates: []string{"light"}}, "..N", 1},
		{"on one of a kind", roster.Wish{Want: "on", First: day(2), Templates: []string{"light"}}, "..S", 0},
	} {
		c.wish.Weight = 7
		p := s.problem(t)
		p.Team.Operators[0].Wishes = []roster.Wish{c.wish}
		if _, err := p.Team.Complete(); err != nil && !strings.Contains(err.Error(), "max_") {
			t.Fatal(err)
		}
		_, own := s.lay(c.cells)
		amounts, cost := costs(t, p, roster.RuleWish, own)
		for _, b := range roster.Judge(p, own).Breaches {
			if first := calendars.DayOf(b.Shifts[0].Start, p.Team.Zone); !b.Shifts[0].Equal(first.Interval(p.Team.Zone)) {
				t.Errorf("%s: about %s, which is no day", c.name, b.Shifts[0])
			}
			if says := "would like to " + map[string]string{"off": "be off", "on": "work"}[c.wish.Want]; !strings.Contains(b.Sentence.English, says) {
				t.Errorf("%s: %q", c.name, b.Sentence.English)
			}
		}
		if int64(len(amounts)) != c.want || cost != c.want*7*roster.Whole {
			t.Errorf("%s: %d broken at %d, want %d", c.name, len(amounts), cost, c.want)
		}
	}
}

// What belongs to the team: slots, mixes and pairs; exactly enough, one short, far off.
func TestJointRules(t *testing.T) {
	t.Parallel()
	s := solo{"Europe/Sofia", juneMonday, 0}
	base := s.problem(t)
	second := base.Team.Operators[0]
	second.ID, second.Name = 2, "Ben"
	base.Team.Operators = append(base.Team.Operators, second)
	of := func(operator roster.ID, cells string) []roster.Assignment {
		_, own := s.lay(cells)
		for i := range own {
			own[i].Operator = operator
		}
		return own
	}
	p := base
	p.Team.Slots = []roster.Slot{{Template: "night", First: juneMonday, Last: juneMonday.AddDays(1), Operators: 1, Missing: 100, Surplus: 3}}
	for cells, want := range map[string]int64{"NN": 0, "N.": 100, "..N": 200, "DD": 200} {
		if _, cost := costs(t, p, roster.RuleSlot, of(1, cells)); cost != want*roster.Whole {
			t.Errorf("a slot, %s: %d, want %d", cells, cost, want)
		}
	}
	if amounts, cost := costs(t, p, roster.RuleSlot, append(of(1, "NN"), of(2, "NN")...)); cost != 6*roster.Whole || len(amounts) != 2 || amounts[0] != 1 {
		t.Errorf("slots with one too many: %v at %d", amounts, cost)
	}
	p.Team.Slots = []roster.Slot{{Template: "night", First: juneMonday, Operators: 1, Missing: 1}}
	p.Team.Templates = slices.Clone(p.Team.Templates)
	for i := range p.Team.Templates {
		p.Team.Templates[i].Weekdays = []calendars.Weekday{2}
	}
	if amounts, _ := costs(t, p, roster.RuleSlot, of(1, "D")); amounts != nil {
		t.Errorf("a slot on a day without its template: %v", amounts)
	}
	p = base
	p.Team.Slots = []roster.Slot{{Template: "light", First: juneMonday, Operators: 2, Missing: 10, Surplus: 1}}
	if _, cost := costs(t, p, roster.RuleSlot, append(of(1, "D"), of(2, "S")...)); cost != 0 {
		t.Errorf("a slot of a kind, with one of each: %d", cost)
	}

	p = base
	p.Team.Mixes = []roster.Mix{{Name: "seniors", Operators: []string{"Ana"}, Least: 1, From: 22 * 60, To: 6 * 60, Weight: 4}}
	const nights = 28 * 480
	for cells, want := range map[string]int64{"": nights, "N": nights - 480, "D": nights, strings.Repeat("N", 28): 0} {
		// The night before the horizon reaches into it, and the last one out of it.
		if _, cost := costs(t, p, roster.RuleMix, of(1, cells)); cost != (max(360, want)-0)*4*roster.Whole {
			t.Errorf("a mix, %q: %d, want %d minutes", cells, cost/4/roster.Whole, max(360, want))
		}
		if _, cost := costs(t, p, roster.RuleMix, of(2, cells)); cost != nights*4*roster.Whole {
			t.Errorf("a mix of others, %q: %d", cells, cost/4/roster.Whole)
		}
	}

	p = base
	p.Team.Pairs = []roster.Pair{{Kind: roster.Together, Operators: []string{"Ana"}, With: []string{"Ben"}, Weight: 1}}
	late := of(2, "D")
	late[0].Shift.Start = late[0].Shift.Start.Add(time.Minute)
	if amounts, _ := costs(t, p, roster.RulePair, append(of(1, "D"), late...)); len(amounts) != 1 || amounts[0] != 1 {
		t.Errorf("a minute alone: %v", amounts)
	}
	p = base
	third := base.Team.Operators[0]
	third.ID, third.Name = 3, "Cem"
	p.Team.Operators = append(slices.Clone(base.Team.Operators), third)
	p.Team.Pairs = []roster.Pair{{Kind: roster.Together, Operators: []string{"Ana"}, With: []string{"Ben", "Cem"}, Weight: 1}}
	if amounts, _ := costs(t, p, roster.RulePair, slices.Concat(of(1, "D"), of(2, "E"), of(3, "S"))); len(amounts) != 1 || amounts[0] != 240 {
		t.Errorf("together with one after the other: %v", amounts) // from 10:00 to 14:00 nobody is there
	}
	for _, c := range []struct {
		kind, ana, ben string
		want           int64
	}{
		{roster.Together, "DD", "DD", 0}, {roster.Together, "S", "D", 0}, {roster.Together, "D", "S", 420}, {roster.Together, "DD", "", 960}, {roster.Together, "", "DD", 0}, {roster.Together, "E", "D", 300},
		{roster.Apart, "D", ".D", 0}, {roster.Apart, "N", ".D", 0}, {roster.Apart, "D", "E", 180}, {roster.Apart, "DD", "DD", 960},
	} {
		p := base
		p.Team.Pairs = []roster.Pair{{Kind: c.kind, Operators: []string{"Ana"}, With: []string{"Ben"}, Weight: 2}}
		if _, cost := costs(t, p, roster.RulePair, append(of(1, c.ana), of(2, c.ben)...)); cost != c.want*2*roster.Whole {
			t.Errorf("%s, %q and %q: %d minutes, want %d", c.kind, c.ana, c.ben, cost/2/roster.Whole, c.want)
		}
	}
}

// Breaks are judged where they are planned: placed, or given by the template.
func TestBreaks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, country string
		hours         string // end of a shift from 08:00
		breaks        []string
		want          int64
	}{
		{"six hours need none", "DE", "14:00", []string{"10:00/10:05"}, 0},
		{"a minute more needs 30 min", "DE", "14:01", []string{"10:00/10:30"}, 0},
		{"one minute short", "DE", "14:01", []string{"10:00/10:29"}, 1},
		{"blocks of 15 min", "DE", "14:30", []string{"10:00/10:15", "12:00/12:15"}, 0},
		{"blocks that are too short", "DE", "14:30", []string{"10:00/10:15", "12:00/12:14"}, 15},
		{"nine hours", "DE", "17:00", []string{"12:00/12:30"}, 0},
		{"a minute above nine", "DE", "17:01", []string{"12:00/12:45"}, 0},
		{"a minute above nine, too little", "DE", "17:01", []string{"12:00/12:30"}, 15},
		{"six hours without one", "DE", "15:00", []string{"14:00/14:30"}, 0},
		{"a minute longer", "DE", "15:00", []string{"14:01/14:31"}, 1},
		{"20 min in Britain", "GB", "14:01", []string{"10:00/10:20"}, 0},
		{"one minute short in Britain", "GB", "14:01", []string{"10:00/10:19"}, 1},
		{"30 min in Russia", "RU", "12:01", []string{"10:00/10:29"}, 1},
		{"four hours in Russia", "RU", "12:00", []string{"10:00/10:01"}, 0},
		{"none planned", "DE", "17:00", nil, 0},
	} {
		p := employee(t, "Europe/Sofia", c.country)
		a := assign(shift("2026-03-10 08:00", "2026-03-10 "+c.hours))
		for _, b := range c.breaks {
			from, to, _ := strings.Cut(b, "/")
			a[0].Breaks = append(a[0].Breaks, shift("2026-03-10 "+from, "2026-03-10 "+to))
		}
		amounts, _ := costs(t, p, roster.RuleBreak, a)
		sum := int64(0)
		for _, n := range amounts {
			sum += n
		}
		if c.name == "a minute above nine, too little" { // two rules at once: 45 min, not 30
			if len(amounts) != 1 {
				t.Errorf("%s: %v", c.name, amounts)
			}
		}
		if sum != c.want {
			t.Errorf("%s: %v, want %d", c.name, amounts, c.want)
		}
	}
	p := employee(t, "Europe/Sofia", "DE")
	a := assign(shift("2026-03-10 09:00", "2026-03-10 17:00"))
	for minutes, want := range map[float64]int{30: 0, 29: 1} {
		p.Team.Templates[0].Breaks = []roster.Break{{Length: calendars.Seconds(60 * minutes), From: calendars.Hours(3), To: calendars.Hours(5)}}
		if amounts, _ := costs(t, p, roster.RuleBreak, a); len(amounts) != want {
			t.Errorf("a template with %v min: %v", minutes, amounts)
		}
	}
}

// Changes to what was published come too late by a minute, or just in time.
func TestNotice(t *testing.T) {
	t.Parallel()
	p := problem()
	p.Team.Operators[0].Contract.Notice = calendars.Hours(48)
	known, other := shift("2026-03-12 09:00", "2026-03-12 17:00"), shift("2026-03-12 09:00", "2026-03-12 17:30")
	off, friday := shift("2026-03-13 09:00", "2026-03-13 17:00"), calendars.Day{Year: 2026, Month: 3, Dom: 13}
	p.Team.Operators[0].TimeOff = []roster.TimeOff{{First: friday, Last: friday}}
	for _, c := range []struct {
		name     string
		now      string
		was, is  []calendars.Interval
		breaches int
	}{
		{"as it was", "2026-03-12 08:00", []calendars.Interval{known}, []calendars.Interval{known}, 0},
		{"new, just in time", "2026-03-10 09:00", nil, []calendars.Interval{known}, 0},
		{"new, one minute late", "2026-03-10 09:01", nil, []calendars.Interval{known}, 1},
		{"gone, just in time", "2026-03-10 09:00", []calendars.Interval{known}, nil, 0},
		{"gone, one minute late", "2026-03-10 09:01", []calendars.Interval{known}, nil, 1},
		{"longer, far too late", "2026-03-12 08:59", []calendars.Interval{known}, []calendars.Interval{other}, 2},
		{"gone as it starts, the day before off", "2026-03-12 09:00", []calendars.Interval{known, off}, nil, 1},
		{"gone for time off", "2026-03-11 10:00", []calendars.Interval{off}, nil, 0},
		{"gone as it starts", "2026-03-12 09:00", []calendars.Interval{known}, nil, 1},
		{"over already", "2026-03-12 09:01", []calendars.Interval{known}, nil, 0},
	} {
		p := p
		p.Now, p.Told = shift(c.now, c.now).Start, assign(c.was...)
		if amounts, cost := costs(t, p, roster.RuleNotice, assign(c.is...)); len(amounts) != c.breaches || cost != int64(c.breaches)*1440 {
			t.Errorf("%s: %v at %d, want %d", c.name, amounts, cost, c.breaches)
		}
	}
	p.Now, p.Told = time.Time{}, assign(known)
	if amounts, _ := costs(t, p, roster.RuleNotice, nil); amounts != nil {
		t.Errorf("nobody said what time it is: %v", amounts)
	}
}

// Split shifts need no rest between them on one day, where the contract allows them.
func TestSplitShifts(t *testing.T) {
	t.Parallel()
	p := problem()
	parts := assign(shift("2026-03-10 08:00", "2026-03-10 12:00"), shift("2026-03-10 16:00", "2026-03-10 20:00"), shift("2026-03-11 06:59", "2026-03-11 08:00"))
	for split, want := range map[bool][]int64{false: {7 * 60, 1}, true: {1}} {
		p.Team.Operators[0].Contract.SplitShifts = split
		amounts, _ := costs(t, p, roster.RuleDailyRest, parts)
		if diff := cmp.Diff(want, amounts); diff != "" {
			t.Errorf("split %v: %s", split, diff)
		}
	}
}

// Contracts bound calendar months too.
func TestContractMonths(t *testing.T) {
	t.Parallel()
	s := solo{"Europe/Sofia", calendars.Day{Year: 2026, Month: 5, Dom: 25}, 0}
	p := s.problem(t)
	p.Demand.Grid = p.Team.Horizon(s.monday, 6)
	p.Demand.Queues[0].Required = make([]int, p.Demand.Grid.N)
	_, own := s.lay("....... D.DDD.. DDDDD..")
	for by, want := range map[time.Duration]int{0: 0, time.Minute: 1} {
		p.Team.Operators[0].Contract.MaxMonth = calendars.Duration{Duration: 72*time.Hour - by}
		p.Team.Operators[0].Contract.MinMonth = calendars.Duration{}
		if got, cost := costs(t, p, "count-minutes", own); len(got) != want || cost != int64(want) {
			t.Errorf("%s below: %v at %d", by, got, cost)
		}
		p.Team.Operators[0].Contract.MaxMonth = calendars.Duration{}
		p.Team.Operators[0].Contract.MinMonth = calendars.Duration{Duration: 72*time.Hour + by}
		if got, cost := costs(t, p, "count-minutes", own); len(got) != want || cost != int64(want)*roster.Whole*roster.HoursShortWeight {
			t.Errorf("%s more guaranteed: %v at %d", by, got, cost)
		}
	}
}

// Points squared over hours: what one carries costs more than what two share,
// and somebody on half the hours should carry half.
func TestFairness(t *testing.T) {
	t.Parallel()
	s := solo{"Europe/Sofia", juneMonday, 0}
	p := s.problem(t)
	p.Team.Fairness = roster.Fairness{Night: 1, Weekend: 2, Holiday: 4, Weight: 10}
	p.Holidays = map[string][]calendars.Day{"PH": {juneMonday.AddDays(2)}}
	o := p.Team.Operators[0]
	o.Country, o.Contract.MinWeek = "PH", calendars.Hours(40)
	half := o
	half.ID, half.Name, half.Contract.MinWeek = 2, "Ben", calendars.Hours(20)
	p.Team.Operators = []roster.Operator{o, half}
	cost := func(ana, ben string) int64 {
		_, all := s.lay(ana)
		_, bens := s.lay(ben)
		for _, a := range bens {
			a.Operator = 2
			all = append(all, a)
		}
		_, cost := costs(t, p, roster.RuleFairness, all)
		return cost
	}
	weighed := func(points, hours float64) int64 { return int64(roster.Whole * 10 * points * points / 2 * 40 / hours) }
	for _, c := range []struct {
		ana, ben string
		want     int64
	}{
		{"DD.EE", "", 0}, {"N", "", weighed(1, 40)}, {".....D", "", weighed(2, 40)}, {"..D", "", weighed(4, 40)}, {".....N", "", weighed(3, 40)},
		{".N", "", weighed(1+4, 40)}, // into the holiday
		{"", "N", weighed(1, 20)}, {"N..N", "N", weighed(2, 40) + weighed(1, 20)},
	} {
		if got := cost(c.ana, c.ben); got != c.want {
			t.Errorf("%q and %q: %d, want %d", c.ana, c.ben, got, c.want)
		}
	}
	_, one := s.lay("N..N")
	for _, b := range roster.Judge(p, one).Breaches {
		if b.Rule == roster.RuleFairness && (b.Amount != 2 || !strings.Contains(b.Sentence.English, "carries 2.0 points for 40 h a week; 0.0 would")) {
			t.Errorf("%+v", b)
		}
	}
	if fair, other := cost("N..N", "N"), min(cost("N..NN", ""), cost("N", "N..N"), cost("", "N..NN")); fair >= other {
		t.Errorf("two to one costs %d, another sharing %d", fair, other)
	}
	p.Points = map[roster.ID]int64{1: 3000, 2: 3000} // a fair part were four and two
	if got := cost("N", ""); got != weighed(1, 20) {
		t.Errorf("with points from before: %d, want %d", got, weighed(1, 20))
	}
}

// Who is new shares what is to come: of nine nights three are theirs, whatever the
// others have carried; and a limit of hours that is taken off makes nobody owe more.
func TestFairnessOfNewcomers(t *testing.T) {
	t.Parallel()
	s := solo{"Europe/Sofia", juneMonday, 0}
	p := s.problem(t)
	p.Team.Fairness = roster.Fairness{Night: 1, Weight: 10}
	ana, ben, eva := p.Team.Operators[0], p.Team.Operators[0], p.Team.Operators[0]
	ben.ID, ben.Name, eva.ID, eva.Name = 2, "Ben", 3, "Eva"
	p.Team.Operators = []roster.Operator{ana, ben, eva}
	p.Points = map[roster.ID]int64{1: 20_000, 2: 20_000}
	best := func(p roster.Problem) (nights [3]int) {
		least := int64(math.MaxInt64)
		for first := range 10 {
			for second := range 10 - first {
				var all []roster.Assignment
				for i, n := range []int{first, second, 9 - first - second} {
					_, own := s.lay(strings.Repeat("N", n))
					for _, a := range own {
						a.Operator = roster.ID(i + 1)
						all = append(all, a)
					}
				}
				if _, cost := costs(t, p, roster.RuleFairness, all); cost < least {
					least, nights = cost, [3]int{first, second, 9 - first - second}
				}
			}
		}
		return nights
	}
	if got := best(p); got != [3]int{3, 3, 3} {
		t.Errorf("%v nights", got)
	}
	p.Team.Operators[2].Contract.MaxWeek = calendars.Hours(112) // as rule_off of hours leaves it
	p.Team.Operators[0].Contract.MaxWeek, p.Team.Operators[1].Contract.MaxWeek = calendars.Hours(40), calendars.Hours(40)
	if got := best(p); got != [3]int{3, 3, 3} {
		t.Errorf("without a limit of hours: %v nights", got)
	}
}

// Holidays are looked up only for teams whose rosters they matter to.
func TestMindsHolidays(t *testing.T) {
	t.Parallel()
	holidays := []roster.Rule{{Count: roster.CountDays, During: roster.DuringHoliday}}
	for name, c := range map[string]struct {
		team roster.Team
		want bool
	}{
		"nothing":            {roster.Team{Fairness: roster.Fairness{Night: 1}, Rules: []roster.Rule{{Count: roster.CountDays, During: roster.DuringSunday}}, Operators: []roster.Operator{{}}}, false},
		"points":             {roster.Team{Fairness: roster.Fairness{Holiday: 1}}, true},
		"a rule of the team": {roster.Team{Rules: holidays}, true},
		"somebody's rule":    {roster.Team{Operators: []roster.Operator{{}, {Rules: holidays}}}, true},
	} {
		if got := c.team.MindsHolidays(); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// What is at the edge of what is possible is taken; what is beyond is refused
// with what would be right.
func TestCompanyRefuses(t *testing.T) {
	t.Parallel()
	hours, names := calendars.Hours, []string{"Ana"}
	slot := func(f func(*roster.Slot)) func(*roster.Team) {
		return func(t *roster.Team) {
			s := roster.Slot{Template: "day", Operators: 10_000, Missing: 1_000_000, Surplus: 1_000_000, First: juneMonday, Last: juneMonday}
			f(&s)
			t.Slots = []roster.Slot{s}
		}
	}
	mix := func(f func(*roster.Mix)) func(*roster.Team) {
		return func(t *roster.Team) {
			m := roster.Mix{Name: "m", Operators: names, Least: 1, Weight: 1000}
			f(&m)
			t.Mixes = []roster.Mix{m}
		}
	}
	pair := func(f func(*roster.Pair)) func(*roster.Team) {
		return func(t *roster.Team) {
			p := roster.Pair{Kind: roster.Apart, Operators: names, With: []string{"Ben"}, Weight: 1000}
			f(&p)
			t.Pairs = []roster.Pair{p}
		}
	}
	wish := func(f func(*roster.Wish)) func(*roster.Team) {
		return func(t *roster.Team) {
			w := roster.Wish{Want: roster.WantOff, First: juneMonday, Last: juneMonday, Margin: hours(168), Weight: 1_000_000}
			f(&w)
			t.Operators[0].Wishes = []roster.Wish{w}
		}
	}
	pause := func(f func(*roster.Break)) func(*roster.Team) {
		return func(t *roster.Team) {
			b := roster.Break{Length: hours(4), To: hours(4)}
			f(&b)
			t.Templates[0].Breaks = []roster.Break{b}
		}
	}
	fair := func(f func(*roster.Fairness)) func(*roster.Team) {
		return func(t *roster.Team) {
			t.Fairness = roster.Fairness{Night: 1000, HalfLife: 3650, Weight: 10_000}
			f(&t.Fairness)
		}
	}
	contract := func(f func(*roster.Contract)) func(*roster.Team) {
		return func(t *roster.Team) {
			c := &t.Operators[0].Contract
			c.MinMonth, c.MaxMonth, c.Notice, c.HourlyPay, c.Premiums = hours(496), hours(496), hours(2208), 1e6, roster.Premiums{Night: 10}
			f(c)
		}
	}
	for _, c := range []struct {
		change func(*roster.Team)
		want   string
	}{
		{slot(func(*roster.Slot) {}), ""},
		{slot(func(s *roster.Slot) { s.Template = "dusk" }), `slots[0]: shift_template: no shift template or kind "dusk"`},
		{slot(func(s *roster.Slot) { s.Last = juneMonday.AddDays(-1) }), "slots[0]: last: 2026-05-31"},
		{slot(func(s *roster.Slot) { s.Operators++ }), "operators: 10001 is not possible"},
		{slot(func(s *roster.Slot) { s.Operators = -1 }), "operators: -1 is not possible"},
		{slot(func(s *roster.Slot) { s.Operators = 0 }), ""},
		{slot(func(s *roster.Slot) { s.Missing++ }), "missing: 1000001 is not possible"},
		{slot(func(s *roster.Slot) { s.Missing = -1 }), "missing: -1"},
		{slot(func(s *roster.Slot) { s.Missing, s.Surplus = 0, 0 }), ""},
		{slot(func(s *roster.Slot) { s.Surplus++ }), "surplus: 1000001"},
		{slot(func(s *roster.Slot) { s.Surplus = -1 }), "surplus: -1"},
		{mix(func(*roster.Mix) {}), ""},
		{mix(func(m *roster.Mix) { m.Name = "" }), "name: expected a text"},
		{mix(func(m *roster.Mix) { m.Operators = nil }), "operators: expected at least one name"},
		{mix(func(m *roster.Mix) { m.Operators = []string{"Bob"} }), `no operator "Bob" in the team`},
		{mix(func(m *roster.Mix) { m.Least = 2 }), "least: 2 is not possible: expected 1 to 1"},
		{mix(func(m *roster.Mix) { m.Least = 0 }), "least: 0 is not possible"},
		{mix(func(m *roster.Mix) { m.Weight = 1001 }), "weight: 1001"},
		{mix(func(m *roster.Mix) { m.Weight = 0 }), "weight: 0"},
		{mix(func(m *roster.Mix) { m.Weight = 1 }), ""},
		{pair(func(*roster.Pair) {}), ""},
		{pair(func(p *roster.Pair) { p.Kind = "near" }), `kind: "near" is not possible`},
		{pair(func(p *roster.Pair) { p.With = names }), "with: expected nobody out of operators"},
		{pair(func(p *roster.Pair) { p.With = nil }), "with: expected at least one name"},
		{pair(func(p *roster.Pair) { p.Weight = 1001 }), "weight: 1001"},
		{pair(func(p *roster.Pair) { p.Weight = 0 }), "weight: 0"},
		{pair(func(p *roster.Pair) { p.Weight = 1 }), ""},
		{wish(func(*roster.Wish) {}), ""},
		{wish(func(w *roster.Wish) { w.Want = "away" }), `wishes[0]: want: "away" is not possible`},
		{wish(func(w *roster.Wish) { w.Last = juneMonday.AddDays(-1) }), "last: 2026-05-31"},
		{wish(func(w *roster.Wish) { w.First = calendars.Day{} }), "last: 2026-06-01"},
		{wish(func(w *roster.Wish) { w.Weight++ }), "weight: 1000001"},
		{wish(func(w *roster.Wish) { w.Weight = 0 }), "weight: 0"},
		{wish(func(w *roster.Wish) { w.Weight = 1 }), ""},
		{wish(func(w *roster.Wish) { w.Margin = hours(169) }), "margin: 169h is not possible"},
		{wish(func(w *roster.Wish) { w.Margin = hours(-1) }), "margin: "},
		{wish(func(w *roster.Wish) { w.Want = roster.WantOn }), "margin: expected only with off"},
		{wish(func(w *roster.Wish) { w.Templates = []string{"day"} }), "margin: expected only with off, of all shifts"},
		{wish(func(w *roster.Wish) { w.Margin, w.Templates = calendars.Duration{}, []string{"dusk"} }), `no shift template or kind "dusk"`},
		{pause(func(*roster.Break) {}), ""},
		{pause(func(b *roster.Break) { b.Length, b.To = calendars.Seconds(300), calendars.Seconds(300) }), ""},
		{pause(func(b *roster.Break) { b.Length = calendars.Seconds(240) }), "shift_templates[0]"},
		{pause(func(b *roster.Break) { b.Length, b.To = hours(4.5), hours(5) }), "length: 4h30m is not possible"},
		{pause(func(b *roster.Break) { b.From = hours(-1) }), "from: -1h"},
		{pause(func(b *roster.Break) { b.From = calendars.Seconds(60) }), "expected room for 4h"},
		{pause(func(b *roster.Break) { b.To = hours(8) }), ""},
		{pause(func(b *roster.Break) { b.To = calendars.Seconds(8*3600 + 60) }), "is after the end of the shift"},
		{fair(func(*roster.Fairness) {}), ""},
		{fair(func(f *roster.Fairness) { f.Night = 1001 }), "fairness: night: 1001 is not possible"},
		{fair(func(f *roster.Fairness) { f.Refused = -1 }), "refused: -1"},
		{fair(func(f *roster.Fairness) { f.HalfLife++ }), "half_life: 3651"},
		{fair(func(f *roster.Fairness) { f.HalfLife = -1 }), "half_life: -1"},
		{fair(func(f *roster.Fairness) { f.Weight++ }), "weight: 10001"},
		{fair(func(f *roster.Fairness) { f.Weight = -1 }), "weight: -1"},
		{contract(func(*roster.Contract) {}), ""},
		{contract(func(c *roster.Contract) { c.MinMonth = hours(497) }), "min_per_month: 497h is not possible"},
		{contract(func(c *roster.Contract) { c.MinMonth = hours(-1) }), "min_per_month: -1h"},
		{contract(func(c *roster.Contract) { c.MaxMonth = hours(495) }), "max_per_month: 495h is not possible"},
		{contract(func(c *roster.Contract) { c.Notice = hours(2209) }), "notice: 2209h is not possible"},
		{contract(func(c *roster.Contract) { c.Notice = hours(-1) }), "notice: -1h"},
		{contract(func(c *roster.Contract) { c.HourlyPay = 1e6 + 1 }), "hourly_pay: "},
		{contract(func(c *roster.Contract) { c.HourlyPay = -1 }), "hourly_pay: -1"},
		{contract(func(c *roster.Contract) { c.Premiums.Sunday = 10.5 }), "premiums: 10.5 is not possible"},
		{func(t *roster.Team) { t.Currency = "euro" }, `currency: "euro" is not possible`},
	} {
		p := problem()
		ben := p.Team.Operators[0]
		ben.ID, ben.Name = 2, "Ben"
		p.Team.Operators = append(p.Team.Operators, ben)
		c.change(&p.Team)
		_, err := p.Team.Complete()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}
