package roster_test

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// The ledger names each burden, lets points halve with time, and goes on from
// an earlier one without counting anything twice.
func TestLedger(t *testing.T) {
	t.Parallel()
	s := solo{"Europe/Sofia", juneMonday, 0}
	p := s.problem(t)
	team := p.Team
	team.Fairness = roster.Fairness{Night: 1, Weekend: 2, Holiday: 4, ShortNotice: 0.5, Refused: 3, HalfLife: 10}
	team.Operators[0].Country, team.Operators[0].Contract.MinWeek = "BG", calendars.Hours(20)
	team.Operators[0].Wishes = []roster.Wish{{Want: roster.WantOff, First: juneMonday.AddDays(1), Weight: 1}, {Want: roster.WantOff, First: juneMonday.AddDays(20), Weight: 1}}
	holidays := map[string][]calendars.Day{"BG": {juneMonday.AddDays(2)}}
	_, own := s.lay(".ND..N.")
	var published []roster.Published
	for _, a := range own {
		published = append(published, roster.Published{Assignment: a})
	}
	published[1].Changed = published[1].Shift.Start.Add(-72*time.Hour + time.Minute)
	published[2].Changed = published[2].Shift.Start.Add(-72 * time.Hour)
	at := juneMonday.AddDays(12)
	day := juneMonday.AddDays
	entry := func(d int, kind string, points float64) roster.Entry {
		return roster.Entry{Day: day(d), Kind: kind, Points: points, Counts: math.Round(1000*points*math.Exp2(-float64(12-d)/10)) / 1000}
	}
	want := []roster.Entry{
		entry(1, roster.BurdenHoliday, 4), entry(1, roster.BurdenNight, 1), entry(1, roster.BurdenRefused, 3), // a night into the holiday, on a day wished off
		entry(2, roster.BurdenHoliday, 4), entry(2, roster.BurdenNotice, 0.5),
		entry(5, roster.BurdenNight, 1), entry(5, roster.BurdenWeekend, 2),
	}
	whole := roster.Ledger(team, published, holidays, nil, at)[0]
	if diff := cmp.Diff(want, whole.Entries); diff != "" {
		t.Error(diff)
	}
	sum := 0.0
	for _, e := range want {
		sum += e.Counts
	}
	if math.Abs(whole.Points-sum) > 1e-9 || math.Abs(whole.Share-2*sum) > 0.002 || whole.Name != "Ana" {
		t.Errorf("%v points, want %v", whole, sum)
	}
	// The same in two steps: what the first has is not counted again by the second.
	middle := day(4)
	first := roster.Ledger(team, published[:2], holidays, nil, middle)
	second := roster.Ledger(team, published, holidays, roster.Forwarded(first, middle), at)[0]
	if math.Abs(second.Points-whole.Points) > 0.002 || len(second.Entries) != 2 || second.Forward == 0 {
		t.Errorf("in two steps %v, at once %v", second, whole)
	}
	if points := roster.PointsOf([]roster.Account{whole}); points[1] != int64(math.Round(1000*whole.Points)) {
		t.Errorf("%v", points)
	}
	if empty := roster.Ledger(team, nil, nil, nil, at)[0]; empty.Points != 0 || len(empty.Entries) != 0 {
		t.Errorf("an empty ledger: %+v", empty)
	}
}

// Two ledgers, one going on from the other, hold what one does: a shift around
// the midnight of the team is in one of them, whatever the operator's clock says.
func TestLedgerGoesOn(t *testing.T) {
	t.Parallel()
	moscow := calendars.MustZone("Europe/Moscow")
	monday, end := juneMonday.AddDays(7), juneMonday.AddDays(14)
	for _, zone := range []string{"Europe/Berlin", "Europe/Moscow", "Asia/Irkutsk", "America/New_York"} {
		team := roster.Team{Zone: moscow, Interval: calendars.Hours(1), Fairness: roster.Fairness{Night: 1, Weekend: 2, ShortNotice: 0.5},
			Operators: []roster.Operator{{ID: 1, Name: "Ana", Zone: calendars.MustZone(zone), Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(40)}}}}
		shift := func(start time.Time) roster.Published {
			return roster.Published{Changed: start, Assignment: roster.Assignment{Operator: 1, Template: "any", Shift: calendars.Interval{Start: start, End: start.Add(8 * time.Hour)}}}
		}
		early := shift(juneMonday.Start(moscow))
		for _, hours := range []time.Duration{-1, 0, 1} { // from the team's Monday
			one := shift(monday.Start(moscow).Add(hours * time.Hour))
			before, after := []roster.Published{early}, []roster.Published{one}
			if hours < 0 {
				before, after = append(before, one), nil
			}
			forward := roster.Forwarded(roster.Ledger(team, before, nil, nil, monday), monday)
			got, want := roster.Ledger(team, after, nil, forward, end)[0], roster.Ledger(team, []roster.Published{early, one}, nil, nil, end)[0]
			if math.Abs(got.Points-want.Points) > 0.002 || want.Points == 0 {
				t.Errorf("%s, %+d h: in two steps %v, at once %v", zone, hours, got.Points, want.Points)
			}
		}
	}
}

// Who joins opens with the part of the others' points that their hours ask for,
// from an earlier ledger and from weeks before their first shift alike; those who
// were there from the first week do not.
func TestLedgerOfNewcomers(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Europe/Sofia")
	operator := func(id roster.ID, name string, hours float64) roster.Operator {
		return roster.Operator{ID: id, Name: name, Zone: zone, Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(hours)}}
	}
	team := roster.Team{Zone: zone, Interval: calendars.Hours(1), Fairness: roster.Fairness{Night: 1, HalfLife: 3650},
		Operators: []roster.Operator{operator(1, "Ana", 40), operator(2, "Ben", 40), operator(3, "Eva", 20)}}
	var published []roster.Published
	shift := func(id roster.ID, day int, from calendars.WallTime) {
		start := juneMonday.AddDays(day).At(from, zone)
		published = append(published, roster.Published{Assignment: roster.Assignment{Operator: id, Template: "any", Shift: calendars.Interval{Start: start, End: start.Add(8 * time.Hour)}}})
	}
	for day := range 8 {
		shift(1, day, 22*60)
	}
	shift(2, 4, 9*60)
	at := juneMonday.AddDays(14)
	forward := func() [3]float64 {
		var points [3]float64
		for i, a := range roster.Ledger(team, published, nil, nil, at) {
			points[i] = math.Round(10 * a.Forward)
		}
		return points
	}
	if got := forward(); got != [3]float64{0, 0, 20} { // a quarter of eight by 20 of 80 hours
		t.Errorf("without a shift: %v", got)
	}
	shift(3, 7, 9*60)
	if got := forward(); got != [3]float64{0, 0, 17} { // of seven
		t.Errorf("from the second week on: %v", got)
	}
	first := []roster.Forward{{Day: at, Name: "Ana", Points: 8}, {Day: at, Name: "Ben"}}
	accounts := roster.Ledger(team, nil, nil, first, at)
	if accounts[2].Points != 2 || accounts[2].Share != 4 || accounts[1].Points != 0 {
		t.Errorf("from an earlier ledger: %+v", accounts)
	}
	if diff := cmp.Diff(accounts, roster.Ledger(team, nil, nil, roster.Forwarded(accounts, at), at)); diff != "" {
		t.Errorf("once more: %s", diff)
	}
}
