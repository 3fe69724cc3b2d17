package solve

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

func pauseOf(minutes, from, to int) roster.Break {
	of := func(n int) calendars.Duration { return calendars.Seconds(float64(60 * n)) }
	return roster.Break{Length: of(minutes), From: of(from), To: of(to)}
}

// A break starts or ends with an interval, within its window; where that cannot be,
// at the window's start; and one that a short night leaves no room ends with the shift.
func TestSpots(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		pause       roster.Break
		shift, into int64
		step        int64
		want        []int64
	}{
		{"half-hours", pauseOf(30, 180, 300), 480, 0, 30, []int64{180, 210, 240, 270}},
		{"half an hour of hours", pauseOf(30, 180, 300), 480, 0, 60, []int64{180, 210, 240, 270}},
		{"twenty minutes of hours", pauseOf(20, 180, 300), 480, 0, 60, []int64{180, 220, 240, 280}},
		{"shifts at half past", pauseOf(20, 180, 300), 480, 30, 60, []int64{190, 210, 250, 270}},
		{"exactly room for it", pauseOf(30, 180, 210), 480, 0, 30, []int64{180}},
		{"no edge in it", pauseOf(10, 185, 200), 480, 0, 60, []int64{185}},
		{"one minute of room at an edge", pauseOf(10, 169, 180), 480, 0, 60, []int64{170}},
		{"a shift cut short", pauseOf(30, 420, 480), 420, 0, 30, []int64{390}},
	} {
		p, fits := newPause(c.pause, c.shift, c.into, c.step)
		var got []int64
		for _, s := range p.spots {
			got = append(got, s.start)
			minutes := int64(0)
			for at := range 20 {
				minutes += s.minutes(at, c.step)
			}
			if minutes != p.length {
				t.Errorf("%s: %d minutes at %d", c.name, minutes, s.start)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" || !fits {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// Of all placements that keep breaks apart and stretches short, the best is found.
func TestPlaceIsBest(t *testing.T) {
	t.Parallel()
	placed, none := 0, 0
	for seed := range uint64(400) {
		chance := rand.New(rand.NewPCG(seed, 12))
		var breaks []roster.Break
		for range 1 + chance.IntN(3) {
			length, from := 10+10*chance.IntN(4), 30*chance.IntN(10)
			breaks = append(breaks, pauseOf(length, from, from+length+15*chance.IntN(10)))
		}
		p := newLayout(breaks, layoutKey{length: 480, stretch: int64([]int{0, 0, 240, 300}[chance.IntN(4)])}, 30)
		worth := map[[2]int64]float64{}
		for k := range p.pauses {
			for _, s := range p.pauses[k].spots {
				worth[[2]int64{int64(k), s.start}] = float64(chance.IntN(200) - 100)
			}
		}
		value := func(at placement) (sum float64) {
			for k := range p.pauses {
				sum += worth[[2]int64{int64(k), p.pauses[k].spots[at.of(k)].start}]
			}
			return sum
		}
		best, possible := 0.0, false
		var try func(k int, at placement)
		try = func(k int, at placement) {
			if k == len(p.pauses) {
				if p.allows(at) && (!possible || value(at) > best) {
					best, possible = value(at), true
				}
				return
			}
			for i := range p.pauses[k].spots {
				try(k+1, at.with(k, i))
			}
		}
		try(0, 0)
		at, ok := p.place(func(k int, s *spot) float64 { return worth[[2]int64{int64(k), s.start}] })
		if ok != possible || ok && (value(at) != best || !p.allows(at)) {
			t.Fatalf("seed %d: placed for %v (%v), the best is %v (%v)", seed, value(at), ok, best, possible)
		}
		if placed++; len(p.pauses) < len(breaks) {
			none++
		}
	}
	if none == 0 || none > placed/2 {
		t.Errorf("of %d layouts %d lost a break", placed, none)
	}
}

// At any prices an option is no dearer than its shift with breaks anywhere in their
// windows, at any minute; and the tables say what a look at every spot does.
func TestPricesOfBreaksAreSafe(t *testing.T) {
	t.Parallel()
	compared, near := 0, 0
	for seed := range uint64(30) {
		chance := rand.New(rand.NewPCG(seed, 13))
		p := crew(t, 9)
		pausing(&p, chance)
		p.Team.Operators[0].Share = 0.37
		m, err := compile(p, nil, 1)
		if err != nil {
			t.Fatal(err)
		}
		pr := newPricer(m, 1, 1)
		for i, f := range m.fields {
			for at := range f.price {
				pr.price[i][at] = chance.Float64() * f.cap(at)
			}
			copy(f.price, pr.price[i])
			f.pay()
		}
		programs := &pr.cores[0]
		for _, r := range m.rows {
			whole := room{to: len(r.days)}
			programs.appraise(r, whole, guess{blend: 1})
			quick := slices.Clone(programs.costs)
			r.whole, r.briefs = false, nil
			programs.appraise(r, whole, guess{blend: 1})
			slow := slices.Clone(programs.costs)
			programs.appraise(r, whole, guess{blend: 1, surely: true})
			for o := range r.options {
				if d := quick[o] - slow[o]; d < -1 || d > 1 {
					t.Fatalf("seed %d: the table says %d, the spots %d", seed, quick[o], slow[o])
				}
				s := &m.shifts[r.options[o].shift]
				if s.layout == nil || s.to == s.from {
					continue
				}
				least := int64(programs.costs[o]) << m.coarse
				cost := dearness(m, r, s, chance) + float64(r.options[o].wish)
				if float64(least) > cost+1e-6 {
					t.Fatalf("seed %d: %s is priced at %d, and has breaks for %.1f", seed, s.interval(), least, cost)
				}
				if compared++; cost-float64(least) < 0.05*m.worth {
					near++
				}
			}
		}
	}
	if near < compared/20 {
		t.Errorf("of %d prices only %d are near a placement's", compared, near)
	}
}

// Breaks that a start has, pinned or at minutes of their own, need no tables: rows are
// priced softly all the same, and the tables say of no option that its breaks save more
// than they can.
func TestTablesOfAStart(t *testing.T) {
	t.Parallel()
	p := crew(t, 90)
	for i := range p.Team.Templates {
		p.Team.Templates[i].Breaks = []roster.Break{pauseOf(30, 60, 180)}
	}
	bare, err := compile(p, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	var start []roster.Assignment
	for i := range 40 { // half of them pinned
		s := p.Team.Shifts(p.Team.Operators[i], p.Demand.Grid.Span())[5]
		s.ID, s.Pinned = fmt.Sprint(i), i%2 == 0
		from := s.Shift.Start.Add(time.Duration(61+i) * time.Minute)
		s.Breaks = []calendars.Interval{{Start: from, End: from.Add(30 * time.Minute)}}
		start = append(start, s)
	}
	m, err := compile(p, start, 1)
	if err != nil {
		t.Fatal(err)
	}
	pr := newPricer(m, 1, 1)
	if len(bare.layouts) == 0 || len(m.layouts) != len(bare.layouts) || !pr.glides() {
		t.Errorf("%d layouts have tables, without a start %d", len(m.layouts), len(bare.layouts))
	}
	if err := pr.newAccelerated().glide(&meter{ctx: context.Background(), most: 2 * len(m.rows)}, 1, 0, 1); err != nil {
		t.Fatal(err)
	}
	for i, f := range m.fields {
		copy(f.price, pr.price[i])
		f.pay()
	}
	programs, own := &pr.cores[0], 0
	for _, r := range m.rows[:40] {
		if !r.whole { // it has a pin
			continue
		}
		programs.appraise(r, room{to: len(r.days)}, guess{blend: 1})
		quick := slices.Clone(programs.costs)
		r.whole = false
		programs.appraise(r, room{to: len(r.days)}, guess{blend: 1})
		for o := range r.options {
			if layout := m.shifts[r.options[o].shift].layout; layout != nil && layout.like != nil {
				own++
			} else if quick[o] > programs.costs[o]+1 {
				t.Errorf("the table says %d, the spots %d", quick[o], programs.costs[o])
			}
			if quick[o] < programs.costs[o]-1 {
				t.Errorf("the table says %d, the spots %d", quick[o], programs.costs[o])
			}
		}
	}
	if own < 10 {
		t.Errorf("%d options have breaks at minutes of their own", own)
	}
	for i := range p.Team.Templates {
		p.Team.Templates[i].Breaks = nil
	}
	if m, err = compile(p, start[:1], 1); err != nil || len(m.layouts) > 0 || m.pauses {
		t.Errorf("%d layouts have tables, and nobody may choose a shift with breaks (%v)", len(m.layouts), err)
	}
}

// dearness is what a shift costs at the prices with breaks at minutes drawn within
// their windows, counted as the judge counts.
func dearness(m *model, r *row, s *shift, chance *rand.Rand) (cost float64) {
	grid := m.problem.Demand.Grid
	a := roster.Assignment{Operator: r.operator.ID, Template: s.template, Shift: s.interval()}
	since := int64(0)
	for k := 0; k < len(s.layout.pauses); k++ {
		p := &s.layout.pauses[k]
		at := p.from + chance.Int64N(p.to-p.length-p.from+1)
		if at < since { // they would overlap: once more
			k, since, a.Breaks = -1, 0, nil
			continue
		}
		since = at + p.length
		a.Breaks = append(a.Breaks, calendars.Interval{Start: instantOf(s.start + at), End: instantOf(s.start + at + p.length)})
	}
	for t := s.from; t < s.to; t++ {
		minutes := int64(0)
		for _, part := range a.Present() {
			minutes += int64(grid.Interval(t).Overlap(part).Minutes())
		}
		cost += float64(r.share*minutes/s.step) * m.fields[r.field].priced(t, r.mask) / roster.Whole
	}
	return cost
}

// pausing gives the templates breaks whose windows meet, touch or lie apart.
func pausing(p *roster.Problem, chance *rand.Rand) {
	p.Team.Templates = slices.Clone(p.Team.Templates)
	for i := range p.Team.Templates {
		t := &p.Team.Templates[i]
		t.Breaks = [][]roster.Break{
			{pauseOf(30, 60, 180)}, {pauseOf(20, 0, 120), pauseOf(10, 150, 239)}, {pauseOf(15, 60, 180), pauseOf(15, 60, 180)}, {pauseOf(45, 37, 201)},
		}[chance.IntN(4)]
	}
}
