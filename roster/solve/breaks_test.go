package solve_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

func pause(minutes, from, to float64) roster.Break {
	return roster.Break{Length: calendars.Seconds(60 * minutes), From: calendars.Hours(from), To: calendars.Hours(to)}
}

// With breaks, too, one operator's row is the best that there is: brute force places
// them at the edges of intervals, and at every minute for the bound. The week is
// the one in which clocks go forward.
func TestRowWithBreaksIsBest(t *testing.T) {
	t.Parallel()
	for seed := range uint64(16) {
		chance := rand.New(rand.NewPCG(seed, 21))
		p := oneOperator(t, chance)
		for i := range p.Team.Templates {
			p.Team.Templates[i].Breaks = [][]roster.Break{{pause(60, 2, 5)}, {pause(30, 1, 4)}, {pause(20, 2.5, 5.5)}}[chance.IntN(3)]
		}
		got, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 300})
		if err != nil {
			t.Fatal(err)
		}
		best, least := bestOf(p, true), bestOf(p, false)
		if got.Score != best || got.Bound > least.Soft {
			t.Errorf("seed %d: the program found %v, the best is %v; the bound is %d, at any minute there is %v", seed, got.Score, best, got.Bound, least)
		}
		keepsBreaks(t, p, got.Assignments)
	}
}

// bestOf is the best score of one operator's rows, with breaks at edges of hours or
// at any minute: nobody else is there, so that each shift's are for themselves.
func bestOf(p roster.Problem, edges bool) roster.Score {
	shifts := p.Team.Shifts(p.Team.Operators[0], p.Demand.Grid.Span())
	for i := range shifts {
		template, _ := p.Team.Template(shifts[i].Template)
		b, best := template.Breaks[0], int64(-1)
		for at := b.From.Duration; at+b.Length.Duration <= min(b.To.Duration, shifts[i].Shift.Duration()); at += time.Minute {
			if edges && at%time.Hour != 0 && (at+b.Length.Duration)%time.Hour != 0 {
				continue
			}
			a := shifts[i]
			start := a.Shift.Start.Add(at)
			a.Breaks = []calendars.Interval{{Start: start, End: start.Add(b.Length.Duration)}}
			if cost := roster.Cover(p, []roster.Assignment{a}).Cost(); best < 0 || cost < best {
				best, shifts[i] = cost, a
			}
		}
	}
	best := roster.Judge(p, nil).Score
	try(p, shifts, nil, &best)
	return best
}

// keepsBreaks checks that every shift has the breaks of its template, each within its
// window, none over another.
func keepsBreaks(t interface {
	Helper()
	Errorf(string, ...any)
}, p roster.Problem, all []roster.Assignment) {
	t.Helper()
	for _, a := range all {
		template, _ := p.Team.Template(a.Template)
		if a.Pinned {
			continue
		}
		if len(a.Breaks) != len(template.Breaks) {
			t.Errorf("%s has %d breaks, its template %d", a.Shift, len(a.Breaks), len(template.Breaks))
			continue
		}
		for k, b := range template.Breaks {
			from, to := a.Breaks[k].Start.Sub(a.Shift.Start), a.Breaks[k].End.Sub(a.Shift.Start)
			cut := max(0, b.To.Duration-a.Shift.Duration()) // clocks went forward
			if to-from != b.Length.Duration || from < b.From.Duration-cut || to > b.To.Duration || a.Breaks[k].End.After(a.Shift.End) {
				t.Errorf("%s: a break of %s from %s to %s, of the window %s to %s", a.Shift, b.Length, from, to, b.From, b.To)
			}
			if k > 0 && a.Breaks[k].Start.Before(a.Breaks[k-1].End) {
				t.Errorf("%s: breaks overlap: %v", a.Shift, a.Breaks)
			}
		}
	}
}

// Two operators whose breaks answer to one another: the best of all rosters and
// placements is found, and the bound is no higher.
func TestBreaksTogether(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		chance := rand.New(rand.NewPCG(seed, 22))
		p := together(t, chance)
		got, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 2000})
		if err != nil {
			t.Fatal(err)
		}
		var ways [][]roster.Assignment // of each operator and day
		for _, o := range p.Team.Operators {
			for _, s := range p.Team.Shifts(o, p.Demand.Grid.Span()) {
				ways = append(ways, placements(p, s))
			}
		}
		best := roster.Judge(p, nil).Score
		var choose func(chosen []roster.Assignment, rest [][]roster.Assignment)
		choose = func(chosen []roster.Assignment, rest [][]roster.Assignment) {
			if len(rest) == 0 {
				if score := roster.Judge(p, chosen).Score; score.Better(best) {
					best = score
				}
				return
			}
			choose(chosen, rest[1:])
			for _, a := range rest[0] {
				choose(append(chosen[:len(chosen):len(chosen)], a), rest[1:])
			}
		}
		choose(nil, ways)
		if got.Score != best || got.Bound > best.Soft {
			t.Errorf("seed %d: found %v, the best is %v; the bound is %d", seed, got.Score, best, got.Bound)
		}
		keepsBreaks(t, p, got.Assignments)
	}
}

// together is two operators over two days, of whom one is a trainee, and intervals
// of half an hour.
func together(t *testing.T, chance *rand.Rand) roster.Problem {
	t.Helper()
	zone := calendars.MustZone("UTC")
	team := roster.Team{Name: "two", Zone: zone, Interval: calendars.Hours(0.5), Queues: []roster.Queue{queue("a")}, Templates: []roster.Template{template("day", 9, 13, "team")}}
	team.Templates[0].Breaks = [][]roster.Break{{pause(30, 1, 3)}, {pause(20, 1, 2.5)}, {pause(15, 0.5, 1.5), pause(15, 0.5, 1.5)}}[chance.IntN(3)]
	for i, name := range []string{"Ana", "Oleg"} {
		team.Operators = append(team.Operators, roster.Operator{Name: name, Zone: zone, Skills: []string{"a"}, Share: []float64{1, 1, 0.5}[i+chance.IntN(2)],
			Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(40), MaxConsecutiveDays: 2}})
	}
	team, err := team.Complete()
	if err != nil {
		t.Fatal(err)
	}
	grid := team.Horizon(calendars.Day{Year: 2026, Month: 3, Dom: 2}, 1)
	grid.N = 48 * 2
	d := roster.QueueDemand{Queue: "a", Skill: "a", Required: make([]int, grid.N)}
	for i := range d.Required {
		d.Required[i] = chance.IntN(3)
	}
	return roster.Problem{Team: team, Demand: roster.Demand{Grid: grid, Queues: []roster.QueueDemand{d}}}
}

// placements are the shift with its breaks at edges of half-hours.
func placements(p roster.Problem, a roster.Assignment) (all []roster.Assignment) {
	template, _ := p.Team.Template(a.Template)
	all = []roster.Assignment{a}
	for _, b := range template.Breaks {
		var more []roster.Assignment
		for _, a := range all {
			for at := b.From.Duration; at+b.Length.Duration <= b.To.Duration; at += time.Minute {
				step := p.Demand.Grid.Step
				one := calendars.Interval{Start: a.Shift.Start.Add(at), End: a.Shift.Start.Add(at + b.Length.Duration)}
				if n := len(a.Breaks); at%step != 0 && (at+b.Length.Duration)%step != 0 || n > 0 && one.Start.Before(a.Breaks[n-1].End) {
					continue
				}
				with := a
				with.Breaks = append(a.Breaks[:len(a.Breaks):len(a.Breaks)], one)
				more = append(more, with)
			}
		}
		all = more
	}
	return all
}

// Breaks that the start has placed stay: pinned ones wherever they are, others
// until moving them is better.
func TestGivenBreaksStay(t *testing.T) {
	t.Parallel()
	p := together(t, rand.New(rand.NewPCG(1, 1)))
	p.Team.Templates[0].Breaks = []roster.Break{pause(30, 1, 3)}
	for i := range p.Demand.Queues[0].Required {
		p.Demand.Queues[0].Required[i] = 2
	}
	shifts := p.Team.Shifts(p.Team.Operators[0], p.Demand.Grid.Span())
	at := func(s roster.Assignment, hours float64) calendars.Interval {
		start := s.Shift.Start.Add(calendars.Hours(hours).Duration)
		return calendars.Interval{Start: start, End: start.Add(30 * time.Minute)}
	}
	shifts[0].Breaks, shifts[0].Pinned = []calendars.Interval{at(shifts[0], 3.25)}, true
	shifts[1].Breaks = []calendars.Interval{at(shifts[1], 1.5)}
	breaksOf := func(all []roster.Assignment) (breaks [][]calendars.Interval) {
		for _, a := range all {
			if a.Operator == shifts[0].Operator {
				breaks = append(breaks, a.Breaks)
			}
		}
		return breaks
	}
	want := [][]calendars.Interval{shifts[0].Breaks, shifts[1].Breaks}
	kept, err := solve.Solve(context.Background(), p, shifts[:2], solve.Options{Iterations: 0})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, breaksOf(kept.Assignments)); diff != "" {
		t.Error(diff)
	}
	grid := p.Demand.Grid
	idle := grid.Index(shifts[1].Shift.Start.Add(2 * time.Hour)) // now there is a better time
	p.Demand.Queues[0].Required[idle] = 0
	want[1] = []calendars.Interval{grid.Interval(idle)}
	moved, err := solve.Solve(context.Background(), p, shifts[:2], solve.Options{Iterations: 0})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, breaksOf(moved.Assignments)); diff != "" {
		t.Error(diff)
	}
}

// Where the law allows no stretch as long as a window would, breaks are placed so
// that it is kept.
func TestBreaksKeepTheLaw(t *testing.T) {
	t.Parallel()
	p := together(t, rand.New(rand.NewPCG(1, 1)))
	p.Team.Templates[0].End = 19 * 60 // ten hours: Germany asks for 45 minutes, and no more than 6 h without
	p.Team.Templates[0].Breaks = []roster.Break{pause(45, 0, 10)}
	for i := range p.Team.Operators {
		p.Team.Operators[i].Country, p.Team.Operators[i].Contract.Kind = "DE", "full-time"
	}
	for i := range p.Demand.Queues[0].Required {
		p.Demand.Queues[0].Required[i] = 2
		if hour := i / 2 % 24; hour < 12 || hour >= 16 {
			p.Demand.Queues[0].Required[i] = 1 // where it would be cheapest
		}
	}
	got, err := solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 200})
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Assignments) == 0 || got.Score.Hard != 0 {
		t.Errorf("%d shifts, %v", len(got.Assignments), got.Score)
	}
	keepsBreaks(t, p, got.Assignments)
	p.Team.Templates[0].Breaks = []roster.Break{pause(30, 0, 10)} // too little
	if got, err = solve.Solve(context.Background(), p, nil, solve.Options{Iterations: 200}); err != nil || len(got.Assignments) > 0 {
		t.Errorf("%d shifts that the law forbids, %v", len(got.Assignments), err)
	}
}

// Breaks that a start has at a minute of their own stay there if the law has them
// there, and else they are moved, cheap as they are: though the spots of their
// templates are all lawful.
func TestGivenBreaksKeepTheLaw(t *testing.T) {
	t.Parallel()
	of := func(length, from, to float64) roster.Break {
		return roster.Break{Length: calendars.Seconds(60 * length), From: calendars.Seconds(60 * from), To: calendars.Seconds(60 * to)}
	}
	late, early := []roster.Break{of(30, 300, 410)}, []roster.Break{of(30, 95, 180)}
	both := []roster.Break{of(30, 30, 75), of(15, 360, 440)}
	for _, c := range []struct {
		name   string
		end    calendars.WallTime // of a shift from 9:00
		breaks []roster.Break
		at     []time.Duration // minutes after its start
		lawful bool
	}{
		{"less than 6 h before it", 17 * 60, late, []time.Duration{355}, true},
		{"exactly 6 h before it", 17 * 60, late, []time.Duration{360}, true},
		{"a minute more before it", 17 * 60, late, []time.Duration{361}, false},
		{"much more before it", 17 * 60, late, []time.Duration{380}, false},
		{"exactly 6 h after it", 17*60 + 10, early, []time.Duration{100}, true},
		{"a minute more after it", 17*60 + 10, early, []time.Duration{99}, false},
		{"exactly 6 h between two", 18 * 60, both, []time.Duration{35, 425}, true},
		{"a minute more between two", 18 * 60, both, []time.Duration{34, 425}, false},
	} {
		p := together(t, rand.New(rand.NewPCG(1, 1)))
		p.Team.Templates[0].End, p.Team.Templates[0].Breaks = c.end, c.breaks
		p.Team.Operators = p.Team.Operators[:1]
		o := &p.Team.Operators[0]
		o.Country, o.Contract.Kind, o.Share = "DE", "full-time", 1
		s := p.Team.Shifts(*o, p.Demand.Grid.Span())[0]
		for k, at := range c.at {
			start := s.Shift.Start.Add(at * time.Minute)
			s.Breaks = append(s.Breaks, calendars.Interval{Start: start, End: start.Add(c.breaks[k].Length.Duration)})
		}
		required := p.Demand.Queues[0].Required
		clear(required)
		from, to := p.Demand.Grid.Range(s.Shift)
		for i := from; i < to; i++ {
			required[i] = 1
		}
		for _, b := range s.Breaks { // nowhere is it cheaper
			from, to := p.Demand.Grid.Range(b)
			clear(required[from:to])
		}
		check := func(how string, got []roster.Assignment, hard int64) {
			if len(got) != 1 || hard > 0 || cmp.Equal(got[0].Breaks, s.Breaks) != c.lawful {
				t.Errorf("%s, %s: %v of %v, %d broken", c.name, how, got, s.Breaks, hard)
			}
		}
		for _, n := range []int{0, 200} {
			got, err := solve.Solve(context.Background(), p, []roster.Assignment{s}, solve.Options{Iterations: n})
			if err != nil {
				t.Fatal(err)
			}
			check("solved", got.Assignments, got.Score.Hard)
		}
		repairs, err := solve.Repairs(context.Background(), p, []roster.Assignment{s}, solve.Options{})
		if err != nil {
			t.Fatal(err)
		}
		check("repaired", repairs[0].Assignments, repairs[0].Score.Hard)
	}
}

// Two lanes tell one another where breaks are: any number of cores gives the same
// roster, and what they count is what the judge counts.
func TestLanesWithBreaks(t *testing.T) {
	t.Parallel()
	p := together(t, rand.New(rand.NewPCG(3, 3)))
	p.Team.Templates[0].Breaks = []roster.Break{pause(15, 0.5, 2), pause(20, 1.5, 3.5)}
	like := p.Team.Operators[0]
	p.Team.Operators = nil
	for i := range 20 {
		o := like
		o.ID, o.Name, o.Country = roster.ID(i+1), string(rune('A'+i)), []string{"", "DE", "RU"}[i%3]
		o.Contract.Kind = "full-time"
		p.Team.Operators = append(p.Team.Operators, o)
	}
	for i := range p.Demand.Queues[0].Required {
		p.Demand.Queues[0].Required[i] = 5 + i%9
	}
	var results [2]solve.Result
	for i := range results {
		var cost int64
		var err error
		results[i], err = solve.Solve(context.Background(), p, nil, solve.Options{Seed: 1, Iterations: 3000, Cores: i + 1, Progress: func(p solve.Progress) { cost = p.Cost }})
		if err != nil {
			t.Fatal(err)
		}
		if got := results[i].Score; got.Soft != cost || got.Hard > 0 || results[i].Bound > cost {
			t.Errorf("the judge counts %+v, the solver %d, the bound is %d", got, cost, results[i].Bound)
		}
		keepsBreaks(t, p, results[i].Assignments)
	}
	if diff := cmp.Diff(results[0], results[1]); diff != "" {
		t.Errorf("one core and two differ: %s", diff)
	}
}
