package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// fairTeam is workers with points and pay.
func fairTeam(t testing.TB) string {
	t.Helper()
	text := strings.Replace(workers(t, "full-time"), `"shift_templates"`, `"currency": "EUR", "fairness": {"night": 1, "weekend": 2, "holiday": 4, "weight": 20}, "shift_templates"`, 1)
	return strings.ReplaceAll(text, `"max_per_week"`, `"hourly_pay": 10, "premiums": {"sunday": 0.5}, "max_per_week"`)
}

// Points of a roster, printed, and brought forward to the next.
func TestFairnessCommand(t *testing.T) {
	t.Parallel()
	team := write(t, "team.json", fairTeam(t))
	path := write(t, "roster.csv", "operator,date,start,end\nAna,2026-03-02,22:00,06:00\nAna,2026-03-04,09:00,17:00\nOleg,2026-03-07,09:00,17:00\n")
	code, out, problems := try(t, "fairness", "--team", team, "--roster", path)
	if code != 0 || !strings.Contains(out, "refused-wish") || !strings.Contains(out, "2026-03-08") {
		t.Fatalf("exit %d\n%s%s", code, out, problems)
	}
	code, out, _ = try(t, "fairness", "--team", team, "--roster", path, "--operator", "Ana", "--at", "2026-03-05")
	if code != 0 || !strings.Contains(out, "2026-03-02  holiday") || !strings.Contains(out, "2026-03-02  night") { // 3 March is Bulgaria's day
		t.Errorf("exit %d\n%s", code, out)
	}
	_, out, _ = try(t, "fairness", "--team", team, "--roster", path, "--json")
	before := write(t, "march.json", out)
	_, out, problems = try(t, "fairness", "--team", team, "--roster", path, "--forward", before, "--json", "--at", "2026-06-06")
	var answer ledger
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatalf("%s%s", out, problems)
	}
	for _, one := range answer.Accounts { // ninety days after 8 March
		want := map[string]float64{"Ana": 2.44, "Oleg": 0.99}[one.Name]
		if len(one.Entries) != 0 || one.Points < want-0.06 || one.Points > want+0.06 {
			t.Errorf("%+v, want %v points", one, want)
		}
	}
	for _, c := range []struct{ want, args string }{
		{"--at:", "--at tomorrow"}, {"expected an operator of the team", "--operator Bob"}, {"expected a ledger", "--forward " + team}, {"--forward: open ", "--forward none.json"},
	} {
		args := append([]string{"fairness", "--team", team, "--roster", path}, strings.Fields(c.args)...)
		if code, _, problems := try(t, args...); code != 1 || !strings.Contains(problems, c.want) {
			t.Errorf("%s: exit %d, %s", c.args, code, problems)
		}
	}
	none := write(t, "team.json", workers(t, "full-time"))
	if code, _, problems := try(t, "fairness", "--team", none, "--roster", path); code != 1 || !strings.Contains(problems, "no points") || !strings.Contains(problems, "hint") {
		t.Errorf("exit %d, %s", code, problems)
	}
}

// A night over the midnight between two rosters is in the first one's ledger,
// and what follows on that day in the second's.
func TestFairnessGoesOn(t *testing.T) {
	t.Parallel()
	team := write(t, "team.json", fairTeam(t))
	head, december, january := "operator,date,start,end\n", "Ana,2025-12-30,22:00,06:00\nOleg,2025-12-31,22:00,06:00\n", "Marie,2026-01-01,09:00,17:00\nAna,2026-01-02,22:00,06:00\n"
	points := func(shifts string, more ...string) (text string, points float64) {
		args := append([]string{"fairness", "--team", team, "--roster", write(t, "roster.csv", head+shifts), "--json"}, more...)
		code, out, problems := try(t, args...)
		var answer ledger
		if err := json.Unmarshal([]byte(out), &answer); code != 0 || err != nil {
			t.Fatalf("exit %d\n%s%s", code, out, problems)
		}
		for _, one := range answer.Accounts {
			points += one.Points
		}
		return out, points
	}
	before, _ := points(december)
	_, got := points(january, "--forward", write(t, "december.json", before))
	if _, want := points(december + january); got < want-0.01 || got > want+0.01 {
		t.Errorf("in two steps %v points, at once %v", got, want)
	}
}

// Points are told in the language of who reads them, every kind of burden by a name.
func TestLedgerPrint(t *testing.T) {
	t.Parallel()
	day := calendars.Day{Year: 2026, Month: time.March, Dom: 2}
	one := roster.Account{Name: "Ana", Points: 4.5, Share: 5, Forward: 1.5}
	for _, kind := range []string{roster.BurdenNight, roster.BurdenWeekend, roster.BurdenHoliday, roster.BurdenNotice, roster.BurdenRefused} {
		one.Entries = append(one.Entries, roster.Entry{Day: day, Kind: kind, Points: 1, Counts: 0.5})
	}
	for language, want := range map[string][]string{
		"en": {"2026-03-02  points  for 40 h  forward  night  weekend  holiday  short-notice  refused-wish", "brought forward", "short-notice     1.00", "4.50, 5.00 for 40 hours a week"},
		"ru": {"2026-03-02  баллы  на 40 ч  перенесено  ночь  выходные  праздник  в последний момент  отказ в пожелании", "перенесено", "в последний момент  1.00", "4.50, на 40 часов в неделю 5.00"},
		"bg": {"2026-03-02  точки  за 40 ч  пренесени  нощ  уикенд  празник  в последния момент  отказано желание", "пренесени", "в последния момент  1.00", "4.50, за 40 часа седмично 5.00"},
	} {
		var out strings.Builder
		if err := errors.Join(ledger{day, []roster.Account{one}}.print(teller{&out, language}), printAccount(teller{&out, language}, one)); err != nil {
			t.Fatal(err)
		}
		for _, text := range want {
			if !strings.Contains(out.String(), text) {
				t.Errorf("%s: expected %q in\n%s", language, text, out.String())
			}
		}
	}
}

// Hours and money: premiums of law or contract, the higher of the two.
func TestCostInMoney(t *testing.T) {
	t.Parallel()
	team := write(t, "team.json", fairTeam(t))
	path := write(t, "roster.csv", "operator,date,start,end\nAna,2026-03-03,09:00,17:00\nOleg,2026-03-07,22:00,06:00\nJun,2026-03-08,09:00,17:00\n")
	code, out, problems := try(t, "cost", "--team", team, "--roster", path, "--csv")
	for _, want := range []string{
		"base_pay,night_pay,sunday_pay,holiday_pay,overtime_pay,pay",
		"Ana,1,8.00,0.00,0.00,8.00,8.00,0.00,80.00,0.00,0.00,80.00,0.00,160.00",    // a holiday is paid double
		"Oleg,1,8.00,8.00,6.00,6.00,8.00,0.00,80.00,16.00,30.00,60.00,0.00,186.00", // a night at +20 %, and into 8 March
		"Jun,1,8.00,0.00,8.00,0.00,8.00,0.00,80.00,0.00,40.00,0.00,0.00,120.00",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("exit %d, no %s in\n%s%s", code, want, out, problems)
		}
	}
	if _, out, _ := try(t, "cost", "--team", write(t, "team.json", workers(t, "full-time")), "--roster", path, "--csv"); strings.Contains(out, "pay") {
		t.Errorf("nobody's pay is known:\n%s", out)
	}
}

// Countries without a known holiday are told in the reader's language.
func TestHolidaysUnknown(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Europe/Sofia")
	team := roster.Team{Zone: zone, Operators: []roster.Operator{{Zone: zone, Country: "BG"}, {Zone: zone, Country: "ZZ"}}}
	for language, want := range map[string]string{
		"en": "smena: note: no holidays are known of ZZ, where operators work\n",
		"ru": "smena: note: неизвестны праздники стран, где работают операторы: ZZ\n",
		"bg": "smena: note: не са известни празниците на страните, в които работят оператори: ZZ\n",
	} {
		var out strings.Builder
		holidaysOf(teller{&out, language}, team, calendars.Day{Year: 2026, Month: time.March, Dom: 2}.Interval(zone), true)
		if out.String() != want {
			t.Errorf("%s: %q", language, out.String())
		}
	}
}

// Holidays are known as long before and after the plan as shifts there count.
func TestHolidaysAround(t *testing.T) {
	t.Parallel()
	zone := calendars.MustZone("Europe/Sofia")
	team := roster.Team{Zone: zone, Operators: []roster.Operator{{Zone: zone, Country: "BG"}}}
	first, last := calendars.Day{Year: 2026, Month: time.April, Dom: 13}, calendars.Day{Year: 2026, Month: time.April, Dom: 19}
	off := holidaysOf(teller{io.Discard, "en"}, team, calendars.Interval{Start: first.Start(zone), End: last.Next().Start(zone)}, false)["BG"]
	for _, day := range []calendars.Day{{Year: 2026, Month: time.April, Dom: 10}, {Year: 2026, Month: time.May, Dom: 6}} {
		if !slices.Contains(off, day) {
			t.Errorf("%s is not among %v", day, off)
		}
	}
}

// A plan goes on from the one before: its last shifts count for rest, and its
// ledger for fairness.
func TestPlanGoesOn(t *testing.T) {
	t.Parallel()
	fair := endTeam()
	fair["fairness"] = map[string]any{"night": 1, "weekend": 1, "weight": 5}
	text, err := json.Marshal(fair)
	if err != nil {
		t.Fatal(err)
	}
	team, history, out := write(t, "team.json", string(text)), write(t, "history.csv", endHistory()), filepath.Join(t.TempDir(), "plan")
	plan := func(from, out string, more ...string) {
		args := append([]string{"plan", "--team", team, "--history", history, "--from", from, "--weeks", "1", "--out", out, "--iterations", "50"}, more...)
		if code, said, problems := try(t, args...); code != 0 {
			t.Fatalf("exit %d\n%s%s", code, said, problems)
		}
	}
	plan("2026-03-16", out)
	first, previous := filepath.Join(out, ledgerFile), filepath.Join(out, rosterFile)
	next := filepath.Join(t.TempDir(), "next")
	plan("2026-03-23", next, "--previous", previous, "--ledger", first)
	if code, said, problems := try(t, "check", "--team", team, "--roster", filepath.Join(next, rosterFile), "--history", previous); code != 0 {
		t.Errorf("exit %d\n%s%s", code, said, problems)
	}
	data, err := os.ReadFile(filepath.Join(next, ledgerFile))
	if err != nil {
		t.Fatal(err)
	}
	var answer ledger
	if err := json.Unmarshal(data, &answer); err != nil {
		t.Fatal(err)
	}
	forward := 0.0
	for _, one := range answer.Accounts {
		forward += one.Forward
	}
	if forward == 0 {
		t.Errorf("nothing was brought forward: %s", data)
	}
}
