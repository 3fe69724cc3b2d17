package roster

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Law is the working-time law of a country as data. It holds for employees
// who habitually work there (Rome I, Art. 8); genuine freelancers are outside
// it, and have their contract alone. It is no legal advice: every rule says
// how its number is known, and whether rosters are judged by it yet.
type Law struct {
	Country    string        `json:"country" doc:"ISO 3166-1 alpha-2, or EU for the directive."`
	Name       Text          `json:"name"`
	Zones      string        `json:"zones,omitempty"`
	Basis      string        `json:"basis,omitempty"`
	ValidFrom  calendars.Day `json:"valid_from" doc:"Since when the law has been in force; its rules may be younger."`
	Source     string        `json:"source" doc:"Where it was published."`
	Review     string        `json:"review" doc:"Who has reviewed the pack."`
	Scope      []string      `json:"scope" doc:"Kinds of contract that it protects."`
	Night      *LegalNight   `json:"night,omitempty"`
	Conversion *Conversion   `json:"conversion,omitempty"`
	Rules      []LawRule     `json:"rules"`
	Pay        []PayRule     `json:"pay"`
	Vectors    []LawVector   `json:"vectors" doc:"Rosters and what they break of it: tests of the pack."`

	bounds map[string]Limit // of the judged rules
}

// LawVector is a roster of one employee and the amounts of the hard rules that
// it breaks.
type LawVector struct {
	Name   string           `json:"name"`
	Zone   calendars.Zone   `json:"zone"`
	Shifts []string         `json:"shifts" doc:"Start and end on the clocks of the zone, such as 2026-03-10 15:00/2026-03-10 23:00."`
	Broken map[string]int64 `json:"broken"`
}

// LegalNight is the hours that count as night, on the operator's clock.
type LegalNight struct {
	From     calendars.WallTime `json:"from"`
	To       calendars.WallTime `json:"to"`
	Shift    calendars.Duration `json:"shift,omitempty" doc:"How much of it makes a shift a night shift; 3h if left out."`
	Article  string             `json:"article,omitempty"`
	Evidence string             `json:"evidence,omitempty"`
	Note     string             `json:"note,omitempty"`
}

// Conversion makes night hours count for more: times/over of shifts with at
// least so much night.
type Conversion struct {
	FromNight calendars.Duration `json:"from_night"`
	Times     int64              `json:"times"`
	Over      int64              `json:"over"`
	Article   string             `json:"article"`
	Evidence  string             `json:"evidence"`
	Note      string             `json:"note,omitempty"`
}

// LawRule is one rule of a law. Of a rule that is judged, Value is a time such
// as 11h, unless it says what it counts or which breaks it asks for.
type LawRule struct {
	Rule     string     `json:"rule"`
	Bound    string     `json:"bound"` // least, most or none
	Value    string     `json:"value"`
	Per      string     `json:"per,omitempty"`
	Article  string     `json:"article,omitempty"`
	Evidence string     `json:"evidence"` // read at a source, known but not read again, uncertain, or a company default
	Judged   bool       `json:"judged,omitempty"`
	Weeks    int        `json:"weeks,omitempty"`  // of the averaging period, where there is one
	Counts   *Rule      `json:"counts,omitempty"` // what is counted, of a rule that is judged so
	Breaks   *BreakRule `json:"breaks,omitempty"`
	Note     string     `json:"note,omitempty"`
}

// Cited is the article with the name of the law: what a breach names.
func (l Law) Cited(article string) Text {
	if article == "" {
		return companySays
	}
	cited := func(name, art, section, regulation string) string {
		return name + ", " + strings.NewReplacer("Art. ", art, "s. ", section, "reg. ", regulation).Replace(article)
	}
	return Text{l.Name.English + ", " + article, cited(l.Name.Russian, "ст. ", "§ ", "правило "), cited(l.Name.Bulgarian, "чл. ", "§ ", "правило ")}
}

//go:embed laws/*.json
var lawFiles embed.FS

// laws are read once; they are part of the program, so that a fault in them is ours.
var laws = sync.OnceValue(func() map[string]Law {
	all := map[string]Law{}
	files, err := lawFiles.ReadDir("laws")
	if err != nil {
		panic("roster: " + err.Error())
	}
	for _, f := range files {
		text, err := lawFiles.ReadFile("laws/" + f.Name())
		if err != nil {
			panic("roster: " + err.Error())
		}
		var law Law
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&law); err != nil {
			panic("roster: " + f.Name() + ": " + err.Error())
		}
		law.bounds = law.judged()
		all[law.Country] = law
	}
	for _, country := range strings.Fields(members) {
		if _, own := all[country]; !own {
			all[country] = all[union]
		}
	}
	return all
})

// judged understands the values of the judged rules.
func (l Law) judged() map[string]Limit {
	bounds := map[string]Limit{}
	for _, r := range l.Rules {
		if !r.Judged || r.Counts != nil || r.Breaks != nil {
			continue
		}
		value, err := time.ParseDuration(r.Value)
		if err != nil || value <= 0 {
			panic(fmt.Sprintf("roster: law of %s: %s: %q is not a time", l.Country, r.Rule, r.Value))
		}
		bounds[r.Rule] = Limit{int64(value / time.Minute), l.Cited(r.Article), r.Weeks}
	}
	return bounds
}

// union is the pack of members without one of their own.
const union = "EU"

// members are the countries of the European Union, ISO 3166-1 alpha-2.
const members = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"

// LawOf returns the law of a country, ISO 3166-1 alpha-2: its own pack, or the
// directive for members of the Union without one.
func LawOf(country string) (Law, bool) {
	law, known := laws()[strings.ToUpper(country)]
	return law, known
}

// Laws returns every pack, by country.
func Laws() []Law {
	var all []Law
	for country, law := range laws() {
		if country == law.Country {
			all = append(all, law)
		}
	}
	slices.SortFunc(all, func(a, b Law) int { return strings.Compare(a.Country, b.Country) })
	return all
}
