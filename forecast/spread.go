package forecast

import (
	"math"
	"slices"
)

// spread says how far arrivals stray from a forecast: a scale that grows as a
// power of the forecast, is wider at some times of day and further ahead, and
// the shape of what is left, all from the errors of past origins. The shape is
// split conformal (Vovk et al. 2005): quantiles of real errors, no assumed law.
type spread struct {
	widen  float64   // for weights that were fitted to these very errors
	power  float64   // of the forecast, by which the scale grows
	column []float64 // scale of each column, around 1
	lead   []float64 // scale of each lead class
	cols   int
	shape  [][]float64 // by band: quantiles of the scaled errors at levels
}

// leadClasses are the ends, in days ahead, of the classes that have scales of
// their own.
var leadClasses = []float64{1.0 / 24, 1.0 / 8, 1.0 / 4, 1.0 / 2, 1, 2, 4, 7, 14, math.Inf(1)}

// widening is for few origins: over so many of them the weights, which were
// fitted to these very errors, hide the square of a part of what is to come.
const widening = 5

// miss is one error of a past forecast.
type miss struct {
	origin, place, lead int
	forecast, error     float64
}

// mostMisses is how many errors are kept at most, evenly over all there are.
const mostMisses = 20_000

// misses lists the errors of the blend from past origins.
func (t *trial) misses() []miss {
	var all []miss
	apart := 1 + len(t.origins)*t.n/mostMisses
	for k, origin := range t.origins {
		path := t.blended(k)
		for i := k % apart; i < min(len(path), t.f.known-origin); i += apart {
			x := path[i]
			if y := t.f.y[origin+i]; !math.IsNaN(y) {
				all = append(all, miss{k, origin + i, i, x, y - x})
			}
		}
	}
	return all
}

// newSpread learns from misses. With too few it falls back on counts that
// stray as Poisson counts do and by a seventh besides.
func newSpread(misses []miss, cols int) spread {
	s := spread{power: 0.5, column: ones(cols), lead: ones(len(leadClasses)), cols: cols}
	if len(misses) < fewest {
		return s
	}
	s.widen = 1 + math.Pow(widening/float64(misses[len(misses)-1].origin+1), 2)
	s.power = scalePower(misses)
	s.column = relative(misses, cols, func(m miss) int { return m.place % cols }, s.scaled)
	s.lead = relative(misses, len(leadClasses), func(m miss) int { return leadClass(m.lead, cols) }, s.scaled)
	for i := 1; i < len(s.lead); i++ {
		s.lead[i] = max(s.lead[i], s.lead[i-1])
	}
	s.shape = make([][]float64, len(bands))
	for b := range bands {
		var errors []float64
		for _, m := range misses {
			if bandOf(m.lead, cols) == b {
				errors = append(errors, s.scaled(m))
			}
		}
		if len(errors) < fewest {
			errors = errors[:0]
			for _, m := range misses {
				errors = append(errors, s.scaled(m))
			}
		}
		slices.Sort(errors)
		for _, p := range levels {
			s.shape[b] = append(s.shape[b], empirical(errors, p))
		}
	}
	return s
}

func ones(n int) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 1
	}
	return x
}

// leadClass returns the class of a distance ahead.
func leadClass(lead, cols int) int {
	for i, days := range leadClasses {
		if float64(lead) < days*float64(cols) {
			return i
		}
	}
	return len(leadClasses) - 1
}

// scale is the unit of errors at a place so far ahead.
func (s spread) scale(forecast float64, place, lead int) float64 {
	return math.Pow(forecast+small, s.power) * s.column[place%s.cols] * s.lead[leadClass(lead, s.cols)]
}

func (s spread) scaled(m miss) float64 { return m.error / s.scale(m.forecast, m.place, m.lead) }

// relative returns the mean absolute scaled error of each class relative to
// that of all, pulled to 1 where a class is small.
func relative(misses []miss, classes int, class func(miss) int, scaled func(miss) float64) []float64 {
	const pull = 30 // errors that are like all others
	sum, n := make([]float64, classes), make([]float64, classes)
	all := 0.0
	for _, m := range misses {
		x := math.Abs(scaled(m))
		sum[class(m)] += x
		n[class(m)]++
		all += x / float64(len(misses))
	}
	if all == 0 {
		return ones(classes)
	}
	for i := range sum {
		sum[i] = (sum[i] + pull*all) / (n[i] + pull) / all
	}
	return sum
}

// scalePower finds the power by which errors grow with the forecast: the slope
// of log mean error over log mean forecast in ten classes of the forecast.
func scalePower(misses []miss) float64 {
	const classes = 10
	sorted := slices.Clone(misses)
	slices.SortFunc(sorted, func(a, b miss) int {
		switch {
		case a.forecast < b.forecast:
			return -1
		case a.forecast > b.forecast:
			return 1
		}
		return a.place - b.place
	})
	var sx, sy, sxx, sxy float64
	for k := range classes {
		part := sorted[k*len(sorted)/classes : (k+1)*len(sorted)/classes]
		x, y := 0.0, 0.0
		for _, m := range part {
			x += m.forecast / float64(len(part))
			y += math.Abs(m.error) / float64(len(part))
		}
		x, y = math.Log(x+small), math.Log(y+tiny)
		sx, sy, sxx, sxy = sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	spreadX := sxx - sx*sx/classes
	if spreadX < 0.1 {
		return 0.5
	}
	return min(max(0.4, (sxy-sx*sy/classes)/spreadX), 1.1)
}

// bandSpan returns the places of a band, from the first to the one after the last.
func bandSpan(band, cols int) (from, to int) {
	if band > 0 {
		from = bands[band-1] * cols
	}
	return from, bands[band] * cols
}

// bandOf returns the band of a distance ahead.
func bandOf(lead, cols int) int {
	for b, days := range bands {
		if lead/cols < days {
			return b
		}
	}
	return len(bands) - 1
}

// at returns the k-th quantile of a forecast; narrow is the share of the usual
// scale that is left when more is known.
func (s spread) at(k int, forecast float64, place, lead int, narrow float64) float64 {
	if s.shape == nil {
		width := math.Sqrt2 * math.Erfinv(2*levels[k]-1)
		return max(0, forecast+narrow*width*math.Sqrt(forecast+small+forecast*forecast/49))
	}
	return max(0, forecast+narrow*s.widen*s.shape[bandOf(lead, s.cols)][k]*s.scale(forecast, place, lead))
}
