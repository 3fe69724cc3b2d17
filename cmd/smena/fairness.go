package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/calendars/holidays"
	"github.com/smena-wfm/smena/roster"
)

type fairnessCommand struct {
	rosterFlags
	Forward  string `help:"Ledger of before, JSON as --json prints it: its points are brought forward." placeholder:"FILE"`
	At       string `help:"Day on which points are counted, YYYY-MM-DD; the day after the last shift starts if left out." placeholder:"DATE"`
	Operator string `help:"Print the entries of this operator." placeholder:"NAME"`
	Language string `help:"Of the tables: en, ru or bg." enum:"en,ru,bg" default:"en"`
	JSON     bool   `help:"Print JSON, to bring forward next time."`
}

// Help is the example of the verb.
func (fairnessCommand) Help() string {
	return `Example:
  smena fairness --team team.json --roster december.csv --forward november.json --json > december.json
  smena fairness --team team.json --roster december.csv --operator Ana

The team file says under fairness what a night, a weekend, a holiday, a change at short notice
and a refused wish are worth in points, and how fast points decay. With a weight, rosters share
them out by contracted hours: smena plan --ledger november.json goes on from there.`
}

// ledger is what everybody has carried.
type ledger struct {
	At       calendars.Day    `json:"at"`
	Accounts []roster.Account `json:"accounts"`
}

// Run prints the ledger.
func (c *fairnessCommand) Run(a *app) error {
	team, assignments, err := c.read()
	if err != nil {
		return err
	}
	if team.Fairness == (roster.Fairness{}) {
		return &hintedError{errors.New("the team has no points: expected fairness in the team file"), `add "fairness": {"night": 1, "weekend": 1, "holiday": 2}, and a weight if rosters are to share points out`}
	}
	forward, err := readForward(c.Forward)
	if err != nil {
		return opened("forward", err)
	}
	at, err := c.day(team, assignments)
	if err != nil {
		return err
	}
	answer := ledger{at, roster.Ledger(team, unstamped(assignments), holidaysAt(a.notes(c.Language), team, assignments, false), forward, at)}
	switch {
	case c.Operator != "":
		i := slices.IndexFunc(answer.Accounts, func(one roster.Account) bool { return one.Name == c.Operator })
		if i < 0 {
			return fmt.Errorf("--operator %q: expected an operator of the team", c.Operator)
		}
		if c.JSON {
			return writeJSON(a.stdout, answer.Accounts[i])
		}
		return printAccount(teller{a.stdout, c.Language}, answer.Accounts[i])
	case c.JSON:
		return writeJSON(a.stdout, answer)
	}
	return answer.print(teller{a.stdout, c.Language})
}

// unstamped are assignments of which nobody knows when they were published.
func unstamped(assignments []roster.Assignment) []roster.Published {
	published := make([]roster.Published, len(assignments))
	for i, one := range assignments {
		published[i].Assignment = one
	}
	return published
}

// day is when points are counted.
func (c *fairnessCommand) day(team roster.Team, assignments []roster.Assignment) (calendars.Day, error) {
	if c.At != "" {
		d, err := calendars.ParseDay(c.At)
		if err != nil {
			return d, fmt.Errorf("--at: %w", err)
		}
		return d, nil
	}
	if len(assignments) == 0 {
		return calendars.Day{}, errors.New("--at: expected a day, as the roster is empty")
	}
	return calendars.DayOf(assignments[len(assignments)-1].Shift.Start, team.Zone).Next(), nil
}

// readForward reads an earlier ledger; none if there is no path.
func readForward(path string) ([]roster.Forward, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var old ledger
	if err := json.Unmarshal(data, &old); err != nil || old.At == (calendars.Day{}) {
		return nil, fmt.Errorf("%s: expected a ledger as smena fairness --json prints it", path)
	}
	return roster.Forwarded(old.Accounts, old.At), nil
}

// holidaysAt are the holidays of the operators' countries around the shifts,
// given in order. Countries without a calendar are noted where it matters: to
// the team's rosters, or because holidays are paid.
func holidaysAt(notes teller, team roster.Team, assignments []roster.Assignment, paid bool) map[string][]calendars.Day {
	if len(assignments) == 0 {
		return nil
	}
	first, last := assignments[0].Shift.Start, assignments[len(assignments)-1].Shift.End
	return holidaysOf(notes, team, calendars.Interval{Start: first, End: last}, paid)
}

// holidaysOf are the holidays of the operators' countries that rosters of the
// span are judged by.
func holidaysOf(notes teller, team roster.Team, around calendars.Interval, paid bool) map[string][]calendars.Day {
	first, last := team.Around(around)
	off, unknown := holidays.Off(team.Countries(), first, last)
	if len(unknown) > 0 && (team.MindsHolidays() || paid) {
		notes.note(roster.Text{
			English: "no holidays are known of %s, where operators work", Russian: "неизвестны праздники стран, где работают операторы: %s",
			Bulgarian: "не са известни празниците на страните, в които работят оператори: %s",
		}, strings.Join(unknown, ", "))
	}
	return off
}

// burdenNames are what is hard about shifts, as tables name it.
var burdenNames = map[string]roster.Text{
	roster.BurdenNight:   {English: roster.BurdenNight, Russian: "ночь", Bulgarian: "нощ"},
	roster.BurdenWeekend: {English: roster.BurdenWeekend, Russian: "выходные", Bulgarian: "уикенд"},
	roster.BurdenHoliday: {English: roster.BurdenHoliday, Russian: "праздник", Bulgarian: "празник"},
	roster.BurdenNotice:  {English: roster.BurdenNotice, Russian: "в последний момент", Bulgarian: "в последния момент"},
	roster.BurdenRefused: {English: roster.BurdenRefused, Russian: "отказ в пожелании", Bulgarian: "отказано желание"},
}

// print is a line for each operator.
func (l ledger) print(to teller) error {
	kinds := []string{roster.BurdenNight, roster.BurdenWeekend, roster.BurdenHoliday, roster.BurdenNotice, roster.BurdenRefused}
	t := tabwriter.NewWriter(to.w, 0, 0, 2, ' ', tabwriter.AlignRight)
	head := roster.Text{English: "%s\tpoints\tfor 40 h\tforward\t", Russian: "%s\tбаллы\tна 40 ч\tперенесено\t", Bulgarian: "%s\tточки\tза 40 ч\tпренесени\t"}
	fmt.Fprint(t, head.With(l.At.String()).In(to.language))
	for _, kind := range kinds {
		fmt.Fprint(t, burdenNames[kind].In(to.language), "\t")
	}
	fmt.Fprintln(t)
	for _, one := range l.Accounts {
		count := map[string]int{}
		for _, e := range one.Entries {
			count[e.Kind]++
		}
		fmt.Fprintf(t, "%s\t%.2f\t%.2f\t%.2f", guarded(one.Name), one.Points, one.Share, one.Forward)
		for _, kind := range kinds {
			fmt.Fprintf(t, "\t%d", count[kind])
		}
		fmt.Fprintln(t, "\t")
	}
	return t.Flush()
}

// printAccount is a line for each entry.
func printAccount(to teller, one roster.Account) error {
	t := tabwriter.NewWriter(to.w, 0, 0, 2, ' ', 0)
	in := teller{t, to.language}
	in.line(roster.Text{English: "%s\t\tpoints\tcount now", Russian: "%s\t\tбаллы\tучитывается", Bulgarian: "%s\t\tточки\tброят се сега"}, guarded(one.Name))
	if one.Forward != 0 {
		in.line(roster.Text{English: "\tbrought forward\t\t%.2f", Russian: "\tперенесено\t\t%.2f", Bulgarian: "\tпренесени\t\t%.2f"}, one.Forward)
	}
	for _, e := range one.Entries {
		fmt.Fprintf(t, "%s\t%s\t%.2f\t%.2f\n", e.Day, burdenNames[e.Kind].In(to.language), e.Points, e.Counts)
	}
	in.line(roster.Text{
		English: "\tall\t\t%.2f, %.2f for 40 hours a week", Russian: "\tвсего\t\t%.2f, на 40 часов в неделю %.2f", Bulgarian: "\tобщо\t\t%.2f, за 40 часа седмично %.2f",
	}, one.Points, one.Share)
	return t.Flush()
}
