package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tiny is two weeks of two people and three shift types.
const tiny = `# comment
SECTION_HORIZON
14
SECTION_SHIFTS
E,480,
L,480,E
N,600,E|L

SECTION_STAFF
A,E=14|L=14|N=2,4320,480,5,2,2,1
N,E=14|L=1|N=0,6000,0,3,1,1,2
SECTION_DAYS_OFF
A,12,13
SECTION_SHIFT_ON_REQUESTS
A,2,E,3
N,4,L,2
SECTION_SHIFT_OFF_REQUESTS
A,3,L,1
N,5,E,4
SECTION_COVER
0,E,2,100,1
1,E,1,100,1
7,N,0,100,5
`

// Each rule by itself: kept to the limit, and broken once; a run at either edge
// is asked for its most alone; the penalty is the sum of its parts.
func TestNRPJudge(t *testing.T) {
	t.Parallel()
	n, err := parseNRP([]byte(tiny))
	if err != nil {
		t.Fatal(err)
	}
	const noN = ",,,,,,,,,,,,,"
	const base = 5 + 300 // both on requests missed, three heads short
	for _, c := range []struct {
		name, a, b string
		penalty    int64
		hard       int
	}{
		{"least minutes kept", "E" + noN, noN, base - 100, 0},
		{"least minutes missed", noN, noN, base, 1},
		{"nothing wrong", "E,E,E,,,,,,,,,,,", "E,E,,,L,,,,,,,,,", 1, 0},
		{"a surplus head", "E,E,E,,,,,,,,,,,", "E,,,,,,,,,,,,,", 2, 0},
		{"a surplus of a type nobody wants", "E,,,,,,N,N,,,,,,", noN, base - 100 + 5, 0},
		{"an off request", ",,,L,L,,,,,,,,,", noN, base + 1, 0},
		{"another's off request", "E,,,,,,,,,,,,,", ",,,,,E,,,,,,,,", base - 100 + 4, 0},
		{"late, then early", ",,,,L,E,,,,,,,,", noN, base, 1},
		{"early, then late", ",,,,E,L,,,,,,,,", noN, base, 0},
		{"over a day off nothing is banned", "L,,,E,E,,,,,,,,,", noN, base, 0},
		{"three nights of two", ",,,,N,N,N,,,,,,,", noN, base, 1},
		{"two late ones of one", "E,,,,,,,,,,,,,", ",,L,,,,,,,L,,,,", base - 100, 1},
		{"a night of none", "E,,,,,,,,,,,,,", ",,N,,,,,,,,,,,", base - 100, 1},
		{"five days in a row", ",,,,,,,E,E,E,E,E,,", noN, base, 0},
		{"six days in a row, to a fixed day off", ",,,,,,E,E,E,E,E,E,,", noN, base, 1},
		{"one day alone", ",,,,E,,,,,,,,,", noN, base, 1},
		{"one day at the start", "E,,,,,,,,,,,,,", noN, base - 100, 0},
		{"one day at the end", "E,,,,,,,,,,,,,", ",,,,,,,,,,,,,E", base - 100, 0},
		{"one day off between", ",,,,E,E,,E,E,,,,,", noN, base, 1},
		{"too many minutes", "E,E,E,E,E,,,E,E,E,E,E,,", noN, base - 203, 1},
		{"a fixed day off", "E,,,,,,,,,,,,,E", noN, base - 100, 1},
		{"two fixed days off", "E,,,,,,,,,,,,E,E", noN, base - 100, 2},
	} {
		assignments, err := n.solution("A\t" + c.a + "\n# note\nN\t" + c.b + "\n")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if penalty, hard := n.judge(assignments, false); penalty != c.penalty || hard != c.hard {
			t.Errorf("%s: penalty %d, %d hard; want %d, %d", c.name, penalty, hard, c.penalty, c.hard)
		}
	}
}

func TestNRPRefuses(t *testing.T) {
	t.Parallel()
	for old, changed := range map[string]string{
		"SECTION_HORIZON\n14": "SECTION_HORIZON\nx", "A,12,13": "A,12,14", "N,600,E|L": "N,1441,E|L", "A,2,E,3": "A,2,X,3", "N,4,L,2": "N,4,L",
		"0,E,2,100,1": "0,E,2,100", "SECTION_COVER": "SECTION_STAFF", "A,3,L,1": "B,3,L,1", "E=14|L=14|N=2,4320": "E=x,4320",
	} {
		if _, err := parseNRP([]byte(strings.Replace(tiny, old, changed, 1))); err == nil {
			t.Errorf("%q instead of %q was accepted", changed, old)
		}
	}
	n, err := parseNRP([]byte(tiny))
	if err != nil {
		t.Fatal(err)
	}
	row := strings.Repeat(",", 13)
	for _, text := range []string{"", "A\t" + row, "A\t" + row + "\nA\t" + row, "A\t" + row + "\nB\t" + row, "A\t,\nN\t" + row, "A\tX" + row + "\nN\t" + row, "A " + row + "\nN\t" + row} {
		if _, err := n.solution(text); err == nil {
			t.Errorf("%q was accepted", text)
		}
	}
}

// Every public instance that is at hand can be said in our terms.
func TestNRPInstances(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob("../../../shared/data/nrp/Instance*.txt")
	if err != nil || len(paths) == 0 {
		t.Skip("the public rostering instances are not here")
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		n, err := parseNRP(data)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if len(n.problem.Team.Operators) == 0 || len(n.problem.Team.Slots) != n.days*len(n.problem.Team.Templates) {
			t.Errorf("%s: %d employees, %d slots", path, len(n.problem.Team.Operators), len(n.problem.Team.Slots))
		}
	}
}
