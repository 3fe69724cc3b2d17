// Package worker does on a schedule what nobody asks for: it looks for due
// reminders. Its one idea is that a tick knows nothing but "now": all truth is
// in rows, so that a tick that was missed or came twice does no harm. Ticks
// are jobs of a queue in the same database, so that of several instances one
// schedules and any one works.
package worker

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"github.com/smena-wfm/smena/api/store"
)

// Options say what to do and when.
type Options struct {
	Cron string // schedule of five fields, or with CRON_TZ=
	Tick func(ctx context.Context, now time.Time) error
	Now  func() time.Time
	Log  *slog.Logger
}

// How a tick runs. One that fails is not tried again: the next comes anyway.
const (
	tickTimeout  = 10 * time.Minute
	tickAttempts = 1
	stuckAfter   = 20 * time.Minute // a tick whose process was killed
	stopTimeout  = 10 * time.Second
)

// tickArgs is the job.
type tickArgs struct{}

// Kind implements river.JobArgs.
func (tickArgs) Kind() string { return "tick" }

// ticker works the job.
type ticker struct {
	river.WorkerDefaults[tickArgs]
	o Options
}

// Work implements river.Worker.
func (t *ticker) Work(ctx context.Context, _ *river.Job[tickArgs]) error {
	err := t.o.Tick(ctx, t.o.Now())
	if err != nil && ctx.Err() == nil {
		t.o.Log.ErrorContext(ctx, "tick failed", "error", err)
	}
	return err
}

// Run ticks once at the start and then by the schedule, until the context
// ends; it returns when a tick under way has ended.
func Run(ctx context.Context, st *store.Store, o Options) error {
	if st.Dialect() == store.PostgreSQL {
		return run(ctx, riverdatabasesql.New(st.DB()), o)
	}
	return run(ctx, riversqlite.New(st.DB()), o)
}

func run(ctx context.Context, driver riverdriver.Driver[*sql.Tx], o Options) error {
	schedule, err := Schedule(o.Cron)
	if err != nil {
		return err
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &ticker{o: o})
	client, err := river.NewClient(driver, &river.Config{
		Logger: slog.New(warnings{o.Log.Handler()}), Workers: workers, Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 1}},
		JobTimeout: tickTimeout, RescueStuckJobsAfter: stuckAfter, MaxAttempts: tickAttempts,
		PeriodicJobs: []*river.PeriodicJob{river.NewPeriodicJob(schedule, func() (river.JobArgs, *river.InsertOpts) {
			return tickArgs{}, nil
		}, &river.PeriodicJobOpts{RunOnStart: true})},
	})
	if err != nil {
		return fmt.Errorf("start worker: %w", err)
	}
	// The client ends when it is stopped, not in the middle of what it does.
	own := context.WithoutCancel(ctx)
	if err := client.Start(own); err != nil {
		return fmt.Errorf("start worker: %w", err)
	}
	<-ctx.Done()
	grace, cancel := context.WithTimeout(own, stopTimeout)
	defer cancel()
	err = client.Stop(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		hurry, cancel := context.WithTimeout(own, stopTimeout)
		defer cancel()
		err = client.StopAndCancel(hurry)
	}
	if err != nil {
		return fmt.Errorf("stop worker: %w", err)
	}
	return nil
}

// warnings passes on what an operator of the service has to know, and none of
// the queue's own diary.
type warnings struct{ slog.Handler }

// Enabled implements slog.Handler.
func (w warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && w.Handler.Enabled(ctx, level)
}

// WithAttrs implements slog.Handler.
func (w warnings) WithAttrs(attrs []slog.Attr) slog.Handler {
	return warnings{w.Handler.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler.
func (w warnings) WithGroup(name string) slog.Handler { return warnings{w.Handler.WithGroup(name)} }
