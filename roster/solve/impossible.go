package solve

import (
	"fmt"
	"math"
	"strings"
)

// impossible says that no row keeps all rules of an operator, and which of them
// it would be enough to drop, each alone.
func (p *programs) impossible(r *row) error {
	p.costs = grown(p.costs, len(r.options))
	clear(p.costs)
	var frees []string
	whole := r.shape
	defer func() { r.shape = whole }()
	for _, way := range []struct {
		rule string
		drop func(*shape)
	}{
		{"the least time over the horizon", func(s *shape) { s.least = 0 }},
		{"the least days worked on end", func(s *shape) { s.leastRun = 1 }},
		{"the least days off on end", func(s *shape) { s.leastOff = 1 }},
		{"the most weekends", func(s *shape) { s.weekends = math.MaxInt16 }},
		{"the most days worked on end", func(s *shape) { s.mostRun = len(r.days) }},
		{"the most time over the horizon", func(s *shape) { s.most = math.MaxInt32 }},
	} {
		without := *whole
		way.drop(&without)
		r.shape = &without
		p.stints.counting(r, nil, nil)
		p.stints.fill(0, len(r.days), p.costs)
		if _, _, ok := p.stints.best(without.whole(r)); ok {
			frees = append(frees, way.rule)
		}
	}
	if len(frees) == 0 {
		return fmt.Errorf("operator %q has no row that keeps all rules, nor without any single one", r.operator.Name)
	}
	return fmt.Errorf("operator %q has no row that keeps all rules; there is one without %s", r.operator.Name, strings.Join(frees, ", or without "))
}
