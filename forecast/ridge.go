package forecast

import "math"

// normal is the normal equations of a weighted least-squares regression that
// forgets: each new row makes the older ones count less.
type normal struct {
	p     int
	gram  []float64 // p x p, lower triangle
	right []float64
	decay float64
}

func newNormal(p int, decay float64) *normal {
	return &normal{p: p, gram: make([]float64, p*p), right: make([]float64, p), decay: decay}
}

// add takes in a row and its outcome.
func (m *normal) add(row []float64, outcome float64) {
	for i, x := range row {
		m.right[i] = m.right[i]*m.decay + x*outcome
		gram := m.gram[i*m.p : i*m.p+i+1]
		for j := range gram {
			gram[j] = gram[j]*m.decay + x*row[j]
		}
	}
}

// solve returns the coefficients, pulled to zero by a ridge in units of the
// mean diagonal (Hoerl and Kennard 1970).
func (m *normal) solve(ridge float64) []float64 {
	trace := 0.0
	for i := range m.p {
		trace += m.gram[i*m.p+i]
	}
	a := append([]float64(nil), m.gram...)
	for i := range m.p {
		a[i*m.p+i] += ridge*trace/float64(m.p) + tiny
	}
	return solvePositive(a, append([]float64(nil), m.right...))
}

// tiny keeps equations of nothing but zeros solvable.
const tiny = 1e-9

// solvePositive solves a x = b by Cholesky's method, in place; a is symmetric,
// positive definite, and given by its lower triangle.
func solvePositive(a, b []float64) []float64 {
	p := len(b)
	for j := range p {
		pivot := a[j*p : j*p+j+1]
		for _, x := range pivot[:j] {
			pivot[j] -= x * x
		}
		pivot[j] = math.Sqrt(math.Max(pivot[j], tiny*tiny))
		for i := j + 1; i < p; i++ {
			row := a[i*p : i*p+j+1]
			for k, x := range pivot[:j] {
				row[j] -= x * row[k]
			}
			row[j] /= pivot[j]
		}
	}
	for i := range p {
		for k := range i {
			b[i] -= a[i*p+k] * b[k]
		}
		b[i] /= a[i*p+i]
	}
	for i := p - 1; i >= 0; i-- {
		for k := i + 1; k < p; k++ {
			b[i] -= a[k*p+i] * b[k]
		}
		b[i] /= a[i*p+i]
	}
	return b
}
