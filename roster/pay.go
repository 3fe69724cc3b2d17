package roster

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// PayMinutes is the time of one operator by what it is paid for, and the pay. A
// minute can be in several kinds: a Sunday night is night, Sunday, and work.
type PayMinutes struct {
	Operator  ID    `json:"operator"`
	Shifts    int   `json:"shifts"`
	Worked    int64 `json:"worked"`    // real time, without unpaid breaks
	Converted int64 `json:"converted"` // as the law counts it: night hours for more, where it says so
	Night     int64 `json:"night"`     // in the legal night where they work
	Sunday    int64 `json:"sunday"`
	Holiday   int64 `json:"holiday"`
	Overtime  int64 `json:"overtime"` // counted time above the law's average week, over the calendar weeks of the roster, or above the week that its pay names
	Pay       Pay   `json:"pay"`
}

// Pay is money in hundredths of the team's currency: hours at the contract's
// hourly pay, and the premiums on top of them.
type Pay struct {
	Base     int64 `json:"base"`
	Night    int64 `json:"night"`
	Sunday   int64 `json:"sunday"`
	Holiday  int64 `json:"holiday"`
	Overtime int64 `json:"overtime"`
	Total    int64 `json:"total"`
}

// PayRule is a premium on the hourly pay that a law asks for.
type PayRule struct {
	For      string             `json:"for"` // night, sunday, holiday or overtime
	Premium  float64            `json:"premium"`
	First    calendars.Duration `json:"first,omitempty"` // only so much of it; the next rule has the rest
	Above    calendars.Duration `json:"above,omitempty"` // of overtime: above so much in each calendar week
	Article  string             `json:"article"`
	Evidence string             `json:"evidence"`
	Note     string             `json:"note,omitempty"`
}

// Premiums are shares of the hourly pay that a contract promises on top.
type Premiums struct {
	Night    float64 `json:"night,omitempty" minimum:"0" maximum:"10" doc:"Share of the hourly pay on top; where the law asks for more, that."`
	Sunday   float64 `json:"sunday,omitempty" minimum:"0" maximum:"10"`
	Holiday  float64 `json:"holiday,omitempty" minimum:"0" maximum:"10"`
	Overtime float64 `json:"overtime,omitempty" minimum:"0" maximum:"10"`
}

// What premiums are for.
const (
	ForNight    = "night"
	ForSunday   = "sunday"
	ForHoliday  = "holiday"
	ForOvertime = "overtime"
)

// CostOf sums the assignments up by operator, in the order of the team, as laws
// tell kinds of hours apart: on each operator's clock, and by the holidays of the
// country where they work.
func CostOf(t Team, assignments []Assignment, holidays map[string][]calendars.Day) []PayMinutes {
	p := Problem{Team: t, Holidays: holidays}
	if len(assignments) > 0 {
		first := slices.MinFunc(assignments, func(a, b Assignment) int { return a.Shift.Start.Compare(b.Shift.Start) })
		p.Demand.Grid = t.Horizon(calendars.DayOf(first.Shift.Start, t.Zone).Monday(), int(t.weeksOf(assignments)))
	}
	judging := NewJudging(p, assignments)
	all := make([]PayMinutes, len(judging.rows))
	for i := range judging.rows {
		all[i] = judging.rows[i].pay(t.weeksOf(assignments))
	}
	return all
}

// pay sums up one row over so many weeks.
func (r *row) pay(weeks int64) PayMinutes {
	p := PayMinutes{Operator: r.operator.ID}
	for i := range r.shifts {
		p.add(r.paidFor(&r.shifts[i]))
	}
	law, protected := r.operator.law()
	above := law.overtimeAbove()
	switch average := r.limits.Average.Minutes; {
	case !protected:
	case above > 0:
		for _, monday := range r.weeks {
			p.Overtime += max(0, r.minutesIn(r.weekOf(monday))-r.unpaidIn(monday)-above)
		}
	case average > 0:
		p.Overtime = max(0, p.Converted-average*weeks)
	}
	p.Pay = r.operator.PayOf(p)
	return p
}

// paidFor is a shift by what it is paid for, but for overtime.
func (r *row) paidFor(w *worked) PayMinutes {
	unpaid := w.to - w.from - int64(r.problem.Team.Worked(w.Assignment)/time.Minute)
	return PayMinutes{
		Operator: r.operator.ID, Shifts: 1, Worked: w.to - w.from - unpaid, Converted: w.counted - unpaid, Night: w.night,
		Sunday: r.minutesDuring(DuringSunday, w.span), Holiday: r.minutesDuring(DuringHoliday, w.span),
	}
}

func (p *PayMinutes) add(o PayMinutes) {
	p.Shifts, p.Worked, p.Converted = p.Shifts+o.Shifts, p.Worked+o.Worked, p.Converted+o.Converted
	p.Night, p.Sunday, p.Holiday = p.Night+o.Night, p.Sunday+o.Sunday, p.Holiday+o.Holiday
}

// PayOf is what the time is paid under the contract, and under the law that
// protects the operator.
func (o Operator) PayOf(p PayMinutes) Pay {
	law, protected := o.law()
	if !protected {
		law = Law{}
	}
	return o.Contract.money(p, law)
}

// paid finds what the row's shifts are paid, each by itself: overtime, which no
// shift has alone, is not in the score.
func paid(r *row) []finding {
	if r.problem.Team.PayWeight == 0 || r.operator.Contract.HourlyPay == 0 {
		return nil
	}
	f := finding{Breach: Breach{Rule: RulePay, Operator: r.operator.ID}}
	for i := range r.shifts {
		if w := &r.shifts[i]; w.own {
			pay := r.operator.PayOf(r.paidFor(w)).Total
			f.Amount, f.Cost = f.Amount+pay, f.Cost+r.problem.Team.PayCost(pay)
		}
	}
	return []finding{f}
}

// PayCost is what so many hundredths of the currency cost the score.
func (t Team) PayCost(hundredths int64) int64 {
	return int64(math.Round(t.PayWeight * float64(hundredths)))
}

// checkPay says if pay counts so much that it cannot be meant.
func (t Team) checkPay() error {
	const most = 1_000_000 // minutes
	if !(t.PayWeight >= 0 && t.PayWeight <= most) {
		return expect(false, "pay_weight: %v is not possible: expected 0 to %d", t.PayWeight, most)
	}
	for _, o := range t.Operators {
		if hour := t.PayWeight * o.Contract.HourlyPay; hour > most {
			return expect(false, "pay_weight: %v is not possible: an hour of %s at %v costs %.0f minutes then, expected at most %d", t.PayWeight, o.Name, o.Contract.HourlyPay, hour, most)
		}
	}
	return nil
}

// Payroll says what shifts are paid for, as the score has it.
type Payroll struct{ facts *facts }

// NewPayroll is that of a problem's team. Any number may ask it at once.
func NewPayroll(p Problem) Payroll {
	return Payroll{newFactsToShare(p)}
}

// Minutes are a shift's, by what it is paid for: the same for all operators of a
// zone and country, but for those whose law converts night hours.
func (y Payroll) Minutes(o *Operator, a Assignment) PayMinutes {
	r := row{facts: y.facts, operator: o, clock: y.facts.clock(o)}
	w := r.work(a, false)
	return r.paidFor(&w)
}

// unpaidIn is how much of the week of the Monday is unpaid breaks: those placed are
// the template's in the order of their windows, others begin with these.
func (r *row) unpaidIn(monday int) (minutes int64) {
	in := r.weekOf(monday)
	for i := range r.shifts {
		w := &r.shifts[i]
		if w.overlap(in) == 0 {
			continue
		}
		template, _ := r.problem.Team.Template(w.Template)
		breaks := slices.SortedStableFunc(slices.Values(template.Breaks), func(a, b Break) int {
			return cmp.Or(cmp.Compare(a.From.Duration, b.From.Duration), cmp.Compare(a.To.Duration, b.To.Duration))
		})
		for k, b := range breaks {
			from := w.from + minutesPer(b.From)
			if len(w.Breaks) == len(breaks) {
				from = minuteOf(w.Breaks[k].Start)
			}
			if !b.Paid {
				minutes += span{from, from + minutesPer(b.Length)}.overlap(in)
			}
		}
	}
	return minutes
}

// overtimeAbove is the week above which the law pays overtime; 0 where it does
// not go by single weeks.
func (l Law) overtimeAbove() int64 {
	for _, r := range l.Pay {
		if r.For == ForOvertime && r.Above.Duration > 0 {
			return minutesPer(r.Above)
		}
	}
	return 0
}

// money is the pay of so many minutes.
func (c Contract) money(p PayMinutes, law Law) (m Pay) {
	premium := func(kind string, minutes int64, promised float64) int64 {
		hours, left := 0.0, minutes
		for _, r := range law.Pay {
			if r.For != kind || left == 0 {
				continue
			}
			part := left
			if first := minutesPer(r.First); first > 0 {
				part = min(part, first)
			}
			hours += float64(part) * max(r.Premium, promised)
			left -= part
		}
		return c.hundredths(hours + float64(left)*promised)
	}
	m.Base = c.hundredths(float64(p.Worked))
	m.Night = premium(ForNight, p.Night, c.Premiums.Night)
	m.Sunday = premium(ForSunday, p.Sunday, c.Premiums.Sunday)
	m.Holiday = premium(ForHoliday, p.Holiday, c.Premiums.Holiday)
	m.Overtime = premium(ForOvertime, p.Overtime, c.Premiums.Overtime)
	m.Total = m.Base + m.Night + m.Sunday + m.Holiday + m.Overtime
	return m
}

// hundredths is what so many minutes at the hourly pay cost.
func (c Contract) hundredths(minutes float64) int64 {
	const perHour = 60
	return int64(math.Round(minutes * c.HourlyPay * 100 / perHour))
}

// weeksOf is how many calendar weeks of the team the assignments touch, from the
// first to the last.
func (t Team) weeksOf(assignments []Assignment) int64 {
	if len(assignments) == 0 {
		return 0
	}
	byStart := func(a, b Assignment) int { return cmp.Compare(a.Shift.Start.Unix(), b.Shift.Start.Unix()) }
	first, last := slices.MinFunc(assignments, byStart), slices.MaxFunc(assignments, byStart)
	days := calendars.DayOf(first.Shift.Start, t.Zone).Monday().DaysUntil(calendars.DayOf(last.Shift.Start, t.Zone))
	return int64(days/week + 1)
}

// check returns every fault of the premiums, joined.
func (p Premiums) check() error {
	const most = 10
	for _, share := range []float64{p.Night, p.Sunday, p.Holiday, p.Overtime} {
		if !(share >= 0 && share <= most) {
			return expect(false, "%v is not possible: expected a share of the hourly pay, 0 to %d", share, most)
		}
	}
	return nil
}
