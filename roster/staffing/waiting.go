package staffing

import "math"

const (
	negligible = 1e-17  // ends sums whose terms only shrink from there on
	tooLarge   = 1e200  // what is above is scaled down
	never      = 1e-290 // a chance below it is none, and its inverse is too large to count with
)

// waiting is what happens while every place is taken: the queue by its length,
// in units in which the chance that nobody waits yet is full.
type waiting struct {
	full     float64
	all      float64 // any number of customers waits, none included
	length   float64 // their number times its chance
	answered float64 // a new arrival would be answered within the time
	patient  float64 // the same if they never left
}

// wait computes the queue. Arrivals, the rate at which places become free,
// and the rate at which each customer leaves (0 if they never do) are per
// unit of time. Without leaving, arrivals are below the rate.
func wait(arrivals, rate, leaving, within float64) waiting {
	if leaving > 0 {
		return impatient(arrivals, rate, leaving, within)
	}
	load := arrivals / rate
	all := 1 / (1 - load)
	inTime := -all * math.Expm1(-(rate-arrivals)*within)
	return waiting{full: 1, all: all, length: load * all * all, answered: inTime, patient: inTime}
}

// impatient computes the queue of Erlang's model A: customers leave after an
// exponential patience (Palm 1957; Garnett, Mandelbaum and Reiman 2002).
//
// With j customers ahead, a place is free for the next after j+1 exponential
// steps whose rates grow by the same amount each. So exp(-leaving*V), V being
// that time, follows the beta distribution with rate/leaving and j+1 degrees,
// and what is answered in time is a sum of incomplete beta functions.
func impatient(arrivals, rate, leaving, within float64) waiting {
	if (arrivals-rate)/leaving > longQueue {
		return crowded(arrivals, rate, leaving, within)
	}
	places := rate / leaving
	answered := newAhead(rate, leaving, within)
	ever := newPartialBeta(places, math.Exp(-leaving*within))
	w, term := waiting{full: 1}, 1.0
	for k := 0.0; ; k++ {
		w.all += term
		w.length += k * term
		w.answered += term * answered.next()
		w.patient += term * (1 - ever.next())
		ratio := arrivals / (rate + (k+1)*leaving)
		term *= ratio
		if ratio < 1 && term*(k+1) < negligible*w.all {
			return w
		}
		if term > tooLarge { // far beyond capacity: only the ratios of the sums matter
			term /= tooLarge
			w = waiting{w.full / tooLarge, w.all / tooLarge, w.length / tooLarge, w.answered / tooLarge, w.patient / tooLarge}
		}
	}
}

// ahead is the chance to be answered in time with 0, 1, 2 and so on waiting ahead.
type ahead struct {
	places, k float64
	soon      *partialBeta
}

func newAhead(rate, leaving, within float64) *ahead {
	places := rate / leaving
	return &ahead{places: places, soon: newPartialBeta(places+1, math.Exp(-leaving*within))}
}

// next returns the chance with one more ahead.
func (a *ahead) next() float64 {
	a.k++
	return a.places / (a.places + a.k) * (1 - a.soon.next())
}

// longQueue is a queue whose length hardly strays from its mean.
const longQueue = 20_000

// crowded computes a queue that is always long: arrivals are so far above the
// rate that as many wait as leave in the time between. Its length is normal
// about that, and so is the time until a place is free for the next: a sum of
// many exponential steps.
func crowded(arrivals, rate, leaving, within float64) waiting {
	length := (arrivals - rate) / leaving
	mean := math.Log((rate+length*leaving)/rate) / leaving
	// Of the steps themselves, and of how many there are.
	variance := (1/rate-1/arrivals)/leaving + arrivals/leaving/(arrivals*arrivals)
	soon := (1 + math.Erf((within-mean)/math.Sqrt(2*variance))) / 2
	return waiting{full: 0, all: 1, length: length, answered: soon * rate / arrivals, patient: soon}
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
