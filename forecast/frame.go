package forecast

import (
	"math"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// frame is a sheet without the days of the week and the slots at which the
// queue is never open, so that the place before a morning is the evening
// before. Its rows go on to the end of the horizon. A place is row*cols+col.
type frame struct {
	sheet   sheet
	row     []int // row of the sheet of each row
	col     []int // column of the sheet of each column
	day     []calendars.Day
	weekday []int
	perWeek int // rows in a week
	known   int // places before it are history

	y       []float64 // arrivals of the history, NaN is a gap
	factor  []float64 // of every place: arrivals relative to an ordinary day
	base    []float64 // y over factor, gaps filled: an ordinary history
	shut    []bool    // of every place: closed for sure
	marks   []rowMarks
	worth   [][]float64 // of every mark of a row: the logarithm of its effect
	effects []effect
}

func (f *frame) cols() int     { return len(f.col) }
func (f *frame) week() int     { return f.perWeek * len(f.col) }
func (f *frame) histRows() int { return f.known / len(f.col) }

// newFrame lays out the sheet up to place known, and rows up to place end. The
// queue is known to be open at some places, with or without history there.
func newFrame(sh sheet, known, end int, open []int, outlook Outlook) *frame {
	f := &frame{sheet: sh}
	days, slots := activeTimes(sh, known, outlook.Open == nil)
	for _, at := range open {
		days[(int(sh.first.Weekday())+at/sh.slots)%7] = true
		slots[at%sh.slots] = true
	}
	for c, on := range slots {
		if on {
			f.col = append(f.col, c)
		}
	}
	for _, on := range days {
		if on {
			f.perWeek++
		}
	}
	monday := int(sh.first.Weekday())
	for r := 0; r*sh.slots < end; r++ {
		if w := (monday + r) % 7; days[w] {
			f.row = append(f.row, r)
			f.weekday = append(f.weekday, w)
			f.day = append(f.day, sh.day(r))
		}
	}
	f.fillHistory(known)
	f.mark(outlook)
	return f
}

// activeTimes returns the weekdays and the slots that have any history. A
// weekday from Monday to Friday that could be there once, and was not, is given
// the benefit of the doubt if one has to guess: a holiday, perhaps.
func activeTimes(sh sheet, known int, guess bool) (days [7]bool, slots []bool) {
	slots = make([]bool, sh.slots)
	var chances [7]int
	first := int(sh.first.Weekday())
	for at, x := range sh.value[:min(known, len(sh.value))] {
		w := (first + at/sh.slots) % 7
		if at%sh.slots == 0 {
			chances[w]++
		}
		if !math.IsNaN(x) {
			days[w] = true
			slots[at%sh.slots] = true
		}
	}
	for w := time.Monday; w <= time.Friday; w++ {
		days[w] = days[w] || guess && chances[w] <= 1
	}
	return days, slots
}

// fillHistory copies what is known onto the frame.
func (f *frame) fillHistory(known int) {
	for _, r := range f.row {
		for _, c := range f.col {
			if at := r*f.sheet.slots + c; at < known && at < len(f.sheet.value) {
				f.y = append(f.y, f.sheet.value[at])
			}
		}
	}
	f.known = len(f.y)
	f.factor = make([]float64, len(f.row)*len(f.col))
	for i := range f.factor {
		f.factor[i] = 1
	}
	f.shut = make([]bool, len(f.factor))
}

// place returns the place of a place on the sheet, and false if the queue is
// never open then.
func (f *frame) place(at int) (int, bool) {
	r, c := index(f.row, at/f.sheet.slots), index(f.col, at%f.sheet.slots)
	return r*len(f.col) + c, r >= 0 && c >= 0
}

// index finds x in ascending values, -1 if it is not there.
func index(values []int, x int) int {
	lo, hi := 0, len(values)
	for lo < hi {
		if mid := (lo + hi) / 2; values[mid] < x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(values) && values[lo] == x {
		return lo
	}
	return -1
}

// ordinary takes the factors out of the history and fills its gaps: each with
// the week before, failing that the day before, failing that the mean.
func (f *frame) ordinary() {
	f.base = make([]float64, f.known)
	sum, n := 0.0, 0
	for i, x := range f.y {
		f.base[i] = math.NaN()
		if !math.IsNaN(x) && f.factor[i] > weakest {
			f.base[i] = x / f.factor[i]
			sum += f.base[i]
			n++
		}
	}
	for i, x := range f.base {
		switch {
		case !math.IsNaN(x):
		case i >= f.week():
			f.base[i] = f.base[i-f.week()]
		case i >= f.cols():
			f.base[i] = f.base[i-f.cols()]
		default:
			f.base[i] = sum / math.Max(1, float64(n))
		}
	}
}

// weakest is the factor below which a day says nothing about ordinary ones.
const weakest = 0.3

// instant returns the start of a place; for slots that clocks skip, the
// instant after the gap.
func (f *frame) instant(place int) time.Time {
	wall := calendars.WallTime(float64(f.col[place%len(f.col)]) * f.sheet.step.Minutes())
	return f.day[place/len(f.col)].At(wall, f.sheet.zone)
}
