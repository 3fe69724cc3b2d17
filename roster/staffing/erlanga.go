package staffing

import "math"

// impatient is the stationary state of Erlang's model A: customers leave after
// an exponential patience (Palm 1957; Garnett, Mandelbaum and Reiman 2002).
type impatient struct {
	pWait     float64 // an arrival finds all servers busy
	abandoned float64 // share of arrivals that leave unanswered
	wait      float64 // mean wait of all arrivals, in handling times
	answered  float64 // share of all arrivals answered within the time
}

const (
	negligible = 1e-17  // ends sums whose terms only shrink from there on
	never      = 1e-290 // a chance below it is none, and its inverse is too large to count with
)

// erlangA computes model A. Patience and time are in units of the handling time.
//
// With j customers waiting ahead, waits of exp(-V/patience) follow the beta
// distribution with servers*patience and j+1 degrees, because the rates of the
// exponential steps that make up V are in arithmetic progression. What is
// answered in time is then a sum of incomplete beta functions.
func erlangA(load float64, servers int, patience, within float64) impatient {
	lost := ErlangB(load, servers)
	if lost < never {
		return impatient{answered: 1}
	}
	n := float64(servers)
	beta := newPartialBeta(n*patience+1, math.Exp(-within/patience))
	// Probabilities relative to that of all servers busy and nobody waiting;
	// below is that of a free server.
	below := 1/lost - 1
	term, waiting, length, inTime := 1.0, 0.0, 0.0, 0.0
	for k := 0.0; ; k++ {
		waiting += term
		length += k * term
		inTime += term * n * patience / (n*patience + k + 1) * (1 - beta.next())
		ratio := load / (n + (k+1)/patience)
		term *= ratio
		if ratio < 1 && term*(k+1) < negligible*(waiting+below) {
			break
		}
		if term > 1e200 { // far beyond capacity: only the ratios of the sums matter
			term, waiting, length, inTime, below = term/1e200, waiting/1e200, length/1e200, inTime/1e200, below/1e200
		}
	}
	all := below + waiting
	return impatient{
		pWait:     waiting / all,
		abandoned: length / patience / load / all,
		wait:      length / load / all,
		answered:  (below + inTime) / all,
	}
}

// partialBeta is the regularised incomplete beta function I_x(a, b) for
// b = 1, 2, 3 and so on, by the recursion in b (DLMF 8.17.21), in logarithms
// because x^a alone is too small for large crews.
type partialBeta struct {
	a, x, log, sum, b float64
}

func newPartialBeta(a, x float64) *partialBeta {
	return &partialBeta{a: a, x: x, log: a * math.Log(x)}
}

// next returns the value for the next b.
func (p *partialBeta) next() float64 {
	p.sum += math.Exp(p.log)
	p.log += math.Log((p.a+p.b)/(p.b+1)) + math.Log1p(-p.x)
	p.b++
	return min(1, p.sum)
}
