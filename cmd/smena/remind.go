package main

import (
	"fmt"

	"github.com/smena-wfm/smena/api"
)

type remindCommand struct {
	databaseFlag
	channelFlag
	JSON bool `help:"Print the counts as JSON."`
}

// Help is the example of the verb.
func (remindCommand) Help() string {
	return `Example, every minute from a system's cron or a Kubernetes CronJob:
  smena remind --database smena.db --smtp smtp://mail.example.org:25?from=roster@example.org

smena serve does the same by itself. None is sent twice, however many of them run.`
}

// Run sends what is due.
func (c *remindCommand) Run(a *app) error {
	log := a.logger()
	channel, err := c.channelFlag.open(log)
	if err != nil {
		return err
	}
	st, err := c.databaseFlag.open(a)
	if err != nil {
		return err
	}
	sent, err := api.SendReminders(a.ctx, st, channel, a.now(), log)
	if err := closing(st, err); err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(a.stdout, sent)
	}
	fmt.Fprintf(a.stdout, "%d sent, %d superseded, %d to be tried again, %d not possible\n", sent.Sent, sent.Superseded, sent.Retried, sent.Dead)
	return nil
}
