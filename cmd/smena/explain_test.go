package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/remedy"
)

// A plan from which a shift is taken misses its hours: explain names the stretch,
// and a way out that ends it comes before the one that accepts it.
func TestExplain(t *testing.T) {
	t.Parallel()
	folder := planned(t)
	path := filepath.Join(folder, "roster.csv")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(text), "\n")
	if err := os.WriteFile(path, []byte(strings.Join(append(lines[:1:1], lines[5:]...), "")), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, problems := try(t, "explain", "--plan", folder, "--shortages", "2", "--json")
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, problems)
	}
	var answer explained
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatal(err)
	}
	if len(answer.Shortages) == 0 || answer.Missing <= 0 {
		t.Fatalf("nothing is missing: %s", out)
	}
	for _, s := range answer.Shortages {
		last := s.Remedies[len(s.Remedies)-1]
		if s.Hours <= 0 || s.Why == "" || last.Kind != "accept" || len(s.Remedies) < 2 || s.Remedies[0].Left > 0.25 {
			t.Errorf("%s, %s: %.1f h, why %q, remedies %+v", s.Queue, s.Interval, s.Hours, s.Why, s.Remedies)
		}
		if l := last.Level; l == nil || !(l.Share >= 0 && l.Share < 0.8) || l.Within != calendars.Seconds(60) || !strings.Contains(last.Sentence.Bulgarian, "вместо 80 %") {
			t.Errorf("%s, %s: accepted is %v, %q", s.Queue, s.Interval, l, last.Sentence)
		}
	}
	whole := write(t, "whole.csv", string(text)) // shifts of the horizon cover nothing as those of before
	if code, again, problems := try(t, "explain", "--plan", folder, "--previous", whole, "--shortages", "2", "--json"); code != 0 || again != out || !strings.Contains(problems, "whole.csv: no shift starts before the plan") {
		t.Errorf("exit %d: with its own roster before, it is\n%s, and without\n%s%s", code, again, out, problems)
	}
	pins := filepath.Join(t.TempDir(), "pins.csv")
	if err := os.WriteFile(pins, []byte(lines[0]+lines[1]+strings.Replace(lines[1], lines[1][:strings.Index(lines[1], ",")], "other", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	code, out, problems = try(t, "explain", "--plan", folder, "--shortages", "1", "--pins", pins, "--language", "ru")
	if code != 0 || !strings.Contains(out, "эти смены вместе невозможны") || !strings.Contains(out, "one-shift-at-a-time") || !strings.Contains(out, "за 60 с ответ получат") {
		t.Errorf("exit %d: two shifts at once are no contradiction\n%s%s", code, out, problems)
	}
	if code, _, problems := try(t, "explain", "--plan", folder, "--shortages", "0"); code != exitBad || !strings.Contains(problems, "--shortages 0") {
		t.Errorf("exit %d: %s", code, problems)
	}
	if code, _, problems := try(t, "explain", "--plan", folder, "--ways", "0"); code != exitBad || !strings.Contains(problems, "--ways 0") {
		t.Errorf("exit %d: %s", code, problems)
	}
	if code, out, _ := try(t, "explain", "--plan", folder, "--shortages", "1", "--seconds", "1e-9"); code != 0 || !strings.Contains(out, "  changes not tried, for want of time") {
		t.Errorf("exit %d: there was no time, and it is not said\n%s", code, out)
	}
}

// Of a published roster, hours that have begun or begin within notice stay uncovered: that
// is why, and no way out has a shift that comes so late.
func TestExplainNow(t *testing.T) {
	t.Parallel()
	const notice, operators = 72 * time.Hour, 8 // whoever is hired comes without notice
	folder := planned(t)
	team, path := filepath.Join(folder, "team.json"), filepath.Join(folder, "roster.csv")
	asks := regexp.MustCompile(`"notice": "[^"]*"`).ReplaceAllString(mustRead(t, team), `"notice": "72h"`)
	now := time.Date(2026, 3, 18, 10, 0, 0, 0, time.UTC)
	var rows []string
	taken := map[string]bool{}
	for _, row := range strings.SplitAfter(mustRead(t, path), "\n") {
		if day := strings.Split(row+",,,", ",")[3]; strings.HasPrefix(day, "2026-03-17") || strings.HasPrefix(day, "2026-03-19") {
			if day = day[:len("2026-03-17")]; !taken[day] {
				taken[day] = true
				continue
			}
		}
		rows = append(rows, row)
	}
	if err := errors.Join(os.WriteFile(team, []byte(asks), 0o644), os.WriteFile(path, []byte(strings.Join(rows, "")), 0o644)); err != nil {
		t.Fatal(err)
	}
	code, out, problems := try(t, "explain", "--plan", folder, "--shortages", "9", "--json", "--now", now.Format(time.RFC3339))
	if code != 0 || len(taken) != 2 {
		t.Fatalf("exit %d, taken %v\n%s", code, taken, problems)
	}
	var answer explained
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatal(err)
	}
	begun, within := 0, 0
	for _, s := range answer.Shortages {
		for _, r := range s.Remedies {
			for _, a := range r.Comes {
				if ahead := a.Shift.Start.Sub(now); ahead < 0 || ahead < notice && a.Operator <= operators {
					t.Errorf("%s: %s: a shift comes at %s", s.Interval, r.Sentence.English, a.Shift)
				}
			}
		}
		switch {
		case !s.Interval.End.After(now):
			begun++
		case !s.Interval.End.After(now.Add(notice)):
			within++
		default:
			continue
		}
		if s.Why != roster.WhyNotice {
			t.Errorf("%s is uncovered because of %s: %s", s.Interval, s.Why, s.Cause.Sentence.English)
		}
	}
	if begun == 0 || within == 0 {
		t.Errorf("%d shortages have begun, %d begin within notice", begun, within)
	}
	if code, _, problems := try(t, "explain", "--plan", folder, "--now", "noon"); code != exitBad || !strings.Contains(problems, "--now") {
		t.Errorf("exit %d: %s", code, problems)
	}
}

// Ways out that differ in whom they ask alone are one; what was not tried is said,
// in the reader's language.
func TestExplainPrint(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Europe/Sofia")
	hour := calendars.Interval{Start: time.Date(2026, 12, 9, 17, 0, 0, 0, time.UTC), End: time.Date(2026, 12, 9, 18, 0, 0, 0, time.UTC)}
	ask := func(asks, operator string, price int64) remedy.Remedy {
		said := asks + " " + operator
		return remedy.Remedy{Asks: asks, Operator: operator, Sentence: roster.Text{English: said, Russian: said, Bulgarian: said}, Hours: 4, Price: price}
	}
	comes := func(r remedy.Remedy, operators ...roster.ID) remedy.Remedy {
		for _, id := range operators {
			r.Comes = append(r.Comes, roster.Assignment{Operator: id, Template: "day", Shift: hour})
		}
		return r
	}
	both := comes(ask("", "", 300), 1, 2)
	both.Steps = []remedy.Step{{Sentence: ask("4 h", "Ana", 0).Sentence}, {Sentence: ask("rest", "Ben", 0).Sentence}}
	const hired = 3
	team := roster.Team{Zone: zone, Operators: []roster.Operator{{ID: 1, Name: "Ana", Zone: zone}, {ID: 2, Name: "Ben", Zone: zone}}, Queues: []roster.Queue{{Name: "chat", Skill: "chat"}}}
	e := explained{Missing: 3, Shortages: []remedy.Shortage{{
		Queue: "chat", Interval: hour, Hours: 1, Untried: 7, Cause: roster.Cause{Queue: "chat", Interval: hour, Missing: 1},
		Remedies: []remedy.Remedy{
			comes(ask("4 h", "Ana", 240), 1, hired), comes(ask("4 h", "Ben", 240), 2), ask("rest", "Ben", 240), both, ask("4 h", "Cem", 480),
			{Sentence: roster.Text{English: "accept", Russian: "accept", Bulgarian: "accept"}, Price: 600},
		},
	}}}
	for language, want := range map[string]string{
		"en": `chat, Wed 9 Dec 19:00-20:00 (Europe/Sofia): 1 operator-hour uncovered
  1 missing: nobody has the skill chat
  1. 4 h Ana (+4 h paid, price 4 h)
     + Ana, day, Wed 9 Dec 19:00-20:00 (Europe/Sofia)
     or likewise Ben:
     + Ben, day, Wed 9 Dec 19:00-20:00 (Europe/Sofia)
  2. rest Ben (+4 h paid, price 4 h)
  3. all of this together (+4 h paid, price 5 h, 1 h of it not paid)
     * 4 h Ana
     * rest Ben
     + Ana, day, Wed 9 Dec 19:00-20:00 (Europe/Sofia)
     + Ben, day, Wed 9 Dec 19:00-20:00 (Europe/Sofia)
  and 1 more (--ways)
  or accept (price 10 h)
  changes not tried, for want of time (--seconds) or because others ask for less: 7
3 operator-hours uncovered in all, 1 of them above
`,
		"ru": `chat, ср 9 декабря 19:00-20:00 (Europe/Sofia): не покрыто 1 чел.-ч
  не хватает 1 – навыка chat нет ни у кого
  1. 4 h Ana (+4 ч к оплате, цена 4 ч)
     + Ana, day, ср 9 декабря 19:00-20:00 (Europe/Sofia)
     или так же Ben:
     + Ben, day, ср 9 декабря 19:00-20:00 (Europe/Sofia)
  2. rest Ben (+4 ч к оплате, цена 4 ч)
  3. всё это вместе (+4 ч к оплате, цена 5 ч, из них 1 ч не к оплате)
     * 4 h Ana
     * rest Ben
     + Ana, day, ср 9 декабря 19:00-20:00 (Europe/Sofia)
     + Ben, day, ср 9 декабря 19:00-20:00 (Europe/Sofia)
  и ещё 1 (--ways)
  или accept (цена 10 ч)
  не проверено изменений: 7 – не хватило времени (--seconds), или другие требуют меньшего
всего не покрыто 3 чел.-ч, из них выше – 1
`,
		"bg": `chat, ср 9 декември 19:00-20:00 (Europe/Sofia): непокрити човекочасове: 1
  недостиг 1 – никой няма умението chat
  1. 4 h Ana (+4 платени ч, цена 4 ч)
     + Ana, day, ср 9 декември 19:00-20:00 (Europe/Sofia)
     или по същия начин Ben:
     + Ben, day, ср 9 декември 19:00-20:00 (Europe/Sofia)
  2. rest Ben (+4 платени ч, цена 4 ч)
  3. всичко това заедно (+4 платени ч, цена 5 ч, от тях 1 ч не се плащат)
     * 4 h Ana
     * rest Ben
     + Ana, day, ср 9 декември 19:00-20:00 (Europe/Sofia)
     + Ben, day, ср 9 декември 19:00-20:00 (Europe/Sofia)
  и още 1 (--ways)
  или accept (цена 10 ч)
  непроверени промени: 7 – времето (--seconds) не стигна или други искат по-малко
непокрити човекочасове общо: 3, от тях по-горе: 1
`,
	} {
		var out strings.Builder
		e.print(teller{&out, language}, team, 3)
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("%s: %s", language, diff)
		}
	}
}

// BenchmarkExplain is how long explain takes for the five greatest shortages of a
// plan of the demo team.
func BenchmarkExplain(b *testing.B) {
	folder := demoPlan(b)
	for b.Loop() {
		must(b, "explain", "--plan", folder)
	}
}

// demoPlan plans four weeks of the demo team, and returns the folder.
func demoPlan(b *testing.B) string {
	b.Helper()
	folder := b.TempDir()
	first, err := calendars.ParseDay("2026-12-07")
	if err != nil {
		b.Fatal(err)
	}
	history, err := synthetic(first.AddDays(-7), 1)
	if err != nil {
		b.Fatal(err)
	}
	calls, team, out := filepath.Join(folder, "calls.csv"), filepath.Join(folder, "team.json"), filepath.Join(folder, "plan")
	if err := errors.Join(os.WriteFile(calls, history, 0o644), os.WriteFile(team, lastochka, 0o644)); err != nil {
		b.Fatal(err)
	}
	must(b, "plan", "--history", calls, "--team", team, "--from", first.String(), "--weeks", "4", "--iterations", "40000", "--out", out)
	return out
}

// must runs a command that must succeed, and returns what it prints.
func must(b *testing.B, args ...string) string {
	b.Helper()
	var out strings.Builder
	if code := run(&app{b.Context(), &out, io.Discard, time.Now}, args); code != 0 {
		b.Fatalf("%q: exit %d", args, code)
	}
	return out.String()
}
