package main

import (
	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// noteHolidays says, once for a country, that customers may keep holidays in the
// horizon which nobody knows yet.
func (p *plan) noteHolidays(notes teller) {
	said := map[roster.Text]bool{{}: true}
	for _, q := range p.team.Queues {
		if warning := api.HolidaysUnknown(q.Country, calendars.DayOf(p.horizon.End(), q.Zone)); !said[warning] {
			said[warning] = true
			notes.note(warning)
		}
	}
}

// noteImpossible says what no roster can cover, before the search starts.
func noteImpossible(notes teller, all []roster.Impossibility) {
	const most = 3
	for _, one := range all[:min(most, len(all))] {
		said := roster.Text{English: "nobody can cover all of this: %s", Russian: "всё это не может покрыть никто: %s", Bulgarian: "никой не може да покрие всичко това: %s"}.With(one.Sentence)
		for i, help := range one.Help {
			next := roster.Text{English: "%s; or %s", Russian: "%s; или %s", Bulgarian: "%s; или %s"}
			if i == 0 {
				next = roster.Text{English: "%s; what would help: %s", Russian: "%s; помогло бы: %s", Bulgarian: "%s; би помогнало: %s"}
			}
			said = next.With(said, help)
		}
		notes.note(roster.Text{English: "%s", Russian: "%s", Bulgarian: "%s"}, said)
	}
	if more := len(all) - most; more > 0 {
		notes.note(roster.Text{
			English: "and %[2]s more that nobody can cover, in %[3]s", Russian: "и ещё интервалов, которые не может покрыть никто: %[1]d, см. %[3]s",
			Bulgarian: "и още интервали, които никой не може да покрие: %[1]d, вижте %[3]s",
		}, more, plural(more, "interval"), reportFile)
	}
}
