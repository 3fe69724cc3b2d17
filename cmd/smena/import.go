package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

type importCommand struct {
	databaseFlag
	columnFlags
	File     string `arg:"" help:"History: interval counts or single chats, CSV." placeholder:"FILE"`
	Team     string `help:"Name of the team; may be left out if there is only one." placeholder:"NAME"`
	TeamFile string `help:"Create the team from this team file first, if it is not there yet." placeholder:"FILE"`
	DryRun   bool   `help:"Report what the file holds, each name of a queue by itself, and store nothing."`
	JSON     bool   `help:"Print the report as JSON."`
}

// Help is the example of the verb.
func (importCommand) Help() string {
	return `Example:
  smena import calls.csv --team-file team.json --zone Europe/Sofia --map offered=volume

Columns of counts: timestamp,queue,offered[,handled,abandoned,bot_resolved,aht_seconds], of
single chats: started_at,queue,first_response_seconds,handle_seconds,abandoned,bot_resolved,
operator. Operators tell how long a chat alone takes and how much others at once slow it down.
A file with a fault is refused whole; the same file twice changes nothing.`
}

// Run reads a history into the database.
func (c *importCommand) Run(a *app) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	if c.DryRun {
		var chats []forecast.Chat
		options.Chat = func(c forecast.Chat) { chats = append(chats, c) }
		_, report, err := readHistory(c.File, options)
		if err != nil {
			return err
		}
		return c.print(a, api.Imported{Report: report, Calibration: staffing.Calibrate(chats)})
	}
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("history: %w", err)
	}
	defer file.Close()
	st, err := c.open(a)
	if err != nil {
		return err
	}
	imported, err := c.store(a, st, file, options)
	if err := closing(st, err); err != nil {
		return err
	}
	return c.print(a, imported)
}

// store finds the team and imports.
func (c *importCommand) store(a *app, st *store.Store, file *os.File, options forecast.ReadOptions) (api.Imported, error) {
	team, err := c.team(a, st, options)
	if err != nil {
		return api.Imported{}, err
	}
	if options.Zone == nil {
		options.Zone = &team.Zone
	}
	imported, err := api.ImportHistory(a.ctx, st, team.ID, file, options, false)
	var faults *forecast.Faults
	if errors.As(err, &faults) {
		err = fmt.Errorf("%s: %s; nothing was stored\n%w", c.File, plural(faults.Total, "fault"), faults)
	}
	return imported, err
}

// team returns the team to import for. In an empty database without a team
// file it makes a team from the history itself, to be refined later.
func (c *importCommand) team(a *app, st *store.Store, options forecast.ReadOptions) (roster.Team, error) {
	if c.TeamFile != "" {
		team, err := readTeam(c.TeamFile)
		if err != nil {
			return team, err
		}
		if known, err := st.TeamByName(a.ctx, team.Name); err == nil || !errors.Is(err, store.ErrNotFound) {
			return known, err
		}
		return api.CreateTeam(a.ctx, st, team)
	}
	teams, err := st.Teams(a.ctx)
	if err != nil || len(teams) > 0 {
		if err == nil {
			return pickTeam(a, st, c.Team)
		}
		return roster.Team{}, err
	}
	_, report, err := readHistory(c.File, options)
	if err != nil {
		return roster.Team{}, err
	}
	team := starterTeam(c.Team, options, report)
	fmt.Fprintf(a.stderr, "smena: note: team %q is new, with %s of usual service levels: %s\n",
		team.Name, plural(len(team.Queues), "queue"), strings.Join(report.Queues, ", "))
	return api.CreateTeam(a.ctx, st, team)
}

// starterTeam is a team with the queues of a history and what is usual for
// chats: 80 % within 60 s, two at once, eight minutes each.
func starterTeam(name string, options forecast.ReadOptions, report forecast.Report) roster.Team {
	team := roster.Team{Name: name, Zone: calendars.MustZone("UTC"), Templates: []roster.Template{}, Operators: []roster.Operator{}}
	if team.Name == "" {
		team.Name = "default"
	}
	if options.Zone != nil {
		team.Zone = *options.Zone
	}
	for _, queue := range report.Queues {
		team.Queues = append(team.Queues, roster.Queue{
			Name: queue, ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(480), Concurrency: 2,
		})
	}
	return team
}

// print says what became of the file.
func (c *importCommand) print(a *app, i api.Imported) error {
	noteTo(a, c.File, i.Report)
	if c.JSON {
		return writeJSON(a.stdout, i)
	}
	fmt.Fprintf(a.stdout, "%d rows of %s in intervals of %s, %s to %s\nqueues: %s\n", i.Rows, i.Kind, i.Step, utc(i.First), utc(i.Last), strings.Join(i.Queues, ", "))
	for _, one := range i.Calibration {
		fmt.Fprintln(a.stdout, one.Sentence)
	}
	if !i.Stored {
		fmt.Fprintln(a.stdout, "dry run: nothing was stored")
		return nil
	}
	fmt.Fprintf(a.stdout, "intervals: %d new, %d changed, %d as they were\n", i.Saved.Added, i.Saved.Changed, i.Saved.Same)
	return nil
}
