package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// whatIfFile keeps a comparison beside the plan.
const whatIfFile = "what-if.json"

// scenarioFile is what --what-if reads.
type scenarioFile struct {
	Scenarios []roster.Scenario `json:"scenarios" nullable:"false"`
}

// readScenarios reads teams as they could be, if there is a file.
func readScenarios(path string, team roster.Team) ([]roster.Scenario, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable("what-if", err)
	}
	defer file.Close()
	read, err := roster.ReadJSON[scenarioFile](file, "what-if")
	if err == nil {
		err = roster.CheckScenarios(team, read.Scenarios)
	}
	if err != nil {
		return nil, &hintedError{fmt.Errorf("%s: %w", path, err), "smena schema what-if describes the file"}
	}
	return read.Scenarios, nil
}

// comparison is a team and what it could be, planned alike.
type comparison struct {
	Team      string        `json:"team"`
	First     calendars.Day `json:"first"` // on the team's clock
	Last      calendars.Day `json:"last"`
	Currency  string        `json:"currency,omitempty"`
	Seed      uint64        `json:"seed"`
	Scenarios []outcome     `json:"scenarios"` // the team as it is first
}

// outcome is what became of one scenario.
type outcome struct {
	Name       string       `json:"name"`
	People     int          `json:"operators"`
	Score      roster.Score `json:"score"`
	Bound      int64        `json:"bound"`                      // no roster has a lower soft score
	Above      *float64     `json:"above_best,omitempty"`       // share of the bound that the soft score is above it
	AboveHours *float64     `json:"above_best_hours,omitempty"` // missing operator-hours that cost as much
	Moves      int          `json:"iterations"`
	Hours      float64      `json:"worked_hours"`
	Pay        float64      `json:"pay"` // in the currency; 0 where no contract says
	Required   float64      `json:"required_operator_hours"`
	Missing    float64      `json:"missing_operator_hours"`
	Covered    float64      `json:"covered_share"`
	Expected   *float64     `json:"expected_service_level,omitempty"` // share of all chats answered in the time of their queue
	Change     *difference  `json:"against_base,omitempty"`
}

// difference is a scenario less the team as it is.
type difference struct {
	People   int      `json:"operators"`
	Soft     int64    `json:"soft"`
	Hours    float64  `json:"worked_hours"`
	Pay      float64  `json:"pay"`
	Missing  float64  `json:"missing_operator_hours"`
	Expected *float64 `json:"expected_service_level,omitempty"`
}

// compare plans each scenario as the team as it is was planned, and prints all.
func (c *planCommand) compare(a *app, notes teller, base *plan, scenarios []roster.Scenario, limit time.Duration) error {
	all := comparison{
		Team: base.team.Name, First: calendars.DayOf(base.horizon.Start, base.team.Zone), Last: calendars.DayOf(base.horizon.End().Add(-1), base.team.Zone),
		Currency: base.team.Currency, Seed: c.Seed, Scenarios: []outcome{base.outcome(roster.BaseName)},
	}
	for i, s := range scenarios {
		p, err := base.as(notes, s)
		if err == nil {
			err = p.solve(a, c, fmt.Sprintf("scenario %d of %d", i+1, len(scenarios)), limit)
		}
		if err != nil {
			return fmt.Errorf("scenario %q: %w", s.Name, err)
		}
		one := p.outcome(s.Name)
		one.Change = one.less(all.Scenarios[0])
		all.Scenarios = append(all.Scenarios, one)
	}
	if c.Out != "" {
		if err := c.keep(base, all); err != nil {
			return err
		}
	}
	show := func() error { return all.print(teller{a.stdout, c.Language}, c.Out) }
	if c.JSON {
		show = func() error { return writeJSON(a.stdout, all) }
	}
	if err := show(); err != nil {
		return err
	}
	return c.strictly(base)
}

// keep writes the plan of the team as it is, and the comparison beside it.
func (c *planCommand) keep(base *plan, all comparison) error {
	summary, err := base.report(c)
	if err != nil {
		return err
	}
	if err := base.write(c.Out, c.Language, summary); err != nil {
		return err
	}
	var b bytes.Buffer
	if err := writeJSON(&b, all); err != nil {
		return err
	}
	return writeTo("out", filepath.Join(c.Out, whatIfFile), b.Bytes())
}

// as is the plan as it would be, with its demand.
func (p *plan) as(notes teller, s roster.Scenario) (*plan, error) {
	team, err := s.Apply(p.team)
	if err != nil {
		return nil, err
	}
	changed := *p
	changed.team, changed.passed, changed.forecasts = team, nil, maps.Clone(p.forecasts)
	for _, q := range team.Queues {
		changed.forecasts[q.Name] = moreOf(p.forecasts[q.Name], s.Arrivals(q.Name))
	}
	changed.problem.Holidays = holidaysOf(notes, team, p.horizon.Span(), false)
	return &changed, changed.require()
}

// moreOf is the forecast of so many times as many arrivals.
func moreOf(f forecast.Forecast, factor float64) forecast.Forecast {
	times := func(all []float64) []float64 {
		all = slices.Clone(all)
		for i := range all {
			all[i] *= factor
		}
		return all
	}
	f.Mean, f.Ordinary, f.Quantiles = times(f.Mean), times(f.Ordinary), slices.Clone(f.Quantiles)
	for k := range f.Quantiles {
		f.Quantiles[k] = times(f.Quantiles[k])
	}
	return f
}

// outcome sums the plan up.
func (p *plan) outcome(name string) outcome {
	o := outcome{
		Name: name, People: len(p.team.Operators), Score: p.verdict.Score, Bound: p.result.Bound, Moves: p.result.Iterations,
		Covered: p.verdict.Coverage.Share(), Missing: missingHours(p.verdict.Coverage), Expected: p.expectedOverall(),
	}
	o.Above, o.AboveHours = aboveOf(p.result)
	o.Required = float64(p.problem.Demand.OperatorIntervals()) * p.horizon.Step.Hours()
	const hundredths, perHour = 100, 60
	for _, one := range roster.CostOf(p.team, p.result.Assignments, p.problem.Holidays) {
		o.Hours += float64(one.Worked) / perHour
		o.Pay += float64(one.Pay.Total) / hundredths
	}
	return o
}

// expectedOverall is the service level of all queues together, by their chats;
// nil if all work is deferred.
func (p *plan) expectedOverall() *float64 {
	chats, inTime, some := 0.0, 0.0, false
	for i, q := range p.team.Queues {
		level := p.expected(i, q)
		if level == nil {
			continue
		}
		some = true
		for _, mean := range p.forecasts[q.Name].Mean {
			chats, inTime = chats+mean, inTime+mean**level
		}
	}
	if !some || chats == 0 {
		return nil
	}
	level := inTime / chats
	return &level
}

// less is the difference to the other.
func (o outcome) less(base outcome) *difference {
	d := difference{o.People - base.People, o.Score.Soft - base.Score.Soft, o.Hours - base.Hours, o.Pay - base.Pay, o.Missing - base.Missing, nil}
	if o.Expected != nil && base.Expected != nil {
		level := *o.Expected - *base.Expected
		d.Expected = &level
	}
	return &d
}
