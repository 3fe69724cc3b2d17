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
