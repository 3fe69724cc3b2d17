package solve

import (
	"context"
	"time"
)

// meter says how much of a search's time or of its iterations is used up.
type meter struct {
	ctx     context.Context
	now     func() time.Time // nil for a search that iterations alone limit
	begin   time.Time
	limit   time.Duration
	most    int     // iterations; no limit if 0
	pricing float64 // share for prices
	visits  int     // rows priced
	moves   int
}

// pricing is the share of a search that goes into prices, and countedPricing
// where caps are then counted; of limited iterations, so many moves are worth a
// row priced.
const (
	pricing        = 0.2
	countedPricing = 0.35
	movesPerVisit  = 4
)

// share is how much of the search is over, 0 to 1 and beyond: of its iterations
// where they are limited, of its time where only that is.
func (m *meter) share() float64 {
	switch {
	case m.most > 0:
		return min(m.pricing, pricing*movesPerVisit*float64(m.visits)/float64(m.most)) + (1-m.pricing)*float64(m.moves)/float64(m.most)
	case m.now != nil:
		return float64(m.now().Sub(m.begin)) / float64(m.limit)
	}
	return 0
}

// limited says whether the search ever ends.
func (m *meter) limited() bool { return m.most > 0 || m.now != nil }

// stopped says whether there is no time left at all.
func (m *meter) stopped() bool {
	return m.ctx.Err() != nil || m.now != nil && m.now().Sub(m.begin) >= m.limit
}
