package solve

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// weekly is what the weeks program knows of the rules of operators who have
// the same: rest, hours and free time of calendar weeks, runs of days and of days
// off, nights on end and weekends; and of the shifts that one of them can work.
type weekly struct {
	knows    bool // every rule that binds them
	nights   int  // most on end; no limit if 0
	dark     []string
	weekends int // most
	runs     runs
	loosely  runs  // those that the loose program keeps
	floors   []int // per day, how many weekends may as well have been worked up to it: all to come fit in
	span     int   // so many numbers of weekends matter on a day
	occasion [][]occasion
	days     []dayOfWeek
	widest   int      // sums of hours on a day, at most
	rough    *roughly // nil if the rough program is not for them
}

// likeness is what makes operators alike to the weeks program.
type likeness struct {
	zone                 string
	rest, weekRest, week int64 // minutes
	nights, weekends     int
	runs                 runs
	knows                bool
	dark                 string
	carried              int32 // minutes in the first week
	carriedRun           int
	carriedEnd           int64
	carriedOff           int
}

// weeklies finds what the weeks program knows of rows that are not for the
// stints program, or of which that knows less, once for all that are alike, on
// so many cores.
func (m *model) weeklies(cores int) {
	alike, kinds := map[likeness][]*row{}, []likeness{}
	found := map[likeness]*weekly{}
	for _, r := range m.rows {
		if r.shape != nil && (r.shape.leasts || r.shape.knows && r.wishesFit(m.shifts)) {
			continue
		}
		if w, like := weeklyOf(&m.problem, r); w != nil {
			if found[like] == nil {
				found[like], kinds = w, append(kinds, like)
			}
			alike[like] = append(alike[like], r)
		}
	}
	share(cores, len(kinds), func(_, i int) {
		w, rows := found[kinds[i]], alike[kinds[i]]
		if !w.prepare(&m.problem, rows, m.shifts) {
			return
		}
		for _, r := range rows {
			if r.shape != nil && !w.knows {
				continue
			}
			r.shape, r.weekly = nil, w
			if len(r.operator.Wishes) > 0 {
				r.reach(m.shifts)
			}
			r.brief(m.shifts)
		}
	})
}

// share does n things on so many cores.
func share(cores, n int, do func(core, i int)) {
	var wait sync.WaitGroup
	for c := range cores {
		wait.Go(func() {
			for i := c; i < n; i += cores {
				do(c, i)
			}
		})
	}
	wait.Wait()
}

// weeklyOf reads an operator's rules; nil if pins or what was carried in are too
// much for the weeks program.
func weeklyOf(p *roster.Problem, r *row) (*weekly, likeness) {
	w := &weekly{knows: true, weekends: len(r.days), runs: r.runs(p)}
	for _, rule := range r.rules {
		if !w.learn(p, r, &rule) {
			w.knows = false
		}
	}
	for _, d := range r.days {
		if len(d.pins) > 0 || d.carried {
			return nil, likeness{}
		}
	}
	if len(r.weeks) > 1 && slices.ContainsFunc(r.weeks[1:], func(w week) bool { return w.carried > 0 }) {
		return nil, likeness{}
	}
	if r.carriedRun > 0 && w.nights > 0 {
		w.knows = false
	}
	return w, likeness{
		zone: r.operator.Zone.String(), rest: r.limits.DailyRest.Minutes, weekRest: r.limits.WeeklyRest.Minutes, week: r.limits.MaxWeek.Minutes,
		runs: w.runs, nights: w.nights, weekends: w.weekends, knows: w.knows, dark: strings.Join(w.dark, "\n"),
		carried: r.weeks[0].carried, carriedRun: r.carriedRun, carriedEnd: r.carriedEnd, carriedOff: r.carriedOff,
	}
}

// prepare lays out the shifts of rows that are alike, and says whether they are
// for the program: not if they can come to too many different sums of hours, or
// if a day off does not always give the daily rest.
func (w *weekly) prepare(p *roster.Problem, rows []*row, shifts []shift) bool {
	first := rows[0]
	w.lay(p, rows, shifts)
	w.count(first)
	w.classify(first)
	if !w.clears(first) || !w.summed(first) || !w.fits(first) {
		return false
	}
	w.loosely = w.runs.loosely()
	w.measure()
	w.rough = w.roughen(first)
	return true
}

// learn understands a rule, and says whether all of it.
func (w *weekly) learn(p *roster.Problem, r *row, b *roster.Rule) bool {
	plain := b.Weight == 0 && b.FromNights == 0 && b.During == "" && len(b.Weekdays) == 0 && !b.Stretch
	switch {
	case !plain:
		return false
	case b.Count == roster.CountDaysOff && b.Per == roster.PerRun && len(b.Templates) == 0 && b.Most == nil && *b.Least < mostFree:
		w.runs.least = max(w.runs.least, int(*b.Least))
	case b.Least != nil:
		return false
	case b.Count == roster.CountShifts && b.Per == roster.PerRun && len(b.Templates) > 0 && w.nights == 0 && *b.Most > 0 && *b.Most < int64(len(r.days)):
		w.nights, w.dark = int(*b.Most), b.Templates
	case b.Count == roster.CountWeekends && (b.Per == "" || b.Per == roster.PerHorizon) && len(b.Templates) == 0:
		w.weekends = min(w.weekends, int(*b.Most))
	default:
		return false
	}
	return true
}

// clears says whether a day off always gives the daily rest.
func (w *weekly) clears(r *row) bool {
	for d := 2; d < len(w.occasion); d++ {
		for _, a := range w.occasion[d-2] {
			for _, b := range w.occasion[d] {
				if b.start-a.end < r.limits.DailyRest.Minutes {
					return false
				}
			}
		}
	}
	return true
}

// keeps says whether the choice keeps all that the program knows.
func (w *weekly) keeps(r *row, chosen []int32) bool {
	week := &r.weeks[0]
	minutes, spill, end := week.carried, int32(0), r.carriedEnd
	rested := end != never && r.carriedRested
	run, nights, weekends, free := r.carriedRun, 0, 0, -r.carriedOff
	for d, o := range chosen {
		if d > 0 && r.days[d].week != r.days[d-1].week {
			if !rested && week.end-max(end, week.start) < r.limits.WeeklyRest.Minutes {
				return false
			}
			week, minutes, spill, rested = &r.weeks[r.days[d].week], spill, 0, false
		}
		if o < 0 {
			run, nights = 0, 0
			continue
		}
		now := &w.occasion[d][r.options[o].occasion]
		if now.start-end < r.limits.DailyRest.Minutes {
			return false
		}
		if run == 0 && !w.runs.enough(free, d) {
			return false
		}
		free = d + 1
		rested = rested || now.start-max(end, week.start) >= r.limits.WeeklyRest.Minutes
		if weekend(&r.days[d], run > 0) {
			weekends++
		}
		if run++; now.night {
			nights++
		} else {
			nights = 0
		}
		minutes, spill, end = minutes+now.own, now.spill, now.end
		switch {
		case run > w.runs.most, minutes > int32(r.limits.MaxWeek.Minutes), weekends > w.weekends, w.nights > 0 && nights > w.nights:
			return false
		}
	}
	return rested || week.end-max(end, week.start) >= r.limits.WeeklyRest.Minutes
}

// admits says whether runs of days, days off on end, weekends and the hours of weeks
// let a row have the shortest shift of day in, and none on day out; -1 for no such day.
// It is soon asked, before it is known which shift would be the best.
func (w *weekly) admits(r *row, chosen []int32, in, out int) bool {
	minutes, spill := r.weeks[0].carried, int32(0)
	run, weekends, free := r.carriedRun, 0, -r.carriedOff
	for d, o := range chosen {
		if d > 0 && r.days[d].week != r.days[d-1].week {
			minutes, spill = spill, 0
		}
		if d != in && (o < 0 || d == out) {
			run = 0
			continue
		}
		if run == 0 && !w.runs.enough(free, d) {
			return false
		}
		free = d + 1
		if weekend(&r.days[d], run > 0) {
			weekends++
		}
		if d == in {
			minutes += w.days[d].least
		} else {
			now := &w.occasion[d][r.options[o].occasion]
			minutes, spill = minutes+now.own, now.spill
		}
		if run++; run > w.runs.most || minutes > int32(r.limits.MaxWeek.Minutes) || weekends > w.weekends {
			return false
		}
	}
	return true
}

// weekend says whether a shift on the day opens a weekend, given whether the
// day before was worked.
func weekend(d *day, worked bool) bool {
	return d.weekday == time.Saturday || d.weekday == time.Sunday && !worked
}
