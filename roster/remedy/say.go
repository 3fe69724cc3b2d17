package remedy

import (
	"fmt"
	"math"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// text fills the same values into a sentence of each language.
func text(english, russian, bulgarian string, values ...any) roster.Text {
	return roster.Text{English: fmt.Sprintf(english, values...), Russian: fmt.Sprintf(russian, values...), Bulgarian: fmt.Sprintf(bulgarian, values...)}
}

var sayAssign = roster.Text{
	English: "give those who are there other shifts: the roster can still be better", Russian: "дать тем, кто есть, другие смены: график можно улучшить",
	Bulgarian: "дайте на наличните хора други смени: графикът може да се подобри",
}

func sayHours(o roster.Operator, more time.Duration) roster.Text {
	return text("let %s work up to %s a week, %s more", "разрешить %s работать до %s в неделю, на %s больше", "разрешете на %s да работи до %s на седмица, с %s повече",
		o.Name, calendars.Duration{Duration: o.Contract.MaxWeek.Duration + more}, calendars.Duration{Duration: more})
}

func sayAvailable(o roster.Operator, i calendars.Interval) roster.Text {
	return text("ask %s to be available on %s", "попросить %s быть на связи %s", "помолете %s да е на разположение на %s", o.Name, calendars.DayOf(i.Start, o.Zone))
}

func sayTimeOff(o roster.Operator, i calendars.Interval) roster.Text {
	return text("ask %s to work on %s in spite of time off", "попросить %s выйти %s вместо выходного", "помолете %s да работи на %s въпреки отпуската", o.Name, calendars.DayOf(i.Start, o.Zone))
}

func sayNights(o roster.Operator) roster.Text {
	return text("ask %s to agree to night work", "попросить %s согласиться на ночную работу", "помолете %s да се съгласи на нощен труд", o.Name)
}

func sayRest(o roster.Operator, least time.Duration) roster.Text {
	return text("shorten the rest in the contract of %s to %s", "сократить отдых в договоре %s до %s", "съкратете почивката в договора на %s до %s", o.Name, calendars.Duration{Duration: least})
}

func sayRun(o roster.Operator) roster.Text {
	return text("let %s work %d days on end", "разрешить %s работать %d дней подряд", "разрешете на %s да работи %d поредни дни", o.Name, o.Contract.MaxConsecutiveDays+1)
}

func sayTemplate(t roster.Template) roster.Text {
	return text("offer a shift from %s to %s", "ввести смену с %s до %s", "въведете смяна от %s до %s", t.Start, t.End)
}

func sayRule(r roster.Rule, operator string) roster.Text {
	name := r.Name
	if name == "" {
		name = r.Count
	}
	if operator == "" {
		return text("drop the rule %q", "отказаться от правила «%s»", "премахнете правилото „%s“", name)
	}
	return text("drop the rule %q of %s", "отказаться от правила «%s» для %s", "премахнете правилото „%s“ за %s", name, operator)
}

// sayHire names the clocks on which it is between nine and five.
func sayHire(skill string, week float64, ahead int) roster.Text {
	return text("hire somebody with the skill %s for %g hours a week, best in UTC%+d to UTC%+d", "нанять человека с навыком %s на %g часов в неделю, лучше всего в UTC%+d – UTC%+d",
		"наемете човек с умението %s за %g часа на седмица, най-добре в UTC%+d до UTC%+d", skill, week, offset(ahead-4), offset(ahead+4))
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

func sayAccept(people float64, hours float64) roster.Text {
	return text("accept up to %g too few for %g h", "смириться с нехваткой до %g чел. в течение %g ч", "приемете недостиг до %g души за %g ч", people, hours)
}

// sayAcceptLevel says what customers get instead of what was promised.
func sayAcceptLevel(l Level, promised float64, when roster.Text) roster.Text {
	const tenths = 10 // of a percent
	percent, of := l.percent(), fmt.Sprint(math.Round(100*tenths*promised)/tenths)
	within := sayWithin(l.Within)
	return roster.Text{
		English:   fmt.Sprintf("accept that %d %% of the chats are answered within %s, instead of %s %%, on %s", percent, within.English, of, when.English),
		Russian:   fmt.Sprintf("смириться с тем, что за %s ответ получат %d %% чатов вместо %s %%: %s", within.Russian, percent, of, when.Russian),
		Bulgarian: fmt.Sprintf("приемете, че до %s отговор получават %d %% от чатовете вместо %s %%: %s", within.Bulgarian, percent, of, when.Bulgarian),
	}
}

// sayAcceptStill says that what was promised is kept all the same: more is
// required for another reason than the service level, or a part of one operator.
func sayAcceptStill(few roster.Text, l Level) roster.Text {
	percent, within := l.percent(), sayWithin(l.Within)
	return roster.Text{
		English:   fmt.Sprintf("%s: %d %% of the chats are still answered within %s", few.English, percent, within.English),
		Russian:   fmt.Sprintf("%s: за %s ответ всё равно получат %d %% чатов", few.Russian, within.Russian, percent),
		Bulgarian: fmt.Sprintf("%s: до %s отговор пак получават %d %% от чатовете", few.Bulgarian, within.Bulgarian, percent),
	}
}

// percent is rounded down, so that it never looks like a promise kept.
func (l Level) percent() int {
	const rounding = 1e-9
	return int(math.Floor(100*l.Share + rounding))
}

// sayWithin is "60 s", and "5 min" of whole minutes above two.
func sayWithin(d calendars.Duration) roster.Text {
	if d.Duration > 2*time.Minute && d.Duration%time.Minute == 0 {
		return text("%g min", "%g мин", "%g мин", d.Minutes())
	}
	return text("%g s", "%g с", "%g с", d.Seconds())
}
