package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/smena-wfm/smena/roster"
)

// print says all of it to people: a line for each scenario, with the difference
// to the team as it is behind each figure.
func (c comparison) print(w io.Writer, folder string) error {
	fmt.Fprintf(w, "%s, %s to %s\n\n", c.Team, c.First, c.Last)
	pays := slices.ContainsFunc(c.Scenarios, func(o outcome) bool { return o.Pay > 0 })
	header := []string{"scenario", "operators", "", "cost", "", "worked h", ""}
	if pays {
		header = append(header, strings.TrimSpace("pay "+c.Currency), "")
	}
	table := [][]string{append(header, "uncovered h", "", "service level", "", "cost above the best possible")}
	for _, o := range c.Scenarios {
		table = append(table, o.cells(pays))
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, cells := range table {
		fmt.Fprintln(t, strings.Join(cells, "\t"))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "\ncost in weighted operator-minutes; seed %d\n", c.Seed)
	if folder != "" {
		fmt.Fprintf(w, "the plan of the team as it is in %s\n", folder)
	}
	return nil
}

// cells are the scenario's line.
func (o outcome) cells(pays bool) []string {
	cells := []string{guarded(o.Name), fmt.Sprint(o.People), o.against("%+d", func(d *difference) any { return d.People }),
		fmt.Sprint(o.Score.Soft / roster.Whole), o.against("%+d", func(d *difference) any { return d.Soft / roster.Whole }),
		fmt.Sprintf("%.0f", o.Hours), o.against("%+.0f", func(d *difference) any { return d.Hours })}
	if pays {
		cells = append(cells, fmt.Sprintf("%.0f", o.Pay), o.against("%+.0f", func(d *difference) any { return d.Pay }))
	}
	cells = append(cells, fmt.Sprintf("%.1f", o.Missing), o.against("%+.1f", func(d *difference) any { return d.Missing }))
	level, change, above := "-", "", "no bound yet"
	if o.Expected != nil {
		level = fmt.Sprintf("%.1f %%", 100**o.Expected)
	}
	if o.Change != nil && o.Change.Expected != nil {
		change = fmt.Sprintf("%+.1f", 100**o.Change.Expected)
	}
	if o.Above != nil {
		above = fmt.Sprintf("at most %.1f %%", 100**o.Above)
	}
	if o.Score.Hard > 0 {
		above += "; hard rules broken"
	}
	return append(cells, level, change, above)
}

// against writes a difference, nothing for the team as it is.
func (o outcome) against(format string, of func(*difference) any) string {
	if o.Change == nil {
		return ""
	}
	return fmt.Sprintf(format, of(o.Change))
}
