package forecast

import (
	"math"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// sheet lays a series out on its clock: one row per day, one column per slot
// of the wall clock. A slot that spring skips is a gap; one that autumn repeats
// holds the mean of both passes, a rate like any other.
type sheet struct {
	first calendars.Day
	slots int       // columns: steps in 24 hours of the clock
	value []float64 // row by row, NaN is a gap
	zone  calendars.Zone
	step  time.Duration
}

// newSheet lays out the series up to the end of its last day.
func newSheet(s Series) sheet {
	sh := sheet{first: calendars.DayOf(s.Grid.Start, s.Zone), zone: s.Zone, step: s.Grid.Step}
	sh.slots = max(1, int((hoursPerDay*time.Hour)/s.Grid.Step))
	if s.Grid.N == 0 {
		return sh
	}
	rows := sh.first.DaysUntil(calendars.DayOf(s.Grid.End().Add(-1), s.Zone)) + 1
	sh.value = make([]float64, rows*sh.slots)
	passes := make([]uint8, len(sh.value))
	for i, at := range sh.places(s.Grid) {
		x := s.values[i]
		if math.IsNaN(x) || at < 0 {
			continue
		}
		passes[at]++
		sh.value[at] += (x - sh.value[at]) / float64(passes[at])
	}
	for i, n := range passes {
		if n == 0 {
			sh.value[i] = math.NaN()
		}
	}
	return sh
}

// places returns where on the sheet each interval of the grid lies, which may
// be after its last row. The clock is asked once per change of it.
func (sh sheet) places(grid calendars.Grid) []int {
	places := make([]int, grid.N)
	midnight := sh.first.Start(calendars.Zone{}).Unix() // of the first day, as if the clock were UTC
	var until time.Time
	var offset int64
	for i := range places {
		at := grid.At(i)
		if i == 0 || !until.IsZero() && !at.Before(until) {
			local := at.In(sh.zone.Location())
			_, seconds := local.Zone()
			_, until = local.ZoneBounds()
			offset = int64(seconds)
		}
		places[i] = int((at.Unix() + offset - midnight) / int64(sh.step.Seconds()))
	}
	return places
}

// day returns the date of a row, which may be after the last.
func (sh sheet) day(row int) calendars.Day { return sh.first.AddDays(row) }
