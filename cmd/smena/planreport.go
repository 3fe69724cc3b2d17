package main

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
	"github.com/smena-wfm/smena/roster/staffing"
)

// report is what report.json holds.
type report struct {
	Team       string                 `json:"team"`
	First      calendars.Day          `json:"first"` // on the team's clock
	Last       calendars.Day          `json:"last"`
	Start      time.Time              `json:"start"`
	End        time.Time              `json:"end"`
	Seed       uint64                 `json:"seed"`
	Moves      int                    `json:"iterations"`
	Score      roster.Score           `json:"score"`
	Bound      int64                  `json:"bound"`                      // no roster has a lower soft score
	Pay        *float64               `json:"pay,omitempty"`              // of the shifts, in the team's currency, where it is in the score
	Above      *float64               `json:"above_best,omitempty"`       // share of the bound that the soft score is above it
	AboveHours *float64               `json:"above_best_hours,omitempty"` // missing operator-hours that cost as much
	Breaches   []roster.Breach        `json:"hard_breaches"`
	Changed    *changedReport         `json:"changed,omitempty"` // where a roster was published
	Changes    []roster.Breach        `json:"changes,omitempty"`
	Required   float64                `json:"required_operator_hours"`
	Missing    float64                `json:"missing_operator_hours"`
	Share      float64                `json:"covered_share"`
	Uncovered  int                    `json:"uncovered_intervals"`
	Impossible []roster.Impossibility `json:"impossible"` // intervals that no roster can cover
	Queues     []queueReport          `json:"queues"`
	Operators  []operatorReport       `json:"operators"`
	currency   string
	neighbours neighbours // files of the rosters before and after
	now        string     // when what was published changes, if it is
}

// queueReport is one queue of a plan.
type queueReport struct {
	Queue    string            `json:"queue"`
	Model    string            `json:"model"`
	Backtest forecast.Accuracy `json:"backtest"`
	Together forecast.Together `json:"together"` // what the forecast's errors have in common
	Required float64           `json:"required_operator_hours"`
	Missing  float64           `json:"missing_operator_hours"`
	Expected *float64          `json:"expected_service_level,omitempty"` // at the mean of the forecast; none for deferred work
	Actual   *actualReport     `json:"actual,omitempty"`
}

// actualReport holds a plan against what really came.
type actualReport struct {
	Intervals    int               `json:"intervals"`     // of the horizon whose arrivals are known
	Open         int               `json:"open"`          // of them, in which the queue was open
	Accuracy     forecast.Accuracy `json:"accuracy"`      // of the forecast
	Met          float64           `json:"met_share"`     // of the open intervals: the crew meets the service level
	ServiceLevel float64           `json:"service_level"` // share of all arrivals answered in time
}

// operatorReport is one operator of a plan.
type operatorReport struct {
	Operator string  `json:"operator"`
	Shifts   int     `json:"shifts"`
	Hours    float64 `json:"hours"`
}

// report sums the plan up.
func (p *plan) report(c *planCommand) (report, error) {
	r := report{
		Team: p.team.Name, First: calendars.DayOf(p.horizon.Start, p.team.Zone), Last: calendars.DayOf(p.horizon.End().Add(-1), p.team.Zone),
		Start: p.horizon.Start, End: p.horizon.End(), Seed: c.Seed, Moves: p.result.Iterations,
		Score: p.verdict.Score, Bound: p.result.Bound, Breaches: []roster.Breach{}, Share: p.verdict.Coverage.Share(), Uncovered: len(p.causes), Impossible: append([]roster.Impossibility{}, p.impossible...), neighbours: c.neighbours,
	}
	if !p.problem.Now.IsZero() {
		r.now = c.Now
	}
	r.Above, r.AboveHours = aboveOf(p.result)
	if p.team.PayWeight > 0 {
		pay := money(p.verdict.Pay)
		r.Pay, r.currency = &pay, p.team.Currency
	}
	for _, b := range p.verdict.Breaches {
		if b.Hard {
			r.Breaches = append(r.Breaches, b)
		}
	}
	r.Changed, r.Changes = p.changed(), p.verdict.Changes
	for i, q := range p.team.Queues {
		one, err := p.queueReport(i, q)
		if err != nil {
			return report{}, err
		}
		r.Queues = append(r.Queues, one)
		r.Required += one.Required
		r.Missing += one.Missing
	}
	for _, o := range p.team.Operators {
		one := operatorReport{Operator: o.Name}
		for _, a := range p.result.Assignments {
			if a.Operator == o.ID {
				one.Shifts++
				one.Hours += a.Shift.Duration().Hours()
			}
		}
		r.Operators = append(r.Operators, one)
	}
	return r, nil
}

// changedReport says how far a plan is from the roster that was published.
type changedReport struct {
	Operators int `json:"operators"`     // who must be told of other hours
	Days      int `json:"operator_days"` // on which each of them has other shifts
	Within    int `json:"within_hours"`  // operators whose hours stay, but not all breaks or shift templates
}

// changed counts what the plan changes; nil if nothing was published.
func (p *plan) changed() *changedReport {
	if len(p.problem.Told) == 0 {
		return nil
	}
	r := &changedReport{}
	for _, b := range p.verdict.Changes {
		if b.Unit == "operators" {
			r.Operators++
		} else {
			r.Days++
		}
	}
	r.Within = p.changedWithin()
	return r
}

// changedWithin is how many operators have all the hours that were published for them,
// but other breaks or another template in them, as far as the file says.
func (p *plan) changedWithin() (operators int) {
	type duty struct {
		operator   roster.ID
		start, end int64
	}
	dutyOf := func(a roster.Assignment) duty { return duty{a.Operator, a.Shift.Start.Unix(), a.Shift.End.Unix()} }
	told, differs := map[duty]roster.Assignment{}, map[roster.ID]bool{}
	for _, a := range p.problem.Told {
		told[dutyOf(a)] = a
	}
	for _, a := range p.result.Assignments {
		was, known := told[dutyOf(a)]
		template := was.Template != "" && a.Template != was.Template
		breaks := len(was.Breaks) > 0 && !slices.EqualFunc(a.Breaks, was.Breaks, calendars.Interval.Equal)
		if known && (template || breaks) {
			differs[a.Operator] = true
		}
	}
	for _, b := range p.verdict.Changes {
		delete(differs, b.Operator)
	}
	return len(differs)
}

// text says what changes.
func (r *changedReport) text() roster.Text {
	said := roster.Text{English: "no published shift changes", Russian: "опубликованные смены не меняются", Bulgarian: "публикуваните смени не се променят"}
	if r.Operators > 0 {
		said = roster.Text{
			English:   "changes to what was published: %[3]s of %[4]s",
			Russian:   "изменения в опубликованном: человеко-дней %[1]d, операторов %[2]d",
			Bulgarian: "промени в публикуваното: човекодни %[1]d, оператори %[2]d",
		}.With(r.Days, r.Operators, plural(r.Days, "operator-day"), plural(r.Operators, "operator"))
	}
	if r.Within == 0 {
		return said
	}
	return roster.Text{
		English:   "%[1]s; other breaks or shift templates within the hours of %[3]s",
		Russian:   "%[1]s; другие перерывы или шаблоны смен в те же часы, операторов: %[2]d",
		Bulgarian: "%[1]s; други почивки или шаблони на смени в същите часове, оператори: %[2]d",
	}.With(said, r.Within, plural(r.Within, "operator"))
}

func (p *plan) queueReport(i int, q roster.Queue) (queueReport, error) {
	r := queueReport{Queue: q.Name, Model: p.forecasts[q.Name].Model, Backtest: p.accuracy[q.Name], Together: p.forecasts[q.Name].Together}
	covered := p.verdict.Coverage.Queues[i]
	for t := range covered.Required {
		r.Required += float64(covered.Required[t]) * p.horizon.Step.Hours()
		r.Missing += covered.Missing[t] * p.horizon.Step.Hours()
	}
	r.Expected = p.expected(i, q)
	actual, err := p.heldAgainst(q, covered)
	r.Actual = actual
	return r, err
}

// expected is the service level of queue i over the horizon; nil for deferred work.
func (p *plan) expected(i int, q roster.Queue) *float64 {
	if p.passed[i] == nil {
		return nil
	}
	chats, inTime, level := 0.0, 0.0, 1.0
	for t, passed := range p.passed[i] {
		mean := p.forecasts[q.Name].Mean[t]
		chats += mean
		inTime += mean * passed.ServiceLevel
	}
	if chats > 0 {
		level = inTime / chats
	}
	return &level
}

// heldAgainst compares forecast and crew with the arrivals that are known of
// the horizon; nil if none are, or the work is deferred.
func (p *plan) heldAgainst(q roster.Queue, covered roster.QueueCoverage) (*actualReport, error) {
	series := p.arrivals[q.Name]
	if !p.horizon.Start.Before(series.Grid.End()) || q.Deferred.Duration > 0 {
		return nil, nil
	}
	accuracy, err := forecast.Measure(series, series.Until(p.horizon.Start), p.forecasts[q.Name])
	if errors.Is(err, forecast.ErrNoHistory) { // what there is of the horizon is closed
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("hold queue %q against its arrivals: %w", q.Name, err)
	}
	r := &actualReport{Accuracy: accuracy, Intervals: accuracy.Intervals}
	arrivals, inTime, met := 0.0, 0.0, 0
	for t, rostered := range covered.Rostered {
		came, known := series.At(series.Grid.Index(p.horizon.At(t)))
		if !known || !q.Open(p.horizon.At(t)) {
			continue
		}
		share, ok, err := staffing.Answered(q, came, p.horizon.Step, rostered*(1-p.team.ShrinkageAt(q, p.horizon.At(t))))
		if err != nil {
			return nil, fmt.Errorf("queue %q at %s: %w", q.Name, p.horizon.At(t).Format(time.RFC3339), err)
		}
		r.Open++
		arrivals += came
		inTime += share * came
		if ok {
			met++
		}
	}
	r.Met, r.ServiceLevel = float64(met)/math.Max(1, float64(r.Open)), 1
	if arrivals > 0 {
		r.ServiceLevel = inTime / arrivals
	}
	return r, nil
}

// print says the most important for people.
func (r report) print(to teller, folder string) error {
	t := tabwriter.NewWriter(to.w, 0, 0, 2, ' ', 0)
	in := teller{t, to.language}
	in.line(dates, r.Team, r.First.String(), r.Last.String())
	in.line(roster.Text{
		English:   "\nqueue\trequired h\tmissing h\tservice level to expect\tforecast error\tagainst what came",
		Russian:   "\nочередь\tнужно, ч\tне хватает, ч\tожидаемый уровень сервиса\tошибка прогноза\tпо факту",
		Bulgarian: "\nопашка\tнужни ч\tнедостиг, ч\tочаквано ниво на обслужване\tгрешка на прогнозата\tспрямо действителното",
	})
	for _, q := range r.Queues {
		expected := "-"
		if q.Expected != nil {
			expected = fmt.Sprintf("%.1f %%", 100**q.Expected)
		}
		fmt.Fprintf(t, "%s\t%.0f\t%.1f\t%s\tWAPE %.1f %%\t%s\n", q.Queue, q.Required, q.Missing, expected, 100*q.Backtest.WAPE, q.Actual.text().In(to.language))
	}
	if r.Pay != nil {
		in.line(roster.Text{English: "\npay without overtime: %.2f%s", Russian: "\nоплата без сверхурочных: %.2f%s", Bulgarian: "\nзаплащане без извънреден труд: %.2f%s"}, *r.Pay, behind(r.currency))
	}
	if r.Changed != nil {
		in.line(roster.Text{English: "\n%s", Russian: "\n%s", Bulgarian: "\n%s"}, r.Changed.text())
	}
	breaches := breachCount(len(r.Breaches))
	if len(r.Breaches) > 0 {
		breaches = inReport(breaches)
	}
	in.line(roster.Text{
		English:   "\ncovered %.2f %% of %.0f operator-hours; %[3]s uncovered; %[5]s; %[6]s; %[7]d moves, seed %[8]d\nresults in %[9]s",
		Russian:   "\nпокрыто %.2f %% от %.0f чел.-ч; непокрытых интервалов: %[4]d; %[5]s; %[6]s; ходов: %[7]d, seed %[8]d\nрезультаты: %[9]s",
		Bulgarian: "\nпокрити %.2f %% от %.0f човекочаса; непокрити интервали: %[4]d; %[5]s; %[6]s; ходове: %[7]d, seed %[8]d\nрезултати: %[9]s",
	}, 100*r.Share, r.Required, plural(r.Uncovered, "interval"), r.Uncovered, breaches, aboveBest(r.Above, r.AboveHours), r.Moves, r.Seed, folder)
	if r.Uncovered > 0 {
		in.line(roster.Text{
			English: "why hours stay uncovered, and what would end that: %s", Russian: "почему часы не покрыты и что помогло бы: %s",
			Bulgarian: "защо има непокрити часове и какво би помогнало: %s",
		}, r.explaining(folder, to.language))
	}
	return t.Flush()
}

// explaining is the command that explains what stays uncovered.
func (r report) explaining(folder, language string) string {
	command := "smena explain --plan " + quoted(folder)
	if r.neighbours.Previous != "" {
		command += " --previous " + quoted(r.neighbours.Previous)
	}
	if r.neighbours.Next != "" {
		command += " --next " + quoted(r.neighbours.Next)
	}
	if r.now != "" {
		command += " --now " + r.now
	}
	if language != english {
		command += " --language " + language
	}
	return command
}

// quoted is a path as a shell takes it for one word.
func quoted(path string) string {
	if strings.Contains(path, " ") {
		return `"` + path + `"`
	}
	return path
}

// behind is the currency behind an amount, or nothing.
func behind(currency string) string {
	if currency == "" {
		return ""
	}
	return " " + currency
}

// dates is a team and its horizon.
var dates = roster.Text{English: "%s, %s to %s", Russian: "%s, с %s по %s", Bulgarian: "%s, от %s до %s"}

// text says how plan and arrivals agree; nothing does if none are known.
func (r *actualReport) text() roster.Text {
	if r == nil {
		return roster.Text{English: "-", Russian: "-", Bulgarian: "-"}
	}
	return roster.Text{
		English:   "WAPE %.1f %%, service level met in %.1f %% of %[3]s",
		Russian:   "WAPE %.1f %%, уровень сервиса выдержан в %.1f %% интервалов, всего их %[4]d",
		Bulgarian: "WAPE %.1f %%, нивото на обслужване е спазено в %.1f %% от интервалите, общо %[4]d",
	}.With(100*r.Accuracy.WAPE, 100*r.Met, plural(r.Open, "interval"), r.Open)
}

// aboveOf is by what share of the bound a roster costs more than it, and how many
// missing operator-hours cost as much; there is no share of a bound of nothing.
func aboveOf(r solve.Result) (share, hours *float64) {
	missing := r.AboveMissing().Hours()
	if above, known := r.Above(); known {
		share = &above
	}
	return share, &missing
}

// aboveBest says how far from the best a roster can be, as aboveOf has it.
func aboveBest(share, hours *float64) roster.Text {
	switch {
	case hours == nil:
		return roster.Text{English: "no bound of the cost found yet", Russian: "нижняя граница стоимости ещё не найдена", Bulgarian: "долна граница на цената още не е намерена"}
	case share == nil:
		return roster.Text{
			English:   "cost above the best possible by at most what %.1f missing operator-hours cost",
			Russian:   "стоимость выше наилучшей возможной не больше чем на стоимость нехватки %.1f чел.-ч",
			Bulgarian: "цената е над най-добрата възможна най-много с цената на недостиг от %.1f човекочаса",
		}.With(*hours)
	case *share == 0:
		return roster.Text{English: "no better roster is possible", Russian: "лучшего графика быть не может", Bulgarian: "по-добър график не е възможен"}
	}
	return roster.Text{
		English:   "cost at most %.1f %% above the best possible (%.1f missing operator-hours cost as much)",
		Russian:   "стоимость не больше чем на %.1f %% выше наилучшей возможной (столько же стоит нехватка %.1f чел.-ч)",
		Bulgarian: "цената е най-много с %.1f %% над най-добрата възможна (колкото недостиг от %.1f човекочаса)",
	}.With(100**share, *hours)
}

func breachCount(n int) roster.Text {
	if n == 0 {
		return roster.Text{English: "no hard breach", Russian: "жёсткие правила не нарушены", Bulgarian: "няма нарушени твърди правила"}
	}
	return roster.Text{English: "%[2]s", Russian: "нарушений жёстких правил: %[1]d", Bulgarian: "нарушения на твърди правила: %[1]d"}.With(n, plural(n, "hard breach"))
}

// inReport is a text that says where there is more.
func inReport(said roster.Text) roster.Text {
	return roster.Text{English: "%s, in %s", Russian: "%s, см. %s", Bulgarian: "%s, вижте %s"}.With(said, reportFile)
}
