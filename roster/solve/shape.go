package solve

import (
	"math"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// shape is what the stints program knows of an operator's rules. All bounds
// are hard.
type shape struct {
	leastRun, mostRun, leastOff int // days on end
	weekends                    int // most
	least, most                 int64
	caps                        []limit
	bans                        [][2][]string // templates that may not be worked on the day after others
	knows                       bool          // every rule that binds the operator
	leasts                      bool          // something is asked for at least

	classes int
	unit    int64    // minutes that the length of every shift is a multiple of
	length  []int    // per class, in units
	shorter int      // units of the shortest shift
	spread  int      // units that the longest is longer
	after   []int    // per class, which of sets it may follow on the day after
	sets    [][]bool // of classes
	members [][]int  // the classes of each set
	alike
	class   []int16   // per option
	live    [][]int16 // per day the classes that it has
	counted [][]int   // per option, positions of the caps that count it
	first   int       // weekday of the first day, Monday 0
}

// limit is how many shifts of some templates a row may hold.
type limit struct {
	most      int
	templates []string
}

// shapeOf reads an operator's rules; nil if the stints program cannot keep one
// that the days program can.
func shapeOf(p *roster.Problem, r *row) *shape {
	o := r.operator
	s := &shape{leastRun: 1, mostRun: o.Contract.MaxConsecutiveDays, leastOff: 1, weekends: math.MaxInt16, most: math.MaxInt32, knows: true}
	for _, rule := range r.rules {
		if !s.learn(p, &rule) {
			s.knows = false
		}
	}
	s.mostRun = min(s.mostRun, len(r.days))
	s.first = (int(r.days[0].weekday) + 6) % 7
	s.knows = s.knows && r.limits.WeeklyRest.Minutes == 0
	return s
}

// learn understands a rule, and says whether all of it.
func (s *shape) learn(p *roster.Problem, b *roster.Rule) bool {
	plain := b.Weight == 0 && b.FromNights == 0 && b.During == "" && len(b.Weekdays) == 0 && !b.Stretch
	whole := b.Per == "" || b.Per == roster.PerHorizon
	all := len(b.Templates) == 0
	switch {
	case !plain:
		return false
	case b.Count == roster.CountShifts && whole && b.Least == nil && !all:
		s.caps = append(s.caps, limit{int(*b.Most), b.Templates})
	case b.Count == roster.CountMinutes && whole && all:
		s.bound(b.Least, b.Most)
	case b.Count == roster.CountDays && b.Per == roster.PerRun && all:
		if b.Least != nil {
			s.leastRun, s.leasts = max(s.leastRun, int(*b.Least)), s.leasts || *b.Least > 1
		}
		if b.Most != nil {
			s.mostRun = min(s.mostRun, int(*b.Most))
		}
	case b.Count == roster.CountDaysOff && b.Per == roster.PerRun && all && b.Most == nil:
		s.leastOff, s.leasts = max(s.leastOff, int(*b.Least)), s.leasts || *b.Least > 1
	case b.Count == roster.CountWeekends && whole && all && b.Least == nil:
		s.weekends = min(s.weekends, int(*b.Most))
	case b.Count == roster.CountSequence && b.Per == "" && b.Least == nil && *b.Most == 0 && len(b.Sequence) == 2:
		from, to := roster.Steps(b.Sequence[0]), roster.Steps(b.Sequence[1])
		if !p.Team.Known(from) || !p.Team.Known(to) {
			return false // off, work, any
		}
		s.ban(from, to)
	default:
		return false
	}
	return true
}

// ban notes that none of some templates is followed by one of others. Those that the same
// may not follow make one ban, so that they can be of one class.
func (s *shape) ban(from, to []string) {
	for i, b := range s.bans {
		if slices.Equal(b[1], to) {
			s.bans[i][0] = append(slices.Clip(b[0]), from...)
			return
		}
	}
	s.bans = append(s.bans, [2][]string{from, to})
}

func (s *shape) bound(least, most *int64) {
	if least != nil {
		s.least = max(s.least, *least)
		s.leasts = s.leasts || *least > 0
	}
	if most != nil {
		s.most = min(s.most, *most)
	}
}

// forbids says whether no shift of the template can be in the row.
func (s *shape) forbids(t *roster.Team, template string) bool {
	return slices.ContainsFunc(s.caps, func(c limit) bool { return c.most == 0 && t.Names(c.templates, template) })
}

// fits says whether the stints program can make the row: nothing is pinned or
// carried in, weeks cannot hold too many hours, a day off clears what happened
// before it, and what it does not know may be taken out of the row again.
func (s *shape) fits(p *roster.Problem, r *row, shifts []shift) bool {
	o := r.operator
	s.knows = s.knows && !r.noticed && !r.followed
	pinned := slices.ContainsFunc(r.days, func(d day) bool { return len(d.pins) > 0 })
	if pinned || r.carriedEnd != never || s.mostRun < 1 || o.Contract.MinWeek.Duration > 0 || !s.knows && s.leasts || s.leasts && !r.wholeDays(p) {
		return false
	}
	s.caps = slices.DeleteFunc(s.caps, func(c limit) bool { return c.most == 0 || c.most >= len(r.days) })
	const mostCaps = 64 // one bit for each
	if len(s.caps) > mostCaps || !s.classify(p, r, shifts) {
		return false
	}
	own, week := r.hardest(s)
	s.knows = s.knows && week <= r.limits.MaxWeek.Minutes && (r.limits.Average.Minutes == 0 || week <= r.limits.Average.Minutes)
	return own <= r.limits.MaxWeek.Minutes
}

// hardest is the most minutes that a calendar week can hold under the shape's
// runs: of shifts that start in it, and with what the Sunday before spills over.
func (r *row) hardest(s *shape) (own, week int64) {
	var spill, sunday, other int64
	for i := range r.options {
		o := &r.options[i]
		if r.days[o.day].weekday == time.Sunday {
			spill, sunday = max(spill, int64(o.spill)), max(sunday, int64(o.own))
		} else {
			other = max(other, int64(o.own+o.spill))
		}
	}
	period := s.mostRun + s.leastOff
	for offset := range period {
		works := func(d int) int64 {
			if (offset+d)%period < s.mostRun {
				return 1
			}
			return 0
		}
		of := works(7) * sunday
		for d := 1; d < 7; d++ {
			of += works(d) * other
		}
		own, week = max(own, of), max(week, of+works(0)*spill)
	}
	return own, week
}

// wholeDays says whether the horizon begins and ends at the operator's midnight.
func (r *row) wholeDays(p *roster.Problem) bool {
	span := p.Demand.Grid.Span()
	return r.midnight(span.Start) && r.midnight(span.End)
}

// midnight says whether a moment is the operator's.
func (r *row) midnight(t time.Time) bool {
	return calendars.DayOf(t, r.operator.Zone).Start(r.operator.Zone).Equal(t)
}

// keeps says whether the choice keeps all that the shape knows.
func (s *shape) keeps(r *row, chosen []int32) bool {
	return s.stands(r, chosen) && len(s.over(chosen, s.allowed())) == 0
}

// stands says whether it keeps all of that but the caps.
func (s *shape) stands(r *row, chosen []int32) bool {
	units, weekends := 0, 0
	for first := 0; first < len(chosen); {
		last := first
		for last < len(chosen) && (chosen[last] >= 0) == (chosen[first] >= 0) {
			last++
		}
		inner := first > 0 && last < len(chosen)
		if chosen[first] < 0 {
			if inner && last-first < s.leastOff {
				return false
			}
			first = last
			continue
		}
		if last-first > s.mostRun || inner && last-first < s.leastRun {
			return false
		}
		weekends += s.weekendsOf(first, last-first)
		for d := first; d < last; d++ {
			class := r.options[chosen[d]].class
			units += s.length[class]
			if d > first && !s.allows(r.options[chosen[d-1]].class, class) {
				return false
			}
		}
		first = last
	}
	w := s.whole(r)
	return units >= w.least && units <= w.most && weekends <= w.weekends
}

// allowed is the most of every cap.
func (s *shape) allowed() []int {
	all := make([]int, len(s.caps))
	for c := range all {
		all[c] = s.caps[c].most
	}
	return all
}
