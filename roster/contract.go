package roster

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// contractKinds is what a contract can be; all but freelance and outsourced are employment.
var contractKinds = []string{"full-time", "part-time", "project", "freelance", "outsourced"}

// Contract limits the hours, rest and runs of an operator.
type Contract struct {
	Kind               string             `json:"kind" enum:"full-time,part-time,project,freelance,outsourced"`
	MinWeek            calendars.Duration `json:"min_per_week,omitempty" doc:"Guaranteed time per calendar week; fewer is a soft breach."`
	MaxWeek            calendars.Duration `json:"max_per_week" doc:"Most time per calendar week (Monday to Sunday, operator's zone)."`
	DailyRest          calendars.Duration `json:"daily_rest,omitempty" doc:"Rest between two shifts; 11h if left out."`
	WeeklyRest         calendars.Duration `json:"weekly_rest,omitempty" doc:"One unbroken rest in each calendar week; 35h if left out."`
	MinMonth           calendars.Duration `json:"min_per_month,omitempty" doc:"Guaranteed time per calendar month; fewer is a soft breach."`
	MaxMonth           calendars.Duration `json:"max_per_month,omitempty" doc:"Most time per calendar month; no limit if left out."`
	SplitShifts        bool               `json:"split_shifts,omitempty" doc:"May work several shifts on one day without the rest between them."`
	Notice             calendars.Duration `json:"notice,omitempty" doc:"How long before a shift starts it may still be added, moved or taken away once it is published; no limit if left out."`
	HourlyPay          float64            `json:"hourly_pay,omitempty" minimum:"0" doc:"Pay of one hour without premiums, in the team's currency."`
	Premiums           Premiums           `json:"premiums,omitempty,omitzero" doc:"Shares of the hourly pay on top of it."`
	MaxConsecutiveDays int                `json:"max_consecutive_days,omitempty" doc:"Most days in a row on which a shift starts; 6 if left out."`
}

// The floor of the European Union, and what a contract that is silent means.
const (
	defaultDailyRest       = 11 * time.Hour        // Directive 2003/88/EC Art. 3
	defaultWeeklyRest      = (24 + 11) * time.Hour // Directive 2003/88/EC Art. 5
	defaultConsecutiveDays = 6                     // what one weekly rest per seven days leaves, Art. 5
	maxWeek                = 7 * 16 * time.Hour    // above it, a mistake of units
)

// completed fills in the rest and the run.
func (c Contract) completed() Contract {
	c.DailyRest.Duration = cmp.Or(c.DailyRest.Duration, defaultDailyRest)
	c.WeeklyRest.Duration = cmp.Or(c.WeeklyRest.Duration, defaultWeeklyRest)
	c.MaxConsecutiveDays = cmp.Or(c.MaxConsecutiveDays, defaultConsecutiveDays)
	return c
}

// check returns every fault of the contract, joined.
func (c Contract) check() error {
	return errors.Join(
		expect(slices.Contains(contractKinds, c.Kind), "kind: %q is not possible: expected one of %v", c.Kind, contractKinds),
		expect(c.MaxWeek.Duration > 0 && c.MaxWeek.Duration <= maxWeek, "max_per_week: %s is not possible: expected a time such as 40h", c.MaxWeek),
		expect(c.MinWeek.Duration >= 0 && c.MinWeek.Duration <= c.MaxWeek.Duration,
			"min_per_week: %s is not possible: expected 0h to max_per_week, %s", c.MinWeek, c.MaxWeek),
		expect(c.MinMonth.Duration >= 0 && c.MinMonth.Duration <= maxMonth, "min_per_month: %s is not possible: expected 0h to %s", c.MinMonth, calendars.Duration{Duration: maxMonth}),
		expect(c.MaxMonth.Duration == 0 || c.MaxMonth.Duration > 0 && c.MaxMonth.Duration >= c.MinMonth.Duration, "max_per_month: %s is not possible: expected at least min_per_month, %s", c.MaxMonth, c.MinMonth),
		expect(c.Notice.Duration >= 0 && c.Notice.Duration <= maxNotice, "notice: %s is not possible: expected 0h to %s", c.Notice, calendars.Duration{Duration: maxNotice}),
		within("premiums", c.Premiums.check()),
		expect(c.HourlyPay >= 0 && c.HourlyPay <= maxHourlyPay, "hourly_pay: %v is not possible: expected 0 to %v", c.HourlyPay, maxHourlyPay),
		expect(c.DailyRest.Duration >= 0 && c.DailyRest.Duration <= maxRest, "daily_rest: %s is not possible: expected 0h to %s", c.DailyRest, maxRest),
		expect(c.WeeklyRest.Duration >= 0 && c.WeeklyRest.Duration <= maxRest, "weekly_rest: %s is not possible: expected 0h to %s", c.WeeklyRest, maxRest),
		expect(c.MaxConsecutiveDays >= 1 && c.MaxConsecutiveDays <= 31, "max_consecutive_days: %d is not possible: expected 1 to 31", c.MaxConsecutiveDays),
	)
}

// maxRest is the longest rest that fits into a week, however clocks change.
const maxRest = 6 * 22 * time.Hour

// What is more than this is a mistake of units.
const (
	maxMonth     = 31 * 16 * time.Hour
	maxNotice    = 2208 * time.Hour // 92 days of 24 hours
	maxHourlyPay = 1e6
)

// months are the contract's bounds per calendar month; short is what a minute costs
// that is guaranteed and not given.
func (c Contract) months(short int64) (rules []Rule) {
	if most := minutesPer(c.MaxMonth); most > 0 {
		rules = append(rules, Rule{Count: CountMinutes, Per: PerMonth, Most: &most})
	}
	if least := minutesPer(c.MinMonth); least > 0 {
		rules = append(rules, Rule{Count: CountMinutes, Per: PerMonth, Least: &least, Weight: (short + Whole/2) / Whole})
	}
	return rules
}
