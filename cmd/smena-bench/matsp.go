package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/smena-wfm/smena/roster/flex"
)

// matspRules are those of the instances of Qu and Curtois (ICORES 2020), in
// quarters of an hour: shifts of 6 to 10 hours that start at midnight, from
// 06:00 to 10:00, from 14:00 to 18:00 or from 20:00 on, at least an hour of a
// task at a time, 14 hours of rest, five days in a row.
var matspRules = flex.Rules{Day: 96, Opens: 24, Starts: matspStarts(), Shortest: 24, Longest: 40, Stretch: 4, Rest: 56, Run: 5}

func matspStarts() []int {
	all := []int{0}
	for _, within := range [][2]int{{24, 40}, {56, 72}, {80, 95}} {
		for t := within[0]; t <= within[1]; t++ {
			all = append(all, t)
		}
	}
	return all
}

// matspSections are the headings of an instance, in their order.
var matspSections = []string{"HORIZON", "TASKS", "STAFF", "COVER"}

// matspInstance is one of these instances.
type matspInstance struct {
	problem flex.Problem
	people  []string
}

// readMATSP reads an instance, which may be gzipped.
func readMATSP(path string) (*matspInstance, error) { return readInstance(path, parseMATSP) }

// parseMATSP understands an instance.
func parseMATSP(data []byte) (*matspInstance, error) {
	sections, err := sectionsOf(data, matspSections)
	if err != nil {
		return nil, err
	}
	m := &matspInstance{problem: flex.Problem{Rules: matspRules}}
	for i, read := range []func(instanceLine) error{m.horizon, m.tasks, m.person, m.cover} {
		for _, line := range sections[matspSections[i]] {
			if err := read(line); err != nil {
				return nil, fmt.Errorf("line %d: %w", line.number, err)
			}
		}
	}
	for t, need := range m.problem.Need {
		for a, n := range need {
			if n < 0 {
				return nil, fmt.Errorf("no cover for task %d at %s: expected some for each task and quarter of an hour", a+1, matspStamp(t))
			}
		}
	}
	return m, nil
}

func (m *matspInstance) horizon(l instanceLine) error {
	days, err := l.between(0, "days", 1, 366)
	m.problem.Need = make([][]int, days*matspRules.Day)
	return err
}

func (m *matspInstance) tasks(l instanceLine) error {
	tasks, err := l.between(0, "tasks", 1, flex.MaxActivities)
	for t := range m.problem.Need {
		m.problem.Need[t] = make([]int, tasks)
		for a := range tasks {
			m.problem.Need[t][a] = -1
		}
	}
	return err
}

func (m *matspInstance) person(l instanceLine) error {
	const most = 366 * 24 * 60
	least, err := l.between(1, "least minutes", 0, most)
	if err != nil {
		return err
	}
	greatest, err := l.between(2, "most minutes", least, most)
	m.people = append(m.people, l.fields[0])
	m.problem.People = append(m.problem.People, flex.Hours{Min: (least + matspQuarter - 1) / matspQuarter, Max: greatest / matspQuarter})
	return err
}

// cover reads what is wanted of a task in a quarter of an hour.
func (m *matspInstance) cover(l instanceLine) error {
	day, err := l.between(0, "day", 1, 367)
	if err != nil {
		return err
	}
	if len(l.fields) < 5 {
		return fmt.Errorf("%d fields: expected 5", len(l.fields))
	}
	var hour, minute int
	if _, err := fmt.Sscanf(l.fields[1], "%d:%d-", &hour, &minute); err != nil || minute%matspQuarter > 0 {
		return fmt.Errorf("%q: expected a quarter of an hour such as 06:00-06:15", l.fields[1])
	}
	t := (day-1)*matspRules.Day + (hour*60+minute)/matspQuarter - matspRules.Opens
	if t < 0 || t >= len(m.problem.Need) {
		return fmt.Errorf("%s of day %d: expected a time inside the horizon", l.fields[1], day)
	}
	task, err := l.between(2, "task", 1, len(m.problem.Need[t]))
	if err != nil {
		return err
	}
	m.problem.Need[t][task-1], err = l.between(3, "heads", 0, 1<<15)
	if err == nil && l.fields[3] != l.fields[4] {
		err = fmt.Errorf("%s to %s heads: expected one number, as in all these instances", l.fields[3], l.fields[4])
	}
	return err
}

// between reads a field between two limits.
func (l instanceLine) between(field int, name string, least, most int) (int, error) {
	all, err := l.numbers(field, 1)
	if err != nil {
		return 0, err
	}
	if all[0] < int64(least) || all[0] > int64(most) {
		return 0, fmt.Errorf("%s %d: expected %d to %d", name, all[0], least, most)
	}
	return int(all[0]), nil
}

// matspQuarter is the length of an interval in minutes.
const matspQuarter = 15

// matspStamp is the day and the time of an interval.
func matspStamp(t int) string {
	t += matspRules.Opens
	return strconv.Itoa(t/matspRules.Day+1) + "/" + matspClock(t)
}

// matspClock is the time of an interval of the day.
func matspClock(t int) string {
	minute := t % matspRules.Day * matspQuarter
	return fmt.Sprintf("%02d:%02d", minute/60, minute%60)
}

// format writes a roster as the checker of these instances reads it.
func (m *matspInstance) format(r flex.Roster) string {
	var text strings.Builder
	for i, row := range r {
		text.WriteString(m.people[i] + ":")
		for _, shift := range row {
			for from := 0; from < len(shift.Activities); {
				to := from
				for to < len(shift.Activities) && shift.Activities[to] == shift.Activities[from] {
					to++
				}
				end := matspRules.Opens + shift.Start + to
				fmt.Fprintf(&text, " %s-%s/%d", matspStamp(shift.Start+from), matspClock(end), shift.Activities[from]+1)
				from = to
			}
		}
		text.WriteString("\n")
	}
	return text.String()
}
