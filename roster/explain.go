package roster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/smena-wfm/smena/calendars"
)

// Cause says why operators are missing in one interval of one queue.
type Cause struct {
	Queue    string             `json:"queue"`
	Interval calendars.Interval `json:"interval"`
	Missing  float64            `json:"missing" doc:"Operators."`
	Reasons  []Reason           `json:"reasons" nullable:"false"`
	Sentence string             `json:"sentence"`
}

// Reason is why so many of those who have the skill are not there.
type Reason struct {
	What      string `json:"what"`
	Operators int    `json:"operators"`
}

// What can keep an operator from an interval, as reasons say it.
const (
	whyWorking     = "working already"
	whyUnreachable = "with no shift template that reaches it from within the roster"
	whyFree        = "free to work, at the cost of more overstaffing elsewhere"
)

// whyRules says in words which rule keeps an operator away.
var whyRules = map[string]string{
	RuleTimeOff: "on time off", RuleAvailability: "not available", RuleOneShift: "on a shift that overlaps", RuleDailyRest: "resting between shifts",
	RuleWeeklyRest: "in need of their weekly rest", RuleHours: "at their hours of the week", RuleRun: "at their longest run of days",
}

// Explain returns one cause for each interval and queue that is not covered,
// by queue, then time.
func Explain(p Problem, assignments []Assignment) []Cause {
	coverage := Cover(p, assignments)
	x := explainer{p: p, rows: rowsOf(p, assignments), verdicts: map[verdictKey]string{}}
	causes := []Cause{}
	for q, queue := range coverage.Queues {
		for t, missing := range queue.Missing {
			if missing > 0 {
				causes = append(causes, x.cause(q, t, missing))
			}
		}
	}
	return causes
}

// explainer tries every shift that could reach an interval. Most intervals
// share their shifts with their neighbours, so verdicts are kept.
type explainer struct {
	p        Problem
	rows     []row
	verdicts map[verdictKey]string
}

type verdictKey struct {
	operator   ID
	start, end int64
}

// cause counts why those who have the skill are not there.
func (x *explainer) cause(q, t int, missing float64) Cause {
	queue := x.p.Demand.Queues[q]
	c := Cause{Queue: queue.Queue, Interval: x.p.Demand.Grid.Interval(t), Missing: missing, Reasons: []Reason{}}
	able := 0
	for _, r := range x.rows {
		if !r.operator.Has(queue.Skill) {
			continue
		}
		able++
		why := x.why(r, c.Interval)
		i := slices.IndexFunc(c.Reasons, func(r Reason) bool { return r.What == why })
		if i < 0 {
			i = len(c.Reasons)
			c.Reasons = append(c.Reasons, Reason{What: why})
		}
		c.Reasons[i].Operators++
	}
	slices.SortStableFunc(c.Reasons, func(a, b Reason) int { return b.Operators - a.Operators })
	c.Sentence = sentence(c, able)
	return c
}

func sentence(c Cause, able int) string {
	if able == 0 {
		return fmt.Sprintf("%g missing: nobody has the skill", c.Missing)
	}
	var parts []string
	for _, r := range c.Reasons {
		parts = append(parts, fmt.Sprintf("%d %s", r.Operators, r.What))
	}
	return fmt.Sprintf("%g missing; of %d with the skill: %s", c.Missing, able, strings.Join(parts, ", "))
}

// why says what keeps the operator from the interval: the mildest of what
// keeps them from the shifts that reach it.
func (x *explainer) why(r row, i calendars.Interval) string {
	if slices.ContainsFunc(r.shifts, func(w worked) bool { return w.Shift.Covers(i) }) {
		return whyWorking
	}
	why := whyUnreachable
	for _, template := range x.p.Team.Templates {
		zone := template.zone(x.p.Team.Zone, r.operator)
		today := calendars.DayOf(i.Start, zone)
		for _, d := range []calendars.Day{today.AddDays(-1), today} {
			shift := template.Shift(d, zone)
			if !d.OnWeekday(template.Weekdays) || !shift.Covers(i) || !x.p.Demand.Grid.Span().Contains(shift.Start) {
				continue
			}
			if why = x.verdict(r, template.Name, shift); why == whyFree {
				return why
			}
		}
	}
	return why
}

// verdict says which hard rule the shift would break.
func (x *explainer) verdict(r row, template string, shift calendars.Interval) string {
	key := verdictKey{r.operator.ID, shift.Start.Unix(), shift.End.Unix()}
	if why, known := x.verdicts[key]; known {
		return why
	}
	why := whyFree
	tried := row{r.operator, slices.Clone(r.shifts)}
	at, _ := slices.BinarySearchFunc(tried.shifts, shift, func(w worked, s calendars.Interval) int { return w.Shift.Start.Compare(s.Start) })
	tried.shifts = slices.Insert(tried.shifts, at, worked{Assignment{Operator: r.operator.ID, Template: template, Shift: shift}, true})
	for _, rule := range rules {
		breaches := rule(x.p, tried)
		if i := slices.IndexFunc(breaches, func(b Breach) bool { return b.Hard && b.span().Overlaps(shift) }); i >= 0 {
			why = whyRules[breaches[i].Rule]
			break
		}
	}
	x.verdicts[key] = why
	return why
}

// span is the time from the first to the last of what the breach is about.
func (b Breach) span() calendars.Interval {
	return calendars.Interval{Start: b.Shifts[0].Start, End: b.Shifts[len(b.Shifts)-1].End}
}
