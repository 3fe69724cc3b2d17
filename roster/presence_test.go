package roster_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Who is on a placed break is not there, to the minute, rounded down to hundredths
// of an operator; what lies outside of the shift takes nothing, and what two breaks
// share is taken once.
func TestCoverageIsWithoutBreaks(t *testing.T) {
	t.Parallel()
	at := func(from, to string) calendars.Interval { return shift("2026-03-10 "+from, "2026-03-10 "+to) }
	p := problem()
	nine := p.Demand.Grid.Index(at("09:00", "10:00").Start)
	for _, c := range []struct {
		name   string
		breaks []calendars.Interval
		want   []float64 // operators from 8:00 to 18:00
	}{
		{"not placed", nil, []float64{0, 1, 1, 1, 1, 1, 1, 1, 1, 0}},
		{"a whole hour", []calendars.Interval{at("12:00", "13:00")}, []float64{0, 1, 1, 1, 0, 1, 1, 1, 1, 0}},
		{"one minute", []calendars.Interval{at("12:00", "12:01")}, []float64{0, 1, 1, 1, 0.98, 1, 1, 1, 1, 0}},
		{"over the hour", []calendars.Interval{at("12:50", "13:10")}, []float64{0, 1, 1, 1, 0.83, 0.83, 1, 1, 1, 0}},
		{"first and last", []calendars.Interval{at("09:00", "09:30"), at("16:30", "17:00")}, []float64{0, 0.5, 1, 1, 1, 1, 1, 1, 0.5, 0}},
		{"two in an hour", []calendars.Interval{at("12:00", "12:10"), at("12:30", "12:40")}, []float64{0, 1, 1, 1, 0.66, 1, 1, 1, 1, 0}},
		{"two that overlap", []calendars.Interval{at("12:00", "12:30"), at("12:15", "12:45")}, []float64{0, 1, 1, 1, 0.25, 1, 1, 1, 1, 0}},
		{"over the ends", []calendars.Interval{at("08:30", "09:30"), at("16:30", "17:30")}, []float64{0, 0.5, 1, 1, 1, 1, 1, 1, 0.5, 0}},
	} {
		a := assign(at("09:00", "17:00"))
		a[0].Breaks = c.breaks
		got := roster.Cover(p, a).Queues[0].Rostered[nine-1 : nine+9]
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		p := p
		p.Carried = a
		if diff := cmp.Diff(c.want, roster.Cover(p, nil).Queues[0].Rostered[nine-1:nine+9]); diff != "" {
			t.Errorf("%s, carried: %s", c.name, diff)
		}
		minutes := 0.0
		for _, part := range a[0].Present() {
			minutes += part.Duration().Minutes()
		}
		whole := 0.0
		for _, one := range c.want {
			whole += 60 * one
		}
		if minutes < whole-1e-9 || minutes > whole+2 { // rounded down
			t.Errorf("%s: there for %v minutes, counted for %v", c.name, minutes, whole)
		}
	}
}

// What is missing during a break is said to be missing for the break, and nobody
// has a station then.
func TestOnBreak(t *testing.T) {
	t.Parallel()
	p := problem()
	a := assign(shift("2026-03-10 09:00", "2026-03-10 17:00"))
	a[0].Breaks = []calendars.Interval{shift("2026-03-10 12:00", "2026-03-10 13:00")}
	noon := p.Demand.Grid.Index(a[0].Breaks[0].Start)
	p.Demand.Queues[0].Required[noon], p.Demand.Queues[0].Required[noon-1] = 1, 1
	causes := roster.Explain(p, a)
	if len(causes) != 1 || len(causes[0].Reasons) != 1 || causes[0].Reasons[0].Why != roster.WhyBreak {
		t.Errorf("%+v", causes)
	}
	if s := roster.Stations(p, a)[0]; s[noon-1] != 0 || s[noon] != roster.Off {
		t.Errorf("stations %v", s[noon-1:noon+1])
	}
}
