package forecast

import "math"

// levelSettings say how fast the level of days may move, on the scale of
// logarithms and per day.
type levelSettings struct {
	drift   float64 // variance by which the lasting level wanders
	passing float64 // variance that a passing deviation gains
	persist float64 // share of a passing deviation that is left a day later, 0..1
}

// filter estimates day levels as a dynamic linear model (West and Harrison
// 1997, chapters 4 and 8): the logarithm of a day's arrivals is a wandering
// level, a passing deviation that reverts to zero, the weekday, the season of
// the year and the effects of what marks the day. There is no trend to run away.
type filter struct {
	set   levelSettings
	year  int // harmonics of the year
	n     int
	state []float64
	cov   []float64 // n x n
	gain  []float64 // scratch: covariance times the observation's row
	row   []float64 // scratch
	used  []int     // scratch: nonzero entries of row
	shift int       // surprises beyond the clip in a row, signed
}

// Places in the state.
const (
	atLevel   = 0
	atPassing = 1
	atWeekday = 2
	atYear    = 9
)

// Variances of the prior, logarithms squared; and of the noise of a day's
// level beyond that of counting.
const (
	varLevel   = 1
	varWeekday = 0.5
	varYear    = 0.09 // of the first harmonic; the k-th has one k²-th
	varNoise   = 0.005
	driftWeek  = 1e-6 // by which weekdays wander a day
)

// clip is how many standard deviations of surprise a day may teach: an outage
// or a storm says little of the day after.
const clip = 3

// newFilter starts at a level, before any day.
func newFilter(set levelSettings, harmonics int, effects []effect, level float64) *filter {
	n := atYear + 2*harmonics + len(effects)
	k := &filter{set: set, year: harmonics, n: n, state: make([]float64, n), cov: make([]float64, n*n), gain: make([]float64, n), row: make([]float64, n)}
	k.state[atLevel] = level
	k.vary(atLevel, varLevel)
	k.vary(atPassing, set.passing/(1-set.persist*set.persist))
	for w := range 7 {
		k.vary(atWeekday+w, varWeekday)
	}
	for i := range 2 * harmonics {
		order := float64(1 + i/2)
		k.vary(atYear+i, varYear/(order*order))
	}
	for i, e := range effects {
		k.state[k.effect(i)] = e.mean
		k.vary(k.effect(i), e.sd*e.sd)
	}
	return k
}

func (k *filter) vary(i int, variance float64) { k.cov[i*k.n+i] += variance }

// effect returns the place of an effect in the state.
func (k *filter) effect(i int) int { return atYear + 2*k.year + i }

// dayRow is what the filter knows ahead about a day.
type dayRow struct {
	weekday  int
	yearPart float64 // of the year gone, 0..1
	marks    []mark
}

// look sets the observation's row for a day.
func (k *filter) look(d dayRow) {
	clear(k.row)
	k.row[atLevel], k.row[atPassing], k.row[atWeekday+d.weekday] = 1, 1, 1
	for i := range k.year {
		sin, cos := math.Sincos(2 * math.Pi * float64(i+1) * d.yearPart)
		k.row[atYear+2*i], k.row[atYear+2*i+1] = sin, cos
	}
	for _, m := range d.marks {
		k.row[k.effect(m.effect)] += k.extent(d, m)
	}
	k.used = k.used[:0]
	for i, x := range k.row {
		if x != 0 {
			k.used = append(k.used, i)
		}
	}
}

// extent returns how much of an effect applies. To be like another weekday is
// worth the distance to it as it is known now.
func (k *filter) extent(d dayRow, m mark) float64 {
	if m.alike < 0 {
		return m.x
	}
	return m.x * (k.state[atWeekday+m.alike] - k.state[atWeekday+d.weekday])
}

// next moves the state on by a day.
func (k *filter) next() {
	k.state[atPassing] *= k.set.persist
	for i := range k.n {
		k.cov[atPassing*k.n+i] *= k.set.persist
	}
	for i := range k.n {
		k.cov[i*k.n+atPassing] *= k.set.persist
	}
	k.vary(atLevel, k.set.drift)
	k.vary(atPassing, k.set.passing)
	for w := range 7 {
		k.vary(atWeekday+w, driftWeek)
	}
}

// learn takes in the logarithm of a day's level, whose counting noise has the
// variance.
func (k *filter) learn(d dayRow, level, variance float64) {
	k.look(d)
	for i := range k.n {
		k.gain[i] = 0
		for _, j := range k.used {
			k.gain[i] += k.cov[i*k.n+j] * k.row[j]
		}
	}
	expected, spread := 0.0, varNoise+variance
	for _, i := range k.used {
		expected += k.row[i] * k.state[i]
		spread += k.row[i] * k.gain[i]
	}
	limit := clip * math.Sqrt(spread)
	k.watch(level-expected, limit)
	surprise := min(max(level-expected, -limit), limit)
	for i := range k.n {
		share := k.gain[i] / spread
		if share == 0 {
			continue
		}
		k.state[i] += share * surprise
		row := k.cov[i*k.n : (i+1)*k.n]
		for j := range row {
			row[j] -= share * k.gain[j]
		}
	}
}

// watch counts surprises beyond the limit in a row. A few on one side are no
// accident: the level has shifted, and is then free to move (West and Harrison
// 1997, chapter 11).
func (k *filter) watch(surprise, limit float64) {
	switch {
	case surprise > limit:
		k.shift = max(1, k.shift+1)
	case surprise < -limit:
		k.shift = min(-1, k.shift-1)
	default:
		k.shift = 0
	}
	if k.shift >= shifted || k.shift <= -shifted {
		k.vary(atLevel, varShift)
		k.shift = 0
	}
}

// Level shifts.
const (
	shifted  = 3    // days in a row
	varShift = 0.05 // variance that the level then gains
)

// ahead returns the expected logarithm of a day's level so many days on, and
// how much of it is due to what marks the day.
func (k *filter) ahead(d dayRow, days int) (level, marked float64) {
	plain := dayRow{d.weekday, d.yearPart, nil}
	k.look(plain)
	for _, i := range k.used {
		x := k.state[i]
		if i == atPassing {
			x *= math.Pow(k.set.persist, float64(days))
		}
		level += k.row[i] * x
	}
	for _, m := range d.marks {
		marked += k.extent(d, m) * k.state[k.effect(m.effect)]
	}
	return level + marked, marked
}
