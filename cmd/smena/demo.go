package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

//go:embed lastochka.json
var lastochka []byte

type demoCommand struct {
	Database string `help:"SQLite file, or postgres:// address; what is there already is gone on with." default:"smena-demo.db" placeholder:"FILE"`
	serveFlags
	Once    bool    `help:"Do all but serve."`
	Seconds float64 `help:"Seconds to search for the roster." default:"15"`
	Seed    uint64  `help:"Seed of the synthetic history and of the search." default:"1"`
	Today   string  `help:"Pretend that it is this day, YYYY-MM-DD." placeholder:"DATE"`
}

// Help is the example of the verb.
func (demoCommand) Help() string {
	return `Example:
  smena demo

It plans four weeks of a made-up company, "Lastochka": 36 operators in 8 zones, three chat
queues and a second line, and 60 weeks of synthetic history. Everything is labelled so.`
}

// demo is how far the demo has come. Every step looks at the database first,
// so that a demo that was killed goes on where it stopped.
type demo struct {
	c      *demoCommand
	a      *app
	st     *store.Store
	team   roster.Team
	first  calendars.Day
	made   store.Forecast
	demand store.Demand
	roster store.Roster
	token  string
	limit  time.Duration // of the search
	above  *float64      // share that the roster's cost is above the best possible
	beyond *float64      // missing operator-hours that cost as much
	feeds  []demoLink
}

// demoWeeks is the horizon.
const demoWeeks = 4

// Run plans the demo team and serves it.
func (c *demoCommand) Run(a *app) error {
	limit, err := searchLimit(c.Seconds)
	if err != nil {
		return err
	}
	st, err := store.Open(a.ctx, c.Database)
	if err != nil {
		return err
	}
	return closing(st, c.run(a, st, limit))
}

func (c *demoCommand) run(a *app, st *store.Store, limit time.Duration) error {
	d := &demo{c: c, a: a, st: st, limit: limit}
	today := calendars.DayOf(a.now(), calendars.MustZone("Europe/Moscow"))
	if c.Today != "" {
		var err error
		if today, err = calendars.ParseDay(c.Today); err != nil {
			return fmt.Errorf("--today: %w", err)
		}
	}
	d.first = today.Monday().AddDays(7)
	steps := []struct {
		what string
		do   func(context.Context) error
	}{
		{"team Lastochka (synthetic)", d.makeTeam}, {"60 weeks of synthetic history", d.importHistory}, {"forecast", d.forecast},
		{"operators required", d.demandStep}, {"roster", d.solve}, {"publication", d.publish},
	}
	for _, step := range steps {
		started := a.now()
		if err := step.do(a.ctx); err != nil {
			if a.ctx.Err() != nil {
				return errors.New("stopped; the next start goes on from here")
			}
			return fmt.Errorf("demo: %s: %w", step.what, err)
		}
		fmt.Fprintf(a.stderr, "smena: %s: done in %.1f s\n", step.what, a.now().Sub(started).Seconds())
	}
	if err := d.show(a.ctx); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if c.Once {
		d.links("http://" + c.Listen)
		return nil
	}
	return c.serve(a, st, func(address string) {
		d.links(address)
		fmt.Fprintf(a.stdout, "serving on %s; Ctrl-C ends it\n", address)
	})
}

// makeTeam stores the team.
func (d *demo) makeTeam(ctx context.Context) error {
	team, err := roster.ReadTeam(bytes.NewReader(lastochka))
	if err != nil {
		return err
	}
	d.team, err = d.st.TeamByName(ctx, team.Name)
	if errors.Is(err, store.ErrNotFound) {
		d.team, err = api.CreateTeam(ctx, d.st, team)
	}
	return err
}

// importHistory stores the history; a second time it changes nothing.
func (d *demo) importHistory(ctx context.Context) error {
	known, err := d.st.Forecasts(ctx, d.team.ID)
	if err != nil || len(known) > 0 {
		return err
	}
	file, err := synthetic(d.first.AddDays(-7), d.c.Seed)
	if err != nil {
		return err
	}
	_, err = api.ImportHistory(ctx, d.st, d.team.ID, bytes.NewReader(file), forecast.ReadOptions{}, false)
	return err
}

func (d *demo) forecast(ctx context.Context) error {
	known, err := d.st.Forecasts(ctx, d.team.ID)
	if err != nil {
		return err
	}
	if len(known) > 0 {
		d.made, err = d.st.Forecast(ctx, known[0].ID)
		return err
	}
	d.made, err = api.MakeForecast(ctx, d.st, d.team.ID, d.first, demoWeeks, d.a.now())
	return err
}

func (d *demo) demandStep(ctx context.Context) error {
	known, err := d.st.Demands(ctx, d.team.ID)
	if err != nil {
		return err
	}
	if len(known) > 0 {
		d.demand, err = d.st.Demand(ctx, known[0].ID)
		return err
	}
	d.demand, err = api.MakeDemand(ctx, d.st, d.made.ID, d.a.now())
	return err
}

// solve makes the roster, unless there is one with assignments.
func (d *demo) solve(ctx context.Context) error {
	known, err := d.st.Rosters(ctx, d.team.ID)
	if err != nil {
		return err
	}
	if len(known) > 0 {
		d.roster, err = d.st.Roster(ctx, known[0].ID)
	} else {
		d.roster, err = api.CreateRoster(ctx, d.st, d.demand.ID)
	}
	if err != nil || len(d.roster.Assignments) > 0 {
		return err
	}
	progress := newProgress(d.a, "roster")
	defer progress.end()
	var result solve.Result
	d.roster, result, err = api.SolveRoster(ctx, d.st, d.roster.ID, false, solve.Options{Seed: d.c.Seed, Limit: d.limit, Now: time.Now, Cores: runtime.GOMAXPROCS(0), Progress: progress.solve}, d.a.now())
	if err == nil {
		d.above, d.beyond = aboveOf(result)
	}
	return err
}

func (d *demo) publish(ctx context.Context) error {
	if d.roster.Publication > 0 {
		return nil
	}
	_, err := api.Publish(ctx, d.st, d.roster.ID, d.a.now())
	return err
}
