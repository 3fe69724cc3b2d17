package flex

// cover is how many heads each interval and activity has beyond the need.
type cover struct {
	activities int
	spare      []int32   // heads less need, by interval x activity
	noise      []float32 // of mean 0 and variance 1; their number is a power of two
}

func newCover(p Problem) cover {
	c := cover{activities: p.activities(), spare: make([]int32, 0, len(p.Need)*p.activities())}
	for _, need := range p.Need {
		for _, n := range need {
			c.spare = append(c.spare, int32(-n))
		}
	}
	return c
}

// add puts one more head where the shift is, and returns what that costs.
func (c *cover) add(s Shift) float32 {
	at, cost := s.Start*c.activities, int32(0)
	for _, a := range s.Activities {
		cost += marginal(c.spare[at+int(a)])
		c.spare[at+int(a)]++
		at += c.activities
	}
	return float32(cost)
}

// remove takes one head away where the shift is, and returns what it cost.
func (c *cover) remove(s Shift) float32 {
	at, cost := s.Start*c.activities, int32(0)
	for _, a := range s.Activities {
		c.spare[at+int(a)]--
		cost += marginal(c.spare[at+int(a)])
		at += c.activities
	}
	return float32(cost)
}

// marginal is what one head more costs where so many are to spare: the square
// of the surplus grows by that much, or one head less is missing.
func marginal(spare int32) int32 {
	if spare < 0 {
		return -missing
	}
	return 2*spare + 1
}

// prices writes what one more head costs by interval from first on x activity,
// with so much noise, taken from offset on.
func (c *cover) prices(to []float32, first int, noise float32, offset uint64) {
	mask := uint64(len(c.noise) - 1)
	for i, spare := range c.spare[first*c.activities:][:len(to)] {
		to[i] = float32(marginal(spare)) + noise*c.noise[(offset+uint64(i))&mask]
	}
}

// result is the sum of squared surplus and the number of missing heads.
func (c *cover) result() (r Result) {
	for _, spare := range c.spare {
		if spare < 0 {
			r.Missing -= int(spare)
		} else {
			r.Penalty += int(spare) * int(spare)
		}
	}
	return r
}
