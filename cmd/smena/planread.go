package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

// readPlan reads what smena plan wrote: team, roster and forecasts.
func readPlan(folder string) (*plan, map[string]forecast.Forecast, error) {
	if _, err := os.Stat(filepath.Join(folder, reportFile)); err != nil {
		return nil, nil, fmt.Errorf("--plan: %s holds no %s: expected a folder written by smena plan", folder, reportFile)
	}
	team, err := readTeam(filepath.Join(folder, teamCopy))
	if err != nil {
		return nil, nil, err
	}
	p := &plan{team: team}
	p.problem.Team = team
	forecasts, err := readForecasts(folder, team)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range forecasts {
		p.horizon = f.Grid
	}
	if p.problem.Demand, err = readDemand(filepath.Join(folder, demandFile), team, p.horizon); err != nil {
		return nil, nil, err
	}
	if p.problem.Demand, err = staffing.Weighed(team, forecasts, p.problem.Demand); err != nil { // the file has no parts
		return nil, nil, err
	}
	if err := readTogether(filepath.Join(folder, reportFile), forecasts); err != nil {
		return nil, nil, err
	}
	p.result.Assignments, err = readRoster(filepath.Join(folder, rosterFile), team)
	return p, forecasts, err
}

// neighbours are the rosters of the time before and after the plan.
type neighbours struct {
	Previous string `help:"The roster before, CSV: it counts for rest, hours and runs, and in a plan for fairness." placeholder:"FILE"`
	Next     string `help:"The roster after, CSV, if it is known already: it counts for rest, hours and runs." placeholder:"FILE"`
}

// carry reads the rosters before and after, if there are any. Shifts that start in the
// horizon are no part of them: the plan has its own. If nothing is left, it is the wrong file.
func (p *plan) carry(notes teller, files neighbours) error {
	before, err := p.shiftsOf("previous", files.Previous, func(a roster.Assignment) bool { return a.Shift.Start.Before(p.horizon.Start) })
	if err != nil {
		return err
	}
	after, err := p.shiftsOf("next", files.Next, func(a roster.Assignment) bool { return !a.Shift.Start.Before(p.horizon.End()) })
	if err != nil {
		return err
	}
	if before.all > 0 && len(before.shifts) == 0 {
		notes.note(roster.Text{
			English:   "--previous %s: no shift starts before the plan, so that none counts: is it another file?",
			Russian:   "--previous %s: ни одна смена не начинается до начала плана, поэтому ни одна не учтена: тот ли это файл?",
			Bulgarian: "--previous %s: нито една смяна не започва преди плана, затова нито една не се отчита: това ли е файлът?",
		}, files.Previous)
	}
	if after.all > 0 && len(after.shifts) == 0 {
		notes.note(roster.Text{
			English:   "--next %s: no shift starts after the plan, so that none counts: is it another file?",
			Russian:   "--next %s: ни одна смена не начинается после плана, поэтому ни одна не учтена: тот ли это файл?",
			Bulgarian: "--next %s: нито една смяна не започва след плана, затова нито една не се отчита: това ли е файлът?",
		}, files.Next)
	}
	p.problem.Carried = append(before.shifts, after.shifts...)
	return nil
}

// neighbour is a roster beside the plan: how many shifts its file has, and those that count.
type neighbour struct {
	all    int
	shifts []roster.Assignment
}

// shiftsOf reads those shifts of the file of a flag that count, none if it is not given.
func (p *plan) shiftsOf(flag, path string, counts func(roster.Assignment) bool) (neighbour, error) {
	if path == "" {
		return neighbour{}, nil
	}
	all, err := readRoster(path, p.team)
	if err != nil {
		return neighbour{}, opened(flag, err)
	}
	one := neighbour{all: len(all)}
	for _, a := range all {
		if counts(a) {
			one.shifts = append(one.shifts, a)
		}
	}
	return one, nil
}

// tell reads the roster that was published for the horizon, if there is one. Shifts that
// start elsewhere are no part of it; if nothing is left, it is the wrong file. Nor are
// those of operators who have left the team since.
func (p *plan) tell(notes teller, c *planCommand) (err error) {
	if c.Published == "" {
		return nil
	}
	told, left, err := readPublished(c.Published, p.team)
	if err != nil {
		return opened("published", err)
	}
	noteLeft(notes, c.Published, left)
	shifts := len(told)
	told = slices.DeleteFunc(told, func(a roster.Assignment) bool { return !p.horizon.Span().Contains(a.Shift.Start) })
	if shifts > 0 && len(told) == 0 {
		notes.note(roster.Text{
			English:   "--published %s: no shift starts within the plan, so that none counts: is it another file?",
			Russian:   "--published %s: ни одна смена не начинается в сроки плана, поэтому ни одна не учтена: тот ли это файл?",
			Bulgarian: "--published %s: нито една смяна не започва в срока на плана, затова нито една не се отчита: това ли е файлът?",
		}, c.Published)
	}
	if len(told) == 0 { // nobody knows of anything
		return nil
	}
	p.problem.Told = told
	p.problem.Now, err = c.now()
	return err
}

// readForecasts reads the forecast of every queue of the team.
func readForecasts(folder string, team roster.Team) (map[string]forecast.Forecast, error) {
	s, err := readSheet(filepath.Join(folder, forecastFile), "start", "queue", "mean")
	if err != nil {
		return nil, err
	}
	var levels []float64
	var names []string
	for _, name := range s.header {
		if p, err := strconv.ParseFloat(strings.TrimPrefix(name, "q"), 64); err == nil && p > 0 && p < 1 {
			levels, names = append(levels, p), append(names, name)
		}
	}
	forecasts := map[string]forecast.Forecast{}
	for row := range s.rows {
		queue := s.text(row, "queue")
		if _, known := team.Queue(queue); !known {
			return nil, s.fault(row, "queue", "a queue of the team")
		}
		f := forecasts[queue]
		if f, err = s.interval(row, f, team, levels, names); err != nil {
			return nil, err
		}
		forecasts[queue] = f
	}
	n := 0
	for _, q := range team.Queues {
		if n = forecasts[q.Name].Grid.N; n == 0 || n != forecasts[team.Queues[0].Name].Grid.N {
			return nil, fmt.Errorf("%s: queue %q has %d intervals: expected as many for every queue", s.path, q.Name, n)
		}
	}
	return forecasts, nil
}

// interval adds one row to a forecast.
func (s *sheet) interval(row int, f forecast.Forecast, team roster.Team, levels []float64, names []string) (forecast.Forecast, error) {
	start, err := s.instant(row, "start")
	if err != nil {
		return f, err
	}
	if f.Grid.N == 0 {
		f.Grid = calendars.Grid{Start: start, Step: team.Interval.Duration}
		f.Levels, f.Quantiles = levels, make([][]float64, len(levels))
	}
	if !start.Equal(f.Grid.At(f.Grid.N)) {
		return f, s.fault(row, "start", "the next interval, "+utc(f.Grid.At(f.Grid.N)))
	}
	f.Grid.N++
	mean, err := s.count(row, "mean")
	if err != nil {
		return f, err
	}
	f.Mean = append(f.Mean, mean)
	before := 0.0
	for k, name := range names {
		x, err := s.count(row, name)
		if err != nil {
			return f, err
		}
		if x < before {
			return f, s.fault(row, name, "no less than the level before it")
		}
		before = x
		f.Quantiles[k] = append(f.Quantiles[k], x)
	}
	return f, nil
}

// readDemand reads the operators required.
func readDemand(path string, team roster.Team, horizon calendars.Grid) (roster.Demand, error) {
	s, err := readSheet(path, "start", "queue", "required")
	if err != nil {
		return roster.Demand{}, err
	}
	d := roster.Demand{Grid: horizon}
	for _, q := range team.Queues {
		d.Queues = append(d.Queues, roster.QueueDemand{Queue: q.Name, Skill: q.Skill, Required: make([]int, horizon.N)})
	}
	for row := range s.rows {
		start, err := s.instant(row, "start")
		if err != nil {
			return d, err
		}
		k := slices.IndexFunc(d.Queues, func(q roster.QueueDemand) bool { return q.Queue == s.text(row, "queue") })
		n, errCount := strconv.Atoi(s.text(row, "required"))
		switch i := horizon.Index(start); {
		case k < 0:
			return d, s.fault(row, "queue", "a queue of the team")
		case errCount != nil || n < 0:
			return d, s.fault(row, "required", "a whole number from 0")
		case i < 0 || i >= horizon.N || !start.Equal(horizon.At(i)):
			return d, s.fault(row, "start", "an interval of "+forecastFile)
		default:
			d.Queues[k].Required[i] = n
		}
	}
	return d, nil
}

// readTogether fills in how much the errors of each forecast have in common.
func readTogether(path string, forecasts map[string]forecast.Forecast) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var r report
	if err := json.Unmarshal(data, &r); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, q := range r.Queues {
		f, known := forecasts[q.Queue]
		common := q.Together
		if !known || !(common.Horizon >= 0 && common.Day >= 0 && common.Horizon+common.Day <= 1) {
			return fmt.Errorf("%s: queue %q: expected a queue of the team, and shares in \"together\" that make at most 1", path, q.Queue)
		}
		f.Together = common
		forecasts[q.Queue] = f
	}
	return nil
}
