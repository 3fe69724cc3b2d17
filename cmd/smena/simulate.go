package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/simulate"
)

type simulateCommand struct {
	Plan     string   `help:"Folder with the results of smena plan." required:"" placeholder:"DIR"`
	Runs     int      `help:"Times to simulate the whole horizon." default:"100"`
	Seed     uint64   `help:"Seed of the simulation." default:"1"`
	Arrivals float64  `help:"What if so many times as many chats came." default:"1" placeholder:"FACTOR"`
	Blended  bool     `help:"What if operators answered every queue that they have the skill for, all the time, instead of one in each interval."`
	Without  []string `help:"What if this operator were away; may be repeated." placeholder:"NAME" sep:"none"`
	Language string   `help:"Of the certificate: en, ru or bg." enum:"en,ru,bg" default:"en"`
	JSON     bool     `help:"Print the certificate as JSON, with every interval."`
}

// Help is the example of the verb.
func (simulateCommand) Help() string {
	return `Example:
  smena simulate --plan plan --runs 200
  smena simulate --plan plan --arrivals 1.2 --without "Elena Sokolova"

It lets chats come as the forecast draws them, one by one, to the operators of the roster,
with all that keeps them away, and says how they fare: the certificate of the roster.`
}

// mostRuns bounds the memory that they take.
const mostRuns = 5000

// Run certifies a plan.
func (c *simulateCommand) Run(a *app) error {
	if c.Runs < 2 || c.Runs > mostRuns {
		return fmt.Errorf("--runs: %d is not possible: expected 2 to %d", c.Runs, mostRuns)
	}
	const mostFactor = 100
	if !(c.Arrivals >= 0 && c.Arrivals <= mostFactor) {
		return fmt.Errorf("--arrivals: a factor of %v is not possible: expected 0 to %d", c.Arrivals, mostFactor)
	}
	p, forecasts, err := readPlan(c.Plan)
	if err != nil {
		return err
	}
	what := api.WhatIf{Runs: c.Runs, Seed: c.Seed, Arrivals: c.Arrivals, Blended: c.Blended}
	for _, name := range c.Without {
		i, err := p.team.OperatorNamed(name)
		if err != nil {
			return fmt.Errorf("--without: %s: %w", c.Plan, err)
		}
		what.Without = append(what.Without, p.team.Operators[i].ID)
	}
	progress := newProgress(a, "simulation")
	certificate, err := api.Certify(a.ctx, p.problem, p.result.Assignments, forecasts, what, func(done int) { progress.say(fmt.Sprintf("%d of %d", done, c.Runs)) })
	progress.end()
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(a.stdout, certificate)
	}
	return printCertificate(teller{a.stdout, c.Language}, p.team, certificate)
}

// printCertificate says the most important for people.
func printCertificate(to teller, team roster.Team, c api.Certificate) error {
	to.line(roster.Text{English: "%s\n", Russian: "%s\n", Bulgarian: "%s\n"}, c.Sentence)
	t := tabwriter.NewWriter(to.w, 0, 0, 2, ' ', 0)
	in := teller{t, to.language}
	in.line(roster.Text{
		English:   "queue\tchats\ttarget\tin time\tby the model\tleave\tmean wait\tintervals that reach it\tworst interval",
		Russian:   "очередь\tчатов\tцель\tв срок\tпо модели\tуходят\tсреднее ожидание\tинтервалы, где она достигнута\tхудший интервал",
		Bulgarian: "опашка\tчатове\tцел\tв срок\tпо модела\tотказват се\tсредно чакане\tинтервали, в които е постигната\tнай-лош интервал",
	})
	for i, q := range c.Queues {
		level := q.Overall.ServiceLevel
		in.line(roster.Text{
			English:   "%s\t%.0f\t%.0f %% in %s\t%.1f %% (%.1f to %.1f)\t%.1f %%\t%.1f %%\t%.0f s\t%s\t%s",
			Russian:   "%s\t%.0f\t%.0f %% за %s\t%.1f %% (%.1f – %.1f)\t%.1f %%\t%.1f %%\t%.0f с\t%s\t%s",
			Bulgarian: "%s\t%.0f\t%.0f %% до %s\t%.1f %% (%.1f – %.1f)\t%.1f %%\t%.1f %%\t%.0f с\t%s\t%s",
		}, q.Queue, q.Overall.Chats, 100*q.Target.Share, roster.Within(q.Target.Within), 100*level.Mean, 100*level.Low, 100*level.High,
			100*c.Promised[i].ServiceLevel, 100*q.Overall.Abandonment.Mean, q.Overall.MeanWait.Mean, reached(q), worstOf(q, team))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	to.line(roster.Text{
		English:   "\noccupancy %.1f %%; %.1f operator-hours of finishing chats after a shift; %d runs, seed %d, 95 %% intervals",
		Russian:   "\nзагрузка %.1f %%; %.1f чел.-ч на завершение чатов после смены; прогонов: %d, seed %d, интервалы 95 %%",
		Bulgarian: "\nзаетост %.1f %%; %.1f човекочаса за довършване на чатове след смяната; симулации: %d, seed %d, интервали 95 %%",
	}, 100*c.Occupancy.Mean, c.Overtime.Mean, c.Runs, c.Seed)
	return nil
}

// reached says how many intervals reach the target.
func reached(q simulate.QueueCertificate) roster.Text {
	if q.Told == 0 {
		return roster.Text{English: "too few chats to tell", Russian: "слишком мало чатов, чтобы судить", Bulgarian: "твърде малко чатове за преценка"}
	}
	return roster.Text{English: "%.1f %% of %d", Russian: "%.1f %% из %d", Bulgarian: "%.1f %% от %d"}.With(100*q.Met, q.Told)
}

// worstOf says in which interval of the team's clock the target is missed most.
func worstOf(q simulate.QueueCertificate, team roster.Team) roster.Text {
	if q.Worst == nil {
		return roster.Text{English: "-", Russian: "-", Bulgarian: "-"}
	}
	start := q.Worst.Start
	when := roster.OnClock(calendars.Interval{Start: start, End: start.Add(team.Interval.Duration)}, team.Zone)
	return roster.Text{English: "%s, %.0f %%", Russian: "%s, %.0f %%", Bulgarian: "%s, %.0f %%"}.With(when, 100*q.Worst.ServiceLevel.Mean)
}
