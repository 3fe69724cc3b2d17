package staffing

import (
	"errors"
	"fmt"
	"math"
	"time"
)

// ErrUnstable says that work arrives faster than the crew can do it and that
// nobody leaves: the queue grows for ever, and no measure of it exists.
var ErrUnstable = errors.New("unstable")

// System is a crew and what arrives at it.
type System struct {
	Arrivals    float64       // per hour
	AHT         time.Duration // of a chat that has its operator to itself
	Operators   int           // answering, after shrinkage
	Concurrency int           // chats at once per operator; at least 1
	Slowdown    float64       // by what share each further chat at once lengthens all
	Patience    time.Duration // mean; 0 if nobody leaves
}

// Measures are how a system does once it has settled.
type Measures struct {
	Operators    int     `json:"operators"`
	ServiceLevel float64 `json:"service_level" doc:"Share of all arrivals answered within the time."`
	PWait        float64 `json:"p_wait" doc:"Share of arrivals that find everybody busy."`
	MeanWait     float64 `json:"mean_wait_seconds" doc:"Over all arrivals."`
	Abandonment  float64 `json:"abandonment" doc:"Share of arrivals that leave unanswered."`
	Occupancy    float64 `json:"occupancy" doc:"Busy share of chat capacity."`
	MeanSession  float64 `json:"mean_session_seconds" doc:"Length of a chat as planned for: at full load."`
}

// session is how long a chat lasts at full load: AHT(K) = AHT(1) x (1 + d(K-1)).
func (s System) session() time.Duration { return time.Duration(s.lengthened()) }

// lengthened is the same in nanoseconds, which may be too many for a duration.
func (s System) lengthened() float64 {
	return float64(s.AHT) * (1 + s.Slowdown*float64(s.Concurrency-1))
}

// load is the work that arrives, in Erlang.
func (s System) load() float64 { return s.Arrivals * s.session().Hours() }

// Measure returns the measures for answers within the time. The error is
// ErrUnstable, with load and capacity, or names a value that is not possible.
func (s System) Measure(within time.Duration) (Measures, error) {
	if err := s.check(); err != nil {
		return Measures{}, err
	}
	if within < 0 {
		return Measures{}, fmt.Errorf("answers within %s are not possible: expected a time from 0s", within)
	}
	return s.measure(s.Operators*s.Concurrency, within)
}

// measure does so for a number of servers, which need not be whole operators.
func (s System) measure(servers int, within time.Duration) (Measures, error) {
	load, session := s.load(), s.session()
	m := Measures{Operators: s.Operators, MeanSession: session.Seconds()}
	time := within.Seconds() / session.Seconds()
	if s.Patience > 0 && servers > 0 {
		a := erlangA(load, servers, s.Patience.Seconds()/session.Seconds(), time)
		m.ServiceLevel, m.PWait, m.Abandonment, m.MeanWait = a.answered, a.pWait, a.abandoned, a.wait*session.Seconds()
		m.Occupancy = load * (1 - a.abandoned) / float64(servers)
		return m, nil
	}
	if load >= float64(servers) {
		return Measures{}, fmt.Errorf("%w: %.4g Erlang arrive and %d chats at once can be answered", ErrUnstable, load, servers)
	}
	share, wait := answeredC(load, servers, time)
	m.ServiceLevel, m.PWait, m.MeanWait = share, ErlangC(load, servers), wait*session.Seconds()
	m.Occupancy = load / float64(servers)
	return m, nil
}

// Limits beyond which a value is surely a mistake; they also bound the work.
const (
	maxLoad     = 1e5 // Erlang
	maxPatience = 1000 * time.Hour
	maxSession  = 1000 * time.Hour
)

// check names a value that is not possible.
func (s System) check() error {
	switch {
	case math.IsNaN(s.Arrivals) || s.Arrivals < 0:
		return fmt.Errorf("arrivals %v an hour are not possible: expected a number from 0", s.Arrivals)
	case s.AHT <= 0:
		return fmt.Errorf("a handling time of %s is not possible: expected one such as 480s", s.AHT)
	case s.Concurrency < 1:
		return fmt.Errorf("a concurrency of %d is not possible: expected at least 1", s.Concurrency)
	case !(s.Slowdown >= 0) || math.IsInf(s.Slowdown, 0):
		return fmt.Errorf("a slow-down of %v is not possible: expected a share from 0", s.Slowdown)
	case s.lengthened() > float64(maxSession):
		return fmt.Errorf("a chat of %.3g hours at full load is not possible: expected at most %s; is a unit wrong?", s.lengthened()/float64(time.Hour), maxSession)
	case s.Patience < 0 || s.Patience > maxPatience:
		return fmt.Errorf("a patience of %s is not possible: expected 0 to %s", s.Patience, maxPatience)
	case s.Operators < 0:
		return fmt.Errorf("%d operators are not possible: expected a number from 0", s.Operators)
	case s.load() > maxLoad:
		return fmt.Errorf("%.4g Erlang are not possible: expected at most %g; is a unit wrong?", s.load(), maxLoad)
	}
	return nil
}
