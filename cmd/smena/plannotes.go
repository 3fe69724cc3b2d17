package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// noteHolidays says, once for a country, that customers may keep holidays in the
// horizon which nobody knows yet.
func (p *plan) noteHolidays(notes teller) {
	said := map[roster.Text]bool{{}: true}
	for _, q := range p.team.Queues {
		if warning := api.HolidaysUnknown(q.Country, calendars.DayOf(p.horizon.End(), q.Zone)); !said[warning] {
			said[warning] = true
			notes.note(plain, warning)
		}
	}
}

// longGap is how many days without a history are noted.
const longGap = 8 * 7

// noteGap says of which queues the history ends long before the horizon: a forecast
// of years to come is as easily made by a mistyped date as by intent.
func (p *plan) noteGap(notes teller) {
	type gap struct {
		last calendars.Day
		days int
	}
	var gaps []gap
	queues := map[gap][]string{}
	for _, q := range p.team.Queues {
		last := calendars.DayOf(p.forecasts[q.Name].Origin.Add(-1), q.Zone)
		one := gap{last, last.DaysUntil(calendars.DayOf(p.horizon.Start, q.Zone))}
		if one.days > longGap && queues[one] == nil {
			gaps = append(gaps, one)
		}
		queues[one] = append(queues[one], q.Name)
	}
	for _, one := range gaps {
		notes.note(roster.Text{
			English:   "%s: the history ends on %s, %d days before the plan starts: is a date mistyped, or some of the history left out?",
			Russian:   "%s: история заканчивается %s, до начала плана %d дн.: нет ли опечатки в дате, не пропущена ли часть истории?",
			Bulgarian: "%s: историята свършва на %s, дни до началото на плана: %d; да не би датата да е сгрешена или част от историята да липсва?",
		}, strings.Join(queues[one], ", "), one.last.String(), one.days)
	}
}

// noteStreams says what of the history of queues that blend streams counts otherwise
// than one may think.
func (p *plan) noteStreams(notes teller, history forecast.History) {
	for _, q := range p.team.Queues {
		for _, note := range api.StreamNotes(q, history, p.horizon.Start) {
			notes.note(plain, note)
		}
	}
}

// noteLeft says whose published shifts do not count, because they have left the team.
func noteLeft(notes teller, path string, left map[string]int) {
	if len(left) == 0 {
		return
	}
	shifts := 0
	for _, n := range left {
		shifts += n
	}
	notes.note(roster.Text{
		English:   "--published %[1]s: %[2]s of operators who are not in the team do not count: %[4]s",
		Russian:   "--published %[1]s: смены операторов, которых нет в команде, не учтены (%[3]d): %[4]s",
		Bulgarian: "--published %[1]s: смени на оператори, които не са в екипа, не се отчитат (%[3]d): %[4]s",
	}, path, plural(shifts, "shift"), shifts, strings.Join(slices.Sorted(maps.Keys(left)), ", "))
}

// noteIdle says which queues require nobody at all.
func (p *plan) noteIdle(notes teller) {
	for _, q := range p.problem.Demand.Queues {
		if slices.Max(q.Required) == 0 {
			notes.note(roster.Text{
				English:   "queue %q requires nobody, whatever the hour: it is planned for no chats while it is open",
				Russian:   "очередь «%s» ни в один час никого не требует: в часы её работы план не рассчитан ни на один чат",
				Bulgarian: "опашката „%s“ не изисква никого в нито един час: докато е отворена, планът не предвижда чатове",
			}, q.Queue)
		}
	}
}

// noteUnblended says who cannot answer what they were given skills for.
func (p *plan) noteUnblended(notes teller) {
	for _, note := range p.team.Unblended() {
		notes.note(plain, note)
	}
}

// noteImpossible says what no roster can cover, before the search starts: the
// first interval of each queue and kinds of reasons. The rest is in the folder, if
// there is one.
func noteImpossible(notes teller, all []roster.Impossibility, folder string) {
	const most = 3
	type reason struct{ queue, kinds string }
	told := map[reason]bool{}
	for _, one := range all {
		if why := (reason{one.Queue, kindsOf(one.Reasons)}); len(told) < most && !told[why] {
			told[why] = true
			notes.note(plain, sayImpossible(one))
		}
	}
	if more := len(all) - len(told); more > 0 {
		said := roster.Text{
			English: "and %[2]s more that nobody can cover", Russian: "и ещё интервалов, которые никто не может покрыть: %[1]d",
			Bulgarian: "и още интервали, които никой не може да покрие: %[1]d",
		}.With(more, plural(more, "interval"))
		if folder != "" {
			said = inReport(said)
		}
		notes.note(plain, said)
	}
}

// kindsOf are reasons, however many operators each is of.
func kindsOf(reasons []roster.Reason) string {
	var kinds []string
	for _, r := range reasons {
		kinds = append(kinds, r.Why)
	}
	return strings.Join(kinds, ", ")
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
