package main

import (
	"errors"
	"fmt"
	"log/slog"

	"github.com/smena-wfm/smena/api/notify"
	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/roster"
)

// databaseFlag says where everything is kept.
type databaseFlag struct {
	Database string `help:"SQLite file, or postgres:// address." default:"smena.db" env:"SMENA_DATABASE" placeholder:"FILE"`
}

func (d databaseFlag) open(a *app) (*store.Store, error) { return store.Open(a.ctx, d.Database) }

// closing closes the database and joins its error to err.
func closing(st *store.Store, err error) error { return errors.Join(err, st.Close()) }

// pickTeam returns the team of that name, or the only one if no name is given.
func pickTeam(a *app, st *store.Store, name string) (roster.Team, error) {
	if name != "" {
		return st.TeamByName(a.ctx, name)
	}
	teams, err := st.Teams(a.ctx)
	if err != nil {
		return roster.Team{}, err
	}
	if len(teams) == 1 {
		return teams[0], nil
	}
	return roster.Team{}, &hintedError{
		fmt.Errorf("the database has %s: expected --team", plural(len(teams), "team")),
		"a new team comes from a team file: --team-file team.json",
	}
}

// channelFlag says how reminders go out.
type channelFlag struct {
	SMTP string `name:"smtp" help:"Mail server for reminders, smtp://user:password@host:25?from=roster@example.org; they are only logged if left out." env:"SMENA_SMTP" placeholder:"URL"`
}

func (c channelFlag) open(log *slog.Logger) (notify.Channel, error) {
	if c.SMTP == "" {
		return notify.Log{Logger: log}, nil
	}
	channel, err := notify.NewSMTP(c.SMTP)
	if err != nil {
		return nil, fmt.Errorf("--smtp: %w", err)
	}
	return channel, nil
}

// logger writes JSON to the error stream.
func (a *app) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(a.stderr, nil)) }
