package roster

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Reminder is a message that an operator is due before a shift.
type Reminder struct {
	// Key names the assignment, the lead and the start: a shift that moves in
	// time wants another reminder, one that is published again does not.
	Key        string             `json:"key"`
	Assignment string             `json:"assignment"`
	Operator   ID                 `json:"operator"`
	Lead       calendars.Duration `json:"lead"`
	Shift      calendars.Interval `json:"shift"`
	Due        time.Time          `json:"due" doc:"When to send it, UTC: the lead before the start, in real time."`
	Expires    time.Time          `json:"expires" doc:"When it is pointless: the start."`
}

// Reminders returns every reminder that the published shifts want, one for
// each shift and lead, ordered by due time and key. Leads that are not
// positive want none; a lead given twice wants one.
func Reminders(published []Published, leads []time.Duration) []Reminder {
	leads = slices.Clone(leads)
	slices.Sort(leads)
	leads = slices.DeleteFunc(slices.Compact(leads), func(lead time.Duration) bool { return lead <= 0 })
	reminders := make([]Reminder, 0, len(published)*len(leads))
	for _, p := range published {
		for _, lead := range leads {
			reminders = append(reminders, p.reminder(calendars.Duration{Duration: lead}))
		}
	}
	slices.SortFunc(reminders, func(a, b Reminder) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Key, b.Key))
	})
	return reminders
}

func (p Published) reminder(lead calendars.Duration) Reminder {
	return Reminder{
		Key:        fmt.Sprintf("%s|%s|%d", p.ID, lead, p.Shift.Start.Unix()),
		Assignment: p.ID, Operator: p.Operator, Lead: lead, Shift: p.Shift,
		Due: p.Shift.Start.Add(-lead.Duration), Expires: p.Shift.Start,
	}
}
