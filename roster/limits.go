package roster

import (
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Limit is a bound in minutes and who sets it.
type Limit struct {
	Minutes int64
	Because Text // the contract, or the law with its article
	Weeks   int  // that it is an average over; none if 0
}

// Limits are the bounds of an operator: of the contract and of the law where
// they work, the stricter of the two each.
type Limits struct {
	DailyRest  Limit // least
	WeeklyRest Limit // least
	MaxWeek    Limit // most, in counted minutes
	MaxShift   Limit // most; none if 0
	Average    Limit // most per week, in counted minutes; none if 0
}

// Who sets a limit that is not law.
var (
	contractSays = Text{"the contract", "договор", "договорът"}
	companySays  = Text{"the company", "компания", "компанията"}
)

// Limits returns the operator's bounds.
func (o Operator) Limits() Limits {
	c := o.Contract
	l := Limits{
		DailyRest:  Limit{Minutes: int64(c.DailyRest.Minutes()), Because: contractSays},
		WeeklyRest: Limit{Minutes: int64(c.WeeklyRest.Minutes()), Because: contractSays},
		MaxWeek:    Limit{Minutes: int64(c.MaxWeek.Minutes()), Because: contractSays},
	}
	law, protected := o.law()
	if !protected {
		return l
	}
	if b, there := law.bounds[RuleDailyRest]; there && b.Minutes >= l.DailyRest.Minutes {
		l.DailyRest = b
	}
	if b, there := law.bounds[RuleWeeklyRest]; there && b.Minutes >= l.WeeklyRest.Minutes {
		l.WeeklyRest = b
	}
	if b, there := law.bounds[RuleHours]; there && b.Minutes < l.MaxWeek.Minutes {
		l.MaxWeek = b
	}
	l.MaxShift = law.bounds[RuleShiftLength]
	l.Average = law.bounds[RuleAverage]
	return l
}

// Memory is how many days back earlier shifts, and how many ahead later ones, can matter to the team's rosters:
// the longest run of days that a contract may allow and a week, or the longest
// averaging period of its operators' laws.
func (t Team) Memory() int {
	const runs = 31 + week
	days := runs
	for _, o := range t.Operators {
		days = max(days, week*o.Limits().Average.Weeks)
		for _, b := range t.rulesOf(&o) {
			days = max(days, b.memory())
		}
	}
	return days
}

// Around are the first and the last day, on the team's clock, whose shifts and
// holidays can matter to a roster of the horizon.
func (t Team) Around(horizon calendars.Interval) (first, last calendars.Day) {
	const beyond = 2 // days in other zones, and a shift into the next
	days := t.Memory()
	return calendars.DayOf(horizon.Start, t.Zone).AddDays(-days), calendars.DayOf(horizon.End, t.Zone).AddDays(days + beyond)
}

// law returns the law that protects the operator.
func (o *Operator) law() (Law, bool) {
	if o.Country == "" {
		return Law{}, false
	}
	law, known := LawOf(o.Country)
	return law, known && slices.Contains(law.Scope, o.Contract.Kind)
}

// defaultNight is the night of operators without a law that says otherwise.
var defaultNight = LegalNight{From: 22 * 60, To: 6 * 60}

// night is the operator's legal night.
func (o Operator) night() LegalNight {
	if law, known := LawOf(o.Country); known && law.Night != nil {
		return *law.Night
	}
	return defaultNight
}

// NightMinutes returns how much of a time is night where the operator works.
// It is real time: the autumn night has an hour more.
func (o Operator) NightMinutes(i calendars.Interval) (minutes int64) {
	night := o.night()
	last := calendars.DayOf(i.End, o.Zone)
	for d := calendars.DayOf(i.Start, o.Zone).AddDays(-1); !last.Before(d); d = d.Next() {
		minutes += int64(wallSpan(d, night.From, night.To, o.Zone).Overlap(i) / time.Minute)
	}
	return minutes
}

// Counted returns how many minutes of a shift count within an interval: its
// real time, and where the law converts night hours, what these count for on
// top, rounded up.
func (o Operator) Counted(shift, within calendars.Interval) int64 {
	part := spanOf(shift).part(spanOf(within))
	law, protected := o.law()
	if !protected || law.Conversion == nil || part.from == part.to {
		return part.to - part.from
	}
	return law.Conversion.counted(part.to-part.from, o.NightMinutes(shift), o.NightMinutes(part.interval()))
}

// counted converts minutes of a part of a shift: night is that of the whole
// shift, partNight that of the part. Without a conversion they are what they are.
func (c *Conversion) counted(minutes, night, partNight int64) int64 {
	if c == nil || night < minutesPer(c.FromNight) {
		return minutes
	}
	more := partNight * (c.Times - c.Over)
	return minutes + (more+c.Over-1)/c.Over
}

// Lawful says whether the operator may work a shift at all: not longer than the
// law allows, and not at night for those who may not.
func (o Operator) Lawful(shift calendars.Interval) bool {
	return o.lawfulWithin(shift, o.Limits().MaxShift.Minutes)
}

// lawfulWithin is Lawful where the most minutes of a shift are known, 0 for no limit.
func (o Operator) lawfulWithin(shift calendars.Interval, most int64) bool {
	return (most == 0 || shift.Minutes() <= most) && !(o.NoNights && o.NightMinutes(shift) > 0)
}
