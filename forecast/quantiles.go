package forecast

import (
	"math"
	"slices"
	"sort"
)

// levels are the probabilities at which models give quantiles.
var levels = [...]float64{0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.975}

// fewest is how many residuals it takes to be believed.
const fewest = 100

// quantiles spreads each mean by the model's own past residuals, which are in
// units of the square root of the mean plus one, but never less than Poisson
// counts spread. It is the simple version: one shape for all hours.
func quantiles(mean, residuals []float64) [][]float64 {
	slices.Sort(residuals)
	rows := make([][]float64, len(levels))
	for k, p := range levels {
		width := math.Sqrt2 * math.Erfinv(2*p-1) // of the normal law, near Poisson's
		if len(residuals) >= fewest {
			if own := empirical(residuals, p); math.Abs(own) > math.Abs(width) && own*width >= 0 {
				width = own
			}
		}
		rows[k] = make([]float64, len(mean))
		for i, m := range mean {
			rows[k][i] = max(0, m+width*math.Sqrt(m+1))
			if k > 0 {
				rows[k][i] = max(rows[k][i], rows[k-1][i])
			}
		}
	}
	return rows
}

// empirical returns the p-quantile of sorted values, linear between them.
func empirical(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// Quantile returns the p-quantile of every interval, linear between the
// levels that the forecast holds and constant beyond the outermost. Without
// levels it is the mean.
func (f Forecast) Quantile(p float64) []float64 {
	if len(f.Levels) == 0 {
		return slices.Clone(f.Mean)
	}
	above := sort.SearchFloat64s(f.Levels, p)
	if above == 0 {
		return slices.Clone(f.Quantiles[0])
	}
	if above == len(f.Levels) {
		return slices.Clone(f.Quantiles[above-1])
	}
	share := (p - f.Levels[above-1]) / (f.Levels[above] - f.Levels[above-1])
	row := make([]float64, len(f.Mean))
	for i := range row {
		row[i] = f.Quantiles[above-1][i] + share*(f.Quantiles[above][i]-f.Quantiles[above-1][i])
	}
	return row
}
