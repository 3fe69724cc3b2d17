package forecast

import (
	"math"
	"slices"
)

// How the errors of past origins become weights.
const (
	sharpness = 4    // weights start as the inverse of the error to this power
	trim      = 1.4  // candidates this many times worse than the best have no say
	pull      = 0.03 // toward the starting weights, in units of the mean squared error
	unsure    = 4    // a bias of so many squared standard errors is half believed
	rounds    = 200  // of the descent: the weights have settled long before
)

// weigh finds the weights of each band: those of a convex combination that
// would have erred least from the past origins (Granger and Ramanathan 1984,
// with weights at least zero), pulled toward inverse errors (Bates and Granger
// 1969). A band that no origin reached takes the weights of the band before.
func (t *trial) weigh() {
	t.weights = make([][]float64, len(bands))
	for b := range bands {
		errors, n := t.errors(b)
		if n == 0 && b > 0 {
			t.weights[b] = t.weights[b-1]
			continue
		}
		if n == 0 {
			t.weights[b] = untried()
			continue
		}
		t.weights[b] = t.inverse(errors)
		t.stack(b)
		t.unbias(b)
	}
}

// unbias scales the weights of a band so that the blend would have forecast as
// many arrivals as came, as far as that differs for sure: what is most likely
// of a sparse hour is less than what comes on average, and staffing needs the
// average. Origins whose horizons overlap tell less than their number.
func (t *trial) unbias(band int) {
	came, forecast := make([]float64, len(t.origins)), make([]float64, len(t.origins))
	t.each(band, func(k, i int, x float64) {
		came[k] += x
		for c, w := range t.weights[band] {
			if w > 0 {
				forecast[k] += w * t.paths[c][k][i]
			}
		}
	})
	sum, squares, n := 0.0, 0.0, 0.0
	for k := range came {
		if came[k]+forecast[k] > 0 {
			x := math.Log((came[k] + 1) / (forecast[k] + 1))
			sum, squares, n = sum+x, squares+x*x, n+1
		}
	}
	if n < 2 {
		return
	}
	bias := sum / n
	apart := max(1, float64(t.f.known-t.origins[0])/float64(t.n)) // origins that do not overlap
	doubt := unsure * (squares/n - bias*bias + tiny) / min(n, apart)
	factor := math.Exp(bias * bias * bias / (bias*bias + doubt))
	for c := range t.weights[band] {
		t.weights[band][c] *= factor
	}
}

// untried returns the weights before any origin was tried: the plain mean of
// weeks, which is hard to be much worse than, and the day levels, in halves.
func untried() []float64 {
	weights := make([]float64, len(candidates))
	weights[0], weights[1] = 0.5, 0.5
	return weights
}

// errors sums the absolute errors of each candidate in a band. One that could
// not forecast from each origin, or cannot now, has infinite ones.
func (t *trial) errors(band int) (sums []float64, n int) {
	sums = make([]float64, len(candidates))
	for c := range candidates {
		if t.paths[c][len(t.origins)] == nil {
			sums[c] = math.Inf(1)
		}
	}
	t.each(band, func(k, i int, came float64) {
		n++
		for c := range candidates {
			if path := t.paths[c][k]; path != nil {
				sums[c] += math.Abs(path[i] - came)
			} else {
				sums[c] = math.Inf(1)
			}
		}
	})
	return sums, n
}

// each calls do for every known place of a band after every past origin.
func (t *trial) each(band int, do func(origin, i int, came float64)) {
	for k, origin := range t.origins {
		for i := 0; i < t.n && origin+i < t.f.known; i++ {
			if came := t.f.y[origin+i]; !math.IsNaN(came) && bandOf(i, t.f.cols()) == band {
				do(k, i, came)
			}
		}
	}
}

// inverse returns weights by the inverse of errors to the power of sharpness.
func (t *trial) inverse(errors []float64) []float64 {
	weights := make([]float64, len(errors))
	best, sum := slices.Min(errors), 0.0
	for c, e := range errors {
		if e <= trim*best && !math.IsInf(e, 1) {
			weights[c] = math.Pow((best+tiny)/(e+tiny), sharpness)
			sum += weights[c]
		}
	}
	for c := range weights {
		weights[c] /= sum
	}
	return weights
}

// stack improves the weights of a band by exponentiated gradient descent
// (Kivinen and Warmuth 1997), which keeps them at least zero and summing to 1.
func (t *trial) stack(band int) {
	start := t.weights[band]
	var voters []int
	for c, w := range start {
		if w > 0 {
			voters = append(voters, c)
		}
	}
	gram := t.gram(band, voters)
	n := len(voters)
	trace := tiny
	for j := range n {
		trace += gram[j*n+j] / float64(n)
	}
	weights, gradient := make([]float64, n), make([]float64, n)
	for j, c := range voters {
		weights[j] = start[c]
	}
	for range rounds {
		mean := 0.0
		for j, c := range voters {
			gradient[j] = pull * trace * (weights[j] - start[c])
			for l, w := range weights {
				gradient[j] += gram[j*n+l] * w
			}
			mean += gradient[j] * weights[j]
		}
		sum := 0.0
		for j := range weights {
			weights[j] *= math.Exp((mean - gradient[j]) / (2 * trace))
			sum += weights[j]
		}
		for j := range weights {
			weights[j] /= sum
		}
	}
	for j, c := range voters {
		start[c] = weights[j]
	}
}

// gram returns the products of the voters' errors in a band, each relative to
// the variance of a count.
func (t *trial) gram(band int, voters []int) []float64 {
	n := len(voters)
	gram, errors := make([]float64, n*n), make([]float64, n)
	t.each(band, func(k, i int, came float64) {
		middle := 0.0
		for j, c := range voters {
			x := t.paths[c][k][i]
			errors[j] = x - came
			middle += t.weights[band][c] * x
		}
		for j, e := range errors {
			e /= middle + 1
			for l := range j + 1 {
				gram[j*n+l] += e * errors[l]
			}
		}
	})
	for j := range n {
		for l := range j {
			gram[l*n+j] = gram[j*n+l]
		}
	}
	return gram
}
