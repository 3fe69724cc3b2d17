package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An absence is mended from a plan's files: the absent operator is out of the
// roster that is written, nobody is in it who is not told, and it is legal.
func TestRepair(t *testing.T) {
	t.Parallel()
	folder := planned(t)
	shift := table(t, files(t, folder)["roster.csv"])[0]
	name, day := shift[1], shift[5][:10]
	mended := filepath.Join(t.TempDir(), "mended.csv")
	code, out, problems := try(t, "repair", "--plan", folder, "--absent", name, "--first", day, "--out", mended, "--json")
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, problems)
	}
	var repairs []repaired
	if err := json.Unmarshal([]byte(out), &repairs); err != nil {
		t.Fatal(err)
	}
	if len(repairs) == 0 || len(repairs[0].Goes) == 0 || !strings.HasPrefix(repairs[0].Goes[0], name) {
		t.Fatalf("%s is away on %s: %+v", name, day, repairs)
	}
	for _, r := range repairs[1:] {
		if r.Weight < repairs[0].Weight {
			t.Errorf("a repair of weight %d is not before one of %d", r.Weight, repairs[0].Weight)
		}
	}
	text, err := os.ReadFile(mended)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table(t, string(text)) {
		if row[0] == "" || row[1] == name && row[5][:10] == day {
			t.Errorf("a shift without id, or of who is away: %v", row)
		}
	}
	if code, out, _ := try(t, "check", "--team", filepath.Join(folder, "team.json"), "--roster", mended); code != 0 {
		t.Errorf("the mended roster is not legal: exit %d\n%s", code, out)
	}
	for language, want := range map[string][2]string{"ru": {"затронуто", "марта"}, "bg": {"засегнати", "март"}} {
		code, out, problems := try(t, "repair", "--plan", folder, "--absent", name, "--first", day, "--language", language)
		if code != 0 || !strings.Contains(out, want[0]) || !strings.Contains(out, want[1]) {
			t.Errorf("%s: exit %d\n%s%s", language, code, out, problems)
		}
	}
	for _, c := range [][]string{
		{"--absent", "Nobody", "--first", day},
		{"--absent", name, "--first", "soon"},
		{"--absent", name, "--first", day, "--last", "2020-01-01"},
		{"--absent", name, "--first", "2030-01-01"},
		{"--absent", name, "--first", day, "--take", "99"},
		{"--absent", name, "--first", day, "--now", "noon"},
		{"--absent", name, "--first", day, "--out", filepath.Join(folder, "none", "x.csv")},
	} {
		if code, _, problems := try(t, append([]string{"repair", "--plan", folder}, c...)...); code != exitBad || !strings.Contains(problems, c[len(c)-2]) && !strings.Contains(problems, c[0]) {
			t.Errorf("%v: exit %d, %s", c, code, problems)
		}
	}
}

// Repairs are told in the language of who reads them.
func TestRepairsPrint(t *testing.T) {
	t.Parallel()
	all := []repaired{
		{Tell: []string{"Ana"}, Goes: []string{"shift of Oleg"}, Comes: []string{"shift of Ana"}, Covered: 1},
		{Missing: 4.25, Covered: 0.9},
		{Tell: []string{"Ana", "Jun"}, Covered: 1},
	}
	for language, want := range map[string]string{
		"en": `1  touches 1 other: 0.0 operator-hours uncovered (1.5 with Oleg), 100.00 % covered
     -  shift of Oleg
     +  shift of Ana
2  touches nobody: 4.2 operator-hours uncovered (1.5 with Oleg), 90.00 % covered
3  touches 2 others: 0.0 operator-hours uncovered (1.5 with Oleg), 100.00 % covered
`,
		"ru": `1  затронуто других операторов: 1; не покрыто 0.0 чел.-ч (до отсутствия – 1.5; отсутствует: Oleg), покрыто 100.00 %
     -  shift of Oleg
     +  shift of Ana
2  затронуто других операторов: 0; не покрыто 4.2 чел.-ч (до отсутствия – 1.5; отсутствует: Oleg), покрыто 90.00 %
3  затронуто других операторов: 2; не покрыто 0.0 чел.-ч (до отсутствия – 1.5; отсутствует: Oleg), покрыто 100.00 %
`,
		"bg": `1  засегнати други оператори: 1; непокрити човекочасове: 0.0 (с Oleg: 1.5), покрити 100.00 %
     -  shift of Oleg
     +  shift of Ana
2  засегнати други оператори: 0; непокрити човекочасове: 4.2 (с Oleg: 1.5), покрити 90.00 %
3  засегнати други оператори: 2; непокрити човекочасове: 0.0 (с Oleg: 1.5), покрити 100.00 %
`,
	} {
		var out strings.Builder
		printRepairs(teller{&out, language}, "Oleg", 1.5, all)
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("%s: %s", language, diff)
		}
	}
}

// Several who are away are replaced at once, what has begun stays, and errors say whom
// and which days there are.
func TestRepairSeveral(t *testing.T) {
	t.Parallel()
	folder := planned(t)
	rows := table(t, files(t, folder)["roster.csv"])
	first, day := rows[0][1], rows[0][5][:10]
	at := slices.IndexFunc(rows, func(row []string) bool { return row[1] != first && row[5][:10] == day })
	if at < 0 {
		t.Fatalf("%s is alone on %s", first, day)
	}
	second := rows[at][1]
	mended := filepath.Join(t.TempDir(), "mended.csv")
	code, out, problems := try(t, "repair", "--plan", folder, "--absent", first, "--absent", second, "--first", day, "--out", mended)
	if code != 0 || !strings.Contains(out, " with "+first+", "+second+")") {
		t.Fatalf("exit %d\n%s%s", code, out, problems)
	}
	for _, row := range table(t, mustRead(t, mended)) {
		if (row[1] == first || row[1] == second) && row[5][:10] == day {
			t.Errorf("%v is there although they are away", row)
		}
	}
	last := rows[len(rows)-1]
	code, out, problems = try(t, "repair", "--plan", folder, "--absent", last[1], "--first", last[5][:10], "--now", last[5], "--out", mended)
	if code != 0 {
		t.Fatalf("exit %d\n%s%s", code, out, problems)
	}
	after := mustRead(t, mended)
	for _, row := range rows {
		if row[3] < last[3] && !strings.Contains(after, row[0]) {
			t.Errorf("%v has begun by %s, and is gone", row, last[5])
		}
	}
	for want, args := range map[string][]string{
		"--absent: " + folder + `: no operator "Nobody" in the team: expected one of Operator 1, `:        {"--absent", "Nobody", "--first", day},
		first + " has no shift from 2030-01-01 to 2030-01-01 in " + folder + ": expected a day of " + day: {"--absent", first, "--first", "2030-01-01"},
		`--now "noon": expected an instant such as`:                                                       {"--absent", first, "--first", day, "--now", "noon"},
	} {
		if code, _, problems := try(t, append([]string{"repair", "--plan", folder}, args...)...); code != exitBad || !strings.Contains(problems, want) {
			t.Errorf("exit %d, want %q in %s", code, want, problems)
		}
	}
}
