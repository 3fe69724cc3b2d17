package roster

import (
	"errors"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Break is a pause that belongs to a shift template. It is taken once, within
// a window of the shift. Who is on a break that is placed (Assignment.Breaks) is
// not there; as long as it is not placed, the shift covers all of its time. So
// breaks that are planned are no shrinkage.
type Break struct {
	Length calendars.Duration `json:"length"`
	From   calendars.Duration `json:"from" doc:"It starts this long after the shift's start at the earliest."`
	To     calendars.Duration `json:"to" doc:"It is over this long after the shift's start at the latest."`
	Paid   bool               `json:"paid,omitempty"`
}

// check returns every fault of the break, joined.
func (b Break) check() error {
	return errors.Join(
		expect(b.Length.Duration >= 5*time.Minute && b.Length.Duration <= 4*time.Hour, "length: %s is not possible: expected 5m to 4h", b.Length),
		expect(b.From.Duration >= 0, "from: %s is not possible: expected 0m or more", b.From),
		expect(b.To.Duration-b.From.Duration >= b.Length.Duration, "from %s to %s: expected room for %s", b.From, b.To, b.Length),
	)
}

// Worked is how long a shift is without the unpaid breaks of its template.
func (t Team) Worked(a Assignment) time.Duration {
	template, _ := t.Template(a.Template)
	worked := a.Shift.Duration()
	for _, b := range template.Breaks {
		if !b.Paid {
			worked -= b.Length.Duration
		}
	}
	return worked
}

// BreakRule is what a law asks of a shift above a length: so much break, in
// blocks of at least so much, and no longer stretch without one.
type BreakRule struct {
	Above   calendars.Duration `json:"above"`
	Least   calendars.Duration `json:"least"`
	Block   calendars.Duration `json:"block,omitempty"`
	Stretch calendars.Duration `json:"stretch,omitempty"`
}

// pausing is a law's break rule and who sets it.
type pausing struct {
	above, least, block, stretch int64 // minutes; no stretch if 0
	limit                        Limit
}

// pausing lists the law's rules about breaks.
func (l Law) pausing() (all []pausing) {
	for _, r := range l.Rules {
		if b := r.Breaks; b != nil {
			all = append(all, pausing{minutesPer(b.Above), minutesPer(b.Least), minutesPer(b.Block), minutesPer(b.Stretch), Limit{Because: l.Cited(r.Article)}})
		}
	}
	return all
}

// breaks finds shifts with too little break, or too long a stretch without one.
// It is judged where breaks are planned: placed in the assignment, or given by
// its template, whose windows then count by their lengths alone.
func breaks(r *row) (breaches []finding) {
	for _, rule := range r.pausing {
		for i := range r.shifts {
			if w := &r.shifts[i]; w.own && w.to-w.from > rule.above {
				breaches = append(breaches, r.paused(rule, w)...)
			}
		}
	}
	return breaches
}

// paused holds one shift against a rule about breaks.
func (r *row) paused(rule pausing, w *worked) (breaches []finding) {
	pauses, placed := r.pauses(w)
	if len(pauses) == 0 {
		return nil
	}
	shift, total, limit := w.span, int64(0), rule.limit
	for _, p := range pauses {
		if p.to-p.from >= rule.block {
			total += p.to - p.from
		}
	}
	if total < rule.least {
		breaches = append(breaches, r.broken(RuleBreak, rule.least-total, func() Text {
			return say(Text{"%s has %s of break at %s; %s asks for %s", "%s имеет перерыв %s в смену %s; %s требует %s", "%s има почивка %s в смяната %s; %s изисква %s"},
				r.operator.Name, minutes(total), r.when(shift), limit.Because, minutes(rule.least))
		}, shift).by(limit))
	}
	if stretch := longestStretch(shift, pauses); placed && rule.stretch > 0 && stretch > rule.stretch {
		breaches = append(breaches, r.broken(RuleBreak, stretch-rule.stretch, func() Text {
			return say(Text{"%s works %s without a break at %s; %s allows %s", "%s работает %s без перерыва в смену %s; %s допускает %s", "%s работи %s без почивка в смяната %s; %s допуска %s"},
				r.operator.Name, minutes(stretch), r.when(shift), limit.Because, minutes(rule.stretch))
		}, shift).by(limit))
	}
	return breaches
}

// pauses are the breaks of a shift: those placed, or those of its template.
func (r *row) pauses(w *worked) (all []span, placed bool) {
	for _, b := range w.Breaks {
		all = append(all, spanOf(b).part(w.span))
	}
	if len(all) > 0 {
		return all, true
	}
	template, _ := r.problem.Team.Template(w.Template)
	for _, b := range template.Breaks {
		all = append(all, span{w.from + minutesPer(b.From), w.from + minutesPer(b.From) + minutesPer(b.Length)})
	}
	return all, false
}

// longestStretch is the longest part of a shift without a break. Breaks are in order.
func longestStretch(shift span, pauses []span) (longest int64) {
	since := shift.from
	for _, p := range pauses {
		longest = max(longest, p.from-since)
		since = max(since, p.to)
	}
	return max(longest, shift.to-since)
}

// MostStretch is how long the law lets the operator work without a break in a
// shift of so many minutes, where its breaks are planned; 0 if it does not say.
func (o Operator) MostStretch(shift int64) (most int64) {
	law, protected := o.law()
	if !protected {
		return 0
	}
	for _, rule := range law.pausing() {
		if rule.stretch > 0 && shift > rule.above && (most == 0 || rule.stretch < most) {
			most = rule.stretch
		}
	}
	return most
}

// PausesLawfully says whether the breaks of an operator's shift, as they are placed
// or else as its template has them, are what the law asks for.
func (t Team) PausesLawfully(o Operator, a Assignment) bool {
	law, protected := o.law()
	if !protected {
		return true
	}
	r := &row{facts: &facts{problem: Problem{Team: t}}, operator: &o, pausing: law.pausing()}
	r.shifts = []worked{{Assignment: a, span: spanOf(a.Shift), own: true}}
	return len(breaks(r)) == 0
}
