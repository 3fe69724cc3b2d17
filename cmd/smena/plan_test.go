package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	ical "github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
)

// try runs one command line and returns exit code, output and problems.
func try(t *testing.T, args ...string) (code int, out, problems string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(&app{t.Context(), &stdout, &stderr, time.Now}, args)
	return code, stdout.String(), stderr.String()
}

// write puts a file into a folder of the test's own.
func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func teamFile(t *testing.T) string {
	t.Helper()
	text, err := json.Marshal(endTeam())
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "team.json", string(text))
}

// files reads a folder whole.
func files(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		all[strings.TrimPrefix(path, folder+"/")] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// table reads a CSV file without its header.
func table(t *testing.T, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// The same input gives the same bytes; every hour is accounted for; and the
// operators' feeds together are the roster.
func TestPlan(t *testing.T) {
	t.Parallel()
	history, team, out := write(t, "history.csv", endHistory()), teamFile(t), filepath.Join(t.TempDir(), "plan")
	args := []string{"plan", "--history", history, "--team", team, "--from", "2026-03-16", "--weeks", "2", "--iterations", "300", "--out", out}
	var results []map[string]string
	for range 2 {
		if code, _, problems := try(t, args...); code != 0 {
			t.Fatalf("exit %d\n%s", code, problems)
		}
		results = append(results, files(t, out))
	}
	if diff := cmp.Diff(results[0], results[1]); diff != "" {
		t.Errorf("the same input gave other bytes: %s", diff)
	}
	checkPlan(t, results[0], 14*24-1) // clocks go forward

	var sums report
	if err := json.Unmarshal([]byte(results[0]["report.json"]), &sums); err != nil {
		t.Fatal(err)
	}
	// The history is the same every week, its first week of the horizon is known,
	// and it is held against the 16 hours a day in which the queue is open.
	actual := sums.Queues[0].Actual
	if len(sums.Breaches) != 0 || actual == nil || actual.Intervals != 112 || actual.Accuracy.WAPE != 0 || actual.Met < 0.9 {
		t.Errorf("%+v, against what came %+v", sums, actual)
	}
}

// checkPlan holds the results of a plan against each other.
func checkPlan(t *testing.T, results map[string]string, intervals int) {
	t.Helper()
	coverage := table(t, results["coverage.csv"])
	if len(coverage) != intervals {
		t.Errorf("coverage.csv accounts for %d intervals of %d", len(coverage), intervals)
	}
	for _, row := range coverage {
		if (row[5] != "0") != (row[6] != "") {
			t.Errorf("missing %s, but the reason is %q", row[5], row[6])
		}
	}
	var rostered, fed []string
	for _, row := range table(t, results["roster.csv"]) {
		rostered = append(rostered, strings.Join([]string{row[0] + "@plan.smena", row[3], row[4]}, " "))
	}
	for name, text := range results {
		if strings.HasPrefix(name, "feeds/") {
			fed = append(fed, events(t, text)...)
		}
	}
	slices.Sort(rostered)
	slices.Sort(fed)
	if diff := cmp.Diff(rostered, fed); diff != "" || len(fed) == 0 {
		t.Errorf("the feeds are not the roster: %s", diff)
	}
}

// events lists UID, start and end of a feed's events.
func events(t *testing.T, text string) (all []string) {
	t.Helper()
	calendar, err := ical.NewDecoder(strings.NewReader(text)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range calendar.Events() {
		uid, err := e.Props.Text(ical.PropUID)
		if err != nil {
			t.Fatal(err)
		}
		start, err := e.DateTimeStart(time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		end, err := e.DateTimeEnd(time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, strings.Join([]string{uid, utc(start), utc(end)}, " "))
	}
	return all
}

// Four weeks of a real call centre, with a team in five zones.
func TestPlanOnRealInput(t *testing.T) {
	t.Parallel()
	const history = "../../../shared/data/forecast/anonbank1999_hourly.csv"
	const checker = "../../../shared/tools/feed_check.py"
	if _, err := os.Stat(history); errors.Is(err, fs.ErrNotExist) {
		t.Skip("the real series is not on this machine")
	}
	out := filepath.Join(t.TempDir(), "plan")
	code, _, problems := try(t, "plan", "--history", history, "--team", "testdata/anonbank_team.json",
		"--from", "1999-11-07", "--weeks", "4", "--iterations", "1500", "--out", out)
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, problems)
	}
	results := files(t, out)
	checkPlan(t, results, 28*24)
	var sums report
	if err := json.Unmarshal([]byte(results["report.json"]), &sums); err != nil {
		t.Fatal(err)
	}
	if actual := sums.Queues[0].Actual; len(sums.Breaches) != 0 || sums.Share < 0.97 || actual.Intervals != 27*24 || actual.Accuracy.WAPE > 0.25 || actual.Met < 0.85 {
		t.Errorf("%d hard breaches, %.4f covered, against what came %+v", len(sums.Breaches), sums.Share, actual)
	}
	if _, err := os.Stat(checker); err != nil {
		t.Skip("the independent feed checker is not on this machine")
	}
	feeds, err := filepath.Glob(filepath.Join(out, "feeds", "*.ics"))
	if err != nil || len(feeds) != 40 {
		t.Fatalf("%d feeds, %v", len(feeds), err)
	}
	for _, feed := range feeds {
		if text, err := exec.Command("python3", checker, "--strict", feed).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", feed, err, text)
		}
	}
}
