package roster

import (
	"errors"
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// Wish is what an operator would like: to be off, or at work. It is soft; what
// is not possible at all is time off or availability.
type Wish struct {
	Want      string              `json:"want" enum:"off,on"`
	First     calendars.Day       `json:"first,omitempty,omitzero" doc:"First day, in the operator's zone; always if left out."`
	Last      calendars.Day       `json:"last,omitempty,omitzero" doc:"Last day; the first if left out."`
	Weekdays  []calendars.Weekday `json:"weekdays,omitempty" nullable:"false" doc:"Only these days of the week."`
	Templates []string            `json:"shift_templates,omitempty" nullable:"false" doc:"About shifts of these templates alone, by name or kind."`
	Margin    calendars.Duration  `json:"margin,omitempty" doc:"Of off: no shift so close before or after the day either."`
	Weight    int64               `json:"weight" minimum:"1" maximum:"1000000" doc:"What a day without the wish costs, in minutes of an operator who is there for nothing."`
}

// What can be wished for.
const (
	WantOff = "off"
	WantOn  = "on"
)

// maxMargin is as far as one day of wishing reaches into others.
const maxMargin = 7 * 24 * 60 // minutes

// check returns every fault of the wish, joined.
func (h Wish) check(t Team) error {
	return errors.Join(
		expect(h.Want == WantOff || h.Want == WantOn, "want: %q is not possible: expected off or on", h.Want),
		expect(h.Last == calendars.Day{} || h.First != calendars.Day{} && !h.Last.Before(h.First), "last: %s: expected a day from first, %s, on", h.Last, h.First),
		expect(h.Weight >= 1 && h.Weight <= 1_000_000, "weight: %d is not possible: expected 1 to 1000000", h.Weight),
		expect(h.Margin.Duration >= 0 && minutesPer(h.Margin) <= maxMargin, "margin: %s is not possible: expected 0h to 168h", h.Margin),
		expect(h.Margin.Duration == 0 || h.Want == WantOff && len(h.Templates) == 0, "margin: expected only with off, of all shifts"),
		within("shift_templates", t.names(h.Templates)),
	)
}

// about says whether the wish is about a day.
func (h Wish) about(d calendars.Day) bool {
	last := h.Last
	if last == (calendars.Day{}) {
		last = h.First
	}
	if h.First != (calendars.Day{}) && (d.Before(h.First) || last.Before(d)) {
		return false
	}
	return d.OnWeekday(h.Weekdays)
}

// Days lists the days from first to last that the wish is about.
func (h Wish) Days(first, last calendars.Day) (days []calendars.Day) {
	for d := first; !last.Before(d); d = d.Next() {
		if h.about(d) {
			days = append(days, d)
		}
	}
	return days
}

// wishes finds days on which the operator does not get what they would like.
// A wish to be off whole days is broken by any work on the day; one about
// templates by such a shift that starts on it.
func wishes(r *row) (breaches []finding) {
	for i := range r.operator.Wishes {
		wish := &r.operator.Wishes[i]
		for day := r.firstDay(); day < r.lastDay(); day++ {
			if !wish.about(r.clock.date(day)) {
				continue
			}
			got := slices.ContainsFunc(r.shifts, func(w worked) bool { return r.fulfils(wish, day, &w) })
			if got == (wish.Want == WantOn) {
				continue
			}
			breaches = append(breaches, r.missed(RuleWish, 1, "wishes", wish.Weight, func() Text {
				wants := Text{"would like to be off", "хочет выходной", "иска почивен ден"}
				if wish.Want == WantOn {
					wants = Text{"would like to work", "хочет работать", "иска да работи"}
				}
				for _, t := range wish.Templates {
					wants = wants.and(" ", Text{t, t, t})
				}
				return say(Text{"%s %s on %s, at weight %d", "%s %s %s, вес %d", "%s %s на %s, тежест %d"}, r.operator.Name, wants, r.clock.date(day), wish.Weight)
			}, r.clock.days(day, day+1)))
		}
	}
	return breaches
}

// fulfils says whether the shift is what the wish is about on a day.
func (r *row) fulfils(wish *Wish, day int, w *worked) bool {
	if len(wish.Templates) > 0 {
		return w.day == day && r.named(wish.Templates, w)
	}
	if wish.Want == WantOn {
		return w.day == day
	}
	free, margin := r.clock.days(day, day+1), minutesPer(wish.Margin)
	return w.overlap(span{free.from - margin, free.to + margin}) > 0
}
