package worker_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/api/worker"
)

func TestScheduleOverClockChanges(t *testing.T) {
	t.Parallel()
	cases := []struct {
		spec, from string
		want       []string
	}{
		{"CRON_TZ=Europe/Sofia 30 3 * * *", "2026-03-28T00:00:00Z", []string{"2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"}},
		{"CRON_TZ=Europe/Sofia 30 3 * * *", "2026-10-24T00:00:00Z", []string{"2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"}},
		{"CRON_TZ=America/New_York 30 2 * * *", "2026-03-08T00:00:00Z", []string{"2026-03-08T07:00:00Z", "2026-03-09T06:30:00Z"}},
		{"CRON_TZ=America/New_York 30 1 * * *", "2026-11-01T00:00:00Z", []string{"2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z"}},
		{"CRON_TZ=Europe/Sofia 30 * * * *", "2026-10-25T00:00:00Z", []string{"2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"}},
		{"CRON_TZ=Africa/Cairo 0 0 * * *", "2026-04-23T00:00:00Z", []string{"2026-04-23T22:00:00Z", "2026-04-24T21:00:00Z"}},
		{"*/5 * * * *", "2026-03-29T00:58:00Z", []string{"2026-03-29T01:00:00Z", "2026-03-29T01:05:00Z"}},
		{"@every 90s", "2026-03-29T00:58:00Z", []string{"2026-03-29T00:59:30Z"}},
	}
	for _, c := range cases {
		schedule, err := worker.Schedule(c.spec)
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse(time.RFC3339, c.from)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for range c.want {
			at = schedule.Next(at)
			got = append(got, at.UTC().Format(time.RFC3339))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s from %s: %s", c.spec, c.from, diff)
		}
	}
}

func TestBadSchedules(t *testing.T) {
	t.Parallel()
	for _, spec := range []string{"", "CRON_TZ=Europe/Sofia", "CRON_TZ=Mars/Base * * * * *", "* * *", "0 0 30 2 *", "* * * * 8", string(make([]byte, 300))} {
		if _, err := worker.Schedule(spec); err == nil {
			t.Errorf("%q was accepted", spec)
		}
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	st, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "smena.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	ticked, ended := make(chan time.Time, 1), make(chan error, 1)
	go func() {
		ended <- worker.Run(ctx, st, worker.Options{
			Cron: "0 0 1 1 *", Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler),
			Tick: func(_ context.Context, at time.Time) error { ticked <- at; return nil },
		})
	}()
	select {
	case at := <-ticked:
		if !at.Equal(now) {
			t.Errorf("ticked at %s", at)
		}
	case err := <-ended:
		t.Fatalf("ended before it ticked: %v", err)
	case <-ctx.Done():
		t.Fatal("no tick")
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
