package flex

import (
	"context"
	"math/rand/v2"
	"slices"
)

// Settings of the annealing, tuned on the public instances.
const (
	hottest   = 3.0  // heat at first, in units of the penalty; it falls to 0 in a straight line
	coolest   = 0.95 // share of the search after which only descent is left
	noisy     = 0.1  // noise of a price, as a share of the heat
	missing   = 20.0 // cost of a missing head, as many units of the penalty
	pairs     = 0.6  // share of steps that redo two persons at once
	refilling = 0.75 // share of steps that redo only what is done inside a shift
	lookEvery = 256  // steps between looks at the clock
)

// lane is one search.
type lane struct {
	problem Problem
	board   *board
	chance  *rand.Rand
	heat    float32
	cover   cover
	window  *window
	rows    [][]Shift // by person x calendar day; no activities if none starts
	hours   []int     // intervals of work by person
	worked  []bool    // days with a shift, of the row that is looked at
	best    Result
	moves   []move
	spare   []uint8
}

func newLane(p Problem, seed, number uint64, shared *board) *lane {
	l := &lane{
		problem: p, board: shared, chance: rand.New(rand.NewPCG(seed, number)), cover: newCover(p), window: newWindow(p),
		hours: make([]int, len(p.People)), worked: make([]bool, p.days()), spare: make([]uint8, p.Rules.Longest),
		best: Result{Missing: 1 << 30},
	}
	l.cover.noise = make([]float32, 1<<14)
	for i := range l.cover.noise {
		l.cover.noise[i] = float32(l.chance.NormFloat64())
	}
	for range p.People {
		l.rows = append(l.rows, make([]Shift, p.days()))
	}
	return l
}

// construct gives a person shifts of the least hours; false if none fit.
func (l *lane) construct(person int) bool {
	r, least := l.problem.Rules, l.problem.People[person].Min
	few, many := (least+r.Longest-1)/r.Longest, least/r.Shortest
	const attempts = 1000
	for range attempts {
		if l.hand(person, few+l.chance.IntN(max(1, many-few+1)), least) {
			return true
		}
		for day := range l.rows[person] {
			l.take(person, day)
		}
	}
	return false
}

// hand gives a person n shifts on random days, of least intervals in all.
func (l *lane) hand(person, n, least int) bool {
	done := 0
	for _, day := range l.chance.Perm(l.problem.days()) {
		if done == n {
			break
		}
		length := max(l.problem.Rules.Shortest, least*(done+1)/n-least*done/n)
		if _, found := l.place(person, []int{day}, length, length, 0); found {
			done++
		}
	}
	return l.hours[person] >= least && l.hours[person] <= l.problem.People[person].Max
}

// anneal searches while the share of it that is over is below 1.
func (l *lane) anneal(ctx context.Context, over func() float64) {
	for share := over(); share < 1 && ctx.Err() == nil; share = over() {
		l.heat = float32(hottest * max(0, 1-share/coolest))
		for range lookEvery {
			l.step()
		}
		l.look()
	}
	l.look()
}

// look offers the roster if it is the best of this lane.
func (l *lane) look() {
	now := l.cover.result()
	if now.better(l.best) {
		l.best = now
		l.board.offer(now, l.rows)
	}
}

// step redoes a part of the roster, and takes it back if it costs too much.
func (l *lane) step() {
	if l.problem.activities() > 1 && l.chance.Float64() < refilling {
		l.refill()
		return
	}
	l.moves = l.moves[:0]
	days := l.days()
	l.moves = append(l.moves, move{person: l.chance.IntN(len(l.rows)), days: days})
	if other := l.chance.IntN(len(l.rows)); other != l.moves[0].person && l.chance.Float64() < pairs {
		l.moves = append(l.moves, move{person: other, days: days})
	}
	l.redo(l.moves)
}

// days picks one or two days in order.
func (l *lane) days() []int {
	a, b := l.chance.IntN(l.problem.days()), l.chance.IntN(l.problem.days())
	if a == b {
		return []int{a}
	}
	return []int{min(a, b), max(a, b)}
}

// move is the shifts of a person on a few days.
type move struct {
	person int
	days   []int
	was    [widest]Shift
}

// redo takes the shifts of all moves out and puts the best ones in, person
// after person.
func (l *lane) redo(moves []move) {
	cost, found := float32(0), true
	for i := range moves {
		for k, day := range moves[i].days {
			was, gain := l.take(moves[i].person, day)
			moves[i].was[k] = was
			cost -= gain
		}
	}
	for _, m := range moves {
		if found {
			h, fixed := l.problem.People[m.person], l.hours[m.person]
			var more float32
			more, found = l.place(m.person, m.days, h.Min-fixed, h.Max-fixed, l.heat*noisy)
			cost += more
		}
	}
	if found && l.accepts(cost) {
		return
	}
	for _, m := range moves {
		for k, day := range m.days {
			l.take(m.person, day)
			l.put(m.person, day, m.was[k])
		}
	}
}

// refill redoes the activities of a shift.
func (l *lane) refill() {
	was := l.rows[l.chance.IntN(len(l.rows))][l.chance.IntN(l.problem.days())]
	if len(was.Activities) == 0 {
		return
	}
	cost := -l.cover.remove(was)
	shift := Shift{was.Start, l.spare[:len(was.Activities)]}
	l.fill(shift, l.heat*noisy)
	cost += l.cover.add(shift)
	if l.accepts(cost) {
		copy(was.Activities, shift.Activities)
		return
	}
	l.cover.remove(shift)
	l.cover.add(was)
}

// accepts says whether to go on with what costs so much more (Metropolis).
func (l *lane) accepts(cost float32) bool {
	return cost <= 0 || float32(l.chance.ExpFloat64())*l.heat > cost
}

// take removes a shift from the row and the cover, and returns what it cost.
func (l *lane) take(person, day int) (was Shift, cost float32) {
	was = l.rows[person][day]
	l.hours[person] -= len(was.Activities)
	l.rows[person][day] = Shift{}
	return was, l.cover.remove(was)
}

// put adds a shift to the row and the cover, and returns what it costs.
func (l *lane) put(person, day int, shift Shift) (cost float32) {
	l.rows[person][day] = shift
	l.hours[person] += len(shift.Activities)
	return l.cover.add(shift)
}

// place finds the best shifts of a person on days that have none, of least to
// greatest intervals in all by prices with so much noise, and puts them there.
func (l *lane) place(person int, days []int, least, greatest int, noise float32) (cost float32, found bool) {
	row, w, rest := l.rows[person], l.window, l.problem.Rules.Rest
	for d, shift := range row {
		l.worked[d] = len(shift.Activities) > 0
	}
	for k, d := range days {
		before, next := -rest, len(l.problem.Need)+rest
		if d > 0 && l.worked[d-1] {
			before = row[d-1].end()
		}
		if d+1 < len(row) && l.worked[d+1] {
			next = row[d+1].Start
		}
		w.price(&l.cover, k, d, before, next, noise, l.chance.Uint64())
	}
	if !w.best(days, l.worked, least, greatest) {
		return 0, false
	}
	plan := slices.Clone(w.plan[:len(days)])
	for k, d := range days {
		if plan[k].length >= 0 {
			shift := Shift{w.at(d, int(plan[k].start)), make([]uint8, l.problem.Rules.Shortest+int(plan[k].length))}
			l.fill(shift, noise)
			cost += l.put(person, d, shift)
		}
	}
	return cost, true
}

// fill finds the best activities of a shift that is not in the cover.
func (l *lane) fill(shift Shift, noise float32) {
	l.window.inside.look(&l.cover, shift.Start, shift.end(), noise, l.chance.Uint64())
	l.window.inside.trace(shift.Start, shift.Activities)
}
