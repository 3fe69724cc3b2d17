package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
	"github.com/smena-wfm/smena/roster/staffing"
)

type planCommand struct {
	columnFlags
	History    string `help:"History of arrivals, CSV." required:"" placeholder:"FILE"`
	Team       string `help:"Team file, JSON; smena schema team describes it." required:"" placeholder:"FILE"`
	From       string `help:"First day, YYYY-MM-DD in the team's zone. History from then on is not seen by the forecast, but held against the plan." required:"" placeholder:"DATE"`
	Weeks      int    `help:"Weeks to plan." default:"4"`
	Out        string `help:"Folder for the results; made if missing, and replaced if it holds earlier ones. Required without --what-if." placeholder:"DIR"`
	WhatIf     string `name:"what-if" help:"Scenarios, JSON: each is planned like the team as it is, and compared with it in a table." placeholder:"FILE"`
	neighbours `embed:""`
	Published  string  `help:"The roster published for these weeks, or some of their days, CSV as plan writes it: as little of it changes as is worth it, by the team's changes." placeholder:"FILE"`
	Now        string  `help:"With --published, the time of the change: shifts that have begun, or begin within their operator's notice, stay." placeholder:"TIME"`
	Ledger     string  `help:"Fairness ledger of before, JSON of smena fairness: its points are brought forward." placeholder:"FILE"`
	Seed       uint64  `help:"Seed of the search." default:"1"`
	Seconds    float64 `help:"Seconds to search." default:"20"`
	Iterations int     `help:"Search so many moves instead: the same input then gives the same bytes."`
	MPS        string  `name:"mps" help:"Where to write the problem as a mixed-integer program, for another solver to check; small problems, without laws, pairs, mixes and fairness." placeholder:"FILE"`
	Strict     bool    `help:"Exit with 3 if hours stay uncovered, with --what-if those of the team as it is."`
	Language   string  `help:"Of reasons, tables and notes on the plan: en, ru or bg; notes on the history file are in English." enum:"en,ru,bg" default:"en"`
	JSON       bool    `help:"Print the report as JSON."`
}

// Help is the example of the verb.
func (planCommand) Help() string {
	return `Example:
  smena plan --history chats.csv --team team.json --from 2026-12-07 --weeks 4 --out plan

It writes forecast.csv, demand.csv, roster.csv, coverage.csv, report.json, a copy of the team,
one feed per operator in feeds/, and ledger.json where the team has points for fairness.
smena simulate certifies what it wrote. --previous and --ledger go on from an earlier plan, --next leads up to a later one.
--published plan/roster.csv --now 2026-12-09T12:00:00+02:00 plans weeks again that operators know.

A queue of the team file with "blends": ["bg", "en"] is these two of the history as one,
answered by those who have both skills.

--what-if compares it with scenarios, all solved with the same seed and time; what-if.json keeps
the answers, and --out may be left out. smena schema what-if describes the file:
  {"scenarios": [
    {"name": "80 % in 30 s", "changes": [{"service_level": {"queue": "en", "share": 0.8, "within": "30s"}}]},
    {"name": "two more", "changes": [{"hire": {"operators": 2, "like": "Elena Sokolova"}}]},
    {"name": "without Ivan", "changes": [{"lose": "Ivan Petrov"}]},
    {"name": "a fifth more chats", "changes": [{"arrivals": {"factor": 1.2}}]},
    {"name": "early shift", "changes": [{"shift_template": {"name": "early", "start": "06:00", "end": "14:00"}}]},
    {"name": "more nights", "changes": [{"rule_off": {"rule": "nights in a row", "operators": ["Ana"]}}]}]}`
}

// plan is a roster and everything that led to it.
type plan struct {
	team       roster.Team
	horizon    calendars.Grid
	origin     time.Time // end of what the forecast saw
	arrivals   map[string]forecast.Series
	forecasts  map[string]forecast.Forecast
	accuracy   map[string]forecast.Accuracy
	problem    roster.Problem
	result     solve.Result
	verdict    roster.Verdict
	causes     []roster.Cause
	impossible []roster.Impossibility
	forward    []roster.Forward    // fairness points at the start of the horizon
	passed     [][]staffing.Passed // what to expect, by queue of the coverage and interval; nil for deferred work
}

// Run plans and writes the results.
func (c *planCommand) Run(a *app) error {
	first, limit, err := c.check()
	if err != nil {
		return err
	}
	team, err := readTeam(c.Team)
	if err != nil {
		return err
	}
	scenarios, err := readScenarios(c.WhatIf, team)
	if err != nil {
		return err
	}
	c.defaults(team)
	options, err := c.options()
	if err != nil {
		return err
	}
	history, report, err := readHistory(c.History, options)
	if err != nil {
		return err
	}
	noteTo(a, c.History, report)
	if c.Out != "" {
		if err := checkFolder(c.Out); err != nil {
			return err
		}
	}
	p, notes := &plan{team: team, horizon: team.Horizon(first, c.Weeks)}, a.notes(c.Language)
	p.noteHolidays(notes)
	if err := p.forecast(history); err != nil {
		return err
	}
	p.noteGap(notes)
	p.noteStreams(notes, history)
	if err := p.goOn(notes, c); err != nil {
		return err
	}
	if err := p.require(); err != nil {
		return err
	}
	p.noteIdle(notes)
	p.noteUnblended(notes)
	noteImpossible(notes, p.impossible, c.Out)
	if err := writeMPS(c.MPS, p.problem); err != nil {
		return err
	}
	if err := p.solve(a, c, "roster", limit); err != nil {
		return err
	}
	if c.WhatIf != "" {
		return c.compare(a, notes, p, scenarios, limit)
	}
	return c.finish(a, p)
}

// check says whether the flags are possible, from which day and how long to search.
func (c *planCommand) check() (first calendars.Day, limit time.Duration, err error) {
	if c.Weeks < 1 || c.Weeks > api.MaxWeeks {
		return first, 0, fmt.Errorf("--weeks %d: expected 1 to %d", c.Weeks, api.MaxWeeks)
	}
	if limit, err = searchLimit(c.Seconds); err != nil {
		return first, 0, err
	}
	if c.Iterations < 0 {
		return first, 0, fmt.Errorf("--iterations %d: expected a number from 0", c.Iterations)
	}
	if _, err := c.now(); err != nil {
		return first, 0, err
	}
	if c.Out == "" && c.WhatIf == "" {
		return first, 0, fmt.Errorf("%w: --out=DIR or --what-if=FILE", errUsage)
	}
	if first, err = calendars.ParseDay(c.From); err != nil {
		return first, 0, fmt.Errorf("--from: %w", err)
	}
	return first, limit, nil
}

// now is the time of the change, or no time.
func (c *planCommand) now() (now time.Time, err error) {
	if c.Now == "" {
		return now, nil
	}
	if c.Published == "" {
		return now, errors.New("--now: expected only beside --published, whose shifts may change from then on")
	}
	return nowOf(c.Now)
}

// nowOf is the time that --now says.
func nowOf(text string) (time.Time, error) {
	now, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return now, fmt.Errorf("--now %q: expected an instant such as 2026-12-09T12:00:00+02:00", text)
	}
	return now.UTC(), nil
}

// goOn reads what earlier rosters leave behind.
func (p *plan) goOn(notes teller, c *planCommand) error {
	p.problem.Holidays = holidaysOf(notes, p.team, p.horizon.Span(), false)
	forward, err := readForward(c.Ledger)
	if err != nil {
		return opened("ledger", err)
	}
	if err := p.carry(notes, c.neighbours); err != nil {
		return err
	}
	if err := p.tell(notes, c); err != nil {
		return err
	}
	start := calendars.DayOf(p.horizon.Start, p.team.Zone)
	accounts := roster.Ledger(p.team, unstamped(p.problem.Carried), p.problem.Holidays, forward, start)
	p.problem.Points, p.forward = roster.PointsOf(accounts), roster.Forwarded(accounts, start)
	return nil
}

// ledger is what everybody has carried by the end of the horizon.
func (p *plan) ledger() ledger {
	end := calendars.DayOf(p.horizon.End(), p.team.Zone)
	return ledger{end, roster.Ledger(p.team, unstamped(p.result.Assignments), p.problem.Holidays, p.forward, end)}
}

// searchLimit is how long to search, up to an hour.
func searchLimit(seconds float64) (time.Duration, error) {
	if !(seconds > 0 && seconds <= 3600) {
		return 0, fmt.Errorf("--seconds %v: expected a number above 0 up to 3600", seconds)
	}
	return time.Duration(seconds * float64(time.Second)), nil
}

// finish writes the results and says what came out.
func (c *planCommand) finish(a *app, p *plan) error {
	summary, err := p.report(c)
	if err != nil {
		return err
	}
	if err := p.write(c.Out, c.Language, summary); err != nil {
		return err
	}
	if c.JSON {
		err = writeJSON(a.stdout, summary)
	} else {
		err = summary.print(teller{a.stdout, c.Language}, c.Out)
	}
	if err != nil {
		return err
	}
	return c.strictly(p)
}

// strictly says that hours of the plan stay uncovered, if that is asked for.
func (c *planCommand) strictly(p *plan) error {
	if !c.Strict || len(p.causes) == 0 {
		return nil
	}
	where := ""
	if c.Out != "" {
		where = " in coverage.csv"
	}
	return fmt.Errorf("%w: %s%s", errUncovered, plural(len(p.causes), "interval"), where)
}

// forecast estimates each queue from what was known before the horizon, and
// finds how wrong that would have been in the four weeks before.
func (p *plan) forecast(history forecast.History) error {
	for _, queue := range history.Queues() {
		if _, known := p.team.QueueOf(queue); !known {
			return &hintedError{fmt.Errorf("the history has a queue %q that the team file does not", queue),
				"add it to the team file, as a queue or to what one blends"}
		}
	}
	p.arrivals, p.forecasts, p.accuracy = map[string]forecast.Series{}, map[string]forecast.Forecast{}, map[string]forecast.Accuracy{}
	for _, q := range p.team.Queues {
		one, came, err := api.Estimate(history, q, p.horizon)
		if errors.Is(err, forecast.ErrNoHistory) {
			return &hintedError{fmt.Errorf("forecast: %w", err), "every queue of the team file needs chats in the history before --from, and so does every stream that one blends"}
		}
		if err != nil {
			return fmt.Errorf("forecast: %w", err)
		}
		p.forecasts[q.Name], p.accuracy[q.Name] = one.Forecast, one.Accuracy
		p.arrivals[q.Name] = forecast.Outlook{Open: q.Open}.OpenOnly(came)
		if p.origin.Before(one.Forecast.Origin) {
			p.origin = one.Forecast.Origin
		}
	}
	return nil
}

// require makes the demand.
func (p *plan) require() error {
	demand, err := staffing.Demand(p.team, p.horizon, p.forecasts)
	if err != nil {
		return err
	}
	p.problem.Team, p.problem.Demand = p.team, demand
	p.impossible = roster.Impossible(p.problem)
	return nil
}

// solve makes the roster.
func (p *plan) solve(a *app, c *planCommand, what string, limit time.Duration) (err error) {
	progress := newProgress(a, what)
	options := solve.Options{Seed: c.Seed, Iterations: c.Iterations, Cores: runtime.GOMAXPROCS(0), Progress: progress.solve}
	if c.Iterations == 0 {
		options.Limit, options.Now = limit, time.Now
	}
	p.result, err = solve.Solve(a.ctx, p.problem, nil, options)
	progress.end()
	if err != nil {
		return fmt.Errorf("roster: %w", err)
	}
	if a.ctx.Err() != nil {
		return errors.New("interrupted; nothing was written")
	}
	for i := range p.result.Assignments {
		p.result.Assignments[i].ID = p.identify(p.result.Assignments[i])
	}
	p.verdict = roster.Judge(p.problem, p.result.Assignments)
	p.causes = roster.Explain(p.problem, p.result.Assignments)
	slices.SortStableFunc(p.causes, func(a, b roster.Cause) int { return a.Interval.Start.Compare(b.Interval.Start) })
	return p.expect()
}

// expect finds what service level to expect of each hour at the mean of the
// forecast, if what one leaves over burdens the next.
func (p *plan) expect() error {
	for _, covered := range p.verdict.Coverage.Queues {
		q, _ := p.team.Queue(covered.Queue)
		if q.Deferred.Duration > 0 {
			p.passed = append(p.passed, nil)
			continue
		}
		available := make([]float64, p.horizon.N)
		for i, rostered := range covered.Rostered {
			available[i] = rostered * (1 - p.team.ShrinkageAt(q, p.horizon.At(i)))
		}
		passed, err := staffing.Through(q, p.horizon.Step, p.forecasts[q.Name].Mean, available)
		if err != nil {
			return fmt.Errorf("queue %q: %w", q.Name, err)
		}
		p.passed = append(p.passed, passed)
	}
	return nil
}

// identifyAll gives an ID to each assignment that has none.
func (p *plan) identifyAll() {
	for i, one := range p.result.Assignments {
		if one.ID == "" {
			p.result.Assignments[i].ID = p.identify(one)
		}
	}
}

// identify makes an ID from what an assignment is, so that planning again
// gives equal shifts equal IDs although nothing was stored.
func (p *plan) identify(a roster.Assignment) string {
	operator, _ := p.team.Operator(a.Operator)
	sum := sha256.Sum256([]byte(strings.Join([]string{p.team.Name, operator.Name, a.Template, a.Shift.Start.Format(time.RFC3339)}, "\x00")))
	return hex.EncodeToString(sum[:12])
}
