package staffing

import (
	"math"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// Passed is how one of several intervals in a row goes.
type Passed struct {
	ServiceLevel float64 `json:"service_level" doc:"Share of its arrivals answered within the time."`
	Abandonment  float64 `json:"abandonment" doc:"Customers who leave in it, over its arrivals."`
	Chats        float64 `json:"chats" doc:"Being answered, on average."`
	Waiting      float64 `json:"waiting" doc:"Customers who wait at its end: what it leaves to the next."`
}

// Through returns how intervals of one length go that follow each other: what
// one leaves over burdens the next, unlike in Measure, where each is settled.
// So peaks inside an hour are seen if the intervals are shorter than it, and a
// crew that cannot keep up gives numbers too. Arrivals are counts, as the queue
// has them; operators are those available, which need not be whole. It starts
// with nobody there.
//
// The number of chats, waiting ones included, is taken for a birth-and-death
// process whose rates are those of a spread, and its chances are carried
// through the intervals in small implicit steps (backward Euler), in which none
// turns negative. Operators who leave finish their chats, which are as many as
// those of the others.
func Through(q roster.Queue, step time.Duration, arrivals, operators []float64) ([]Passed, error) {
	p := &passage{queue: q, chance: []float64{1}}
	passed := make([]Passed, len(arrivals))
	for i := range arrivals {
		s := SystemOf(q, arrivals[i], step)
		if err := s.check(); err != nil {
			return nil, err
		}
		passed[i] = p.pass(s, operators[i], step)
	}
	return passed, nil
}

// passage is where it is: the chance of each number of chats.
type passage struct {
	queue     roster.Queue
	chance    []float64
	operators float64 // of the interval before
}

// steps per handling time, and what a chance may lose beyond the longest queue.
const (
	stepsPerAHT = 40
	lost        = 1e-12
)

// pass carries the chances through one interval.
func (p *passage) pass(s System, operators float64, step time.Duration) Passed {
	total := step.Seconds() / s.AHT.Seconds() // all times in handling times
	n := int(math.Ceil(total * stepsPerAHT))
	h := total / float64(n)
	load := s.load()
	crews := p.crews(s, operators)
	if operators < p.operators {
		p.leave(operators)
	}
	p.operators = operators
	room := len(p.chance) + int(load*total+10*math.Sqrt(load*total+1)) + 20
	p.chance = append(p.chance, make([]float64, room-len(p.chance))...)
	rate, inTime, places := mix(crews, room)
	leaving := 0.0
	if s.Patience > 0 {
		leaving = s.AHT.Seconds() / s.Patience.Seconds()
	}
	down := make([]float64, room)
	for x := range down {
		down[x] = rate[x] + leaving*max(0, float64(x)-places)
	}
	out := Passed{}
	euler := newEuler(load, down, h)
	for range n {
		euler.step(p.chance)
		for x, chance := range p.chance {
			waiting := max(0, float64(x)-places)
			out.ServiceLevel += chance * inTime[x]
			out.Abandonment += chance * leaving * waiting
			out.Chats += chance * min(float64(x), places)
		}
	}
	out.ServiceLevel /= float64(n)
	out.Chats /= float64(n)
	out.Abandonment *= h / max(load*total, math.SmallestNonzeroFloat64)
	if load == 0 {
		out.ServiceLevel, out.Abandonment = 1, 0
	}
	for x, chance := range p.chance {
		out.Waiting += chance * max(0, float64(x)-places)
	}
	p.shorten()
	return out
}

// leave takes the chats of operators who leave away, and leaves those who wait.
func (p *passage) leave(operators float64) {
	places, after := p.operators*float64(p.queue.Concurrency), make([]float64, len(p.chance)+1)
	for x, chance := range p.chance {
		answered := min(float64(x), places)
		stay := answered*operators/p.operators + float64(x) - answered
		whole := math.Floor(stay)
		after[int(whole)] += chance * (1 - stay + whole)
		after[int(whole)+1] += chance * (stay - whole)
	}
	p.chance = after
}

// shorten cuts numbers of chats that next to never are.
func (p *passage) shorten() {
	beyond, last := 0.0, len(p.chance)
	for last > 1 && beyond+p.chance[last-1] < lost {
		last--
		beyond += p.chance[last]
	}
	p.chance = p.chance[:last]
}

// weighted is a crew of whole operators, and how much of it is there.
type weighted struct {
	system System
	part   float64
	within float64
}

// crews returns the one or two whole crews around so many operators.
func (p *passage) crews(s System, operators float64) []weighted {
	const rounding = 1e-9
	within := p.queue.ServiceLevel.Within.Seconds() / s.AHT.Seconds()
	fewer := math.Floor(operators + rounding)
	share := operators - fewer
	if share < rounding {
		return []weighted{{s.with(int(fewer)), 1, within}}
	}
	return []weighted{{s.with(int(fewer)), 1 - share, within}, {s.with(int(fewer) + 1), share, within}}
}

// mix returns, for each number of chats, how many end per handling time and the
// chance that one that comes then is answered in time; and the places.
func mix(crews []weighted, room int) (rate, inTime []float64, places float64) {
	rate, inTime = make([]float64, room), make([]float64, room)
	for _, w := range crews {
		c := w.system.crew()
		full := c.places()
		places += w.part * float64(full)
		load := max(w.system.load(), 1e-3) // a spread takes arrivals; with hardly any it is even
		spread := newSpread(c, load)
		for x := 1; x < room; x++ {
			if x >= full {
				rate[x] += w.part * c.fullRate()
				continue
			}
			missing, excess := spread.uneven(x)
			rate[x] += w.part * spread.likely(x, missing, excess)
		}
		ahead := w.ahead(c, max(0, room-full))
		for x := range inTime {
			if x < full {
				inTime[x] += w.part
			} else {
				inTime[x] += w.part * ahead[x-full]
			}
		}
	}
	return rate, inTime, places
}

// ahead returns the chance to be answered in time with so many waiting ahead.
func (w weighted) ahead(c crew, n int) []float64 {
	chances := make([]float64, n)
	rate := c.fullRate()
	switch {
	case rate == 0:
	case w.system.Patience > 0:
		answered := newAhead(rate, w.system.AHT.Seconds()/w.system.Patience.Seconds(), w.within)
		for k := range chances {
			chances[k] = answered.next()
		}
	default: // that more than k places become free in time
		log, fewer := -rate*w.within, 0.0
		for k := range chances {
			fewer += math.Exp(log)
			chances[k] = max(0, 1-fewer)
			log += math.Log(rate*w.within) - math.Log(float64(k+1))
		}
	}
	return chances
}

// euler carries chances of a birth-and-death process through small steps:
// (1 - h*generator) next = now, a tridiagonal system that is factored once.
type euler struct {
	up          float64
	below, diag []float64 // of the factored matrix
	above       []float64
}

func newEuler(arrivals float64, down []float64, h float64) *euler {
	n := len(down)
	e := &euler{up: h * arrivals, below: make([]float64, n), diag: make([]float64, n), above: make([]float64, n)}
	for x := range n {
		out := h * down[x]
		if x+1 < n {
			out += e.up
			e.above[x] = -h * down[x+1]
		}
		e.diag[x] = 1 + out
		if x > 0 {
			e.below[x] = -e.up / e.diag[x-1]
			e.diag[x] -= e.below[x] * e.above[x-1]
		}
	}
	return e
}

// step solves for the chances after one step, in place.
func (e *euler) step(chance []float64) {
	for x := 1; x < len(chance); x++ {
		chance[x] -= e.below[x] * chance[x-1]
	}
	last := len(chance) - 1
	chance[last] /= e.diag[last]
	for x := last - 1; x >= 0; x-- {
		chance[x] = (chance[x] - e.above[x]*chance[x+1]) / e.diag[x]
	}
}
