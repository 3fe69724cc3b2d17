package solve

import (
	"context"
	"time"
)

// meter says how much of a search's time or of its iterations is used up.
type meter struct {
	ctx    context.Context
	now    func() time.Time // nil for a search that iterations alone limit
	begin  time.Time
	limit  time.Duration
	most   int // iterations; no limit if 0
	visits int // rows priced
	moves  int
}

// share is how much of the search is over, 0 to 1 and beyond: of its iterations
// where they are limited, of its time where only that is.
func (m *meter) share() float64 {
	switch {
	case m.most > 0:
		return float64(m.visits+m.moves) / float64(m.most)
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
