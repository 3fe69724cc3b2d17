package flex

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// small is a week of hours, of two activities.
func small(seed uint64, people int) Problem {
	chance := rand.New(rand.NewPCG(seed, 1))
	p := Problem{Rules: Rules{Day: 24, Opens: 6, Starts: []int{0, 6, 7, 8, 14, 15, 22}, Shortest: 6, Longest: 10, Stretch: 2, Rest: 14, Run: 5}}
	for range 7 * 24 {
		p.Need = append(p.Need, []int{chance.IntN(2), chance.IntN(2)})
	}
	for range people {
		least := 20 + chance.IntN(20)
		p.People = append(p.People, Hours{least, least + 6})
	}
	return p
}

// ticking is a clock that goes on by a millisecond whenever it is looked at.
func ticking() func() time.Time {
	now := time.Date(2026, 12, 7, 0, 0, 0, 0, time.UTC)
	return func() time.Time {
		now = now.Add(time.Millisecond)
		return now
	}
}

func TestRostersAreLegal(t *testing.T) {
	for seed := range uint64(20) {
		p := small(seed, 10)
		last := -1
		result, err := Solve(context.Background(), p, Options{Seed: seed, Limit: 40 * time.Millisecond, Now: ticking(), Progress: func(penalty int) {
			if last >= 0 && penalty >= last {
				t.Errorf("seed %d: progress from %d to %d", seed, last, penalty)
			}
			last = penalty
		}})
		if err != nil {
			t.Fatal(err)
		}
		judged, err := Judge(p, result.Roster)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if judged.Penalty != result.Penalty || judged.Missing != result.Missing {
			t.Errorf("seed %d: judged %d and %d missing; the search said %d and %d", seed, judged.Penalty, judged.Missing, result.Penalty, result.Missing)
		}
		if result.Missing == 0 && result.Penalty < result.Bound {
			t.Errorf("seed %d: penalty %d is below the bound %d", seed, result.Penalty, result.Bound)
		}
	}
}

func TestSameSeedSameRoster(t *testing.T) {
	p := small(3, 8)
	var penalties []int
	for range 2 {
		result, err := Solve(context.Background(), p, Options{Seed: 5, Limit: 20 * time.Millisecond, Now: ticking()})
		if err != nil {
			t.Fatal(err)
		}
		penalties = append(penalties, result.Penalty, result.Missing)
	}
	if penalties[0] != penalties[2] || penalties[1] != penalties[3] {
		t.Errorf("two runs of a seed: %v", penalties)
	}
}

// A need that some roster meets is met.
func TestPlantedRosterIsFound(t *testing.T) {
	p := small(1, 6)
	for i := range p.Need {
		p.Need[i] = []int{0, 0}
	}
	full := p
	full.Need = nil
	for range p.Need {
		full.Need = append(full.Need, []int{1, 1})
	}
	planted, err := Solve(context.Background(), full, Options{Seed: 9, Limit: 20 * time.Millisecond, Now: ticking()})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range planted.Roster {
		hours := 0
		for _, shift := range row {
			for k, a := range shift.Activities {
				p.Need[shift.Start+k][a]++
				hours++
			}
		}
		p.People[i] = Hours{hours, hours + 8}
	}
	result, err := Solve(context.Background(), p, Options{Seed: 2, Limit: 500 * time.Millisecond, Now: ticking()})
	if err != nil {
		t.Fatal(err)
	}
	if result.Missing > 0 {
		t.Errorf("%d heads missing of a need that %d persons meet with less", result.Missing, len(p.People))
	}
}

// The programs agree with trying everything.
func TestInsideIsBest(t *testing.T) {
	chance := rand.New(rand.NewPCG(4, 4))
	p := small(1, 1)
	p.Rules.Longest = 8
	for range 50 {
		cover := newCover(p)
		cover.noise = make([]float32, 1<<10)
		for i := range cover.spare {
			cover.spare[i] = int32(chance.IntN(6) - 2)
		}
		in := newInside(p)
		start, length := chance.IntN(20), 6+chance.IntN(3)
		in.look(&cover, start, start+length, 0, 0)
		want := in.run(start, length)[length]
		shift := Shift{start, make([]uint8, length)}
		in.trace(start, shift.Activities)
		least := never
		for set := range 1 << length {
			one := Shift{start, make([]uint8, length)}
			for i := range length {
				one.Activities[i] = uint8(set >> i & 1)
			}
			if p.judgeShift(Shift{0, one.Activities}) == nil {
				cost := cover.add(one)
				cover.remove(one)
				least = min(least, cost)
			}
		}
		if got := cover.add(shift); got != want || got != least {
			t.Fatalf("the program says %v and makes %v; best is %v", want, got, least)
		}
	}
}

func TestBadProblems(t *testing.T) {
	for _, one := range []struct {
		spoil func(*Problem)
		says  string
	}{
		{func(p *Problem) { p.Need = nil }, "no demand"},
		{func(p *Problem) { p.Rules.Rest = 20 }, "rests of 20"},
		{func(p *Problem) { p.Rules.Stretch = 7 }, "stretches of 7"},
		{func(p *Problem) { p.Rules.Starts = []int{6, 6} }, "start 6"},
		{func(p *Problem) { p.People[2].Max = 1 }, "person 3"},
		{func(p *Problem) { p.People[1] = Hours{24 * 7, 24 * 7} }, "person 2"},
	} {
		p := small(1, 4)
		one.spoil(&p)
		_, err := Solve(context.Background(), p, Options{Limit: time.Millisecond, Now: ticking()})
		if err == nil || !strings.Contains(err.Error(), one.says) {
			t.Errorf("error %v: expected one with %q", err, one.says)
		}
	}
}
