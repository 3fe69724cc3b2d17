package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is wrong is named, the exit code is 1, and nothing is written or stored.
func TestBadHistory(t *testing.T) {
	t.Parallel()
	const header = "timestamp,queue,offered\n"
	cases := []struct{ name, csv, want string }{
		{"empty", "", "line 1: the file is empty"},
		{"semicolons", "timestamp;queue;offered\n2026-03-01T10:00:00Z;chat;3\n", "--delimiter"},
		{"letter", header + "2026-03-01T10:00:00Z,chat,3o\n", `line 2, offered: "3o"`},
		{"negative", header + "2026-03-01T10:00:00Z,chat,-3\n", `line 2, offered: "-3"`},
		{"twice", header + strings.Repeat("2026-03-01T10:00:00Z,chat,3\n", 2), "line 3"},
		{"unknown queue", header + "2026-03-01T10:00:00Z,mail,3\n2026-03-01T11:00:00Z,mail,3\n", `queue "mail"`},
		{"long line", header + strings.Repeat("x", 1<<20), "line 2: the line is longer than 65536 bytes"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			history, out := write(t, "history.csv", c.csv), filepath.Join(t.TempDir(), "plan")
			database := filepath.Join(t.TempDir(), "smena.db")
			for _, args := range [][]string{
				{"plan", "--history", history, "--team", teamFile(t), "--from", "2026-03-16", "--iterations", "1", "--out", out},
				{"import", history, "--team-file", teamFile(t), "--database", database},
			} {
				code, stdout, problems := try(t, args...)
				if code != exitBad || !strings.Contains(problems, c.want) || strings.Contains(problems, "goroutine") || stdout != "" {
					t.Errorf("%s: exit %d\n%s%s", args[0], code, stdout, problems)
				}
			}
			if _, err := os.Stat(out); !os.IsNotExist(err) {
				t.Error("results were written")
			}
			good := write(t, "good.csv", header+"2026-03-01T10:00:00Z,chat,3\n")
			if _, stdout, _ := try(t, "import", good, "--database", database); !strings.Contains(stdout, "1 new, 0 changed, 0 as they were") {
				t.Errorf("something was stored: %s", stdout)
			}
		})
	}
}

func TestMarkAndReturns(t *testing.T) {
	t.Parallel()
	history := write(t, "history.csv", "\uFEFFtimestamp,queue,offered\r\n2026-03-01T10:00:00Z,chat,3\r\n")
	if code, out, problems := try(t, "import", history, "--dry-run"); code != 0 || !strings.Contains(out, "1 rows of counts") {
		t.Errorf("exit %d: %s%s", code, out, problems)
	}
}

func TestBadFlags(t *testing.T) {
	t.Parallel()
	history, team := write(t, "history.csv", endHistory()), teamFile(t)
	occupied := t.TempDir()
	if err := os.WriteFile(filepath.Join(occupied, "mine.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	plan := func(more ...string) []string {
		return append([]string{"plan", "--history", history, "--team", team, "--iterations", "1"}, more...)
	}
	fresh := filepath.Join(t.TempDir(), "plan")
	noShift := strings.Replace(mustRead(t, team), `"end":"14:00"`, `"end":"06:00"`, 1)
	longShift := strings.Replace(mustRead(t, team), `"end":"14:00"`, `"end":"36:00"`, 1)
	none := filepath.Join(occupied, "none.csv")
	cases := []struct {
		args []string
		code int
		want string
	}{
		{plan("--from", "soon", "--out", fresh), exitBad, `"soon" is not a date`},
		{plan("--from", "2026-03-16", "--weeks", "0", "--out", fresh), exitBad, "--weeks 0: expected 1 to 26"},
		{plan("--from", "2026-03-16", "--zone", "Mars/Base", "--out", fresh), exitBad, `unknown zone "Mars/Base"`},
		{plan("--from", "2026-03-16", "--out", occupied), exitBad, "holds other files"},
		{plan("--from", "2020-03-16", "--out", fresh), exitBad, "no history"},
		{plan("--from", "2020-03-16", "--out", fresh), exitBad, "hint: every queue of the team file needs chats in the history before --from"},
		{plan("--from", "2062-03-16", "--out", fresh), exitBad, "the first day, 2062-03-16, is "},
		{plan("--from", "2026-03-16", "--delimiter", "", "--out", fresh), exitBad, "--delimiter"},
		{plan("--from", "2026-03-16", "--team", filepath.Join(occupied, "none.json"), "--out", fresh), exitBad, "no such file"},
		{plan("--from", "2026-03-16", "--team", write(t, "t.json", noShift), "--out", fresh), exitBad, "a shift of 0 hours is not possible"},
		{plan("--from", "2026-03-16", "--team", write(t, "t.json", longShift), "--out", fresh), exitBad, `"36:00" is not a wall time`},
		{plan("--from", "2026-03-16", "--out", fresh, "--seconds=NaN"), exitBad, "--seconds NaN: expected"},
		{plan("--from", "2026-03-16", "--out", fresh, "--iterations=-5"), exitBad, "--iterations -5: expected"},
		{[]string{"forecast", "--history", history, "--interval", "7m"}, exitBad, "--interval 7m0s: expected"},
		{[]string{"token", "a", "--database", filepath.Join(occupied, "none", "x.db")}, exitBad, "no such file"},
		{[]string{"token", "a", "--database", write(t, "text.db", "hello, this is text")}, exitBad, "text.db: "},
		{plan("--from", "2026-03-16"), exitUsage, "error: missing flags: --out=DIR or --what-if=FILE\nsmena: hint: smena --help"},
		{plan("--from", "2026-03-16", "--out", fresh, "--previous", none), exitBad, "--previous: open "},
		{plan("--from", "2026-03-16", "--out", fresh, "--ledger", none), exitBad, "--ledger: open "},
		{plan("--from", "2026-03-16", "--out", fresh, "--published", none), exitBad, "--published: open "},
		{plan("--from", "2026-03-16", "--out", fresh, "--published", none, "--now", "noon"), exitBad, `--now "noon": expected an instant such as`},
		{plan("--from", "2026-03-16", "--out", fresh, "--now", "2026-03-16T12:00:00Z"), exitBad, "--now: expected only beside --published"},
		{plan("--from", "2026-03-16", "--out", fresh, "--published", write(t, "r.csv", "operator,start,end\nNobody,2026-03-16T06:00:00Z,2026-03-16T14:00:00Z\n")), exitBad, "r.csv: line 2: operator \"Nobody\": expected"},
		{plan("--from", "2026-03-16", "--out", fresh, "--mps", filepath.Join(none, "x.mps")), exitBad, "--mps: open "},
		{[]string{"forecast", "--history", history, "--weeks", "1", "--out", filepath.Join(none, "x.csv")}, exitBad, "--out: open "},
		{[]string{"forecast", "--history", history, "--weeks", "1", "--svg", filepath.Join(none, "x.svg")}, exitBad, "--svg: open "},
		{[]string{"check", "--team", team, "--roster", none}, exitBad, "--roster: open "},
		{[]string{"hire", "--plan", none, "--candidates", none, "--tries", "0"}, exitBad, "error: --tries 0: expected 1 or more\n"},
		{[]string{"hire", "--plan", none, "--candidates", none, "--iterations=-1"}, exitBad, "error: --iterations -1: expected a number from 0\n"},
		{[]string{"juggle"}, exitUsage, "juggle"},
		{[]string{"staffing", "--arrivals", "many", "--aht", "180s"}, exitBad, `"many" is not a rate`},
		{[]string{"staffing", "--arrivals", "200/h", "--aht", "180s", "--operators", "10"}, exitBad, "unstable"},
		{[]string{"import", occupied, "--database", filepath.Join(t.TempDir(), "x.db")}, exitBad, "is a directory"},
		{[]string{"serve", "--database", filepath.Join(t.TempDir(), "x.db"), "--cron", "sometimes"}, exitBad, "--cron"},
	}
	for _, c := range cases {
		code, _, problems := try(t, c.args...)
		if code != c.code || !strings.Contains(problems, c.want) || strings.Contains(problems, "goroutine") {
			t.Errorf("%v: exit %d, want %d and %q\n%s", c.args, code, c.code, c.want, problems)
		}
	}
	if _, err := os.Stat(fresh); !os.IsNotExist(err) {
		t.Error("results were written")
	}
}

func mustRead(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Every verb helps, with an example.
func TestHelp(t *testing.T) {
	t.Parallel()
	for _, verb := range []string{"demo", "serve", "import", "forecast", "staffing", "plan", "remind", "schema", "token"} {
		code, out, _ := try(t, verb, "--help")
		if code != 0 || !strings.Contains(out, "Example") || !strings.Contains(out, "smena "+verb) {
			t.Errorf("smena %s --help: exit %d\n%s", verb, code, out)
		}
	}
	if code, out, _ := try(t, "--version"); code != 0 || !strings.HasPrefix(out, "smena ") {
		t.Errorf("--version: exit %d, %s", code, out)
	}
}
