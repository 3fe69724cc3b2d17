package roster

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Fairness says what is a burden, in points, and how hard rosters try to share
// points out: the same for each hour of contract. Weights that are left out
// are no points.
type Fairness struct {
	Night       float64 `json:"night,omitempty" minimum:"0" doc:"Points of a night shift."`
	Weekend     float64 `json:"weekend,omitempty" minimum:"0" doc:"Points of a shift that starts on Saturday or Sunday."`
	Holiday     float64 `json:"holiday,omitempty" minimum:"0" doc:"Points of a shift that touches a public holiday where the operator works."`
	ShortNotice float64 `json:"short_notice,omitempty" minimum:"0" doc:"Points of a shift that is changed less than three days ahead."`
	Refused     float64 `json:"refused,omitempty" minimum:"0" doc:"Points of a wish that is not granted."`
	HalfLife    int     `json:"half_life,omitempty" minimum:"0" doc:"Days after which a point counts a half; 90 if left out."`
	Weight      int64   `json:"weight,omitempty" minimum:"0" maximum:"10000" doc:"How hard rosters try: what one point too many of somebody on 40 hours a week costs about, in minutes of an operator who is there for nothing; not at all if left out."`
}

const (
	defaultHalfLife = 90 // days
	shortNotice     = 72 * time.Hour
	milli           = 1000 // points are counted in thousandths
	fullWeek        = 40 * 60
	maxPoints       = 1000
)

// check returns every fault of the weights, joined.
func (f Fairness) check() error {
	var faults []error
	for name, points := range map[string]float64{"night": f.Night, "weekend": f.Weekend, "holiday": f.Holiday, "short_notice": f.ShortNotice, "refused": f.Refused} {
		faults = append(faults, expect(points >= 0 && points <= maxPoints, "%s: %v is not possible: expected 0 to %d points", name, points, maxPoints))
	}
	return errors.Join(append(faults,
		expect(f.HalfLife >= 0 && f.HalfLife <= 3650, "half_life: %d is not possible: expected 1 to 3650 days", f.HalfLife),
		expect(f.Weight >= 0 && f.Weight <= 10_000, "weight: %d is not possible: expected 0 to 10000", f.Weight))...)
}

// Days is the half-life of points.
func (f Fairness) Days() int { return cmp.Or(f.HalfLife, defaultHalfLife) }

// decayed is what thousandths of points count for so many days later.
func (f Fairness) decayed(points int64, days int) int64 {
	return int64(math.Round(float64(points) * math.Exp2(-float64(days)/float64(f.Days()))))
}

func thousandths(points float64) int64 { return int64(math.Round(points * milli)) }

// burden is one reason for points.
type burden struct {
	kind   string
	points int64 // thousandths
}

// Kinds of burden, as the ledger names them.
const (
	BurdenNight   = "night"
	BurdenWeekend = "weekend"
	BurdenHoliday = "holiday"
	BurdenNotice  = "short-notice"
	BurdenRefused = "refused-wish"
)

// burdens lists what is hard about a shift.
func (r *row) burdens(f *Fairness, w *worked) (all [3]burden) {
	if f.Night > 0 && w.night >= r.nightShift {
		all[0] = burden{BurdenNight, thousandths(f.Night)}
	}
	if f.Weekend > 0 && w.day%week >= 5 {
		all[1] = burden{BurdenWeekend, thousandths(f.Weekend)}
	}
	if f.Holiday > 0 && r.minutesDuring(DuringHoliday, w.span) > 0 {
		all[2] = burden{BurdenHoliday, thousandths(f.Holiday)}
	}
	return all
}

// fairness is the soft pull toward equal points per contracted hour. The sum
// over operators of points squared over hours is, for any sum of points, least
// where points are in proportion to hours (Cauchy and Schwarz), and each row
// has its own part of it. Points are counted from what would have been
// everybody's fair part at the start: what is past burdens no night to come.
func fairness(r *row) []finding {
	f := &r.problem.Team.Fairness
	if f.Weight == 0 {
		return nil
	}
	points := r.opening
	for i := range r.shifts {
		if w := &r.shifts[i]; w.own {
			for _, b := range r.burdens(f, w) {
				points += b.points
			}
		}
	}
	part := r.fairPartOf(r.operator)
	cost := fairCost(f.Weight, points-part, r.operator.Contract)
	if cost == 0 {
		return nil
	}
	amount := max(points-part, part-points)
	carries := finding{Breach{Rule: RuleFairness, Operator: r.operator.ID, Shifts: []calendars.Interval{r.horizon.interval()}, Amount: (amount + milli - 1) / milli, Unit: "points", Cost: cost}, nil}
	carries.say = func() Text {
		return say(Text{"%s carries %.1f points for %s a week; %.1f would have been fair at the start", "%s: %.1f балла нагрузки на %s в неделю; в начале справедливо было бы %.1f", "%s: %.1f точки натоварване при %s седмично; в началото справедливо би било %.1f"},
			r.operator.Name, float64(points)/milli, minutes(contracted(r.operator.Contract)), float64(part)/milli)
	}
	return []finding{carries}
}

// fairPart is what somebody on 40 hours would carry at the start, if all points
// were shared out by contracted hours among those who have any account, in
// thousandths.
func (p Problem) fairPart() int64 {
	points, hours := int64(0), int64(0)
	for _, o := range p.Team.Operators {
		if carried, known := p.Points[o.ID]; known {
			points, hours = points+carried, hours+contracted(o.Contract)
		}
	}
	return points * fullWeek / max(1, hours)
}

func (f *facts) fairPartOf(o *Operator) int64 { return f.fairPart * contracted(o.Contract) / fullWeek }

// openingOf is the operator's points at the start, the fair part for who is new:
// what others carried before they came is not theirs to catch up with.
func (f *facts) openingOf(o *Operator) int64 {
	if points, known := f.problem.Points[o.ID]; known {
		return points
	}
	return f.fairPartOf(o)
}

// MaxExcess is up to how many thousandths of a point beyond the fair part cost more.
const MaxExcess = 10_000 * milli

// fairCost is half of weight x points squared over weeks of 40 hours, so that
// the point that follows the first n costs about n weights. Points beyond ten
// thousand cost as if they were that many.
func fairCost(weight, points int64, c Contract) int64 {
	points = min(max(points, -points), MaxExcess)
	return Whole * weight * (points * points / milli) / (2 * milli) * fullWeek / contracted(c)
}

// Burdens says of how many points shifts are, as the score has it, and what points cost.
type Burdens struct{ facts *facts }

// NewBurdens is for a problem's team. Any number may ask it at once.
func NewBurdens(p Problem) Burdens { return Burdens{newFactsToShare(p)} }

// Points are a shift's, in thousandths: the same for all operators of a zone and
// country whose contracts are of a kind.
func (b Burdens) Points(o *Operator, a Assignment) (points int64) {
	r := row{facts: b.facts, operator: o, clock: b.facts.clock(o), nightShift: o.nightShift()}
	w := r.work(a, true)
	for _, one := range r.burdens(&b.facts.problem.Team.Fairness, &w) {
		points += one.points
	}
	return points
}

// Excess is how many thousandths of a point above the fair part the operator has at
// the start; below zero if fewer.
func (b Burdens) Excess(o *Operator) int64 { return b.facts.openingOf(o) - b.facts.fairPartOf(o) }

// Cost is the soft score of somebody who is so many thousandths above the fair part.
func (b Burdens) Cost(o *Operator, excess int64) int64 {
	return fairCost(b.facts.problem.Team.Fairness.Weight, excess, o.Contract)
}

// Steepness is what the square of a thousandth costs: Cost is so many squares, rounded
// down by less than the slack, of up to MaxExcess.
func (b Burdens) Steepness(o *Operator) (square, slack float64) {
	weeks := float64(fullWeek) / float64(contracted(o.Contract))
	whole := Whole * float64(b.facts.problem.Team.Fairness.Weight) / (2 * milli)
	return whole / milli * weeks, (whole+1)*weeks + 1
}

// contracted is the minutes a week that points are shared out by: what is
// guaranteed, or else the most; a full week where nothing bounds them.
func contracted(c Contract) int64 {
	switch least := minutesPer(c.MinWeek); {
	case least > 0:
		return least
	case c.MaxWeek.Duration == maxWeek:
		return fullWeek
	}
	return max(1, minutesPer(c.MaxWeek))
}

// MindsHolidays says whether public holidays matter to the team's rosters.
func (t Team) MindsHolidays() bool {
	ruled := func(b Rule) bool { return b.During == DuringHoliday }
	return t.Fairness.Holiday > 0 || slices.ContainsFunc(t.Rules, ruled) ||
		slices.ContainsFunc(t.Operators, func(o Operator) bool { return slices.ContainsFunc(o.Rules, ruled) })
}
