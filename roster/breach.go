package roster

import "github.com/smena-wfm/smena/calendars"

// Names of rules, as breaches carry them.
const (
	RuleSkill        = "skill"
	RuleAvailability = "availability"
	RuleTimeOff      = "time-off"
	RuleOneShift     = "one-shift-at-a-time"
	RuleDailyRest    = "daily-rest"
	RuleWeeklyRest   = "weekly-rest"
	RuleHours        = "hours-per-week"
	RuleRun          = "consecutive-days"
	RuleShort        = "hours-short"
	RuleShiftLength  = "shift-length"
	RuleAverage      = "average-week"
	RuleNights       = "no-nights"
)

// Breach is one violation of one rule by one operator.
type Breach struct {
	Rule     string               `json:"rule"`
	Hard     bool                 `json:"hard" doc:"A hard breach makes the roster illegal."`
	Operator ID                   `json:"operator"`
	Shifts   []calendars.Interval `json:"shifts" nullable:"false" doc:"The shifts, or the calendar week, that it is about."`
	Amount   int64                `json:"amount" doc:"By how much, in the unit."`
	Unit     string               `json:"unit" enum:"minutes,days"`
	Cost     int64                `json:"cost" doc:"What it adds to its part of the score."`
	Article  string               `json:"article,omitempty" doc:"Law and article, where it is the law that sets the limit."`
	Sentence Text                 `json:"sentence" doc:"For people, in the operator's own time."`
}

// Score is what a roster costs, hard before soft: lower is better.
type Score struct {
	Hard int64 `json:"hard" doc:"Minutes by which hard rules are broken; a day counts as 1,440."`
	Soft int64 `json:"soft" doc:"Hundredths of a weighted operator-minute."`
}

// Better says whether s is the lower score.
func (s Score) Better(o Score) bool {
	if s.Hard != o.Hard {
		return s.Hard < o.Hard
	}
	return s.Soft < o.Soft
}

// Weights of the soft score, per operator-minute.
const (
	UnderstaffingWeight = 10 // an operator missing
	CoreWeight          = 10 // on top, within the first half of a requirement
	OverstaffingWeight  = 1  // an operator whom nobody requires
	HoursShortWeight    = 2  // a guaranteed minute not given
)

// Whole is one operator in the hundredths that cover is counted in.
const Whole = 100

// Hundredths returns the share of an operator in hundredths.
func Hundredths(share float64) int64 { return int64(share*Whole + 0.5) }

// minutesPerDay is what a day too many counts for in the hard score.
const minutesPerDay = 1440

// hard returns a breach in minutes by the operator.
func hard(rule string, o Operator, amount int64, sentence Text, shifts ...calendars.Interval) Breach {
	return Breach{Rule: rule, Hard: true, Operator: o.ID, Shifts: shifts, Amount: amount, Unit: "minutes", Cost: amount, Sentence: sentence}
}

// by names the article of a limit that the law sets.
func (b Breach) by(l Limit) Breach {
	if l.Because != contractSays && l.Because != companySays {
		b.Article = l.Because.English
	}
	return b
}

// told says in English when a shift is on a clock.
func told(shift calendars.Interval, zone calendars.Zone) string {
	return saySpan("en", clocked{shift, zone})
}
