package solve

import (
	"math"

	"github.com/smena-wfm/smena/roster"
)

// freeRuns is how many days off on end rules ask for between two shifts. Of the
// edges of the horizon, where more may be off than is known, they ask nothing.
type freeRuns struct {
	least int // days
	begin int // those that begin on this day or before may be fewer
	end   int // and those before this day or a later one
}

// mostFree is more days than any rule of such runs is for.
const mostFree = 7

// freeRuns is what the judge asks of a row without rules.
func (r *row) freeRuns(p *roster.Problem) freeRuns {
	span := p.Demand.Grid.Span()
	f := freeRuns{least: 1, end: len(r.days)}
	if r.days[0].start < minuteOf(span.Start) {
		f.begin = 1
	}
	if r.carriedEnd != never {
		f.begin = math.MinInt32
	}
	if !r.midnight(span.End) {
		f.end--
	}
	return f
}

// enough says whether days off [from, to) are.
func (f freeRuns) enough(from, to int) bool {
	return to-from >= f.least || from <= f.begin || to >= f.end
}

// next is the first day on which may be worked if days are off from that on.
func (f freeRuns) next(from int) int {
	if from <= f.begin {
		return from + 1
	}
	return min(from+f.least, max(from+1, f.end))
}
