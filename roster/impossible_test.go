package roster_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Nobody can be there at night, and two are asked for by day where there is one.
func TestImpossible(t *testing.T) {
	t.Parallel()
	p := problem()
	p.Team.Templates = []roster.Template{{Name: "day", Start: 9 * 60, End: 17 * 60, Clock: roster.OperatorClock}}
	ben := p.Team.Operators[0]
	ben.ID, ben.Name, ben.Availability = 2, "Ben", []roster.Opening{{From: 0, To: 12 * 60}}
	cem := p.Team.Operators[0]
	cem.ID, cem.Name, cem.Skills = 3, "Cem", []string{"other"}
	p.Team.Operators = append(p.Team.Operators, ben, cem)
	noon, night := 12, 3 // on Monday in Sofia, where the horizon starts
	p.Demand.Queues[0].Required[noon], p.Demand.Queues[0].Required[night] = 2, 1
	p.Demand.Queues[0].Required[noon+24] = 1 // Ana can
	found := roster.Impossible(p)
	if len(found) != 2 || found[0].Missing != 1 || found[1].Missing != 1 || !found[1].Interval.Equal(p.Demand.Grid.Interval(noon)) {
		t.Fatalf("%+v", found)
	}
	if help := found[0].Help; len(help) != 2 || !strings.HasPrefix(help[0].English, "a shift of the roster before, or") || help[1].English != "somebody more with the skill bg who lives between UTC+8 and UTC+14" {
		t.Errorf("at night: %q", help)
	}
	noonHelp := []roster.Text{
		{English: "availability of Ben", Russian: "доступность в это время: Ben", Bulgarian: "наличност по това време: Ben"},
		{English: "the skill bg for Cem", Russian: "навык bg: Cem", Bulgarian: "умението bg за Cem"},
		{
			English:   "somebody more with the skill bg who lives between UTC-1 and UTC+6",
			Russian:   "ещё один человек с навыком bg, живущий в поясах от UTC-1 до UTC+6",
			Bulgarian: "още един човек с умението bg, който живее в часови зони от UTC-1 до UTC+6",
		},
	}
	if diff := cmp.Diff(noonHelp, found[1].Help); diff != "" {
		t.Errorf("at noon: %s", diff)
	}
	if said := found[1].Sentence.English; !strings.Contains(said, "bg misses 1 of 2 at Mon 9 Mar 12:00-13:00") || !strings.Contains(said, "1 is not available") {
		t.Error(found[1].Sentence)
	}
}

// Where shifts on the team's clock reach the hour, whoever helps may live anywhere,
// even if there are others on operators' own clocks.
func TestImpossibleAnywhere(t *testing.T) {
	t.Parallel()
	day, evening := roster.Template{Name: "day", Start: 9 * 60, End: 17 * 60}, roster.Template{Name: "evening", Start: 16 * 60, End: 24 * 60}
	own := day
	own.Clock = roster.OperatorClock
	for name, c := range map[string]struct {
		hour      int
		templates []roster.Template
	}{"on the team's clock": {12, []roster.Template{day}}, "on both": {20, []roster.Template{own, evening}}} {
		p := problem()
		p.Team.Templates = c.templates
		p.Demand.Queues[0].Required[c.hour] = len(p.Team.Operators) + 1
		found := roster.Impossible(p)
		if len(found) != 1 || len(found[0].Help) != 1 || found[0].Help[0].English != "somebody more with the skill bg" {
			t.Errorf("%s: %+v", name, found)
		}
		if said := found[0].Sentence.English; strings.Contains(said, "no better roster") || !strings.Contains(said, "1 can be there, and is counted: Ana") {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// A shift whose breaks are not what the law asks for brings nobody.
func TestImpossibleBreaks(t *testing.T) {
	t.Parallel()
	for length, impossible := range map[float64]int{0.25: 1, 0.5: 0} {
		p := problem()
		p.Team.Templates = []roster.Template{{Name: "day", Start: 9 * 60, End: 17 * 60, Breaks: []roster.Break{{Length: calendars.Hours(length), From: calendars.Hours(3), To: calendars.Hours(5)}}}}
		p.Team.Operators[0].Country, p.Team.Operators[0].Contract.Kind = "RU", "full-time"
		p.Demand.Queues[0].Required[10] = 1
		found := roster.Impossible(p)
		if len(found) != impossible || impossible > 0 && found[0].Reasons[0].Why != roster.WhyPauses {
			t.Errorf("with %v h of break: %+v", length, found)
		}
	}
}

// What is impossible stays uncovered in every roster: no assignments that are
// lawful by themselves cover more.
func TestImpossibleIsABound(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := problem()
		p.Demand.Grid.N = 48
		p.Demand.Queues = nil
		p.Team.Operators = nil
		for _, s := range []string{"a", "b"} {
			p.Demand.Queues = append(p.Demand.Queues, roster.QueueDemand{Queue: s, Skill: s, Required: rapid.SliceOfN(rapid.IntRange(0, 3), 48, 48).Draw(t, "required")})
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "operators") {
			o := roster.Operator{ID: roster.ID(i + 1), Share: rapid.SampledFrom([]float64{1, 0.5}).Draw(t, "share"), Zone: calendars.MustZone("Europe/Sofia"),
				Skills: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b"}), 1, 2, rapid.ID).Draw(t, "skills"), NoNights: rapid.Bool().Draw(t, "no nights")}
			p.Team.Operators = append(p.Team.Operators, o)
		}
		var assignments []roster.Assignment
		for _, o := range p.Team.Operators {
			if shifts := p.Team.Shifts(o, p.Demand.Grid.Span()); len(shifts) > 0 {
				assignments = append(assignments, rapid.SampledFrom(shifts).Draw(t, "shift"))
			}
		}
		covered := roster.Cover(p, assignments)
		missing := make([]float64, 48)
		for _, one := range roster.Impossible(p) {
			at := p.Demand.Grid.Index(one.Interval.Start)
			missing[at] += one.Missing
		}
		for at, impossible := range missing {
			sum := 0.0
			for _, q := range covered.Queues {
				sum += q.Missing[at]
			}
			if sum < impossible-1e-9 {
				t.Errorf("interval %d: %v is impossible, %v is missing", at, impossible, sum)
			}
		}
	})
}
