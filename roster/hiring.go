package roster

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// Hiring is so many operators more, like somebody of the team or as they are given.
type Hiring struct {
	Operators int       `json:"operators,omitempty" minimum:"1" maximum:"1000" doc:"How many; one if left out."`
	Like      string    `json:"like,omitempty" doc:"Name of an operator whose contract, zone, skills, availability and rules they have; not time off and wishes."`
	Operator  *Operator `json:"operator,omitempty" doc:"As in the team file."`
}

// Apply returns the team with them. The error names the field that is not possible.
func (c Hiring) Apply(t Team) (Team, error) {
	const most = 1000
	var o Operator
	switch {
	case (c.Like == "") == (c.Operator == nil):
		return t, errors.New("expected either like or operator")
	case c.Operators < 0 || c.Operators > most:
		return t, fmt.Errorf("operators: %d is not possible: expected 1 to %d", c.Operators, most)
	case c.Operator != nil:
		o = *c.Operator
	default:
		i, err := t.OperatorNamed(c.Like)
		if err != nil {
			return t, within("like", err)
		}
		o = t.Operators[i]
		o.Email, o.TimeOff, o.Wishes = "", nil, nil
	}
	o.ID = 0
	t.Operators, t.Rules = slices.Clone(t.Operators), slices.Clone(t.Rules)
	for range max(1, c.Operators) {
		o.Name = t.free(o.Name, cmp.Or(c.Like, o.Name))
		if err := o.completed().check(t); err != nil {
			return t, within("operator", err)
		}
		t.Operators = append(t.Operators, o)
		for i, r := range t.Rules {
			if c.Like != "" && slices.Contains(r.Operators, c.Like) {
				t.Rules[i].Operators = append(slices.Clone(r.Operators), o.Name)
			}
		}
	}
	return t, nil
}

// free is a name that nobody has: the first choice, or the other with a number.
func (t Team) free(name, stem string) string {
	for n := 2; slices.ContainsFunc(t.Operators, func(o Operator) bool { return o.Name == name }); n++ {
		name = fmt.Sprintf("%s %d", stem, n)
	}
	return name
}

// Unstaffed is the team without anybody, nor what names them.
func (t Team) Unstaffed() Team {
	for _, o := range t.Operators {
		t = t.without(o.Name)
	}
	return t
}

// without is the team without an operator, and without what names them.
func (t Team) without(name string) Team {
	less := func(names []string) []string {
		return slices.DeleteFunc(slices.Clone(names), func(one string) bool { return one == name })
	}
	t.Operators = slices.DeleteFunc(slices.Clone(t.Operators), func(o Operator) bool { return o.Name == name })
	t.Rules, t.Pairs, t.Mixes = t.exempt(t.Rules, less), slices.Clone(t.Pairs), slices.Clone(t.Mixes)
	for i := range t.Pairs {
		t.Pairs[i].Operators, t.Pairs[i].With = less(t.Pairs[i].Operators), less(t.Pairs[i].With)
	}
	t.Pairs = slices.DeleteFunc(t.Pairs, func(p Pair) bool { return len(p.Operators) == 0 || len(p.With) == 0 })
	for i := range t.Mixes {
		t.Mixes[i].Operators = less(t.Mixes[i].Operators)
		t.Mixes[i].Least = min(t.Mixes[i].Least, len(t.Mixes[i].Operators))
	}
	t.Mixes = slices.DeleteFunc(t.Mixes, func(m Mix) bool { return len(m.Operators) == 0 })
	return t
}

// exempt takes people out of rules that name whom they bind; rules that then
// bind nobody go.
func (t Team) exempt(rules []Rule, less func([]string) []string) (kept []Rule) {
	for _, r := range rules {
		if len(r.Operators) > 0 {
			if r.Operators = less(r.Operators); len(r.Operators) == 0 {
				continue
			}
		}
		kept = append(kept, r)
	}
	return kept
}
