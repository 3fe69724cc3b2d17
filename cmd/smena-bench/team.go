package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// teamCommand solves a made-up team like those that Smena is for: operators of
// several countries, each under their own law and clock, four languages.
type teamCommand struct {
	Operators int    `default:"200" help:"How many operators."`
	Days      int    `default:"28" help:"How many days, whole weeks."`
	Interval  int    `default:"30" enum:"15,30,60" help:"Minutes of an interval."`
	Breaks    bool   `default:"true" negatable:"" help:"Shifts have a break of half an hour, 3 to 5 hours after their start."`
	Plain     bool   `help:"No breaks, pay, disliked shift templates or days off two at a time: a smaller problem, whose bound says more of the cover."`
	Fair      bool   `help:"Nights and weekends are shared out by contracted hours."`
	Seed      uint64 `default:"1" help:"The same seed makes the same team, and gives the search the same chance."`
	searching `embed:""`
}

// teamFirst is the Monday on which the made-up rosters start: clocks change in
// Europe on their last Sunday and in New York on their second Sunday but one.
var teamFirst = calendars.Day{Year: 2026, Month: time.March, Dom: 2}

// homes are where operators live, and what an hour is paid there, in euros.
var homes = []struct {
	zone, country string
	pay           float64
}{
	{"Europe/Sofia", "BG", 6}, {"Europe/Moscow", "RU", 5}, {"Asia/Novosibirsk", "RU", 5}, {"Europe/Berlin", "DE", 14},
	{"Europe/London", "GB", 13}, {"America/New_York", "US", 15}, {"Asia/Manila", "", 4}, {"Europe/Lisbon", "PT", 8},
}

// payWeight makes an hour of an operator who is there for nothing cost as much as an
// hour is paid on average, about.
const payWeight = 6

// languages of the made-up queues, and how many of a hundred operators speak each.
var languages = []struct {
	name    string
	speaks  int
	home    string // whose clock its customers live by
	loudest float64
}{{"en", 70, "Europe/London", 14}, {"ru", 45, "Europe/Moscow", 13}, {"de", 25, "Europe/Berlin", 11}, {"bg", 20, "Europe/Sofia", 15}}

// Run makes the team, solves it, and says what it took.
func (c *teamCommand) Run() error {
	p, err := c.problem()
	if err != nil {
		return err
	}
	result, course, err := c.solve(p, c.Seed)
	if err != nil {
		return err
	}
	fmt.Printf("%d operators, %d days, intervals of %d min: first legal roster after %.2f s\n", c.Operators, c.Days, c.Interval, course[0].after.Seconds())
	fmt.Printf("%10s %14s %14s %10s\n", "seconds", "cost", "bound", "gap")
	show := func(seconds float64, m moment) {
		fmt.Printf("%10.1f %14d %14d %10s\n", seconds, points(m.best), points(m.bound), gap(float64(m.best), float64(m.bound)))
	}
	for _, look := range looks {
		if m, found := course.at(look); found && look < c.Seconds {
			show(look, m)
		}
	}
	end := course[len(course)-1]
	show(end.after.Seconds(), end)
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	fmt.Printf("what is above the bound costs as much as %.2f %% of the demand if it were missing\n", 100*result.AboveMissing().Hours()/demanded(p))
	fmt.Printf("hard breaches: %d; %.2f %% of the demand covered; %d MB from the system\n", result.Score.Hard, 100*roster.Cover(p, result.Assignments).Share(), memory.Sys>>20)
	if result.Score.Hard > 0 {
		return fmt.Errorf("the roster breaks hard rules by %d", result.Score.Hard)
	}
	return nil
}

// demanded is how many operator-hours the demand asks for.
func demanded(p roster.Problem) float64 {
	return float64(p.Demand.OperatorIntervals()) * p.Demand.Grid.Step.Hours()
}

// problem makes the team and its demand.
func (c *teamCommand) problem() (roster.Problem, error) {
	chance := rand.New(rand.NewPCG(c.Seed, 0x7465616d)) // "team"
	team := roster.Team{Name: "made up", Zone: calendars.MustZone("UTC"), Interval: calendars.Hours(float64(c.Interval) / 60)}
	for _, l := range languages {
		team.Queues = append(team.Queues, roster.Queue{Name: l.name, ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(480)})
	}
	for _, start := range []int{6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 22, 23} {
		kind := "day"
		switch {
		case start >= 22:
			kind = "night"
		case start >= 12:
			kind = "evening"
		}
		team.Templates = append(team.Templates, roster.Template{
			Name: fmt.Sprintf("%02d", start), Kind: kind, Clock: roster.OperatorClock,
			Start: calendars.WallTime(start * 60), End: calendars.WallTime((start + 8) % 24 * 60), Breaks: c.pauses(),
		})
	}
	const nights, weekends = 2, 3
	if c.Fair {
		team.Fairness = roster.Fairness{Night: 1, Weekend: 1, Weight: 5}
	}
	team.Rules = []roster.Rule{
		{Name: "nights on end", Count: roster.CountShifts, Templates: []string{"night"}, Per: roster.PerRun, Most: most(nights)},
		{Name: "weekends", Count: roster.CountWeekends, Most: most(weekends * int64(c.Days) / 28)},
	}
	if !c.Plain {
		team.PayWeight = payWeight
		team.Rules = append(team.Rules, roster.Rule{Name: "days off on end", Count: roster.CountDaysOff, Per: roster.PerRun, Least: most(2), Contracts: []string{"full-time"}})
	}
	for i := range c.Operators {
		o := c.operator(chance, i)
		if !c.Plain {
			o.Wishes = append(o.Wishes, disliked(chance, team.Templates)...)
		}
		team.Operators = append(team.Operators, o)
	}
	team, err := team.Complete()
	if err != nil {
		return roster.Problem{}, err
	}
	grid := calendars.Grid{Start: teamFirst.Start(team.Zone), Step: time.Duration(c.Interval) * time.Minute}
	grid.N = int(teamFirst.AddDays(c.Days).Start(team.Zone).Sub(grid.Start) / grid.Step)
	return roster.Problem{Team: team, Demand: c.demand(team, grid)}, nil
}

// pauseMinutes is how long a break of a made-up shift is.
const pauseMinutes = 30

// pauses are the breaks of every shift, paid, so that hours are the same without.
func (c *teamCommand) pauses() []roster.Break {
	if !c.Breaks || c.Plain {
		return nil
	}
	return []roster.Break{{Length: calendars.Seconds(60 * pauseMinutes), From: calendars.Hours(3), To: calendars.Hours(5), Paid: true}}
}

func most(n int64) *int64 { return &n }

// operator makes one person.
func (c *teamCommand) operator(chance *rand.Rand, i int) roster.Operator {
	home := homes[chance.IntN(len(homes))]
	o := roster.Operator{Name: fmt.Sprintf("operator %d", i+1), Zone: calendars.MustZone(home.zone), Country: home.country}
	for len(o.Skills) == 0 {
		for _, l := range languages {
			if chance.IntN(100) < l.speaks && len(o.Skills) < 3 {
				o.Skills = append(o.Skills, l.name)
			}
		}
	}
	o.Contract = roster.Contract{Kind: "full-time", HourlyPay: home.pay, MinWeek: calendars.Hours(32), MaxWeek: calendars.Hours(40), MaxConsecutiveDays: 5}
	if chance.IntN(10) < 3 {
		o.Contract.Kind, o.Contract.MinWeek, o.Contract.MaxWeek = "part-time", calendars.Hours(16), calendars.Hours(24)
	}
	if home.country == "" {
		o.Contract.Kind = "freelance"
	}
	o.NoNights = chance.IntN(10) >= 4
	day := func() calendars.Day { return teamFirst.AddDays(chance.IntN(c.Days)) }
	off := day()
	o.TimeOff = []roster.TimeOff{{First: off, Last: off}}
	const heads = 20 // half-hours of an operator missing that a day off is worth
	for range 4 {
		o.Wishes = append(o.Wishes, roster.Wish{Want: roster.WantOff, First: day(), Weight: heads * 30})
	}
	return o
}

// disliked are shift templates that somebody would rather not work, by 1 to 3
// half-hours of an operator who is there for nothing.
func disliked(chance *rand.Rand, templates []roster.Template) (wishes []roster.Wish) {
	for _, t := range templates {
		if much := chance.Int64N(4); much > 0 {
			wishes = append(wishes, roster.Wish{Want: roster.WantOff, Templates: []string{t.Name}, Weight: much * 30})
		}
	}
	return wishes
}

// demand follows a daily curve in each language's home, and asks for nine
// tenths of the hours that contracts give, but for breaks.
func (c *teamCommand) demand(team roster.Team, grid calendars.Grid) roster.Demand {
	d := roster.Demand{Grid: grid}
	hours := 0.0
	for _, o := range team.Operators {
		hours += o.Contract.MaxWeek.Hours() * float64(c.Days) / 7
	}
	if c.pauses() != nil {
		hours *= 1 - pauseMinutes/(8*60.0)
	}
	spoken := 0
	for _, l := range languages {
		spoken += l.speaks
	}
	for _, l := range languages {
		zone := calendars.MustZone(l.home).Location()
		curve, sum := make([]float64, grid.N), 0.0
		for t := range curve {
			local := grid.At(t).In(zone)
			hour := float64(local.Hour()) + float64(local.Minute())/60
			curve[t] = 0.12 + math.Pow(math.Cos(math.Pi*(hour-l.loudest)/24), 4)
			if weekday := local.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
				curve[t] *= 0.7
			}
			sum += curve[t]
		}
		wanted := 0.9 * hours * float64(l.speaks) / float64(spoken) * 60 / float64(c.Interval)
		q := roster.QueueDemand{Queue: l.name, Skill: l.name}
		for _, share := range curve {
			q.Required = append(q.Required, int(math.Round(share/sum*wanted)))
		}
		d.Queues = append(d.Queues, q)
	}
	return d
}
