package solve

import (
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// beyond is the judge of all rules that the row program does not know: those
// over long windows, of the company, and of several rows together.
type beyond struct {
	judging *roster.Judging
	row     map[*row]bool // rows that such a rule is about
}

// programmed are the rules that the row program keeps by itself.
var programmed = []string{
	roster.RuleSkill, roster.RuleAvailability, roster.RuleShiftLength, roster.RuleOneShift, roster.RuleDailyRest,
	roster.RuleWeeklyRest, roster.RuleHours, roster.RuleRun, roster.RuleShort,
}

// newBeyond starts from pinned and carried assignments; it is nil if the
// program knows every rule that there is.
func newBeyond(p roster.Problem, rows []*row) *beyond {
	b := &beyond{row: map[*row]bool{}}
	joint := len(p.Team.Slots)+len(p.Team.Mixes)+len(p.Team.Pairs) > 0 || p.Team.Fairness.Weight > 0
	var pinned []roster.Assignment
	for _, r := range rows {
		if joint || p.Team.RuledBeyond(r.operator) || !p.Now.IsZero() || averaged(p, r) {
			b.row[r] = true
		}
		for i := range r.options {
			if r.options[i].pinned {
				pinned = append(pinned, r.options[i].assignment)
			}
		}
	}
	if len(b.row) == 0 {
		return nil
	}
	b.judging = roster.NewJudgingWithout(p, pinned, programmed...)
	return b
}

// averaged says whether the law's average can bind: single weeks may hold more,
// or earlier ones do.
func averaged(p roster.Problem, r *row) bool {
	average := r.limits.Average.Minutes
	return average > 0 && (r.limits.MaxWeek.Minutes > average || len(own(p.Carried, r.operator.ID)) > 0)
}

// breaks is what a minute of a broken hard rule costs the search: more than any
// cover is worth.
const breaks = 1 << 32

func weighed(s roster.Score) int64 { return s.Soft + breaks*s.Hard }

// cost is what the rules beyond the program cost as the roster stands.
func (b *beyond) cost() int64 {
	if b == nil {
		return 0
	}
	return weighed(b.judging.Score())
}

// change notes options that go and come, and returns what that costs.
func (b *beyond) change(r *row, gone, come []int) int64 {
	if b == nil || !b.row[r] || len(gone)+len(come) == 0 {
		return 0
	}
	before := b.cost()
	b.judging.Change(r.operator.ID, r.assigned(gone), r.assigned(come))
	return b.cost() - before
}

func (r *row) assigned(options []int) (all []roster.Assignment) {
	for _, o := range options {
		all = append(all, r.options[o].assignment)
	}
	return all
}

// allowed is the choice without what would break a hard rule more than the row
// does as it stands.
func (b *beyond) allowed(r *row, choice []int) []int {
	for _, d := range b.dropped(r, choice) {
		choice[d] = -1
	}
	return choice
}

// dropped are the days whose options, new in the choice, have to go: again and
// again the one without which the rest breaks the least.
func (b *beyond) dropped(r *row, choice []int) (days []int) {
	if b == nil || !b.row[r] {
		return nil
	}
	var left []int // days of new options
	for d, o := range choice {
		if o >= 0 && r.chosen[d] != o {
			left = append(left, d)
		}
	}
	options := func(days ...int) (all []roster.Assignment) {
		for _, d := range days {
			all = append(all, r.options[choice[d]].assignment)
		}
		return all
	}
	id, most := r.operator.ID, b.judging.Score().Hard
	b.judging.Change(id, nil, options(left...))
	for len(left) > 0 && b.judging.Score().Hard > most {
		worst, least := 0, int64(-1)
		for i, d := range left {
			b.judging.Change(id, options(d), nil)
			if hard := b.judging.Score().Hard; least < 0 || hard < least {
				worst, least = i, hard
			}
			b.judging.Change(id, nil, options(d))
		}
		b.judging.Change(id, options(left[worst]), nil)
		days, left = append(days, left[worst]), slices.Delete(left, worst, worst+1)
	}
	b.judging.Change(id, options(left...), nil)
	return days
}
