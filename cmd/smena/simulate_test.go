package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/simulate"
)

// planned makes a plan of two weeks and returns its folder.
func planned(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "plan")
	code, _, problems := try(t, "plan", "--history", write(t, "history.csv", endHistory()), "--team", teamFile(t), "--from", "2026-03-16", "--weeks", "2", "--iterations", "300", "--out", out)
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, problems)
	}
	return out
}

// The file of a demand has no weights: a plan that is read is weighed anew.
func TestReadPlanWeighs(t *testing.T) {
	t.Parallel()
	folder := planned(t)
	path := filepath.Join(folder, demandFile)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	four := regexp.MustCompile(`,chat,[1-9][0-9]*`).ReplaceAll(text, []byte(",chat,4"))
	if err := os.WriteFile(path, four, 0o644); err != nil {
		t.Fatal(err)
	}
	p, _, err := readPlan(folder)
	if err != nil {
		t.Fatal(err)
	}
	q, sums := p.problem.Demand.Queues[0], make([]int, p.horizon.N)
	for _, part := range q.Parts {
		for i, n := range part.Operators {
			sums[i] += n
		}
	}
	if diff := cmp.Diff(q.Required, sums); diff != "" || slices.Max(sums) != 4 {
		t.Errorf("the parts hold other operators than are required: %s", diff)
	}
}

// A plan is certified from its files; more chats and fewer operators do it no good.
func TestSimulate(t *testing.T) {
	t.Parallel()
	folder := planned(t)
	certificate := func(more ...string) (c api.Certificate) {
		code, out, problems := try(t, append([]string{"simulate", "--plan", folder, "--runs", "20", "--json"}, more...)...)
		if code != 0 {
			t.Fatalf("exit %d\n%s", code, problems)
		}
		if err := json.Unmarshal([]byte(out), &c); err != nil {
			t.Fatal(err)
		}
		return c
	}
	plain := certificate()
	if plain.Overall.Chats == 0 || len(plain.Queues) == 0 || len(plain.Promised) != len(plain.Queues) || len(plain.Queues[0].Intervals) != 14*24-1 {
		t.Errorf("%+v", plain.Overall)
	}
	for i, q := range plain.Queues {
		if off := q.Overall.ServiceLevel.Mean - plain.Promised[i].ServiceLevel; off < -0.05 || off > 0.05 {
			t.Errorf("%s: %v simulated, %v by the model", q.Queue, q.Overall.ServiceLevel, plain.Promised[i])
		}
	}
	name := table(t, files(t, folder)["roster.csv"])[0][1]
	for _, worse := range [][]string{{"--arrivals", "3"}, {"--without", name}} {
		if c := certificate(worse...); c.Overall.ServiceLevel.Mean >= plain.Overall.ServiceLevel.Low {
			t.Errorf("%v: %+v, plain %+v", worse, c.Overall.ServiceLevel, plain.Overall.ServiceLevel)
		}
	}
	code, out, problems := try(t, "simulate", "--plan", folder, "--runs", "5")
	if code != 0 || !strings.Contains(out, "% of chats within") || !strings.Contains(out, "5 runs, seed 1") {
		t.Errorf("exit %d\n%s%s", code, out, problems)
	}
}

// A certificate is told in the language of who reads it.
func TestCertificatePrint(t *testing.T) {
	t.Parallel()
	team := roster.Team{Zone: calendars.MustZone("Europe/Sofia"), Interval: calendars.Hours(1)}
	target := roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}
	level := simulate.Estimate{Mean: 0.9, Low: 0.88, High: 0.92}
	worst := &simulate.Served{Start: time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC), Performance: simulate.Performance{ServiceLevel: simulate.Estimate{Mean: 0.4}}}
	c := api.Certificate{
		Certificate: simulate.Certificate{
			Runs: 100, Seed: 7, Sentence: roster.Text{English: "said", Russian: "сказано", Bulgarian: "казано"}, Occupancy: simulate.Estimate{Mean: 0.5}, Overtime: simulate.Estimate{Mean: 1.5},
			Queues: []simulate.QueueCertificate{
				{Queue: "chat", Target: target, Overall: simulate.Performance{Chats: 1200, ServiceLevel: level}, Told: 40, Met: 0.75, Worst: worst},
				{Queue: "mail", Target: target},
			},
		},
		Promised: []api.Promise{{ServiceLevel: 0.91}, {}},
	}
	for language, want := range map[string][]string{
		"en": {"said\n\nqueue  chats  target", "chat   1200   80 % in 60 s  90.0 % (88.0 to 92.0)  91.0 %", "75.0 % of 40             Mon 2 Mar 10:00-11:00 (Europe/Sofia), 40 %\n", "too few chats to tell", "\noccupancy 50.0 %; 1.5 operator-hours of finishing chats after a shift; 100 runs, seed 7, 95 % intervals\n"},
		"ru": {"сказано\n\nочередь  чатов  цель", "chat     1200   80 % за 60 с  90.0 % (88.0 – 92.0)  91.0 %", "75.0 % из 40", "пн 2 марта 10:00-11:00 (Europe/Sofia), 40 %\n", "слишком мало чатов, чтобы судить", "\nзагрузка 50.0 %; 1.5 чел.-ч на завершение чатов после смены; прогонов: 100, seed 7, интервалы 95 %\n"},
		"bg": {"казано\n\nопашка  чатове  цел", "chat    1200    80 % до 60 с  90.0 % (88.0 – 92.0)  91.0 %", "75.0 % от 40", "пн 2 март 10:00-11:00 (Europe/Sofia), 40 %\n", "твърде малко чатове за преценка", "\nзаетост 50.0 %; 1.5 човекочаса за довършване на чатове след смяната; симулации: 100, seed 7, интервали 95 %\n"},
	} {
		var out strings.Builder
		if err := printCertificate(teller{&out, language}, team, c); err != nil {
			t.Fatal(err)
		}
		for _, text := range want {
			if !strings.Contains(out.String(), text) {
				t.Errorf("%s: expected %q in\n%s", language, text, out.String())
			}
		}
	}
}

// A folder that was edited is refused by file, line and field.
func TestSimulateRefuses(t *testing.T) {
	t.Parallel()
	folder := planned(t)
	for _, c := range []struct{ file, from, to, want string }{
		{"roster.csv", "2026-03-16T", "2026-13-16T", `roster.csv: line 2: start "2026-13-16T`},
		{"demand.csv", ",1\n", ",-1\n", `required "-1": expected a whole number from 0`},
		{"forecast.csv", "mean", "average", `there is no column "mean"`},
		{"forecast.csv", "2026-03-15T23:00:00Z", "2026-03-15T23:00:01Z", "forecast.csv: line 3: start"},
		{"team.json", `"zone"`, `"zona"`, "zona"},
		{"report.json", "{", "[", "report.json"},
	} {
		path := filepath.Join(folder, c.file)
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		edited := strings.Replace(string(whole), c.from, c.to, 1)
		if edited == string(whole) {
			t.Fatalf("%s has no %q", c.file, c.from)
		}
		if err := os.WriteFile(path, []byte(edited), 0o644); err != nil {
			t.Fatal(err)
		}
		if code, out, problems := try(t, "simulate", "--plan", folder, "--runs", "2"); code != exitBad || out != "" || !strings.Contains(problems, c.want) {
			t.Errorf("%s: exit %d, %s%s; want %s", c.file, code, out, problems, c.want)
		}
		if err := os.WriteFile(path, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for want, args := range map[string][]string{
		"holds no report.json":      {"--plan", t.TempDir()},
		"--runs: 1 is not":          {"--plan", folder, "--runs", "1"},
		"--arrivals: a factor of -": {"--plan", folder, "--arrivals=-1"},
		`no operator "Nobody"`:      {"--plan", folder, "--without", "Nobody"},
	} {
		if code, _, problems := try(t, append([]string{"simulate"}, args...)...); code != exitBad || !strings.Contains(problems, want) {
			t.Errorf("%v: exit %d, %s", args, code, problems)
		}
	}
}

// Single chats with their operators tell how long one alone takes.
func TestImportCalibrates(t *testing.T) {
	t.Parallel()
	var with, without strings.Builder
	with.WriteString("started_at,queue,handle_seconds,agent\n")
	without.WriteString("started_at,queue,handle_seconds\n")
	at := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for i := range 2000 {
		// One chat alone lasts 300 s; every other pair overlaps whole, 20 % longer.
		seconds, at := 300, at.Add(time.Duration(i/2)*time.Hour)
		if i/2%2 == 0 {
			seconds = 360
		} else {
			at = at.Add(time.Duration(i%2) * 10 * time.Minute)
		}
		fmt.Fprintf(&with, "%s,q,%d,Ana\n", at.Format(time.RFC3339), seconds)
		fmt.Fprintf(&without, "%s,q,%d\n", at.Format(time.RFC3339), seconds)
	}
	code, out, problems := try(t, "import", "--dry-run", write(t, "with.csv", with.String()))
	if want := "q: a chat alone takes 5m0s, and "; code != 0 || !strings.Contains(out, want) {
		t.Errorf("exit %d, %s%s; want %q", code, out, problems, want)
	}
	code, out, problems = try(t, "import", "--dry-run", write(t, "without.csv", without.String()))
	if want := "elapsed"; code != 0 || !strings.Contains(out, want) || !strings.Contains(problems, want) {
		t.Errorf("exit %d, %s%s; want %q", code, out, problems, want)
	}
}
