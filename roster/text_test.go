package roster_test

import (
	"strings"
	"testing"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Every breach names the person, the day on their clock, the number and the
// limit, in three languages.
func TestSentences(t *testing.T) {
	t.Parallel()
	p := employee(t, "Europe/Sofia", "BG")
	o := &p.Team.Operators[0]
	o.NoNights = true
	o.Contract.MaxWeek, o.Contract.MinWeek, o.Contract.MaxConsecutiveDays = calendars.Hours(20), calendars.Hours(19), 1
	o.TimeOff = []roster.TimeOff{{First: calendars.Day{Year: 2026, Month: 3, Dom: 11}, Last: calendars.Day{Year: 2026, Month: 3, Dom: 11}}}
	o.Availability = []roster.Opening{{From: 0, To: 20 * 60}}
	shifts := []calendars.Interval{
		span(t, "Europe/Sofia", "2026-03-09 08:00", "2026-03-09 20:30"), span(t, "Europe/Sofia", "2026-03-10 02:00", "2026-03-10 10:00"),
		span(t, "Europe/Sofia", "2026-03-10 09:30", "2026-03-10 12:00"), span(t, "Europe/Sofia", "2026-03-11 10:00", "2026-03-11 12:00"),
	}
	for day := 12; day <= 15; day++ {
		d := calendars.Day{Year: 2026, Month: 3, Dom: day}
		shifts = append(shifts, calendars.Interval{Start: d.At(7*60, o.Zone), End: d.At(9*60, o.Zone)})
	}
	want := map[string][3]string{
		roster.RuleDailyRest:    {"Ana rests 5 h 30 min between Mon 9 Mar 08:00-20:30 (Europe/Sofia) and Tue 10 Mar 02:00-10:00 (Europe/Sofia); Labour Code of Bulgaria, Art. 152 asks for 12 h", "Ana отдыхает 5 ч 30 мин между пн 9 марта 08:00-20:30 (Europe/Sofia) и вт 10 марта 02:00-10:00 (Europe/Sofia); Трудовой кодекс Болгарии, ст. 152 требует 12 ч", "Ana почива 5 ч 30 мин между пн 9 март 08:00-20:30 (Europe/Sofia) и вт 10 март 02:00-10:00 (Europe/Sofia); Кодексът на труда, чл. 152 изисква 12 ч"},
		roster.RuleWeeklyRest:   {"Ana has at most 22 h free at a stretch in the week of Mon 9 Mar 2026; Labour Code of Bulgaria, Art. 153 asks for 36 h", "Ana имеет не больше 22 ч непрерывного отдыха в неделе с пн 9 марта 2026; Трудовой кодекс Болгарии, ст. 153 требует 36 ч", "Ana има най-много 22 ч непрекъсната почивка в седмицата от пн 9 март 2026; Кодексът на труда, чл. 153 изисква 36 ч"},
		roster.RuleShiftLength:  {"Ana works 12 h 30 min at Mon 9 Mar", "Ana работает 12 ч 30 мин в смену пн 9 марта", "Ana работи 12 ч 30 мин в смяната пн 9 март"},
		roster.RuleNights:       {"may not work at night, but works 4 h of it at Tue 10 Mar 02:00-10:00", "не может работать ночью, но работает ночью 4 ч в смену вт 10 марта", "не може да работи нощем, но работи нощем 4 ч в смяната вт 10 март"},
		roster.RuleOneShift:     {"two shifts at once for 30 min: Tue 10 Mar 02:00-10:00 (Europe/Sofia) and Tue 10 Mar 09:30-12:00", "две смены одновременно, 30 мин: вт 10 марта", "две смени едновременно за 30 мин: вт 10 март"},
		roster.RuleTimeOff:      {"Ana is on time off, but works Wed 11 Mar", "Ana в отпуске, но работает ср 11 марта", "Ana е в отпуск, но работи ср 11 март"},
		roster.RuleAvailability: {"Ana is not available at Mon 9 Mar", "вне заявленной доступности, пн 9 марта", "извън заявената наличност, пн 9 март"},
		roster.RuleHours:        {"in the week of Mon 9 Mar 2026; the contract allows 20 h", "в неделе с пн 9 марта 2026; договор допускает 20 ч", "в седмицата от пн 9 март 2026; договорът допуска 20 ч"},
		roster.RuleRun:          {"Ana works 7 days in a row from Mon 9 Mar 2026; the contract allows 1", "дней подряд: 7, с пн 9 марта 2026; договор допускает 1", "7 дни подред от пн 9 март 2026; договорът допуска 1"},
		roster.RuleShort:        {"Ana works 0 h in the week of Mon 16 Mar 2026; the contract guarantees 19 h", "договор гарантирует 19 ч", "договорът гарантира 19 ч"},
	}
	found, languages := map[string]bool{}, []string{"en", "ru", "bg"}
	for _, b := range roster.Judge(p, assign(shifts...)).Breaches {
		for i, language := range languages {
			if said := b.Sentence.In(language); strings.Contains(said, "%!") || !strings.Contains(said, "Ana") {
				t.Errorf("%s: %q", b.Rule, said)
			} else if w := want[b.Rule][i]; w != "" && strings.Contains(said, w) {
				found[b.Rule+language] = true
			}
		}
	}
	for rule, sentences := range want {
		for i, language := range languages {
			if !found[rule+language] {
				t.Errorf("%s is never said as %q", rule, sentences[i])
			}
		}
	}
}
