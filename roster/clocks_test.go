package roster_test

import (
	"slices"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// change is a Saturday in whose night the clocks of a zone change.
type change struct {
	zone     calendars.Zone
	saturday calendars.Day
}

func changes() []change {
	var all []change
	for _, c := range []struct{ zone, saturday string }{
		{"Europe/Sofia", "2026-03-28"}, {"Europe/Sofia", "2026-10-24"}, {"America/New_York", "2026-03-07"}, {"America/New_York", "2026-10-31"},
		{"Australia/Lord_Howe", "2026-04-04"}, {"Australia/Lord_Howe", "2026-10-03"},
	} {
		day, err := calendars.ParseDay(c.saturday)
		if err != nil {
			panic(err)
		}
		all = append(all, change{calendars.MustZone(c.zone), day})
	}
	return all
}

// at is a wall time so many days after the Saturday.
func (c change) at(day, hour int) time.Time {
	return c.saturday.AddDays(day).At(calendars.WallTime(60*hour), c.zone)
}

func lasting(start time.Time, minutes int) calendars.Interval {
	return calendars.Interval{Start: start, End: start.Add(time.Duration(minutes) * time.Minute)}
}

// Clocks are up to 26 hours apart, so that days on them differ by two: shifts of the
// team's clock are found nevertheless.
func TestOccurrencesFarApart(t *testing.T) {
	t.Parallel()
	const west, east = "Pacific/Pago_Pago", "Pacific/Kiritimati"
	start := time.Date(2026, 3, 11, 10, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		team, operator string
		wall           calendars.WallTime
		around         calendars.Interval
	}{
		{east, west, 30, span(t, west, "2026-03-10 23:15", "2026-03-10 23:45")},
		{west, east, 23*60 + 30, span(t, west, "2026-03-10 23:30", "2026-03-11 00:30")},
	} {
		team := roster.Team{Zone: calendars.MustZone(c.team), Templates: []roster.Template{{Name: "far", Start: c.wall, End: (c.wall + 8*60) % (24 * 60)}}}
		found := team.Occurrences(roster.Operator{Zone: calendars.MustZone(c.operator)}, c.around)
		if len(found) != 1 || !found[0].Shift.Start.Equal(start) {
			t.Errorf("team in %s, operator in %s: %v", c.team, c.operator, found)
		}
	}
}

// edge is a rule and shifts around the change of clocks that break it by so
// many minutes of real time, or keep it exactly.
type edge struct {
	rule    string
	prepare func(*roster.Operator, change)
	shifts  func(c change, by int) []calendars.Interval
	whole   bool // the amount is the whole shift, as soon as it is broken
}

// edges are the rules that minutes decide. All are sums of real time.
var edges = []edge{
	{roster.RuleDailyRest, func(o *roster.Operator, _ change) { o.Contract.DailyRest = calendars.Hours(11) }, func(c change, by int) []calendars.Interval {
		evening := lasting(c.at(0, 16), 240)
		return []calendars.Interval{evening, lasting(evening.End.Add(11*time.Hour-time.Duration(by)*time.Minute), 240)}
	}, false},
	{roster.RuleWeeklyRest, func(o *roster.Operator, _ change) { o.Contract.WeeklyRest = calendars.Hours(35) }, func(c change, by int) (all []calendars.Interval) {
		for day := -5; day < 0; day++ {
			all = append(all, lasting(c.at(day, 10), 120))
		}
		ends := c.at(2, 0).Add(-35*time.Hour + time.Duration(by)*time.Minute) // 35 h before the week does
		return append(all, calendars.Interval{Start: ends.Add(-2 * time.Hour), End: ends})
	}, false},
	{roster.RuleHours, func(o *roster.Operator, _ change) { o.Contract.MaxWeek = calendars.Hours(30) }, func(c change, by int) []calendars.Interval {
		return []calendars.Interval{lasting(c.at(-3, 8), 12*60), lasting(c.at(-1, 8), 9*60), lasting(c.at(0, 20), 9*60+by)}
	}, false},
	{roster.RuleShort, func(o *roster.Operator, _ change) { o.Contract.MinWeek = calendars.Hours(20) }, func(c change, by int) []calendars.Interval {
		return []calendars.Interval{lasting(c.at(-2, 8), 12*60), lasting(c.at(0, 20), 8*60-by)}
	}, false},
	{roster.RuleShiftLength, func(o *roster.Operator, _ change) { o.Country, o.Contract.Kind = "DE", "full-time" }, func(c change, by int) []calendars.Interval {
		return []calendars.Interval{lasting(c.at(0, 20), 600+by)}
	}, false},
	{roster.RuleNights, func(o *roster.Operator, _ change) { o.NoNights = true }, func(c change, by int) []calendars.Interval {
		start := c.at(1, 6)
		return []calendars.Interval{{Start: start.Add(-time.Duration(by) * time.Minute), End: start.Add(4 * time.Hour)}}
	}, false},
	{roster.RuleTimeOff, func(o *roster.Operator, c change) {
		o.TimeOff = []roster.TimeOff{{First: c.saturday.Next(), Last: c.saturday.Next()}}
	}, func(c change, by int) []calendars.Interval {
		midnight := c.at(1, 0)
		return []calendars.Interval{{Start: midnight.Add(-4 * time.Hour), End: midnight.Add(time.Duration(by) * time.Minute)}}
	}, true},
	{roster.RuleAvailability, func(o *roster.Operator, _ change) {
		o.Availability = []roster.Opening{{From: 20 * 60, To: 8 * 60}}
	}, func(c change, by int) []calendars.Interval {
		end := c.at(1, 8)
		return []calendars.Interval{{Start: c.at(0, 21), End: end.Add(time.Duration(by) * time.Minute)}}
	}, true},
	{roster.RuleOneShift, nil, func(c change, by int) []calendars.Interval {
		night := lasting(c.at(0, 20), 600)
		return []calendars.Interval{night, lasting(night.End.Add(-time.Duration(by)*time.Minute), 600)}
	}, false},
	{roster.RuleAverage, func(o *roster.Operator, _ change) { o.Country, o.Contract.Kind = "GB", "full-time" }, func(c change, by int) (all []calendars.Interval) {
		for day := -5 - 7*16; day < -5; day += 7 { // 16 weeks of 50 h, carried in or not
			for i := range 5 {
				all = append(all, lasting(c.at(day+i, 8), 10*60))
			}
		}
		left := 17*48*60 - 16*50*60 + by
		return append(all, lasting(c.at(0, 16), left))
	}, false},
}

// Every rule that minutes decide: exactly enough, one minute short, far off;
// over the night on which clocks change; with the change on the horizon's first
// day, within it and on its last; what is before the horizon is history; in both orders.
func TestRulesAcrossClocks(t *testing.T) {
	t.Parallel()
	for _, e := range edges {
		for _, c := range changes() {
			for name, first := range map[string]calendars.Day{"first": c.saturday, "within": c.saturday.AddDays(-12), "last": c.saturday.AddDays(-26), "the day after": c.saturday.Next()} {
				s := solo{c.zone.String(), first, 0}
				for _, by := range []int{0, 1, 200} {
					p := s.problem(t)
					if e.prepare != nil {
						e.prepare(&p.Team.Operators[0], c)
					}
					var own []roster.Assignment
					for _, a := range assign(e.shifts(c, by)...) {
						if a.Shift.Start.Before(p.Demand.Grid.Start) {
							p.Carried = append(p.Carried, a)
						} else {
							own = append(own, a)
						}
					}
					want := int64(by)
					if len(own) == 0 || e.rule == roster.RuleShort && name != "within" && name != "last" {
						want = -1 // nothing of this roster's, or not all of the week is
					} else if e.whole && by > 0 {
						want = own[len(own)-1].Shift.Minutes()
					}
					for range 2 {
						got := int64(0)
						for _, b := range roster.Judge(p, own).Breaches {
							if b.Rule == e.rule && (e.rule != roster.RuleShort || b.Shifts[0].Contains(c.at(0, 12))) {
								got += b.Amount
								if b.Amount <= 0 {
									t.Errorf("a breach of nothing: %+v", b)
								}
							}
						}
						if got != want && want >= 0 || want < 0 && e.rule != roster.RuleShort && got != 0 {
							t.Errorf("%s, %s %s, the change on the %s: broken by %d, want %d", e.rule, c.zone, c.saturday, name, got, want)
						}
						slices.Reverse(own)
						slices.Reverse(p.Carried)
					}
				}
			}
		}
	}
}
