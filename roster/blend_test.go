package roster_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// blendText is a team with a queue that blends two streams; the cases break it.
const blendText = `{
  "name": "Test", "zone": "Europe/Sofia",
  "queues": [
    {"name": "front", "blends": ["bg", "en"], "service_level": {"share": 0.8, "within": "60s"}, "aht": "450s"},
    {"name": "mail", "skill": "en", "service_level": {"share": 0.8, "within": "60s"}, "aht": "450s"}
  ],
  "shift_templates": [{"name": "day", "start": "09:00", "end": "17:00"}],
  "operators": [
    {"name": "Ana", "zone": "Europe/Sofia", "skills": ["en", "bg"], "contract": {"kind": "freelance", "max_per_week": "40h"}},
    {"name": "Bo", "zone": "Europe/Sofia", "skills": ["bg"], "contract": {"kind": "freelance", "max_per_week": "40h"}},
    {"name": "Cy", "zone": "Europe/Sofia", "skills": ["en"], "contract": {"kind": "freelance", "max_per_week": "40h"}}
  ]
}`

func blendTeam(t *testing.T, pairs ...string) roster.Team {
	t.Helper()
	team, err := roster.ReadTeam(strings.NewReader(strings.NewReplacer(pairs...).Replace(blendText)))
	if err != nil {
		t.Fatal(err)
	}
	return team
}

// Who has the skills of all streams serves their queue, also after the team was
// written and read; nobody is written to have other skills than they were given.
func TestBlend(t *testing.T) {
	t.Parallel()
	team := blendTeam(t)
	again, err := roster.ReadTeam(strings.NewReader(string(writeTeam(t, team))))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(writeTeam(t, team), writeTeam(t, again)); diff != "" {
		t.Error(diff)
	}
	serves := map[string][]string{}
	for _, o := range again.Operators {
		for _, q := range again.Queues {
			if o.Has(q.Skill) {
				serves[o.Name] = append(serves[o.Name], q.Name)
			}
		}
	}
	if diff := cmp.Diff(map[string][]string{"Ana": {"front", "mail"}, "Cy": {"mail"}}, serves); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"en", "bg"}, again.Operators[0].Skills); diff != "" {
		t.Error(diff)
	}
	for stream, want := range map[string]string{"front": "front", "bg": "front", "en": "front", "mail": "mail", "ru": ""} {
		if q, known := team.QueueOf(stream); q.Name != want || known != (want != "") {
			t.Errorf("chats of %q go to %q, want %q", stream, q.Name, want)
		}
	}
}

// What a written team asks for follows its streams, when these are changed by hand.
func TestBlendChanged(t *testing.T) {
	t.Parallel()
	written := string(writeTeam(t, blendTeam(t)))
	for blends, want := range map[string]string{"\"bg\",\n    \"en\",\n    \"ru\"": "bg\u00a0+\u00a0en\u00a0+\u00a0ru", "\"ru\",\n    \"bg\"": "ru\u00a0+\u00a0bg"} {
		team, err := roster.ReadTeam(strings.NewReader(strings.Replace(written, "\"bg\",\n    \"en\"", blends, 1)))
		if err != nil || team.Queues[0].Skill != want {
			t.Errorf("%q, %v, want %q", team.Queues[0].Skill, err, want)
		}
	}
}

func TestBlendRefuses(t *testing.T) {
	t.Parallel()
	const place = `queues[0] "front": `
	for _, c := range []struct{ name, old, new, want string }{
		{"one stream", `["bg", "en"],`, `["bg"],`, place + `blends: "bg" alone is not possible: expected at least two streams` + "\n"},
		{"a stream twice", `["bg", "en"],`, `["bg", "en", "bg"],`, place + `blends: "bg" is there twice: expected each name once`},
		{"a stream without a name", `["bg", "en"],`, `["bg", "en", ""],`, place + `blends: expected the name of each stream`},
		{"a skill of its own", `["bg", "en"],`, `["bg", "en"], "skill": "front",`, place + `skill: "front" is not possible: expected none, as whoever has the skills of all its streams answers it` + "\n"},
		{"a queue of its own", `"mail", "skill": "en"`, `"en"`, `queues: "en" is a queue, and "front" blends it: expected one of them`},
		{"its own stream", `"front", "blends": ["bg",`, `"bg", "blends": ["bg",`, `queues: "bg" is a queue, and "bg" blends it: expected one of them`},
		{"a stream of two queues", `"mail", "skill": "en"`, `"mail", "blends": ["en", "ru"]`, `queues: "front" and "mail" both blend "en": expected one of them`},
		{"the skill of nothing", `["en", "bg"]`, `["en", "front"]`, `operators[0] "Ana": skills: no queue asks for "front": expected one of [bg en]`},
		{"skills joined by hand", `["en", "bg"]`, "[\"bg\u00a0+\u00a0en\"]", `operators[0] "Ana": skills: no queue asks for "bg\u00a0+\u00a0en": expected one of [bg en]`},
	} {
		_, err := roster.ReadTeam(strings.NewReader(strings.Replace(blendText, c.old, c.new, 1)))
		if err == nil || !strings.Contains(err.Error()+"\n", c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

// Who has only some of the skills covers nothing of the queue, and is told apart.
func TestBlendCoverage(t *testing.T) {
	t.Parallel()
	p := roster.Problem{Team: blendTeam(t)}
	p.Demand = roster.Demand{Grid: p.Team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 2}, 1)}
	for _, q := range p.Team.Queues {
		one := roster.QueueDemand{Queue: q.Name, Skill: q.Skill, Required: make([]int, p.Demand.Grid.N)}
		one.Required[10] = 2
		p.Demand.Queues = append(p.Demand.Queues, one)
	}
	var all []roster.Assignment
	for _, o := range p.Team.Operators {
		all = append(all, p.Team.Shifts(o, p.Demand.Grid.Span())[0])
	}
	covered := roster.Cover(p, all).Queues
	if front, mail := covered[0], covered[1]; front.Rostered[10]+mail.Rostered[10] != 2 || front.Missing[10]+mail.Missing[10] != 2 {
		t.Errorf("Bo covers something: %+v", covered)
	}
	told := roster.Impossible(p)
	if len(told) == 0 {
		t.Fatal("nothing is impossible for Ana and Cy")
	}
	want := "front misses 1 of 2 at Mon 2 Mar 10:00-11:00 (Europe/Sofia): of 1 with the skill bg\u00a0+\u00a0en, "
	if !strings.HasPrefix(told[0].Sentence.English, want) {
		t.Errorf("%q, want %q", told[0].Sentence.English, want)
	}
	for i, want := range []string{"the skill en for Bo", "the skill bg for Cy", "somebody more with the skill bg\u00a0+\u00a0en"} {
		if len(told[0].Help) != 3 || told[0].Help[i].English != want {
			t.Errorf("%v, want %q", told[0].Help, want)
		}
	}
}

// A skill that serves another queue is no skill in vain.
func TestUnblended(t *testing.T) {
	t.Parallel()
	want := []roster.Text{{
		English:   `nothing of queue "front" is answered by Bo: it takes the skills of all its streams, bg, en`,
		Russian:   `на чаты очереди «front» не отвечают: Bo; для неё нужны навыки всех её потоков: bg, en`,
		Bulgarian: `на чатовете от опашката „front“ не отговарят: Bo; за нея са нужни уменията за всичките ѝ потоци: bg, en`,
	}}
	if diff := cmp.Diff(want, blendTeam(t).Unblended()); diff != "" {
		t.Error(diff)
	}
	if notes := blendTeam(t, `"skill": "en"`, `"skill": "bg"`).Unblended(); len(notes) != 1 || !strings.Contains(notes[0].English, "by Cy:") {
		t.Errorf("%v, want Cy alone", notes)
	}
}

// A scenario names queues, and says so of a stream.
func TestBlendScenario(t *testing.T) {
	t.Parallel()
	s, err := roster.ReadJSON[roster.Scenario](strings.NewReader(`{"name": "a", "changes": [{"arrivals": {"queue": "bg", "factor": 2}}]}`), "scenario")
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Apply(blendTeam(t))
	if want := `arrivals: queue: "bg" is a stream that queue "front" blends: expected the queue`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}
