package solve

import (
	"math"

	"github.com/smena-wfm/smena/roster"
)

// step moves all prices of intervals, and those of the caps of some rows, after
// so much of the way.
func (a *ascent) step(share float64, rows []int) {
	even, own, widest := 0.1*math.Pow(0.01, share), 0.4*math.Pow(0.001, share), 0.0
	for i, f := range a.fields {
		dearest, direction := a.dearest[i], a.direction[i]
		widest = max(widest, even*dearest/a.scarce[i])
		a.split(f.n, func(from, to int) {
			a.distribute(i, from, to, even*dearest)
			for at := from * f.queues; at < to*f.queues; at++ {
				direction[at] = a.wants(i, at)
			}
		})
		a.split(f.n, func(from, to int) { a.shift(i, from, to, own*dearest) })
	}
	for _, i := range rows {
		a.stepCaps(i, widest*roster.Whole*roster.Whole)
	}
}

// shift moves the prices of intervals [from, to) of a field along the direction,
// by steps of their own. A shift answers to what it earns over all of its hours:
// prices may go up and down within them and nobody moves. So these waves, what a
// direction is above its mean nearby, go twice as fast.
func (a *ascent) shift(field, from, to int, length float64) {
	f := a.fields[field]
	price, moved, direction := a.price[field], a.moved[field], a.direction[field]
	around := 0 // few rows answer too roughly for that
	if len(a.model.rows) >= manyNudged {
		around = f.around
	}
	for q := range f.queues {
		sum := 0.0
		for t := max(0, from-around-1); t < min(f.n, from+around); t++ {
			sum += direction[t*f.queues+q]
		}
		for t := from; t < to; t++ {
			at := t*f.queues + q
			if t+around < f.n {
				sum += direction[(t+around)*f.queues+q]
			}
			if t-around > 0 {
				sum -= direction[(t-around-1)*f.queues+q]
			}
			d := direction[at]
			if around > 0 {
				d += d - sum/float64(min(f.n, t+around+1)-max(0, t-around))
			}
			if d != 0 {
				moved[at] += d * d
				price[at] = max(0, min(f.cap(at), price[at]+length*d/math.Sqrt(moved[at])))
			}
		}
	}
}

// split does so many intervals on all cores if they are many.
func (p *pricer) split(n int, do func(from, to int)) {
	const few = 500
	cores := len(p.cores)
	if n < few || cores == 1 {
		do(0, n)
		return
	}
	p.share(func(core int) { do(core*n/cores, (core+1)*n/cores) })
}

// stepCaps moves the prices of a row's caps.
func (a *ascent) stepCaps(i int, step float64) {
	for c, n := range a.used(i) {
		a.caps[i][c] = max(0, a.caps[i][c]+step*float64(n-a.model.rows[i].shape.caps[c].most))
	}
}
