package solve

import (
	"math"
	"slices"
)

// cycle is one cooling of the search.
type cycle struct {
	from, to float64 // shares of the meter
	hot      float64 // heat at the start, as a share of a missing shift's worth
	cold     float64
	soft     float64 // slack at the start, as a share of a unit's worth
	stiff    float64
}

// until is the cycle, up to a share of what there is for all of them.
func (c cycle) until(to float64) cycle {
	c.to = to
	return c
}

// anneal moves rows of the best roster until the cycle ends, from a soft cover
// to the true one.
func (s *search) anneal(c cycle) {
	for _, l := range s.lanes {
		l.restore(s.lanes[0])
		l.slack = 0 // prices may be others
	}
	first, slack, round := s.lanes[0], 0.0, 0
	s.together(func() (func(*lane), float64, bool) {
		at := s.meter.share()
		over := at >= c.to || s.meter.stopped() || s.proven()
		if round++; over || slack == hardest || round%s.seldom() == 0 {
			first.keep()
		}
		if first.bestTruth < s.told {
			s.report()
		}
		if over {
			return nil, 0, false
		}
		share := (at - c.from) / (c.to - c.from)
		heat := c.hot * math.Pow(c.cold/c.hot, share) * s.worth
		switch want := c.soft * math.Pow(c.stiff/c.soft, share/trueFrom); {
		case share >= trueFrom || c.soft == hardest:
			slack = hardest
		case want > 1.03*slack:
			slack = want
		}
		now := slack
		return func(l *lane) {
			l.see(now)
			for range s.batch() {
				l.move(l.scope(), heat)
				l.nudges(heat)
			}
			if now == hardest && l == first {
				l.keep()
			}
		}, heat, true
	})
}

// seldom is after how many rounds it is seen whether the roster is the best, while the
// cover is soft.
func (s *search) seldom() int { return stepsPerRound / s.steps() }

// work is what a move and its nudges count among the iterations.
func (m *model) work() int {
	const nudges = 100 // take about as long as a move
	return 1 + m.nudgesPerMove()/nudges
}

// trueFrom is the share of a cycle after which the cover is the true one.
const trueFrom = 0.9

// hardest is a slack beyond which there is nothing softer than the truth.
const hardest = math.MaxFloat64

// see makes the lane see the cover with a slack.
func (l *lane) see(slack float64) {
	if slack == l.slack {
		return
	}
	l.slack = slack
	for _, f := range l.fields {
		if slack == hardest {
			f.harden()
		} else {
			f.soften(slack)
		}
	}
}

// taken is a row that a move has taken out of a window.
type taken struct {
	row  int
	room room
	left []int
	old  held
}

// scope is how much a move takes out: so many days of so many rows.
type scope struct{ days, rows int }

// move takes a few rows out of a window of days, puts them back one after
// another, all but the last with noise, and keeps the outcome as annealing does
// at the heat.
func (l *lane) move(z scope, heat float64) {
	from, to := l.window(z.days)
	before := l.seen
	rows := l.some(z.rows)
	out := make([]taken, 0, len(rows))
	for _, i := range rows {
		from, to := l.homeward(i, from, to)
		w, left := l.room(i, from, to)
		if w.to > w.from {
			old := l.take(i, w.from, w.to)
			if r := l.rows[i]; r.slow() {
				w = r.shape.near(r, w, old.options, 1)
			}
			out = append(out, taken{i, w, left, old})
		}
	}
	ok := true
	for at := range out {
		g := guess{noise: heat * 0.05}
		one := &out[at]
		switch {
		case at < len(out)-1:
			g = guess{blend: l.rng.Float64(), noise: heat * math.Exp(4*l.rng.Float64()-3)}
		case l.rows[one.row].judged && l.rng.IntN(4) == 0: // what is best to the program alone may not be legal
			g.noise = heat * math.Exp(8*l.rng.Float64()-2)
		}
		choice, fits := l.refill(one.row, one.room, one.left, g)
		if ok = fits; !ok {
			break
		}
		l.give(one.row, one.room.from, held{options: choice})
	}
	if worse := float64(l.seen - before); ok && (worse <= 0 || l.rng.Float64() < math.Exp(-worse/heat)) {
		for _, one := range out {
			if !l.isStill(one) {
				l.log = append(l.log, one)
			}
		}
		return
	}
	l.undo(out)
}

// isStill says whether what a move took out is back as it was.
func (l *lane) isStill(t taken) bool {
	now := l.chosen[t.row][t.room.from:t.room.to]
	return slices.Equal(now, t.old.options) &&
		(t.old.placed == nil || slices.Equal(l.placed[t.row][t.room.from:t.room.to], t.old.placed))
}

// longestWindow is how many days a move's window has at most.
const longestWindow = 140

// scope draws how much a move takes out.
func (l *lane) scope() scope {
	z := scope{rows: 1, days: int(4 * math.Exp(l.rng.Float64()*math.Log(1.6*float64(l.horizon)/4)))}
	z.days = max(1, min(z.days, longestWindow))
	for at, chance := 0, l.rng.Float64(); at < len(manyRows) && chance > manyRows[at]; at++ {
		z.rows++
	}
	return z
}

// window chooses so many days, half of the time around an interval in which somebody
// is missing.
func (l *lane) window(length int) (from, to int) {
	middle := l.rng.IntN(l.horizon)
	if l.rng.IntN(2) == 0 {
		if day, found := l.lacking(); found {
			middle = day
		}
	}
	return max(0, middle-length/2), min(l.horizon, middle+length/2+1)
}

// lacking looks, a few times at random, for an interval in which somebody is
// missing, and says on which day it is.
func (l *lane) lacking() (day int, found bool) {
	for range 30 {
		f := l.fields[l.rng.IntN(len(l.fields))]
		if t := l.rng.IntN(f.n); f.missing(t) != 0 {
			return t * l.horizon / f.n, true
		}
	}
	return 0, false
}

// some chooses a few rows.
func (l *lane) some(n int) (rows []int) {
next:
	for range n {
		i := l.pool[l.rng.IntN(len(l.pool))]
		for _, other := range rows {
			if other == i {
				continue next
			}
		}
		rows = append(rows, i)
	}
	return rows
}

// manyRows are the chances that a move takes up to one, two, three rows.
var manyRows = [...]float64{0.1, 0.7, 0.9}
