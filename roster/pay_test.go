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
	if pay := roster.CostOf(p.Team, nil, holiday); len(pay) != 1 || pay[0].Worked != 0 {
		t.Errorf("%+v", pay)
	}
}
