package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/smena-wfm/smena/roster"
)

// workers is a team file with one operator for each country, of one contract kind.
func workers(t testing.TB, kind string) string {
	t.Helper()
	var operators []string
	for _, c := range [][3]string{{"Ana", "Europe/Sofia", "BG"}, {"Oleg", "Asia/Novosibirsk", "RU"}, {"Marie", "Europe/Paris", "FR"}, {"Jun", "Asia/Manila", "PH"}} {
		operators = append(operators, fmt.Sprintf(`{"name": %q, "zone": %q, "country": %q, "skills": ["chat"], "contract": {"kind": %q, "max_per_week": "60h", "daily_rest": "1h", "weekly_rest": "1h"}}`, c[0], c[1], c[2], kind))
	}
	return fmt.Sprintf(`{"name": "workers", "zone": "Europe/Sofia", "queues": [{"name": "chat", "aht": "300s", "service_level": {"share": 0.8, "within": "60s"}}],
		"shift_templates": [], "operators": [%s]}`, strings.Join(operators, ","))
}

// Rosters typed in a spreadsheet, judged by the law of where people work: the
// vectors of our reference.
func TestCheck(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		roster, history string
		want            map[string]int64 // amount by rule
	}{
		"rest of 11 h, EU":              {roster: "operator,start,end\nMarie,2026-03-10 15:00,23:00\nMarie,2026-03-11 10:00,18:00\n"},
		"one minute less":               {roster: "operator,start,end\nMarie,2026-03-10 15:00,23:00\nMarie,2026-03-11 09:59,18:00\n", want: map[string]int64{"daily-rest": 1}},
		"11 h are too few in Bulgaria":  {roster: "operator;start;end\nAna;2026-03-10 15:00;23:00\nAna;2026-03-11 10:00;18:00\n", want: map[string]int64{"daily-rest": 60}},
		"clocks go forward":             {roster: "operator,date,start,end\nAna,2026-03-28,12:00,20:00\nAna,2026-03-29,08:00,16:00\n", want: map[string]int64{"daily-rest": 60}},
		"instants":                      {roster: "operator,start,end\nAna,2026-03-28T10:00:00Z,2026-03-28T18:00:00Z\nAna,2026-03-29T07:00:00+02:00,2026-03-29T15:00:00+03:00\n", want: map[string]int64{"daily-rest": 60}},
		"nobody's law but the contract": {roster: "operator,date,start,end\nJun,2026-03-10,08:00,16:00\nJun,2026-03-10,17:00,22:00\n"},
		"history counts":                {roster: "operator,start,end\nAna,2026-03-11 10:59,18:00\n", history: "operator,start,end\nAna,2026-03-10 15:00,2026-03-10 23:00\n", want: map[string]int64{"daily-rest": 1}},
		"history alone is not judged":   {roster: "operator,start,end\nJun,2026-03-11 10:59,18:00\n", history: "operator,start,end\nAna,2026-03-10 01:00,2026-03-10 23:00\n"},
		"autumn night of 9 h":           {roster: "operator,date,start,end\nAna,2026-10-24,22:00,06:00\n"},
		"shift of 12 h and a minute":    {roster: "operator,date,start,end\nAna,2026-10-24,19:00,06:01\n", want: map[string]int64{"shift-length": 1}},
		"overlap":                       {roster: "operator,date,start,end\nJun,2026-03-10,08:00,16:00\nJun,2026-03-10,15:59,20:00\n", want: map[string]int64{"one-shift-at-a-time": 1}},
		"42 h of weekly rest, Russia": {roster: "operator,date,start,end\nOleg,2026-03-09,10:00,18:00\nOleg,2026-03-10,10:00,18:00\nOleg,2026-03-11,10:00,18:00\nOleg,2026-03-12,10:00,18:00\n" +
			"Oleg,2026-03-13,14:00,22:00\nOleg,2026-03-15,16:00,22:00\n"},
		"one minute less of it": {roster: "operator,date,start,end\nOleg,2026-03-09,10:00,18:00\nOleg,2026-03-10,10:00,18:00\nOleg,2026-03-11,10:00,18:00\nOleg,2026-03-12,10:00,18:00\n" +
			"Oleg,2026-03-13,14:00,22:00\nOleg,2026-03-15,15:59,22:00\n", want: map[string]int64{"weekly-rest": 1}},
		"30 min of break, Russia":  {roster: "operator,start,end,breaks\nOleg,2026-03-10 22:00,06:00,23:00-23:10 02:00-02:20\n"},
		"one minute less of break": {roster: "operator,start,end,breaks\nOleg,2026-03-10 22:00,06:00,23:50-00:09 02:00-02:10\n", want: map[string]int64{"break": 1}},
		"seven nights of 9.143 h":  {roster: "operator,date,start,end\n" + nightsOf("Ana", 9, 15), want: map[string]int64{"daily-rest": 0, "hours-per-week": 0}},
	} {
		args := []string{"check", "--team", write(t, "team.json", workers(t, "full-time")), "--roster", write(t, "roster.csv", c.roster), "--json"}
		if c.history != "" {
			args = append(args, "--history", write(t, "history.csv", c.history))
		}
		code, out, problems := try(t, args...)
		var answer checked
		if err := json.Unmarshal([]byte(out), &answer); err != nil {
			t.Fatalf("%s: exit %d, %s", name, code, problems)
		}
		got := map[string]int64{}
		for _, b := range answer.Breaches {
			if b.Hard {
				got[b.Rule] += b.Amount
			}
		}
		if name == "seven nights of 9.143 h" { // six nights of 549 minutes end in the week, and two hours of the seventh
			c.want = map[string]int64{"hours-per-week": 6*549 + 138 - 56*60, "weekly-rest": 36*60 - 22*60, "consecutive-days": 1}
		}
		if fmt.Sprint(got) != fmt.Sprint(mapOf(c.want)) || (code == exitUncovered) != (len(c.want) > 0) {
			t.Errorf("%s: exit %d, %v, want %v\n%s", name, code, got, c.want, out)
		}
	}
}

func mapOf(m map[string]int64) map[string]int64 {
	if m == nil {
		return map[string]int64{}
	}
	return m
}

// nightsOf is night shifts on days of March 2026.
func nightsOf(name string, first, last int) string {
	var b strings.Builder
	for d := first; d <= last; d++ {
		fmt.Fprintf(&b, "%s,2026-03-%02d,22:00,06:00\n", name, d)
	}
	return b.String()
}

// Text for people: who, when on their clock, the number, the limit, the article.
func TestCheckSays(t *testing.T) {
	t.Parallel()
	path := write(t, "roster.csv", "operator,start,end\nAna,2026-03-10 15:00,23:00\nAna,2026-03-11 10:00,18:00\n")
	code, out, _ := try(t, "check", "--team", write(t, "team.json", workers(t, "part-time")), "--roster", path)
	want := "Ana rests 11 h between Tue 10 Mar 15:00-23:00 (Europe/Sofia) and Wed 11 Mar 10:00-18:00 (Europe/Sofia); Labour Code of Bulgaria, Art. 152 asks for 12 h"
	if code != exitUncovered || !strings.Contains(out, want) || !strings.Contains(out, "2 shifts: 1 hard breach, 0 soft breaches") {
		t.Errorf("exit %d\n%s\nwant %s", code, out, want)
	}
	for language, want := range map[string][2]string{
		"ru": {"ЖЁСТКОЕ  daily-rest ", "\nсмен: 2; нарушений жёстких правил: 1, мягких: 0\n"},
		"bg": {"ТВЪРДО  daily-rest ", "\nсмени: 2; нарушения на твърди правила: 1, на меки: 0\n"},
	} {
		code, out, _ := try(t, "check", "--team", write(t, "team.json", workers(t, "part-time")), "--roster", path, "--language", language)
		if code != exitUncovered || !strings.HasPrefix(out, want[0]) || !strings.HasSuffix(out, want[1]) {
			t.Errorf("%s: exit %d\n%s\nwant %s", language, code, out, want)
		}
	}
	code, out, _ = try(t, "check", "--team", write(t, "team.json", workers(t, "freelance")), "--roster", path)
	if code != 0 || !strings.Contains(out, "0 hard breaches") {
		t.Errorf("a freelancer: exit %d\n%s", code, out)
	}
}

func TestCheckRefuses(t *testing.T) {
	t.Parallel()
	team := write(t, "team.json", workers(t, "full-time"))
	for text, want := range map[string]string{
		"":                        "empty: expected the columns operator, start, end",
		"operator,start\nAna,1\n": `no column "end"`,
		"operator,start,end\nBob,2026-03-10 15:00,23:00\n":                                `line 2: operator "Bob": expected an operator of the team`,
		"operator,start,end\nAna,2026-03-10T15:00:30Z,2026-03-10T23:00:00Z\n":             `line 2: start "2026-03-10T15:00:30Z": expected a whole minute`,
		"operator,start,end,breaks\nAna,2026-03-10 15:00,23:00,14:00-14:30\n":             `line 2: breaks "14:00-14:30": expected breaks within the shift from 15:00 to 23:00`,
		"operator,start,end,breaks\nAna,2026-03-10 15:00,23:00,16:00-16\n":                `line 2: breaks "16:00-16": expected breaks such as 12:00-12:30`,
		"operator,start,end,breaks\nAna,2026-03-10 15:00,23:00,16:00\n":                   `line 2: breaks "16:00": expected breaks such as 12:00-12:30`,
		"operator,start,end,breaks\nAna,2026-03-10 15:00,23:00,16:00-16:30 16:15-17:00\n": `expected breaks one after another, not 16:15-17:00`,
		"operator,start,end,breaks\nAna,2026-03-10 15:00,23:00,noon\n":                    `line 2: breaks "noon"`,
		"operator,start,end,breaks\nAna,2026-03-10 15:00,23:00,18:00-18:30 18:15-18:45\n": `line 2: breaks`,
		"operator,start,end\nAna,15:00,23:00\n":                                           `line 2: start "15:00": expected an instant`,
		"operator,start,end\nAna,2026-03-10 25:00,23:00\n":                                `line 2: start "2026-03-10 25:00"`,
		"operator,start,end\nAna,2026-02-30 15:00,23:00\n":                                `line 2: start "2026-02-30 15:00"`,
		"operator,start,end\nAna,2026-03-10 15:00,2026-03-10 14:00\n":                     `line 2: end "2026-03-10 14:00": expected an instant after the start`,
		"operator,start,end\nAna,2026-03-10 15:00,2026-03-12 14:00\n":                     `line 2: end "2026-03-12 14:00": expected an end at most 24h`,
		"operator,start,end\nAna,2026-03-10 15:00,\n":                                     `line 2: end ""`,
		"operator,start,end\nAna,2006-03-10 15:00,23:00\nAna,2026-03-10 15:00,23:00\n":    "from 2006-03-10 to 2026-03-10: expected at most three years",
		"operator,start,end\nAna,0002-01-10 0:00,0:00\n":                                  `line 2: start "0002-01-10 0:00": expected a year from 1970`,
		"operator,start,end\nAna,2026-03-10 15:00\n":                                      "wrong number of fields",
		"operator,start,end\nAna,2026-03-10 15:00,23:00\nAna,x,y\nBob,x,y\n":              "line 4: operator",
	} {
		code, out, problems := try(t, "check", "--team", team, "--roster", write(t, "roster.csv", text))
		if code != exitBad || out != "" || !strings.Contains(problems, want) {
			t.Errorf("%q: exit %d, %s%s; want %q", text, code, out, problems, want)
		}
	}
}

// Whatever a roster file holds, it is refused by name or judged; shifts of one
// operator that overlap are never taken for legal.
func FuzzRoster(f *testing.F) {
	team, err := roster.ReadTeam(strings.NewReader(workers(f, "full-time")))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		"operator,start,end\nAna,2026-03-10 15:00,23:00\nAna,2026-03-10T10:00:00Z,2026-03-10T18:00:00Z\n",
		"operator;date;start;end\nAna;2026-03-28;22:00;06:00\nOleg;2026-03-28;9:00;17:00\n", "operator,start,end\n\"Ana\n", "\uFEFFOperator,Start,End\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		s, err := parseSheet("roster.csv", text, "operator", "start", "end")
		if err != nil {
			return
		}
		all, err := s.assignments(team)
		if err != nil || spanned(all) != nil {
			return
		}
		overlap := false
		for i, a := range all {
			overlap = overlap || slices.ContainsFunc(all[:i], func(b roster.Assignment) bool { return a.Operator == b.Operator && a.Shift.Overlap(b.Shift) > 0 })
		}
		found := slices.ContainsFunc(judged(team, all, nil, nil).Breaches, func(b roster.Breach) bool { return b.Rule == roster.RuleOneShift })
		if overlap && !found {
			t.Errorf("%q: an overlap went unnoticed", text)
		}
	})
}

func TestRules(t *testing.T) {
	t.Parallel()
	code, out, _ := try(t, "rules", "bg")
	if code != 0 || !strings.Contains(out, "Labour Code of Bulgaria") || !strings.Contains(out, ">= 12h") || !strings.Contains(out, "Art. 152") || !strings.Contains(out, "night x 8/7") {
		t.Errorf("exit %d\n%s", code, out)
	}
	code, out, _ = try(t, "rules", "--table")
	if code != 0 || !strings.Contains(out, "weekly-rest") || !strings.Contains(out, "not judged yet") {
		t.Errorf("exit %d\n%s", code, out)
	}
	var laws []roster.Law
	if code, out, _ = try(t, "rules", "FR", "--json"); code != 0 || json.Unmarshal([]byte(out), &laws) != nil || len(laws) != 1 || laws[0].Country != "EU" {
		t.Errorf("exit %d\n%s", code, out)
	}
	if code, _, problems := try(t, "rules", "JP"); code != exitBad || !strings.Contains(problems, `no pack of "JP"`) {
		t.Errorf("exit %d, %s", code, problems)
	}
}

// Hours for payroll: the night into Bulgaria's 3 March.
func TestCost(t *testing.T) {
	t.Parallel()
	team, file := write(t, "team.json", workers(t, "full-time")), write(t, "roster.csv", "operator,date,start,end\nAna,2026-03-02,20:00,04:00\nOleg,2026-03-08,08:00,16:00\n")
	code, out, problems := try(t, "cost", "--team", team, "--roster", file, "--csv")
	for _, want := range []string{"operator,shifts,hours,night,sunday,holiday,converted,overtime\n", "Ana,1,8.00,6.00,0.00,4.00,8.87,0.00\n", "Oleg,1,8.00,0.00,8.00,8.00,8.00,0.00\n", "Jun,0,0.00,"} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("exit %d: %s%s; want %s", code, out, problems, want)
		}
	}
	for language, want := range map[string][]string{"en": {"operator", "Sunday", "overtime"}, "ru": {"оператор", "воскресные", "сверхурочные"}, "bg": {"оператор", "неделни", "извънредни"}} {
		code, out, _ = try(t, "cost", "--team", team, "--roster", file, "--language", language)
		for _, heading := range append(want, "Ana") {
			if code != 0 || !strings.Contains(out, heading) {
				t.Errorf("%s: exit %d, no %q: %s", language, code, heading, out)
			}
		}
	}
	var rows []payRow
	if code, out, _ = try(t, "cost", "--team", team, "--roster", file, "--json"); code != 0 || json.Unmarshal([]byte(out), &rows) != nil || len(rows) != 4 || rows[0].Night != 360 {
		t.Errorf("exit %d: %s", code, out)
	}
}
