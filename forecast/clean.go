package forecast

import (
	"math"
	"slices"
	"time"
)

// Adjustment is an interval of the history that was not taken at its word.
type Adjustment struct {
	Start  time.Time `json:"start"`
	Was    float64   `json:"was" doc:"Arrivals in the history."`
	Taken  float64   `json:"taken" doc:"Arrivals taken instead; 0 for an outage, which is taken for unknown."`
	Reason string    `json:"reason" enum:"outage,unusual day,unusual interval"`
}

// Reasons of adjustments.
const (
	outage          = "outage"
	unusualDay      = "unusual day"
	unusualInterval = "unusual interval"
)

// What is unusual.
const (
	outageRun     = 2   // intervals of nothing at all in a row
	outageMissing = 12  // arrivals that should have come in each: by chance it happens once in e^12
	dayLimit      = 5.0 // robust standard deviations of a day's logarithm
	dayAtLeast    = 0.4 // logarithm: a day half as busy again is never unusual
	placeLimit    = 8.0 // robust standard deviations of an interval
)

// clean finds outages, then unusual days, then unusual intervals, compares
// each with the same times of the four weeks before and after, and takes them
// out of what is learned from: an outage becomes a gap, the others are moved
// to the limit (winsorised). Named days are left alone.
func (f *frame) clean() []Adjustment {
	usual := f.usual()
	all := append(f.cutOutages(usual), f.calmDays(usual)...)
	return once(append(all, f.calmPlaces(usual)...))
}

// once joins adjustments of one interval: what it was at first, what is taken
// in the end, and the first reason.
func once(all []Adjustment) []Adjustment {
	at := map[time.Time]int{}
	var joined []Adjustment
	for _, a := range all {
		if i, again := at[a.Start]; again {
			joined[i].Taken = a.Taken
			continue
		}
		at[a.Start] = len(joined)
		joined = append(joined, a)
	}
	return joined
}

// usual returns the median of the same place in the eight weeks around, NaN
// where that is unknown.
func (f *frame) usual() []float64 {
	const around = 4
	usual := make([]float64, f.known)
	var values []float64
	for i := range usual {
		values = values[:0]
		for k := -around; k <= around; k++ {
			if j := i + k*f.week(); k != 0 && j >= 0 && j < f.known && !math.IsNaN(f.y[j]) {
				values = append(values, f.y[j])
			}
		}
		usual[i] = math.NaN()
		if len(values) >= around {
			slices.Sort(values)
			usual[i] = (values[(len(values)-1)/2] + values[len(values)/2]) / 2
		}
	}
	return usual
}

// cutOutages makes gaps of runs of nothing where much should have come.
func (f *frame) cutOutages(usual []float64) []Adjustment {
	var all []Adjustment
	for from := 0; from < f.known; from++ {
		to := from
		for to < f.known && f.y[to] == 0 && usual[to] >= outageMissing && !f.marks[to/f.cols()].named {
			to++
		}
		if to-from >= outageRun {
			for i := from; i < to; i++ {
				all = append(all, Adjustment{f.instant(i), 0, 0, outage})
				f.y[i] = math.NaN()
			}
		}
		from = max(from, to-1)
	}
	return all
}

// calmDays moves days whose level is far from the usual to the limit.
func (f *frame) calmDays(usual []float64) []Adjustment {
	ratios := make([]float64, f.histRows())
	var known []float64
	for r := range ratios {
		came, expected := f.butOne(r, usual)
		ratios[r] = math.NaN()
		if expected > 0 && !f.marks[r].named {
			ratios[r] = math.Log((came + 1) / (expected + 1))
			known = append(known, ratios[r])
		}
	}
	limit := max(dayAtLeast, dayLimit*robustDeviation(known))
	var all []Adjustment
	for r, ratio := range ratios {
		if math.IsNaN(ratio) || math.Abs(ratio) <= limit {
			continue
		}
		factor := math.Exp(math.Copysign(limit, ratio) - ratio)
		for i := r * f.cols(); i < (r+1)*f.cols(); i++ {
			if !math.IsNaN(f.y[i]) {
				all = append(all, Adjustment{f.instant(i), f.y[i], settled(f.y[i] * factor), unusualDay})
				f.y[i] *= factor
			}
		}
	}
	return all
}

// butOne sums a row and its usual, without the place that is farthest from its
// usual: one odd interval does not make an odd day.
func (f *frame) butOne(row int, usual []float64) (came, expected float64) {
	far := -1
	for i := row * f.cols(); i < (row+1)*f.cols(); i++ {
		if math.IsNaN(f.y[i]) || math.IsNaN(usual[i]) {
			continue
		}
		came += f.y[i]
		expected += usual[i]
		if far < 0 || math.Abs(f.y[i]-usual[i]) > math.Abs(f.y[far]-usual[far]) {
			far = i
		}
	}
	if far >= 0 && expected > usual[far] {
		came, expected = came-f.y[far], expected-usual[far]
	}
	return came, expected
}

// calmPlaces moves single intervals that are far from the usual to the limit.
func (f *frame) calmPlaces(usual []float64) []Adjustment {
	var scaled []float64
	for i, x := range f.y {
		if !math.IsNaN(x) && usual[i] > 0 {
			scaled = append(scaled, (x-usual[i])/math.Sqrt(usual[i]+1))
		}
	}
	limit := placeLimit * max(1, robustDeviation(scaled))
	var all []Adjustment
	for i, x := range f.y {
		reach := limit * math.Sqrt(usual[i]+1)
		if math.IsNaN(x) || math.IsNaN(usual[i]) || math.Abs(x-usual[i]) <= max(reach, usual[i]) || f.marks[i/f.cols()].named {
			continue
		}
		taken := usual[i] + math.Copysign(max(reach, usual[i]), x-usual[i])
		all = append(all, Adjustment{f.instant(i), x, settled(max(0, taken)), unusualInterval})
		f.y[i] = max(0, taken)
	}
	return all
}

// robustDeviation returns the standard deviation by the median absolute
// deviation, as it is for a normal law. The values are reordered.
func robustDeviation(values []float64) float64 {
	const normal = 1.4826
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	middle := values[len(values)/2]
	for i, x := range values {
		values[i] = math.Abs(x - middle)
	}
	slices.Sort(values)
	return normal * values[len(values)/2]
}
