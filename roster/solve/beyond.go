package solve

import (
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// beyond is the judge of all rules that the programs do not know: those over
// long windows, of the company, and of several rows together.
type beyond struct {
	model   *model
	judging *roster.Judging
}

// programmed are the rules that the days program keeps by itself, and the
// stints program where it says so; fairness is in what shifts make together.
var programmed = []string{roster.RuleSkill, roster.RuleAvailability, roster.RuleShiftLength, roster.RuleOneShift, roster.RuleDailyRest, roster.RuleRun, roster.RuleShort, roster.RuleFairness}

// newBeyond starts from pinned and carried assignments; it is nil if the
// programs know every rule that there is.
func newBeyond(m *model) *beyond {
	p := m.problem
	var pinned []roster.Assignment
	p.Team.Slots, p.Team.Operators = nil, nil // slots are cover
	noticed, followed := false, false
	without := append([]string{roster.RuleWeeklyRest, roster.RuleHours}, programmed...)
	for _, r := range m.rows {
		if !r.judged {
			continue
		}
		p.Team.Operators, noticed, followed = append(p.Team.Operators, *r.operator), noticed || r.noticed, followed || r.followed
		if r.shape != nil {
			without = programmed
		}
		for i := range r.options {
			if r.options[i].pinned {
				pinned = append(pinned, m.assignment(r, int32(i), 0))
			}
		}
	}
	if len(p.Team.Operators) == 0 {
		return nil
	}
	if followed { // what comes after the horizon the programs do not look at
		without = []string{roster.RuleSkill, roster.RuleAvailability, roster.RuleShiftLength, roster.RuleShort, roster.RuleFairness}
	}
	if !noticed { // then what there is of it stays
		without = append(slices.Clip(without), roster.RuleNotice)
	}
	return &beyond{m, roster.NewJudgingWithout(p, pinned, without...)}
}

// judged says whether rules bind the row that its program does not know.
func (m *model) judges(r *row) bool {
	p := &m.problem
	joint := len(p.Team.Mixes)+len(p.Team.Pairs) > 0
	known := r.shape == nil && r.weekly == nil && len(r.rules) == 0
	switch {
	case r.shape != nil:
		known = r.shape.knows
	case r.weekly != nil:
		known = r.weekly.knows && !r.averaged()
	default:
		known = known && !r.averaged()
	}
	return joint || !known || r.noticed || r.followed || m.pausesAmiss(r) || !r.wishesFit(m.shifts)
}

// pausesAmiss says whether the law asks for other breaks in one of the row's shifts.
func (m *model) pausesAmiss(r *row) bool {
	if !m.problem.Team.Pauses(*r.operator) {
		return false
	}
	type kind struct {
		template string
		layout   *layout
		length   int64
	}
	seen := map[kind]bool{}
	for o := range r.options {
		s := &m.shifts[r.options[o].shift]
		one := kind{s.template, s.layout, s.end - s.start}
		if r.options[o].pinned || seen[one] {
			continue
		}
		seen[one] = true
		if !m.problem.Team.PausesLawfully(*r.operator, m.usual(r, int32(o))) {
			return true
		}
	}
	return false
}

// usual is what the rules beyond the programs see of an option: to them it is the
// same wherever its breaks are placed.
func (m *model) usual(r *row, o int32) roster.Assignment {
	if s := &m.shifts[r.options[o].shift]; s.layout != nil {
		return m.assignment(r, o, s.layout.first)
	}
	return m.assignment(r, o, 0)
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
func (b *beyond) change(r *row, gone, come []int32) int64 {
	if b == nil || !r.judged || len(gone)+len(come) == 0 {
		return 0
	}
	before := b.cost()
	b.judging.Change(r.operator.ID, b.assigned(r, gone), b.assigned(r, come))
	return b.cost() - before
}

func (b *beyond) assigned(r *row, options []int32) (all []roster.Assignment) {
	for _, o := range options {
		all = append(all, b.model.usual(r, o))
	}
	return all
}

// allow takes out of a choice, which comes on top of the row as it stands, what
// would break a hard rule more: again and again the option without which the
// rest breaks the least. It says whether it could.
func (b *beyond) allow(r *row, choice []int32) bool {
	if b == nil || !r.judged {
		return true
	}
	var left []int // positions in choice
	options := func(at ...int) (all []roster.Assignment) {
		for _, i := range at {
			all = append(all, b.model.usual(r, choice[i]))
		}
		return all
	}
	for i, o := range choice {
		if o >= 0 {
			left = append(left, i)
		}
	}
	id, most := r.operator.ID, b.judging.Score().Hard
	b.judging.Change(id, nil, options(left...))
	for len(left) > 0 && b.judging.Score().Hard > most {
		worst, least := 0, int64(-1)
		for i, at := range left {
			b.judging.Change(id, options(at), nil)
			if hard := b.judging.Score().Hard; least < 0 || hard < least {
				worst, least = i, hard
			}
			b.judging.Change(id, nil, options(at))
		}
		b.judging.Change(id, options(left[worst]), nil)
		choice[left[worst]] = -1
		left = slices.Delete(left, worst, worst+1)
	}
	allowed := b.judging.Score().Hard <= most
	b.judging.Change(id, options(left...), nil)
	return allowed
}
