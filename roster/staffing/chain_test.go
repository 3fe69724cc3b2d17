package staffing

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// allStates keeps every state of a crew.
func allStates(c crew) limits {
	l := limits{}
	for range c.places() + 1 {
		l.missing, l.excess = append(l.missing, 2*c.places()), append(l.excess, 2*c.places())
	}
	return l
}

func drawCrew(t *rapid.T, most int) (c crew, load float64) {
	c = crew{operators: rapid.IntRange(1, most).Draw(t, "operators"), concurrency: rapid.IntRange(1, 4).Draw(t, "concurrency"), slowdown: rapid.Float64Range(0, 0.6).Draw(t, "slowdown")}
	return c, rapid.Float64Range(0.02, 1.1).Draw(t, "load") * c.fullRate()
}

const leaves, inTime = 1.5, 0.1 // rate of leaving and time, in handling times

func measured(c crew, s settled, load float64) Measures {
	return s.sums(c, load).measures(c, load, leaves, inTime, wait(load, c.fullRate(), leaves, inTime))
}

// A chain within limits is as good as one of all states.
func TestLimitsAreWide(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, load := drawCrew(t, 16)
		if c.operators > 1 && c.operators < 9 && rapid.Bool().Draw(t, "trainees") {
			c.trainees, c.share = rapid.IntRange(1, 3).Draw(t, "number"), rapid.Float64Range(0.3, 1).Draw(t, "share")
			c.trainees = min(c.trainees, c.operators)
		}
		all := measured(c, newChain(c, allStates(c), 1e6).settle(load), load)
		some := measured(c, newChain(c, newSpread(c, load).limits(), 1e6).settle(load), load)
		for name, off := range map[string]float64{
			"P(wait)": some.PWait - all.PWait, "service level": some.ServiceLevel - all.ServiceLevel,
			"session": some.MeanSession/all.MeanSession - 1, "chats per busy operator": some.PerBusy - all.PerBusy,
		} {
			if !(math.Abs(off) < 1e-6) {
				t.Errorf("%+v, load %v: %s is off by %v", c, load, name, off)
			}
		}
	})
}

// The closed form that stands in for a large chain is close even for small
// ones, and gets closer as the crew grows.
func TestSpreadIsClose(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, load := drawCrew(t, 30)
		allowed := 0.05 / float64(c.operators)
		if c.operators > 5 && c.operators < 12 && rapid.Bool().Draw(t, "trainees") {
			c.trainees, c.share = rapid.IntRange(1, c.operators/4).Draw(t, "number"), rapid.Float64Range(0.5, 1).Draw(t, "share")
			load *= c.strength() / float64(c.operators)
			allowed *= 3
		}
		exact := measured(c, newChain(c, newSpread(c, load).limits(), 1e6).settle(load), load)
		close := measured(c, newSpread(c, load).settle(), load)
		if off := close.PWait - exact.PWait; !(math.Abs(off) < allowed) {
			t.Errorf("%+v, load %v: P(wait) is off by %v", c, load, off)
		}
		if off := close.MeanSession/exact.MeanSession - 1; !(math.Abs(off) < 0.5/float64(c.operators)) {
			t.Errorf("%+v, load %v: the session is off by %v", c, load, off)
		}
	})
}

// erlangC returns the probability that an arrival has to wait when nobody
// leaves, and 1 where the servers cannot keep up with the load.
func erlangC(load float64, servers int) float64 {
	if load >= float64(servers) {
		return 1
	}
	b := ErlangB(load, servers)
	occupancy := load / float64(servers)
	return b / (1 - occupancy*(1-b))
}

// Where chats do not slow each other down, or an operator has one at a time,
// the chain is Erlang's model, and its spread too.
func TestChainIsErlang(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, load := drawCrew(t, 20)
		if rapid.Bool().Draw(t, "one at a time") {
			c.concurrency = 1
		} else {
			c.slowdown = 0
		}
		load = min(load, 0.99*c.fullRate())
		for name, s := range map[string]settled{"chain": newChain(c, newSpread(c, load).limits(), 1e6).settle(load), "spread": newSpread(c, load).settle()} {
			m := s.sums(c, load).measures(c, load, 0, inTime, wait(load, c.fullRate(), 0, inTime))
			want := erlangC(load, c.places())
			free := float64(c.places()) - load
			if off := math.Abs(m.PWait - want); off > 1e-9 {
				t.Errorf("%s of %+v, load %v: P(wait) is off by %v", name, c, load, off)
			}
			if off := math.Abs(m.ServiceLevel - (1 - want*math.Exp(-free*inTime))); off > 1e-9 {
				t.Errorf("%s of %+v, load %v: the service level is off by %v", name, c, load, off)
			}
			a, erlang := measured(c, s, load), erlangSums(load, c.places()).measures(c, load, leaves, inTime, wait(load, c.fullRate(), leaves, inTime))
			if off := max(math.Abs(a.PWait-erlang.PWait), math.Abs(a.ServiceLevel-erlang.ServiceLevel), math.Abs(a.Abandonment-erlang.Abandonment), math.Abs(a.Occupancy-erlang.Occupancy)); off > 1e-9 {
				t.Errorf("%s of %+v, load %v: model A is off by %v", name, c, load, off)
			}
		}
	})
}

// Chats that are being answered are those that arrive, times how long they take (Little).
func TestLittle(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, load := drawCrew(t, 12)
		s := newChain(c, allStates(c), 1e6).settle(load)
		queue := wait(load, c.fullRate(), leaves, inTime)
		m := s.sums(c, load).measures(c, load, leaves, inTime, queue)
		// What ends is what is answered: the mean rate over all states.
		sum := s.sums(c, load)
		ends, weight := 0.0, 1.0
		for i := range s.rate {
			if i > 0 {
				weight *= load / s.rate[i]
			}
			if s.low+i < c.places() {
				ends += weight * s.rate[i]
			}
		}
		all := sum.below*queue.full + sum.full*queue.all
		ends = (ends*queue.full + sum.full*queue.all*c.fullRate()) / all
		if off := ends/(load*(1-m.Abandonment)) - 1; math.Abs(off) > 1e-8 {
			t.Errorf("%+v, load %v: what ends is off what is answered by %v", c, load, off)
		}
	})
}

// Where crews get too large for a chain, what stands in for it is within
// 0.0005 in the share that waits and 0.5 % in the length of a chat.
func TestSpreadWhereItTakesOver(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{36, 4}, {70, 3}, {18, 6}} {
		for _, slowdown := range []float64{0.1, 0.3} {
			for _, load := range []float64{0.75, 1.0} {
				c := crew{operators: size[0], concurrency: size[1], slowdown: slowdown}
				load *= c.fullRate()
				chain := newChain(c, newSpread(c, load).limits(), finelyStates)
				exact, close := measured(c, chain.settle(load), load), measured(c, newSpread(c, load).settle(), load)
				if off := math.Abs(close.PWait - exact.PWait); off > 0.0005 {
					t.Errorf("%+v, load %v: P(wait) is off by %v", c, load, off)
				}
				if off := math.Abs(close.MeanSession/exact.MeanSession - 1); off > 0.005 {
					t.Errorf("%+v, load %v: the session is off by %v", c, load, off)
				}
			}
		}
	}
}

func BenchmarkChain(b *testing.B) {
	for _, c := range []crew{{operators: 8, concurrency: 3, slowdown: 0.15}, {operators: 20, concurrency: 3, slowdown: 0.15}, {operators: 40, concurrency: 4, slowdown: 0.2}} {
		b.Run("", func(b *testing.B) {
			for b.Loop() {
				c.settle(0.85*c.fullRate(), everything)
			}
		})
	}
}
