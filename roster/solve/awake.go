package solve

import "sync"

// awake is cores that stay awake between things that all of them do at once,
// because waking one takes longer than many of these.
type awake struct {
	gate gate
	do   func(core int)
	all  sync.WaitGroup
}

// newAwake wakes so many cores, the caller's among them.
func newAwake(cores int) *awake {
	c := &awake{gate: gate{lanes: int32(cores)}}
	for core := 1; core < cores; core++ {
		c.all.Go(func() {
			for c.gate.wait(); c.do != nil; c.gate.wait() {
				c.do(core)
				c.gate.wait()
			}
		})
	}
	return c
}

// share has all cores do something, and returns when each has.
func (c *awake) share(do func(core int)) {
	c.do = do
	c.gate.wait()
	do(0)
	c.gate.wait()
}

// rest lets them sleep again.
func (c *awake) rest() {
	c.do = nil
	c.gate.wait()
	c.all.Wait()
}

// wake has the pricer's cores stay awake until they are let rest.
func (p *pricer) wake() (rest func()) {
	p.awake = newAwake(len(p.cores))
	return func() {
		p.awake.rest()
		p.awake = nil
	}
}

// share has all of the pricer's cores do something at once.
func (p *pricer) share(do func(core int)) {
	if p.awake != nil {
		p.awake.share(do)
		return
	}
	share(len(p.cores), len(p.cores), func(core, _ int) { do(core) })
}
