package remedy

import (
	"testing"

	"github.com/smena-wfm/smena/roster"
)

// Rules can be dropped one after the other, whichever came first: each is gone then.
func TestDropTwoRules(t *testing.T) {
	t.Parallel()
	most := int64(1)
	two := []roster.Rule{{Count: roster.CountDays, Most: &most}, {Count: roster.CountWeekends, Most: &most}}
	for name, p := range map[string]roster.Problem{
		"of the team":     {Team: roster.Team{Rules: two}},
		"of one operator": {Team: roster.Team{Operators: []roster.Operator{{Name: "Ana", Rules: two}}}},
	} {
		all := rules(p)
		for _, both := range []change{all[0].and(all[1]), all[1].and(all[0])} {
			left := p
			if both.make(&left); len(left.Team.Rules) > 0 || len(left.Team.Operators) > 0 && len(left.Team.Operators[0].Rules) > 0 {
				t.Errorf("%s: %+v", name, left.Team)
			}
		}
	}
}
