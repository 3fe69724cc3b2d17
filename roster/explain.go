package roster

import (
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// Cause says why a queue misses operators in one interval.
type Cause struct {
	Queue    string             `json:"queue"`
	Interval calendars.Interval `json:"interval"`
	Missing  float64            `json:"missing" doc:"Operators missing."`
	Reasons  []Reason           `json:"reasons" nullable:"false" doc:"What those with the skill do instead; each is in one of them."`
	Sentence Text               `json:"sentence" doc:"For people, on the team's clock."`
}

// Reason is what some of those with the skill do in an uncovered interval.
type Reason struct {
	Why       string   `json:"why" enum:"working,break,no-template,time-off,unavailable,unlawful,unlawful-breaks,notice,overlapping,daily-rest,weekly-rest,hours-per-week,hours-per-month,average-week,consecutive-days,rule,free,counted"`
	Operators int      `json:"operators"`
	Names     []string `json:"names,omitempty" nullable:"false" doc:"Of those who are free, or counted."`
}

// Reasons why an operator with the skill does not help, from the plainest to
// the most accidental. Where several shifts would reach the interval, each
// barred for its own reason, the last of these is given: the shift that came
// closest. "free" is no bar at all: the solver found no roster that is better
// with it, or was stopped before.
const (
	WhyWorking     = "working"
	WhyBreak       = RuleBreak // of a shift of theirs
	WhyNoTemplate  = "no-template"
	WhyTimeOff     = RuleTimeOff // then, or in a shift that reaches the interval
	WhyUnavailable = "unavailable"
	WhyUnlawful    = "unlawful"        // a shift that reaches the interval is too long for them, or at night
	WhyPauses      = "unlawful-breaks" // of a shift that reaches the interval
	WhyNotice      = RuleNotice        // a shift that reaches the interval has begun, or begins within their notice
	WhyOverlap     = "overlapping"     // a shift that reaches the interval would overlap one of theirs
	WhyDailyRest   = RuleDailyRest
	WhyWeeklyRest  = RuleWeeklyRest
	WhyHours       = RuleHours
	WhyMonth       = "hours-per-month" // of the contract
	WhyAverage     = RuleAverage       // over the law's period
	WhyRun         = RuleRun
	WhyRule        = "rule" // of the team, the contract or the law, over a window of time
	WhyFree        = "free"
	WhyCounted     = "counted" // free, where Impossible has everybody work who can
)

// whys is the order of the constants; a smaller index is plainer.
var whys = []string{WhyWorking, WhyBreak, WhyNoTemplate, WhyTimeOff, WhyUnavailable, WhyUnlawful, WhyPauses, WhyNotice, WhyOverlap, WhyDailyRest, WhyWeeklyRest, WhyHours, WhyMonth, WhyAverage, WhyRun, WhyRule, WhyFree, WhyCounted}

// Explain returns a cause for each queue and interval that the assignments
// leave uncovered, by interval and then in the order of the demand. Operators
// are counted who have the queue's skill: each once, with the one reason that
// keeps them from covering the interval. None at all means that nobody has it.
func Explain(p Problem, assignments []Assignment) []Cause {
	coverage := Cover(p, assignments)
	uncovered := make([]bool, p.Demand.Grid.N)
	for _, q := range coverage.Queues {
		for t, missing := range q.Missing {
			uncovered[t] = uncovered[t] || missing > 0
		}
	}
	rows := NewJudging(p, assignments).rows
	reasons := make([][]int, len(rows))
	for i := range rows {
		reasons[i] = rows[i].reasons(p, uncovered)
	}
	causes := []Cause{}
	for t := range p.Demand.Grid.N {
		for q := range coverage.Queues {
			if missing := coverage.Queues[q].Missing[t]; missing > 0 {
				causes = append(causes, p.cause(q, t, missing, rows, reasons))
			}
		}
	}
	return causes
}

// cause collects the reasons of those who have the skill of queue q.
func (p Problem) cause(q, t int, missing float64, rows []judged, reasons [][]int) Cause {
	queue := p.Demand.Queues[q]
	c := Cause{Queue: queue.Queue, Interval: p.Demand.Grid.Interval(t), Missing: missing, Reasons: []Reason{}}
	count, free := make([]int, len(whys)), []string(nil)
	for i := range rows {
		r := &rows[i]
		if !r.operator.Has(queue.Skill) {
			continue
		}
		why := reasons[i][t]
		count[why]++
		if whys[why] == WhyFree || whys[why] == WhyCounted {
			free = append(free, r.operator.Name)
		}
	}
	for why, n := range count {
		if n > 0 {
			c.Reasons = append(c.Reasons, Reason{Why: whys[why], Operators: n})
		}
	}
	if n := len(c.Reasons); n > 0 && free != nil {
		c.Reasons[n-1].Names = free
	}
	c.Sentence = c.sentence(queue.Required[t], queue.Skill, p.Team.Zone)
	return c
}

// reasons returns, per uncovered interval, the position in whys of what keeps
// the operator of the row from covering it.
func (r *row) reasons(p Problem, uncovered []bool) []int {
	grid := p.Demand.Grid
	reasons := make([]int, grid.N)
	for t := range reasons {
		reasons[t] = slices.Index(whys, WhyNoTemplate)
	}
	for _, a := range p.Team.Occurrences(*r.operator, grid.Span()) {
		from, to := grid.Range(a.Shift)
		if !slices.Contains(uncovered[from:to], true) {
			continue
		}
		why := slices.Index(whys, r.bar(a))
		for t := from; t < to; t++ {
			reasons[t] = max(reasons[t], why)
		}
	}
	mark := func(i calendars.Interval, why string) {
		for from, to := grid.Range(i); from < to; from++ {
			reasons[from] = slices.Index(whys, why)
		}
	}
	for _, off := range r.operator.TimeOff {
		mark(off.Interval(r.operator.Zone), WhyTimeOff)
	}
	for _, w := range r.shifts {
		mark(w.Shift, WhyWorking)
		for _, pause := range w.Breaks {
			mark(pause, WhyBreak)
		}
	}
	return reasons
}

// bar returns what forbids the shift to the operator of the row beside their
// other shifts, or WhyFree.
func (r *row) bar(a Assignment) string {
	if r.operator.onTimeOff(a.Shift) {
		return WhyTimeOff
	}
	if !r.operator.offersItself(a.Shift) {
		return WhyUnavailable
	}
	if !r.operator.Lawful(a.Shift) {
		return WhyUnlawful
	}
	if r.tooLate(minuteOf(a.Shift.Start)) {
		return WhyNotice
	}
	with := r.with(a)
	for _, check := range []struct {
		rule func(*row) []finding
		why  string
	}{
		{breaks, WhyPauses}, {oneShift, WhyOverlap}, {dailyRest, WhyDailyRest}, {weeklyRest, WhyWeeklyRest}, {hoursPerWeek, WhyHours}, {hoursPerMonth, WhyMonth}, {averageWeek, WhyAverage}, {consecutiveDays, WhyRun}, {counts, WhyRule},
	} {
		if score(check.rule(&with)).Hard == 0 {
			continue
		}
		if check.why == WhyOverlap {
			return r.swapped(a)
		}
		return check.why
	}
	if r.overcounts(a) {
		return WhyRule
	}
	return WhyFree
}

// hoursPerMonth finds calendar months with more time than the contract allows.
func hoursPerMonth(r *row) []finding {
	alone := *r
	alone.rules = nil
	for _, b := range r.operator.Contract.months(0) {
		if b.Most != nil {
			alone.rules = append(alone.rules, bind(b, contractSays))
		}
	}
	return counts(&alone)
}

// swapped returns what would forbid the shift in the place of those that it
// overlaps; WhyOverlap if only they do.
func (r *row) swapped(a Assignment) string {
	without := r.instead(a)
	if why := WhyFree; len(without.shifts) < len(r.shifts) {
		if why = without.bar(a); why != WhyFree {
			return why
		}
	}
	return WhyOverlap
}

// instead is the row without those of its own shifts that a shift overlaps.
func (r *row) instead(a Assignment) row {
	without := *r
	without.shifts = slices.DeleteFunc(slices.Clone(r.shifts), func(w worked) bool { return w.own && w.Shift.Overlaps(a.Shift) })
	without.weeks = nil
	without.noteWeeks()
	return without
}

// overcounts says whether the shift would break rules over the horizon, which
// count the roster's own shifts alone.
func (r *row) overcounts(a Assignment) bool {
	with := *r
	with.shifts = slices.Clone(r.shifts)
	with.add(r.work(a, true))
	with.weeks = nil
	with.noteWeeks()
	return score(counts(&with)).Hard > score(counts(r)).Hard
}

// with is the row and one shift more, the only one that counts as this
// roster's own: rules report only breaches in which it takes part.
func (r *row) with(a Assignment) row {
	with := *r
	with.shifts = slices.Clone(r.shifts)
	for i := range with.shifts {
		with.shifts[i].own = false
	}
	with.add(r.work(a, true))
	with.weeks = nil
	with.noteWeeks()
	return with
}
