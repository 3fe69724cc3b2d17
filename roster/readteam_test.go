package roster_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// teamText is a team file without a fault; the cases break it.
const teamText = `{
  "name": "Test",
  "zone": "Europe/Sofia",
  "queues": [
    {"name": "bg", "service_level": {"share": 0.8, "within": "60s"}, "aht": "450s", "concurrency": 3}
  ],
  "shift_templates": [
    {"name": "day", "start": "09:00", "end": "17:00", "weekdays": ["mon", "tue"]}
  ],
  "operators": [
    {"name": "Ana", "zone": "Europe/Sofia", "skills": ["bg"],
     "contract": {"kind": "full-time", "min_per_week": "30h", "max_per_week": "40h"},
     "time_off": [{"first": "2026-03-02", "last": "2026-03-08"}]},
    {"name": "Bo", "zone": "Asia/Manila", "skills": ["bg"],
     "contract": {"kind": "freelance", "max_per_week": "20h"}}
  ]
}
`

const byteOrderMark = "\uFEFF"

func TestReadTeamRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, old, new, want string }{
		// Wrong type, unknown field, bad text: all with line and path.
		{"unknown zone", `"zone": "Asia/Manila"`, `"zone": "Mars/Base"`,
			`line 14, operators[1].zone: unknown zone "Mars/Base": expected an IANA name such as Europe/Sofia`},
		{"event on a date", `"concurrency": 3`, `"events": [{"name": "sale", "start": "2026-11-27", "end": "2026-11-28T00:00:00Z"}]`,
			`line 5, queues[0].events[0].start: expected an instant such as "2026-11-27T00:00:00+02:00", got "2026-11-27"`},
		{"event with a text for its effect", `"concurrency": 3`, `"events": [{"name": "sale", "start": "2026-11-27T00:00:00Z", "end": "2026-11-28T00:00:00Z", "effect": "60%"}]`,
			`line 5, queues[0].events[0].effect: expected a number, got "60%"`},
		{"event that ends before it starts", `"concurrency": 3`, `"events": [{"name": "sale", "start": "2026-11-27T00:00:00Z", "end": "2026-11-26T00:00:00Z"}]`,
			`queues[0] "bg": events: "sale" ends at 2026-11-26T00:00:00Z, not after its start`},
		{"empty zone", `"zone": "Asia/Manila"`, `"zone": ""`,
			`line 14, operators[1].zone: unknown zone "": expected an IANA name such as Europe/Sofia`},
		{"null zone of an operator", `"zone": "Asia/Manila"`, `"zone": null`,
			`line 14, operators[1].zone: expected an IANA name such as Europe/Sofia, got null`},
		{"no zone of an operator", `"zone": "Asia/Manila", `, ``,
			`line 14, operators[1].zone: missing: expected an IANA name such as Europe/Sofia`},
		{"no zone of the team", "  \"zone\": \"Europe/Sofia\",\n", ``,
			`line 1, zone: missing: expected an IANA name such as Europe/Sofia`},
		{"null zone of the team", "\"zone\": \"Europe/Sofia\",\n", "\"zone\": null,\n",
			`line 3, zone: expected an IANA name such as Europe/Sofia, got null`},
		{"value on the line after its name", `"zone": "Asia/Manila"`, "\"zone\":\r\n 7",
			`line 15, operators[1].zone: expected an IANA name such as Europe/Sofia, got 7`},
		{"wall time after 24:00", `"end": "17:00"`, `"end": "39:00"`,
			`line 8, shift_templates[0].end: "39:00" is not a wall time: expected HH:MM from 00:00 to 24:00`},
		{"no start", `"start": "09:00", `, ``,
			`line 8, shift_templates[0].start: missing: expected a wall time such as "09:00"`},
		{"weekday", `"tue"`, `"Tuesday"`,
			`line 8, shift_templates[0].weekdays[1]: "Tuesday" is not a weekday: expected one of sun, mon, tue, wed, thu, fri, sat`},
		{"null weekday", `"tue"`, `null`,
			`line 8, shift_templates[0].weekdays[1]: expected a weekday such as "mon", got null`},
		{"date", `"2026-03-08"`, `"8.3.2026"`,
			`line 13, operators[0].time_off[0].last: "8.3.2026" is not a date: expected YYYY-MM-DD`},
		{"duration", `"450s"`, `"450"`,
			`line 5, queues[0].aht: "450" is not a duration: expected a form such as 11h, 90s or 7h30m`},
		{"duration as a number", `"450s"`, `450`,
			`line 5, queues[0].aht: expected a duration such as "8h", got 450`},
		{"fraction", `"concurrency": 3`, `"concurrency": 1.5`,
			`line 5, queues[0].concurrency: expected a whole number, got 1.5`},
		{"number as a text", `"share": 0.8`, `"share": "80%"`,
			`line 5, queues[0].service_level.share: expected a number, got "80%"`},
		{"number that no float64 holds", `"share": 0.8`, `"share": 1e999`,
			`line 5, queues[0].service_level.share: expected a number, got 1e999`},
		{"text as a number", `"name": "Ana"`, `"name": 7`,
			`line 11, operators[0].name: expected a text, got 7`},
		{"list as a text", `"skills": ["bg"],` + "\n     \"contract\": {\"kind\": \"free", `"skills": "bg",` + "\n     \"contract\": {\"kind\": \"free",
			`line 14, operators[1].skills: expected a list, got "bg"`},
		{"object as a list", `{"share": 0.8, "within": "60s"}`, `[0.8]`,
			`line 5, queues[0].service_level: expected an object, got a list`},
		{"unknown field", `"last": "2026-03-08"`, `"last": "2026-03-08", "until": [{"a": 1}]`,
			`line 13, operators[0].time_off[0]: unknown field "until": expected one of first, last`},
		{"field of another case", `"last": "2026-03-08"`, `"Last": "2026-03-08"`,
			`line 13, operators[0].time_off[0]: unknown field "Last": expected one of first, last` + "\n" +
				`line 13, operators[0].time_off[0].last: missing: expected a date such as "2026-03-28"`},
		{"field twice", `"last": "2026-03-08"`, `"last": "2026-03-08", "last": "2026-03-09"`,
			`line 13, operators[0].time_off[0].last: there twice: expected each field once`},
		{"two faults of form", `"2026-03-02", "last": "2026-03-08"`, `"today", "last": "tomorrow"`,
			`line 13, operators[0].time_off[0].first: "today" is not a date: expected YYYY-MM-DD` + "\n" +
				`line 13, operators[0].time_off[0].last: "tomorrow" is not a date: expected YYYY-MM-DD`},
		{"another kind of file", teamText, `[1, 2]`, `line 1: expected an object, got a list`},
		{"null", teamText, `null`, `line 1: expected an object, got null`},
		// Not JSON: line and column.
		{"comma too many", `"freelance", "max_per_week": "20h"`, `"freelance",`,
			`line 15, column 39: not JSON: invalid character '}' looking for beginning of object key string`},
		{"column after Cyrillic", `"Ana", `, `"Яна" `,
			`line 11, column 20: not JSON: invalid character '"' after object key:value pair`},
		{"cut off", "]\n}\n", "]\n", "line 16, column 3: not JSON: unexpected end of JSON input"},
		{"trailing data", "]\n}\n", "]\n} {}\n", "line 17, column 3: text after the end of the team: expected nothing more"},
		{"trailing brace", "]\n}\n", "]\n}\n}\n", "line 18, column 1: text after the end of the team: expected nothing more"},
		{"not UTF-8", `"Ana"`, "\"\uFFFD\xcf\xed\xe0\"", "line 11, column 16: not UTF-8: expected the file to be saved as UTF-8"},
		{"empty", teamText, "", "empty: expected a team file"},
		{"only white space", teamText, byteOrderMark + " \r\n\t", "empty: expected a team file"},
		{"too large", teamText, strings.Repeat(" ", 16<<20) + "{", "more than 16 MiB: expected a team file"},
		// The content, once the form is right.
		{"shift of 0 hours", `"end": "17:00"`, `"end": "09:00"`,
			`shift_templates[0] "day": 09:00 to 09:00: a shift of 0 hours is not possible: expected an end after the start, or on the next day`},
		{"shift of 20 hours", `"start": "09:00", "end": "17:00"`, `"start": "08:00", "end": "04:00"`,
			`shift_templates[0] "day": 08:00 to 04:00: a shift of 20h0m0s is not possible: expected at most 16h0m0s`},
		{"shift one minute too long", `"end": "17:00"`, `"end": "01:01"`,
			`shift_templates[0] "day": 09:00 to 01:01: a shift of 16h1m0s is not possible: expected at most 16h0m0s`},
		{"name twice", `"name": "Bo"`, `"name": "Ana"`, `operators: "Ana" is there twice: expected each name once`},
		{"unknown skill", `"skills": ["bg"],` + "\n     \"contract\": {\"kind\": \"full", `"skills": ["en"],` + "\n     \"contract\": {\"kind\": \"full",
			`operators[0] "Ana": skills: no queue asks for "en": expected one of [bg]`},
		{"negative hours", `"max_per_week": "20h"`, `"max_per_week": "20h", "min_per_week": "-1h"`,
			`operators[1] "Bo": contract: min_per_week: -1h is not possible: expected 0h to max_per_week, 20h`},
		{"two faults of content", `"share": 0.8, "within": "60s"`, `"share": 1, "within": "-1s"`,
			`queues[0] "bg": service_level.share: 1 is not possible: expected a share between 0 and 1 such as 0.8` + "\n" +
				`service_level.within: -1s is negative`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if strings.Count(teamText, c.old) != 1 {
				t.Fatalf("%q is in the text %d times, want 1", c.old, strings.Count(teamText, c.old))
			}
			_, err := roster.ReadTeam(strings.NewReader(strings.Replace(teamText, c.old, c.new, 1)))
			if err == nil {
				t.Fatalf("no error, want %s", c.want)
			}
			if diff := cmp.Diff(c.want, err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadTeamListsNoEndOfFaults(t *testing.T) {
	t.Parallel()
	text := `{"name": "Test", "queues": [` + strings.Repeat("7,", 400_000) + `7], "operators": [], "shift_templates": [], "zone": "UTC"}`
	_, err := roster.ReadTeam(strings.NewReader(text))
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 51 || lines[50] != "and 399951 more" {
		t.Errorf("%d lines, the last %q, want 51 with 399951 more", len(lines), lines[len(lines)-1])
	}
}

// A fault that all operators share is not said of each of thousands.
func TestReadTeamSaysOneFaultNotForAll(t *testing.T) {
	t.Parallel()
	for operators, want := range map[int]string{50: `operators[49] "o49": `, 51: "and faults in 1 more places", 2000: "and faults in 1950 more places"} {
		var all []string
		for i := range operators {
			all = append(all, fmt.Sprintf(`{"name": "o%d", "zone": "UTC", "skills": ["xx"], "contract": {"kind": "freelance", "max_per_week": "20h"}}`, i))
		}
		_, err := roster.ReadTeam(strings.NewReader(`{"name": "Test", "zone": "UTC", "queues": [{"name": "bg", "aht": "300s", "service_level": {"share": 0.8, "within": "60s"}}], "shift_templates": [], "operators": [` + strings.Join(all, ",") + "]}"))
		lines := strings.Split(err.Error(), "\n")
		if last := lines[len(lines)-1]; len(lines) != min(operators, 51) || !strings.HasPrefix(last, want) {
			t.Errorf("%d operators: %d lines, the last %q, want %q", operators, len(lines), last, want)
		}
	}
}

func TestReadTeamPassesOnReadErrors(t *testing.T) {
	t.Parallel()
	broken := errors.New("disk on fire")
	_, err := roster.ReadTeam(io.MultiReader(strings.NewReader(teamText), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

func TestReadTeamAccepts(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"plain":              teamText,
		"byte order mark":    byteOrderMark + teamText,
		"Windows line ends":  strings.ReplaceAll(teamText, "\n", "\r\n"),
		"UTC is a zone":      strings.Replace(teamText, "Asia/Manila", "UTC", 1),
		"shift of 16 hours":  strings.Replace(teamText, `"17:00"`, `"01:00"`, 1),
		"exactly 16 MiB":     teamText + strings.Repeat(" ", 16<<20-len(teamText)),
		"lastochka":          fileText(t, "../cmd/smena/lastochka.json"),
		"anonbank":           fileText(t, "../cmd/smena/testdata/anonbank_team.json"),
		"escapes in a field": strings.Replace(teamText, `"zone"`, `"\u007aone"`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			team, err := roster.ReadTeam(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			sameAsJSON(t, team, text)
		})
	}
}

// FuzzReadTeam holds that a team is read or refused, never a panic; that what
// is read is what encoding/json reads; and that it survives being written.
func FuzzReadTeam(f *testing.F) {
	for _, text := range []string{
		teamText, blendText, byteOrderMark + teamText, "", "null", "{}", "[{}]", `{"zone":null,"zone":7}`,
		`{"queues":[{"opening":[{"from":"24:00","to":"00:00","weekdays":[]}]}]}`, teamText + "x",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		team, err := roster.ReadTeam(strings.NewReader(text))
		if err == nil {
			sameAsJSON(t, team, text)
		}
	})
}

// sameAsJSON holds a team that was read from text against encoding/json, and
// reads it again from what it writes.
func sameAsJSON(t *testing.T, team roster.Team, text string) {
	t.Helper()
	var plain roster.Team
	if err := json.Unmarshal([]byte(strings.TrimPrefix(text, byteOrderMark)), &plain); err != nil {
		t.Fatalf("encoding/json refuses it: %v", err)
	}
	plain, err := plain.Complete()
	if err != nil {
		t.Fatalf("complete: %v", err)
	}
	written := writeTeam(t, team)
	if diff := cmp.Diff(string(writeTeam(t, plain)), string(written)); diff != "" {
		t.Errorf("encoding/json reads another team:\n%s", diff)
	}
	again, err := roster.ReadTeam(bytes.NewReader(written))
	if err != nil {
		t.Fatalf("refuses what it wrote: %v\n%s", err, written)
	}
	if diff := cmp.Diff(string(written), string(writeTeam(t, again))); diff != "" {
		t.Errorf("another team after writing and reading:\n%s", diff)
	}
}

func writeTeam(t testing.TB, team roster.Team) []byte {
	t.Helper()
	text, err := json.MarshalIndent(team, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func fileText(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// FuzzJudgeTeam holds that every team that is read can be judged: never a
// panic, and never an overlap that is not told.
func FuzzJudgeTeam(f *testing.F) {
	f.Add(teamText, uint64(1))
	f.Add(string(writeTeam(f, everything(f).Team)), uint64(2))
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		const many = 20
		team, err := roster.ReadTeam(strings.NewReader(text))
		if err != nil || len(team.Operators) == 0 || len(team.Operators) > many || len(team.Templates) == 0 {
			return
		}
		p := roster.Problem{Team: team}
		p.Demand.Grid = team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 23}, 2)
		chance := rand.New(rand.NewPCG(seed, 0))
		var all []roster.Assignment
		for range many {
			all = append(all, randomly(p, chance))
			p.Carried = append(p.Carried, randomly(p, chance))
		}
		for i := range p.Carried {
			s := &p.Carried[i].Shift
			s.Start, s.End = s.Start.AddDate(0, 0, -14), s.End.AddDate(0, 0, -14)
		}
		told := slices.ContainsFunc(roster.Judge(p, all).Breaches, func(b roster.Breach) bool { return b.Rule == roster.RuleOneShift })
		for i, a := range all {
			for _, b := range all[:i] {
				if a.Operator == b.Operator && a.Shift.Overlap(b.Shift) > 0 && !told {
					t.Errorf("%v and %v went unnoticed", a, b)
				}
			}
		}
	})
}
