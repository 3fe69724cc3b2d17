package simulate_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/simulate"
)

// shop is two queues and three operators over twelve hours: the third serves
// both, and is counted for the second.
func shop() (roster.Problem, []roster.Assignment) {
	grid := calendars.Grid{Start: start, Step: time.Hour, N: 12}
	utc := calendars.MustZone("UTC")
	p := roster.Problem{Team: roster.Team{Zone: utc}, Demand: roster.Demand{Grid: grid}}
	for _, name := range []string{"a", "b"} {
		p.Team.Queues = append(p.Team.Queues, roster.Queue{Name: name, Skill: name, AHT: calendars.Seconds(300), Concurrency: 2, Patience: calendars.Seconds(300),
			ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}})
		d := roster.QueueDemand{Queue: name, Skill: name}
		for range grid.N {
			d.Required = append(d.Required, 1)
		}
		p.Demand.Queues = append(p.Demand.Queues, d)
	}
	var assignments []roster.Assignment
	for i, skills := range [][]string{{"a"}, {"a"}, {"a", "b"}} {
		p.Team.Operators = append(p.Team.Operators, roster.Operator{ID: roster.ID(i + 1), Name: "o", Zone: utc, Share: 1, Skills: skills})
		span := grid.Span()
		if i == 1 {
			span.End = grid.At(6)
		}
		assignments = append(assignments, roster.Assignment{Operator: roster.ID(i + 1), Shift: span})
	}
	return p, assignments
}

// constant draws so many chats an hour of each queue.
func constant(perHour float64, p roster.Problem) func(*rand.Rand) [][]float64 {
	return func(*rand.Rand) [][]float64 {
		rows := make([][]float64, len(p.Team.Queues))
		for q := range rows {
			for range p.Demand.Grid.N {
				rows[q] = append(rows[q], perHour)
			}
		}
		return rows
	}
}

func certify(t *testing.T, p roster.Problem, all []roster.Assignment, o simulate.Options) simulate.Certificate {
	t.Helper()
	c, err := simulate.Certify(t.Context(), p, all, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestCertificate(t *testing.T) {
	t.Parallel()
	p, all := shop()
	done := 0
	o := simulate.Options{Runs: 40, Seed: 1, Draw: constant(14, p), Progress: func(n int) { done = n }}
	c := certify(t, p, all, o)
	if again := certify(t, p, all, o); !reflect.DeepEqual(c, again) {
		t.Error("another certificate from the same seed")
	}
	if o.Seed = 2; reflect.DeepEqual(c, certify(t, p, all, o)) {
		t.Error("the same certificate from another seed")
	}
	if o.Seed = 1; done != 40 || c.Runs != 40 || c.Overall.Chats != 2*12*14 {
		t.Errorf("%d runs, %+v", done, c.Overall)
	}
	a, b := c.Queues[0], c.Queues[1]
	if a.Told != 12 || a.Worst == nil || a.Worst.Start.Before(p.Demand.Grid.At(6)) {
		t.Errorf("with one operator fewer from the sixth hour on, the worst is %+v", a.Worst)
	}
	if !(a.Intervals[2].ServiceLevel.Mean > a.Intervals[9].ServiceLevel.Mean && a.Intervals[9].Abandonment.Mean > a.Intervals[2].Abandonment.Mean) {
		t.Errorf("%+v, later %+v", a.Intervals[2], a.Intervals[9])
	}
	for _, e := range []simulate.Estimate{b.Overall.ServiceLevel, b.Overall.Abandonment, b.Overall.MeanWait, c.Occupancy, c.Overtime} {
		if !(e.Low <= e.Mean && e.Mean <= e.High && e.High > e.Low) {
			t.Errorf("%+v", e)
		}
	}
	for language, want := range map[string]string{
		"en": `^\d+\.\d % of chats within 60 s; at worst, for \w+ on Mon 2 Mar \d\d:00-\d\d:00 \(UTC\), \d+ %$`,
		"ru": `^за 60 с ответ получают \d+\.\d % чатов; хуже всего пн 2 марта \d\d:00-\d\d:00 \(.*\), \w+: \d+ %$`,
		"bg": `^до 60 с отговор получават \d+\.\d % от чатовете; най-зле на пн 2 март \d\d:00-\d\d:00 \(.*\), \w+: \d+ %$`,
	} {
		if said := c.Sentence.In(language); !regexp.MustCompile(want).MatchString(said) {
			t.Errorf("%s: %s", language, said)
		}
	}
	// Blended, the third operator is lent to the first queue too: it gains, the second loses.
	o.Blended = true
	blended := certify(t, p, all, o)
	if !(blended.Queues[0].Overall.ServiceLevel.Mean > a.Overall.ServiceLevel.Mean && blended.Queues[1].Overall.ServiceLevel.Mean < b.Overall.ServiceLevel.Mean) {
		t.Errorf("blended: %+v and %+v, after %+v and %+v", blended.Queues[0].Overall, blended.Queues[1].Overall, a.Overall, b.Overall)
	}
}

// The sentence promises the times that queues are measured by: of mail that is
// deferred, these.
func TestCertificateOfDeferred(t *testing.T) {
	t.Parallel()
	for want, deferred := range map[string][2]float64{"of chats within their queue's time;": {0, 4}, "of chats within 60 s;": {0, 0}, "of chats within 4 h;": {4, 4}} {
		p, all := shop()
		for i := range p.Team.Queues {
			p.Team.Queues[i].Deferred = calendars.Hours(deferred[i])
		}
		c := certify(t, p, all, simulate.Options{Runs: 5, Seed: 1, Draw: constant(14, p)})
		if !strings.Contains(c.Sentence.English, want) {
			t.Errorf("deferred %v: %q, expected %q", deferred, c.Sentence.English, want)
		}
	}
}

// Shrinkage keeps operators away: parts of shifts, or whole ones.
func TestShrinkageKeepsAway(t *testing.T) {
	t.Parallel()
	p, all := shop()
	o := simulate.Options{Runs: 60, Seed: 1, Draw: constant(14, p)}
	none := certify(t, p, all, o)
	for _, whole := range []bool{true, false} {
		p.Team.Shrinkage = []roster.Shrinkage{{Cause: "away", Share: 0.3, WholeShift: whole}}
		some := certify(t, p, all, o)
		if ratio := (none.Occupancy.Mean / some.Occupancy.Mean); !(ratio < 0.95) {
			t.Errorf("whole shifts %v: occupancy %v, without shrinkage %v", whole, some.Occupancy, none.Occupancy)
		}
		if !(some.Overall.ServiceLevel.High < none.Overall.ServiceLevel.Low) {
			t.Errorf("whole shifts %v: %+v, without shrinkage %+v", whole, some.Overall, none.Overall)
		}
	}
}

// What other rosters have beyond the horizon is no matter of chance.
func TestCarriedElsewhere(t *testing.T) {
	t.Parallel()
	p, all := shop()
	p.Team.Shrinkage = []roster.Shrinkage{{Cause: "away", Share: 0.3}}
	o := simulate.Options{Runs: 20, Seed: 1, Draw: constant(14, p)}
	alone := certify(t, p, all, o)
	for _, later := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		a := all[0]
		a.Shift = calendars.Interval{Start: a.Shift.Start.Add(later), End: a.Shift.End.Add(later)}
		p.Carried = []roster.Assignment{a}
		if !reflect.DeepEqual(alone, certify(t, p, all, o)) {
			t.Errorf("another certificate with a shift %s from this one", later)
		}
	}
}

func TestCertifyRefuses(t *testing.T) {
	t.Parallel()
	p, all := shop()
	if _, err := simulate.Certify(t.Context(), p, all, simulate.Options{Runs: 1, Draw: constant(1, p)}); err == nil {
		t.Error("one run went unnoticed")
	}
	if _, err := simulate.Certify(t.Context(), roster.Problem{}, nil, simulate.Options{Runs: 2, Draw: constant(1, p)}); err == nil {
		t.Error("an empty problem went unnoticed")
	}
	other, _ := shop()
	other.Demand.Queues[0], other.Demand.Queues[1] = other.Demand.Queues[1], other.Demand.Queues[0]
	if _, err := simulate.Certify(t.Context(), other, all, simulate.Options{Runs: 2, Draw: constant(1, p)}); !errors.Is(err, simulate.ErrOtherQueues) {
		t.Errorf("a demand of queues in another order: %v", err)
	}
	if _, err := simulate.Certify(t.Context(), p, all, simulate.Options{Runs: 2, Draw: constant(-1, p)}); err == nil {
		t.Error("negative arrivals went unnoticed")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := simulate.Certify(ctx, p, all, simulate.Options{Runs: 2, Draw: constant(1, p)}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
