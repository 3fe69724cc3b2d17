package roster

import "slices"

// Verdict is everything that there is to say of a roster.
type Verdict struct {
	Score    Score    `json:"score"`
	Breaches []Breach `json:"breaches" nullable:"false"`
	Changes  []Breach `json:"changes,omitempty" nullable:"false" doc:"Days on which operators have other shifts than published, and who must be told: no breaches, but what they cost is in the score."`
	Coverage Coverage `json:"coverage"`
	Pay      int64    `json:"pay,omitempty" doc:"What the shifts are paid without overtime, in hundredths of the currency, if the team's pay_weight makes it part of the score."`
}

// Judge returns the score, every breach and the coverage of the assignments.
// Their order does not matter. Breaches of carried assignments alone are
// another roster's and are not reported.
func Judge(p Problem, assignments []Assignment) Verdict {
	return NewJudging(p, assignments).Verdict()
}

// rowRules are what every row is held against by itself, under the names that
// NewJudgingWithout knows them by.
var rowRules = []rowRule{
	{RuleSkill, skill}, {RuleAvailability, availability}, {RuleShiftLength, lawful}, {RuleOneShift, oneShift}, {RuleDailyRest, dailyRest},
	{RuleWeeklyRest, weeklyRest}, {RuleHours, hoursPerWeek}, {RuleAverage, averageWeek}, {RuleRun, consecutiveDays}, {RuleShort, hoursShort},
	{RuleCounts, counts}, {RuleBreak, breaks}, {RuleNotice, notice}, {RuleWish, wishes}, {RuleFairness, fairness}, {RulePay, paid},
	{RuleChanges, changed},
}

type rowRule struct {
	name string
	find func(*row) []finding
}

// finding is a breach whose sentence is not written yet: the search for better
// rosters asks a million times for the cost and never for the words.
type finding struct {
	Breach
	say func() Text
}

// told writes the sentence.
func (f finding) told() Breach {
	f.Sentence = f.say()
	return f.Breach
}

// score sums findings up.
func score(all []finding) (s Score) {
	for i := range all {
		s = s.plus(all[i].Breach)
	}
	return s
}

// Judging is a roster under the judge's eye: its score is kept up to date while
// assignments come and go, row by row and interval by interval.
type Judging struct {
	facts    *facts
	rules    []rowRule
	covers   bool // coverage is judged too
	position map[ID]int
	rows     []judged
	joint    []joint
	score    Score // without coverage
	coverage Coverage
	crew     *crew
}

// judged is a row and what is wrong with it.
type judged struct {
	row
	findings []finding
	score    Score
}

// joint is a rule that no row decides alone.
type joint interface {
	// change notes that the operator's shift has come, or with sign -1 gone.
	change(operator int, w worked, sign int)
	cost() int64
	findings() []finding
}

// NewJudging judges the assignments. Those of nobody in the team count for
// nothing: there is no contract to judge them by.
func NewJudging(p Problem, assignments []Assignment) *Judging {
	return newJudging(p, assignments, rowRules, true)
}

// NewJudgingWithout judges the assignments by all rules but those named, and
// without coverage: it is for who sees to these. RuleShiftLength stands for
// RuleNights too, RuleAvailability for RuleTimeOff, and RuleCounts for every Rule.
func NewJudgingWithout(p Problem, assignments []Assignment, names ...string) *Judging {
	rules := slices.DeleteFunc(slices.Clone(rowRules), func(r rowRule) bool { return slices.Contains(names, r.name) })
	return newJudging(p, assignments, rules, false)
}

func newJudging(p Problem, assignments []Assignment, rules []rowRule, covers bool) *Judging {
	j := &Judging{facts: newFacts(p, spanning(assignments)), rules: rules, covers: covers, position: map[ID]int{}}
	if covers {
		j.crew, j.coverage = newCrew(p), emptyCoverage(p)
	}
	j.rows = make([]judged, len(p.Team.Operators))
	for i := range p.Team.Operators {
		j.rows[i].row = *j.facts.newRow(&p.Team.Operators[i])
		j.position[p.Team.Operators[i].ID] = i
	}
	for _, a := range p.Told {
		if i, known := j.position[a.Operator]; known {
			j.rows[i].told = append(j.rows[i].told, a)
		}
	}
	for i := range j.rows {
		j.rows[i].stand()
	}
	j.joint = j.facts.joints(j.rows)
	for _, a := range p.Carried {
		if s := spanOf(a.Shift); s.to > j.facts.around.from && s.from < j.facts.around.to {
			j.place(a, false)
		}
	}
	for _, a := range assignments {
		j.place(a, true)
	}
	for i := range j.rows {
		j.judge(i)
	}
	if covers {
		for t := range p.Demand.Grid.N {
			j.coverage.distribute(t, j.crew)
		}
	}
	return j
}

// spanning is from the first start to the last end.
func spanning(assignments []Assignment) (s span) {
	for i, a := range assignments {
		one := spanOf(a.Shift)
		if i == 0 {
			s = one
		}
		s = span{min(s.from, one.from), max(s.to, one.to)}
	}
	return s
}

// Add puts one assignment more into the roster.
func (j *Judging) Add(a Assignment) { j.Change(a.Operator, nil, []Assignment{a}) }

// Remove takes an assignment out, the one of the same operator, template and
// shift, and says whether it was there.
func (j *Judging) Remove(a Assignment) bool { return j.Change(a.Operator, []Assignment{a}, nil) }

// Change takes assignments of an operator out and puts others in, and says
// whether all that should go were there.
func (j *Judging) Change(operator ID, gone, come []Assignment) bool {
	i, known := j.position[operator]
	if !known {
		return len(gone) == 0
	}
	if s := spanning(come); len(come) > 0 && (s.from < j.facts.around.from || s.to > j.facts.around.to) {
		*j = *newJudging(j.facts.problem, append(j.Assignments(), come...), j.rules, j.covers)
		come = nil
	}
	all := true
	for _, a := range gone {
		w, there := j.rows[i].remove(a)
		if !there {
			all = false
			continue
		}
		j.note(i, w.Assignment, w, -1)
	}
	for _, a := range come {
		j.place(a, true)
	}
	j.judge(i)
	if j.covers {
		j.touch(gone)
		j.touch(come)
	}
	return all
}

// place adds the assignment to its row, and notes it.
func (j *Judging) place(a Assignment, own bool) {
	if i, known := j.position[a.Operator]; known {
		w := j.rows[i].work(a, own)
		j.rows[i].add(w)
		j.note(i, a, w, 1)
	}
}

// note tells the crew and the joint rules that a shift has come, or gone.
func (j *Judging) note(i int, a Assignment, w worked, sign int) {
	if j.covers {
		j.crew.put(a, int64(sign))
	}
	for _, one := range j.joint {
		one.change(i, w, sign)
	}
}

// judge holds row i against its rules.
func (j *Judging) judge(i int) {
	r := &j.rows[i]
	j.score = j.score.less(r.score)
	r.noteWeeks()
	r.findings = r.findings[:0]
	for _, rule := range j.rules {
		r.findings = append(r.findings, rule.find(&r.row)...)
	}
	r.score = score(r.findings)
	j.score = j.score.add(r.score)
}

// touch distributes the intervals of the shifts anew.
func (j *Judging) touch(assignments []Assignment) {
	for _, a := range assignments {
		for t, to := j.coverage.Grid.Range(a.Shift); t < to; t++ {
			j.coverage.distribute(t, j.crew)
		}
	}
}

// Score is the score of the roster as it stands.
func (j *Judging) Score() Score {
	s := j.score
	for _, one := range j.joint {
		s.Soft += one.cost()
	}
	s.Soft += j.coverage.cost
	return s
}

// Verdict says all there is to say of the roster as it stands.
func (j *Judging) Verdict() Verdict {
	v := Verdict{Score: j.Score(), Breaches: []Breach{}, Coverage: j.coverage.clone()}
	for i := range j.rows {
		for _, f := range j.rows[i].findings {
			switch f.Rule {
			case RulePay:
				v.Pay += f.Amount
			case RuleChanges:
				v.Changes = append(v.Changes, f.told())
			default:
				v.Breaches = append(v.Breaches, f.told())
			}
		}
	}
	for _, one := range j.joint {
		for _, f := range one.findings() {
			v.Breaches = append(v.Breaches, f.told())
		}
	}
	return v
}

// Assignments returns the roster, by operator and start.
func (j *Judging) Assignments() (all []Assignment) {
	for i := range j.rows {
		for _, w := range j.rows[i].shifts {
			if w.own {
				all = append(all, w.Assignment)
			}
		}
	}
	return slices.Clip(all)
}
