package main

import (
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

type staffingCommand struct {
	Arrivals       string        `help:"Arrivals per time, as 120/h or 60/30m." required:"" placeholder:"N/TIME"`
	AHT            time.Duration `name:"aht" help:"Average handling time of one chat alone, as 480s." required:""`
	Target         string        `help:"Service level, as 80/60s: 80 % of all arrivals within 60 s." default:"80/60s" placeholder:"PERCENT/TIME"`
	Concurrency    int           `help:"Chats that one operator answers at once." default:"1"`
	Slowdown       float64       `help:"By what share each further chat at once lengthens all." default:"0"`
	Patience       time.Duration `help:"Mean time after which a waiting customer leaves; 0 if nobody does." default:"0s"`
	Occupancy      float64       `help:"Highest occupancy, 0..1; 0 for no cap." default:"0"`
	MaxAbandonment float64       `help:"Highest share of arrivals that leave, 0..1; 0 for no cap." default:"0"`
	Shrinkage      float64       `help:"Paid share not available for chats, 0..1." default:"0"`
	Operators      int           `help:"Measure this crew instead of finding the smallest." default:"0"`
	JSON           bool          `help:"Print JSON."`
}

// Help is the example of the verb.
func (staffingCommand) Help() string {
	return `Example:
  smena staffing --arrivals 200/h --aht 180s --target 80/20s --occupancy 0.85 --shrinkage 0.3

An operator with --concurrency K counts as K servers of Erlang's model C, or A with
--patience, whose chats last as long as they do at full load.`
}

// staffed is the answer.
type staffed struct {
	staffing.Measures
	Scheduled int `json:"scheduled"` // with shrinkage
}

// Run finds and measures a crew.
func (c *staffingCommand) Run(a *app) error {
	perHour, err := parseRate(c.Arrivals)
	if err != nil {
		return fmt.Errorf("--arrivals: %w", err)
	}
	level, err := parseServiceLevel(c.Target)
	if err != nil {
		return fmt.Errorf("--target: %w", err)
	}
	if c.Shrinkage < 0 || c.Shrinkage >= 1 {
		return fmt.Errorf("--shrinkage %v: expected a share from 0 to below 1", c.Shrinkage)
	}
	s := staffing.System{
		Arrivals: perHour, AHT: c.AHT, Operators: c.Operators, Concurrency: c.Concurrency, Slowdown: c.Slowdown, Patience: c.Patience,
	}
	if c.Operators == 0 {
		target := staffing.Target{ServiceLevel: level, MaxOccupancy: c.Occupancy, MaxAbandonment: c.MaxAbandonment}
		if s.Operators, err = s.Require(target); err != nil {
			return err
		}
	}
	m, err := s.Measure(level.Within.Duration)
	if err != nil {
		return err
	}
	answer := staffed{m, staffing.Schedule(s.Operators, c.Shrinkage)}
	if c.JSON {
		return writeJSON(a.stdout, answer)
	}
	t := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "operators\t%d\nscheduled, with shrinkage\t%d\n", m.Operators, answer.Scheduled)
	fmt.Fprintf(t, "answered within %s\t%.2f %%\nhave to wait\t%.2f %%\nmean wait\t%.1f s\n", level.Within, 100*m.ServiceLevel, 100*m.PWait, m.MeanWait)
	fmt.Fprintf(t, "leave unanswered\t%.2f %%\noccupancy\t%.2f %%\n", 100*m.Abandonment, 100*m.Occupancy)
	return t.Flush()
}

// parseRate reads "120/h" or "60/30m" as arrivals per hour.
func parseRate(text string) (float64, error) {
	count, per, ok := strings.Cut(text, "/")
	n, err := strconv.ParseFloat(count, 64)
	if !ok || err != nil || !(n >= 0) {
		return 0, fmt.Errorf("%q is not a rate: expected a form such as 120/h or 60/30m", text)
	}
	if per != "" && (per[0] < '0' || per[0] > '9') {
		per = "1" + per
	}
	time, err := time.ParseDuration(per)
	if err != nil || time <= 0 {
		return 0, fmt.Errorf("%q is not a rate: expected a form such as 120/h or 60/30m", text)
	}
	return n / time.Hours(), nil
}

// parseServiceLevel reads "80/60s".
func parseServiceLevel(text string) (roster.ServiceLevel, error) {
	percent, within, ok := strings.Cut(text, "/")
	n, err := strconv.ParseFloat(strings.TrimSuffix(percent, "%"), 64)
	limit, errTime := time.ParseDuration(within)
	if _, bare := strconv.Atoi(within); bare == nil {
		limit, errTime = time.ParseDuration(within + "s")
	}
	if !ok || err != nil || errTime != nil || !(n > 0 && n < 100) || limit < 0 {
		return roster.ServiceLevel{}, fmt.Errorf("%q is not a service level: expected a form such as 80/60s", text)
	}
	return roster.ServiceLevel{Share: n / 100, Within: calendars.Duration{Duration: limit}}, nil
}
