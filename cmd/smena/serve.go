package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/api/worker"
)

type serveCommand struct {
	databaseFlag
	serveFlags
}

// serveFlags say how to serve.
type serveFlags struct {
	channelFlag
	Listen  string `help:"Address to listen on." default:"localhost:8080" env:"SMENA_LISTEN"`
	BaseURL string `help:"Address at which the world reaches it; http:// and the address listened on if left out." env:"SMENA_BASE_URL" placeholder:"URL"`
	Cron    string `help:"When to look for due reminders, a cron schedule." default:"* * * * *"`
}

// Help is the example of the verb.
func (serveCommand) Help() string {
	return `Example:
  smena serve --database smena.db --listen :8080 --base-url https://smena.example.org

smena token makes the token that the API asks for; /docs shows the API.`
}

// Run serves until it is stopped.
func (c *serveCommand) Run(a *app) error {
	st, err := c.databaseFlag.open(a)
	if err != nil {
		return err
	}
	return closing(st, c.serve(a, st, func(address string) {
		fmt.Fprintf(a.stdout, "serving on %s; the API is described at %s/docs\n", address, address)
	}))
}

// serve serves the API and the feeds and sends reminders. It calls ready with
// its address once it listens, and returns when it is told to stop.
func (c *serveFlags) serve(a *app, st *store.Store, ready func(address string)) error {
	log := a.logger()
	channel, err := c.channelFlag.open(log)
	if err != nil {
		return err
	}
	if _, err := worker.Schedule(c.Cron); err != nil {
		return fmt.Errorf("--cron: %w", err)
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("--listen: %w", err)
	}
	address := c.address(listener)
	server := &http.Server{
		Handler:           api.New(st, api.Options{Now: a.now, Log: log, BaseURL: address, Version: version}),
		ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
	}
	ctx, stop := context.WithCancel(a.ctx)
	defer stop()
	failed := make(chan error, 2)
	go func() {
		err := server.Serve(listener)
		if errors.Is(err, http.ErrServerClosed) {
			err = nil // we were told to stop
		}
		failed <- err
	}()
	go func() {
		failed <- worker.Run(ctx, st, worker.Options{Cron: c.Cron, Now: a.now, Log: log, Tick: func(ctx context.Context, now time.Time) error {
			_, err := api.SendReminders(ctx, st, channel, now, log)
			return err
		}})
	}()
	ready(address)
	return c.wait(ctx, stop, server, failed)
}

// address is where the world reaches the server.
func (c *serveFlags) address(listener net.Listener) string {
	if c.BaseURL != "" {
		return c.BaseURL
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	host, _, errHost := net.SplitHostPort(c.Listen)
	if err != nil || errHost != nil {
		return "http://" + listener.Addr().String()
	}
	if host == "" {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// wait ends server and worker together: both when told to stop, and either
// when the other fails.
func (c *serveFlags) wait(ctx context.Context, stop func(), server *http.Server, failed <-chan error) error {
	var first error
	ended := 0
	select {
	case <-ctx.Done():
	case first = <-failed:
		ended++
	}
	stop()
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err := errors.Join(first, server.Shutdown(grace))
	for ; ended < 2; ended++ {
		err = errors.Join(err, <-failed)
	}
	return err
}
