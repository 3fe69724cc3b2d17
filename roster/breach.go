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
	RuleBreak        = "break"
	RuleNotice       = "notice"
	RuleWish         = "wish"
	RuleChanges      = "changes" // no breach: what changes to published shifts cost, in the score
	RulePay          = "pay"     // no breach: what shifts are paid, in the score
	RuleFairness     = "fairness"
	RulePair         = "pair"
	RuleMix          = "mix"
	RuleSlot         = "slot"
	RuleCounts       = "counts" // of no breach: each names what it counts

	// counted and what is counted name the breach of a Rule: count-weekends.
	counted = "count-"
)

// Breach is one violation of one rule by one operator.
type Breach struct {
	Rule     string               `json:"rule"`
	Hard     bool                 `json:"hard" doc:"A hard breach makes the roster illegal."`
	Operator ID                   `json:"operator"`
	Shifts   []calendars.Interval `json:"shifts" nullable:"false" doc:"The shifts, or the calendar week, that it is about."`
	Amount   int64                `json:"amount" doc:"By how much, in the unit."`
	Unit     string               `json:"unit" enum:"minutes,days,shifts,weekends,shift templates,operators,times,wishes,changes,points"`
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

// PressingWeight is that of a missing minute for whose sake nothing soft is spared: ten
// times the most that one weighs where the demand does not say.
const PressingWeight = 10 * (UnderstaffingWeight + CoreWeight)

// Whole is one operator in the hundredths that cover is counted in.
const Whole = 100

// Hundredths returns the share of an operator in hundredths.
func Hundredths(share float64) int64 { return int64(share*Whole + 0.5) }

// minutesPerDay is what a day too many, or whatever else is counted, stands for
// in the hard score.
const minutesPerDay = 1440

// broken is a hard breach by so many minutes.
func (r *row) broken(rule string, amount int64, say func() Text, spans ...span) finding {
	return r.amiss(rule, amount, "minutes", say, spans...)
}

// amiss is a hard breach by an amount of a unit.
func (r *row) amiss(rule string, amount int64, unit string, say func() Text, spans ...span) finding {
	cost := amount
	if unit != "minutes" {
		cost *= minutesPerDay
	}
	return finding{Breach{Rule: rule, Hard: true, Operator: r.operator.ID, Shifts: intervals(spans), Amount: amount, Unit: unit, Cost: cost}, say}
}

// missed is a soft breach; each unit of the amount costs the weight, in
// weighted operator-minutes.
func (r *row) missed(rule string, amount int64, unit string, weight int64, say func() Text, spans ...span) finding {
	return finding{Breach{Rule: rule, Operator: r.operator.ID, Shifts: intervals(spans), Amount: amount, Unit: unit, Cost: Whole * weight * amount}, say}
}

func intervals(spans []span) []calendars.Interval {
	all := make([]calendars.Interval, len(spans))
	for i, s := range spans {
		all[i] = s.interval()
	}
	return all
}

// plus is the score with a breach more.
func (s Score) plus(b Breach) Score {
	if b.Hard {
		s.Hard += b.Cost
	} else {
		s.Soft += b.Cost
	}
	return s
}

func (s Score) add(o Score) Score { return Score{s.Hard + o.Hard, s.Soft + o.Soft} }

func (s Score) less(o Score) Score { return Score{s.Hard - o.Hard, s.Soft - o.Soft} }

// by names the article of a limit that the law sets.
func (f finding) by(l Limit) finding {
	if l.Because != contractSays && l.Because != companySays {
		f.Article = l.Because.English
	}
	return f
}
