package api_test

import (
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// An event says when its breaks are, on the operator's clock.
func TestCalendarSaysBreaks(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 10, 7, 0, 0, 0, time.UTC)
	at := func(minutes time.Duration) time.Time { return start.Add(minutes * time.Minute) }
	a := roster.Assignment{ID: "a", Template: "day", Shift: calendars.Interval{Start: start, End: at(480)}}
	o := roster.Operator{Name: "Ana", Zone: calendars.MustZone("Europe/Sofia")}
	describe := func() string {
		return api.Calendar("here", roster.Team{Name: "team"}, o, []roster.Published{{Assignment: a}}).Events[0].Description
	}
	bare := describe()
	a.Breaks = []calendars.Interval{{Start: at(120), End: at(135)}, {Start: at(240), End: at(270)}}
	if got, want := describe(), bare+"\nBreak 11:00 - 11:15.\nBreak 13:00 - 13:30."; got != want || strings.Contains(bare, "Break") {
		t.Errorf("%q, want %q", got, want)
	}
}
