package roster_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
		roster.RuleRun:          {"Ana works 7 days in a row from Mon 9 Mar 2026; the contract allows 1", "дней подряд: 7, первый – пн 9 марта 2026; договор допускает 1", "7 дни подред от пн 9 март 2026; договорът допуска 1"},
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

// Causes say how many do what as one does in each language: 1, 2, 11 and 21.
func TestCauseSentences(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]roster.Text{
		1:  {English: "of 1 with the skill bg, 1 is at work already", Russian: "из 1 с навыком bg: 1 уже работает", Bulgarian: "от 1 с умението bg: 1 вече работи"},
		2:  {English: "of 2 with the skill bg, 2 are at work already", Russian: "из 2 с навыком bg: 2 уже работают", Bulgarian: "от 2 с умението bg: 2 вече работят"},
		11: {English: "of 11 with the skill bg, 11 are at work already", Russian: "из 11 с навыком bg: 11 уже работают", Bulgarian: "от 11 с умението bg: 11 вече работят"},
		21: {English: "of 21 with the skill bg, 21 are at work already", Russian: "из 21 с навыком bg: 21 уже работает", Bulgarian: "от 21 с умението bg: 21 вече работят"},
	} {
		c := roster.Cause{Queue: "bg", Reasons: []roster.Reason{{Why: roster.WhyWorking, Operators: n}}}
		if diff := cmp.Diff(want, c.Because("bg")); diff != "" {
			t.Errorf("%d: %s", n, diff)
		}
	}
	p := problem()
	at := p.Demand.Grid.Index(span(t, "Europe/Sofia", "2026-03-10 09:00", "2026-03-10 10:00").Start)
	p.Demand.Queues[0].Required[at] = 2
	want := roster.Text{
		English:   "bg misses 2 of 2 at Tue 10 Mar 09:00-10:00 (Europe/Sofia): of 1 with the skill bg, 1 is free, but no better roster was found: Ana",
		Russian:   "bg: не хватает 2 из 2, вт 10 марта 09:00-10:00 (Europe/Sofia) – из 1 с навыком bg: 1 свободен, но лучшего графика не нашлось: Ana",
		Bulgarian: "bg: недостиг 2 от нужни 2, вт 10 март 09:00-10:00 (Europe/Sofia) – от 1 с умението bg: 1 е свободен, но по-добър график не е намерен: Ana",
	}
	if diff := cmp.Diff(want, roster.Explain(p, nil)[0].Sentence); diff != "" {
		t.Error(diff)
	}
}

// Times of service levels are said in the unit that people use for them.
func TestWithin(t *testing.T) {
	t.Parallel()
	for within, want := range map[time.Duration]roster.Text{
		2 * time.Minute:   {English: "120 s", Russian: "120 с", Bulgarian: "120 с"},
		3 * time.Minute:   {English: "3 min", Russian: "3 мин", Bulgarian: "3 мин"},
		150 * time.Second: {English: "150 s", Russian: "150 с", Bulgarian: "150 с"},
		time.Hour:         {English: "1 h", Russian: "1 ч", Bulgarian: "1 ч"},
		90 * time.Minute:  {English: "90 min", Russian: "90 мин", Bulgarian: "90 мин"},
		4 * time.Hour:     {English: "4 h", Russian: "4 ч", Bulgarian: "4 ч"},
	} {
		if diff := cmp.Diff(want, roster.Within(calendars.Duration{Duration: within})); diff != "" {
			t.Errorf("%v: %s", within, diff)
		}
	}
}

// Rules without a name are said with their days, window and bound: those that differ
// in one of them are said differently.
func TestRulesAreSaid(t *testing.T) {
	t.Parallel()
	three, day := int64(3), int64(8*60)
	for _, c := range []struct {
		rule roster.Rule
		want roster.Text
	}{
		{roster.Rule{Name: "few nights", Count: "shifts", Per: "week", Most: &three}, roster.Text{English: "few nights", Russian: "few nights", Bulgarian: "few nights"}},
		{roster.Rule{Count: "shifts", Weekdays: []calendars.Weekday{0, 1}, Most: &three}, roster.Text{
			English: "shifts, Sun, Mon, at most 3", Russian: "смены, вс, пн, не больше 3", Bulgarian: "смени, нд, пн, най-много 3",
		}},
		{roster.Rule{Count: "shifts", Per: "day", Most: &three}, roster.Text{English: "shifts, at most 3 a day", Russian: "смены, не больше 3 в день", Bulgarian: "смени, най-много 3 на ден"}},
		{roster.Rule{Count: "shifts", During: "night", Weekdays: []calendars.Weekday{6}, Per: "week", Most: &three}, roster.Text{
			English: "shifts, night, Sat, at most 3 a week", Russian: "смены, ночь, сб, не больше 3 в неделю", Bulgarian: "смени, нощ, сб, най-много 3 на седмица",
		}},
		{roster.Rule{Count: "minutes", Per: "month", Least: &day, Most: &day}, roster.Text{
			English: "time worked, at least 8 h, at most 8 h a month", Russian: "рабочее время, не меньше 8 ч, не больше 8 ч в месяц", Bulgarian: "работно време, поне 8 ч, най-много 8 ч на месец",
		}},
		{roster.Rule{Count: "weekends", Per: "quarter", Most: &three}, roster.Text{
			English: "weekends worked, at most 3 a quarter", Russian: "рабочие выходные, не больше 3 в квартал", Bulgarian: "работни уикенди, най-много 3 на тримесечие",
		}},
		{roster.Rule{Count: "weekends", Per: "year", Most: &three}, roster.Text{
			English: "weekends worked, at most 3 a year", Russian: "рабочие выходные, не больше 3 в год", Bulgarian: "работни уикенди, най-много 3 на година",
		}},
		{roster.Rule{Count: "days-off", Per: "run", Least: &three}, roster.Text{
			English: "days off in a row, at least 3", Russian: "выходные дни подряд, не меньше 3", Bulgarian: "почивни дни подред, поне 3",
		}},
		{roster.Rule{Count: "days", Per: "14d", Most: &three, FromNights: 2}, roster.Text{
			English:   "days worked, at most 3 in any 14 days, if night shifts are 2 or more",
			Russian:   "рабочие дни, не больше 3 за любые 14 дн. подряд, если ночных смен 2 или больше",
			Bulgarian: "работни дни, най-много 3 за всеки 14 поредни дни, ако нощните смени са 2 или повече",
		}},
	} {
		if diff := cmp.Diff(c.want, c.rule.Says()); diff != "" {
			t.Error(diff)
		}
	}
}

// Every reason there is has a phrase, for one and for several, in each language.
func TestReasonsAreSaid(t *testing.T) {
	t.Parallel()
	for _, why := range []string{
		roster.WhyWorking, roster.WhyBreak, roster.WhyTimeOff, roster.WhyNoTemplate, roster.WhyUnavailable, roster.WhyUnlawful, roster.WhyPauses, roster.WhyNotice, roster.WhyOverlap,
		roster.WhyDailyRest, roster.WhyWeeklyRest, roster.WhyHours, roster.WhyMonth, roster.WhyAverage, roster.WhyRun, roster.WhyRule, roster.WhyFree, roster.WhyCounted,
	} {
		for _, n := range []int{1, 5} {
			said := roster.Cause{Reasons: []roster.Reason{{Why: why, Operators: n}}}.Because("bg")
			for _, one := range []string{said.English, said.Russian, said.Bulgarian} {
				if strings.Contains(one, "%!") || strings.Count(one, strconv.Itoa(n)) != 2 || len(one) < 30 {
					t.Errorf("%s, %d: %q", why, n, one)
				}
			}
		}
	}
}
