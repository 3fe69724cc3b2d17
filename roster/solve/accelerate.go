package solve

import (
	"math"
	"slices"

	"github.com/smena-wfm/smena/roster"
)

// accelerated is prices on a smooth way up: rows of calendar weeks answer softly
// (soft), if no slots count on them, and so do those at a pace (softPaced); queues
// share who can serve them softly, so the bound is a smooth function of the prices
// (Nesterov, Mathematical Programming 103, 2005), which steps with momentum raise much
// faster than steps after single rows: FISTA (Beck and Teboulle, SIAM Journal on Imaging Sciences 2, 2009), begun
// anew when it goes against itself (O'Donoghue and Candès, Foundations of
// Computational Mathematics 15, 2015). The heat falls on the way. Other rows answer
// with their best, a few at a time.
type accelerated struct {
	*pricer
	answers   []answers // per core
	costs     []float64 // per row, its soft cost, fine
	pacing    pacing
	others    []int       // rows that do not answer softly
	next      int         // of them
	at        [][]float64 // prices to which the steps have led; price is beyond them
	before    [][]float64 // and where they were before the last one
	best      [][]float64 // where the bound was highest
	highest   float64
	direction [][]float64
	presence  [][]float64 // units per field, interval and subset, in expectation
	momentum  float64
	length    float64 // of steps
	lasting   float64 // intervals of a shift, about
	starting  [][]int // per layout of breaks, intervals in which shifts start
	guide     average
}

// mostGlides is how many steps are a whole way, and those of rows at a pace: there is
// little to gain beyond (the bound of 200 operators is 0.002 to 0.004 % lower than after 1,200).
const mostGlides, mostPacedGlides = 800, 1200

// Heat is a share of what a missing shift is worth; it falls with the way. That
// of queues is so many times that of a shift's part in an interval.
const (
	hottest      = 0.03
	coldest      = 3e-6
	softerQueues = 2
)

func (p *pricer) newAccelerated() *accelerated {
	a := &accelerated{
		pricer: p, costs: make([]float64, len(p.rows)), highest: math.Inf(-1), momentum: 1, length: longest,
		at: p.zero(), before: p.zero(), best: p.zero(), direction: p.zero(), presence: p.nobody(),
		guide:  average{from: guideFrom, to: guideTo, sum: p.zero()},
		pacing: p.newPacing(),
	}
	for range p.cores {
		a.answers = append(a.answers, p.newAnswers())
	}
	a.survey()
	for i := range p.price {
		copy(a.at[i], p.price[i])
	}
	for i, r := range p.model.rows {
		if !p.softened(r) {
			a.others = append(a.others, i)
		}
	}
	return a
}

// survey finds how long shifts last, and where those with breaks start.
func (a *accelerated) survey() {
	a.starting = make([][]int, len(a.layouts))
	n := 0
	for i := range a.shifts {
		s := &a.shifts[i]
		if s.to == s.from {
			continue
		}
		a.lasting, n = a.lasting+float64(s.to-s.from), n+1
		if s.layout != nil && s.layout.index < len(a.starting) && s.zero >= 0 {
			a.starting[s.layout.index] = append(a.starting[s.layout.index], s.zero)
		}
	}
	a.lasting = max(1, a.lasting/float64(max(1, n)))
	for k := range a.starting {
		slices.Sort(a.starting[k])
		a.starting[k] = slices.Compact(a.starting[k])
	}
}

// empty takes a row out of the supply.
func (p *pricer) empty(i int) {
	nobody := held{slices.Repeat([]int32{-1}, len(p.chosen(i))), p.rows[i].placed}
	p.replace(p.supply, p.model.rows[i], held{p.chosen(i), p.rows[i].placed}, nobody)
	p.rows[i].choice = nobody.options
}

// glide moves prices until that share of the search, from one share of their way
// to another.
func (a *accelerated) glide(m *meter, to, begun, done float64) error {
	defer func() { a.tilting = 0 }()
	for i, r := range a.model.rows {
		if a.softened(r) {
			a.empty(i)
		}
	}
	if err := a.revise(m, a.others); err != nil {
		return err
	}
	a.begin()
	from := m.share()
	for share, n := begun, 0.0; share < done && m.share() < to; n++ {
		share = min(done, begun+(done-begun)*a.progress((m.share()-from)/(to-from), n))
		heat := a.heat(share)
		a.tilting = tiltingAt(share)
		if err := a.respond(m, heat); err != nil {
			return err
		}
		if a.rises() {
			a.move(heat)
			a.guide.note(share, a.at)
		}
	}
	for i := range a.at {
		copy(a.price[i], a.at[i])
	}
	a.arrive()
	return nil
}

// progress is how much of the way is over after a share of its time and so many steps.
// Rows at a pace leave half of the time to the search, unless steps are still few.
func (a *accelerated) progress(time, steps float64) float64 {
	const enough = 450
	if a.paces != nil {
		return max(time, steps/mostPacedGlides, min(2*time, steps/enough))
	}
	return max(time, steps/mostGlides)
}

// heat is that of a share of the way, fine.
func (a *accelerated) heat(share float64) float64 {
	hot, cold := hottest, coldest
	if a.paces != nil {
		hot, cold = hottestPaced, coldestPaced
	}
	return a.worth * hot * math.Pow(cold/hot, share)
}

// respond finds what the rows supply at the prices, in expectation.
func (a *accelerated) respond(m *meter, heat float64) error {
	if len(a.others) > 0 {
		rows := make([]int, max(1, len(a.others)/10))
		for j := range rows {
			rows[j] = a.others[(a.next+j)%len(a.others)]
		}
		a.next += len(rows)
		if err := a.revise(m, rows); err != nil {
			return err
		}
		m.visits += len(rows)
	}
	if m.stopped() {
		return errStopped
	}
	for i, f := range a.fields {
		copy(f.price, a.price[i])
	}
	a.share(func(c int) { a.pay(c, heat) })
	a.share(func(c int) {
		for i := c; i < len(a.rows); i += len(a.cores) {
			if r := a.model.rows[i]; a.softened(r) {
				if a.pace(i) != nil {
					a.costs[i] = a.expectPaced(c, i, heat)
				} else {
					a.costs[i] = a.expect(c, i, heat)
				}
			}
		}
	})
	m.visits += len(a.rows) - len(a.others)
	a.collect(heat)
	return nil
}

// rises says whether the way still goes up. If not, steps were too long: it goes
// on with shorter ones from where it was highest.
func (a *accelerated) rises() bool {
	now := a.bill()
	for i := range a.rows {
		if a.softened(a.model.rows[i]) {
			now += a.costs[i]
		} else {
			now += a.rows[i].cost
		}
	}
	const noise = 0.002
	if !math.IsInf(a.highest, -1) && now < a.highest-noise*(math.Abs(a.highest)+a.worth) {
		if a.paces == nil || a.momentum < pacedMomentum {
			a.length *= 0.6
		}
		a.momentum, a.highest = 1, math.Inf(-1)
		a.backPaces()
		for i := range a.at {
			copy(a.at[i], a.best[i])
			copy(a.price[i], a.best[i])
		}
		return false
	}
	if now > a.highest {
		a.highest = now
		for i := range a.price {
			copy(a.best[i], a.price[i])
		}
		a.notePaces()
	}
	return true
}

// longest is the first length of steps, and by how much they are longer in the
// direction of waves.
const longest, sharper = 4, 1.5

// move takes a step from the prices that were asked, and goes on beyond it.
func (a *accelerated) move(heat float64) {
	against := 0.0
	for i, f := range a.fields {
		if a.paces == nil { // slots have no waves
			a.aim(i)
		}
		copy(a.before[i], a.at[i])
		for t := range f.n {
			present := roster.Whole * 0.3
			for q := range f.queues {
				present += a.supplied[i][t*f.queues+q]
			}
			step := a.length * heat / (roster.Whole * a.lasting * present)
			for q := range f.queues {
				at := t*f.queues + q
				a.at[i][at] = f.proximal(at, a.price[i][at], step, a.supplied[i][at]-a.direction[i][at])
				against += (a.price[i][at] - a.at[i][at]) * (a.at[i][at] - a.before[i][at])
			}
		}
	}
	if against > 0 {
		a.momentum = 1
	}
	next := (1 + math.Sqrt(1+4*a.momentum*a.momentum)) / 2
	beyond := (a.momentum - 1) / next
	a.momentum = next
	for i, f := range a.fields {
		for at, now := range a.at[i] {
			a.price[i][at] = max(0, min(f.cap(at), now+beyond*(now-a.before[i][at])))
		}
	}
	a.movePaces(heat, beyond)
}

// aim finds by how much directions are above their mean nearby: there steps are
// longer (shift says why).
func (a *accelerated) aim(field int) {
	f, direction := a.fields[field], a.direction[field]
	wanted := make([]float64, f.n)
	around := f.around + 1
	for q := range f.queues {
		sum := 0.0
		for t := range f.n {
			wanted[t] = a.wants(field, t*f.queues+q)
		}
		for t := 0; t < min(f.n, around); t++ {
			sum += wanted[t]
		}
		for t := range f.n {
			if t+around < f.n {
				sum += wanted[t+around]
			}
			if t-around > 0 {
				sum -= wanted[t-around-1]
			}
			direction[t*f.queues+q] = sharper * (wanted[t] - sum/float64(min(f.n, t+around+1)-max(0, t-around)))
		}
	}
}

// proximal is the price that raises what the queue pays, less the supply, the most,
// a price further away costing the square of how far it is by the step.
func (f *field) proximal(at int, price, step, supply float64) float64 {
	steps, units := f.wanted[at*f.steps:][:f.steps], 0.0
	for _, s := range steps {
		units += float64(s.units)
	}
	for i := len(steps) - 1; i >= 0; i-- {
		to := price + step*(units-supply)
		if i+1 < len(steps) {
			to = max(to, float64(steps[i+1].value))
		}
		if to <= float64(steps[i].value) {
			return max(0, to)
		}
		units -= float64(steps[i].units)
	}
	return f.cap(at)
}
