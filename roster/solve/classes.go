package solve

import (
	"math"
	"slices"

	"github.com/smena-wfm/smena/roster"
)

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
	for _, set := range s.sets {
		var members []int
		for class, in := range set {
			if in {
				members = append(members, class)
			}
		}
		s.members = append(s.members, members)
	}
	s.compare()
	s.lay(p, r, shifts)
	return true
}

// alike is which classes are alike to the day after: what may follow is asked once for
// all of them by rows at a pace.
type alike struct {
	pattern []int   // of each class
	feeds   [][]int // per pattern, the sets that it is in
	groups  [][]int // per set, the classes that may follow it
}

// compare finds which classes are alike to the day after.
func (s *shape) compare() {
	s.groups = make([][]int, len(s.sets))
	for c := range s.length {
		s.groups[s.after[c]] = append(s.groups[s.after[c]], c)
		var in []int
		for set := range s.sets {
			if s.sets[set][c] {
				in = append(in, set)
			}
		}
		at := slices.IndexFunc(s.feeds, func(other []int) bool { return slices.Equal(other, in) })
		if at < 0 {
			at = len(s.feeds)
			s.feeds = append(s.feeds, in)
		}
		s.pattern = append(s.pattern, at)
	}
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
