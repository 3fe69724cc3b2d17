package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/smena-wfm/smena/"

// arrows are the imports that packages may have of each other. A new package
// or arrow changes this table and says why.
var arrows = map[string][]string{
	"calendars":          {},
	"calendars/feed":     {"calendars"},
	"calendars/holidays": {"calendars"},
	"forecast":           {"calendars"},
	"roster":             {"calendars"},
	"roster/staffing":    {"forecast", "roster", "calendars"},
	"roster/simulate":    {"roster", "calendars"}, // chat by chat: knows nothing of the models that it checks
	"roster/solve":       {"roster", "calendars"},
	"roster/remedy":      {"roster", "roster/solve", "calendars"}, // solves what a manager could change
	"roster/hiring":      {"roster", "roster/solve", "calendars"}, // who to hire: a question of its own above the solver, as remedy is
	"roster/flex":        {},                                      // shifts of free start and length, without names, law or clock
	"api/store":          {"forecast", "roster", "calendars"},
	"api/notify":         {},
	"api":                {"api/store", "api/notify", "calendars/feed", "calendars/holidays", "roster/staffing", "roster/simulate", "roster/solve", "roster/remedy", "forecast", "roster", "calendars"},
	"api/worker":         {"api", "api/store", "api/notify"},
}

// pure are the packages without storage, network, clock or anybody else's
// code, and what each may import from outside all the same.
var pure = map[string][]string{
	"calendars": nil, "forecast": nil, "roster": nil, "roster/staffing": nil, "roster/simulate": nil, "roster/solve": nil, "roster/remedy": nil, "roster/hiring": nil, "roster/flex": nil,
	"calendars/feed": {"github.com/emersion/go-ical"}, "calendars/holidays": {"github.com/rickar/cal/v2"},
}

// forbidden is what no pure package imports.
var forbidden = []string{"database/sql", "net/http", "net", "log", "log/slog", "os"}

func TestImports(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-f", "{{.ImportPath}} {{join .Imports \" \"}}", module+"...").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		name := strings.TrimPrefix(fields[0], module)
		if strings.HasPrefix(name, "cmd/") {
			continue // may import anything
		}
		seen++
		allowed, known := arrows[name]
		if !known {
			t.Errorf("package %s is not in the table", name)
		}
		libraries, isPure := pure[name]
		for _, path := range fields[1:] {
			ours, inside := strings.CutPrefix(path, module)
			switch {
			case inside && !slices.Contains(allowed, ours):
				t.Errorf("%s imports %s, which the table does not allow", name, ours)
			case isPure && slices.Contains(forbidden, path):
				t.Errorf("%s imports %s: it is to be pure", name, path)
			case isPure && !inside && strings.Contains(path, ".") && !allowedLibrary(libraries, path):
				t.Errorf("%s imports %s: somebody else's code", name, path)
			}
		}
	}
	if seen != len(arrows) {
		t.Errorf("%d packages, %d in the table", seen, len(arrows))
	}
}

// allowedLibrary says whether the path is one of the libraries or inside one.
func allowedLibrary(libraries []string, path string) bool {
	return slices.ContainsFunc(libraries, func(library string) bool {
		return path == library || strings.HasPrefix(path, library+"/")
	})
}
