package remedy

import (
	"math"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

var sayAssign = roster.Text{
	English:   "change nothing but the shifts of those who are there",
	Russian:   "изменить только смены тех, кто есть",
	Bulgarian: "променете само смените на наличните хора",
}

// sayTogether says several changes, all of which it takes.
func sayTogether(steps []Step) roster.Text {
	all := roster.Text{English: "all together: %s", Russian: "всё вместе: %s", Bulgarian: "всичко заедно: %s"}.With(steps[0].Sentence)
	for _, next := range steps[1:] {
		all = roster.Text{English: "%s; %s", Russian: "%s; %s", Bulgarian: "%s; %s"}.With(all, next.Sentence)
	}
	return all
}

// sayMore says the hours of a week, of a month, or both.
func sayMore(o roster.Operator, week, month time.Duration) roster.Text {
	switch {
	case month == 0:
		return sayHours(o, week)
	case week == 0:
		return sayMonth(o, month)
	}
	return sayTogether([]Step{{Sentence: sayHours(o, week)}, {Sentence: sayMonth(o, month)}})
}

func sayHours(o roster.Operator, more time.Duration) roster.Text {
	return roster.Text{
		English: "let %s work up to %s a week, %s more", Russian: "%s: разрешить до %s в неделю, на %s больше", Bulgarian: "разрешете на %s да работи до %s на седмица, с %s повече",
	}.With(o.Name, roster.Lasting(o.Contract.MaxWeek.Duration+more), roster.Lasting(more))
}

func sayMonth(o roster.Operator, more time.Duration) roster.Text {
	return roster.Text{
		English: "let %s work up to %s a month, %s more", Russian: "%s: разрешить до %s в месяц, на %s больше", Bulgarian: "разрешете на %s да работи до %s на месец, с %s повече",
	}.With(o.Name, roster.Lasting(o.Contract.MaxMonth.Duration+more), roster.Lasting(more))
}

func sayAvailable(o roster.Operator, i calendars.Interval) roster.Text {
	return roster.Text{
		English: "ask %s to be available on %s", Russian: "%s: попросить выйти вне заявленной доступности, %s", Bulgarian: "помолете %s да е на разположение и на %s",
	}.With(o.Name, calendars.DayOf(i.Start, o.Zone))
}

func sayTimeOff(o roster.Operator, given roster.TimeOff) roster.Text {
	if given.First == given.Last {
		return roster.Text{
			English: "ask %s to work on %s in spite of time off", Russian: "%s: попросить выйти %s, несмотря на отпуск", Bulgarian: "помолете %s да работи на %s въпреки отпуска",
		}.With(o.Name, given.First)
	}
	return roster.Text{
		English: "ask %s to work from %s to %s in spite of time off", Russian: "%s: попросить работать %s – %s, несмотря на отпуск", Bulgarian: "помолете %s да работи от %s до %s въпреки отпуска",
	}.With(o.Name, given.First, given.Last)
}

func sayNights(o roster.Operator) roster.Text {
	return roster.Text{
		English: "ask %s to agree to night work, if only consent is missing", Russian: "%s: получить согласие на ночную работу, если не хватает только согласия",
		Bulgarian: "помолете %s да се съгласи на нощен труд, ако липсва само съгласие",
	}.With(o.Name)
}

func sayDailyRest(o roster.Operator, least time.Duration) roster.Text {
	return roster.Text{
		English: "shorten the rest between shifts in the contract of %s to %s", Russian: "%s: сократить в договоре отдых между сменами до %s",
		Bulgarian: "съкратете междудневната почивка в договора на %s до %s",
	}.With(o.Name, roster.Lasting(least))
}

func sayWeeklyRest(o roster.Operator, least time.Duration) roster.Text {
	return roster.Text{
		English: "shorten the week's rest in the contract of %s to %s", Russian: "%s: сократить в договоре еженедельный отдых до %s",
		Bulgarian: "съкратете седмичната почивка в договора на %s до %s",
	}.With(o.Name, roster.Lasting(least))
}

func sayRun(o roster.Operator) roster.Text {
	return roster.Text{
		English: "let %s work %d days in a row", Russian: "%s: разрешить %d-й рабочий день подряд", Bulgarian: "разрешете на %s да работи %d поредни дни",
	}.With(o.Name, o.Contract.MaxConsecutiveDays+1)
}

func sayTemplate(t roster.Template) roster.Text {
	return roster.Text{English: "offer a shift from %s to %s", Russian: "ввести смену с %s до %s", Bulgarian: "въведете смяна от %s до %s"}.With(t.Start, t.End)
}

func sayRule(r roster.Rule, operator string) roster.Text {
	name := r.Says()
	if operator == "" {
		return roster.Text{English: "drop the rule %q", Russian: "отказаться от правила «%s»", Bulgarian: "премахнете правилото „%s“"}.With(name)
	}
	return roster.Text{English: "drop the rule %[2]q of %[1]s", Russian: "%s: отказаться от правила «%s»", Bulgarian: "премахнете правилото „%[2]s“ за %[1]s"}.With(operator, name)
}

// sayHire names the clocks on which it is between nine and five.
func sayHire(skill string, week float64, ahead int) roster.Text {
	return roster.Text{
		English: "hire somebody with the skill %s for %g hours a week, best in UTC%+d to UTC%+d", Russian: "нанять человека с навыком %s на %g часов в неделю, лучше всего в поясах от UTC%+d до UTC%+d",
		Bulgarian: "наемете човек с умението %s за %g часа на седмица, най-добре в часови зони от UTC%+d до UTC%+d",
	}.With(skill, week, offset(ahead-4), offset(ahead+4))
}

// offset is the zone, ahead of UTC by so many hours, whose clocks show the same hour:
// there are those from 12 behind to 14 ahead.
func offset(hours int) int {
	const day, behind, ahead = 24, -12, 14
	switch {
	case hours < behind:
		return hours + day
	case hours > ahead:
		return hours - day
	}
	return hours
}

func sayAccept(people, hours float64) roster.Text {
	few := roster.Text{English: "%g", Russian: "%g чел.", Bulgarian: "%g души"}
	if people <= 1 {
		few.Bulgarian = "%g човек"
	}
	return roster.Text{
		English: "accept up to %s too few for %g h", Russian: "смириться с нехваткой до %s в течение %g ч", Bulgarian: "приемете недостиг до %s за %g ч",
	}.With(few.With(people), hours)
}

// sayAcceptLevel says what customers get instead of what was promised.
func sayAcceptLevel(l Level, promised float64, when roster.Text) roster.Text {
	const tenths = 10 // of a percent
	of := math.Round(100*tenths*promised) / tenths
	return roster.Text{
		English:   "accept that %[2]d %% of the chats are answered within %[1]s, instead of %[3]g %%, on %[4]s",
		Russian:   "смириться с тем, что за %s ответ получат %d %% чатов вместо %g %%: %s",
		Bulgarian: "приемете, че до %s отговор получават %d %% от чатовете вместо %g %%: %s",
	}.With(roster.Within(l.Within), l.percent(), of, when)
}

// sayAcceptStill says that what was promised is kept all the same: more is
// required for another reason than the service level, or a part of one operator.
func sayAcceptStill(few roster.Text, l Level) roster.Text {
	return roster.Text{
		English:   "%[1]s: %[3]d %% of the chats are still answered within %[2]s",
		Russian:   "%s: за %s ответ всё равно получат %d %% чатов",
		Bulgarian: "%s: до %s отговор пак получават %d %% от чатовете",
	}.With(few, roster.Within(l.Within), l.percent())
}

// percent is rounded down, so that it never looks like a promise kept.
func (l Level) percent() int {
	const rounding = 1e-9
	return int(math.Floor(100*l.Share + rounding))
}
