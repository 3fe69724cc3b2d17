package roster

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Team is everything that is known of a team before its history: what is
// asked of it, the shifts it works, and who works them. It is what a team
// file holds.
type Team struct {
	ID        ID                 `json:"id,omitempty" readOnly:"true"`
	Name      string             `json:"name" minLength:"1" maxLength:"100"`
	Zone      calendars.Zone     `json:"zone" doc:"Planning zone, an IANA name: the clock of the team's shift templates and of its weeks."`
	Interval  calendars.Duration `json:"interval,omitempty" doc:"Length of a planning interval: 15m, 30m or 60m (the default)."`
	Queues    []Queue            `json:"queues" nullable:"false"`
	Templates []Template         `json:"shift_templates" nullable:"false"`
	Operators []Operator         `json:"operators" nullable:"false"`
	Rules     []Rule             `json:"rules,omitempty" nullable:"false" doc:"Bounds of counts, for all operators or some."`
	Slots     []Slot             `json:"slots,omitempty" nullable:"false" doc:"Shift templates that ask for operators themselves."`
	Mixes     []Mix              `json:"mixes,omitempty" nullable:"false" doc:"Who must be there at times."`
	Pairs     []Pair             `json:"pairs,omitempty" nullable:"false" doc:"Who works together, or apart."`
	Fairness  Fairness           `json:"fairness,omitempty,omitzero" doc:"Points for burdens, and how hard to share them out."`
	Changes   ChangeWeights      `json:"changes,omitempty,omitzero" doc:"What it costs to change published shifts."`
	Currency  string             `json:"currency,omitempty" pattern:"^([A-Z]{3})?$" doc:"Of hourly pay, ISO 4217 such as EUR."`
	PayWeight float64            `json:"pay_weight,omitempty" minimum:"0" maximum:"1000000" doc:"What a unit of the currency that shifts are paid costs the roster, in minutes of an operator who is there for nothing; left out, pay is all one to it. Where an hour's pay comes to more than 600, some hours are rather left uncovered."`
	Shrinkage []Shrinkage        `json:"shrinkage,omitempty" nullable:"false" doc:"Causes for which paid operators are not available, on top of what a queue says."`
}

// Complete fills in what a team leaves out (intervals of an hour, skills
// named like their queue, the EU's rest in contracts, operators without an id
// numbered on) and checks the whole. The error names every fault found.
func (t Team) Complete() (Team, error) {
	if t.Interval.Duration == 0 {
		t.Interval = calendars.Hours(1)
	}
	t.Queues, t.Operators = slices.Clone(t.Queues), slices.Clone(t.Operators)
	for i := range t.Queues {
		t.Queues[i] = t.Queues[i].completed(t.Zone)
	}
	highest := ID(0)
	for _, o := range t.Operators {
		highest = max(highest, o.ID)
	}
	for i := range t.Operators {
		t.Operators[i] = t.Operators[i].completed()
		if t.Operators[i].ID == 0 {
			highest++
			t.Operators[i].ID = highest
		}
	}
	return t, t.check()
}

// check returns every fault of the team, joined.
func (t Team) check() error {
	var faults []error
	add := func(err error) {
		if err != nil {
			faults = append(faults, err)
		}
	}
	if t.Name == "" {
		add(errors.New(`name: expected a text, got ""`))
	}
	if d := t.Interval.Duration; d != 15*time.Minute && d != 30*time.Minute && d != time.Hour {
		add(fmt.Errorf("interval: %s is not possible: expected 15m, 30m or 60m", t.Interval))
	}
	if len(t.Queues) == 0 {
		add(errors.New("queues: expected at least one"))
	}
	for i, q := range t.Queues {
		add(within(fmt.Sprintf("queues[%d] %q", i, q.Name), q.check()))
	}
	for i, s := range t.Templates {
		add(within(fmt.Sprintf("shift_templates[%d] %q", i, s.Name), s.check()))
	}
	for i, o := range t.Operators {
		add(within(fmt.Sprintf("operators[%d] %q", i, o.Name), o.check(t)))
	}
	for i, b := range t.Rules {
		add(within(fmt.Sprintf("rules[%d]", i), b.check(t)))
	}
	for i, s := range t.Slots {
		add(within(fmt.Sprintf("slots[%d]", i), s.check(t)))
	}
	for i, m := range t.Mixes {
		add(within(fmt.Sprintf("mixes[%d] %q", i, m.Name), m.check(t)))
	}
	for i, p := range t.Pairs {
		add(within(fmt.Sprintf("pairs[%d]", i), p.check(t)))
	}
	add(within("fairness", t.Fairness.check()))
	add(within("changes", t.Changes.check()))
	add(t.checkPay())
	add(expect(t.Currency == "" || isCurrency(t.Currency), "currency: %q is not possible: expected three capital letters such as EUR", t.Currency))
	add(t.checkShrinkage())
	add(t.checkStreams())
	add(twice("queues", t.Queues, func(q Queue) string { return q.Name }))
	add(twice("shift_templates", t.Templates, func(s Template) string { return s.Name }))
	add(twice("operators", t.Operators, func(o Operator) string { return o.Name }))
	add(twice("operator ids", t.Operators, func(o Operator) string { return fmt.Sprint(o.ID) }))
	if more := len(faults) - maxTeamFaults; more > 0 { // a fault that all operators share
		faults = append(faults[:maxTeamFaults], fmt.Errorf("and faults in %d more places", more))
	}
	return errors.Join(faults...)
}

// within says where a fault is.
func within(place string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", place, err)
}

// twice reports a name that two things share.
func twice[T any](what string, all []T, name func(T) string) error {
	seen := map[string]bool{}
	for _, one := range all {
		if seen[name(one)] {
			return fmt.Errorf("%s: %q is there twice: expected each name once", what, name(one))
		}
		seen[name(one)] = true
	}
	return nil
}

// Operator returns the operator with the id.
func (t Team) Operator(id ID) (Operator, bool) {
	i := slices.IndexFunc(t.Operators, func(o Operator) bool { return o.ID == id })
	if i < 0 {
		return Operator{}, false
	}
	return t.Operators[i], true
}

// Template returns the shift template with the name.
func (t Team) Template(name string) (Template, bool) {
	i := slices.IndexFunc(t.Templates, func(s Template) bool { return s.Name == name })
	if i < 0 {
		return Template{}, false
	}
	return t.Templates[i], true
}

// Queue returns the queue with the name.
func (t Team) Queue(name string) (Queue, bool) {
	i := slices.IndexFunc(t.Queues, func(q Queue) bool { return q.Name == name })
	if i < 0 {
		return Queue{}, false
	}
	return t.Queues[i], true
}

// Countries returns where operators work, each once, as they spell it.
func (t Team) Countries() (countries []string) {
	for _, o := range t.Operators {
		if o.Country != "" && !slices.Contains(countries, o.Country) {
			countries = append(countries, o.Country)
		}
	}
	return countries
}

// Horizon returns the planning intervals of whole weeks from the first day,
// in the team's zone.
func (t Team) Horizon(first calendars.Day, weeks int) calendars.Grid {
	last := first.AddDays(7 * weeks)
	return calendars.GridOver(first.Start(t.Zone), last.Start(t.Zone), t.Interval.Duration)
}
