package main

import (
	"fmt"
	"io"
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
	Target         string        `help:"Service level, as 80/60s: 80 % within 60 s." default:"80/60s" placeholder:"PERCENT/TIME"`
	Definition     string        `help:"What the service level is a share of: all arrivals, those answered, those who would wait for ever (patient), or all but those who leave within the time (staying)." enum:"arrivals,answered,patient,staying" default:"arrivals"`
	Concurrency    int           `help:"Chats that one operator answers at once, 1 to 10." default:"1"`
	Slowdown       float64       `help:"By what share each further chat at once lengthens all." default:"0"`
	Patience       time.Duration `help:"Mean time after which a waiting customer leaves; 0 if nobody does." default:"0s"`
	Occupancy      float64       `help:"Highest occupancy, 0..1; 0 for no cap." default:"0"`
	MaxAbandonment float64       `help:"Highest share of arrivals that leave, 0..1; 0 for no cap." default:"0"`
	MaxWait        time.Duration `help:"Longest mean wait; 0 for no cap." default:"0s"`
	MinOperators   int           `help:"Fewest operators, whatever arrives." default:"0"`
	Shrinkage      float64       `help:"Paid share not available for chats, 0 to below 1." default:"0"`
	Operators      *int          `help:"Measure this crew instead of finding the smallest." placeholder:"N"`
	Trainees       int           `help:"How many of the operators are trainees." default:"0"`
	TraineeShare   float64       `help:"Share of an operator's pace at which trainees work, 0..1." default:"0.5"`
	Model          string        `help:"How it is computed; the Erlang models take an operator for --concurrency servers at full load." enum:"exact,erlang-b,erlang-c,erlang-a,simulate" default:"exact"`
	Chats          int           `help:"Chats to simulate, with --model simulate." default:"400000"`
	Seed           uint64        `help:"Seed of the simulation." default:"1"`
	JSON           bool          `help:"Print JSON."`
}

// Help is the example of the verb.
func (staffingCommand) Help() string {
	return `Example:
  smena staffing --arrivals 120/h --aht 480s --concurrency 3 --slowdown 0.15 --patience 300s --target 80/60s --shrinkage 0.3

The exact model knows that an operator with several chats is slower at each, by --slowdown
for every further one. It gives the fewest operators with whom the target holds, how they
do, and the curve around them: what one fewer would cost. With one chat at a time it is
Erlang's model C, or A with --patience.`
}

// staffed is the answer.
type staffed struct {
	staffing.Measures
	Model      string           `json:"model"`
	Definition string           `json:"definition"` // of service_level
	Scheduled  int              `json:"scheduled"`  // with shrinkage
	Reached    bool             `json:"reached"`    // every target holds
	Curve      []staffing.Point `json:"curve,omitempty"`
	Simulated  *steady          `json:"simulated,omitempty"`
}

// Run finds and measures a crew.
func (c *staffingCommand) Run(a *app) error {
	s, target, err := c.read()
	if err != nil {
		return err
	}
	var crew measurer = modelCrew{s}
	if c.Model == "simulate" {
		crew = &simulatedCrew{s: s, chats: c.Chats, seed: c.Seed}
	}
	answer := staffed{Model: c.Model, Definition: c.Definition}
	if c.Operators == nil {
		if s.Operators, err = crew.require(target); err != nil {
			return err
		}
	}
	if answer.Measures, answer.Simulated, err = crew.measure(s.Operators, target); err != nil {
		return err
	}
	if answer.Simulated == nil && s.Operators > 0 {
		if answer.Curve, err = s.Curve(target); err != nil {
			return err
		}
	}
	answer.Reached = answer.Reaches(target)
	answer.ServiceLevel = answer.Level(target.Of)
	for i := range answer.Curve {
		answer.Curve[i].ServiceLevel = answer.Curve[i].Level(target.Of)
	}
	answer.Scheduled = staffing.Schedule(s.Operators, c.Shrinkage)
	if c.JSON {
		return writeJSON(a.stdout, answer)
	}
	return answer.print(a.stdout, target)
}

// read returns what the flags ask for.
func (c *staffingCommand) read() (s staffing.System, t staffing.Target, err error) {
	perHour, err := parseRate(c.Arrivals)
	if err != nil {
		return s, t, fmt.Errorf("--arrivals: %w", err)
	}
	level, err := parseServiceLevel(c.Target)
	if err != nil {
		return s, t, fmt.Errorf("--target: %w", err)
	}
	if !(c.Shrinkage >= 0 && c.Shrinkage < 1) {
		return s, t, fmt.Errorf("--shrinkage: a shrinkage of %v is not possible: expected a share from 0 to below 1", c.Shrinkage)
	}
	if c.Chats < leastChats || c.Chats > mostChats {
		return s, t, fmt.Errorf("--chats: %d is not possible: expected %d to %d", c.Chats, leastChats, mostChats)
	}
	s = staffing.System{
		Arrivals: perHour, AHT: c.AHT, Concurrency: c.Concurrency, Slowdown: c.Slowdown, Patience: c.Patience,
		Trainees: c.Trainees, TraineeShare: c.TraineeShare, Model: staffing.Model(c.Model),
	}
	if c.Model == "simulate" {
		s.Model = staffing.ModelExact
	}
	if c.Operators != nil {
		s.Operators = *c.Operators
	}
	return s, staffing.Target{
		ServiceLevel: level, Of: staffing.Definition(c.Definition), MaxOccupancy: c.Occupancy, MaxAbandonment: c.MaxAbandonment,
		MaxWait: calendars.Duration{Duration: c.MaxWait}, MinOperators: c.MinOperators,
	}, nil
}

// definitions say what a service level is a share of.
var definitions = map[staffing.Definition]string{
	staffing.OfArrivals: "of all arrivals", staffing.OfAnswered: "of those answered",
	staffing.OfPatient: "of those who would wait", staffing.OfStaying: "of those who stay so long",
}

func (r staffed) print(w io.Writer, target staffing.Target) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "operators\t%d\nscheduled, with shrinkage\t%d\n", r.Operators, r.Scheduled)
	fmt.Fprintf(t, "answered within %s, %s\t%.2f %%\nhave to wait\t%.2f %%\nmean wait\t%.1f s\n",
		target.Within, definitions[target.Of], 100*r.ServiceLevel, 100*r.PWait, r.MeanWait)
	if r.Simulated == nil {
		fmt.Fprintf(t, "nine of ten wait at most\t%.1f s\n", r.WaitP90)
	}
	fmt.Fprintf(t, "leave unanswered\t%.2f %%\noccupancy\t%.2f %%\n", 100*r.Abandonment, 100*r.Occupancy)
	fmt.Fprintf(t, "mean session\t%.0f s\nchats per busy operator\t%.2f\n", r.MeanSession, r.PerBusy)
	if r.Simulated != nil {
		fmt.Fprintf(t, "simulated\t%d chats; with 99 %% confidence %.2f to %.2f %% in time\n", r.Simulated.Chats, 100*r.Simulated.ServiceLevel.Low, 100*r.Simulated.ServiceLevel.High)
	}
	if len(r.Curve) > 0 {
		fmt.Fprintln(t, "\noperators\tin time\tlate an hour\tleave an hour\toccupancy")
	}
	for _, p := range r.Curve {
		if p.Unstable {
			fmt.Fprintf(t, "%d\tunstable: the queue would grow for ever\n", p.Operators)
			continue
		}
		fmt.Fprintf(t, "%d\t%.2f %%\t%.2f\t%.2f\t%.2f %%\n", p.Operators, 100*p.ServiceLevel, p.Late, p.Abandoned, 100*p.Occupancy)
	}
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
	switch {
	case !ok || err != nil || errTime != nil || limit < 0:
		return roster.ServiceLevel{}, fmt.Errorf("%q is not a service level: expected a form such as 80/60s", text)
	case !(n > 1 && n < 100):
		return roster.ServiceLevel{}, fmt.Errorf("a service level of %s %% is not possible: expected above 1 and below 100, as 80/60s", percent)
	}
	return roster.ServiceLevel{Share: n / 100, Within: calendars.Duration{Duration: limit}}, nil
}
