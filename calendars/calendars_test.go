package calendars_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
)

func TestTexts(t *testing.T) {
	t.Parallel()
	type all struct {
		Zone     calendars.Zone      `json:"zone"`
		Day      calendars.Day       `json:"day"`
		Wall     calendars.WallTime  `json:"wall"`
		Weekday  calendars.Weekday   `json:"weekday"`
		Length   calendars.Duration  `json:"length"`
		Interval *calendars.Interval `json:"interval"`
	}
	const text = `{"zone":"Asia/Manila","day":"2026-02-28","wall":"24:00","weekday":"sun","length":"11h","interval":{"start":"2026-03-01T08:00:00Z","end":"2026-03-01T09:00:00Z"}}`
	var got all
	if err := json.Unmarshal([]byte(strings.Replace(text, "08:00:00Z", "10:00:00+02:00", 1)), &got); err != nil {
		t.Fatal(err)
	}
	back, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(text, string(back)); diff != "" {
		t.Error(diff)
	}
	for field, want := range map[string]string{
		`{"zone":"Mars/Base"}`: `unknown zone "Mars/Base"`,
		`{"zone":"Local"}`:     `unknown zone "Local"`,
		`{"zone":""}`:          `unknown zone ""`,
		`{"day":"2026-02-30"}`: `"2026-02-30" is not a date`,
		`{"wall":"24:01"}`:     `"24:01" is not a wall time`,
		`{"wall":"9:00"}`:      `"9:00" is not a wall time`,
		`{"wall":"39:00"}`:     `"39:00" is not a wall time`,
		`{"weekday":"monday"}`: `"monday" is not a weekday`,
		`{"length":"eight"}`:   `"eight" is not a duration`,
		`{"interval":{"start":"2026-03-01T09:00:00Z","end":"2026-03-01T09:00:00Z"}}`: "the start must be before the end",
	} {
		if err := json.Unmarshal([]byte(field), &all{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", field, err, want)
		}
	}
}

func TestDurationText(t *testing.T) {
	t.Parallel()
	for length, want := range map[time.Duration]string{
		0: "0s", 90 * time.Second: "1m30s", 11 * time.Hour: "11h", 7*time.Hour + 30*time.Minute: "7h30m", time.Minute: "1m", 10 * time.Minute: "10m",
	} {
		if got, _ := (calendars.Duration{Duration: length}).MarshalText(); string(got) != want {
			t.Errorf("%v is written %q, want %q", length, got, want)
		}
	}
}

func TestIntervals(t *testing.T) {
	t.Parallel()
	at := func(h int) time.Time { return time.Date(2026, 3, 1, h, 0, 0, 0, time.UTC) }
	i := calendars.Interval{Start: at(8), End: at(16)}
	cases := []struct {
		from, to int
		overlap  time.Duration
		covers   bool
	}{{0, 8, 0, false}, {0, 9, time.Hour, false}, {8, 16, 8 * time.Hour, true}, {9, 10, time.Hour, true}, {15, 17, time.Hour, false}, {16, 20, 0, false}}
	for _, c := range cases {
		o := calendars.Interval{Start: at(c.from), End: at(c.to)}
		if i.Overlap(o) != c.overlap || o.Overlap(i) != c.overlap || i.Overlaps(o) != (c.overlap > 0) || i.Covers(o) != c.covers {
			t.Errorf("%s and %s: overlap %s, covers %v", i, o, i.Overlap(o), i.Covers(o))
		}
	}
	if i.Contains(at(16)) || !i.Contains(at(8)) {
		t.Error("an interval holds its start and not its end")
	}
}

func TestGrid(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	g := calendars.GridOver(start, start.Add(150*time.Minute), time.Hour)
	if g.N != 3 || !g.End().Equal(start.Add(3*time.Hour)) {
		t.Fatalf("%d intervals to %s", g.N, g.End())
	}
	for minutes, want := range map[int]int{-61: -2, -60: -1, -1: -1, 0: 0, 59: 0, 60: 1, 179: 2, 180: 3} {
		if got := g.Index(start.Add(time.Duration(minutes) * time.Minute)); got != want {
			t.Errorf("minute %d is in interval %d, want %d", minutes, got, want)
		}
	}
	ranges := []struct{ start, end, from, to int }{{-120, -60, 0, 0}, {-60, 1, 0, 1}, {0, 60, 0, 1}, {30, 61, 0, 2}, {120, 240, 2, 3}, {180, 240, 3, 3}}
	for _, r := range ranges {
		i := calendars.Interval{Start: start.Add(time.Duration(r.start) * time.Minute), End: start.Add(time.Duration(r.end) * time.Minute)}
		if from, to := g.Range(i); from != r.from || to != r.to {
			t.Errorf("minutes %d to %d touch %d..%d, want %d..%d", r.start, r.end, from, to, r.from, r.to)
		}
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	d := day("2024-02-28")
	if got := d.AddDays(2); got != day("2024-03-01") || d.DaysUntil(got) != 2 || got.DaysUntil(d) != -2 {
		t.Errorf("two days after %s is %s", d, got)
	}
	if got, want := (calendars.Day{}).AddDays(1), day("0000-01-01").AddDays(-31); got != want { // the zero day is day 0 of month 0
		t.Errorf("a day after the zero day is %s, want %s", got, want)
	}
	if got := day("2026-11-29").Monday(); got != day("2026-11-23") { // a Sunday
		t.Errorf("the week of 29 November 2026 starts on %s", got)
	}
	if !d.OnWeekday(nil) || !d.OnWeekday([]calendars.Weekday{calendars.Weekday(time.Wednesday)}) || d.OnWeekday([]calendars.Weekday{calendars.Weekday(time.Sunday)}) {
		t.Error("28 February 2024 was a Wednesday")
	}
}
