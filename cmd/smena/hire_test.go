package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The cheapest crew for a plan covers it legally; with the team kept, nobody is
// hired who is not needed; and a fault of the file is named.
func TestHire(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "plan")
	code, _, problems := try(t, "plan", "--history", write(t, "history.csv", endHistory()), "--team", teamFile(t), "--from", "2026-03-16", "--weeks", "1",
		"--iterations", "300", "--out", folder)
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, problems)
	}
	const some = `{"candidates": [
		{"cost": 2000, "like": "Operator 1", "name": "full"},
		{"cost": 900, "most": 3, "operator": {"name": "half", "zone": "Europe/Sofia", "skills": ["chat"], "contract": {"kind": "part-time", "max_per_week": "16h"}}}]}`
	hire := func(candidates string, more ...string) (int, string, string) {
		return try(t, append([]string{"hire", "--plan", folder, "--candidates", write(t, "kinds.json", candidates), "--tries", "12"}, more...)...)
	}
	out := filepath.Join(t.TempDir(), "roster.csv")
	code, text, problems := hire(some, "--json", "--out", out)
	var h hired
	if err := json.Unmarshal([]byte(text), &h); code != 0 || err != nil {
		t.Fatalf("exit %d, %v\n%s%s", code, err, text, problems)
	}
	cost := 2000*float64(h.Crew[0].Operators) + 900*float64(h.Crew[1].Operators)
	if h.Cost != cost || h.Bound > h.Cost || h.Bound < 2000 || h.Covered != 1 || h.Crew[1].Operators > 3 || len(h.Team.Operators) != h.Crew[0].Operators+h.Crew[1].Operators {
		t.Errorf("%+v costs %v", h, cost)
	}
	if rows := table(t, mustRead(t, out)); len(rows) != len(h.Assignments) || len(rows) == 0 {
		t.Errorf("%d rows of %d shifts", len(rows), len(h.Assignments))
	}
	if code, text, problems := hire(some, "--keep"); code != 0 || !strings.Contains(text, "cost 0.00; no crew is cheaper") {
		t.Errorf("kept: exit %d\n%s%s", code, text, problems)
	}
	few := strings.Replace(some, `"name": "full"`, `"name": "full", "most": 1`, 1)
	for flag, want := range map[string]string{
		"--seed=1":     "\nsmena: hint: --share below 1, such as 0.98, leaves the hardest hours uncovered; --keep hires on top of the team\n",
		"--share=0.95": "\nsmena: hint: --share below 0.95 leaves more of the hardest hours uncovered; --keep hires on top of the team\n",
	} {
		if code, _, problems := hire(few, flag); code != exitBad || !strings.Contains(problems, want) {
			t.Errorf("%s: exit %d, %s: expected %q", flag, code, problems, want)
		}
	}
	for candidates, want := range map[string]string{
		`{"candidates": []}`: "expected at least one",
		`{"candidates": [{"cost": 0, "like": "Operator 1"}]}`:                        "candidates[0]: cost: 0 is not possible: expected 0.01 to 1000000000",
		`{"candidates": [{"cost": 5, "like": "Nobody"}]}`:                            `candidates[0]: like: no operator "Nobody" in the team: expected one of Operator 1`,
		`{"candidates": [{"cost": 5}]}`:                                              "candidates[0]: expected either like or operator",
		`{"candidates": [{"price": 5}]}`:                                             `line 1, candidates[0]: unknown field "price"`,
		some[:len(some)-2] + `, {"cost": 1, "like": "Operator 2", "name": "half"}]}`: `candidates[2].name: "half" is there twice`,
	} {
		if code, _, problems := hire(candidates); code != exitBad || !strings.Contains(problems, want) || !strings.Contains(problems, "kinds.json") {
			t.Errorf("%s: exit %d, %s: expected %q", candidates, code, problems, want)
		}
	}
}

// The crew is told in the language of who reads it, and what is not known is said so.
func TestHiredPrint(t *testing.T) {
	t.Parallel()
	above, none := 0.125, 0.0
	h := hired{
		Crew: []hiredKind{{"evenings", 2, 1100}, {"nights", 0, 2400}}, Cost: 2200, Bound: 1955.56, Above: &above, Currency: "EUR",
		Required: 210, Covered: 0.98, Before: 3, Tried: 12, Seed: 7,
	}
	for language, want := range map[string][]string{
		"en": {
			"operators  cost of one  cost EUR  kind\n", "        2      1100.00   2200.00  evenings\n",
			"\ncost 2200.00 EUR; at most 12.5 % above the cheapest possible: no crew costs less than 1955.56\ncovered 98.00 % of 210 operator-hours; 3 more at the start are left to the roster before; 12 crews tried, seed 7\n",
			"; whether less would do is not known\n", "; no crew is cheaper\ncovered",
		},
		"ru": {
			"операторов  стоимость одного  стоимость EUR  вид\n", "2           1100.00        2200.00  evenings\n",
			"\nстоимость 2200.00 EUR; не больше чем на 12.5 % дороже самой дешёвой возможной: никакая команда не стоит меньше 1955.56\nпокрыто 98.00 % от 210 чел.-ч; ещё 3 в начале остаются прежнему графику; проверено команд: 12, seed 7\n",
			"; хватит ли меньшего, неизвестно\n", "; дешевле команды нет\nпокрыто",
		},
		"bg": {
			"оператори  цена на един  цена EUR  вид\n", "2       1100.00   2200.00  evenings\n",
			"\nцена 2200.00 EUR; най-много с 12.5 % над най-евтиния възможен: никой екип не струва по-малко от 1955.56\nпокрити 98.00 % от 210 човекочаса; още 3 в началото остават за предишния график; проверени екипи: 12, seed 7\n",
			"; не се знае дали би стигнало и по-малко\n", "; по-евтин екип няма\nпокрити",
		},
	} {
		var out strings.Builder
		for _, share := range []*float64{&above, nil, &none} {
			h.Above = share
			if err := h.print(teller{&out, language}); err != nil {
				t.Fatal(err)
			}
		}
		for _, one := range want {
			if !strings.Contains(out.String(), one) {
				t.Errorf("%s: expected %q in\n%s", language, one, out.String())
			}
		}
	}
}

// BenchmarkHire is how long it takes to find a crew for a plan of the demo team, and how
// many percent above the bound it costs: of two kinds of operators, and of seven.
func BenchmarkHire(b *testing.B) {
	folder := demoPlan(b)
	for name, candidates := range map[string]string{
		"2": `{"candidates": [
			{"cost": 2400, "operator": {"name": "Sofia", "zone": "Europe/Sofia", "country": "BG", "skills": ["ru", "bg", "en", "second-line"], "contract": {"kind": "full-time", "max_per_week": "40h"}}},
			{"cost": 2000, "operator": {"name": "Manila", "zone": "Asia/Manila", "skills": ["ru", "bg", "en", "second-line"], "contract": {"kind": "freelance", "max_per_week": "32h"}}}]}`,
		"7": `{"candidates": [{"cost": 2400, "like": "Elena Sokolova"}, {"cost": 2400, "like": "Dimitar Petrov"}, {"cost": 2200, "like": "Viktor Orlov"},
			{"cost": 2200, "like": "Alexey Belov"}, {"cost": 1600, "like": "Maricel Santos"}, {"cost": 1100, "like": "Yana Todorova"}, {"cost": 1300, "like": "Carlo Mendoza"}]}`,
	} {
		b.Run(name, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "kinds.json")
			if err := os.WriteFile(path, []byte(candidates), 0o644); err != nil {
				b.Fatal(err)
			}
			var h hired
			for b.Loop() {
				if err := json.Unmarshal([]byte(must(b, "hire", "--plan", folder, "--candidates", path, "--json")), &h); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(h.Team.Operators)), "operators")
			if h.Above != nil {
				b.ReportMetric(100**h.Above, "%above")
			}
		})
	}
}
