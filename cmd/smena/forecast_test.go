package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// autumn is ten weeks of hours on the clock of Sofia, without offsets, up to
// the Friday before its clocks go back on 25 October 2026: ten chats an hour.
func autumn(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("timestamp,offered\n")
	for at := time.Date(2026, 8, 15, 0, 0, 0, 0, time.UTC); at.Before(time.Date(2026, 10, 24, 0, 0, 0, 0, time.UTC)); at = at.Add(time.Hour) {
		fmt.Fprintf(&b, "%s,10\n", at.Format("2006-01-02T15:04"))
	}
	return write(t, "autumn.csv", b.String())
}

// forecastOf runs the command and returns its rows below the header.
func forecastOf(t *testing.T, args ...string) [][]string {
	t.Helper()
	code, out, problems := try(t, append([]string{"forecast", "--zone", "Europe/Sofia", "--queue", "chat", "--weeks", "1"}, args...)...)
	if code != 0 {
		t.Fatalf("exit %d\n%s", code, problems)
	}
	return table(t, out)
}

// meanAt returns the mean of the row with the time on the clock.
func meanAt(t *testing.T, rows [][]string, clock string) float64 {
	t.Helper()
	for _, row := range rows {
		if row[1] == clock {
			mean, err := strconv.ParseFloat(row[4], 64)
			if err != nil {
				t.Fatal(err)
			}
			return mean
		}
	}
	t.Fatalf("there is no row of %s", clock)
	return 0
}

func TestForecastOnTheClock(t *testing.T) {
	t.Parallel()
	rows := forecastOf(t, "--history", autumn(t), "--quantiles", "0.1,0.9")
	if len(rows) != 7*24 {
		t.Errorf("%d rows for the 168 hours that clocks show", len(rows))
	}
	if len(rows[0]) != 7 {
		t.Errorf("%v: want five columns and two quantiles", rows[0])
	}
	if got := meanAt(t, rows, "2026-10-25T03:00:00"); got < 19.9 || got > 20.1 {
		t.Errorf("the hour that autumn repeats holds %v, want both passes of 10", got)
	}
	if got := meanAt(t, rows, "2026-10-25T04:00:00"); got < 9.9 || got > 10.1 {
		t.Errorf("the hour after it holds %v, want 10", got)
	}
}

func TestForecastEvents(t *testing.T) {
	t.Parallel()
	events := write(t, "events.csv", "name,start,end,queue,effect\nsale,2026-10-28T12:00,2026-10-28T14:00,chat,0.6\nother,2026-10-29T12:00,2026-10-29T14:00,mail,0.6\n")
	holidays := write(t, "holidays.csv", "date,name,kind\n2026-10-30,stocktaking,closed\n")
	rows := forecastOf(t, "--history", autumn(t), "--events", events, "--holidays", holidays)
	for clock, want := range map[string]float64{
		"2026-10-28T11:00:00": 10, "2026-10-28T12:00:00": 16, "2026-10-28T13:00:00": 16, "2026-10-28T14:00:00": 10,
		"2026-10-29T12:00:00": 10, "2026-10-30T12:00:00": 0,
	} {
		if got := meanAt(t, rows, clock); got < want-0.1 || got > want+0.1 {
			t.Errorf("%s: %v, want %v", clock, got, want)
		}
	}
}

func TestForecastAsJSONAndPicture(t *testing.T) {
	t.Parallel()
	picture := filepath.Join(t.TempDir(), "forecast.svg")
	code, out, problems := try(t, "forecast", "--history", autumn(t), "--zone", "Europe/Sofia", "--queue", "<chat>", "--at", "2026-10-15T11:00",
		"--weeks", "13", "--holidays", "RU", "--json", "--svg", picture)
	if code != 0 || !strings.Contains(problems, "holidays of RU are known until 2026-12-31") {
		t.Fatalf("exit %d\n%s", code, problems)
	}
	var all []queueForecast
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		t.Fatal(err)
	}
	q := all[0]
	if want := time.Date(2026, 10, 15, 8, 0, 0, 0, time.UTC); !q.Starts[0].Equal(want) || !q.Origin.Equal(want) {
		t.Errorf("it starts at %s, its origin is %s, want %s", q.Starts[0], q.Origin, want)
	}
	if len(q.ByLead) != 2 || q.Backtest.Intervals != 4*168-13 || len(q.Ordinary) != len(q.Mean) || len(q.Days) == 0 {
		t.Errorf("backtest %+v, by lead %+v, %d days marked", q.Backtest, q.ByLead, len(q.Days))
	}
	file, err := os.Open(picture)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	paths := 0
	for decoder := xml.NewDecoder(file); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if element, ok := token.(xml.StartElement); ok && element.Name.Local == "path" {
			paths++
		}
	}
	if paths < 5 {
		t.Errorf("the picture has %d lines", paths)
	}
}

func TestForecastBadInput(t *testing.T) {
	t.Parallel()
	history := autumn(t)
	for want, args := range map[string][]string{
		`--at: "25:00" is not a wall time`:                                      {"--at", "2026-10-01T25:00"},
		"--at 2026-10-01T11:30: expected the start of an interval of 1h0m0s":    {"--at", "2026-10-01T11:30"},
		"--at 2031-01-01: expected at most 26 weeks after the history":          {"--at", "2031-01-01"},
		"--quantiles 1.5: expected shares between 0 and 1":                      {"--quantiles", "0.5,1.5"},
		`unknown country "XX": expected one of`:                                 {"--holidays", "XX"},
		"--holidays: open nowhere.csv":                                          {"--holidays", "nowhere.csv"},
		`line 2, date: "1 May": expected a date such as 2026-12-25`:             {"--holidays", write(t, "h.csv", "date,name\n1 May,Labour Day\n")},
		`line 2, kind: "feast": expected holiday, eve, working or closed`:       {"--holidays", write(t, "k.csv", "date,name,kind\n2026-05-01,Labour Day,feast\n")},
		"line 1: the header has no column end":                                  {"--events", write(t, "e.csv", "name,start\n")},
		`line 2, end: "2026-10-01": expected a time after the start 2026-10-02`: {"--events", write(t, "f.csv", "name,start,end\nsale,2026-10-02,2026-10-01\n")},
		`line 2, effect: "60%": expected a share from -1 to 100`:                {"--events", write(t, "g.csv", "name,start,end,effect\nsale,2026-10-01,2026-10-02,60%\n")},
	} {
		code, out, problems := try(t, append([]string{"forecast", "--history", history, "--zone", "Europe/Sofia", "--queue", "chat"}, args...)...)
		if code != exitBad || !strings.Contains(problems, want) || out != "" {
			t.Errorf("%v: exit %d, want %q\n%s", args, code, want, problems)
		}
	}
}
