package roster

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// waivers are what a contract, or somebody for themselves, asks for, and how
// it reads when it binds no more.
var waivers = []struct {
	name  string
	waive func(*Operator)
}{
	{RuleDailyRest, func(o *Operator) { o.Contract.DailyRest = leastRest }},
	{RuleWeeklyRest, func(o *Operator) { o.Contract.WeeklyRest = leastRest }},
	{RuleHours, func(o *Operator) {
		o.Contract.MaxWeek, o.Contract.MaxMonth.Duration = calendars.Duration{Duration: maxWeek}, 0
	}},
	{RuleRun, func(o *Operator) { o.Contract.MaxConsecutiveDays = 31 }},
	{RuleShort, func(o *Operator) { o.Contract.MinWeek.Duration, o.Contract.MinMonth.Duration = 0, 0 }},
	{RuleAvailability, func(o *Operator) { o.Availability = nil }},
	{RuleTimeOff, func(o *Operator) { o.TimeOff = nil }},
	{RuleNights, func(o *Operator) { o.NoNights = false }},
	{RuleWish, func(o *Operator) { o.Wishes = nil }},
}

// leastRest is no rest to speak of: none at all would mean that of the European Union.
var leastRest = calendars.Duration{Duration: time.Minute}

// apply leaves the rule out.
func (c RuleOff) apply(t Team) (Team, error) {
	for _, name := range c.Operators {
		if _, err := t.OperatorNamed(name); err != nil {
			return t, within("operators", err)
		}
	}
	if c.Rule == RuleFairness {
		t.Fairness.Weight = 0
		return t, expect(len(c.Operators) == 0, "operators: fairness is between all: expected none")
	}
	found := false
	t, found = c.fromTeam(t)
	t.Operators = slices.Clone(t.Operators)
	for i := range t.Operators {
		if o := &t.Operators[i]; len(c.Operators) == 0 || slices.Contains(c.Operators, o.Name) {
			found = c.fromOperator(o) || found
		}
	}
	return t, expect(found, "rule: no rule %q%s: expected one of %s", c.Rule, c.whose(), strings.Join(t.ruleNames(), ", "))
}

func (c RuleOff) whose() string {
	if len(c.Operators) == 0 {
		return " in the team"
	}
	return fmt.Sprintf(" of %s", strings.Join(c.Operators, ", "))
}

// fromTeam takes the rule out of the team's, or people out of it, and says
// whether it bound them.
func (c RuleOff) fromTeam(t Team) (Team, bool) {
	found := false
	var kept []Rule
	for _, r := range t.Rules {
		if r.called() != c.Rule {
			kept = append(kept, r)
			continue
		}
		var bound, left []string
		for _, o := range t.Operators {
			binds := (len(r.Contracts) == 0 || slices.Contains(r.Contracts, o.Contract.Kind)) && (len(r.Operators) == 0 || slices.Contains(r.Operators, o.Name))
			switch {
			case binds && (len(c.Operators) == 0 || slices.Contains(c.Operators, o.Name)):
				bound = append(bound, o.Name)
			case binds:
				left = append(left, o.Name)
			}
		}
		found = found || len(bound) > 0
		if len(bound) > 0 {
			r.Operators = left
		}
		if len(left) > 0 || len(bound) == 0 {
			kept = append(kept, r)
		}
	}
	t.Rules = kept
	return t, found
}

// fromOperator takes the rule from one operator, and says whether they had it.
func (c RuleOff) fromOperator(o *Operator) (found bool) {
	own := len(o.Rules)
	o.Rules = slices.DeleteFunc(slices.Clone(o.Rules), func(r Rule) bool { return r.called() == c.Rule })
	found = len(o.Rules) < own
	for _, w := range waivers {
		if w.name == c.Rule {
			w.waive(o)
			found = true
		}
	}
	return found
}

// called is what people call the rule.
func (b Rule) called() string { return cmp.Or(b.Name, b.Count) }

// ruleNames are those of the team and of operators, and what contracts ask for.
func (t Team) ruleNames() (names []string) {
	for _, r := range t.Rules {
		names = append(names, r.called())
	}
	for _, o := range t.Operators {
		for _, r := range o.Rules {
			names = append(names, r.called())
		}
	}
	slices.Sort(names)
	names = slices.Compact(names)
	for _, w := range waivers {
		names = append(names, w.name)
	}
	return append(names, RuleFairness)
}
