package solve

import (
	"math"
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// runs is how many days on end somebody may work, and how many must be off between
// two such runs. Of the edges of the horizon, where more may be off than is known,
// nothing is asked.
//
// On its way through the days a row is in one of count states: off for long enough,
// at work for 1 to most days, or off for 1 to least-1.
type runs struct {
	most  int // days at work; no limit if 0
	least int // days off
	begin int // those that begin on this day or before may be fewer
	end   int // and those before this day or a later one
}

// mostFree is more days off on end than the programs ask for; a rule that does is left
// to the judge.
const mostFree = 7

// runs is what the judge asks of a row without rules.
func (r *row) runs(p *roster.Problem) runs {
	span := p.Demand.Grid.Span()
	f := runs{most: r.operator.Contract.MaxConsecutiveDays, least: 1, end: len(r.days)}
	if r.days[0].start < minuteOf(span.Start) {
		f.begin = 1
	}
	if slices.ContainsFunc(p.Carried, func(a roster.Assignment) bool { return a.Shift.Start.Before(span.Start) }) {
		f.begin = math.MinInt32 // then it is known of everybody what they did before
	}
	if !r.midnight(span.End) {
		f.end--
	}
	return f
}

func (f runs) count() int { return f.most + f.least }

// loosely is what the loose program asks: nothing where one day off is enough. A limit
// of days on end alone adds next to nothing to what hours cost.
func (f runs) loosely() runs {
	if f.least == 1 {
		f.most = 0
	}
	return f
}

// begun is the state of a row before its first day.
func (f runs) begun(r *row) int {
	if r.carriedRun == 0 && 0 < r.carriedOff && r.carriedOff < f.least {
		return f.most + r.carriedOff
	}
	return min(r.carriedRun, f.most)
}

// without is the state after a free day, and with that after a worked one, if that may be.
func (f runs) without(state, d int) int {
	switch {
	case state == 0, f.least == 1, state <= f.most && d <= f.begin, state == f.count()-1:
		return 0
	case state <= f.most:
		return f.most + 1
	}
	return state + 1
}

func (f runs) with(state, d int) (next int, may bool) {
	switch {
	case f.most == 0:
		return 0, true
	case state > f.most:
		return 1, d >= f.end
	}
	return state + 1, state < f.most
}

// enough says whether days off [from, to) are.
func (f runs) enough(from, to int) bool {
	return to-from >= f.least || from <= f.begin || to >= f.end
}

// next is the first day on which may be worked if days are off from that on.
func (f runs) next(from int) int {
	if from <= f.begin {
		return from + 1
	}
	return min(from+f.least, max(from+1, f.end))
}
