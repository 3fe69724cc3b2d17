package roster

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/smena-wfm/smena/calendars"
)

// Rule bounds a count of something in an operator's row over windows of time.
// With few kinds of count it says most of what contracts, companies and wishes
// ask for; the package comment has the table. Days, weeks and months are the
// operator's own, and a shift belongs to the day on which it starts.
type Rule struct {
	Name       string              `json:"name,omitempty" maxLength:"100" doc:"What people call it, in sentences; what is counted if left out."`
	Count      string              `json:"count" enum:"shifts,days,days-off,weekends,weekends-off,minutes,minutes-off,shift-templates,start-spread,active,gap,sequence,succession" doc:"What is counted; smena rules --counts explains each."`
	Templates  []string            `json:"shift_templates,omitempty" nullable:"false" doc:"Only shifts of these templates, by name or kind."`
	Weekdays   []calendars.Weekday `json:"weekdays,omitempty" nullable:"false" doc:"Only shifts that start on these days."`
	During     string              `json:"during,omitempty" enum:"night,weekend,sunday,holiday" doc:"Only night shifts, or shifts that touch such days; of minutes, the part within."`
	Sequence   []string            `json:"sequence,omitempty" nullable:"false" doc:"Of sequence, succession and gap: one step per day or shift, each a template or kind, several with | between them, or off, work, any."`
	Per        string              `json:"per,omitempty" doc:"The window: horizon (if left out), day, week, month, quarter, year, any so many days on end such as 14d, or run for whatever is without interruption. Of sequence and succession, left out, each by itself."`
	Stretch    bool                `json:"stretch,omitempty" doc:"Count the longest stretch without interruption within the window: two days off on end in every week."`
	Least      *int64              `json:"least,omitempty" minimum:"0" doc:"At least so many in each window of which all is known."`
	Most       *int64              `json:"most,omitempty" minimum:"0"`
	FromNights int64               `json:"from_nights,omitempty" minimum:"0" doc:"Binds only windows with at least so many night shifts: who has them works at night by habit."`
	Weight     int64               `json:"weight,omitempty" minimum:"0" maximum:"1000000" doc:"Makes the rule soft: what one too many or too few costs, in minutes of an operator who is there for nothing."`
	Contracts  []string            `json:"contracts,omitempty" nullable:"false" doc:"Only operators with contracts of these kinds."`
	Operators  []string            `json:"operators,omitempty" nullable:"false" doc:"Only these operators, by name."`
}

// What can be counted.
const (
	CountShifts     = "shifts"
	CountDays       = "days"
	CountDaysOff    = "days-off"
	CountWeekends   = "weekends"
	CountFreeEnds   = "weekends-off"
	CountMinutes    = "minutes"
	CountMinutesOff = "minutes-off"
	CountTemplates  = "shift-templates"
	CountSpread     = "start-spread"
	CountActive     = "active"
	CountGap        = "gap"
	CountSequence   = "sequence"
	CountSuccession = "succession"
)

// Count is a thing that rules can bound.
type Count struct {
	Name string `json:"name"`
	Unit string `json:"unit"`
	Runs bool   `json:"runs"` // can be counted without interruption
	Says Text   `json:"says"`
	Doc  string `json:"doc"`
}

// Counts lists what can be counted.
func Counts() []Count { return slices.Clone(countKinds) }

var countKinds = []Count{
	{CountShifts, "shifts", true, Text{"shifts", "смены", "смени"}, "Shifts that start in the window; in a run, days on end on which one starts."},
	{CountDays, "days", true, Text{"days worked", "рабочие дни", "работни дни"}, "Days on which a shift starts."},
	{CountDaysOff, "days", true, Text{"days off", "выходные дни", "почивни дни"}, "Days on which none starts."},
	{CountWeekends, "weekends", true, Text{"weekends worked", "рабочие выходные", "работни уикенди"}, "Weekends on whose Saturday or Sunday one starts."},
	{CountFreeEnds, "weekends", true, Text{"weekends off", "свободные выходные", "свободни уикенди"}, "Weekends on which none starts, neither on Saturday nor on Sunday."},
	{CountMinutes, "minutes", false, Text{"time worked", "рабочее время", "работно време"}, "Counted minutes: night hours converted where the law does."},
	{CountMinutesOff, "minutes", false, Text{"longest free time", "самый длинный отдых", "най-дългата почивка"}, "The longest unbroken time without a shift within the window."},
	{CountTemplates, "shift templates", false, Text{"kinds of shift", "виды смен", "видове смени"}, "Different shift templates."},
	{CountSpread, "minutes", false, Text{"spread of starts", "разброс начала смен", "разлика в началата"}, "Minutes between the earliest and the latest start by the clock."},
	{CountActive, "operators", false, Text{"works at all", "работает", "работи"}, "1 for somebody with a shift: what it costs to call them in."},
	{CountGap, "minutes", false, Text{"time between shifts", "время между сменами", "време между смени"}, "Minutes between two shifts, one after the other; a sequence of two says which."},
	{CountSequence, "times", false, Text{"sequence of days", "последовательность дней", "последователност от дни"}, "Days one after another that look like the sequence."},
	{CountSuccession, "times", false, Text{"sequence of shifts", "последовательность смен", "последователност от смени"}, "Shifts one after another that look like the sequence, whatever lies between them; per day, all on one day."},
}

func countOf(name string) (Count, bool) {
	i := slices.IndexFunc(countKinds, func(c Count) bool { return c.Name == name })
	if i < 0 {
		return Count{}, false
	}
	return countKinds[i], true
}

// Windows that a rule can count over, beside so many days such as 14d.
const (
	PerHorizon = "horizon"
	PerDay     = "day"
	PerWeek    = "week"
	PerMonth   = "month"
	PerQuarter = "quarter"
	PerYear    = "year"
	PerRun     = "run"
)

var windowNames = []string{PerHorizon, PerDay, PerWeek, PerMonth, PerQuarter, PerYear, PerRun}

// Parts of time that a rule can be about.
const (
	DuringNight   = "night"
	DuringWeekend = "weekend"
	DuringSunday  = "sunday"
	DuringHoliday = "holiday"
)

var duringSays = map[string]Text{
	DuringNight: {"night", "ночь", "нощ"}, DuringWeekend: {"weekend", "выходные", "уикенд"},
	DuringSunday: {"Sunday", "воскресенье", "неделя"}, DuringHoliday: {"holiday", "праздник", "празник"},
}

// Steps of a sequence that are no template.
const (
	StepOff  = "off"
	StepWork = "work"
	StepAny  = "any"
)

// longestWindow bounds what a rule can look back.
const longestWindow = 366 // days

// rolling is the days of a window such as 14d; 0 for any other.
func (b Rule) rolling() int {
	days, isDays := strings.CutSuffix(b.Per, "d")
	n, err := strconv.Atoi(days)
	if !isDays || err != nil || n < 1 {
		return 0
	}
	return n
}

// memory is how many days back the rule looks.
func (b Rule) memory() int {
	if b.Per == PerRun {
		return 31 + week
	}
	return max(b.Window(), len(b.Sequence))
}

// Window is how many days a window of the rule has at most; 0 if that is not
// fixed: the horizon, a run, or no window.
func (b Rule) Window() int {
	longest := map[string]int{PerDay: 1, PerWeek: week, PerMonth: 31, PerQuarter: 92, PerYear: longestWindow}
	return max(longest[b.Per], b.rolling())
}

// check returns every fault of the rule, joined.
func (b Rule) check(t Team) error {
	kind, known := countOf(b.Count)
	stepped := b.Count == CountSequence || b.Count == CountSuccession
	faults := []error{
		expect(known, "count: %q is not possible: expected one of %s", b.Count, countNames()),
		expect(b.Per == "" || slices.Contains(windowNames, b.Per) || b.rolling() > 0 && b.rolling() <= longestWindow,
			"per: %q is not possible: expected one of %s or so many days, up to 366d", b.Per, strings.Join(windowNames, ", ")),
		expect(b.Per != PerRun || kind.Runs, "per: run: %s do not run on: expected shifts, days, days-off, weekends or weekends-off", b.Count),
		expect(!b.Stretch || kind.Runs && b.Per != PerRun, "stretch: expected shifts, days, days-off, weekends or weekends-off in a window"),
		expect(b.Least != nil || b.Most != nil, "expected least or most"),
		expect(b.Least == nil || *b.Least >= 0, "least: expected 0 or more"),
		expect(b.Most == nil || *b.Most >= 0, "most: expected 0 or more"),
		expect(b.Least == nil || b.Most == nil || *b.Least <= *b.Most, "least: expected at most what is in most"),
		expect(b.FromNights >= 0 && (b.FromNights == 0 || b.Per != PerRun && b.Count != CountGap && b.Count != CountSuccession), "from_nights: expected 0 or more, with windows of days"),
		expect(b.Weight >= 0 && b.Weight <= 1_000_000, "weight: %d is not possible: expected 0 to 1000000", b.Weight),
		expect(b.During == "" || duringSays[b.During] != Text{}, "during: %q is not possible: expected night, weekend, sunday or holiday", b.During),
		expect(!stepped || len(b.Sequence) > 0, "sequence: expected at least one step"),
		expect(b.Count != CountGap || len(b.Sequence) == 0 || len(b.Sequence) == 2, "sequence: expected two steps"),
		expect(stepped || b.Count == CountGap || len(b.Sequence) == 0, "sequence: expected none with %s", b.Count),
		expect(b.Per == "" || b.Count != CountGap, "per: expected none with gap"),
		expect(b.Count != CountSuccession || b.Per == "" || b.Per == PerDay, "per: %q is not possible with succession: expected day, or none", b.Per),
		within("shift_templates", t.names(b.Templates)),
	}
	for i, step := range b.Sequence {
		faults = append(faults, within(fmt.Sprintf("sequence[%d]", i), t.names(Steps(step), StepOff, StepWork, StepAny)))
	}
	for _, c := range b.Contracts {
		faults = append(faults, expect(slices.Contains(contractKinds, c), "contracts: %q is not possible: expected one of %v", c, contractKinds))
	}
	for _, name := range b.Operators {
		_, err := t.OperatorNamed(name)
		faults = append(faults, within("operators", err))
	}
	return errors.Join(faults...)
}

const stepOr = "|"

func countNames() string {
	var names []string
	for _, c := range countKinds {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// names says which names are neither a template, nor a kind, nor one of others.
func (t Team) names(names []string, others ...string) error {
	for _, name := range names {
		known := slices.ContainsFunc(t.Templates, func(s Template) bool { return name != "" && (s.Name == name || s.Kind == name) })
		if !known && !slices.Contains(others, name) {
			return fmt.Errorf("no shift template or kind %q: expected a name out of shift_templates%s", name, orOne(others))
		}
	}
	return nil
}

func orOne(others []string) string {
	if len(others) == 0 {
		return ""
	}
	return ", or " + strings.Join(others, ", ")
}

// bounded is a rule of one operator and who sets it.
type bounded struct {
	Rule
	kind    Count
	steps   [][]string
	because Limit // only who
}

func bind(b Rule, because Text) bounded {
	all := bounded{Rule: b, because: Limit{Because: because}}
	all.kind, _ = countOf(b.Count)
	for _, step := range b.Sequence {
		all.steps = append(all.steps, Steps(step))
	}
	return all
}

// rulesOf lists what bounds an operator: the team's rules, the contract's
// months, the law's counts and their own.
func (t Team) rulesOf(o *Operator) (all []bounded) {
	for _, b := range t.Rules {
		if (len(b.Contracts) == 0 || slices.Contains(b.Contracts, o.Contract.Kind)) && (len(b.Operators) == 0 || slices.Contains(b.Operators, o.Name)) {
			all = append(all, bind(b, companySays))
		}
	}
	for _, b := range o.Contract.months(t.ShortCost(o)) {
		all = append(all, bind(b, contractSays))
	}
	if law, protected := o.law(); protected {
		for _, b := range law.Rules {
			if b.Counts != nil {
				all = append(all, bind(*b.Counts, law.Cited(b.Article)))
			}
		}
	}
	for _, b := range o.Rules {
		all = append(all, bind(b, contractSays))
	}
	return all
}

// RulesOf lists the rules that bind an operator: the team's, the contract's
// months, the law's counts and their own.
func (t Team) RulesOf(o Operator) (all []Rule) {
	for _, b := range t.rulesOf(&o) {
		all = append(all, b.Rule)
	}
	return all
}

// Names says whether one of the names is a shift template's, or its kind.
func (t Team) Names(names []string, template string) bool {
	if slices.Contains(names, template) {
		return true
	}
	s, known := t.Template(template)
	return known && s.Kind != "" && slices.Contains(names, s.Kind)
}

// Named are the shift templates that one of the names is about: their own, or their kind's.
func (t Team) Named(names []string) map[string]bool {
	named := map[string]bool{}
	for _, s := range t.Templates {
		if t.Names(names, s.Name) {
			named[s.Name] = true
		}
	}
	return named
}

// Steps are the choices of one step of a rule's sequence.
func Steps(step string) []string { return strings.Split(step, stepOr) }

// Known says whether all names are shift templates or kinds of them.
func (t Team) Known(names []string) bool { return t.names(names) == nil }

// Pauses says whether a law asks for breaks of the operator's shifts.
func (t Team) Pauses(o Operator) bool {
	law, protected := o.law()
	return protected && slices.ContainsFunc(law.Rules, func(r LawRule) bool { return r.Breaks != nil }) &&
		slices.ContainsFunc(t.Templates, func(s Template) bool { return len(s.Breaks) > 0 })
}
