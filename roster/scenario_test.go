package roster_test

import (
	"strings"
	"testing"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// scenarioTeam has somebody named wherever a team names people.
const scenarioTeam = `{
  "name": "Test", "zone": "Europe/Sofia",
  "queues": [{"name": "bg", "service_level": {"share": 0.8, "within": "60s"}, "aht": "450s"}],
  "shift_templates": [{"name": "day", "start": "09:00", "end": "17:00"}],
  "rules": [{"name": "days", "count": "shifts", "most": 5}, {"count": "weekends", "most": 1, "operators": ["Ana"]}],
  "pairs": [{"kind": "together", "operators": ["Ana"], "with": ["Bo"], "weight": 1}],
  "mixes": [{"name": "seniors", "operators": ["Ana", "Bo"], "least": 2, "weight": 1}],
  "operators": [
    {"name": "Ana", "zone": "Europe/Sofia", "skills": ["bg"], "email": "ana@example.org", "time_off": [{"first": "2026-03-02", "last": "2026-03-08"}],
     "contract": {"kind": "full-time", "min_per_week": "30h", "max_per_week": "40h"}},
    {"name": "Bo", "zone": "Asia/Manila", "skills": ["bg"], "contract": {"kind": "freelance", "max_per_week": "20h"}, "rules": [{"name": "own", "count": "shifts", "most": 2}]}
  ]
}`

func applied(t *testing.T, changes string) (roster.Team, error) {
	t.Helper()
	team, err := roster.ReadTeam(strings.NewReader(scenarioTeam))
	if err != nil {
		t.Fatal(err)
	}
	s, err := roster.ReadJSON[roster.Scenario](strings.NewReader(`{"name": "a", "changes": [`+changes+`]}`), "scenario")
	if err != nil {
		t.Fatal(err)
	}
	return s.Apply(team)
}

func TestScenario(t *testing.T) {
	t.Parallel()
	for changes, is := range map[string]func(roster.Team) bool{
		`{"lose": "Ana"}`: func(t roster.Team) bool {
			return len(t.Operators) == 1 && len(t.Rules) == 1 && len(t.Pairs) == 0 && t.Mixes[0].Least == 1
		},
		`{"hire": {"operators": 2, "like": "Ana"}}`: func(t roster.Team) bool {
			last := t.Operators[3]
			return last.Name == "Ana 3" && last.Email == "" && last.TimeOff == nil && last.ID == 4 && len(t.Rules[1].Operators) == 3
		},
		`{"hire": {"operator": {"name": "Cy", "zone": "Asia/Manila", "skills": ["bg"], "contract": {"kind": "freelance", "max_per_week": "20h"}}}}, {"lose": "Bo"}`: func(t roster.Team) bool {
			return len(t.Operators) == 2 && t.Operators[1].Name == "Cy" && t.Operators[1].ID == 3
		},
		`{"service_level": {"share": 0.9, "within": "20s"}}`:        func(t roster.Team) bool { return t.Queues[0].ServiceLevel.Share == 0.9 },
		`{"rule_off": {"rule": "days"}}`:                            func(t roster.Team) bool { return len(t.Rules) == 1 },
		`{"rule_off": {"rule": "days", "operators": ["Ana"]}}`:      func(t roster.Team) bool { return len(t.Rules) == 2 && t.Rules[0].Operators[0] == "Bo" },
		`{"rule_off": {"rule": "weekends", "operators": ["Ana"]}}`:  func(t roster.Team) bool { return len(t.Rules) == 1 },
		`{"rule_off": {"rule": "own"}}`:                             func(t roster.Team) bool { return len(t.Operators[1].Rules) == 0 },
		`{"rule_off": {"rule": "daily-rest", "operators": ["Bo"]}}`: func(t roster.Team) bool { return t.Operators[1].Limits().DailyRest.Minutes == 1 },
		`{"rule_off": {"rule": "hours-short"}}`:                     func(t roster.Team) bool { return t.Operators[0].Contract.MinWeek.Duration == 0 },
		`{"rule_off": {"rule": "time-off", "operators": ["Ana"]}}`:  func(t roster.Team) bool { return t.Operators[0].TimeOff == nil },
	} {
		if team, err := applied(t, changes); err != nil || !is(team) {
			t.Errorf("%s: %v\n%+v", changes, err, team)
		}
	}
}

// A service level is of queues that are answered at once: work that is deferred has none.
func TestScenarioOfDeferred(t *testing.T) {
	t.Parallel()
	team, err := roster.ReadTeam(strings.NewReader(strings.Replace(scenarioTeam, `"queues": [`, `"queues": [{"name": "mail", "skill": "bg", "deferred": "4h", "service_level": {"share": 0.7, "within": "60s"}, "aht": "450s"}, `, 1)))
	if err != nil {
		t.Fatal(err)
	}
	change := func(queue string) roster.Scenario {
		return roster.Scenario{Name: "a", Changes: []roster.Alteration{{ServiceLevel: &roster.LevelChange{Queue: queue, Share: 0.9, Within: calendars.Seconds(20)}}}}
	}
	if changed, err := change("").Apply(team); err != nil || changed.Queues[0].ServiceLevel.Share != 0.7 || changed.Queues[1].ServiceLevel.Share != 0.9 {
		t.Errorf("%v: %+v", err, changed.Queues)
	}
	if _, err := change("mail").Apply(team); err == nil || !strings.Contains(err.Error(), `service_level: queue: "mail": its work is deferred: expected another queue`) {
		t.Error(err)
	}
	team.Queues = team.Queues[:1]
	if _, err := change("").Apply(team); err == nil || !strings.Contains(err.Error(), "service_level: queue: the work of all queues is deferred") {
		t.Error(err)
	}
}

func TestScenarioRefuses(t *testing.T) {
	t.Parallel()
	for changes, want := range map[string]string{
		`{"lose": "Ana"}, {"lose": "Ana"}`:                 `changes[1]: lose: no operator "Ana" in the team: expected one of Bo`,
		`{"lose": "Ana", "arrivals": {"factor": 2}}`:       "2 changes: expected exactly one",
		`{"arrivals": {"factor": 0}}`:                      "arrivals: factor: 0 is not possible: expected a number above 0",
		`{"arrivals": {"queue": "xx", "factor": 2}}`:       `arrivals: queue: no queue "xx" in the team: expected one of bg`,
		`{"service_level": {"share": 80, "within": "1s"}}`: "service_level: share: 80 is not possible: expected a share between 0 and 1",
		`{"hire": {"operators": 2}}`:                       "hire: expected either like or operator",
		`{"hire": {"like": "Ana", "operators": -1}}`:       "hire: operators: -1 is not possible: expected 1 to 1000",
		`{"hire": {"operator": {"name": "C", "zone": "Asia/Manila", "skills": ["xx"], "contract": {"kind": "freelance", "max_per_week": "20h"}}}}`: `hire: operator: skills: no queue asks for "xx"`,
		`{"rule_off": {"rule": "own", "operators": ["Ana"]}}`:                   `rule_off: rule: no rule "own" of Ana: expected one of days, own, weekends, daily-rest`,
		`{"shift_template": {"name": "day", "start": "09:00", "end": "10:00"}}`: `shift_template: name: "day" is there twice`,
		`{"rule_off": {"rule": "fairness", "operators": ["Ana"]}}`:              "rule_off: operators: fairness is between all",
	} {
		if _, err := applied(t, changes); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v: expected %q", changes, err, want)
		}
	}
}
