package solve

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// A plan that stays near another is legal, no dearer than that one, and no cheaper
// than the best of all; it is the best of all if it may go far enough.
func TestNearPlans(t *testing.T) {
	t.Parallel()
	compared, best := 0, 0
	for seed := range uint64(60) {
		chance := rand.New(rand.NewPCG(seed, 31))
		all, r := appraisedRow(t, stintsProblem(t, chance), chance)
		if r.shape == nil {
			continue
		}
		k, whole := &all.stints, r.shape.whole(r)
		k.counting(r, nil, r.shape.allowed())
		k.fill(0, len(r.days), all.costs)
		old, _, possible := k.best(whole)
		if !possible {
			continue
		}
		costs := make([]int32, len(all.costs))
		for o := range costs {
			costs[o] = all.costs[o] + int32(chance.IntN(4000))
		}
		k.fill(0, len(r.days), costs)
		_, cheapest, _ := k.best(whole)
		near := r.shape.near(r, whole, old, 1)
		plan, cost, ok := k.best(near)
		if was := costOf(costs, old); !ok || cost < cheapest || cost > was || cost != costOf(costs, plan) || !r.shape.keeps(r, plan) {
			t.Fatalf("seed %d: near a plan of %d there is one of %d (%v), the best of all costs %d", seed, was, cost, ok, cheapest)
		}
		for d := range near.near {
			near.near[d] = mark{span{0, math.MaxInt32}, span{0, len(r.days)}}
		}
		if _, wide, _ := k.best(near); wide != cheapest {
			t.Fatalf("seed %d: with marks far apart the best is %d, without %d", seed, wide, cheapest)
		}
		if compared++; cost == cheapest {
			best++
		}
	}
	if compared < 30 || best == 0 || best == compared {
		t.Errorf("%d plans were compared, of which %d are the best of all: the test says little", compared, best)
	}
}

func costOf(costs []int32, plan []int32) (sum int32) {
	for _, o := range plan {
		if o >= 0 {
			sum += costs[o]
		}
	}
	return sum
}

// Where a plan has come before each day are its units and weekends, also those of
// which it works on Sunday alone.
func TestCourse(t *testing.T) {
	t.Parallel()
	chance := rand.New(rand.NewPCG(1, 32))
	_, r := appraisedRow(t, stintsProblem(t, chance), chance)
	plan := make([]int32, len(r.days))
	for d := range plan {
		plan[d] = -1
		if r.days[d].weekday == 0 && d > 0 { // Sundays
			plan[d] = int32(r.days[d].first)
		}
	}
	units, weekends := r.shape.course(r, 0, plan)
	count, worked := 0, 0
	for d, o := range plan {
		if units[d] != worked || weekends[d] != count {
			t.Fatalf("before day %d there are %d units and %d weekends, want %d and %d", d, units[d], weekends[d], worked, count)
		}
		if o >= 0 {
			count, worked = count+1, worked+r.shape.length[r.options[o].class]
		}
	}
}

// First rows that paces lead to keep hours, weekends and caps.
func TestPaceFirst(t *testing.T) {
	t.Parallel()
	p := withNights(longCrew(t, 20), 40)
	m, err := compile(p, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	l := newLane(m, 1, streamSearch)
	found := 0
	for i, r := range m.rows {
		if !r.slow() {
			t.Fatalf("row %d is not slow: the test says nothing", i)
		}
		w, left := l.room(i, 0, len(r.days))
		plan, ok := l.paceFirst(i, w, left)
		if !ok {
			continue
		}
		if found++; !r.shape.keeps(r, plan) {
			t.Errorf("row %d breaks a rule: %v", i, plan)
		}
		l.give(i, w.from, held{options: plan})
	}
	if 10*found < 9*len(m.rows) {
		t.Errorf("paces led to %d of %d rows", found, len(m.rows))
	}
	result, err := Solve(context.Background(), p, nil, Options{Seed: 1})
	if err != nil || result.Score.Hard > 0 {
		t.Errorf("the first roster breaks %d hard rules (%v)", result.Score.Hard, err)
	}
}
