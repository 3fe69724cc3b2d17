package roster

import (
	"errors"
	"slices"
)

// Pair ties operators together, or keeps them apart: a trainee works beside a
// senior, and two who share a flat never at once.
type Pair struct {
	Kind      string   `json:"kind" enum:"together,apart"`
	Operators []string `json:"operators" nullable:"false" doc:"By name: those whose shifts it is about."`
	With      []string `json:"with" nullable:"false" doc:"By name: one of whom must be there too, or none."`
	Weight    int64    `json:"weight" minimum:"1" maximum:"1000" doc:"What a minute otherwise costs, in minutes of an operator who is there for nothing."`
}

// Kinds of pair.
const (
	Together = "together"
	Apart    = "apart"
)

// check returns every fault of the pair, joined.
func (p Pair) check(t Team) error {
	return errors.Join(
		expect(p.Kind == Together || p.Kind == Apart, "kind: %q is not possible: expected together or apart", p.Kind),
		within("operators", t.known(p.Operators)),
		within("with", t.known(p.With)),
		expect(!slices.ContainsFunc(p.Operators, func(name string) bool { return slices.Contains(p.With, name) }), "with: expected nobody out of operators"),
		expect(p.Weight >= 1 && p.Weight <= 1000, "weight: %d is not possible: expected 1 to 1000", p.Weight),
	)
}

// pair counts the minutes that are not as asked for.
type pair struct {
	*Pair
	rows        []judged
	those, with []int
	total       int64
	stale       bool
}

func newPair(p *Pair, rows []judged) *pair {
	return &pair{Pair: p, rows: rows, those: positionsOf(rows, p.Operators), with: positionsOf(rows, p.With)}
}

func (p *pair) change(operator int, _ worked, _ int) {
	p.stale = p.stale || slices.Contains(p.those, operator) || slices.Contains(p.with, operator)
}

func (p *pair) cost() int64 {
	if p.stale {
		p.stale, p.total = false, score(p.findings()).Soft
	}
	return p.total
}

// findings are the shifts with minutes that are not as asked for.
func (p *pair) findings() (breaches []finding) {
	for _, i := range p.those {
		r := &p.rows[i].row
		breaches = append(breaches, r.each(func(w *worked) bool { return p.amiss(w.span) > 0 }, func(w worked) finding {
			amount := p.amiss(w.span)
			return r.missed(RulePair, amount, "minutes", p.Weight, func() Text {
				what := Text{"without any of", "без", "без"}
				if p.Kind == Apart {
					what = Text{"together with one of", "вместе с", "заедно с"}
				}
				return say(Text{"%s works %s of %s %s %s", "%s работает %s, %s, %s: %s", "%s работи %s, %s, %s: %s"},
					r.operator.Name, minutes(amount), r.when(w.span), what, few(p.With, orMore))
			}, w.span)
		})...)
	}
	return breaches
}

// amiss is how much of a shift is not as asked for.
func (p *pair) amiss(s span) int64 {
	var there []span
	for _, i := range p.with {
		for _, w := range p.rows[i].shifts {
			if w.overlap(s) > 0 {
				there = append(there, w.part(s))
			}
		}
	}
	slices.SortFunc(there, func(a, b span) int { return int(a.from - b.from) })
	covered, reached := int64(0), s.from
	for _, one := range there {
		covered += max(0, one.to-max(reached, one.from))
		reached = max(reached, one.to)
	}
	if p.Kind == Apart {
		return covered
	}
	return s.to - s.from - covered
}
