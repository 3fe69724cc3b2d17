package staffing_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster/simulate"
	"github.com/smena-wfm/smena/roster/staffing"
)

// chatsOf simulates what a file of single chats would hold: days that are
// busier and quieter, and trainees among the operators.
func chatsOf(t *testing.T, slowdown float64, aht time.Duration, hours int) []forecast.Chat {
	t.Helper()
	grid := calendars.Grid{Start: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: hours}
	q := simulate.Queue{AHT: aht, Concurrency: 4, Slowdown: slowdown, Patience: 5 * time.Minute, Within: time.Minute}
	for i := range hours {
		q.Arrivals = append(q.Arrivals, 40*(1-0.8*math.Cos(2*math.Pi*float64(i)/24)))
	}
	s := simulate.Scenario{Grid: grid, Queues: []simulate.Queue{q}}
	for i := range 5 {
		s.Operators = append(s.Operators, simulate.Operator{Queues: []int{0}, Share: []float64{1, 1, 1, 0.8, 0.6}[i], Present: []calendars.Interval{grid.Span()}})
	}
	var chats []forecast.Chat
	at := func(seconds float64) time.Time {
		return grid.Start.Add(time.Duration(seconds * float64(time.Second)))
	}
	s.Ended = func(_, operator int, _, answered, ended float64) {
		chats = append(chats, forecast.Chat{Queue: "q", Operator: fmt.Sprint(operator), Start: at(answered), Length: at(ended).Sub(at(answered))})
	}
	if _, err := simulate.Simulate(s, rand.New(rand.NewPCG(3, 0))); err != nil {
		t.Fatal(err)
	}
	return chats
}

// What chats were simulated with is found again, within its own error.
func TestCalibrate(t *testing.T) {
	t.Parallel()
	for _, slowdown := range []float64{0, 0.1, 0.2, 0.4} {
		chats := chatsOf(t, slowdown, 6*time.Minute, 800)
		found := staffing.Calibrate(chats)
		if len(found) != 1 || found[0].Slowdown == nil {
			t.Fatalf("%+v", found)
		}
		c := found[0]
		if off := *c.Slowdown - slowdown; math.Abs(off) > 3*c.Error+1e-9 || c.Error > 0.03 {
			t.Errorf("slow-down %v, want %v, error %v", *c.Slowdown, slowdown, c.Error)
		}
		// Trainees take longer, one by 1/0.8, one by 1/0.6.
		if alone := c.AHT.Seconds() / 360; alone < 1.05 || alone > 1.25 {
			t.Errorf("a chat alone takes %s", c.AHT)
		}
	}
}

// What cannot be told is said.
func TestCalibrateSaysWhatItCannotTell(t *testing.T) {
	t.Parallel()
	chats := chatsOf(t, 0.2, 6*time.Minute, 100)
	few := slices.Clone(chats[:100])
	for i := range chats {
		chats[i].Operator = ""
	}
	alone := make([]forecast.Chat, 500)
	for i := range alone {
		alone[i] = forecast.Chat{Queue: "q", Operator: "a", Start: time.Unix(int64(1000*i), 0), Length: 500 * time.Second}
	}
	for want, chats := range map[string][]forecast.Chat{"only elapsed time is known": chats, "100 chats of known operators are too few": few, "nearly always 1.0 chats at once": alone} {
		found := staffing.Calibrate(chats)
		if len(found) != 1 || found[0].Slowdown != nil || !strings.Contains(found[0].Sentence, want) || found[0].AHT.Duration <= 0 {
			t.Errorf("%+v; want %q", found, want)
		}
	}
	if found := staffing.Calibrate(nil); len(found) != 0 {
		t.Errorf("%+v", found)
	}
}
