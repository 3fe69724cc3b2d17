package solve

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// In the cold no round of two lanes leaves a roster worse than it was, and their
// copies stay the same, though both lanes want to fill the same holes: step by step, and
// where neither waits for the other.
func TestLanesTakeBackWhatClashes(t *testing.T) {
	t.Parallel()
	for name, limits := range map[string]meter{
		"step by step": {ctx: t.Context()},
		"freely":       {ctx: t.Context(), now: time.Now, begin: time.Now(), limit: time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			clashes := 0
			for seed := range uint64(3) {
				s := twoLanes(t, seed)
				s.meter = &limits
				clashes += s.cool(t, 1500/s.steps())
				for i := range s.rows {
					if !slices.Equal(s.lanes[0].chosen[i], s.lanes[1].chosen[i]) {
						t.Fatalf("seed %d: row %d is not the same in both lanes", seed, i)
					}
				}
			}
			if clashes == 0 {
				t.Error("lanes never clashed: the test says nothing")
			}
		})
	}
}

// cool makes rounds in the cold, and counts those that gained less than both lanes did.
func (s *search) cool(t *testing.T, rounds int) (clashes int) {
	t.Helper()
	const cold = 1e-9
	var gained [2]int64
	round, before := 0, s.lanes[0].seen
	s.together(func() (func(*lane), float64, bool) {
		now := s.lanes[0].seen
		if now > before {
			t.Errorf("round %d: %d is worse than %d", round, now, before)
		}
		if gained[0]+gained[1] > before-now {
			clashes++
		}
		round, before, gained = round+1, now, [2]int64{}
		return func(l *lane) {
			l.move(l.scope(), cold)
			gained[slices.Index(s.lanes, l)] += l.before - l.seen
			runtime.Gosched() // the other moves meanwhile, also on one core
		}, cold, round <= rounds && !t.Failed()
	})
	return clashes
}

// twoLanes is a search of operators who are too few, with a first roster.
func twoLanes(t *testing.T, seed uint64) *search {
	t.Helper()
	chance := rand.New(rand.NewPCG(seed, 14))
	p := stintsProblem(t, chance)
	const operators, wanted = 24, 8
	for i := 1; i < operators; i++ {
		another := stintsProblem(t, chance).Team.Operators[0]
		another.ID = roster.ID(i + 1)
		p.Team.Operators = append(p.Team.Operators, another)
	}
	for i := range p.Team.Slots {
		p.Team.Slots[i].Operators = wanted
	}
	m, err := compile(p, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	s := &search{model: m, rng: chance}
	for i := range operators {
		s.order = append(s.order, i)
	}
	for i := range uint64(2) {
		s.lanes = append(s.lanes, newLane(m, seed, i))
	}
	if err := s.lanes[0].construct(); err != nil {
		t.Fatal(err)
	}
	s.lanes[0].keep()
	s.lanes[1].restore(s.lanes[0])
	return s
}
