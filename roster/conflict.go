package roster

import "slices"

// Conflict is a set of assignments of one operator that no legal roster can
// hold together, and from which none can be left out: any other than all of
// them would be legal.
type Conflict struct {
	Operator    ID           `json:"operator"`
	Assignments []Assignment `json:"assignments" nullable:"false"`
	Breaches    []Breach     `json:"breaches" nullable:"false" doc:"What they break together."`
}

// Conflicts finds sets of pinned assignments that contradict rules or one
// another, of each operator sets that share no assignment: minimal ones, by
// leaving out one assignment after the other while the rest still contradict
// (a deletion filter; Chinneck and Dravnieks, ORSA Journal on Computing 3, 1991).
// What a roster lacks, such as hours, is not a contradiction of pins.
func Conflicts(p Problem, pinned []Assignment) []Conflict {
	conflicts := []Conflict{}
	for _, o := range p.Team.Operators {
		alone := p
		o.Rules = unmendable(o.Rules)
		alone.Team.Rules, alone.Team.Operators = unmendable(p.Team.Rules), []Operator{o}
		of := func(all []Assignment) []Assignment {
			return slices.DeleteFunc(slices.Clone(all), func(a Assignment) bool { return a.Operator != o.ID })
		}
		alone.Carried = of(p.Carried)
		mine := of(pinned)
		for contradicts(alone, mine) != nil {
			set := slices.Clone(mine)
			for i := len(set) - 1; i >= 0; i-- {
				if rest := slices.Delete(slices.Clone(set), i, i+1); contradicts(alone, rest) != nil {
					set = rest
				}
			}
			conflicts = append(conflicts, Conflict{Operator: o.ID, Assignments: set, Breaches: contradicts(alone, set)})
			if len(set) == 0 { // what was carried in contradicts by itself
				break
			}
			mine = slices.DeleteFunc(mine, func(a Assignment) bool {
				return slices.ContainsFunc(set, func(b Assignment) bool { return a.Template == b.Template && a.Shift.Equal(b.Shift) })
			})
		}
	}
	return conflicts
}

// contradicts is the hard breaches of which the assignments make more than nothing
// at all would.
func contradicts(p Problem, assignments []Assignment) (breaches []Breach) {
	without := map[string]int64{}
	for _, b := range Judge(p, nil).Breaches {
		if b.Hard {
			without[b.Rule] += b.Cost
		}
	}
	with := map[string]int64{}
	all := Judge(p, assignments).Breaches
	for _, b := range all {
		if b.Hard {
			with[b.Rule] += b.Cost
		}
	}
	for _, b := range all {
		if b.Hard && with[b.Rule] > without[b.Rule] {
			breaches = append(breaches, b)
		}
	}
	return breaches
}

// unmendable leaves of rules what no further shift could put right: work that is
// too much, free time that is too short. A run of free days that is too short
// could be filled up, of a sequence with days off nobody can say, and between the
// shifts of a succession another might lie.
func unmendable(rules []Rule) (kept []Rule) {
	for _, b := range rules {
		bound := bind(b, Text{})
		switch {
		case b.Count == CountSequence && slices.ContainsFunc(bound.steps, func(step []string) bool { return slices.Contains(step, StepOff) }):
			b.Least, b.Most = nil, nil
		case bound.off() && b.Per == PerRun, b.Count == CountSuccession:
			b.Least, b.Most = nil, nil
		case bound.off(), b.Count == CountGap:
			b.Most = nil
		default:
			b.Least = nil
		}
		if b.Least != nil || b.Most != nil {
			kept = append(kept, b)
		}
	}
	return kept
}
