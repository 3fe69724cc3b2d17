package main

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/smena-wfm/smena/roster"
)

// print says all of it to people: a line for each scenario, with the difference
// to the team as it is behind each figure.
func (c comparison) print(to teller, folder string) error {
	to.line(dates, c.Team, c.First.String(), c.Last.String())
	pays := slices.ContainsFunc(c.Scenarios, func(o outcome) bool { return o.Pay > 0 })
	t := tabwriter.NewWriter(to.w, 0, 0, 2, ' ', 0)
	teller{t, to.language}.line(c.header(pays))
	for _, o := range c.Scenarios {
		fmt.Fprintln(t, strings.Join(o.cells(pays, to.language), "\t"))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	to.line(roster.Text{
		English: "\ncost in weighted operator-minutes; seed %d", Russian: "\nстоимость во взвешенных человеко-минутах; seed %d", Bulgarian: "\nцената е в претеглени човекоминути; seed %d",
	}, c.Seed)
	if folder != "" {
		to.line(roster.Text{English: "the plan of the team as it is: %s", Russian: "план команды, какая она есть: %s", Bulgarian: "планът на екипа, какъвто е: %s"}, folder)
	}
	return nil
}

// header is the table's first line; an empty cell is above the differences.
func (c comparison) header(pays bool) roster.Text {
	pay := roster.Text{}
	if pays {
		pay = roster.Text{English: "pay%s\t\t", Russian: "оплата%s\t\t", Bulgarian: "заплащане%s\t\t"}.With(behind(c.Currency))
	}
	return roster.Text{
		English:   "\nscenario\toperators\t\tcost\t\tworked h\t\t%suncovered h\t\tservice level\t\tcost above the best possible",
		Russian:   "\nсценарий\tоператоров\t\tстоимость\t\tотработано, ч\t\t%sне покрыто, ч\t\tуровень сервиса\t\tстоимость выше наилучшей возможной",
		Bulgarian: "\nсценарий\tоператори\t\tцена\t\tотработени ч\t\t%sнепокрити ч\t\tниво на обслужване\t\tцена над най-добрата възможна",
	}.With(pay)
}

// cells are the scenario's line.
func (o outcome) cells(pays bool, language string) []string {
	cells := []string{guarded(o.Name), fmt.Sprint(o.People), o.against("%+d", func(d *difference) any { return d.People }),
		fmt.Sprint(o.Score.Soft / roster.Whole), o.against("%+d", func(d *difference) any { return d.Soft / roster.Whole }),
		fmt.Sprintf("%.0f", o.Hours), o.against("%+.0f", func(d *difference) any { return d.Hours })}
	if pays {
		cells = append(cells, fmt.Sprintf("%.0f", o.Pay), o.against("%+.0f", func(d *difference) any { return d.Pay }))
	}
	cells = append(cells, fmt.Sprintf("%.1f", o.Missing), o.against("%+.1f", func(d *difference) any { return d.Missing }))
	level, change := "-", ""
	if o.Expected != nil {
		level = fmt.Sprintf("%.1f %%", 100**o.Expected)
	}
	if o.Change != nil && o.Change.Expected != nil {
		change = fmt.Sprintf("%+.1f", 100**o.Change.Expected)
	}
	return append(cells, level, change, o.above().In(language))
}

// above says how far from the best possible it is, and whether it is legal.
func (o outcome) above() roster.Text {
	above := aboveBest(o.Above, o.AboveHours)
	switch { // the header says the rest; of a cost that is nearly nothing a share says little
	case o.Above == nil && o.AboveHours != nil:
		above = roster.Text{
			English: "at most by the cost of %.1f h uncovered", Russian: "не больше чем на стоимость %.1f ч без покрытия", Bulgarian: "най-много с цената на %.1f непокрити ч",
		}.With(*o.AboveHours)
	case o.Above != nil && *o.Above > 0:
		above = roster.Text{
			English: "at most %.1f %%, as much as %.1f h uncovered", Russian: "не больше чем на %.1f %%, столько же стоят %.1f ч без покрытия", Bulgarian: "най-много с %.1f %%, колкото %.1f непокрити ч",
		}.With(100**o.Above, *o.AboveHours)
	}
	if o.Score.Hard > 0 {
		above = roster.Text{English: "%s; hard rules broken", Russian: "%s; жёсткие правила нарушены", Bulgarian: "%s; нарушени са твърди правила"}.With(above)
	}
	return above
}

// against writes a difference, nothing for the team as it is.
func (o outcome) against(format string, of func(*difference) any) string {
	if o.Change == nil {
		return ""
	}
	return fmt.Sprintf(format, of(o.Change))
}
