package simulate

import "math"

// Estimate is a share or mean with its confidence interval.
type Estimate struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Ratio estimates sum over sum of pairs that are independent of each other,
// such as chats in time and chats offered of many runs, with a confidence of
// so much, 0..1 (the ratio estimator with Student's t). The interval of one
// pair is all there is; nothing over nothing is all well: 1.
func Ratio(above, below []float64, confidence float64) Estimate {
	n, a, b := float64(len(above)), 0.0, 0.0
	for i := range above {
		a += above[i]
		b += below[i]
	}
	if b == 0 {
		return Estimate{1, 1, 1}
	}
	mean := a / b
	if len(above) < 2 {
		return Estimate{mean, 0, math.Inf(1)}
	}
	square := 0.0
	for i := range above {
		square += math.Pow(above[i]-mean*below[i], 2)
	}
	wide := student((1+confidence)/2, n-1) * math.Sqrt(square*n/(n-1)) / b
	return Estimate{mean, max(0, mean-wide), mean + wide}
}

// student is the quantile of Student's t (the expansion of Cornish and Fisher
// about the normal; Abramowitz and Stegun 26.7.5).
func student(p, degrees float64) float64 {
	z := math.Sqrt2 * math.Erfinv(2*p-1)
	z3, z5, z7 := math.Pow(z, 3), math.Pow(z, 5), math.Pow(z, 7)
	return z + (z3+z)/(4*degrees) + (5*z5+16*z3+3*z)/(96*math.Pow(degrees, 2)) + (3*z7+19*z5+17*z3-15*z)/(384*math.Pow(degrees, 3))
}
