package feed_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	ical "github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/calendars/feed"
)

var published = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// sample holds the nights on which Sofia's clocks change, and a Cyrillic text
// that must be folded.
func sample() feed.Calendar {
	shift := func(start, end string) calendars.Interval {
		s, _ := time.Parse(time.RFC3339, start)
		e, _ := time.Parse(time.RFC3339, end)
		return calendars.Interval{Start: s, End: e}
	}
	return feed.Calendar{
		Name: "Смени · Lastochka", Description: "Shifts of Калина; times are UTC, \\ and all", Zone: calendars.MustZone("Europe/Sofia"),
		Events: []feed.Event{
			{UID: "a1@smena", Summary: "Night · Lastochka", Description: "Нощна смяна, сб 28 март 22:00 - нд 29 март 06:00 (Europe/Sofia); 7 ч\nчасовникът се мести напред",
				Categories: []string{"night", "bg, chat"}, Shift: shift("2026-03-28T20:00:00Z", "2026-03-29T03:00:00Z"), Created: published, Changed: published},
			{UID: "a2@smena", Summary: "Night · Lastochka", Shift: shift("2026-10-24T19:00:00Z", "2026-10-25T04:00:00Z"),
				Sequence: 2, Created: published, Changed: published.Add(time.Hour)},
		},
	}
}

func write(t interface{ Fatal(...any) }, c feed.Calendar) []byte {
	var b bytes.Buffer
	if err := feed.Write(&b, c); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	t.Parallel()
	const golden = "testdata/sample.ics"
	got := write(t, sample())
	if os.Getenv("SMENA_GOLDEN") != "" {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}

// What goes in comes out: parsed again, every event is the same.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zA-Zа-яА-Я0-9 ,;:\\"\n😀ש·]{0,300}`)
		c := feed.Calendar{Name: text.Draw(t, "name"), Zone: calendars.MustZone("Asia/Manila")}
		for i := range rapid.IntRange(0, 5).Draw(t, "events") {
			start := published.Add(time.Duration(rapid.IntRange(0, 1e6).Draw(t, "start")) * time.Minute)
			c.Events = append(c.Events, feed.Event{
				UID: fmt.Sprint(i, "@smena"), Summary: text.Draw(t, "summary"), Description: text.Draw(t, "description"),
				Shift: calendars.Interval{Start: start, End: start.Add(time.Hour)}, Sequence: i, Created: published, Changed: published,
			})
		}
		got := write(t, c)
		for _, line := range strings.Split(string(got), "\r\n") {
			if len(line) > 75 {
				t.Fatalf("a line of %d octets: %q", len(line), line)
			}
		}
		parsed, err := ical.NewDecoder(bytes.NewReader(got)).Decode()
		if err != nil {
			t.Fatal(err)
		}
		events := parsed.Events()
		if len(events) != len(c.Events) {
			t.Fatalf("%d events of %d", len(events), len(c.Events))
		}
		for i, e := range c.Events {
			summary, err := events[i].Props.Text(ical.PropSummary)
			if err != nil || summary != e.Summary {
				t.Errorf("summary %q became %q, %v", e.Summary, summary, err)
			}
			start, err := events[i].DateTimeStart(time.UTC)
			if err != nil || !start.Equal(e.Shift.Start) {
				t.Errorf("start %s became %s, %v", e.Shift.Start, start, err)
			}
		}
	})
}

// The independent checker, where it is there, finds nothing to say.
func TestIndependentChecker(t *testing.T) {
	t.Parallel()
	const checker = "../../../shared/tools/feed_check.py"
	if _, err := os.Stat(checker); err != nil {
		t.Skip("the independent feed checker is not on this machine")
	}
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("python3 is not on this machine")
	}
	hard := sample()
	hard.Events[0].Summary = "bell \a, nul \x00, CR \r, CRLF \r\n, bad \xff, 😀 שלום \u200f; \\n"
	hard.Events[0].Description = strings.Repeat("дълъг текст, ", 800)
	for name, c := range map[string]feed.Calendar{
		"sample": sample(), "hard": hard, "empty": {Name: "Nobody", Zone: calendars.MustZone("Europe/Lisbon")},
		"empty without changes": {Name: "Nobody", Zone: calendars.MustZone("Asia/Kolkata")},
	} {
		path := filepath.Join(t.TempDir(), "feed.ics")
		if err := os.WriteFile(path, write(t, c), 0o644); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("python3", checker, "--strict", "--now", "2026-11-01T00:00:00Z", path).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", name, err, out)
		}
	}
}

func FuzzWrite(f *testing.F) {
	f.Add("Night · Lastochka", "07:00\r\n;,\\")
	f.Fuzz(func(t *testing.T, summary, description string) {
		c := sample()
		c.Name, c.Events[0].Summary, c.Events[0].Description = summary, summary, description
		if _, err := ical.NewDecoder(bytes.NewReader(write(t, c))).Decode(); err != nil {
			t.Error(err)
		}
	})
}
