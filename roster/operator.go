package roster

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/smena-wfm/smena/calendars"
)

// Operator is a person who answers chats.
type Operator struct {
	ID           ID             `json:"id,omitempty"`
	Name         string         `json:"name" minLength:"1" maxLength:"100"`
	Zone         calendars.Zone `json:"zone" doc:"Where they habitually work: their days, weeks and rest are counted on its clock."`
	Country      string         `json:"country,omitempty" pattern:"^([A-Za-z]{2})?$" doc:"Where they habitually work, ISO 3166-1 alpha-2 such as BG: its law protects employees. Without it only the contract does."`
	NoNights     bool           `json:"no_nights,omitempty" doc:"May not work at night: under age, pregnant, or without the consent that the law asks for."`
	Email        string         `json:"email,omitempty" doc:"Where reminders go; only administrators see it."`
	Skills       []string       `json:"skills" nullable:"false" doc:"What they can answer: skills that queues ask for, or streams that these blend."`
	Share        float64        `json:"share,omitempty" minimum:"0" maximum:"1" doc:"Share of an operator that they count for, below 1 for trainees; 1 if left out."`
	Contract     Contract       `json:"contract"`
	Availability []Opening      `json:"availability,omitempty" nullable:"false" doc:"Weekly windows in their zone in which they may work; always if left out."`
	TimeOff      []TimeOff      `json:"time_off,omitempty" nullable:"false"`
	Wishes       []Wish         `json:"wishes,omitempty" nullable:"false"`
	Rules        []Rule         `json:"rules,omitempty" nullable:"false" doc:"Bounds of counts for them alone, such as the hours that they would like."`
}

// TimeOff is a run of whole days in the operator's zone, both ends included.
type TimeOff struct {
	First calendars.Day `json:"first"`
	Last  calendars.Day `json:"last"`
}

// Interval returns the time off as instants.
func (t TimeOff) Interval(zone calendars.Zone) calendars.Interval {
	return calendars.Interval{Start: t.First.Start(zone), End: t.Last.Next().Start(zone)}
}

// Available says whether the whole shift lies in the operator's weekly
// availability and outside their time off.
func (o Operator) Available(shift calendars.Interval) bool {
	return !o.onTimeOff(shift) && o.offersItself(shift)
}

// onTimeOff says whether the shift touches time off.
func (o Operator) onTimeOff(shift calendars.Interval) bool {
	return slices.ContainsFunc(o.TimeOff, func(t TimeOff) bool { return t.Interval(o.Zone).Overlaps(shift) })
}

// offersItself says whether weekly windows that touch or overlap cover the shift.
func (o Operator) offersItself(shift calendars.Interval) bool {
	if len(o.Availability) == 0 {
		return true
	}
	var windows []calendars.Interval
	last := calendars.DayOf(shift.End, o.Zone)
	for d := calendars.DayOf(shift.Start, o.Zone).AddDays(-1); !last.Before(d); d = d.Next() {
		for _, opening := range o.Availability {
			if window, ok := opening.On(d, o.Zone); ok {
				windows = append(windows, window)
			}
		}
	}
	slices.SortFunc(windows, func(a, b calendars.Interval) int { return a.Start.Compare(b.Start) })
	reached := shift.Start
	for _, window := range windows {
		if !window.Start.After(reached) && window.End.After(reached) {
			reached = window.End
		}
	}
	return !reached.Before(shift.End)
}

// completed fills in the share and the contract's rest.
func (o Operator) completed() Operator {
	if o.Share == 0 {
		o.Share = 1
	}
	o.Contract = o.Contract.completed()
	return o
}

// check returns every fault of the operator, joined.
func (o Operator) check(t Team) error {
	faults := []error{
		expect(o.Name != "", "name: expected a text"),
		expect(len(o.Skills) > 0, "skills: expected at least one"),
		expect(o.Country == "" || isCountry(o.Country), "country: %q is not possible: expected two letters such as BG", o.Country),
		expect(o.Share > 0 && o.Share <= 1, "share: %v is not possible: expected a share above 0 up to 1", o.Share),
		within("contract", o.Contract.check()),
	}
	for i, off := range o.TimeOff {
		faults = append(faults, expect(!off.Last.Before(off.First), "time_off[%d]: %s is before %s: expected first <= last", i, off.Last, off.First))
	}
	for i, h := range o.Wishes {
		faults = append(faults, within(fmt.Sprintf("wishes[%d]", i), h.check(t)))
	}
	for i, b := range o.Rules {
		faults = append(faults, within(fmt.Sprintf("rules[%d]", i), b.check(t)))
	}
	for _, skill := range o.Skills {
		known := slices.ContainsFunc(t.Queues, func(q Queue) bool { return q.needs(skill) })
		faults = append(faults, expect(known, "skills: no queue asks for %q: expected one of %s", skill, t.skills()))
	}
	return errors.Join(faults...)
}

// isCountry says whether it looks like ISO 3166-1 alpha-2.
func isCountry(code string) bool {
	return len(code) == 2 && strings.Trim(strings.ToUpper(code), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// isCurrency says whether it looks like ISO 4217.
func isCurrency(code string) bool {
	return len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}
