package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// nrpInstance is one of the employee shift scheduling instances of Curtois and
// Qu (2014), said in Smena's own terms: shift types are templates, limits are
// rules, requests are wishes, and cover is slots. Every day starts at midnight
// in UTC, from a Monday on.
type nrpInstance struct {
	problem   roster.Problem
	days      int
	employees map[string]roster.ID
}

// nrpMonday is day 0.
var nrpMonday = calendars.Day{Year: 2024, Month: 1, Dom: 1}

// nrpSections are the headings of an instance, in their order.
var nrpSections = []string{"HORIZON", "SHIFTS", "STAFF", "DAYS_OFF", "SHIFT_ON_REQUESTS", "SHIFT_OFF_REQUESTS", "COVER"}

// readNRP reads an instance, which may be gzipped.
func readNRP(path string) (*nrpInstance, error) { return readInstance(path, parseNRP) }

// parseNRP understands an instance.
func parseNRP(data []byte) (*nrpInstance, error) {
	sections, err := sectionsOf(data, nrpSections)
	if err != nil {
		return nil, err
	}
	n := &nrpInstance{employees: map[string]roster.ID{}}
	utc := calendars.MustZone("UTC")
	n.problem.Team = roster.Team{Name: "nrp", Zone: utc, Interval: calendars.Hours(1)}
	for i, read := range []func(instanceLine) error{n.horizon, n.shift, n.employee, n.daysOff, n.request(roster.WantOn), n.request(roster.WantOff), n.cover} {
		for _, line := range sections[nrpSections[i]] {
			if err := read(line); err != nil {
				return nil, fmt.Errorf("line %d: %w", line.number, err)
			}
		}
	}
	if n.days == 0 {
		return nil, fmt.Errorf("no horizon: expected a number of days in SECTION_HORIZON")
	}
	n.problem.Demand.Grid = calendars.Grid{Start: nrpMonday.Start(utc), Step: 24 * time.Hour, N: n.days}
	return n, nil
}

// day is day d of the horizon.
func (n *nrpInstance) day(d int64) (calendars.Day, error) {
	if d < 0 || int(d) >= n.days {
		return calendars.Day{}, fmt.Errorf("day %d: expected 0 to %d", d, n.days-1)
	}
	return nrpMonday.AddDays(int(d)), nil
}

func (n *nrpInstance) horizon(l instanceLine) error {
	days, err := l.numbers(0, 1)
	if err != nil {
		return err
	}
	const most = 3660
	if days[0] < 1 || days[0] > most || n.days > 0 {
		return fmt.Errorf("horizon of %d days: expected once 1 to %d", days[0], most)
	}
	n.days = int(days[0])
	return nil
}

// shift reads a shift type: ID, minutes, and what may not follow the day after.
func (n *nrpInstance) shift(l instanceLine) error {
	length, err := l.numbers(1, 1)
	if err != nil {
		return err
	}
	const perDay = 24 * 60
	if length[0] < 1 || length[0] > perDay {
		return fmt.Errorf("a shift of %d minutes: expected 1 to %d", length[0], perDay)
	}
	team := &n.problem.Team
	team.Templates = append(team.Templates, roster.Template{Name: l.fields[0], End: calendars.WallTime(length[0] % perDay)})
	if len(l.fields) > 2 && l.fields[2] != "" {
		var none int64
		team.Rules = append(team.Rules, roster.Rule{Count: roster.CountSequence, Sequence: []string{l.fields[0], l.fields[2]}, Most: &none})
	}
	return nil
}

// employee reads the limits of one person.
func (n *nrpInstance) employee(l instanceLine) error {
	limits, err := l.numbers(2, 6)
	if err != nil {
		return err
	}
	if _, twice := n.employees[l.fields[0]]; twice {
		return fmt.Errorf("employee %q: expected each once", l.fields[0])
	}
	const unlimited = 7 * 24
	id := roster.ID(len(n.employees) + 1)
	n.employees[l.fields[0]] = id
	o := roster.Operator{
		ID: id, Name: l.fields[0], Zone: n.problem.Team.Zone, Share: 1,
		Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(unlimited), MaxConsecutiveDays: n.days},
	}
	for _, one := range strings.Split(l.fields[1], "|") {
		if one == "" {
			continue
		}
		shift, text, _ := strings.Cut(one, "=")
		most, err := strconv.ParseInt(text, 10, 32)
		if err != nil {
			return fmt.Errorf("%q: expected a shift type and a number such as D=14", one)
		}
		o.Rules = append(o.Rules, roster.Rule{Count: roster.CountShifts, Templates: []string{strings.TrimSpace(shift)}, Most: &most})
	}
	o.Rules = append(o.Rules,
		roster.Rule{Count: roster.CountMinutes, Most: &limits[0]},
		roster.Rule{Count: roster.CountMinutes, Least: &limits[1]},
		roster.Rule{Count: roster.CountDays, Per: roster.PerRun, Most: &limits[2]},
		roster.Rule{Count: roster.CountDays, Per: roster.PerRun, Least: &limits[3]},
		roster.Rule{Count: roster.CountDaysOff, Per: roster.PerRun, Least: &limits[4]},
		roster.Rule{Count: roster.CountWeekends, Most: &limits[5]},
	)
	n.problem.Team.Operators = append(n.problem.Team.Operators, o)
	return nil
}

// named finds the employee of a record.
func (n *nrpInstance) named(l instanceLine) (*roster.Operator, error) {
	id, known := n.employees[l.fields[0]]
	if !known {
		return nil, fmt.Errorf("employee %q: expected one of SECTION_STAFF", l.fields[0])
	}
	return &n.problem.Team.Operators[id-1], nil
}

func (n *nrpInstance) daysOff(l instanceLine) error {
	o, err := n.named(l)
	if err != nil {
		return err
	}
	days, err := l.numbers(1, len(l.fields)-1)
	if err != nil {
		return err
	}
	for _, d := range days {
		day, err := n.day(d)
		if err != nil {
			return err
		}
		o.TimeOff = append(o.TimeOff, roster.TimeOff{First: day, Last: day})
	}
	return nil
}

// request reads a wish: employee, day, shift type, weight.
func (n *nrpInstance) request(want string) func(instanceLine) error {
	return func(l instanceLine) error {
		o, err := n.named(l)
		if err != nil {
			return err
		}
		if len(l.fields) != 4 {
			return fmt.Errorf("%d fields: expected employee, day, shift type, weight", len(l.fields))
		}
		day, shift, weight, err := n.dated(instanceLine{l.number, []string{l.fields[1], l.fields[2], l.fields[3]}})
		o.Wishes = append(o.Wishes, roster.Wish{Want: want, First: day, Templates: []string{shift}, Weight: weight[0]})
		return err
	}
}

// dated reads a day, a shift type, and the numbers after them.
func (n *nrpInstance) dated(l instanceLine) (day calendars.Day, shift string, rest []int64, err error) {
	rest = []int64{0}
	number, err := l.numbers(0, 1)
	if err != nil {
		return day, shift, rest, err
	}
	if day, err = n.day(number[0]); err != nil {
		return day, shift, rest, err
	}
	if shift = l.fields[1]; !n.works(shift) {
		return day, shift, rest, fmt.Errorf("shift type %q: expected one of SECTION_SHIFTS", shift)
	}
	rest, err = l.numbers(2, len(l.fields)-2)
	return day, shift, rest, err
}

func (n *nrpInstance) works(shift string) bool {
	_, known := n.problem.Team.Template(shift)
	return known
}

// cover reads how many are wanted: day, shift type, heads, weight under, weight over.
func (n *nrpInstance) cover(l instanceLine) error {
	if len(l.fields) != 5 {
		return fmt.Errorf("%d fields: expected day, shift type, heads, weight under, weight over", len(l.fields))
	}
	day, shift, rest, err := n.dated(l)
	if err != nil {
		return err
	}
	n.problem.Team.Slots = append(n.problem.Team.Slots, roster.Slot{Template: shift, First: day, Operators: int(rest[0]), Missing: rest[1], Surplus: rest[2]})
	return nil
}
