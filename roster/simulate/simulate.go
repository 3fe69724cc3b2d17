// Package simulate lets chats happen one by one: they arrive, wait, are
// answered several at a time by operators who slow down as theirs add up, and
// leave when nobody answers. It is a discrete-event simulation of any roster,
// with queues, skills, breaks, absences and the bot in front. It checks the
// chat model of roster/staffing, certifies finished rosters, and tries what-ifs.
//
// A new chat goes to the operator who can serve it and has the fewest chats;
// among equals to the one with the fewest queues, then the quickest, then the
// one whose last new chat is longest ago. A free place takes the chat that has
// waited longest of those that its operator can serve. Who leaves, or goes on
// a break, takes no new chats and finishes those that they have.
//
// Chats and patience last exponential times. The same seed gives the same
// chats and answers.
package simulate

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Queue is a stream of chats.
type Queue struct {
	Name        string
	AHT         time.Duration // of a chat that has its operator to itself
	Concurrency int           // chats at once per operator
	Slowdown    float64       // by what share each further chat at once lengthens all
	Patience    time.Duration // mean; 0 if nobody leaves
	Within      time.Duration // of the service level
	BotShare    float64       // of arrivals that never reach an operator
	Arrivals    []float64     // expected per interval of the grid
	Counted     bool          // exactly as many arrive, at any time within their interval
	Open        []bool        // intervals whose time counts for Within; all if empty
}

// Operator answers the chats of some queues while present.
type Operator struct {
	Queues  []int // positions of those that they can serve
	Share   float64
	Present []calendars.Interval // shifts without breaks, in order, none overlapping
	// Station, if there is one, has the queue that they answer in each
	// interval; a negative one is none. Without it they answer all of theirs.
	Station []int
}

// Scenario is what is simulated.
type Scenario struct {
	Grid      calendars.Grid
	Queues    []Queue
	Operators []Operator
	// Ended, if there is one, is told each chat that ends: the positions of its
	// queue and operator, and seconds since the start of the grid.
	Ended func(queue, operator int, arrived, answered, ended float64)
}

// Tally counts the chats that arrive in an interval, whenever they end.
type Tally struct {
	Offered   int     // to operators, so without the bot's
	InTime    int     // answered within the time
	Answered  int     //
	Abandoned int     // left unanswered
	Waited    int     // found no free place
	Wait      float64 // seconds, of all
	Session   float64 // seconds from answer to end, of those answered
}

// Load is how operators fared in an interval.
type Load struct {
	Chats    float64 // chat-seconds being answered
	Places   float64 // chat-seconds that those present could answer
	Busy     float64 // operator-seconds with at least one chat
	Overtime float64 // operator-seconds of finishing chats when no longer present
}

// Run is one simulation. Tallies are by queue and interval, loads by interval.
type Run struct {
	Tallies [][]Tally
	Loads   []Load
}

// mostArrivals of an interval are surely a mistake above it.
const mostArrivals = 1e9

// check names what is not possible.
func (s Scenario) check() error {
	if s.Grid.N < 1 || s.Grid.Step <= 0 {
		return errors.New("simulate: a grid without intervals")
	}
	for _, q := range s.Queues {
		switch {
		case q.AHT <= 0:
			return fmt.Errorf("queue %q: a handling time of %s is not possible: expected one such as 480s", q.Name, q.AHT)
		case q.Concurrency < 1:
			return fmt.Errorf("queue %q: a concurrency of %d is not possible: expected at least 1", q.Name, q.Concurrency)
		case !(q.Slowdown >= 0) || math.IsInf(q.Slowdown, 0):
			return fmt.Errorf("queue %q: a slow-down of %v is not possible: expected a share from 0", q.Name, q.Slowdown)
		case q.Patience < 0 || q.Within < 0:
			return fmt.Errorf("queue %q: patience %s and time %s: expected times from 0s", q.Name, q.Patience, q.Within)
		case !(q.BotShare >= 0 && q.BotShare < 1):
			return fmt.Errorf("queue %q: a bot that resolves %v is not possible: expected a share from 0 to below 1", q.Name, q.BotShare)
		case len(q.Arrivals) != s.Grid.N:
			return fmt.Errorf("queue %q: arrivals of %d intervals, expected %d", q.Name, len(q.Arrivals), s.Grid.N)
		}
		if len(q.Open) != 0 && len(q.Open) != s.Grid.N {
			return fmt.Errorf("queue %q: opening of %d intervals, expected %d", q.Name, len(q.Open), s.Grid.N)
		}
		for i, x := range q.Arrivals {
			if !(x >= 0 && x <= mostArrivals) {
				return fmt.Errorf("queue %q: %v arrivals at %s are not possible: expected a number from 0 to %g", q.Name, x, s.Grid.At(i).Format(time.RFC3339), mostArrivals)
			}
		}
	}
	for i, o := range s.Operators {
		if len(o.Station) != 0 && len(o.Station) != s.Grid.N {
			return fmt.Errorf("operator %d: stations of %d intervals, expected %d", i, len(o.Station), s.Grid.N)
		}
		if !(o.Share > 0 && o.Share <= 1) {
			return fmt.Errorf("operator %d: a share of %v is not possible: expected above 0 up to 1", i, o.Share)
		}
	}
	return nil
}

// Simulate lets the scenario happen once. The error names what is not possible in it.
func Simulate(s Scenario, random *rand.Rand) (Run, error) {
	if err := s.check(); err != nil {
		return Run{}, err
	}
	f := newFloor(s, random)
	for f.step() {
	}
	f.closing()
	return f.run, nil
}
