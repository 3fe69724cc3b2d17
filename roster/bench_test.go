package roster_test

import (
	"fmt"
	"testing"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

func big(operators int) (roster.Problem, []roster.Assignment) {
	team := roster.Team{Name: "t", Zone: calendars.MustZone("Europe/Sofia"), Interval: calendars.Hours(1)}
	for _, q := range []string{"a", "b", "c", "d"} {
		team.Queues = append(team.Queues, roster.Queue{Name: q, Skill: q})
	}
	for i := range 5 {
		s := calendars.WallTime(i * 240)
		team.Templates = append(team.Templates, roster.Template{Name: fmt.Sprint(i), Start: s, End: (s + 480) % 1440})
	}
	countries := []string{"BG", "PH", "RU", "PT"}
	zones := []string{"Europe/Sofia", "Asia/Manila", "Asia/Vladivostok", "Europe/Lisbon"}
	for i := range operators {
		o := roster.Operator{ID: roster.ID(i + 1), Name: fmt.Sprint("o", i), Zone: calendars.MustZone(zones[i%4]), Country: countries[i%4], Skills: []string{"abcd"[i%4 : i%4+1], "abcd"[i/4%4 : i/4%4+1]}, Share: 1}
		o.Contract = roster.Contract{Kind: "full-time", MaxWeek: calendars.Hours(40), MinWeek: calendars.Hours(40), DailyRest: calendars.Hours(11), WeeklyRest: calendars.Hours(35), MaxConsecutiveDays: 6}
		team.Operators = append(team.Operators, o)
	}
	p := roster.Problem{Team: team}
	first := calendars.Day{Year: 2026, Month: 3, Dom: 16}
	p.Demand.Grid = team.Horizon(first, 4)
	for _, q := range team.Queues {
		d := roster.QueueDemand{Queue: q.Name, Skill: q.Skill, Required: make([]int, p.Demand.Grid.N)}
		for t := range d.Required {
			d.Required[t] = 2 + t%5
		}
		p.Demand.Queues = append(p.Demand.Queues, d)
	}
	var all []roster.Assignment
	for i, o := range team.Operators {
		for d := range 28 {
			if d%7 < 5 {
				s := team.Templates[i%5]
				all = append(all, roster.Assignment{Operator: o.ID, Template: s.Name, Shift: s.Shift(first.AddDays(d), team.Zone)})
			}
		}
	}
	return p, all
}

func BenchmarkJudgeBig(b *testing.B) {
	p, all := big(36)
	for b.Loop() {
		roster.Judge(p, all)
	}
}

// BenchmarkJudge2000 judges four weeks of 2,000 operators.
func BenchmarkJudge2000(b *testing.B) {
	p, all := big(2000)
	for b.Loop() {
		roster.Judge(p, all)
	}
}

func BenchmarkExplainBig(b *testing.B) {
	p, all := big(36)
	for b.Loop() {
		b.ReportMetric(float64(len(roster.Explain(p, all))), "causes")
	}
}

// BenchmarkEdit2000 takes an assignment of one of 2,000 operators out and puts
// it back: two edits, each with its score.
func BenchmarkEdit2000(b *testing.B) {
	p, all := big(2000)
	edits(b, p, all)
}

// BenchmarkEditRuled is the same with what companies like to ask for on top.
func BenchmarkEditRuled(b *testing.B) {
	p, all := big(2000)
	most := func(n int64) *int64 { return &n }
	p.Team.Rules = []roster.Rule{
		{Count: roster.CountShifts, During: roster.DuringNight, Per: roster.PerRun, Most: most(4)},
		{Count: roster.CountWeekends, Per: "28d", Most: most(3), Weight: 100},
		{Count: roster.CountMinutes, Per: "7d", Most: most(3000)},
		{Count: roster.CountDaysOff, Per: roster.PerRun, Least: most(2)},
		{Count: roster.CountSequence, Sequence: []string{"3", "0|1"}, Most: most(0)},
	}
	p.Team.Fairness = roster.Fairness{Night: 1, Weekend: 1, Weight: 10}
	edits(b, p, all)
}

func edits(b *testing.B, p roster.Problem, all []roster.Assignment) {
	j := roster.NewJudging(p, all)
	i := 0
	for b.Loop() {
		a := all[i*7919%len(all)]
		i++
		j.Remove(a)
		j.Score()
		j.Add(a)
		j.Score()
	}
}
