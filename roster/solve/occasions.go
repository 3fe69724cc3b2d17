package solve

import (
	"cmp"
	"slices"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// occasion is a shift that can be worked on a day, as far as rules ask: the
// cheapest of several options stands for it.
type occasion struct {
	start, end int64
	own, spill int32
	night      bool
	touches    bool    // it reaches into the next day
	class      int     // of those of the day that are the same to what may come after
	added      []int16 // per sum before it, its place after it, or -1
}

// mostOccasions of a day have numbers.
const mostOccasions = 1<<choiceBits - 2

// lay lists the occasions of every day by start, of all rows together, and
// notes which of them each option is.
func (w *weekly) lay(p *roster.Problem, rows []*row, shifts []shift) {
	w.occasion = make([][]occasion, len(rows[0].days))
	nights := map[string]bool{}
	same := func(o *option, s *shift) func(occasion) bool {
		return func(x occasion) bool {
			return x.start == s.start && x.end == s.end && x.own == o.own && x.spill == o.spill && x.night == nights[s.template]
		}
	}
	for _, r := range rows {
		for i := range r.options {
			o, s := &r.options[i], &shifts[r.options[i].shift]
			if _, known := nights[s.template]; !known {
				nights[s.template] = w.nights > 0 && p.Team.Names(w.dark, s.template)
			}
			if of := w.occasion[o.day]; !slices.ContainsFunc(of, same(o, s)) {
				w.occasion[o.day] = append(of, occasion{start: s.start, end: s.end, own: o.own, spill: o.spill, night: nights[s.template], touches: r.touches(o, shifts)})
			}
		}
	}
	for _, of := range w.occasion {
		slices.SortStableFunc(of, func(a, b occasion) int { return cmp.Compare(a.start, b.start) })
	}
	for _, r := range rows {
		for i := range r.options {
			o := &r.options[i]
			o.occasion = uint8(min(mostOccasions+1, slices.IndexFunc(w.occasion[o.day], same(o, &shifts[o.shift]))))
		}
	}
}

// classify gives those shifts of a day one class after which the same may
// follow: what they leave of every rest that could be too short.
func (w *weekly) classify(r *row) {
	type kind struct {
		own, spill     int32
		night, touches bool
		end            int64 // beyond the week
		rests          string
	}
	for d := range w.occasion {
		var kinds []kind
		for i := range w.occasion[d] {
			o := &w.occasion[d][i]
			one := kind{o.own, o.spill, o.night, o.touches, max(o.end, r.weeks[r.days[d].week].end), w.leaves(r, d, o.end)}
			if o.class = slices.Index(kinds, one); o.class < 0 {
				o.class = len(kinds)
				kinds = append(kinds, one)
			}
		}
	}
}

// leaves says of everything that may come after a shift on day d, in a fixed
// order, whether there is rest enough before it.
func (w *weekly) leaves(r *row, d int, end int64) string {
	var rests []byte
	note := func(rest bool) bool {
		mark := byte('0')
		if rest {
			mark = '1'
		}
		rests = append(rests, mark)
		return rest
	}
	week := r.weeks[r.days[d].week]
	test := func(at int64) bool { return note(at-max(end, week.start) >= r.limits.WeeklyRest.Minutes) }
	test(week.end)
	for next := d + 1; next < len(r.days) && r.days[next].week == r.days[d].week; next++ {
		done := test(r.days[next].start)
		for _, o := range w.occasion[next] {
			test(o.start)
		}
		if done {
			break
		}
	}
	if d+1 < len(r.days) {
		for _, o := range w.occasion[d+1] {
			note(o.start-end >= r.limits.DailyRest.Minutes)
		}
	}
	return string(rests)
}

// summed finds what sums of hours a week can hold day by day, and says whether
// there are few enough.
func (w *weekly) summed(r *row) bool {
	const mostSums = 200
	most := int32(r.limits.MaxWeek.Minutes)
	for d := range r.days {
		day := dayOfWeek{}
		switch {
		case d == 0:
			day.in = []int32{r.weeks[0].carried}
		case r.days[d].week != r.days[d-1].week:
			day.in = []int32{0}
			for _, o := range w.occasion[d-1] {
				day.in = append(day.in, o.spill)
			}
		default:
			day.in = w.days[d-1].out
		}
		slices.Sort(day.in)
		day.in = slices.Compact(day.in)
		day.out = slices.Clone(day.in)
		for _, o := range w.occasion[d] {
			for _, sum := range day.in {
				if sum+o.own <= most {
					day.out = append(day.out, sum+o.own)
				}
			}
		}
		slices.Sort(day.out)
		if day.out = slices.Compact(day.out); len(day.out) > mostSums {
			return false
		}
		day.kept = day.adding(0)
		for i := range w.occasion[d] {
			w.occasion[d][i].added = day.adding(w.occasion[d][i].own)
		}
		w.days = append(w.days, day)
	}
	return true
}

// dayOfWeek is what a week's hours can come to before a day and after it.
type dayOfWeek struct {
	in, out []int32   // ascending
	kept    []int16   // per sum before a free day, its place after it
	sizes   []size    // of shifts
	added   [][]int16 // per size and sum before it, its place after it, or -1
	size    []uint8   // per occasion
	least   int32     // minutes of the shortest
}

// adding is per sum before the day the place of what it comes to, or -1.
func (d *dayOfWeek) adding(minutes int32) (to []int16) {
	for _, sum := range d.in {
		at, known := slices.BinarySearch(d.out, sum+minutes)
		if !known {
			at = -1
		}
		to = append(to, int16(at))
	}
	return to
}

// fits says whether the states of the program can be told apart by what one of
// them has room for.
func (w *weekly) fits(r *row) bool {
	kinds, states := 2*w.runs.count()*w.span, 0
	for d := range w.days {
		classes := 0
		for _, o := range w.occasion[d] {
			classes = max(classes, o.class+1)
		}
		if len(w.occasion[d]) > mostOccasions {
			return false
		}
		const others = 4 // free, waiting and merged blocks, about
		states += (classes + others + w.families()) * kinds * len(w.days[d].out)
	}
	return states < 1<<(halfway-choiceBits-1)
}

// count finds which numbers of weekends matter: where all that are to come may
// be worked too, it is all one how many there were.
func (w *weekly) count(r *row) {
	w.floors, w.span = make([]int, len(r.days)), 1
	w.weekends = min(w.weekends, len(r.days)/7+2)
	coming := 0
	for d := len(r.days) - 1; d >= 0; d-- {
		w.floors[d] = max(0, w.weekends-coming)
		if r.days[d].weekday == time.Sunday || r.days[d].weekday == time.Saturday && d == len(r.days)-1 {
			coming++
		}
	}
	most := 0
	for d := range r.days {
		if weekend(&r.days[d], d > 0) {
			most = min(most+1, w.weekends)
		}
		most = max(most, w.floors[d])
		w.span = max(w.span, most-w.floors[d]+1)
	}
}

// families is how many kinds of beginnings rules and wishes tell apart beside
// their states: so many nights on end, yesterday's shift that reaches into
// today, and not at work yesterday.
func (w *weekly) families() int { return 1 + 2*(w.nights+1) }

// family is the number of such a kind.
func (w *weekly) family(works bool, nights int, touched bool) int {
	switch {
	case !works:
		return 0
	case touched:
		return 2 + 2*nights
	}
	return 1 + 2*nights
}
