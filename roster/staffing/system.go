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
	Arrivals     float64       // per hour
	AHT          time.Duration // of a chat that has its operator to itself
	Operators    int           // answering, after shrinkage
	Concurrency  int           // chats at once per operator, 1 to 10
	Slowdown     float64       // by what share each further chat at once lengthens all
	Patience     time.Duration // mean; 0 if nobody leaves
	Trainees     int           // of the operators
	TraineeShare float64       // of an operator's pace at which trainees work
	Model        Model         // the exact one if empty
}

// Model is how a system is computed.
type Model string

// The models. All but ModelExact take an operator with K chats at once for K
// servers, whose chats last as long as they do at full load.
const (
	ModelExact Model = "exact"    // the chain of states, with slow-down and patience
	ModelB     Model = "erlang-b" // who finds no free server is lost
	ModelC     Model = "erlang-c" // nobody leaves, whatever the patience
	ModelA     Model = "erlang-a" // customers leave
)

// crew is the system without its arrivals.
func (s System) crew() crew {
	return crew{operators: s.Operators, concurrency: s.Concurrency, slowdown: s.Slowdown, trainees: s.Trainees, share: s.TraineeShare}
}

// plain is the system as its model sees it.
func (s System) plain() System {
	if s.Model == ModelExact || s.Model == "" {
		return s
	}
	s.AHT, s.Operators, s.Concurrency, s.Slowdown = s.session(), s.Operators*s.Concurrency, 1, 0
	if s.Model == ModelC {
		s.Patience = 0
	}
	return s
}

// session is how long a chat lasts at full load: AHT(K) = AHT(1) x (1 + d(K-1)).
func (s System) session() time.Duration { return time.Duration(s.lengthened()) }

// lengthened is the same in nanoseconds, which may be too many for a duration.
func (s System) lengthened() float64 {
	return float64(s.AHT) * (1 + s.Slowdown*float64(s.Concurrency-1))
}

// load is the work that arrives, in Erlang: chats that arrive in the time of one alone.
func (s System) load() float64 { return s.Arrivals * s.AHT.Hours() }

// Measure returns the measures for answers within the time. The error is
// ErrUnstable, with arrivals and capacity, or names a value that is not possible.
func (s System) Measure(within time.Duration) (Measures, error) {
	return s.checked(within, everything)
}

// MeasureFinely is Measure with a chain of states for crews that are too large
// for one there, if they are not too large for one of seconds.
func (s System) MeasureFinely(within time.Duration) (Measures, error) {
	return s.checked(within, finest)
}

func (s System) checked(within time.Duration, d depth) (Measures, error) {
	if err := s.check(); err != nil {
		return Measures{}, err
	}
	if within < 0 {
		return Measures{}, fmt.Errorf("answers within %s are not possible: expected a time from 0s", within)
	}
	m, err := s.plain().measure(within, d)
	if err != nil {
		return Measures{}, err
	}
	m.Operators = s.Operators
	return m, nil
}

// depth is how much of a system is computed.
type depth int

const (
	closed     depth = iota // by the closed form of a spread: close, and quick
	full                    // exactly, but chats per busy operator may be a spread's
	everything              // exactly
	finest                  // exactly, however long it takes
)

// measure computes a system that has been checked.
func (s System) measure(within time.Duration, d depth) (Measures, error) {
	aht, load := s.AHT.Seconds(), s.load()
	m := Measures{Operators: s.Operators, ServiceLevel: 1, OfAnswered: 1, OfPatient: 1, OfStaying: 1, MeanSession: aht, PerBusy: 1}
	leaving := 0.0
	if s.Patience > 0 {
		leaving = aht / s.Patience.Seconds()
	}
	c := s.crew()
	switch {
	case load == 0:
		return m, nil
	case s.Model == ModelB:
		m.Abandonment = ErlangB(load, s.Operators)
		m.ServiceLevel = 1 - m.Abandonment
		m.OfPatient, m.OfStaying = m.ServiceLevel, m.ServiceLevel
		m.Occupancy = load * m.ServiceLevel / max(1, float64(s.Operators))
		return m, nil
	case leaving == 0 && load >= c.fullRate():
		return Measures{}, fmt.Errorf("%w: %.4g chats an hour arrive and %d operators can end %.4g", ErrUnstable, s.Arrivals, s.Operators, c.fullRate()/s.AHT.Hours())
	case c.strength() == 0:
		return Measures{Operators: s.Operators, PWait: 1, Abandonment: 1, MeanWait: s.Patience.Seconds()}, nil
	}
	sum := erlangSums(load, c.places())
	if !c.linear() || c.concurrency > 1 && d >= everything {
		sum = c.settle(load, d).sums(c, load)
	}
	in := within.Seconds() / aht
	m = sum.measures(c, load, leaving, in, wait(load, c.fullRate(), leaving, in))
	if d >= everything {
		m.WaitP90 = sum.patience(0.9, load, c.fullRate(), leaving)
	}
	return m.inSeconds(aht), nil
}

// linear says whether the rate is the same however chats are spread.
func (c crew) linear() bool { return c.trainees == 0 && (c.concurrency == 1 || c.slowdown == 0) }

// The largest chains that are solved; larger crews are computed as a spread.
const (
	mostStates   = 40_000  // some 30 operators with four chats at once, 70 with three
	finelyStates = 250_000 // some 60 and 150
)

// mostChained is the largest crew that a chain can hold.
const mostChained = 255

// settle finds how the crew settles.
func (c crew) settle(load float64, d depth) settled {
	even := newSpread(c, load)
	if d > closed && c.operators <= mostChained {
		most := mostStates
		if d == finest {
			most = finelyStates
		}
		if chain := newChain(c, even.limits(), most); chain != nil {
			return chain.settle(load)
		}
	}
	return even.settle()
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
	case s.Concurrency < 1 || s.Concurrency > mostConcurrency:
		return fmt.Errorf("a concurrency of %d is not possible: expected 1 to %d", s.Concurrency, mostConcurrency)
	case !(s.Slowdown >= 0) || math.IsInf(s.Slowdown, 0):
		return fmt.Errorf("a slow-down of %v is not possible: expected a share from 0", s.Slowdown)
	case s.lengthened() > float64(maxSession):
		return fmt.Errorf("a chat of %.3g hours at full load is not possible: expected at most %s; is a unit wrong?", s.lengthened()/float64(time.Hour), maxSession)
	case s.Patience < 0 || s.Patience > maxPatience:
		return fmt.Errorf("a patience of %s is not possible: expected 0 to %s", s.Patience, maxPatience)
	case s.Operators < 0:
		return fmt.Errorf("%d operators are not possible: expected a number from 0", s.Operators)
	case s.Trainees < 0 || s.Trainees > s.Operators:
		return fmt.Errorf("%d trainees among %d operators are not possible: expected 0 to %d", s.Trainees, s.Operators, s.Operators)
	case s.Trainees > 0 && !(s.TraineeShare > 0 && s.TraineeShare <= 1):
		return fmt.Errorf("trainees who count for %v of an operator are not possible: expected a share above 0 up to 1", s.TraineeShare)
	case s.load() > maxLoad:
		return fmt.Errorf("%.4g Erlang are not possible: expected at most %g; is a unit wrong?", s.load(), maxLoad)
	}
	return s.checkModel()
}

func (s System) checkModel() error {
	switch {
	case s.Model == "" || s.Model == ModelExact || s.Model == ModelC:
		return nil
	case s.Model != ModelA && s.Model != ModelB:
		return fmt.Errorf("a model %q is not known: expected %s, %s, %s or %s", s.Model, ModelExact, ModelB, ModelC, ModelA)
	case s.Model == ModelA && s.Patience == 0:
		return fmt.Errorf("the model %s takes a patience above 0s", ModelA)
	}
	return nil
}
