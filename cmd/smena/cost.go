package main

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"text/tabwriter"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/calendars/holidays"
	"github.com/smena-wfm/smena/roster"
)

type costCommand struct {
	rosterFlags
	CSV  bool `name:"csv" help:"Print CSV, for payroll."`
	JSON bool `help:"Print JSON, in minutes."`
}

// Help is the example of the verb.
func (costCommand) Help() string {
	return `Example:
  smena cost --team team.json --roster plan/roster.csv --csv > hours.csv

It counts the hours of each operator by what they are paid for, on their own clock and by the
calendar and law of their country: night, Sunday, public holiday, converted, and overtime above
the law's average week over the weeks of the roster. smena rules tells what each is worth.`
}

// payRow is one operator's hours.
type payRow struct {
	Name string `json:"name"`
	roster.PayMinutes
}

// Run counts hours.
func (c *costCommand) Run(a *app) error {
	team, assignments, err := c.read()
	if err != nil {
		return err
	}
	known := map[string]holidays.Calendar{}
	for _, o := range team.Operators {
		if calendar, err := holidays.Load(o.Country); err == nil {
			known[o.Country] = calendar
		} else if o.Country != "" {
			fmt.Fprintf(a.stderr, "smena: note: no holidays are known of %s, where %s works\n", o.Country, o.Name)
		}
	}
	rows := []payRow{}
	for i, p := range roster.CostOf(team, assignments, func(country string, d calendars.Day) bool {
		calendar, there := known[country]
		if !there {
			return false
		}
		h, off := calendar.On(d)
		return off && h.Kind != holidays.WorkingDay
	}) {
		rows = append(rows, payRow{team.Operators[i].Name, p})
	}
	if c.JSON {
		return writeJSON(a.stdout, rows)
	}
	return c.print(a, rows)
}

// print writes a table, or CSV, in hours.
func (c *costCommand) print(a *app, rows []payRow) error {
	table := [][]string{{"operator", "shifts", "hours", "night", "sunday", "holiday", "converted", "overtime"}}
	const perHour = 60
	for _, r := range rows {
		cells := []string{guarded(r.Name), strconv.Itoa(r.Shifts)}
		for _, minutes := range []int64{r.Worked, r.Night, r.Sunday, r.Holiday, r.Converted, r.Overtime} {
			cells = append(cells, strconv.FormatFloat(float64(minutes)/perHour, 'f', 2, 64))
		}
		table = append(table, cells)
	}
	if c.CSV {
		return csv.NewWriter(a.stdout).WriteAll(table)
	}
	t := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	for _, cells := range table {
		for _, cell := range cells {
			fmt.Fprint(t, cell, "\t")
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}
