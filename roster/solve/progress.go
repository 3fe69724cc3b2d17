package solve

import (
	"context"
	"math"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// Progress is how far a search has come.
type Progress struct {
	Phase      string // one of the phases
	Iterations int
	Cost       int64         // soft score of the best roster so far
	Bound      int64         // no roster has a lower one
	Missing    time.Duration // operator time that the best roster leaves uncovered
}

// Phases of a search: the first roster; prices and the bound; better rosters;
// and of small problems the proof.
const (
	Construct = "construct"
	Price     = "price"
	Improve   = "improve"
	Prove     = "prove"
)

// Outcome is what Solve returns.
type Outcome struct {
	Result Result
	Err    error
}

// Watch solves in the background. It tells of progress on the first channel, of
// which a slow reader misses all but the latest; both are closed at the end.
func Watch(ctx context.Context, p roster.Problem, start []roster.Assignment, o Options) (<-chan Progress, <-chan Outcome) {
	events, outcome := make(chan Progress, 1), make(chan Outcome, 1)
	o.Progress = func(now Progress) {
		select {
		case <-events: // nobody has read it yet
		default:
		}
		events <- now
	}
	go func() {
		result, err := Solve(ctx, p, start, o)
		close(events)
		outcome <- Outcome{result, err}
		close(outcome)
	}()
	return events, outcome
}

// enter begins a phase.
func (s *search) enter(phase string) {
	s.phase = phase
	s.report()
}

// report tells how far the search has come, if that is news.
func (s *search) report() {
	if s.options.Progress == nil {
		return
	}
	first := s.lanes[0]
	if first.bestTruth < s.told {
		s.told, s.missing = first.bestTruth, first.missing()
	}
	s.options.Progress(Progress{
		Phase: s.phase, Iterations: s.meter.moves + s.meter.visits, Cost: first.bestTruth / fine, Bound: s.bound(), Missing: s.missing,
	})
}

// missing is the operator time that the present roster leaves uncovered.
func (l *lane) missing() time.Duration {
	units := int64(0)
	for _, f := range l.fields {
		if len(f.demand) > 0 {
			for t := range f.n {
				units += f.unserved(t)
			}
		}
	}
	return time.Duration(units) * l.problem.Demand.Grid.Step / roster.Whole
}

// unserved is how many units of what interval t wants it does not have.
func (f *field) unserved(t int) int64 {
	wanted, met := int64(0), int64(math.MaxInt64)
	for subset := range f.subsets {
		need := int64(0)
		for q := range f.queues {
			if subset>>q&1 == 0 {
				for i := range f.steps {
					need += f.units(t, q, i)
				}
			}
		}
		if subset == 0 {
			wanted = need
		}
		met = min(met, need+f.reach[t*f.subsets+subset])
	}
	return wanted - met
}
