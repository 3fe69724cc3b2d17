package main

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"text/tabwriter"

	"github.com/smena-wfm/smena/roster"
)

type costCommand struct {
	rosterFlags
	Language string `help:"Of the table and of notes: en, ru or bg." enum:"en,ru,bg" default:"en"`
	CSV      bool   `name:"csv" help:"Print CSV, for payroll."`
	JSON     bool   `help:"Print JSON, in minutes."`
}

// Help is the example of the verb.
func (costCommand) Help() string {
	return `Example:
  smena cost --team team.json --roster plan/roster.csv --csv > hours.csv

It counts the hours of each operator by what they are paid for, on their own clock and by the
calendar and law of their country: night, Sunday, public holiday, converted, and overtime above
the law's average week over the weeks of the roster, and what that costs: hourly_pay of the
contract, and on top the premiums of law or contract, the higher of the two each. smena rules
tells where they are from.`
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
	rows := []payRow{}
	for i, p := range roster.CostOf(team, assignments, holidaysAt(a.notes(c.Language), team, assignments, true)) {
		rows = append(rows, payRow{team.Operators[i].Name, p})
	}
	if c.JSON {
		return writeJSON(a.stdout, rows)
	}
	return c.print(a, rows)
}

// payColumns are those of the CSV, and what the table calls them.
var payColumns = []struct {
	csv  string
	says roster.Text
}{
	{"operator", roster.Text{English: "operator", Russian: "оператор", Bulgarian: "оператор"}},
	{"shifts", roster.Text{English: "shifts", Russian: "смены", Bulgarian: "смени"}},
	{"hours", roster.Text{English: "hours", Russian: "часы", Bulgarian: "часове"}},
	{"night", roster.Text{English: "night", Russian: "ночные", Bulgarian: "нощни"}},
	{"sunday", roster.Text{English: "Sunday", Russian: "воскресные", Bulgarian: "неделни"}},
	{"holiday", roster.Text{English: "holiday", Russian: "праздничные", Bulgarian: "празнични"}},
	{"converted", roster.Text{English: "converted", Russian: "пересчитанные", Bulgarian: "преобразувани"}},
	{"overtime", roster.Text{English: "overtime", Russian: "сверхурочные", Bulgarian: "извънредни"}},
	{"base_pay", roster.Text{English: "base pay", Russian: "основная оплата", Bulgarian: "основно заплащане"}},
	{"night_pay", roster.Text{English: "for nights", Russian: "за ночные", Bulgarian: "за нощни"}},
	{"sunday_pay", roster.Text{English: "for Sundays", Russian: "за воскресные", Bulgarian: "за неделни"}},
	{"holiday_pay", roster.Text{English: "for holidays", Russian: "за праздничные", Bulgarian: "за празнични"}},
	{"overtime_pay", roster.Text{English: "for overtime", Russian: "за сверхурочные", Bulgarian: "за извънредни"}},
	{"pay", roster.Text{English: "pay", Russian: "итого", Bulgarian: "общо"}},
}

// print writes a table, or CSV, in hours.
func (c *costCommand) print(a *app, rows []payRow) error {
	table := [][]string{{}}
	for _, column := range payColumns {
		name := column.csv
		if !c.CSV {
			name = column.says.In(c.Language)
		}
		table[0] = append(table[0], name)
	}
	const perHour = 60
	for _, r := range rows {
		cells := []string{guarded(r.Name), strconv.Itoa(r.Shifts)}
		for _, minutes := range []int64{r.Worked, r.Night, r.Sunday, r.Holiday, r.Converted, r.Overtime} {
			cells = append(cells, strconv.FormatFloat(float64(minutes)/perHour, 'f', 2, 64))
		}
		table = append(table, append(cells, r.money()...))
	}
	if !slices.ContainsFunc(rows, func(r payRow) bool { return r.Pay.Total > 0 }) { // nobody's pay is known
		for i := range table {
			table[i] = table[i][:8]
		}
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

// money is the pay of the row, kind by kind.
func (r payRow) money() (cells []string) {
	for _, hundredths := range []int64{r.Pay.Base, r.Pay.Night, r.Pay.Sunday, r.Pay.Holiday, r.Pay.Overtime, r.Pay.Total} {
		cells = append(cells, strconv.FormatFloat(float64(hundredths)/100, 'f', 2, 64))
	}
	return cells
}
