package roster

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/smena-wfm/smena/calendars"
)

// Scenario is a team as it could be: what is changed, one thing after the other.
type Scenario struct {
	Name    string       `json:"name" minLength:"1" maxLength:"60"`
	Changes []Alteration `json:"changes" nullable:"false"`
}

// Alteration is one thing that is changed: exactly one of the fields.
type Alteration struct {
	ServiceLevel *LevelChange    `json:"service_level,omitempty" doc:"Another service level."`
	Arrivals     *ArrivalsChange `json:"arrivals,omitempty" doc:"More chats come, or fewer."`
	Hire         *Hiring         `json:"hire,omitempty" doc:"Operators more."`
	Lose         string          `json:"lose,omitempty" doc:"Name of an operator who leaves."`
	Template     *Template       `json:"shift_template,omitempty" doc:"A shift template more."`
	RuleOff      *RuleOff        `json:"rule_off,omitempty" doc:"A rule that binds nobody any more, or some people no more."`
}

// LevelChange is another service level of a queue, or of all.
type LevelChange struct {
	Queue  string             `json:"queue,omitempty" doc:"All queues if left out, but those whose work is deferred."`
	Share  float64            `json:"share" exclusiveMinimum:"0" exclusiveMaximum:"1"`
	Within calendars.Duration `json:"within"`
}

// ArrivalsChange is more arrivals of a queue, or of all: 1.2 is a fifth more.
type ArrivalsChange struct {
	Queue  string  `json:"queue,omitempty" doc:"All queues if left out."`
	Factor float64 `json:"factor" exclusiveMinimum:"0" maximum:"100"`
}

// RuleOff is a rule that binds no more: the team's or operators' own, by name or
// count, or something that the contract asks for. What the law asks for stays.
type RuleOff struct {
	Rule      string   `json:"rule" doc:"Name of a rule, or its count if it has none; or one of daily-rest, weekly-rest, hours-per-week, consecutive-days, hours-short, availability, time-off, no-nights, wish, fairness."`
	Operators []string `json:"operators,omitempty" nullable:"false" doc:"Only these operators, by name; all if left out."`
}

// BaseName is what the team as it is goes by among scenarios.
const BaseName = "base"

// CheckScenarios returns every fault of scenarios of a team, joined.
func CheckScenarios(t Team, all []Scenario) error {
	const most = 50
	faults := []error{
		expect(len(all) > 0 && len(all) <= most, "scenarios: %d are not possible: expected 1 to %d", len(all), most),
		twice("scenarios", all, func(s Scenario) string { return s.Name }),
	}
	for i, s := range all {
		_, err := s.Apply(t)
		faults = append(faults, within(fmt.Sprintf("scenarios[%d] %q", i, s.Name), errors.Join(
			expect(s.Name != "" && s.Name != BaseName, "name: %q is not possible: expected a text other than %q", s.Name, BaseName),
			expect(len(s.Changes) > 0, "changes: expected at least one"), err)))
	}
	return errors.Join(faults...)
}

// Apply returns the team as it would be. The error names the change and the
// field that is not possible, and what would be.
func (s Scenario) Apply(t Team) (Team, error) {
	highest := ID(0)
	for _, o := range t.Operators {
		highest = max(highest, o.ID)
	}
	for i, c := range s.Changes {
		changed, err := c.apply(t)
		if err != nil {
			return Team{}, within(fmt.Sprintf("changes[%d]", i), err)
		}
		t = changed
	}
	t.Operators = slices.Clone(t.Operators)
	for i := range t.Operators {
		if o := &t.Operators[i]; o.ID == 0 { // never that of somebody who leaves
			highest++
			o.ID = highest
		}
	}
	return t.Complete()
}

// Arrivals is how many times as many chats of the queue arrive.
func (s Scenario) Arrivals(queue string) float64 {
	factor := 1.0
	for _, c := range s.Changes {
		if c.Arrivals != nil && (c.Arrivals.Queue == "" || c.Arrivals.Queue == queue) {
			factor *= c.Arrivals.Factor
		}
	}
	return factor
}

func (c Alteration) apply(t Team) (Team, error) {
	set := 0
	for _, there := range []bool{c.ServiceLevel != nil, c.Arrivals != nil, c.Hire != nil, c.Lose != "", c.Template != nil, c.RuleOff != nil} {
		if there {
			set++
		}
	}
	if set != 1 {
		return t, fmt.Errorf("%d changes: expected exactly one of service_level, arrivals, hire, lose, shift_template, rule_off", set)
	}
	var err error
	switch {
	case c.ServiceLevel != nil:
		t, err = c.ServiceLevel.apply(t)
		return t, within("service_level", err)
	case c.Arrivals != nil:
		f := c.Arrivals.Factor
		return t, within("arrivals", errors.Join(t.queueNamed(c.Arrivals.Queue),
			expect(f > 0 && f <= 100, "factor: %v is not possible: expected a number above 0 up to 100, such as 1.2 for a fifth more", f)))
	case c.Hire != nil:
		t, err = c.Hire.Apply(t)
		return t, within("hire", err)
	case c.Template != nil:
		t.Templates = append(slices.Clone(t.Templates), *c.Template)
		return t, within("shift_template", errors.Join(c.Template.check(), twice("name", t.Templates, func(s Template) string { return s.Name })))
	case c.RuleOff != nil:
		t, err = c.RuleOff.apply(t)
		return t, within("rule_off", err)
	}
	if _, err := t.OperatorNamed(c.Lose); err != nil {
		return t, within("lose", err)
	}
	return t.without(c.Lose), nil
}

func (c LevelChange) apply(t Team) (Team, error) {
	level := ServiceLevel{c.Share, c.Within}
	if err := cmp.Or(t.queueNamed(c.Queue), level.check("")); err != nil {
		return t, err
	}
	t.Queues = slices.Clone(t.Queues)
	changed := false
	for i := range t.Queues {
		if q := &t.Queues[i]; q.Deferred.Duration == 0 && (c.Queue == "" || c.Queue == q.Name) {
			q.ServiceLevel, changed = level, true
		}
	}
	switch {
	case changed:
		return t, nil
	case c.Queue == "":
		return t, errors.New("queue: the work of all queues is deferred: expected no service level")
	}
	return t, fmt.Errorf("queue: %q: its work is deferred: expected another queue", c.Queue)
}

// queueNamed says that there is no queue of the name.
func (t Team) queueNamed(name string) error {
	q, known := t.QueueOf(name)
	switch {
	case name == "" || known && q.Name == name:
		return nil
	case known:
		return fmt.Errorf("queue: %q is a stream that queue %q blends: expected the queue", name, q.Name)
	}
	return fmt.Errorf("queue: no queue %q in the team: expected one of %s", name, listed(t.Queues, func(q Queue) string { return q.Name }))
}

// OperatorNamed is the place of the operator of that name in the team. The error names
// some that there are.
func (t Team) OperatorNamed(name string) (int, error) {
	i := slices.IndexFunc(t.Operators, func(o Operator) bool { return o.Name == name })
	if i < 0 {
		return i, fmt.Errorf("no operator %q in the team: expected one of %s", name, listed(t.Operators, func(o Operator) string { return o.Name }))
	}
	return i, nil
}

// listed are the first names, and how many more there are.
func listed[T any](all []T, name func(T) string) string {
	const most = 8
	var names []string
	for _, one := range all[:min(most, len(all))] {
		names = append(names, name(one))
	}
	if more := len(all) - most; more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(names, ", ")
}
