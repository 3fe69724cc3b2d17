package main

import (
	"context"
	"math"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The demo plans legally and covers nearly everything even in a second; a
// second start finds everything done and shows it again, with new secrets.
func TestDemo(t *testing.T) {
	t.Parallel()
	database := filepath.Join(t.TempDir(), "demo.db")
	args := []string{"demo", "--once", "--database", database, "--seconds", "1", "--today", "2026-11-23"}
	code, first, problems := try(t, args...)
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, problems)
	}
	found := regexp.MustCompile(`cover ([0-9.]+) % of [0-9]+ required operator-hours; no hard breach`).FindStringSubmatch(first)
	if found == nil {
		t.Fatalf("no coverage, or hard breaches:\n%s", first)
	}
	if covered, err := strconv.ParseFloat(found[1], 64); err != nil || covered < 93 {
		t.Errorf("%s %% covered", found[1])
	}
	best := regexp.MustCompile(`\ncost at most [0-9.]+ % above the best possible \([0-9.]+ missing operator-hours cost as much\)\n`)
	if !best.MatchString(first) {
		t.Errorf("nothing says how far from the best it can be:\n%s", first)
	}
	// What the simulation says of each queue is what the models promise for it,
	// and hours that tell reach their target nearly always.
	certified := regexp.MustCompile(`(?m)^(\S+) +[0-9]+ +80 % in \d+ (?:s|min) +([0-9.]+) % \([0-9. to]+\) +([0-9.]+) % .* ([0-9.]+) % of [0-9]+ `).FindAllStringSubmatch(first, -1)
	if len(certified) != 4 {
		t.Errorf("%d queues are certified:\n%s", len(certified), first)
	}
	for _, queue := range certified {
		value := func(i int) float64 {
			x, err := strconv.ParseFloat(queue[i], 64)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		if simulated, promised, reach := value(2), value(3), value(4); math.Abs(simulated-promised) > 4 || reach < 85 {
			t.Errorf("%s: %v %% simulated, %v %% promised, %v %% of intervals reach it", queue[1], simulated, promised, reach)
		}
	}
	secrets := regexp.MustCompile(`/f/([a-z2-7]{32})\.ics`)
	links := secrets.FindAllString(first, -1)
	if len(links) != 3 || !strings.Contains(first, "synthetic") || !strings.Contains(first, "token ") {
		t.Errorf("%d links:\n%s", len(links), first)
	}
	code, second, problems := try(t, args...)
	if code != 0 || strings.Contains(second, links[0]) {
		t.Errorf("exit %d, or an old secret again\n%s", code, problems)
	}
	public := func(s string) string { return secrets.ReplaceAllString(s[:strings.Index(s, "calendars to")], "") }
	first = best.ReplaceAllString(first, "\n") // it is said of a roster made just now
	if public(first) != public(second) {
		t.Errorf("the second start shows\n%s\nthe first showed\n%s", second, first)
	}
}

// A demo that is stopped leaves a database with which the next one goes on.
func TestDemoStopped(t *testing.T) {
	t.Parallel()
	database := filepath.Join(t.TempDir(), "demo.db")
	ctx, stop := context.WithCancel(t.Context())
	var heard stopper = func(line string) {
		if strings.Contains(line, "operators required") {
			stop() // the search for a roster comes next
		}
	}
	args := []string{"demo", "--once", "--database", database, "--seconds", "60", "--today", "2026-11-23"}
	if code := run(&app{ctx, heard, heard, time.Now}, args); code != exitBad {
		t.Fatalf("exit %d", code)
	}
	args[5] = "0.2"
	if code, out, problems := try(t, args...); code != 0 || !strings.Contains(out, "no hard breach") {
		t.Errorf("exit %d\n%s%s", code, out, problems)
	}
}

// stopper is a screen that somebody watches.
type stopper func(line string)

// Write implements io.Writer.
func (s stopper) Write(p []byte) (int, error) {
	s(string(p))
	return len(p), nil
}
