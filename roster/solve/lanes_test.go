package solve

import (
	"math/rand/v2"
	"testing"

	"github.com/smena-wfm/smena/roster"
)

// In the cold no round of two lanes leaves a roster worse than it was, and their
// copies stay the same, though both lanes want to fill the same holes.
func TestLanesTakeBackWhatClashes(t *testing.T) {
	t.Parallel()
	clashes := 0
	for seed := range uint64(3) {
		s := twoLanes(t, seed)
		const cold = 1e-9
		rounds, before := 0, s.lanes[0].seen
		s.together(func() (func(*lane), float64, bool) {
			now := s.lanes[0].seen
			if now > before {
				t.Errorf("seed %d, round %d: %d is worse than %d", seed, rounds, now, before)
			}
			if rounds > 0 && s.clash() > 0 { // less was gained than both did: one took that back
				clashes++
			}
			rounds, before = rounds+1, now
			return func(l *lane) { l.move(s.scopes[0], cold) }, cold, rounds < 1500 && !t.Failed()
		})
		for i := range s.rows {
			for d, o := range s.lanes[0].chosen[i] {
				if s.lanes[1].chosen[i][d] != o {
					t.Fatalf("seed %d: row %d is not the same in both lanes", seed, i)
				}
			}
		}
	}
	if clashes == 0 {
		t.Error("lanes never clashed: the test says nothing")
	}
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
	s := &search{model: m, meter: &meter{}, rng: chance}
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
