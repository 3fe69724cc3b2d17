package forecast

import (
	"math"
	"time"
)

// dayLevel forecasts the level of each day by a filter and spreads it by the
// recent shape of such days.
type dayLevel struct {
	settings levelSettings
	weeks    float64 // half-life of the shape of a day
	// borrowed is how many arrivals of days of any weekday the shape of each
	// weekday is mixed with, so that sparse nights are pooled.
	borrowed float64
}

// name implements candidate.
func (c dayLevel) name() string { return "day level and shape" }

// paths implements candidate.
func (c dayLevel) paths(f *frame, origins []int, n int) [][]float64 {
	t := newTracker(f, c)
	var all [][]float64
	for _, origin := range origins {
		t.until(origin / f.cols())
		all = append(all, t.path(origin, n))
	}
	return all
}

// tracker runs over the days of a frame and knows the level and shape of days
// as they were known then.
type tracker struct {
	f            *frame
	filter       *filter
	levels       []dayTotal
	rows         int     // taken in
	decay, daily float64 // of the shape, a week and a day
	borrowed     float64
	shape        [7][]float64 // weighted sum of shares of the day, by column
	weight       [7]float64
	overall      []float64 // the same of all weekdays
	all          float64
}

// dayTotal is a day's arrivals as if all of it were known, NaN if too little
// of it is.
type dayTotal struct{ log, variance, total float64 }

func newTracker(f *frame, c dayLevel) *tracker {
	t := &tracker{f: f, levels: f.dayTotals(), decay: math.Exp2(-1 / c.weeks), daily: math.Exp2(-1 / (7 * c.weeks)), borrowed: c.borrowed}
	for w := range t.shape {
		t.shape[w] = make([]float64, f.cols())
	}
	t.overall = make([]float64, f.cols())
	sum, n := 0.0, 0.0
	for _, l := range t.levels {
		if !math.IsNaN(l.log) && n < 14 {
			sum += l.log
			n++
		}
	}
	t.filter = newFilter(c.settings, f.harmonics(), f.effects, sum/max(1, n))
	return t
}

// harmonics is how fine the season of the year is modelled: not at all before
// 13 months of history.
func (f *frame) harmonics() int {
	const thirteenMonths = 396 // days
	if f.known < f.cols() || f.day[0].DaysUntil(f.day[f.histRows()-1]) < thirteenMonths {
		return 0
	}
	return 3
}

// dayTotals returns the level of each whole day of the history. A day with
// gaps is scaled up by what such weekdays have there.
func (f *frame) dayTotals() []dayTotal {
	usual, n := make([]float64, 7*f.cols()), make([]float64, 7*f.cols())
	for i, x := range f.y {
		if !math.IsNaN(x) {
			at := f.weekday[i/f.cols()]*f.cols() + i%f.cols()
			usual[at] += x
			n[at]++
		}
	}
	for i := range usual {
		usual[i] /= max(1, n[i])
	}
	totals := make([]dayTotal, f.histRows())
	for r := range totals {
		came, there, all := 0.0, 0.0, 0.0
		for c := range f.cols() {
			expected := usual[f.weekday[r]*f.cols()+c]
			all += expected
			if x := f.y[r*f.cols()+c]; !math.IsNaN(x) {
				came += x
				there += expected
			}
		}
		totals[r] = dayTotal{math.NaN(), 0, 0}
		if there > 0 && there >= fewestKnown*all {
			total := came * all / there
			totals[r] = dayTotal{math.Log(total + 1), 1 / (total + 1), total}
		}
	}
	return totals
}

// fewestKnown is the share of a day that must be known to tell its level.
const fewestKnown = 0.3

// dayRow is what the filter sees of a row.
func (f *frame) dayRow(r int) dayRow {
	const yearDays = 365.25
	day := f.day[r]
	return dayRow{f.weekday[r], float64(time.Date(day.Year, day.Month, day.Dom, 0, 0, 0, 0, time.UTC).YearDay()) / yearDays, f.marks[r].list}
}

// until takes in the rows before row.
func (t *tracker) until(row int) {
	for ; t.rows < min(row, len(t.levels)); t.rows++ {
		level := t.levels[t.rows]
		t.filter.next()
		if math.IsNaN(level.log) || t.f.shut[t.rows*t.f.cols()] {
			continue
		}
		t.filter.learn(t.f.dayRow(t.rows), level.log, level.variance)
		if !t.f.marks[t.rows].named && level.total > 0 {
			t.learnShape(t.rows, level.total)
		}
	}
}

// learnShape adds a day's shares, in proportion to its level so that quiet
// days, whose shares are noise, count less.
func (t *tracker) learnShape(row int, total float64) {
	w, cols := t.f.weekday[row], t.f.cols()
	t.weight[w] = t.weight[w]*t.decay + total
	t.all = t.all*t.daily + total
	for c, x := range t.f.y[row*cols : (row+1)*cols] {
		if math.IsNaN(x) {
			x = total * t.share(w, c)
		}
		t.shape[w][c] = t.shape[w][c]*t.decay + x
		t.overall[c] = t.overall[c]*t.daily + x
	}
}

// share returns the share of a day on weekday w that falls into column c.
func (t *tracker) share(w, c int) float64 {
	even := 1 / float64(t.f.cols())
	if t.borrowed >= evenShape {
		return even
	}
	pooled := (t.overall[c] + even) / (t.all + 1)
	return (t.shape[w][c] + t.borrowed*pooled) / (t.weight[w] + t.borrowed)
}

// path forecasts n places from origin, which may lie within a day.
func (t *tracker) path(origin, n int) []float64 {
	path := make([]float64, n)
	cols := t.f.cols()
	for i := 0; i < n; {
		r := (origin + i) / cols
		level, _ := t.filter.ahead(t.f.dayRow(r), r-t.rows+1)
		total := max(0, math.Exp(level-t.inEvents(r, -1))-1)
		for c := (origin + i) % cols; c < cols && i < n; c++ {
			path[i] = total * t.shareOn(r, c) * math.Exp(t.inEvents(r, c))
			i++
		}
	}
	return path
}

// inEvents returns the logarithm of what the events of row r do to column c,
// or to the level of the whole day if c is -1.
func (t *tracker) inEvents(r, c int) float64 {
	sum := 0.0
	for _, m := range t.f.marks[r].list {
		effect := 0.0
		if m.event {
			effect = t.filter.state[t.filter.effect(m.effect)]
		}
		switch {
		case c < 0:
			sum += m.x * effect
		case c >= m.from && c < m.to:
			sum += effect
		}
	}
	return sum
}

// shareOn returns the share of row r that falls into column c: on a day that
// is like another weekday, so far as it is, that of the other.
func (t *tracker) shareOn(r, c int) float64 {
	own := t.share(t.f.weekday[r], c)
	alike := t.f.marks[r].alike
	if alike < 0 || t.weight[alike] == 0 {
		return own
	}
	return t.likeness(r)*t.share(alike, c) + (1-t.likeness(r))*own
}

// likeness is how far row r is from its weekday to the one that it is like, 0..1.
func (t *tracker) likeness(r int) float64 {
	for _, m := range t.f.marks[r].list {
		if m.alike >= 0 {
			return min(max(0, t.filter.state[t.filter.effect(m.effect)]), 1)
		}
	}
	return 0
}

// setFactors finds, from all of the history, how the marks of each row change
// its places.
func (f *frame) setFactors(c dayLevel) {
	t := newTracker(f, c)
	t.until(f.histRows())
	f.worthOf(t.filter)
	for r := range f.row {
		if len(f.marks[r].list) == 0 {
			continue
		}
		_, marked := t.filter.ahead(f.dayRow(r), 0)
		for col := range f.cols() {
			own := t.share(f.weekday[r], col)
			factor := math.Exp(marked-t.inEvents(r, -1)+t.inEvents(r, col)) * t.shareOn(r, col) / own
			f.factor[r*f.cols()+col] = min(max(factor, 0.01), 100)
		}
	}
}
