package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/roster"
)

// show prints what the demo did.
func (d *demo) show(ctx context.Context) error {
	w := d.a.stdout
	fmt.Fprintf(w, "\n%s, %s to %s: %d operators, all data synthetic\n\n", d.team.Name, d.first, d.first.AddDays(7*demoWeeks-1), len(d.team.Operators))
	fmt.Fprintf(w, "forecast by %s; error on the four weeks held back:\n", d.made.Model)
	for _, q := range d.made.Queues {
		fmt.Fprintf(w, "  %-12s WAPE %4.1f %%   bias %+.1f %%\n", q.Queue, 100*q.Accuracy.WAPE, 100*q.Accuracy.Bias)
	}
	p := roster.Problem{Team: d.team, Demand: d.demand.Demand}
	verdict := roster.Judge(p, d.roster.Assignments)
	fmt.Fprintf(w, "\nrequired and rostered operators on the first Monday to Wednesday, by hour (Moscow):\n")
	picture(w, p, verdict.Coverage, 3)
	required, hard := d.demand.Demand.OperatorIntervals(), 0
	for _, b := range verdict.Breaches {
		if b.Hard {
			hard++
		}
	}
	fmt.Fprintf(w, "\n%d shifts cover %.2f %% of %d required operator-hours; %s\n", len(d.roster.Assignments), 100*verdict.Coverage.Share(), required, breachCount(hard).English)
	if d.beyond != nil { // of a roster made just now
		fmt.Fprintln(w, aboveBest(d.above, d.beyond).English)
	}
	causes(w, roster.Explain(p, d.roster.Assignments), d.team)
	if err := d.certificate(ctx); err != nil {
		return err
	}
	return d.secrets(ctx)
}

// certificate simulates the roster and prints how chats fare.
func (d *demo) certificate(ctx context.Context) error {
	const runs = 50
	c, err := api.CertifyRoster(ctx, d.st, d.roster.ID, api.WhatIf{Runs: runs, Seed: d.c.Seed, Arrivals: 1})
	if err != nil {
		return err
	}
	fmt.Fprintf(d.a.stdout, "\ncertificate, every chat simulated: ")
	return printCertificate(teller{d.a.stdout, english}, d.team, c)
}

// causes prints where operators are missing, longest first, and why.
func causes(w io.Writer, all []roster.Cause, team roster.Team) {
	if len(all) == 0 {
		fmt.Fprintln(w, "every hour is covered")
		return
	}
	slices.SortStableFunc(all, func(a, b roster.Cause) int { return int(1000 * (b.Missing - a.Missing)) })
	fmt.Fprintf(w, "%s uncovered; the worst:\n", plural(len(all), "hour"))
	const most = 5
	for _, c := range all[:min(most, len(all))] {
		fmt.Fprintf(w, "  %s  %-12s %s\n", c.Interval.Start.In(team.Zone.Location()).Format("Mon 2 Jan 15:04"), c.Queue, c.Sentence.English)
	}
}

// picture draws a few days: one row per queue and day, one column per hour;
// the digit is what is required, marked where less is rostered.
func picture(w io.Writer, p roster.Problem, c roster.Coverage, days int) {
	fmt.Fprintf(w, "  %-12s %-10s %s\n", "", "", "00    03    06    09    12    15    18    21")
	for _, q := range c.Queues {
		for day := range days {
			var required, rostered strings.Builder
			for hour := range 24 {
				i := day*24 + hour
				if i >= len(q.Required) {
					break
				}
				fmt.Fprintf(&required, "%-2s", digit(float64(q.Required[i])))
				mark := ""
				if q.Missing[i] > 0 {
					mark = "!"
				}
				fmt.Fprintf(&rostered, "%-2s", digit(q.Rostered[i])+mark)
			}
			date := p.Demand.Grid.At(day * 24).In(p.Team.Zone.Location()).Format("Mon 2 Jan")
			fmt.Fprintf(w, "  %-12s %-10s %s\n  %-12s %-10s %s\n", q.Queue, date, required.String(), "", "rostered", rostered.String())
		}
	}
}

// digit writes a count in one place: nothing for 0, + above 9.
func digit(n float64) string {
	switch {
	case n <= 0:
		return "."
	case n > 9.5:
		return "+"
	}
	return fmt.Sprintf("%.0f", n)
}

// demoFeed names the feeds that the demo makes anew at each start, because
// addresses are stored nowhere.
const demoFeed = "demo"

// secrets makes the admin token and three feeds for this start.
func (d *demo) secrets(ctx context.Context) error {
	var err error
	if d.token, err = api.NewToken(ctx, d.st, demoFeed, d.a.now()); err != nil {
		return err
	}
	for _, i := range []int{0, 14, 18} { // Moscow, Vladivostok, Manila
		o := d.team.Operators[min(i, len(d.team.Operators)-1)]
		if err := revoke(ctx, d.st, o.ID); err != nil {
			return err
		}
		secret, _, err := api.NewFeed(ctx, d.st, o.ID, demoFeed, d.a.now())
		if err != nil {
			return err
		}
		d.feeds = append(d.feeds, demoLink{fmt.Sprintf("%s (%s)", o.Name, o.Zone), secret})
	}
	return nil
}

// demoLink is a feed to print.
type demoLink struct{ whose, secret string }

// revoke ends the operator's feeds of earlier starts.
func revoke(ctx context.Context, st *store.Store, operator roster.ID) error {
	feeds, err := st.Feeds(ctx, operator)
	if err != nil {
		return err
	}
	for _, f := range feeds {
		if f.Name == demoFeed && !f.Revoked {
			if err := st.RevokeFeed(ctx, f.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// links prints the addresses, secrets included.
func (d *demo) links(address string) {
	w := d.a.stdout
	fmt.Fprintf(w, "\ncalendars to subscribe to:\n")
	for _, f := range d.feeds {
		fmt.Fprintf(w, "  %-34s %s/f/%s.ics\n", f.whose, address, f.secret)
	}
	fmt.Fprintf(w, "admin: %s/docs, token %s (good until the next start)\n", address, d.token)
	fmt.Fprintf(w, "  curl -H 'Authorization: Bearer %s' %s/api/v1/teams/%d/rosters\n", d.token, address, d.team.ID)
}
