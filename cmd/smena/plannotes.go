package main

import (
	"slices"

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

// noteGap says that the history ends long before the horizon: a forecast of years
// to come is as easily made by a mistyped date as by intent.
func (p *plan) noteGap(notes teller) {
	const most = 28 // days
	last := calendars.DayOf(p.origin.Add(-1), p.team.Zone)
	if days := last.DaysUntil(calendars.DayOf(p.horizon.Start, p.team.Zone)); days > most {
		notes.note(roster.Text{
			English:   "the history ends on %s, %d days before the plan starts: is a date mistyped, or some of the history left out?",
			Russian:   "история кончается %s, от неё до начала плана %d дн.: нет ли ошибки в дате и вся ли история на месте?",
			Bulgarian: "историята свършва на %s, дни до началото на плана: %d; няма ли грешка в датата и цяла ли е историята?",
		}, last.String(), days)
	}
}

// noteIdle says which queues require nobody at all.
func (p *plan) noteIdle(notes teller) {
	for _, q := range p.problem.Demand.Queues {
		if slices.Max(q.Required) == 0 {
			notes.note(roster.Text{
				English: "queue %q requires nobody, whatever the hour: no chats are foreseen while it is open", Russian: "очередь «%s» никого не требует ни в какой час: пока она открыта, чатов не ожидается",
				Bulgarian: "опашката „%s“ не изисква никого в нито един час: докато е отворена, не се очакват чатове",
			}, q.Queue)
		}
	}
}

// noteImpossible says what no roster can cover, before the search starts: the
// first interval of each reason.
func noteImpossible(notes teller, all []roster.Impossibility) {
	const most = 3
	type reason struct {
		queue string
		why   roster.Text
	}
	told := map[reason]bool{}
	for _, one := range all {
		if why := (reason{one.Queue, one.Because("")}); len(told) < most && !told[why] {
			told[why] = true
			notes.note(plain, sayImpossible(one))
		}
	}
	if more := len(all) - len(told); more > 0 {
		notes.note(roster.Text{
			English: "and %[2]s more that nobody can cover, in %[3]s", Russian: "и ещё интервалов, которые не может покрыть никто: %[1]d, см. %[3]s",
			Bulgarian: "и още интервали, които никой не може да покрие: %[1]d, вижте %[3]s",
		}, more, plural(more, "interval"), reportFile)
	}
}

// plain is a text as it is.
var plain = roster.Text{English: "%s", Russian: "%s", Bulgarian: "%s"}

// sayImpossible says what nobody can cover, and what would help.
func sayImpossible(one roster.Impossibility) roster.Text {
	said := roster.Text{English: "nobody can cover all of this: %s", Russian: "всё это не может покрыть никто: %s", Bulgarian: "никой не може да покрие всичко това: %s"}.With(one.Sentence)
	for i, help := range one.Help {
		next := roster.Text{English: "%s; or %s", Russian: "%s; или %s", Bulgarian: "%s; или %s"}
		if i == 0 {
			next = roster.Text{English: "%s; what would help: %s", Russian: "%s; помогло бы: %s", Bulgarian: "%s; би помогнало: %s"}
		}
		said = next.With(said, help)
	}
	return said
}
