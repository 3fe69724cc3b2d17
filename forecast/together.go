package forecast

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Together is the share of the variance of errors that whole horizons, and
// whole days within them, have in common, 0..1 and at most 1 in sum.
type Together struct {
	Horizon float64 `json:"horizon"`
	Day     float64 `json:"day"`
}

// together measures both on the normal scores of past errors.
func together(misses []miss, s spread) Together {
	if len(misses) < fewest {
		return Together{0.1, 0.3}
	}
	scores := normalScores(misses, s)
	day := commonVariance(misses, scores, func(m miss) [2]int { return [2]int{m.origin, m.lead / s.cols} })
	horizon := commonVariance(misses, scores, func(m miss) [2]int { return [2]int{m.origin, 0} })
	horizon = min(max(0, horizon), 0.95)
	return Together{settled(horizon), settled(min(max(0, day-horizon), 0.95-horizon))}
}

// normalScores ranks the scaled errors and returns the normal quantile of each rank.
func normalScores(misses []miss, s spread) []float64 {
	order := make([]int, len(misses))
	scaled := make([]float64, len(misses))
	for i, m := range misses {
		order[i], scaled[i] = i, s.scaled(m)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case scaled[a] < scaled[b]:
			return -1
		case scaled[a] > scaled[b]:
			return 1
		}
		return 0
	})
	scores := make([]float64, len(misses))
	for rank, i := range order {
		scores[i] = math.Sqrt2 * math.Erfinv(2*(float64(rank)+0.5)/float64(len(misses))-1)
	}
	return scores
}

// commonVariance returns the mean product of two different scores of one
// group: the variance that the group has in common (one-way analysis of variance).
func commonVariance(misses []miss, scores []float64, group func(miss) [2]int) float64 {
	var sum, sq, n, products, pairs float64
	flush := func() {
		products += sum*sum - sq
		pairs += n * (n - 1)
		sum, sq, n = 0, 0, 0
	}
	last := [2]int{-1, -1}
	for i, m := range misses {
		if g := group(m); g != last {
			flush()
			last = g
		}
		sum += scores[i]
		sq += scores[i] * scores[i]
		n++
	}
	flush()
	return products / max(1, pairs)
}

// Sample draws n scenarios of the whole horizon, each one count per interval,
// rounded. Every interval alone follows the quantiles; days and the horizon
// stray together as they have in the past (a Gaussian copula).
func (f Forecast) Sample(random *rand.Rand, n int) [][]float64 {
	scenarios := make([][]float64, n)
	alone := math.Sqrt(max(0, 1-f.Together.Horizon-f.Together.Day))
	for k := range scenarios {
		scenarios[k] = make([]float64, len(f.Mean))
		whole := math.Sqrt(f.Together.Horizon) * random.NormFloat64()
		day, today := 0.0, -1
		for i := range f.Mean {
			if d := int(f.Grid.At(i).Sub(f.Grid.Start).Hours()) / hoursPerDay; d != today {
				day, today = math.Sqrt(f.Together.Day)*random.NormFloat64(), d
			}
			p := (1 + math.Erf((whole+day+alone*random.NormFloat64())/math.Sqrt2)) / 2
			scenarios[k][i] = math.Round(f.quantileAt(p, i))
		}
	}
	return scenarios
}

// quantileAt returns the p-quantile of interval i; beyond the outermost levels
// it goes on as the tail of a normal law does.
func (f Forecast) quantileAt(p float64, i int) float64 {
	last := len(f.Levels) - 1
	switch {
	case last < 0:
		return f.Mean[i]
	case p < f.Levels[0] && p > 0:
		return max(0, f.Mean[i]+(f.Quantiles[0][i]-f.Mean[i])*math.Erfinv(2*p-1)/math.Erfinv(2*f.Levels[0]-1))
	case p > f.Levels[last] && p < 1:
		return max(0, f.Mean[i]+(f.Quantiles[last][i]-f.Mean[i])*math.Erfinv(2*p-1)/math.Erfinv(2*f.Levels[last]-1))
	}
	k, _ := slices.BinarySearch(f.Levels, p)
	if k == 0 || k > last {
		return f.Quantiles[min(k, last)][i]
	}
	share := (p - f.Levels[k-1]) / (f.Levels[k] - f.Levels[k-1])
	return f.Quantiles[k-1][i] + share*(f.Quantiles[k][i]-f.Quantiles[k-1][i])
}
