package remedy

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// change is a way in which a manager could make the problem easier, not yet
// tried.
type change struct {
	kind     string
	operator string  // whom it asks, if anybody
	asks     string  // what of the operator, whoever it is
	template string  // that it offers, if any
	ask      int64   // what it is to ask for it, in paid minutes
	pays     float64 // hours that are paid whatever the roster
	says     roster.Text
	steps    []Step // of several changes at once
	make     func(p *roster.Problem)
}

// and is both changes.
func (c change) and(o change) change {
	steps := slices.Concat(c.split(), o.split())
	return change{
		kind: Together, ask: c.ask + o.ask, pays: c.pays + o.pays, says: sayTogether(steps), steps: steps,
		make: func(p *roster.Problem) { c.make(p); o.make(p) },
	}
}

// split are the changes that it is made of.
func (c change) split() []Step {
	if c.steps != nil {
		return c.steps
	}
	return []Step{{c.kind, c.operator, c.says}}
}

// Kinds of remedies.
const (
	Assign       = "assign" // nothing changes but the roster
	MoreHours    = "more-hours"
	Availability = "availability"
	Nights       = "nights"
	Rest         = "rest"
	Run          = "consecutive-days"
	Rule         = "rule"
	TimeOff      = "time-off"
	Template     = "template"
	Hire         = "hire"
	Together     = "together" // several of the others, none of which is enough
	Accept       = "accept"
)

// What it is to ask for something, beside the hours that it costs, in minutes
// that are paid: a manager would rather pay so much overtime than ask.
var asks = map[string]int64{
	MoreHours: 0, Availability: 240, Nights: 480, Rest: 480, Run: 480, Rule: 480, Template: 480, TimeOff: 960,
}

// changes are what could end a shortage: first what those with the skill could be asked.
func changes(p roster.Problem, s Shortage, assignments []roster.Assignment) (all []change) {
	skills := helping(p, s, assignments)
	barred := roster.Barred(p, assignments, s.worst)
	by, others := map[string]bool{}, []change(nil)
	for i, o := range p.Team.Operators {
		switch {
		case o.Has(skills[0]):
			all = append(all, ofOperator(p, s, i, barred[i])...)
		case slices.ContainsFunc(skills, o.Has):
			others = append(others, ofOperator(p, s, i, barred[i])...)
		default:
			continue
		}
		by[barred[i].Why] = true
	}
	all = append(all, others...)
	if by[roster.WhyNoTemplate] {
		all = append(all, template(p, s))
	}
	if by[roster.WhyRule] {
		all = append(all, rules(p)...)
	}
	return append(all, hire(p, s, skills[0], 20), hire(p, s, skills[0], 40))
}

// helping are the skills with which somebody more could end a shortage: the one that is
// missing, and those of queues from which others who are there could then change over.
func helping(p roster.Problem, s Shortage, assignments []roster.Assignment) []string {
	var there []roster.Operator
	for _, a := range assignments {
		if o, known := p.Team.Operator(a.Operator); known && a.Shift.Overlaps(p.Demand.Grid.Interval(s.worst)) {
			there = append(there, o)
		}
	}
	skills := []string{p.Demand.Queues[s.queue].Skill}
	for i := 0; i < len(skills); i++ {
		for _, o := range there {
			for _, q := range p.Demand.Queues {
				if o.Has(skills[i]) && o.Has(q.Skill) && q.Required[s.worst] > 0 && !slices.Contains(skills, q.Skill) {
					skills = append(skills, q.Skill)
				}
			}
		}
	}
	return skills
}

// ofOperator is what could be asked of an operator, given what keeps them.
func ofOperator(p roster.Problem, s Shortage, i int, bar roster.Bar) []change {
	o := p.Team.Operators[i]
	one := func(kind string, say func(roster.Operator) roster.Text, make func(o *roster.Operator)) []change {
		anybody := o
		anybody.Name = ""
		return []change{{kind: kind, operator: o.Name, asks: say(anybody).English, ask: asks[kind], says: say(o), make: func(p *roster.Problem) {
			p.Team.Operators = slices.Clone(p.Team.Operators)
			make(&p.Team.Operators[i])
		}}}
	}
	c := o.Contract
	switch bar.Why {
	case roster.WhyHours, roster.WhyMonth:
		week, month := time.Duration(bar.Week)*time.Minute, time.Duration(bar.Month)*time.Minute
		return one(MoreHours, func(o roster.Operator) roster.Text { return sayMore(o, week, month) }, func(o *roster.Operator) {
			o.Contract.MaxWeek.Duration += week
			o.Contract.MaxMonth.Duration += month
		})
	case roster.WhyUnavailable:
		return one(Availability, func(o roster.Operator) roster.Text { return sayAvailable(o, s.Interval) }, func(o *roster.Operator) {
			o.Availability = append(slices.Clone(o.Availability), openings(*o, s.Interval)...)
		})
	case roster.WhyTimeOff:
		given := givenUp(p, s, o)
		return one(TimeOff, func(o roster.Operator) roster.Text { return sayTimeOff(o, given) }, func(o *roster.Operator) {
			o.TimeOff = without(o.TimeOff, given)
		})
	case roster.WhyUnlawful:
		if o.NoNights {
			return one(Nights, sayNights, func(o *roster.Operator) { o.NoNights = false })
		}
	case roster.WhyDailyRest:
		const least = 11 * time.Hour // Directive 2003/88/EC Art. 3; the judge knows stricter laws
		if c.DailyRest.Duration > least {
			return one(Rest, func(o roster.Operator) roster.Text { return sayDailyRest(o, least) }, func(o *roster.Operator) {
				o.Contract.DailyRest.Duration = least
			})
		}
	case roster.WhyWeeklyRest:
		const least = 35 * time.Hour // Directive 2003/88/EC Art. 5
		if c.WeeklyRest.Duration > least {
			return one(Rest, func(o roster.Operator) roster.Text { return sayWeeklyRest(o, least) }, func(o *roster.Operator) {
				o.Contract.WeeklyRest.Duration = least
			})
		}
	case roster.WhyRun:
		return one(Run, sayRun, func(o *roster.Operator) { o.Contract.MaxConsecutiveDays++ })
	}
	return nil
}

// reaching are the shifts, allowed or not, that reach the interval which misses most.
func reaching(p roster.Problem, s Shortage, o roster.Operator) []roster.Assignment {
	return slices.DeleteFunc(p.Team.Occurrences(o, p.Demand.Grid.Span()), func(a roster.Assignment) bool {
		return !a.Shift.Overlaps(p.Demand.Grid.Interval(s.worst))
	})
}

// openings are windows of the days around an interval, on the operator's clock.
func openings(o roster.Operator, i calendars.Interval) (all []roster.Opening) {
	first, last := calendars.DayOf(i.Start, o.Zone).AddDays(-1), calendars.DayOf(i.End, o.Zone).Next()
	for d := first; !last.Before(d); d = d.Next() {
		all = append(all, roster.Opening{Weekdays: []calendars.Weekday{calendars.Weekday(d.Weekday())}})
	}
	return all
}

// givenUp are the days on which an operator would work in spite of time off: those of the
// stretch, and of the shortest shift that reaches the interval which misses most.
func givenUp(p roster.Problem, s Shortage, o roster.Operator) roster.TimeOff {
	start, end := s.Interval.Start, s.Interval.End
	if shifts := reaching(p, s, o); len(shifts) > 0 {
		shortest := slices.MinFunc(shifts, func(a, b roster.Assignment) int { return cmp.Compare(a.Shift.Duration(), b.Shift.Duration()) }).Shift
		start, end = slices.MinFunc([]time.Time{start, shortest.Start}, time.Time.Compare), slices.MaxFunc([]time.Time{end, shortest.End}, time.Time.Compare)
	}
	given := roster.TimeOff{First: calendars.DayOf(start, o.Zone), Last: calendars.DayOf(end.Add(-1), o.Zone)}
	off := func(d calendars.Day) bool {
		return slices.ContainsFunc(o.TimeOff, func(t roster.TimeOff) bool { return !d.Before(t.First) && !t.Last.Before(d) })
	}
	for given.First.Before(given.Last) && !off(given.First) {
		given.First = given.First.Next()
	}
	for given.First.Before(given.Last) && !off(given.Last) {
		given.Last = given.Last.AddDays(-1)
	}
	return given
}

// without is the time off that is left when days of it are worked.
func without(off []roster.TimeOff, given roster.TimeOff) (left []roster.TimeOff) {
	for _, t := range off {
		if t.Last.Before(given.First) || given.Last.Before(t.First) {
			left = append(left, t)
			continue
		}
		if t.First.Before(given.First) {
			left = append(left, roster.TimeOff{First: t.First, Last: given.First.AddDays(-1)})
		}
		if given.Last.Before(t.Last) {
			left = append(left, roster.TimeOff{First: given.Last.Next(), Last: t.Last})
		}
	}
	return left
}

// template is a new shift that starts with the shortage, on the team's clock.
func template(p roster.Problem, s Shortage) change {
	const length = 8 * 60 // minutes
	start := s.Interval.Start.In(p.Team.Zone.Location())
	from := start.Hour()*60 + start.Minute()
	one := roster.Template{Name: fmt.Sprintf("new %02d:%02d", from/60, from%60), Start: calendars.WallTime(from), End: calendars.WallTime((from + length) % (24 * 60))}
	return change{kind: Template, template: one.Name, ask: asks[Template], says: sayTemplate(one), make: func(p *roster.Problem) {
		p.Team.Templates = append(slices.Clone(p.Team.Templates), one)
	}}
}

// rules are the hard ones of the team and of operators, each left out.
func rules(p roster.Problem) (all []change) {
	for _, r := range p.Team.Rules {
		if r.Weight == 0 {
			all = append(all, change{kind: Rule, ask: asks[Rule], says: sayRule(r, ""), make: func(p *roster.Problem) {
				p.Team.Rules = dropped(p.Team.Rules, r)
			}})
		}
	}
	for at, o := range p.Team.Operators {
		for _, r := range o.Rules {
			if r.Weight == 0 {
				all = append(all, change{kind: Rule, operator: o.Name, asks: sayRule(r, "").English, ask: asks[Rule], says: sayRule(r, o.Name), make: func(p *roster.Problem) {
					p.Team.Operators = slices.Clone(p.Team.Operators)
					p.Team.Operators[at].Rules = dropped(p.Team.Operators[at].Rules, r)
				}})
			}
		}
	}
	return all
}

// dropped are rules without the first that is the same: others may be gone already.
func dropped(rules []roster.Rule, r roster.Rule) []roster.Rule {
	i := slices.IndexFunc(rules, func(o roster.Rule) bool { return reflect.DeepEqual(o, r) })
	if i < 0 {
		return rules
	}
	return slices.Delete(slices.Clone(rules), i, i+1)
}

// hire is one operator more with the skill, for so many hours a week, where it is
// the middle of the day when the queue misses people.
func hire(p roster.Problem, s Shortage, skill string, week float64) change {
	middle := s.Interval.Start.Add(s.Interval.Duration() / 2).UTC()
	ahead := int(math.Round(13-float64(middle.Hour())-float64(middle.Minute())/60)) % 24
	if ahead > 12 {
		ahead -= 24
	}
	if ahead < -11 {
		ahead += 24
	}
	zone := calendars.MustZone(fmt.Sprintf("Etc/GMT%+d", -ahead)) // whose signs are the other way round
	o := roster.Operator{Name: "somebody new", Zone: zone, Skills: roster.SkillsIn(skill), Contract: roster.Contract{Kind: "part-time", MaxWeek: calendars.Hours(week)}}
	span := p.Demand.Grid.Span()
	days := calendars.DayOf(span.Start, p.Team.Zone).DaysUntil(calendars.DayOf(span.End.Add(-1), p.Team.Zone)) + 1
	return change{kind: Hire, pays: week * math.Ceil(float64(days)/7), says: sayHire(skill, week, ahead), make: func(p *roster.Problem) {
		p.Team.Operators = append(slices.Clone(p.Team.Operators), o)
	}}
}
