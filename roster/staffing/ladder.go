package staffing

import (
	"math"
	"sort"
)

// Ladder answers what many numbers of arrivals require of one system and
// target, as Require does for each. Its rungs are the most arrivals that each
// number of operators can answer well enough: these are narrowed down once by
// the model, and after that most questions are answered by looking.
type Ladder struct {
	system System
	target Target
	rungs  map[int]*rung
}

// rung is what is known of a number of operators.
type rung struct {
	about     float64 // most arrivals an hour by the closed form of a spread
	enough    float64 // so many arrivals have been answered well enough
	much      float64 // so many have not
	narrowed  bool
	operators System
}

// NewLadder returns a ladder; the system's arrivals do not matter. The error
// names a value that is not possible.
func NewLadder(s System, t Target) (*Ladder, error) {
	if err := t.check(); err != nil {
		return nil, err
	}
	s.Operators, s.Arrivals = s.Trainees, 0
	return &Ladder{system: s, target: t, rungs: map[int]*rung{}}, s.check()
}

// Require returns the fewest operators for so many arrivals an hour.
func (l *Ladder) Require(arrivals float64) (int, error) {
	s := l.system
	s.Arrivals = arrivals
	if err := s.check(); err != nil {
		return 0, err
	}
	if arrivals == 0 {
		return max(l.target.MinOperators, s.Trainees), nil
	}
	least, most := max(1, s.Trainees), 1
	about := func(more int) bool { return l.rung(least+more).about >= arrivals }
	for !about(most) {
		most *= 2
	}
	n, err := confirm(least+sort.Search(most, about), least, func(n int) (bool, error) { return l.rung(n).reaches(arrivals, l.target) })
	return max(n, l.target.MinOperators), err
}

// rung returns what is known of so many operators.
func (l *Ladder) rung(operators int) *rung {
	r := l.rungs[operators]
	if r == nil {
		r = &rung{operators: l.system.with(operators), much: math.Inf(1)}
		r.about = r.most(l.target)
		l.rungs[operators] = r
	}
	return r
}

// at is the crew with so many arrivals.
func (r *rung) at(arrivals float64) System {
	s := r.operators
	s.Arrivals = arrivals
	return s
}

// most finds the most arrivals that reach the target by the closed form.
func (r *rung) most(t Target) float64 {
	const exact = 1e-6
	low, high := 0.0, float64(r.operators.Operators*r.operators.Concurrency)/r.operators.AHT.Hours()
	reaches := func(arrivals float64) bool {
		ok, err := r.at(arrivals).reaches(t, true)
		return ok && err == nil
	}
	for reaches(high) {
		if low, high = high, 2*high; high*r.operators.AHT.Hours() > maxLoad {
			return math.Inf(1)
		}
	}
	for high-low > exact*high {
		middle := (low + high) / 2
		if reaches(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// reaches says whether so many arrivals reach the target, by the model.
func (r *rung) reaches(arrivals float64, t Target) (bool, error) {
	if !r.narrowed && arrivals > r.enough && arrivals < r.much {
		r.narrowed = true
		if err := r.narrow(t); err != nil {
			return false, err
		}
	}
	if arrivals > r.enough && arrivals < r.much {
		if _, err := r.try(arrivals, t); err != nil {
			return false, err
		}
	}
	return arrivals <= r.enough, nil
}

// try asks the model, and remembers the answer.
func (r *rung) try(arrivals float64, t Target) (margin float64, err error) {
	margin, err = r.at(arrivals).margin(t, false)
	switch {
	case err != nil:
	case margin >= 0:
		r.enough = max(r.enough, arrivals)
	default:
		r.much = min(r.much, arrivals)
	}
	return margin, err
}

// narrow tries the model where the closed form turns, and then on both sides
// of where it says that the model turns.
func (r *rung) narrow(t Target) error {
	const aside, near = 1e-3, 1e-4
	if math.IsInf(r.about, 1) {
		return nil
	}
	margin, err := r.try(r.about, t)
	if err != nil {
		return err
	}
	here, err := r.at(r.about).margin(t, true)
	if err != nil {
		return err
	}
	there, err := r.at(r.about*(1-aside)).margin(t, true)
	if err != nil {
		return err
	}
	turn := r.about
	if there > here {
		turn += margin * aside * r.about / (there - here)
	}
	for _, arrivals := range []float64{turn * (1 - near), turn * (1 + near)} {
		if arrivals > r.enough && arrivals < r.much {
			if _, err := r.try(arrivals, t); err != nil {
				return err
			}
		}
	}
	return nil
}
