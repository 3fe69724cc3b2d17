package roster_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// crew of one: an operator without contract limits, in a zone, with rules. The
// horizon is four weeks from the Monday; cells lay shifts out a day each, from
// as many days before it as given; those after it are carried, too.
type solo struct {
	zone   string
	monday calendars.Day
	before int
}

// cellShifts are the templates that cells name by their first letter.
var cellShifts = map[byte]roster.Template{
	'D': {Name: "day", Kind: "light", Start: 9 * 60, End: 17 * 60}, 'E': {Name: "evening", Start: 14 * 60, End: 22 * 60},
	'N': {Name: "night", Start: 22 * 60, End: 6 * 60}, 'S': {Name: "short", Kind: "light", Start: 9 * 60, End: 10 * 60},
}

func (s solo) problem(t testing.TB, rules ...roster.Rule) roster.Problem {
	t.Helper()
	p := problem()
	for _, letter := range "DENS" {
		template := cellShifts[byte(letter)]
		template.Clock = roster.OperatorClock
		if !slices.ContainsFunc(p.Team.Templates, func(x roster.Template) bool { return x.Name == template.Name }) {
			p.Team.Templates = append(p.Team.Templates, template)
		}
	}
	for i := range p.Team.Templates {
		p.Team.Templates[i].Kind = map[string]string{"day": "light", "short": "light"}[p.Team.Templates[i].Name]
	}
	p.Team.Zone, p.Team.Rules = calendars.MustZone(s.zone), rules
	if _, err := p.Team.Complete(); err != nil {
		t.Fatal(err)
	}
	o := &p.Team.Operators[0] // without limits, which no contract may be
	o.Zone, o.Contract = p.Team.Zone, roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(168), MaxConsecutiveDays: 99}
	p.Demand.Grid = p.Team.Horizon(s.monday, 4)
	p.Demand.Queues[0].Required = make([]int, p.Demand.Grid.N)
	return p
}

// lay reads cells: a letter for a shift, a dot for a day off, blanks for the eye.
func (s solo) lay(cells string) (carried, own []roster.Assignment) {
	for i, letter := range []byte(strings.ReplaceAll(cells, " ", "")) {
		template, works := cellShifts[letter]
		if !works {
			continue
		}
		a := roster.Assignment{Operator: 1, Template: template.Name, Shift: template.Shift(s.monday.AddDays(i-s.before), calendars.MustZone(s.zone))}
		if i < s.before || i >= s.before+28 {
			carried = append(carried, a)
		} else {
			own = append(own, a)
		}
	}
	return carried, own
}

// Every count and window: exactly enough, one too many or too few, far off; in
// both orders; at the horizon's first and last day; with history before it; in
// zones and weeks in which clocks change.
func TestRuleCounts(t *testing.T) {
	t.Parallel()
	most := func(n int64, r roster.Rule) roster.Rule { r.Most = &n; return r }
	least := func(n int64, r roster.Rule) roster.Rule { r.Least = &n; return r }
	type R = roster.Rule
	week := []calendars.Weekday{0}
	const none = "....... ....... ....... ......."
	for _, c := range []struct {
		name   string
		rule   roster.Rule
		before int
		cells  string
		want   []int64 // amounts of the breaches
	}{
		{"shifts of the horizon, enough", most(4, R{Count: "shifts"}), 0, "D......  .D..... ....... D.....D", nil},
		{"shifts of the horizon, one more", most(3, R{Count: "shifts"}), 0, "D......  .D..... ....... D.....D", []int64{1}},
		{"shifts of the horizon, far off", most(0, R{Count: "shifts"}), 0, "DDDDDDD DDDDDDD DDDDDDD DDDDDDD", []int64{28}},
		{"shifts, too few", least(5, R{Count: "shifts"}), 0, "D......  .D..... ....... D.....D", []int64{1}},
		{"shifts, far too few", least(5, R{Count: "shifts"}), 0, none, []int64{5}},
		{"history is not in the horizon", most(1, R{Count: "shifts"}), 2, "DD D......  .......", nil},
		{"a most of zero forbids", most(0, R{Count: "shifts", Templates: []string{"night"}}), 0, "D....N. ", []int64{1}},
		{"only these templates", most(1, R{Count: "shifts", Templates: []string{"night"}}), 0, "DNDD..N .......", []int64{1}},
		{"only this kind", most(2, R{Count: "shifts", Templates: []string{"light"}}), 0, "DNS.E.S .......", []int64{1}},
		{"only these weekdays", most(1, R{Count: "days", Weekdays: week}), 0, "DDDDDDD DDDDDDD .......", []int64{1}},
		{"night shifts", most(1, R{Count: "shifts", During: "night"}), 0, "N..EEN. ", []int64{1}},
		{"shifts that touch a Sunday", most(1, R{Count: "shifts", During: "sunday"}), 0, "D.D.... .....NN ", []int64{1}},
		{"shifts on weekends", most(2, R{Count: "shifts", During: "weekend"}), 0, "DD..NDD ", []int64{1}},

		{"days per week, enough", most(5, R{Count: "days", Per: "week"}), 0, "DDDDD.. ..DDDDD ", nil},
		{"days per week, one more in the last", most(5, R{Count: "days", Per: "week"}), 0, "DDDDD.. ..DDDDD ....... DDDDDD.", []int64{1}},
		{"days per week, one more in the first", most(5, R{Count: "days", Per: "week"}), 0, "DDDDDD. ..DDDDD ....... DDDDD..", []int64{1}},
		{"days off per week", least(2, R{Count: "days-off", Per: "week"}), 0, "DDDDD.. DDDDDD. DDDDDDD .......", []int64{1, 2}},
		{"days off per week, too many", most(6, R{Count: "days-off", Per: "week"}), 0, "D...... ....... .....DD D......", []int64{1}},

		{"in any one day", least(1, R{Count: "days", Per: "1d"}), 0, "DDDDDDD DDDDDDD DDD.DDD DDDDDDD", []int64{1}},
		{"days in any seven, over the week's end", most(5, R{Count: "days", Per: "7d"}), 0, "..DDDDD D...... .......", []int64{1}},
		{"days in any seven, enough", most(5, R{Count: "days", Per: "7d"}), 0, "..DDDDD .D..... .......", []int64{1}},
		{"days in any seven, eight days", most(5, R{Count: "days", Per: "7d"}), 0, ".DDDDD. .D..... .......", nil},
		{"with history", most(5, R{Count: "days", Per: "7d"}), 7, "..DDDDD D...... .......", []int64{1}},
		{"history alone is not reported", most(2, R{Count: "days", Per: "7d"}), 7, "..DDDDD .......  ", nil},
		{"history, one day too old", most(5, R{Count: "days", Per: "7d"}), 7, ".DDDDD. .D..... .......", nil},
		{"begun where the last window would", most(5, R{Count: "days", Per: "7d"}), 0, "....... ....... ....... .DDDDDD", []int64{1}},
		{"windows that end before the horizon are history's", least(1, R{Count: "days", Per: "7d"}), 21, "D...... ......D ....... D..D..D D..D..D D..D..D D..D..D", nil},
		{"at the horizon's end", most(5, R{Count: "days", Per: "7d"}), 0, none[:22] + " DDDDDD.", []int64{1}},
		{"in its last days", most(1, R{Count: "days", Per: "7d"}), 0, none[:22] + "......DD", []int64{1}},
		{"a least in any seven", least(1, R{Count: "days", Per: "7d"}), 0, "...D... ...D... ...D... ..D....", nil},
		{"a day more between", least(1, R{Count: "days", Per: "7d"}), 0, "...D... ....D.. ...D... ..D....", []int64{1}},

		{"free time in any 14 days", least(48*60, R{Count: "minutes-off", Per: "14d"}), 0, "DDDDDD. DDDDDD. DDDDDD. DDDDDD.", slices.Repeat([]int64{48*60 - (24+16)*60}, 15)},
		{"free time in any 14 days, enough", least(40*60, R{Count: "minutes-off", Per: "14d"}), 0, "DDDDDD. DDDDDD. DDDDDD. DDDDDD.", nil},

		{"minutes per week", most(40*60, R{Count: "minutes", Per: "week"}), 0, "DDDDDS. ", []int64{60}},
		{"minutes per week, enough", most(41*60, R{Count: "minutes", Per: "week"}), 0, "DDDDDS. ", nil},
		{"minutes per week, one short", most(41*60-1, R{Count: "minutes", Per: "week"}), 0, "DDDDDS. ", []int64{1}},
		{"minutes of these templates alone", most(8*60, R{Count: "minutes", Templates: []string{"night"}}), 0, "N.D.E..", nil},
		{"minutes of these templates, too many", most(8*60, R{Count: "minutes", Templates: []string{"night"}}), 0, "N.D.N..", []int64{480}},
		{"a night over the week's end counts in both", most(6*60-1, R{Count: "minutes", Per: "week"}), 0, "......N .......", []int64{1}},
		{"night minutes", most(8*60-1, R{Count: "minutes", During: "night", Per: "horizon"}), 0, "N.D.... ", []int64{1}},
		{"minutes on Sundays", most(2*60-1, R{Count: "minutes", During: "sunday"}), 0, "......N ", []int64{1}},
		{"minutes per week, too few", least(8*60+1, R{Count: "minutes", Per: "week"}), 0, "D...... DS..... DS..... DS.....", []int64{1}},

		{"no window opens on a free day", most(32*60-1, R{Count: "minutes", Per: "7d"}), 0, "D.DDDD. .......", []int64{481, 1}},
		{"a window that opens with the end of a night", most(22*60-1, R{Count: "minutes", Per: "7d"}), 0, "N.....D D......", []int64{1}},
		{"who works at night", most(20*60, R{Count: "minutes", Per: "7d", FromNights: 2}), 0, "N.N.D.. D...... .......", []int64{4 * 60}},
		{"who works at night but once", most(20*60, R{Count: "minutes", Per: "7d", FromNights: 2}), 0, "N.D.D.. D...... N......", nil},

		{"a night just after the window", most(20*60, R{Count: "minutes", Per: "7d", FromNights: 2}), 0, "N.DD... N......", nil},

		{"weekends", most(1, R{Count: "weekends"}), 0, ".....D. ......D .......", []int64{1}},
		{"a Friday night is no weekend", most(0, R{Count: "weekends"}), 0, "....N.. ....... .......", nil},
		{"both days are one weekend", most(1, R{Count: "weekends"}), 0, ".....DD ....... .......", nil},
		{"weekends in a row", most(1, R{Count: "weekends", Per: "run"}), 0, ".....D. ....... .....D. ......D", []int64{1}},
		{"weekends in a row, with what follows", most(1, R{Count: "weekends", Per: "run"}), 0, none[:24] + ".....D. ......D", []int64{1}},
		{"weekends in a row, with history", most(1, R{Count: "weekends", Per: "run"}), 7, ".....D. ......D ....... ......D", []int64{1}},
		{"weekends of both days in 28 days", most(1, R{Count: "weekends", Per: "28d"}), 0, ".....DD .....DD", []int64{1}},
		{"Sundays alone are weekends, too", most(1, R{Count: "weekends", Per: "28d"}), 0, "......D ......D", []int64{1}},
		{"Fridays before them are not", most(1, R{Count: "weekends", Per: "28d"}), 0, "....DD. ....DD.", []int64{1}},
		{"weekends in 28 days", most(2, R{Count: "weekends", Per: "28d"}), 21, ".....D. .....D. ....... ......D ", []int64{1}},

		{"two days off on end in each week", least(2, R{Count: "days-off", Per: "week", Stretch: true}), 0, "DDDDD.. .DDDDD. DD..DDD DDDDD..", []int64{1}},
		{"two days off on end in any seven", least(2, R{Count: "days-off", Per: "7d", Stretch: true}), 0, "..DDDDD ..DDDDD .DDDDD. DDDDD..", slices.Repeat([]int64{1}, 14)},
		{"days on end in the month", most(4, R{Count: "days", Per: "horizon", Stretch: true}), 0, "DDD..DD D.DDDDD .DDDD.. .......", []int64{1}},
		{"weekends on end in 28 days", most(1, R{Count: "weekends", Per: "28d", Stretch: true}), 0, ".....D. ......D ....... .....D.", []int64{1}},
		{"weekends off in 28 days", least(2, R{Count: "weekends-off", Per: "28d"}), 0, ".....D. ......D .....D. .......", []int64{1}},
		{"weekends off in 28 days, enough", least(2, R{Count: "weekends-off", Per: "28d"}), 0, ".....D. ......D ....N.. .......", nil},
		{"weekends off in a row, too many", most(1, R{Count: "weekends-off", Per: "run"}), 0, ".....D. ....... D...... .....D.", []int64{1}},
		{"weekends off in a row, too few inside", least(2, R{Count: "weekends-off", Per: "run"}), 0, ".....D. ....... .....DD .....D.", []int64{1}},
		{"nights in a row, enough", most(3, R{Count: "shifts", During: "night", Per: "run"}), 0, "NNN.NNN ", nil},
		{"nights in a row, one more", most(3, R{Count: "shifts", During: "night", Per: "run"}), 0, "NNNN.NN NN..... ", []int64{1, 1}},
		{"nights in a row, with history", most(3, R{Count: "shifts", During: "night", Per: "run"}), 2, "NN NN..... ", []int64{1}},
		{"nights in a row, with history, enough", most(4, R{Count: "shifts", During: "night", Per: "run"}), 2, "NN NN..... ", nil},
		{"nights in a row, with what follows", most(3, R{Count: "shifts", During: "night", Per: "run"}), 0, none[:24] + ".....NN NN.....", []int64{1}},
		{"nights in a row, with what follows, enough", most(4, R{Count: "shifts", During: "night", Per: "run"}), 0, none[:24] + ".....NN NN.....", nil},
		{"a run of what follows alone", most(2, R{Count: "days", Per: "run"}), 0, none[:24] + ".....D. DDDD...", nil},
		{"what follows may be too short, and go on", least(3, R{Count: "days", Per: "run"}), 0, none[:24] + "......D D...D..", nil},
		{"days off are counted up to the horizon's end", most(4, R{Count: "days-off", Per: "run"}), 0, "D..D..D D..D..D D..D..D D..D... ..D....", nil},
		{"a run of history alone", most(2, R{Count: "days", Per: "run"}), 7, "...DDDD .......", nil},
		{"a run of history that goes on", most(2, R{Count: "days", Per: "run"}), 7, "...DDDD D......", []int64{3}},
		{"days off of history alone", most(2, R{Count: "days-off", Per: "run"}), 7, "D...... D..D..D D..D..D D..D..D D..D..D", nil},
		{"days off of history that go on", most(2, R{Count: "days-off", Per: "run"}), 7, "D..D... ..D..DD D..D..D D..D..D D..D..D", []int64{3}},
		{"days in a row, too few inside", least(2, R{Count: "days", Per: "run"}), 0, "D.D..DD .DD.... ....... ......D", []int64{1}},
		{"a run at either edge may go on", least(3, R{Count: "days", Per: "run"}), 0, "D...... ....... ....... .....DD", nil},
		{"a run that history begins", least(3, R{Count: "days", Per: "run"}), 5, "D...D D...... ....... ", []int64{1}},
		{"a run that history has, cut short", least(3, R{Count: "days", Per: "run"}), 5, "D..DD ....... ....... ", []int64{1}},
		{"of what was before history nothing is known", least(3, R{Count: "days", Per: "run"}), 2, ".D D...... ....... ", nil},
		{"days off in a row, too few", least(2, R{Count: "days-off", Per: "run"}), 0, ".D.D..D ....... ", []int64{1}},
		{"days off in a row, too many", most(3, R{Count: "days-off", Per: "run"}), 0, "...D...  .D..D..D ..D...D ...D..D", []int64{1}},
		{"evenings in a row", most(2, R{Count: "shifts", Templates: []string{"evening"}, Per: "run"}), 0, "EEDEEED ", []int64{1}},

		{"kinds of shift in a week", most(2, R{Count: "shift-templates", Per: "week"}), 0, "DEN.... DEDDE.. ", []int64{1}},
		{"spread of starts", most(5*60, R{Count: "start-spread", Per: "week"}), 0, "DE..... D.N.... ", []int64{8 * 60}},
		{"spread of starts, a minute", most(5*60-1, R{Count: "start-spread", Per: "week"}), 0, "DE..... D...... ", []int64{1}},
		{"active", most(0, R{Count: "active", Weight: 10}), 0, "D.D.... ", []int64{1}},
		{"active, at the least weight", most(0, R{Count: "active", Weight: 1}), 0, "D.D.... ", []int64{1}},
		{"not active", most(0, R{Count: "active", Weight: 10}), 0, none, nil},

		{"rest after a night", least(24*60, R{Count: "gap", Sequence: []string{"night", "any"}}), 0, "N.E.... N.D....", nil},
		{"rest after a night, too short", least(24*60, R{Count: "gap", Sequence: []string{"night", "any"}}), 0, "NE..... DD", []int64{16 * 60}},
		{"rest after a night, exactly", least(32*60, R{Count: "gap", Sequence: []string{"night", "any"}}), 0, "N.E....", nil},
		{"rest after others is not asked for", least(24*60, R{Count: "gap", Templates: []string{"night"}}), 0, "DE.....", nil},
		{"rest before others is not", least(24*60, R{Count: "gap", Sequence: []string{"any", "night"}}), 0, "DE.....", nil},
		{"too long away", most(3*24*60, R{Count: "gap"}), 0, "D...D..  D......", []int64{16 * 60}},

		{"not too long away", most(88*60, R{Count: "gap"}), 0, "D...D..  .......", nil},
		{"backward rotation", most(0, R{Count: "sequence", Sequence: []string{"evening", "day"}}), 0, "EDE.D.. ED", []int64{1, 1}},
		{"forward rotation", most(0, R{Count: "sequence", Sequence: []string{"evening", "day"}}), 0, "DEENN.. ", nil},
		{"over a day off", most(0, R{Count: "sequence", Sequence: []string{"night", "off", "light"}}), 0, "N.S.N.. D", []int64{1}},
		{"one of several", most(0, R{Count: "sequence", Sequence: []string{"night", "day|evening"}}), 0, "ND.NE.N S", []int64{1, 1}},
		{"with history", most(0, R{Count: "sequence", Sequence: []string{"night", "day"}}), 1, "N D...... ", []int64{1}},
		{"history alone", most(0, R{Count: "sequence", Sequence: []string{"night", "day"}}), 2, "ND ....... ", nil},
		{"with what follows", most(0, R{Count: "sequence", Sequence: []string{"evening", "day"}}), 0, none[:24] + "......E D......", []int64{1}},
		{"with what follows, in the week", most(0, R{Count: "sequence", Sequence: []string{"evening", "day"}, Per: "week"}), 0, none[:24] + "......E D......", []int64{1}},
		{"with what follows, a day between", most(0, R{Count: "sequence", Sequence: []string{"evening", "day"}}), 0, none[:24] + "......E .D.....", nil},
		{"what follows alone", most(0, R{Count: "sequence", Sequence: []string{"evening", "day"}}), 0, none[:24] + "......D ED.....", nil},
		{"a day off before what follows", most(0, R{Count: "sequence", Sequence: []string{"work", "off", "work"}}), 0, none[:24] + "......D .D.....", []int64{1}},
		{"nobody knows what is after what follows", most(0, R{Count: "sequence", Sequence: []string{"evening", "day", "off"}}), 0, none[:24] + "......E D", nil},
		{"an island at the end is not one yet", most(0, R{Count: "sequence", Sequence: []string{"off", "work", "off"}}), 0, "D.DD.D. ....... ....... ......D", []int64{1}},
		{"of the last two days", most(0, R{Count: "sequence", Sequence: []string{"evening", "day"}}), 0, none[:22] + "......ED", []int64{1}},
		{"too often", most(1, R{Count: "sequence", Sequence: []string{"night", "off"}, Per: "week"}), 0, "N.N.N.. ", []int64{2}},
		{"the second time is too much", most(1, R{Count: "sequence", Sequence: []string{"night", "off"}}), 0, "N.N.... ", []int64{1}},
		{"once in each week", most(1, R{Count: "sequence", Sequence: []string{"night", "off"}, Per: "week"}), 0, "N...... N...... ", nil},
		{"too seldom", least(2, R{Count: "sequence", Sequence: []string{"off", "off"}}), 0, "DDDDD.. DDDDDDD DDDDDDD DDDDDDD", []int64{1}},
		{"shift after shift, over days", most(0, R{Count: "succession", Sequence: []string{"night", "day"}}), 0, "N...D.. D", []int64{1}},
		{"shift after shift, on one day only", most(0, R{Count: "succession", Sequence: []string{"night", "day"}, Per: "day"}), 0, "N...D.. D", nil},
		{"the last two shifts", most(0, R{Count: "succession", Sequence: []string{"night", "day"}}), 0, "D.D.... N.D....", []int64{1}},
		{"often enough", least(1, R{Count: "succession", Sequence: []string{"night", "day"}}), 0, "N...D.. ", nil},
		{"too seldom, shift by shift", least(2, R{Count: "succession", Sequence: []string{"night", "day"}}), 0, "N...D.. ", []int64{1}},
		{"once is fine", most(1, R{Count: "succession", Sequence: []string{"day", "day"}}), 0, "D...D.. ", nil},
	} {
		for _, where := range []struct {
			zone   string
			monday string
		}{
			{"Europe/Sofia", "2026-06-01"}, {"Europe/Sofia", "2026-03-09"}, {"Europe/Sofia", "2026-10-05"},
			{"America/New_York", "2026-03-02"}, {"Australia/Lord_Howe", "2026-09-14"}, {"Asia/Manila", "2026-03-09"},
		} {
			day, err := calendars.ParseDay(where.monday)
			if err != nil {
				t.Fatal(err)
			}
			s := solo{where.zone, day, c.before}
			p := s.problem(t, c.rule)
			var own []roster.Assignment
			p.Carried, own = s.lay(c.cells)
			for range 2 {
				var got []int64
				for _, b := range roster.Judge(p, own).Breaches {
					got = append(got, b.Amount)
					if b.Rule != "count-"+c.rule.Count || b.Hard != (c.rule.Weight == 0) || b.Amount <= 0 || !strings.Contains(b.Sentence.Russian, "Ana") {
						t.Errorf("%s: %+v", c.name, b)
					}
					if says := map[bool]string{true: "allows at most", false: "asks for at least"}[c.rule.Most != nil]; !strings.Contains(b.Sentence.English, says) {
						t.Errorf("%s: %q", c.name, b.Sentence.English)
					}
					if clocked := strings.HasSuffix(b.Sentence.English, " h") || strings.HasSuffix(b.Sentence.English, " min"); clocked != (b.Unit == "minutes") {
						t.Errorf("%s: %q", c.name, b.Sentence.English)
					}
				}
				if where.monday != "2026-06-01" && strings.Contains(c.rule.Count, "minutes") {
					continue // real hours differ where clocks change: TestRuleClocks
				}
				if fmt.Sprint(got) != fmt.Sprint(c.want) && fmt.Sprint(got, "[]") != fmt.Sprint("[]", "[]") {
					t.Errorf("%s, %s from %s: %d, want %d", c.name, where.zone, where.monday, got, c.want)
				}
				if got == nil && c.want != nil {
					t.Errorf("%s, %s from %s: nothing, want %d", c.name, where.zone, where.monday, c.want)
				}
				slices.Reverse(own)
			}
		}
	}
}

// Minutes are real ones: the nights on which clocks change, in Sofia, New York
// and on Lord Howe, at the horizon's first day, within it, and on its last.
func TestRuleClocks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		zone, night string
		minutes     int64
	}{
		{"Europe/Sofia", "2026-03-28", 420}, {"Europe/Sofia", "2026-10-24", 540},
		{"America/New_York", "2026-03-07", 420}, {"America/New_York", "2026-10-31", 540},
		{"Australia/Lord_Howe", "2026-04-04", 510}, {"Australia/Lord_Howe", "2026-10-03", 450},
	} {
		night, err := calendars.ParseDay(c.night)
		if err != nil {
			t.Fatal(err)
		}
		for _, monday := range []calendars.Day{night, night.Monday(), night.AddDays(-27)} {
			for _, by := range []int64{0, 1} {
				limit := c.minutes - by
				s := solo{c.zone, monday, 0}
				for _, rule := range []roster.Rule{
					{Count: "minutes", Most: &limit}, {Count: "minutes", During: "night", Most: &limit}, {Count: "minutes", Per: "7d", Most: &limit}, {Count: "minutes", Per: "28d", Most: &limit},
				} {
					p := s.problem(t, rule)
					a := roster.Assignment{Operator: 1, Template: "night", Shift: cellShifts['N'].Shift(night, calendars.MustZone(c.zone))}
					v := roster.Judge(p, []roster.Assignment{a})
					if v.Score.Hard != by {
						t.Errorf("%s from %s, %s %s per %s: %d over, want %d", c.zone, monday, rule.Count, rule.During, rule.Per, v.Score.Hard, by)
					}
				}
			}
		}
	}
}

// Calendar months, quarters and years are the operator's; a least is asked for
// only in those of which all is known, and not in those with time off.
func TestRuleMonths(t *testing.T) {
	t.Parallel()
	s := solo{"Europe/Sofia", calendars.Day{Year: 2026, Month: 3, Dom: 23}, 28}
	limit := int64(9)
	for _, per := range []string{"month", "quarter", "year"} {
		p := s.problem(t, roster.Rule{Count: "shifts", Per: per, Most: &limit})
		var own []roster.Assignment
		p.Carried, own = s.lay("DD....D D...... ....... ......D  D.DD.DD DDDD.DD DDDD... .......")
		v := roster.Judge(p, own)
		amount := int64(0)
		for _, b := range v.Breaches {
			amount += b.Amount
		}
		march, april := 0, 0
		for _, a := range append(p.Carried, own...) {
			switch a.Shift.Start.In(p.Team.Zone.Location()).Month() {
			case time.March:
				march++
			case time.April:
				april++
			}
		}
		february := len(p.Carried) + len(own) - march - april
		over := func(n int) int64 { return max(0, int64(n)-limit) }
		want := map[string]int64{
			"month": over(march) + over(april), "quarter": over(february+march) + over(april), "year": over(february + march + april),
		}[per]
		if amount != want || want == 0 {
			t.Errorf("per %s: %d over, want %d (%d in February, %d in March, %d in April)", per, amount, want, february, march, april)
		}
	}
	least := int64(30)
	s.before = 0
	p := s.problem(t, roster.Rule{Count: "shifts", Per: "month", Least: &least})
	if v := roster.Judge(p, nil); len(v.Breaches) != 0 {
		t.Errorf("no month is known whole: %v", v.Breaches)
	}
	p.Demand.Grid = p.Team.Horizon(s.monday, 6)
	p.Demand.Queues[0].Required = make([]int, p.Demand.Grid.N)
	if v := roster.Judge(p, nil); len(v.Breaches) != 1 || v.Breaches[0].Amount != 30 {
		t.Errorf("April is known whole: %v", v.Breaches)
	}
	off := calendars.Day{Year: 2026, Month: 4, Dom: 30}
	p.Team.Operators[0].TimeOff = []roster.TimeOff{{First: off, Last: off}}
	if v := roster.Judge(p, nil); len(v.Breaches) != 0 {
		t.Errorf("time off in April: %v", v.Breaches)
	}
}

// Bad rules are refused, each with what would be right.
func TestRuleRefuses(t *testing.T) {
	t.Parallel()
	n, less := int64(2), int64(1)
	for want, rule := range map[string]roster.Rule{
		`count: "sleeps" is not possible: expected one of shifts, days`: {Count: "sleeps", Most: &n},
		"expected least or most":                                             {Count: "days"},
		"least: expected at most what is in most":                            {Count: "days", Least: &n, Most: &less},
		`per: "fortnight" is not possible: expected one of horizon`:          {Count: "days", Per: "fortnight", Most: &n},
		`per: "0d" is not possible`:                                          {Count: "days", Per: "0d", Most: &n},
		`per: "367d" is not possible`:                                        {Count: "days", Per: "367d", Most: &n},
		"per: run: minutes do not run on":                                    {Count: "minutes", Per: "run", Most: &n},
		`during: "noon" is not possible`:                                     {Count: "days", During: "noon", Most: &n},
		`shift_templates: no shift template or kind "dusk"`:                  {Count: "days", Templates: []string{"dusk"}, Most: &n},
		"sequence: expected at least one step":                               {Count: "sequence", Most: &n},
		`sequence[1]: no shift template or kind "dusk": expected a name out`: {Count: "sequence", Sequence: []string{"off", "dusk"}, Most: &n},
		"sequence: expected two steps":                                       {Count: "gap", Sequence: []string{"off"}, Most: &n},
		"stretch: expected shifts, days":                                     {Count: "minutes", Stretch: true, Most: &n},
		"sequence: expected none with days":                                  {Count: "days", Sequence: []string{"off"}, Most: &n},
		`contracts: "casual" is not possible`:                                {Count: "days", Contracts: []string{"casual"}, Most: &n},
		`operators: no operator "Bob" in the team`:                           {Count: "days", Operators: []string{"Bob"}, Most: &n},
		"weight: -1 is not possible":                                         {Count: "days", Weight: -1, Most: &n},
	} {
		p := problem()
		p.Team.Rules = []roster.Rule{rule}
		if _, err := p.Team.Complete(); err == nil || !strings.Contains(err.Error(), "rules[0]: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want %s", rule, err, want)
		}
	}
}

// The rules in the README are rules.
func TestReadmeRules(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), `    "rules": `)
	list, _, ended := strings.Cut(rest, "\n    ]")
	if !found || !ended {
		t.Fatal("the README shows no rules")
	}
	var rules []roster.Rule
	if err := json.Unmarshal([]byte(list+"]"), &rules); err != nil {
		t.Fatal(err)
	}
	p := everything(t)
	p.Team.Rules = rules
	if _, err := p.Team.Complete(); err != nil || len(rules) < 5 {
		t.Errorf("%d rules: %v", len(rules), err)
	}
}

// East of the team's zone the horizon begins and ends in the morning of a day:
// what else is on it is not known, and nobody is held to it.
func TestRulesOnPartsOfDays(t *testing.T) {
	t.Parallel()
	n := func(n int64) *int64 { return &n }
	for _, c := range []struct {
		name  string
		rule  roster.Rule
		day   int // of the shift, from the horizon's first in Manila; it ends on day 28
		start calendars.WallTime
		want  int
	}{
		{"a run from the first whole day on may have begun before", roster.Rule{Count: "days", Per: "run", Least: n(2)}, 1, 540, 0},
		{"one day later it has not", roster.Rule{Count: "days", Per: "run", Least: n(2)}, 2, 540, 1},
		{"a run to the last whole day may go on", roster.Rule{Count: "days", Per: "run", Least: n(2)}, 27, 540, 0},
		{"one day before it does not", roster.Rule{Count: "days", Per: "run", Least: n(2)}, 26, 540, 1},
		{"the last part of a day counts for a most", roster.Rule{Count: "days", Most: n(0)}, 28, 60, 1},
		{"and the first", roster.Rule{Count: "days", Most: n(0)}, 0, 540, 1},
		{"a day off is not known before it is over", roster.Rule{Count: "sequence", Sequence: []string{"work", "off"}, Most: n(0)}, 27, 540, 0},
		{"a whole one is", roster.Rule{Count: "sequence", Sequence: []string{"work", "off"}, Most: n(0)}, 26, 540, 1},
		{"nor before it has begun", roster.Rule{Count: "sequence", Sequence: []string{"off", "work"}, Most: n(0)}, 1, 540, 0},
		{"a day later it has", roster.Rule{Count: "sequence", Sequence: []string{"off", "work"}, Most: n(0)}, 2, 540, 1},
		{"a least is asked of whole days", roster.Rule{Count: "days", Per: "day", Least: n(1)}, 5, 540, 26},
	} {
		s := solo{"Europe/Sofia", juneMonday, 0}
		p := s.problem(t, c.rule)
		manila := calendars.MustZone("Asia/Manila")
		p.Team.Operators[0].Zone = manila
		start := juneMonday.AddDays(c.day).At(c.start, manila)
		verdict := roster.Judge(p, assign(calendars.Interval{Start: start, End: start.Add(2 * time.Hour)}))
		if len(verdict.Breaches) != c.want {
			t.Errorf("%s: %d breaches, want %d: %v", c.name, len(verdict.Breaches), c.want, verdict.Breaches)
		}
	}
}

// What a breach of a run is about is the run, from midnight to midnight.
func TestRunsSpan(t *testing.T) {
	t.Parallel()
	most := int64(2)
	s := solo{"Europe/Sofia", juneMonday, 0}
	p := s.problem(t, roster.Rule{Count: "days", Per: "run", Most: &most})
	_, own := s.lay(".DDD...")
	verdict := roster.Judge(p, own)
	want := calendars.Interval{Start: juneMonday.AddDays(1).Start(p.Team.Zone), End: juneMonday.AddDays(4).Start(p.Team.Zone)}
	const russian = "Ana: рабочие дни подряд, вт 2 июня 2026 – чт 4 июня 2026: 3;" // no "с вт"
	if len(verdict.Breaches) != 1 || !strings.Contains(verdict.Breaches[0].Sentence.Russian, russian) || !verdict.Breaches[0].Shifts[0].Equal(want) || !strings.Contains(verdict.Breaches[0].Sentence.English, "Ana: days worked in a row from Tue 2 Jun 2026 to Thu 4 Jun 2026: 3;") {
		t.Errorf("%+v, want %s", verdict.Breaches, want)
	}
}

// A minute of a Sunday is enough to have worked on it.
func TestRuleTouches(t *testing.T) {
	t.Parallel()
	none := int64(0)
	for end, want := range map[string]int{"2026-06-07 00:00": 0, "2026-06-07 00:01": 1} {
		p := solo{"Europe/Sofia", juneMonday, 0}.problem(t, roster.Rule{Count: "shifts", During: "sunday", Most: &none})
		if v := roster.Judge(p, assign(shift("2026-06-06 16:00", end))); len(v.Breaches) != want {
			t.Errorf("to %s: %v", end, v.Breaches)
		}
	}
}

// A minute past midnight is time of the next day.
func TestRuleMinuteOfADay(t *testing.T) {
	t.Parallel()
	none := int64(0)
	p := solo{"Europe/Sofia", juneMonday, 0}.problem(t, roster.Rule{Count: "minutes", Per: "day", Most: &none})
	v := roster.Judge(p, assign(shift("2026-06-06 16:00", "2026-06-07 00:01")))
	if len(v.Breaches) != 2 || v.Breaches[0].Amount != 480 || v.Breaches[1].Amount != 1 {
		t.Errorf("%v", v.Breaches)
	}
}

// What is counted, in words: the name that people gave it, or all that it is.
func TestRuleSays(t *testing.T) {
	t.Parallel()
	none := int64(0)
	s := solo{"Europe/Sofia", juneMonday, 0}
	_, own := s.lay("NN.....")
	for want, rule := range map[string]roster.Rule{
		"Ana: shifts, night from":                  {Count: "shifts", During: "night"},
		"Ana: days worked, night, short from":      {Count: "days", Templates: []string{"night", "short"}},
		"Ana: sequence of days, night, work from":  {Count: "sequence", Sequence: []string{"night", "work"}},
		"Ana: days worked in a row from":           {Count: "days", Stretch: true, Per: "week"},
		"Ana: no nights, says the company from":    {Name: "no nights, says the company", Count: "shifts", During: "night"},
		"Ana: time worked, night from Mon 1 Jun 2": {Count: "minutes", During: "night", Per: "week"},
	} {
		rule.Most = &none
		p := s.problem(t, rule)
		if v := roster.Judge(p, own); len(v.Breaches) == 0 || !strings.Contains(v.Breaches[0].Sentence.English, want) {
			t.Errorf("%v, want %q", v.Breaches, want)
		}
	}
}

// How much night makes a night shift is the law's: our reference, section 5,
// has the Bulgarian ones.
func TestNightShifts(t *testing.T) {
	t.Parallel()
	none := int64(0)
	for _, c := range []struct {
		country    string
		start, end string
		night      bool
	}{
		{"", "17:00", "01:00", true}, {"", "16:59", "00:59", false},
		{"BG", "18:00", "02:00", true}, {"BG", "17:59", "01:59", false}, {"BG", "17:00", "01:00", false},
		{"DE", "17:01", "01:01", true}, {"DE", "17:00", "01:00", false},
		{"FR", "19:00", "03:00", true}, {"FR", "18:59", "02:59", false},
		{"GB", "18:00", "02:00", true}, {"GB", "17:59", "01:59", false},
	} {
		s := solo{"Europe/Sofia", juneMonday, 0}
		p := s.problem(t, roster.Rule{Count: "shifts", During: "night", Most: &none}, roster.Rule{Count: "minutes", Per: "week", FromNights: 1, Most: &none})
		p.Team.Operators[0].Country, p.Team.Operators[0].Contract.Kind = c.country, "full-time"
		found, bound := false, false
		for _, b := range roster.Judge(p, assign(shift("2026-06-02 "+c.start, "2026-06-03 "+c.end))).Breaches {
			found, bound = found || b.Rule == "count-shifts", bound || b.Rule == "count-minutes"
		}
		if found != c.night || bound != c.night {
			t.Errorf("%s, %s to %s: a night shift %v", c.country, c.start, c.end, found)
		}
	}
}
