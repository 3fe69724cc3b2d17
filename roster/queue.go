package roster

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// ServiceLevel is the share of arrivals to be answered within a time.
type ServiceLevel struct {
	Share  float64            `json:"share" exclusiveMinimum:"0" exclusiveMaximum:"1" doc:"Share of all arrivals, 0..1."`
	Within calendars.Duration `json:"within" doc:"Time to the first answer, such as 60s."`
}

// check returns every fault of the service level, joined.
func (s ServiceLevel) check(where string) error {
	return errors.Join(
		expect(s.Share > 0 && s.Share < 1, "%sshare: %v is not possible: expected a share between 0 and 1 such as 0.8", where, s.Share),
		expect(s.Within.Duration >= 0, "%swithin: %s is negative", where, s.Within),
	)
}

// Queue is a stream of chats that one skill can answer, or several streams that
// are answered as one by those who have the skills of all.
type Queue struct {
	Name         string             `json:"name" minLength:"1" maxLength:"100"`
	Skill        string             `json:"skill,omitempty" doc:"Skill it takes to answer; the queue's name if left out, or the skills of all streams that it blends."`
	Blends       []string           `json:"blends,omitempty" nullable:"false" doc:"Streams of chats that are forecast, staffed and answered as one: by operators who have the skills of all of them, which are called like the streams. The history has them as queues."`
	Zone         calendars.Zone     `json:"zone,omitempty,omitzero" doc:"Clock of its customers and its opening hours; the team's zone if left out."`
	ServiceLevel ServiceLevel       `json:"service_level"`
	AHT          calendars.Duration `json:"aht" doc:"Average handling time of a chat that has its operator to itself."`
	Concurrency  int                `json:"concurrency,omitempty" minimum:"0" maximum:"10" doc:"Chats that one operator answers at once; 1 if left out."`
	Slowdown     float64            `json:"slowdown,omitempty" minimum:"0" maximum:"2" doc:"By what share each further chat at once lengthens all of them."`
	Patience     calendars.Duration `json:"patience,omitempty" doc:"Mean time after which a waiting customer leaves; nobody leaves if left out."`
	Shrinkage    float64            `json:"shrinkage,omitempty" minimum:"0" exclusiveMaximum:"1" doc:"Paid share not available for chats, 0..1."`
	MaxOccupancy float64            `json:"max_occupancy,omitempty" minimum:"0" maximum:"1" doc:"Highest busy share of chat capacity; no cap if left out."`
	MaxAbandoned float64            `json:"max_abandonment,omitempty" minimum:"0" exclusiveMaximum:"1" doc:"Highest share of arrivals that leave unanswered; no cap if left out."`
	MaxWait      calendars.Duration `json:"max_mean_wait,omitempty" doc:"Longest mean wait; no cap if left out."`
	MinOperators int                `json:"min_operators,omitempty" minimum:"0" doc:"Fewest operators present while open, before shrinkage."`
	Presence     []Presence         `json:"presence,omitempty" nullable:"false" doc:"Fewest operators present at some times of the week, before shrinkage."`
	Deferred     calendars.Duration `json:"deferred,omitempty" doc:"For work answered at the pace of e-mail: all of it is to be done within this time of opening hours. Service level, patience and quantile do not matter then."`
	PlanQuantile float64            `json:"plan_quantile,omitempty" minimum:"0" exclusiveMaximum:"1" doc:"Plan for this quantile of the forecast, 0..1; for its mean if left out."`
	PlanDays     float64            `json:"plan_days,omitempty" minimum:"0" exclusiveMaximum:"1" doc:"Plan so that the service level of the whole day holds on this share of days drawn from the forecast, instead of by a quantile."`
	BotShare     float64            `json:"bot_share,omitempty" minimum:"0" exclusiveMaximum:"1" doc:"Share of the arrivals that the chat bot resolves, 0..1."`
	Country      string             `json:"country,omitempty" pattern:"^([A-Za-z]{2})?$" doc:"Country whose public holidays its customers keep, ISO 3166-1 alpha-2 such as BG; none if left out."`
	Events       []Event            `json:"events,omitempty" nullable:"false" doc:"What changes arrivals: campaigns, sales, outages foreseen."`
	Opening      []Opening          `json:"opening,omitempty" nullable:"false" doc:"When it is open, in its zone; always if left out."`
}

// Presence is a weekly recurring window of wall time in the queue's zone in
// which so many operators are to be there, whatever arrives: "never fewer than
// 2 at night". A window whose end is not after its start ends on the next day.
type Presence struct {
	Weekdays  []calendars.Weekday `json:"weekdays,omitempty" nullable:"false" doc:"Days on which it starts; every day if left out."`
	From      calendars.WallTime  `json:"from"`
	To        calendars.WallTime  `json:"to"`
	Operators int                 `json:"operators" minimum:"1"`
}

// LeastAt returns the fewest operators to be present at t, before shrinkage.
func (q Queue) LeastAt(t time.Time) int {
	least := q.MinOperators
	for _, p := range q.Presence {
		if (Opening{p.Weekdays, p.From, p.To}).contains(t, q.Zone) {
			least = max(least, p.Operators)
		}
	}
	return least
}

// Event is something that changes the arrivals of a queue for a while. Events
// of one name teach each other.
type Event struct {
	Name   string    `json:"name" minLength:"1" maxLength:"100"`
	Start  time.Time `json:"start" doc:"First instant, RFC 3339."`
	End    time.Time `json:"end" doc:"First instant after it."`
	Effect *float64  `json:"effect,omitempty" minimum:"-1" maximum:"100" doc:"Known change as a share of ordinary arrivals, 0.6 for 60 % more; learned from earlier events of the name if left out."`
}

// Opening is a weekly recurring window of wall time. A window whose end is
// not after its start ends on the next day.
type Opening struct {
	Weekdays []calendars.Weekday `json:"weekdays,omitempty" nullable:"false" doc:"Days on which it starts; every day if left out."`
	From     calendars.WallTime  `json:"from"`
	To       calendars.WallTime  `json:"to"`
}

// On returns the window that starts on day d, if there is one.
func (o Opening) On(d calendars.Day, zone calendars.Zone) (calendars.Interval, bool) {
	if !d.OnWeekday(o.Weekdays) {
		return calendars.Interval{}, false
	}
	i := wallSpan(d, o.From, o.To, zone)
	return i, i.Start.Before(i.End)
}

// wallSpan builds an interval from both of its wall ends, never from a
// length: the night on which clocks change is shorter or longer.
func wallSpan(d calendars.Day, from, to calendars.WallTime, zone calendars.Zone) calendars.Interval {
	last := d
	if to <= from {
		last = d.Next()
	}
	return calendars.Interval{Start: d.At(from, zone), End: last.At(to, zone)}
}

// Open says whether the queue is open at t.
func (q Queue) Open(t time.Time) bool {
	if len(q.Opening) == 0 {
		return true
	}
	return slices.ContainsFunc(q.Opening, func(o Opening) bool { return o.contains(t, q.Zone) })
}

// contains says whether t is in the window that starts on its day or on the day before.
func (o Opening) contains(t time.Time, zone calendars.Zone) bool {
	today := calendars.DayOf(t, zone)
	for _, d := range []calendars.Day{today.AddDays(-1), today} {
		if i, ok := o.On(d, zone); ok && i.Contains(t) {
			return true
		}
	}
	return false
}

// completed fills in the skill, the zone and the concurrency.
func (q Queue) completed(team calendars.Zone) Queue {
	q.Skill = q.asked()
	q.Concurrency = cmp.Or(q.Concurrency, 1)
	if q.Zone.IsZero() {
		q.Zone = team
	}
	return q
}

// check returns every fault of the queue, joined.
func (q Queue) check() error {
	return errors.Join(
		expect(q.Name != "", "name: expected a text"),
		q.ServiceLevel.check("service_level."),
		expect(q.AHT.Duration > 0 && q.AHT.Duration <= maxAHT,
			"aht: %s is not possible: expected a handling time up to %s such as 480s", q.AHT, maxAHT),
		expect(q.Concurrency >= 1 && q.Concurrency <= 10, "concurrency: %d is not possible: expected 1 to 10", q.Concurrency),
		expect(q.Slowdown >= 0 && q.Slowdown <= 2, "slowdown: %v is not possible: expected 0 to 2", q.Slowdown),
		expect(q.Patience.Duration >= 0, "patience: %s is negative", q.Patience),
		expect(isShare(q.Shrinkage), "shrinkage: %v is not possible: expected a share from 0 to below 1", q.Shrinkage),
		expect(isShare(q.BotShare), "bot_share: %v is not possible: expected a share from 0 to below 1", q.BotShare),
		expect(isShare(q.PlanQuantile), "plan_quantile: %v is not possible: expected a share from 0 to below 1", q.PlanQuantile),
		expect(q.MaxOccupancy == 0 || q.MaxOccupancy >= 0.01 && q.MaxOccupancy <= 1,
			"max_occupancy: %v is not possible: expected a share from 0.01 to 1", q.MaxOccupancy),
		expect(q.MinOperators >= 0, "min_operators: %d is negative", q.MinOperators),
		expect(isShare(q.MaxAbandoned), "max_abandonment: %v is not possible: expected a share from 0 to below 1", q.MaxAbandoned),
		expect(q.MaxWait.Duration >= 0, "max_mean_wait: %s is negative", q.MaxWait),
		expect(q.Deferred.Duration >= 0 && q.Deferred.Duration <= maxDeferred, "deferred: %s is not possible: expected 0s to %s", q.Deferred, maxDeferred),
		expect(isShare(q.PlanDays), "plan_days: %v is not possible: expected a share from 0 to below 1", q.PlanDays),
		expect(q.PlanDays == 0 || q.PlanQuantile == 0, "plan_days and plan_quantile: expected one of them"),
		q.checkBlends(),
		q.checkPresence(),
		q.checkEvents(),
	)
}

func (q Queue) checkPresence() error {
	var faults []error
	for i, p := range q.Presence {
		faults = append(faults, expect(p.Operators > 0, "presence[%d].operators: %d is not possible: expected at least 1", i, p.Operators))
	}
	return errors.Join(faults...)
}

func (q Queue) checkEvents() error {
	var faults []error
	for _, e := range q.Events {
		faults = append(faults,
			expect(e.Name != "", "events: expected a name"),
			expect(e.Start.Before(e.End), "events: %q ends at %s, not after its start", e.Name, e.End.Format(time.RFC3339)),
			expect(e.Effect == nil || *e.Effect >= -1 && *e.Effect <= 100, "events: the effect of %q is not possible: expected a share from -1 to 100 such as 0.6", e.Name))
	}
	return errors.Join(faults...)
}

// maxDeferred is the longest window of deferred work.
const maxDeferred = 720 * time.Hour

// maxAHT is where a handling time is surely a mistake of units.
const maxAHT = 12 * time.Hour

func isShare(x float64) bool { return x >= 0 && x < 1 }

// expect returns nil if ok, and else the message as an error.
func expect(ok bool, format string, args ...any) error {
	if ok {
		return nil
	}
	return fmt.Errorf(format, args...)
}
