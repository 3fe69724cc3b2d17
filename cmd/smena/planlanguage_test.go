package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// Reasons, notes and tables of a plan are in the language that is asked for, of
// what-if too; everything else of the files is the same.
func TestPlanLanguage(t *testing.T) {
	t.Parallel()
	history, team := write(t, "history.csv", endHistory()), strings.Replace(mustRead(t, teamFile(t)), `"end":"22:00"`, `"end":"21:00"`, 1) // which leaves an hour to nobody
	args := []string{"plan", "--history", history, "--team", write(t, "team.json", team), "--from", "2026-03-16", "--weeks", "1", "--iterations", "100"}
	english := map[string]string{}
	for language, want := range map[string][3]string{
		"en": {"chat misses ", "nobody can cover all of this: chat misses", "service level to expect"},
		"ru": {"chat: не хватает ", "всё это не может покрыть никто: chat: не хватает", "ожидаемый уровень сервиса"},
		"bg": {"chat: недостиг ", "никой не може да покрие всичко това: chat: недостиг", "очаквано ниво на обслужване"},
	} {
		out := filepath.Join(t.TempDir(), "plan")
		code, shown, problems := try(t, append(args, "--language", language, "--out", out)...)
		if code != 0 || !strings.Contains(problems, want[1]) || !strings.Contains(shown, want[2]) {
			t.Errorf("%s: exit %d\n%s%s", language, code, shown, problems)
		}
		results := files(t, out)
		reasons := 0
		for _, row := range table(t, results["coverage.csv"]) {
			if strings.HasPrefix(row[6], want[0]) {
				reasons++
			} else if row[6] != "" {
				t.Fatalf("%s: %q", language, row[6])
			}
		}
		if reasons == 0 {
			t.Errorf("%s: nothing is missing", language)
		}
		delete(results, "coverage.csv")
		if len(english) > 0 {
			if diff := cmp.Diff(english, results); diff != "" {
				t.Errorf("%s: more than reasons is in the language: %s", language, diff)
			}
		}
		english = results
	}
	scenarios := write(t, "what.json", `{"scenarios": [{"name": "calm", "changes": [{"arrivals": {"queue": "chat", "factor": 0.1}}]}]}`)
	out := filepath.Join(t.TempDir(), "plan")
	if code, shown, problems := try(t, append(args, "--language", "ru", "--what-if", scenarios, "--out", out)...); code != 0 || !strings.Contains(shown, "сценарий") {
		t.Errorf("what-if: exit %d\n%s%s", code, shown, problems)
	}
	if kept := files(t, out)["coverage.csv"]; !strings.Contains(kept, "chat: не хватает ") {
		t.Errorf("what-if keeps reasons in another language:\n%s", kept)
	}
	if code, _, problems := try(t, append(args, "--language", "de", "--what-if", scenarios)...); code != exitUsage || !strings.Contains(problems, `must be one of "en","ru","bg"`) {
		t.Errorf("German: exit %d\n%s", code, problems)
	}
}

// What nobody can cover is told with what would help: three that have kinds of reasons
// of their own, whatever their numbers, how many more there are, and where if there is
// a folder.
func TestNoteImpossible(t *testing.T) {
	t.Parallel()
	said := func(english, russian, bulgarian string) roster.Text {
		return roster.Text{English: english, Russian: russian, Bulgarian: bulgarian}
	}
	one := roster.Impossibility{
		Cause: roster.Cause{Queue: "a", Sentence: said("two miss", "двоих нет", "двама липсват")},
		Help:  []roster.Text{said("a shift", "смена", "смяна"), said("a skill", "навык", "умение"), said("Ana", "Ana", "Ana")},
	}
	for language, want := range map[string]struct{ all, where string }{
		"en": {`smena: note: nobody can cover all of this: two miss; what would help: a shift; or a skill; or Ana
smena: note: nobody can cover all of this: a 1
smena: note: nobody can cover all of this: b 2
smena: note: and 2 intervals more that nobody can cover`, ", in report.json"},
		"ru": {`smena: note: всё это не может покрыть никто: двоих нет; помогло бы: смена; или навык; или Ana
smena: note: всё это не может покрыть никто: a 1
smena: note: всё это не может покрыть никто: b 2
smena: note: и ещё интервалов, которые никто не может покрыть: 2`, ", см. report.json"},
		"bg": {`smena: note: никой не може да покрие всичко това: двама липсват; би помогнало: смяна; или умение; или Ana
smena: note: никой не може да покрие всичко това: a 1
smena: note: никой не може да покрие всичко това: b 2
smena: note: и още интервали, които никой не може да покрие: 2`, ", вижте report.json"},
	} {
		bare := func(queue string, resting int) roster.Impossibility {
			sentence := fmt.Sprint(queue, " ", resting)
			return roster.Impossibility{Cause: roster.Cause{Queue: queue, Sentence: said(sentence, sentence, sentence), Reasons: []roster.Reason{{Why: roster.WhyDailyRest, Operators: resting}}}}
		}
		for folder, where := range map[string]string{"plan": want.where, "": ""} {
			var out strings.Builder
			noteImpossible(teller{&out, language}, []roster.Impossibility{one, one, bare("a", 1), bare("a", 2), bare("b", 2)}, folder)
			if diff := cmp.Diff(want.all+where+"\n", out.String()); diff != "" {
				t.Errorf("%s, folder %q: %s", language, folder, diff)
			}
		}
	}
}

// Holidays that nobody knows yet are told once for a country, however many queues
// have its customers.
func TestNoteHolidays(t *testing.T) {
	t.Parallel()
	p := plan{horizon: calendars.Grid{Start: time.Date(2026, 12, 28, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: 168}}
	for _, country := range []string{"", "RU", "BG", "RU"} {
		p.team.Queues = append(p.team.Queues, roster.Queue{Country: country, Zone: calendars.MustZone("Europe/Sofia")})
	}
	var out strings.Builder
	p.noteHolidays(teller{&out, "bg"})
	if n := strings.Count(out.String(), "smena: note: празниците на RU са известни до 2026-12-31"); n != 1 || strings.Contains(out.String(), "BG") {
		t.Error(out.String())
	}
}

// Queues whose history ends long before the plan are told, those that end on one day
// together, each on its own clock.
func TestNoteGap(t *testing.T) {
	t.Parallel()
	zone, day := calendars.MustZone("Europe/Sofia"), calendars.Day{Year: 2026, Month: time.March, Dom: 2}
	p := plan{team: roster.Team{Zone: zone}, forecasts: map[string]forecast.Forecast{}}
	for _, q := range []struct {
		name, zone string
		ends       calendars.Day
	}{{"a", "Europe/Sofia", day}, {"b", "Asia/Manila", day}, {"c", "Europe/Sofia", day.AddDays(-400)}, {"d", "Europe/Sofia", day.AddDays(10)}} {
		zone := calendars.MustZone(q.zone)
		p.team.Queues = append(p.team.Queues, roster.Queue{Name: q.name, Zone: zone})
		p.forecasts[q.name] = forecast.Forecast{Origin: q.ends.Start(zone)}
	}
	for after, want := range map[int]string{
		55: "smena: note: c: историята свършва на 2025-01-25, дни до началото на плана: 456; да не би датата да е сгрешена или част от историята да липсва?\n",
		56: "smena: note: a, b: историята свършва на 2026-03-01, дни до началото на плана: 57; да не би датата да е сгрешена или част от историята да липсва?\n" +
			"smena: note: c: историята свършва на 2025-01-25, дни до началото на плана: 457; да не би датата да е сгрешена или част от историята да липсва?\n",
	} {
		p.horizon = calendars.Grid{Start: day.AddDays(after).Start(zone), Step: time.Hour, N: 168}
		var out strings.Builder
		p.noteGap(teller{&out, "bg"})
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("%d days after: %s", after, diff)
		}
	}
}

// A history that ends long before the plan, and queues that want nobody, are told.
func TestNoteWhatIsOdd(t *testing.T) {
	t.Parallel()
	history := write(t, "history.csv", regexp.MustCompile(`chat,\d+`).ReplaceAllString(endHistory(), "chat,0"))
	code, _, problems := try(t, "plan", "--history", history, "--team", teamFile(t), "--from", "2026-06-01", "--weeks", "1", "--iterations", "1", "--out", filepath.Join(t.TempDir(), "plan"))
	for _, want := range []string{"note: chat: the history ends on 2026-03-22, 71 days before the plan starts", `note: queue "chat" requires nobody`} {
		if code != 0 || !strings.Contains(problems, want) {
			t.Errorf("exit %d: expected %q\n%s", code, want, problems)
		}
	}
}

// The summary is the same in every language, number for number.
func TestReportPrint(t *testing.T) {
	t.Parallel()
	share, missing, pay, level := 0.034, 5.25, 1234.5, 0.876
	day := calendars.Day{Year: 2026, Month: time.December, Dom: 7}
	r := report{
		Team: "Team", First: day, Last: day.AddDays(6), Seed: 7, Moves: 90, Pay: &pay, Above: &share, AboveHours: &missing, currency: "EUR", neighbours: neighbours{Previous: "before.csv", Next: "after.csv"},
		Breaches: make([]roster.Breach, 1), Required: 210, Share: 0.98, Uncovered: 1,
		Queues: []queueReport{
			{Queue: "chat", Required: 168, Missing: 4.2, Expected: &level, Backtest: forecast.Accuracy{WAPE: 0.12}, Actual: &actualReport{Open: 48, Met: 0.75, Accuracy: forecast.Accuracy{WAPE: 0.2}}},
			{Queue: "mail", Required: 42, Backtest: forecast.Accuracy{WAPE: 0.3}},
		},
	}
	for language, want := range map[string]string{
		"en": `Team, 2026-12-07 to 2026-12-13

queue  required h  missing h  service level to expect  forecast error  against what came
chat   168         4.2        87.6 %                   WAPE 12.0 %     WAPE 20.0 %, service level met in 75.0 % of 48 intervals
mail   42          0.0        -                        WAPE 30.0 %     -

pay without overtime: 1234.50 EUR

covered 98.00 % of 210 operator-hours; 1 interval uncovered; 1 hard breach, in report.json; cost at most 3.4 % above the best possible (5.2 missing operator-hours cost as much); 90 moves, seed 7
results in plan
why hours stay uncovered, and what would end that: smena explain --plan plan --previous before.csv --next after.csv
`,
		"ru": `Team, с 2026-12-07 по 2026-12-13

очередь  нужно, ч  не хватает, ч  ожидаемый уровень сервиса  ошибка прогноза  по факту
chat     168       4.2            87.6 %                     WAPE 12.0 %      WAPE 20.0 %, уровень сервиса выдержан в 75.0 % интервалов, всего их 48
mail     42        0.0            -                          WAPE 30.0 %      -

оплата без сверхурочных: 1234.50 EUR

покрыто 98.00 % от 210 чел.-ч; непокрытых интервалов: 1; нарушений жёстких правил: 1, см. report.json; стоимость не больше чем на 3.4 % выше наилучшей возможной (столько же стоит нехватка 5.2 чел.-ч); ходов: 90, seed 7
результаты: plan
почему часы не покрыты и что помогло бы: smena explain --plan plan --previous before.csv --next after.csv --language ru
`,
		"bg": `Team, от 2026-12-07 до 2026-12-13

опашка  нужни ч  недостиг, ч  очаквано ниво на обслужване  грешка на прогнозата  спрямо действителното
chat    168      4.2          87.6 %                       WAPE 12.0 %           WAPE 20.0 %, нивото на обслужване е спазено в 75.0 % от интервалите, общо 48
mail    42       0.0          -                            WAPE 30.0 %           -

заплащане без извънреден труд: 1234.50 EUR

покрити 98.00 % от 210 човекочаса; непокрити интервали: 1; нарушения на твърди правила: 1, вижте report.json; цената е най-много с 3.4 % над най-добрата възможна (колкото недостиг от 5.2 човекочаса); ходове: 90, seed 7
резултати: plan
защо има непокрити часове и какво би помогнало: smena explain --plan plan --previous before.csv --next after.csv --language bg
`,
	} {
		var out strings.Builder
		if err := r.print(teller{&out, language}, "plan"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("%s: %s", language, diff)
		}
	}
}

// What is not known, not broken or not uncovered is said so, and paths with a space
// stay whole.
func TestReportPrintCases(t *testing.T) {
	t.Parallel()
	none, hours, pay := 0.0, 2.5, 12.5
	for name, c := range map[string]struct {
		r          report
		want, lack []string
	}{
		"no bound":      {report{}, []string{"; no bound of the cost found yet;"}, []string{"above the best"}},
		"the best":      {report{Above: &none, AboveHours: &none}, []string{"; no better roster is possible;"}, []string{"at most"}},
		"nothing amiss": {report{}, []string{"; no hard breach;", "0 intervals uncovered"}, []string{reportFile, "smena explain"}},
		"as published":  {report{Changed: &changedReport{}}, []string{"\n\nno published shift changes\n"}, nil},
		"changed":       {report{Changed: &changedReport{Operators: 1, Days: 3}}, []string{"\n\nchanges to what was published: 3 operator-days of 1 operator\n"}, nil},
		"within hours":  {report{Changed: &changedReport{Within: 2}}, []string{"\n\nno published shift changes; other breaks or shift templates within the hours of 2 operators\n"}, nil},
		"uncovered":     {report{Uncovered: 2, Breaches: make([]roster.Breach, 2)}, []string{"; 2 hard breaches, in report.json;", `smena explain --plan "my plan"` + "\n"}, []string{"--previous"}},
		"spaces":        {report{Uncovered: 2, neighbours: neighbours{Previous: "the old.csv"}}, []string{`smena explain --plan "my plan" --previous "the old.csv"` + "\n"}, nil},
		"published":     {report{Uncovered: 2, now: "2026-12-09T12:00:00+02:00"}, []string{`smena explain --plan "my plan" --now 2026-12-09T12:00:00+02:00` + "\n"}, nil},
		"no share":      {report{AboveHours: &hours}, []string{"; cost above the best possible by at most what 2.5 missing operator-hours cost;"}, []string{"no bound"}},
		"no currency":   {report{Pay: &pay}, []string{"\npay without overtime: 12.50\n"}, nil},
	} {
		var out strings.Builder
		if err := c.r.print(teller{&out, "en"}, "my plan"); err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: expected %q in\n%s", name, want, out.String())
			}
		}
		for _, lack := range c.lack {
			if strings.Contains(out.String(), lack) {
				t.Errorf("%s: %q in\n%s", name, lack, out.String())
			}
		}
	}
	for _, unknown := range []any{report{}, outcome{}} {
		if text, err := json.Marshal(unknown); err != nil || strings.Contains(string(text), "above_best") {
			t.Errorf("what is not known is there: %s, %v", text, err)
		}
	}
}

// The comparison too.
func TestComparisonPrint(t *testing.T) {
	t.Parallel()
	above, hours, level, less := 0.05, 2.0, 0.9, -0.1
	day := calendars.Day{Year: 2026, Month: time.December, Dom: 7}
	c := comparison{Team: "Team", First: day, Last: day.AddDays(6), Currency: "EUR", Seed: 7, Scenarios: []outcome{
		{Name: "base", People: 8, Score: roster.Score{Soft: 500 * roster.Whole}, Above: &above, AboveHours: &hours, Hours: 300, Pay: 6000, Missing: 4, Expected: &level},
		{
			Name: "loss", People: 7, Score: roster.Score{Soft: 900 * roster.Whole, Hard: 1}, Hours: 260, Pay: 5200, Missing: 9, Expected: &level,
			Change: &difference{People: -1, Soft: 400 * roster.Whole, Hours: -40, Pay: -800, Missing: 5, Expected: &less},
		},
	}}
	for language, want := range map[string]string{
		"en": `Team, 2026-12-07 to 2026-12-13

scenario  operators      cost        worked h       pay EUR        uncovered h        service level         cost above the best possible
base      8              500         300            6000           4.0                90.0 %                at most 5.0 %, as much as 2.0 h uncovered
loss      7          -1  900   +400  260       -40  5200     -800  9.0          +5.0  90.0 %         -10.0  no bound of the cost found yet; hard rules broken

cost in weighted operator-minutes; seed 7
the plan of the team as it is: plan
`,
		"ru": `Team, с 2026-12-07 по 2026-12-13

сценарий  операторов      стоимость        отработано, ч       оплата EUR        не покрыто, ч        уровень сервиса         стоимость выше наилучшей возможной
base      8               500              300                 6000              4.0                  90.0 %                  не больше чем на 5.0 %, столько же стоят 2.0 ч без покрытия
loss      7           -1  900        +400  260            -40  5200        -800  9.0            +5.0  90.0 %           -10.0  нижняя граница стоимости ещё не найдена; жёсткие правила нарушены

стоимость во взвешенных человеко-минутах; seed 7
план команды, какая она есть: plan
`,
		"bg": `Team, от 2026-12-07 до 2026-12-13

сценарий  оператори      цена        отработени ч       заплащане EUR        непокрити ч        ниво на обслужване         цена над най-добрата възможна
base      8              500         300                6000                 4.0                90.0 %                     най-много с 5.0 %, колкото 2.0 непокрити ч
loss      7          -1  900   +400  260           -40  5200           -800  9.0          +5.0  90.0 %              -10.0  долна граница на цената още не е намерена; нарушени са твърди правила

цената е в претеглени човекоминути; seed 7
планът на екипа, какъвто е: plan
`,
	} {
		var out strings.Builder
		if err := c.print(teller{&out, language}, "plan"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("%s: %s", language, diff)
		}
	}
}

// Where nobody says in which currency pay is, the heading does not end in a blank;
// the best possible is called so.
func TestComparisonPrintCases(t *testing.T) {
	t.Parallel()
	if header := (comparison{}).header(true).English; !strings.Contains(header, "\tpay\t\t") {
		t.Errorf("%q", header)
	}
	none := 0.0
	if got := (outcome{Above: &none, AboveHours: &none}).above(); got != aboveBest(&none, &none) {
		t.Error(got)
	}
	hours := 2.5
	if got := (outcome{AboveHours: &hours}).above().English; got != "at most by the cost of 2.5 h uncovered" {
		t.Error(got)
	}
}
