package flex

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Options say how long and along which chance to search.
type Options struct {
	Seed  uint64
	Limit time.Duration // by the clock Now
	Now   func() time.Time
	Cores int // searches side by side, of which the best counts; 1 if 0
	// Progress, if set, is told of each better roster that covers the need.
	Progress func(penalty int)
}

// Result is the best roster found.
type Result struct {
	Roster  Roster
	Penalty int // sum over intervals and activities of the square of the surplus
	Missing int // heads missing; only with 0 is the need covered
	Bound   int // no penalty of a roster that covers the need is below it
}

// better says whether a roster is better than another.
func (r Result) better(than Result) bool {
	return r.Missing < than.Missing || r.Missing == than.Missing && r.Penalty < than.Penalty
}

// Solve searches until the limit or the context ends. The error names a number
// that makes no sense, or a person whose least hours fit no row.
func Solve(ctx context.Context, p Problem, o Options) (Result, error) {
	if err := p.check(); err != nil {
		return Result{}, err
	}
	if o.Now == nil || o.Limit <= 0 {
		return Result{}, errors.New("a limit and the clock that it is by are needed")
	}
	begin := o.Now()
	shared := &board{progress: o.Progress}
	lanes := make([]*lane, max(1, o.Cores))
	for i := range lanes {
		lanes[i] = newLane(p, o.Seed, uint64(i), shared)
		for person := range p.People {
			if !lanes[i].construct(person) {
				return Result{}, fmt.Errorf("person %d: no row of at least %d intervals of work keeps the rules", person+1, p.People[person].Min)
			}
		}
	}
	var all sync.WaitGroup
	for _, l := range lanes {
		all.Go(func() {
			l.anneal(ctx, func() float64 { return float64(o.Now().Sub(begin)) / float64(o.Limit) })
		})
	}
	all.Wait()
	shared.best.Bound = Bound(p)
	return shared.best, nil
}

// board holds the best roster that any lane has found.
type board struct {
	mutex    sync.Mutex
	found    bool
	best     Result
	progress func(penalty int)
}

// offer takes the roster that rows describe if it is the best so far.
func (b *board) offer(one Result, rows [][]Shift) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.found && !one.better(b.best) {
		return
	}
	b.found = true
	one.Roster = make(Roster, len(rows))
	for i, row := range rows {
		for _, shift := range row {
			if len(shift.Activities) > 0 {
				one.Roster[i] = append(one.Roster[i], Shift{shift.Start, slices.Clone(shift.Activities)})
			}
		}
	}
	b.best = one
	if b.progress != nil && one.Missing == 0 {
		b.progress(one.Penalty)
	}
}
