package roster_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Hours by kind: on the operator's clock, over midnight, over the change of
// clocks, and on the holiday of the country where they work.
func TestPay(t *testing.T) {
	t.Parallel()
	holiday := map[string][]calendars.Day{"BG": {{Year: 2026, Month: 3, Dom: 3}}}
	for name, c := range map[string]struct {
		country    string
		start, end string
		want       roster.PayMinutes
	}{
		"a day":                           {"BG", "2026-03-04 09:00", "2026-03-04 17:00", roster.PayMinutes{Worked: 480, Converted: 480}},
		"into a holiday":                  {"BG", "2026-03-02 20:00", "2026-03-03 04:00", roster.PayMinutes{Worked: 480, Converted: 480 + 52, Night: 360, Holiday: 240}},
		"no holiday of theirs":            {"RU", "2026-03-02 20:00", "2026-03-03 04:00", roster.PayMinutes{Worked: 480, Converted: 480, Night: 360}},
		"Sunday on which clocks go ahead": {"RU", "2026-03-28 22:00", "2026-03-29 06:00", roster.PayMinutes{Worked: 420, Converted: 420, Night: 420, Sunday: 300}},
		"to the end of a Sunday":          {"", "2026-03-01 16:00", "2026-03-02 00:00", roster.PayMinutes{Worked: 480, Converted: 480, Night: 120, Sunday: 480}},
	} {
		p := employee(t, "Europe/Sofia", c.country)
		c.want.Operator, c.want.Shifts = 1, 1
		if diff := cmp.Diff([]roster.PayMinutes{c.want}, roster.CostOf(p.Team, assign(span(t, "Europe/Sofia", c.start, c.end)), holiday)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	// 41 h in one week are an hour of overtime in Russia, over two weeks none.
	p := employee(t, "Europe/Sofia", "RU")
	var shifts []calendars.Interval
	for _, d := range []string{"09", "10", "11", "12"} {
		shifts = append(shifts, span(t, "Europe/Sofia", "2026-03-"+d+" 08:00", "2026-03-"+d+" 18:15"))
	}
	if pay := roster.CostOf(p.Team, assign(shifts...), holiday); pay[0].Overtime != 60 {
		t.Errorf("%+v", pay)
	}
	shifts = append(shifts, span(t, "Europe/Sofia", "2026-03-16 08:00", "2026-03-16 09:00"))
	if pay := roster.CostOf(p.Team, assign(shifts...), holiday); pay[0].Overtime != 0 {
		t.Errorf("%+v", pay)
	}
	// Five days of 8 h and an unpaid half hour are no overtime in the United States; ten minutes more of one are.
	us := employee(t, "America/New_York", "US")
	us.Team.Templates = []roster.Template{{Name: "day", Breaks: []roster.Break{{Length: calendars.Seconds(1800)}}}}
	for late, want := range map[string]int64{"17:30": 0, "17:40": 10} {
		shifts = []calendars.Interval{span(t, "America/New_York", "2026-03-13 09:00", "2026-03-13 "+late)}
		for _, d := range []string{"09", "10", "11", "12"} {
			shifts = append(shifts, span(t, "America/New_York", "2026-03-"+d+" 09:00", "2026-03-"+d+" 17:30"))
		}
		if pay := roster.CostOf(us.Team, assign(shifts...), nil)[0]; pay.Overtime != want || pay.Worked != 2400+want {
			t.Errorf("to %s: %+v, want %d of overtime", late, pay, want)
		}
	}
	if pay := roster.CostOf(p.Team, nil, holiday); len(pay) != 1 || pay[0].Worked != 0 {
		t.Errorf("%+v", pay)
	}
}

// An unpaid break is left out of the week in which it is taken: of a Sunday night's
// shift, of the next one, unless it is placed before midnight.
func TestPayOverSunday(t *testing.T) {
	t.Parallel()
	p := employee(t, "America/New_York", "US")
	p.Team.Templates = []roster.Template{{Name: "day"}, {Name: "night", Breaks: []roster.Break{
		{Length: calendars.Seconds(900), From: calendars.Hours(5), To: calendars.Hours(6), Paid: true},
		{Length: calendars.Seconds(1800), From: calendars.Hours(4), To: calendars.Hours(5)},
	}}}
	at := func(start, end string) calendars.Interval { return span(t, "America/New_York", start, end) }
	paid := at("2026-03-16 03:15", "2026-03-16 03:30")
	for _, c := range []struct {
		name, friday string
		breaks       []calendars.Interval
		want         int64
	}{
		{"40 h in each week", "15:00", nil, 0},
		{"ten minutes more in the first", "15:10", nil, 10},
		{"as it is placed", "15:00", []calendars.Interval{at("2026-03-16 02:30", "2026-03-16 03:00"), paid}, 0},
		{"placed over midnight", "15:00", []calendars.Interval{at("2026-03-15 23:45", "2026-03-16 00:15"), paid}, 15},
		{"placed before it", "15:00", []calendars.Interval{at("2026-03-15 23:00", "2026-03-15 23:30"), paid}, 30},
	} {
		shifts := []calendars.Interval{at("2026-03-13 09:00", "2026-03-13 "+c.friday)}
		for _, d := range []string{"09", "10", "11", "12"} {
			shifts = append(shifts, at("2026-03-"+d+" 09:00", "2026-03-"+d+" 17:00"))
		}
		for _, d := range []string{"17", "18", "19", "20"} {
			shifts = append(shifts, at("2026-03-"+d+" 09:00", "2026-03-"+d+" 17:30"))
		}
		night := roster.Assignment{Operator: 1, Template: "night", Shift: at("2026-03-15 22:00", "2026-03-16 06:30"), Breaks: c.breaks}
		if pay := roster.CostOf(p.Team, append(assign(shifts...), night), nil)[0]; pay.Overtime != c.want {
			t.Errorf("%s: %+v, want %d of overtime", c.name, pay, c.want)
		}
	}
}

// Pay counts in the score by its weight, premiums of the law with it, and so does
// what is guaranteed and not given: a pay of 6 by a weight of 10 is a minute's weight.
func TestPayInScore(t *testing.T) {
	t.Parallel()
	p := employee(t, "Europe/Sofia", "BG")
	p.Team.PayWeight = 10
	o := &p.Team.Operators[0]
	o.Contract.HourlyPay, o.Contract.MinWeek, o.Contract.Premiums.Night = 6, calendars.Hours(0), 0.25
	p.Demand.Grid = p.Team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 2}, 1)
	p.Holidays = map[string][]calendars.Day{"BG": {{Year: 2026, Month: 3, Dom: 3}}}
	shift := assign(span(t, "Europe/Sofia", "2026-03-02 20:00", "2026-03-03 04:00"))
	verdict := roster.Judge(p, shift)
	pay := roster.CostOf(p.Team, shift, p.Holidays)[0].Pay
	if pay.Night == 0 || pay.Holiday == 0 || verdict.Pay != pay.Total {
		t.Errorf("the verdict says %d, the payroll %+v", verdict.Pay, pay)
	}
	p.Team.PayWeight = 0
	if without := roster.Judge(p, shift); verdict.Score.Soft-without.Score.Soft != 10*pay.Total || without.Pay != 0 || len(without.Breaches) != len(verdict.Breaches) {
		t.Errorf("pay of %d by a weight of 10 costs %d", pay.Total, verdict.Score.Soft-without.Score.Soft)
	}
	p.Team.PayWeight, o.Contract.MinWeek = 10, calendars.Hours(10)
	short := roster.Judge(p, nil).Score.Soft
	if want := int64(600 * roster.Whole * (roster.HoursShortWeight + 1)); short != want {
		t.Errorf("10 h that are not given cost %d, want %d", short, want)
	}
	o.Contract.MinWeek, o.Contract.MinMonth = calendars.Hours(0), calendars.Hours(10)
	p.Demand = roster.Demand{Grid: p.Team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 1}, 5)}
	if short := roster.Judge(p, nil).Score.Soft; short != int64(600*roster.Whole*(roster.HoursShortWeight+1)) {
		t.Errorf("10 h of a month that are not given cost %d", short)
	}
	for _, weight := range []float64{-1, 1e6} {
		p.Team.PayWeight = weight
		if _, err := p.Team.Complete(); err == nil {
			t.Errorf("a weight of %v is taken", weight)
		}
	}
}
