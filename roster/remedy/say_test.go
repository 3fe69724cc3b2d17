package remedy

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// What is asked of people is said in three languages, durations and days too.
func TestSay(t *testing.T) {
	t.Parallel()
	ana := roster.Operator{Name: "Ana", Zone: calendars.MustZone("Europe/Sofia"), Contract: roster.Contract{MaxWeek: calendars.Hours(20), MaxMonth: calendars.Hours(80), MaxConsecutiveDays: 5}}
	day := calendars.Day{Year: 2026, Month: time.December, Dom: 9}.Interval(ana.Zone)
	for _, c := range []struct{ got, want roster.Text }{
		{sayHours(ana, 270*time.Minute), roster.Text{
			English: "let Ana work up to 24 h 30 min a week, 4 h 30 min more", Russian: "Ana: разрешить до 24 ч 30 мин в неделю, на 4 ч 30 мин больше",
			Bulgarian: "разрешете на Ana да работи до 24 ч 30 мин на седмица, с 4 ч 30 мин повече",
		}},
		{sayMore(ana, 4*time.Hour, 2*time.Hour), roster.Text{
			English:   "all together: let Ana work up to 24 h a week, 4 h more; let Ana work up to 82 h a month, 2 h more",
			Russian:   "всё вместе: Ana: разрешить до 24 ч в неделю, на 4 ч больше; Ana: разрешить до 82 ч в месяц, на 2 ч больше",
			Bulgarian: "всичко заедно: разрешете на Ana да работи до 24 ч на седмица, с 4 ч повече; разрешете на Ana да работи до 82 ч на месец, с 2 ч повече",
		}},
		{sayAvailable(ana, day), roster.Text{
			English: "ask Ana to be available on Wed 9 Dec 2026", Russian: "Ana: попросить выйти вне заявленной доступности, ср 9 декабря 2026",
			Bulgarian: "помолете Ana да е на разположение и на ср 9 декември 2026",
		}},
		{sayTimeOff(ana, roster.TimeOff{First: calendars.Day{Year: 2026, Month: time.December, Dom: 9}, Last: calendars.Day{Year: 2026, Month: time.December, Dom: 10}}), roster.Text{
			English: "ask Ana to work from Wed 9 Dec 2026 to Thu 10 Dec 2026 in spite of time off", Russian: "Ana: попросить работать ср 9 декабря 2026 – чт 10 декабря 2026, несмотря на отпуск",
			Bulgarian: "помолете Ana да работи от ср 9 декември 2026 до чт 10 декември 2026 въпреки отпуска",
		}},
		{sayDailyRest(ana, 11*time.Hour), roster.Text{
			English: "shorten the rest between shifts in the contract of Ana to 11 h", Russian: "Ana: сократить в договоре отдых между сменами до 11 ч",
			Bulgarian: "съкратете междудневната почивка в договора на Ana до 11 ч",
		}},
		{sayNights(ana), roster.Text{
			English: "ask Ana to agree to night work, if only consent is missing", Russian: "Ana: получить согласие на ночную работу, если не хватает только согласия",
			Bulgarian: "помолете Ana да се съгласи на нощен труд, ако липсва само съгласие",
		}},
		{sayRun(ana), roster.Text{
			English: "let Ana work 6 days in a row", Russian: "Ana: разрешить 6-й рабочий день подряд", Bulgarian: "разрешете на Ana да работи 6 поредни дни",
		}},
		{sayRule(roster.Rule{Name: "few nights"}, "Ana"), roster.Text{
			English: `drop the rule "few nights" of Ana`, Russian: "Ana: отказаться от правила «few nights»", Bulgarian: "премахнете правилото „few nights“ за Ana",
		}},
		{sayRule(roster.Rule{Count: roster.CountWeekends, Most: new(int64)}, ""), roster.Text{
			English: `drop the rule "weekends worked, at most 0"`, Russian: "отказаться от правила «рабочие выходные, не больше 0»",
			Bulgarian: "премахнете правилото „работни уикенди, най-много 0“",
		}},
		{sayTogether([]Step{{Run, "Ana", sayRun(ana)}, {Template, "", sayTemplate(roster.Template{Start: 6 * 60, End: 14 * 60})}}), roster.Text{
			English:   "all together: let Ana work 6 days in a row; offer a shift from 06:00 to 14:00",
			Russian:   "всё вместе: Ana: разрешить 6-й рабочий день подряд; ввести смену с 06:00 до 14:00",
			Bulgarian: "всичко заедно: разрешете на Ana да работи 6 поредни дни; въведете смяна от 06:00 до 14:00",
		}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Error(diff)
		}
	}
}

// Whoever is to be hired lives where there is land: no clock is 15 hours behind.
func TestSayHire(t *testing.T) {
	t.Parallel()
	for ahead, want := range map[int]string{-11: "UTC+9 to UTC-7", 0: "UTC-4 to UTC+4", 12: "UTC+8 to UTC-8"} {
		if got := sayHire("ru", 20, ahead).English; !strings.HasSuffix(got, want) {
			t.Errorf("%d hours ahead: %q, want %q", ahead, got, want)
		}
	}
}
