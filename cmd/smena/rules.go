package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/smena-wfm/smena/roster"
)

type rulesCommand struct {
	Country string `arg:"" optional:"" help:"Country, ISO 3166-1 alpha-2 such as BG; EU is the directive." placeholder:"COUNTRY"`
	Table   bool   `help:"Compare all packs, a row for each rule."`
	Counts  bool   `help:"Explain what rules of a team file can count."`
	JSON    bool   `help:"Print JSON."`
}

// Help is the example of the verb.
func (rulesCommand) Help() string {
	return `Example:
  smena rules BG
  smena rules --table
  smena rules --counts

A pack is working-time law as data: each rule with its article, how it is known, and whether
rosters are judged by it yet. It protects employees who work in the country. It is no legal
advice: have it reviewed before you rely on it.`
}

// Run prints one pack, all of them, or their comparison.
func (c *rulesCommand) Run(a *app) error {
	if c.Counts {
		return c.counts(a)
	}
	laws := roster.Laws()
	if c.Country != "" {
		law, known := roster.LawOf(c.Country)
		if !known {
			var countries []string
			for _, l := range laws {
				countries = append(countries, l.Country)
			}
			return fmt.Errorf("there is no pack of %q: expected one of %s, or a member of the European Union", c.Country, strings.Join(countries, ", "))
		}
		laws = []roster.Law{law}
	}
	if c.JSON {
		return writeJSON(a.stdout, laws)
	}
	if c.Table || c.Country == "" {
		return compareLaws(a.stdout, laws)
	}
	return printLaw(a.stdout, laws[0])
}

// counts explains what a rule can count.
func (c *rulesCommand) counts(a *app) error {
	counts := roster.Counts()
	if c.JSON {
		return writeJSON(a.stdout, counts)
	}
	t := tabwriter.NewWriter(a.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "count\tunit\tper run\t")
	for _, one := range counts {
		runs := "-"
		if one.Runs {
			runs = "yes"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", one.Name, one.Unit, runs, one.Doc)
	}
	return t.Flush()
}

// printLaw prints a pack, a rule to a line.
func printLaw(w io.Writer, l roster.Law) error {
	fmt.Fprintf(w, "%s  %s\n", l.Country, l.Name.English)
	fmt.Fprintf(w, "    %s; in force since %s; for %s contracts; %s\n", l.Source, l.ValidFrom, strings.Join(l.Scope, ", "), l.Review)
	if l.Basis != "" {
		fmt.Fprintf(w, "    by %s\n", l.Basis)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\nrule\tvalue\tarticle\tknown\tjudged\tnote")
	if n := l.Night; n != nil {
		fmt.Fprintf(t, "night\t%s to %s\t%s\t%s\tyes\t%s\n", n.From, n.To, n.Article, n.Evidence, n.Note)
	}
	if c := l.Conversion; c != nil {
		fmt.Fprintf(t, "converted hours\tnight x %d/%d\t%s\t%s\tyes\t%s\n", c.Times, c.Over, c.Article, c.Evidence, c.Note)
	}
	for _, r := range l.Rules {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", r.Rule, said(r), r.Article, r.Evidence, yes(r.Judged), r.Note)
	}
	for _, p := range l.Pay {
		fmt.Fprintf(t, "%s pay\t%s\t%s\t%s\tin cost\t%s\n", p.For, saidPay(p), p.Article, p.Evidence, p.Note)
	}
	return t.Flush()
}

// said is the value of a rule with its bound.
func said(r roster.LawRule) string {
	text := r.Value
	switch r.Bound {
	case "least":
		text = ">= " + text
	case "most":
		text = "<= " + text
	}
	if r.Per != "" {
		text += " per " + r.Per
	}
	return text
}

// saidPay is a premium, and of what.
func saidPay(p roster.PayRule) string {
	text := fmt.Sprintf("+%.0f %%", 100*p.Premium)
	if p.First.Duration > 0 {
		text += fmt.Sprintf(" of the first %s", p.First)
	}
	if p.Above.Duration > 0 {
		text += fmt.Sprintf(" above %s a week", p.Above)
	}
	return text
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "not yet"
}

// compareLaws prints a row for each rule and a column for each pack.
func compareLaws(w io.Writer, laws []roster.Law) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	var rules []string
	fmt.Fprint(t, "rule")
	for _, l := range laws {
		fmt.Fprint(t, "\t", l.Country)
		for _, r := range l.Rules {
			if !slices.Contains(rules, r.Rule) {
				rules = append(rules, r.Rule)
			}
		}
	}
	fmt.Fprint(t, "\nnight")
	for _, l := range laws {
		night := "-"
		if l.Night != nil {
			night = fmt.Sprintf("%s-%s", l.Night.From, l.Night.To)
		}
		fmt.Fprint(t, "\t", night)
	}
	fmt.Fprintln(t)
	for _, rule := range rules {
		fmt.Fprint(t, rule)
		for _, l := range laws {
			cell := "-"
			if i := slices.IndexFunc(l.Rules, func(r roster.LawRule) bool { return r.Rule == rule }); i >= 0 {
				cell = l.Rules[i].Value
				if !l.Rules[i].Judged {
					cell += " *"
				}
			}
			fmt.Fprint(t, "\t", cell)
		}
		fmt.Fprintln(t)
	}
	fmt.Fprintln(t, "\n* listed, not judged yet")
	return t.Flush()
}
