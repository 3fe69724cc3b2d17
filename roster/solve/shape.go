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
	unit    int64     // minutes that the length of every shift is a multiple of
	length  []int     // per class, in units
	shorter int       // units of the shortest shift
	spread  int       // units that the longest is longer
	after   []int     // per class, which of sets it may follow on the day after
	sets    [][]bool  // of classes
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
	for _, rule := range p.Team.RulesOf(*o) {
		if !s.learn(p, &rule) {
			s.knows = false
		}
	}
	s.mostRun = min(s.mostRun, len(r.days))
	s.first = (int(r.days[0].weekday) + 6) % 7
	s.knows = s.knows && r.limits.WeeklyRest.Minutes == 0 && p.Now.IsZero()
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
		s.bans = append(s.bans, [2][]string{from, to})
	default:
		return false
	}
	return true
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
	at := func(t time.Time) bool {
		return calendars.DayOf(t, r.operator.Zone).Start(r.operator.Zone).Equal(t)
	}
	span := p.Demand.Grid.Span()
	return at(span.Start) && at(span.End)
}

// kindOf is what the stints program needs to tell shifts apart by.
type kindOf struct {
	start, end, counted int64 // the first two after the day's midnight, where they matter
	roles               [2]string
}

// perDay is the minutes of a day in UTC.
const perDay = 24 * 60

// classify sorts the options into classes that are alike to every rule but
// caps: as long, and before and after the same. False means that a shift could
// be too close to one two days before, or that there are too many classes.
func (s *shape) classify(p *roster.Problem, r *row, shifts []shift) bool {
	kinds, roles, members := map[kindOf]uint8{}, map[string][2]string{}, []int{}
	timed := r.limits.DailyRest.Minutes > 0
	for i := range r.options {
		_, end := r.clock(i, shifts)
		timed = timed || end > perDay
	}
	for i := range r.options {
		o := &r.options[i]
		at := &shifts[o.shift]
		if _, known := roles[at.template]; !known {
			roles[at.template] = s.roles(p, at.template)
		}
		k := kindOf{counted: o.minutes(), roles: roles[at.template]}
		if timed {
			k.start, k.end = r.clock(i, shifts)
		}
		class, known := kinds[k]
		if !known {
			if class = uint8(len(members)); class == math.MaxUint8 {
				return false
			}
			kinds[k], members = class, append(members, i)
		}
		o.class = class
	}
	s.classes = len(members)
	return s.measure(r, members) && s.sequence(p, r, shifts, members)
}

// minutes is all that counts of the option.
func (o *option) minutes() int64 { return int64(o.own + o.spill) }

// clock is when the option's shift starts and ends, in minutes after the day
// began, were all days as long.
func (r *row) clock(i int, shifts []shift) (start, end int64) {
	o := &r.options[i]
	midnight := r.days[0].start + int64(o.day)*perDay
	return shifts[o.shift].start - midnight, shifts[o.shift].end - midnight
}

// roles are the bans that a template takes part in, as the first of the two
// shifts and as the second.
func (s *shape) roles(p *roster.Problem, template string) (roles [2]string) {
	for side := range roles {
		mark := make([]byte, len(s.bans))
		for i, b := range s.bans {
			mark[i] = '0'
			if p.Team.Names(b[side], template) {
				mark[i] = '1'
			}
		}
		roles[side] = string(mark)
	}
	return roles
}

// measure finds the unit of all lengths.
func (s *shape) measure(r *row, members []int) bool {
	for _, i := range members {
		a, b := s.unit, r.options[i].minutes()
		for b != 0 {
			a, b = b, a%b
		}
		s.unit = a
	}
	if s.unit == 0 {
		return false
	}
	longest := 0
	s.shorter = math.MaxInt32
	for _, i := range members {
		n := int(r.options[i].minutes() / s.unit)
		s.length = append(s.length, n)
		s.shorter, longest = min(s.shorter, n), max(longest, n)
	}
	s.spread = longest - s.shorter
	const widest = 100 // units: the table of stints has a column for each
	return s.spread*s.mostRun < widest
}

// sequence finds which class may follow which on the day after.
func (s *shape) sequence(p *roster.Problem, r *row, shifts []shift, members []int) bool {
	rest := r.limits.DailyRest.Minutes
	for _, b := range members {
		set := make([]bool, len(members))
		for a, i := range members {
			_, end := r.clock(i, shifts)
			start, _ := r.clock(b, shifts)
			if 2*perDay+start-end < rest {
				return false
			}
			banned := perDay+start-end < rest
			for _, ban := range s.bans {
				from, to := shifts[r.options[i].shift].template, shifts[r.options[b].shift].template
				banned = banned || p.Team.Names(ban[0], from) && p.Team.Names(ban[1], to)
			}
			set[a] = !banned
		}
		at := slices.IndexFunc(s.sets, func(other []bool) bool { return slices.Equal(other, set) })
		if at < 0 {
			at = len(s.sets)
			s.sets = append(s.sets, set)
		}
		s.after = append(s.after, at)
	}
	s.lay(p, r, shifts)
	return true
}

// lay notes what each day has, and which caps count each option.
func (s *shape) lay(p *roster.Problem, r *row, shifts []shift) {
	s.live, s.class = make([][]int16, len(r.days)), make([]int16, len(r.options))
	if len(s.caps) > 0 {
		s.counted = make([][]int, len(r.options))
	}
	byTemplate := map[string][]int{}
	for i := range r.options {
		o := &r.options[i]
		s.class[i] = int16(o.class)
		if !slices.Contains(s.live[o.day], s.class[i]) {
			s.live[o.day] = append(s.live[o.day], s.class[i])
		}
		if len(s.caps) == 0 {
			continue
		}
		template := shifts[o.shift].template
		counted, known := byTemplate[template]
		if !known {
			for c := range s.caps {
				if p.Team.Names(s.caps[c].templates, template) {
					counted = append(counted, c)
				}
			}
			byTemplate[template] = counted
		}
		s.counted[i] = counted
	}
}

// allows says whether class b may follow class a on the day after.
func (s *shape) allows(a, b uint8) bool { return s.sets[s.after[b]][a] }

// keeps says whether the choice keeps all that the shape knows.
func (s *shape) keeps(r *row, chosen []int32) bool {
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
	return units >= w.least && units <= w.most && weekends <= w.weekends && len(s.over(chosen, s.allowed())) == 0
}

// allowed is the most of every cap.
func (s *shape) allowed() []int {
	all := make([]int, len(s.caps))
	for c := range all {
		all[c] = s.caps[c].most
	}
	return all
}

// overlaps says whether an option counts for the cap and for one of others.
func (s *shape) overlaps(c int, others []int) bool {
	return slices.ContainsFunc(s.counted, func(caps []int) bool {
		return contains(caps, c) && slices.ContainsFunc(others, func(o int) bool { return contains(caps, o) })
	})
}
