package remedy

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Rules can be dropped one after the other, whichever came first: each is gone then.
func TestDropTwoRules(t *testing.T) {
	t.Parallel()
	most := int64(1)
	two := []roster.Rule{{Count: roster.CountDays, Most: &most}, {Count: roster.CountWeekends, Most: &most}}
	for name, p := range map[string]roster.Problem{
		"of the team":     {Team: roster.Team{Rules: two}},
		"of one operator": {Team: roster.Team{Operators: []roster.Operator{{Name: "Ana", Rules: two}}}},
	} {
		all := rules(p)
		for _, both := range []change{all[0].and(all[1]), all[1].and(all[0])} {
			left := p
			if both.make(&left); len(left.Team.Rules) > 0 || len(left.Team.Operators) > 0 && len(left.Team.Operators[0].Rules) > 0 {
				t.Errorf("%s: %+v", name, left.Team)
			}
		}
	}
}

// Several changes at once are none of them: each is a step, whoever came first.
func TestTogether(t *testing.T) {
	t.Parallel()
	one := func(kind, operator string) change {
		return change{kind: kind, operator: operator, asks: kind, ask: 10, pays: 2, says: roster.Text{English: kind}, make: func(*roster.Problem) {}}
	}
	all := one(Hire, "").and(one(Rest, "Ana")).and(one(Run, "Ben"))
	want := []Step{{Hire, "", roster.Text{English: Hire}}, {Rest, "Ana", roster.Text{English: Rest}}, {Run, "Ben", roster.Text{English: Run}}}
	if diff := cmp.Diff(want, all.steps); diff != "" {
		t.Error(diff)
	}
	if all.kind != Together || all.operator != "" || all.asks != "" || all.ask != 30 || all.pays != 6 {
		t.Errorf("%+v", all)
	}
}

// Who is asked does not matter to what is asked; how much, and of what, does.
func TestAsks(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Europe/Sofia")
	operator := func(name string, daily, weekly float64) roster.Operator {
		return roster.Operator{Name: name, Zone: zone, Contract: roster.Contract{DailyRest: calendars.Hours(daily), WeeklyRest: calendars.Hours(weekly)}}
	}
	p := roster.Problem{Team: roster.Team{Zone: zone, Operators: []roster.Operator{operator("Ana", 12, 48), operator("Ben", 14, 42)}}}
	at := time.Date(2026, 12, 9, 17, 0, 0, 0, time.UTC)
	s := Shortage{Interval: calendars.Interval{Start: at, End: at.Add(time.Hour)}}
	asks := func(i int, why string) string { return ofOperator(p, s, i, roster.Bar{Why: why})[0].asks }
	if asks(0, roster.WhyDailyRest) != asks(1, roster.WhyDailyRest) {
		t.Errorf("the same is asked of both, but %q and %q", asks(0, roster.WhyDailyRest), asks(1, roster.WhyDailyRest))
	}
	if asks(0, roster.WhyDailyRest) == asks(1, roster.WhyWeeklyRest) {
		t.Errorf("different rests are asked for alike: %q", asks(0, roster.WhyDailyRest))
	}
	most := int64(1)
	p.Team.Operators[0].Rules = []roster.Rule{{Count: roster.CountDays, Most: &most}, {Count: roster.CountWeekends, Most: &most}}
	p.Team.Operators[1].Rules = p.Team.Operators[0].Rules[:1]
	if all := rules(p); all[0].asks == all[1].asks || all[0].asks != all[2].asks {
		t.Errorf("rules are asked for as %q, %q and %q", all[0].asks, all[1].asks, all[2].asks)
	}
	for what, two := range map[string][2]roster.Rule{
		"weekdays": {{Weekdays: []calendars.Weekday{calendars.Weekday(time.Sunday)}}, {Weekdays: []calendars.Weekday{calendars.Weekday(time.Monday)}}},
		"windows":  {{Per: roster.PerWeek}, {Per: roster.PerMonth}},
	} {
		for i, r := range two {
			r.Count, r.Most = roster.CountShifts, &most
			p.Team.Operators[i].Rules = []roster.Rule{r}
		}
		if all := rules(p); all[0].asks == all[1].asks {
			t.Errorf("rules of different %s are asked for alike: %q", what, all[0].asks)
		}
	}
}

// Four weeks are four, also where the clocks go back in one of them.
func TestHirePays(t *testing.T) {
	t.Parallel()
	team := roster.Team{Zone: calendars.MustZone("Europe/Sofia"), Interval: calendars.Hours(1)}
	for first, weeks := range map[calendars.Day]int{{Year: 2026, Month: 10, Dom: 5}: 4, {Year: 2026, Month: 10, Dom: 19}: 1, {Year: 2026, Month: 3, Dom: 23}: 1} {
		p := roster.Problem{Team: team, Demand: roster.Demand{Grid: team.Horizon(first, weeks)}}
		s := Shortage{Interval: p.Demand.Grid.Interval(12)}
		if paid := hire(p, s, "chat", 20).pays; paid != float64(20*weeks) {
			t.Errorf("from %s: %v h are paid in %d weeks of 20 h", first, paid, weeks)
		}
	}
}
