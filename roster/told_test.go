package roster_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Days on which shifts are not those published cost by the day, and whoever has such a
// day once: in the score, and not among the breaches.
func TestChangesCost(t *testing.T) {
	t.Parallel()
	p := problem()
	first, last := p.Demand.Grid.Start, p.Demand.Grid.End()
	p.Team.Operators[0].TimeOff = []roster.TimeOff{{First: calendars.Day{Year: 2026, Month: 3, Dom: 20}, Last: calendars.Day{Year: 2026, Month: 3, Dom: 20}}}
	known, late := shift("2026-03-12 09:00", "2026-03-12 17:00"), shift("2026-03-12 12:00", "2026-03-12 20:00")
	longer, next := shift("2026-03-12 09:00", "2026-03-12 17:01"), shift("2026-03-13 09:00", "2026-03-13 17:00")
	off, night := shift("2026-03-20 09:00", "2026-03-20 17:00"), shift("2026-03-19 22:00", "2026-03-20 06:00")
	before := calendars.Interval{Start: first.Add(-1), End: first.Add(8 * 3600e9)}
	after := calendars.Interval{Start: last, End: last.Add(8 * 3600e9)}
	for _, c := range []struct {
		name   string
		was    []calendars.Interval
		is     []calendars.Interval
		days   int64
		people int64
	}{
		{"nothing was published", nil, []calendars.Interval{known}, 0, 0},
		{"as it was", []calendars.Interval{known, next}, []calendars.Interval{known, next}, 0, 0},
		{"a minute longer", []calendars.Interval{known}, []calendars.Interval{longer}, 1, 1},
		{"another shift of the day", []calendars.Interval{known}, []calendars.Interval{late}, 1, 1},
		{"gone, and new on another day", []calendars.Interval{known}, []calendars.Interval{next}, 2, 1},
		{"two of the day instead of one", []calendars.Interval{known}, []calendars.Interval{known, late}, 1, 1},
		{"gone into time off", []calendars.Interval{known, off}, []calendars.Interval{known}, 0, 0},
		{"the night into time off", []calendars.Interval{night}, nil, 0, 0},
		{"outside the horizon", []calendars.Interval{known, before, after}, []calendars.Interval{known}, 0, 0},
	} {
		p := p
		p.Told, p.ToldFor = assign(c.was...), p.Demand.Grid.Span()
		all := assign(c.is...)
		for range 2 {
			v := roster.Judge(p, all)
			counts := map[string]int64{}
			for _, b := range v.Changes {
				counts[b.Unit] += b.Amount
				if b.Hard || b.Rule != roster.RuleChanges || slices.Contains([]string{b.Sentence.English, b.Sentence.Russian, b.Sentence.Bulgarian}, "") || strings.Contains(b.Sentence.English, "%!") {
					t.Errorf("%s: %+v", c.name, b)
				}
			}
			if counts["changes"] != c.days || counts["operators"] != c.people {
				t.Errorf("%s: %v, want %d days of %d operators", c.name, counts, c.days, c.people)
			}
			if slices.ContainsFunc(v.Breaches, func(b roster.Breach) bool { return b.Rule == roster.RuleChanges }) {
				t.Errorf("%s: a change is among the breaches", c.name)
			}
			plain := p
			plain.Told, plain.ToldFor = nil, calendars.Interval{}
			if cost := v.Score.Soft - roster.Judge(plain, all).Score.Soft; cost != roster.Whole*(60*c.days+2880*c.people) {
				t.Errorf("%s: costs %d", c.name, cost)
			}
			slices.Reverse(all)
		}
	}
}

// Of a horizon of which only some days were published, the others are new: shifts there
// are no changes, and come at no notice.
func TestChangesArePublishedDays(t *testing.T) {
	t.Parallel()
	p := problem()
	p.Team.Operators[0].Contract.Notice = calendars.Hours(20 * 24)
	p.Now = p.Demand.Grid.Start
	tuesday, friday := shift("2026-03-10 22:00", "2026-03-11 06:00"), shift("2026-03-13 22:00", "2026-03-14 06:00")
	week := calendars.Interval{Start: p.Demand.Grid.Start, End: shift("2026-03-16 00:00", "2026-03-16 01:00").Start}
	for _, c := range []struct {
		name    string
		toldFor calendars.Interval
		new     calendars.Interval
		changes int // a day, and the operator
	}{
		{"before the first day", calendars.Interval{}, shift("2026-03-09 23:59", "2026-03-10 07:00"), 0},
		{"as the first day begins", calendars.Interval{}, shift("2026-03-10 00:00", "2026-03-10 07:00"), 2},
		{"between", calendars.Interval{}, shift("2026-03-12 09:00", "2026-03-12 17:00"), 2},
		{"as the last day ends", calendars.Interval{}, shift("2026-03-13 23:59", "2026-03-14 00:00"), 2},
		{"after the last day", calendars.Interval{}, shift("2026-03-14 00:00", "2026-03-14 08:00"), 0},
		{"before the first day of a week published", week, shift("2026-03-09 00:00", "2026-03-09 08:00"), 2},
		{"as a week published ends", week, shift("2026-03-15 23:59", "2026-03-16 08:00"), 2},
		{"after a week published", week, shift("2026-03-16 00:00", "2026-03-16 08:00"), 0},
	} {
		p := p
		p.Told, p.ToldFor = assign(tuesday, friday), c.toldFor
		v := roster.Judge(p, assign(tuesday, friday, c.new))
		late := slices.ContainsFunc(v.Breaches, func(b roster.Breach) bool { return b.Rule == roster.RuleNotice })
		if len(v.Changes) != c.changes || late != (c.changes > 0) {
			t.Errorf("%s: %d changes, too late: %v", c.name, len(v.Changes), late)
		}
	}
}

// What an edit changes of published shifts is told with its price, and breaks nothing.
func TestEditOfPublishedBreaksNothing(t *testing.T) {
	t.Parallel()
	p := problem()
	p.Told = assign(shift("2026-03-12 09:00", "2026-03-12 17:00"))
	p.Team.Changes = roster.ChangeWeights{Shift: count(7), Operator: count(0)}
	effect := roster.Compare(p, p.Told, nil)
	if len(effect.Breaks) != 0 || len(effect.Changes) != 2 || effect.Changes[0].Cost != 7*roster.Whole || effect.Changes[1].Cost != 0 {
		t.Errorf("%+v", effect)
	}
	if back := roster.Compare(p, nil, p.Told); len(back.Changes) != 0 || len(back.Mends) != 0 {
		t.Errorf("taken back: %+v", back)
	}
	p.Told = append(p.Told, assign(shift("2026-03-13 09:00", "2026-03-13 17:00"))...)
	if more := roster.Compare(p, p.Told[:1], nil); len(more.Changes) != 1 || more.Changes[0].Unit != "changes" || !more.Changes[0].Shifts[0].Contains(p.Told[0].Shift.Start) {
		t.Errorf("one change more: %+v", more.Changes)
	}
}

func TestChangeWeightsAreChecked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"shift": -1}`:                   "changes: shift: -1 is not possible: expected 0 to 1000000",
		`{"shift": 0, "operator": 1.5}`:   "changes.operator: expected a whole number, got 1.5",
		`{"operator": 1000001}`:           "changes: operator: 1000001 is not possible: expected 0 to 1000000",
		`{"operator": 0, "shifts": 1}`:    `changes: unknown field "shifts": expected one of shift, operator`,
		`{"operator": 0, "shift": 60000}`: "",
	} {
		_, err := roster.ReadTeam(strings.NewReader(`{"name": "a", "zone": "Europe/Sofia", "changes": ` + text + `,
			"queues": [{"name": "a", "service_level": {"share": 0.8, "within": "20s"}, "aht": "300s"}], "shift_templates": [], "operators": []}`))
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
