package roster

import (
	"cmp"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Account is what one operator has carried of the team's burdens: their page
// of the fairness ledger.
type Account struct {
	Operator ID      `json:"operator"`
	Name     string  `json:"name"`
	Points   float64 `json:"points" doc:"What all entries count for now, and what was brought forward."`
	Share    float64 `json:"points_per_40_hours" doc:"The same for 40 contracted hours a week: what fairness makes equal."`
	Forward  float64 `json:"brought_forward" doc:"Points of an earlier ledger, as far as they still count; a fair part of the others' for who has joined since."`
	Entries  []Entry `json:"entries" nullable:"false"`
}

// Entry is one burden.
type Entry struct {
	Day    calendars.Day `json:"day" doc:"In the operator's zone."`
	Kind   string        `json:"kind" enum:"night,weekend,holiday,short-notice,refused-wish"`
	Points float64       `json:"points"`
	Counts float64       `json:"counts" doc:"What is left of them by now: they halve with time."`
}

// Forward is what a ledger says of an operator at the end of a day, for the next one.
type Forward struct {
	Day    calendars.Day `json:"day"`
	Name   string        `json:"name"`
	Points float64       `json:"points"`
}

// Ledger returns an account for each operator, in the order of the team, of
// the shifts that were published, as they count on the day: by then they decay.
// What is before the day that an account was brought forward from is in it
// already. Shifts are of the day of the team on which they start, so that each is
// in one ledger of those that follow one another; the days of wishes are the
// operator's. Who joins opens with a fair part. Shifts without stamps were not
// changed at short notice. Wishes count on the days from the first shift to the last.
func Ledger(t Team, published []Published, holidays map[string][]calendars.Day, forward []Forward, at calendars.Day) []Account {
	f := &t.Fairness
	assignments := make([]Assignment, len(published))
	for i, p := range published {
		assignments[i] = p.Assignment
	}
	p := Problem{Team: t, Holidays: holidays}
	if n := len(assignments); n > 0 {
		s := spanning(assignments)
		first := calendars.DayOf(instantOf(s.from), t.Zone)
		last := calendars.DayOf(instantOf(s.to-1), t.Zone)
		p.Demand.Grid = calendars.GridOver(first.Start(t.Zone), last.Next().Start(t.Zone), t.Interval.Duration)
	}
	judging := NewJudgingWithout(p, assignments)
	accounts, joined := make([]Account, len(judging.rows)), joinedOf(t, published, at)
	for i := range judging.rows {
		r := &judging.rows[i].row
		a := Account{Operator: r.operator.ID, Name: r.operator.Name}
		var since calendars.Day // what is older has been brought forward
		for _, old := range forward {
			if old.Name == a.Name {
				a.Forward += f.left(old.Points, old.Day, at)
				since, joined[i] = old.Day, calendars.Day{}
			}
		}
		a.Entries = r.entries(f, published, since, at)
		accounts[i] = a
	}
	admit(t, accounts, joined)
	for i := range accounts {
		a := &accounts[i]
		a.Points = a.Forward
		for _, e := range a.Entries {
			a.Points += e.Counts
		}
		a.Points = float64(thousandths(a.Points)) / milli
		a.Share = float64(thousandths(a.Points*fullWeek/float64(contracted(t.Operators[i].Contract)))) / milli
	}
	return accounts
}

// joinedOf is for each operator the Monday of the team's week in which they have a
// first shift; that of the day itself if they have none.
func joinedOf(t Team, published []Published, at calendars.Day) []calendars.Day {
	first := map[ID]time.Time{}
	for _, p := range published {
		if start, there := first[p.Operator]; !there || p.Shift.Start.Before(start) {
			first[p.Operator] = p.Shift.Start
		}
	}
	joined := make([]calendars.Day, len(t.Operators))
	for i, o := range t.Operators {
		joined[i] = at.Monday()
		if start, there := first[o.ID]; there {
			joined[i] = calendars.DayOf(start, t.Zone).Monday()
		}
	}
	return joined
}

// admit lets each account open with a fair part, by contracted hours, of what those
// who were there before had carried by the day of joining: it is not theirs to
// catch up with. Those of earlier ledgers have no such day.
func admit(t Team, accounts []Account, joined []calendars.Day) {
	order := make([]int, len(accounts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return -joined[a].DaysUntil(joined[b]) })
	points, hours := 0.0, int64(0)
	for n, i := range order {
		if n > 0 && joined[order[n-1]].Before(joined[i]) { // all the others so far were there
			points, hours = 0, 0
			for _, k := range order[:n] {
				points, hours = points+accounts[k].before(joined[i]), hours+contracted(t.Operators[k].Contract)
			}
		}
		if hours > 0 {
			accounts[i].Forward = float64(thousandths(points*float64(contracted(t.Operators[i].Contract))/float64(hours))) / milli
		}
	}
}

// before is what was brought forward and the entries before the day count for now.
func (a *Account) before(day calendars.Day) float64 {
	points := a.Forward
	for _, e := range a.Entries {
		if e.Day.Before(day) {
			points += e.Counts
		}
	}
	return points
}

// left is what points of a day count for on another.
func (f *Fairness) left(points float64, day, at calendars.Day) float64 {
	return float64(f.decayed(thousandths(points), max(0, day.DaysUntil(at)))) / milli
}

// entries are the row's burdens of the team's days [since, at), in order.
func (r *row) entries(f *Fairness, published []Published, since, at calendars.Day) []Entry {
	entries := []Entry{}
	add := func(day, of calendars.Day, kind string, points float64) {
		if points > 0 && !of.Before(since) && of.Before(at) {
			entries = append(entries, Entry{day, kind, points, f.left(points, day, at)})
		}
	}
	shift := func(start time.Time, kind string, points float64) {
		add(calendars.DayOf(start, r.clock.zone), calendars.DayOf(start, r.problem.Team.Zone), kind, points)
	}
	for i := range r.shifts {
		w := &r.shifts[i]
		for _, b := range r.burdens(f, w) {
			shift(w.Shift.Start, b.kind, float64(b.points)/milli)
		}
	}
	for _, p := range published {
		if p.Operator == r.operator.ID && !p.Changed.IsZero() && p.Shift.Start.Sub(p.Changed) < shortNotice {
			shift(p.Shift.Start, BurdenNotice, f.ShortNotice)
		}
	}
	if len(published) > 0 {
		for _, refused := range wishes(r) {
			day := r.clock.date(r.clock.day(minuteOf(refused.Shifts[0].Start)))
			add(day, day, BurdenRefused, f.Refused)
		}
	}
	slices.SortStableFunc(entries, func(a, b Entry) int { return cmp.Or(-a.Day.DaysUntil(b.Day), cmp.Compare(a.Kind, b.Kind)) })
	return entries
}

// PointsOf is what the accounts say, as a problem takes it.
func PointsOf(accounts []Account) map[ID]int64 {
	points := map[ID]int64{}
	for _, a := range accounts {
		points[a.Operator] = thousandths(a.Points)
	}
	return points
}

// Forwarded is what the accounts say on the day, as the next ledger takes it.
func Forwarded(accounts []Account, at calendars.Day) []Forward {
	forward := make([]Forward, len(accounts))
	for i, a := range accounts {
		forward[i] = Forward{at, a.Name, a.Points}
	}
	return forward
}
