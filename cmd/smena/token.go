package main

import (
	"fmt"

	"github.com/smena-wfm/smena/api"
)

type tokenCommand struct {
	databaseFlag
	Name string `arg:"" help:"What the token is for. An earlier one of the same name ends." placeholder:"NAME"`
}

// Help is the example of the verb.
func (tokenCommand) Help() string {
	return `Example:
  smena token payroll --database smena.db`
}

// Run prints a new token, once.
func (c *tokenCommand) Run(a *app) error {
	st, err := c.open(a)
	if err != nil {
		return err
	}
	token, err := api.NewToken(a.ctx, st, c.Name, a.now())
	if err := closing(st, err); err != nil {
		return err
	}
	fmt.Fprintln(a.stdout, token)
	return nil
}
