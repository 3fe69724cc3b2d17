package simulate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Options say how a roster is certified.
type Options struct {
	Runs int // of the whole horizon; at least 2
	Seed uint64
	// Blended operators answer every queue that they have the skill for, all
	// the time; else the one at which the roster's coverage counts them.
	Blended bool
	// Draw returns the arrivals of one run: counts by queue, in the order of
	// the team's, and interval.
	Draw func(*rand.Rand) [][]float64
	// Progress, if there is one, is told how many runs are done.
	Progress func(done int)
}

// Certificate is what a roster does for the chats that may come, by many
// simulations of its whole horizon, with 95 % intervals.
type Certificate struct {
	Runs      int                `json:"runs"`
	Seed      uint64             `json:"seed"`
	Sentence  roster.Text        `json:"sentence" doc:"For people, on the team's clock."`
	Overall   Performance        `json:"overall"`
	Occupancy Estimate           `json:"occupancy" doc:"Busy share of the chat capacity of those present."`
	Overtime  Estimate           `json:"overtime_hours" doc:"Operator-hours of finishing chats after a shift or into a break."`
	Queues    []QueueCertificate `json:"queues" nullable:"false"`
	Intervals []Occupied         `json:"intervals" nullable:"false" doc:"Occupancy per interval."`
}

// Performance is how chats fare.
type Performance struct {
	Chats        float64  `json:"chats" doc:"Offered to operators in one run, on average."`
	ServiceLevel Estimate `json:"service_level" doc:"Share of them answered within the time of their queue."`
	Abandonment  Estimate `json:"abandonment"`
	MeanWait     Estimate `json:"mean_wait_seconds"`
}

// QueueCertificate is one queue's.
type QueueCertificate struct {
	Queue     string              `json:"queue"`
	Target    roster.ServiceLevel `json:"target"`
	Overall   Performance         `json:"overall"`
	Met       float64             `json:"met_share" doc:"Of the intervals with chats enough to tell: share that reaches the target."`
	Told      int                 `json:"told" doc:"Intervals with chats enough to tell."`
	Worst     *Served             `json:"worst,omitempty" doc:"The interval with the lowest service level of these."`
	Intervals []Served            `json:"intervals" nullable:"false"`
}

// Served is how chats of one queue fare that arrive in one interval.
type Served struct {
	Start time.Time `json:"start"`
	Performance
}

// Occupied is how busy operators are in one interval.
type Occupied struct {
	Start     time.Time `json:"start"`
	Occupancy Estimate  `json:"occupancy"`
}

const (
	sure   = 0.95 // confidence of all intervals
	enough = 30   // chats of all runs tell how an interval does
)

// ErrOtherQueues says that the team has changed since its demand was made.
var ErrOtherQueues = errors.New("the demand is of other queues: expected one of the team's as they are")

// Certify simulates a roster. The shrinkage of team and queues keeps them away, by chance: whole
// shifts for causes that take these, and else quarters of an hour.
//
// It stops with the context's error when that ends; another is ErrOtherQueues.
func Certify(ctx context.Context, p roster.Problem, assignments []roster.Assignment, o Options) (Certificate, error) {
	const fewest = 2
	if o.Runs < fewest {
		return Certificate{}, fmt.Errorf("%d runs are not possible: expected at least %d", o.Runs, fewest)
	}
	if len(p.Team.Queues) == 0 || p.Demand.Grid.N == 0 {
		return Certificate{}, errors.New("nothing to simulate: expected a horizon and queues")
	}
	if !slices.EqualFunc(p.Team.Queues, p.Demand.Queues, func(q roster.Queue, d roster.QueueDemand) bool { return q.Name == d.Queue }) {
		return Certificate{}, ErrOtherQueues
	}
	stations := make([][]int, len(p.Team.Operators))
	if !o.Blended {
		stations = roster.Stations(p, assignments)
	}
	runs := make([]Run, o.Runs)
	for k := range runs {
		if err := ctx.Err(); err != nil {
			return Certificate{}, err
		}
		random := rand.New(rand.NewPCG(o.Seed, uint64(k)))
		s := scenarioOf(p, assignments, stations, random)
		for q, arrivals := range o.Draw(random) {
			s.Queues[q].Arrivals = arrivals
		}
		var err error
		if runs[k], err = Simulate(s, random); err != nil {
			return Certificate{}, err
		}
		if o.Progress != nil {
			o.Progress(k + 1)
		}
	}
	return certificate(p, runs, o.Seed), nil
}

// certificate sums the runs up.
func certificate(p roster.Problem, runs []Run, seed uint64) Certificate {
	grid := p.Demand.Grid
	all := func(of func(Run) []Tally) [][]Tally {
		rows := make([][]Tally, len(runs))
		for k, r := range runs {
			rows[k] = of(r)
		}
		return rows
	}
	c := Certificate{Runs: len(runs), Seed: seed, Overall: performance(all(func(r Run) []Tally {
		var every []Tally
		for _, q := range r.Tallies {
			every = append(every, q...)
		}
		return every
	}))}
	for k, q := range p.Team.Queues {
		if q.Deferred.Duration > 0 {
			q.ServiceLevel.Within = q.Deferred
		}
		one := QueueCertificate{Queue: q.Name, Target: q.ServiceLevel, Overall: performance(all(func(r Run) []Tally { return r.Tallies[k] }))}
		met := 0
		for i := range grid.N {
			hour := Served{grid.At(i), performance(all(func(r Run) []Tally { return r.Tallies[k][i : i+1] }))}
			one.Intervals = append(one.Intervals, hour)
			if hour.Chats*float64(len(runs)) < enough {
				continue
			}
			one.Told++
			if hour.ServiceLevel.Mean >= q.ServiceLevel.Share {
				met++
			}
			if one.Worst == nil || hour.ServiceLevel.Mean < one.Worst.ServiceLevel.Mean {
				one.Worst = &hour
			}
		}
		one.Met = float64(met) / math.Max(1, float64(one.Told))
		c.Queues = append(c.Queues, one)
	}
	c.loads(grid, runs)
	c.Sentence = c.sentence(p)
	return c
}

// performance sums tallies up, a row for each run.
func performance(rows [][]Tally) Performance {
	n := len(rows)
	offered, inTime, abandoned, waited := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	chats := 0.0
	for k, row := range rows {
		for _, t := range row {
			offered[k] += float64(t.Offered)
			inTime[k] += float64(t.InTime)
			abandoned[k] += float64(t.Abandoned)
			waited[k] += t.Wait
		}
		chats += offered[k]
	}
	if chats == 0 {
		return Performance{ServiceLevel: Estimate{1, 1, 1}}
	}
	level := Ratio(inTime, offered, sure)
	level.High = min(1, level.High)
	return Performance{chats / float64(n), level, Ratio(abandoned, offered, sure), Ratio(waited, offered, sure)}
}

// loads sums up how busy operators are.
func (c *Certificate) loads(grid calendars.Grid, runs []Run) {
	busy := func(from, to int) Estimate {
		chats, places := make([]float64, len(runs)), make([]float64, len(runs))
		present := 0.0
		for k, r := range runs {
			for _, l := range r.Loads[from:to] {
				chats[k] += l.Chats
				places[k] += l.Places
			}
			present += places[k]
		}
		if present == 0 {
			return Estimate{}
		}
		return Ratio(chats, places, sure)
	}
	c.Occupancy = busy(0, grid.N)
	for i := range grid.N {
		c.Intervals = append(c.Intervals, Occupied{grid.At(i), busy(i, i+1)})
	}
	hours, once := make([]float64, len(runs)), make([]float64, len(runs))
	for k, r := range runs {
		once[k] = 1
		for _, l := range r.Loads {
			hours[k] += l.Overtime / time.Hour.Seconds()
		}
	}
	c.Overtime = Ratio(hours, once, sure)
}

// sentence says the certificate.
func (c Certificate) sentence(p roster.Problem) roster.Text {
	within := c.Queues[0].Target.Within
	said := roster.Text{
		English: "%.1[2]f %% of chats within %[1]s", Russian: "за %s ответ получают %.1f %% чатов", Bulgarian: "до %s отговор получават %.1f %% от чатовете",
	}.With(roster.Within(within), 100*c.Overall.ServiceLevel.Mean)
	if slices.ContainsFunc(c.Queues, func(q QueueCertificate) bool { return q.Target.Within != within }) {
		said = roster.Text{
			English: "%.1f %% of chats within their queue's time", Russian: "в срок своей очереди ответ получают %.1f %% чатов", Bulgarian: "в срока на опашката си отговор получават %.1f %% от чатовете",
		}.With(100 * c.Overall.ServiceLevel.Mean)
	}
	var worst *Served
	queue := ""
	for _, q := range c.Queues {
		if q.Worst != nil && (worst == nil || q.Worst.ServiceLevel.Mean < worst.ServiceLevel.Mean) {
			worst, queue = q.Worst, q.Queue
		}
	}
	if worst == nil {
		return said
	}
	grid := p.Demand.Grid
	return roster.Text{
		English: "%s; at worst, for %[3]s on %[2]s, %.0[4]f %%", Russian: "%s; хуже всего %[2]s, %[3]s: %.0[4]f %%", Bulgarian: "%s; най-зле на %[2]s, %[3]s: %.0[4]f %%",
	}.With(said, roster.OnClock(grid.Interval(grid.Index(worst.Start)), p.Team.Zone), queue, 100*worst.ServiceLevel.Mean)
}
