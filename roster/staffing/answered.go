package staffing

import (
	"errors"
	"math"
	"time"

	"github.com/smena-wfm/smena/roster"
)

// Answered returns the share of so many arrivals in an interval that operators
// answer in time, and whether that reaches the queue's service level. The
// operators are those available, which need not be a whole number. A crew that
// cannot keep up answers none in time for good; with no arrivals every crew
// does well.
func Answered(q roster.Queue, arrivals float64, step time.Duration, operators float64) (float64, bool, error) {
	if arrivals == 0 {
		return 1, true, nil
	}
	level, err := SystemOf(q, arrivals, step).level(operators, q.ServiceLevel.Within.Duration, full)
	return level, err == nil && level >= q.ServiceLevel.Share, err
}

// level is the service level of a crew that need not be whole operators: of
// the crews of one fewer and one more in proportion. A crew that cannot keep
// up has none.
func (s System) level(operators float64, within time.Duration, d depth) (float64, error) {
	const rounding = 1e-9
	fewer := math.Floor(operators + rounding)
	share, level := max(0, operators-fewer), 0.0
	for extra, part := range []float64{1 - share, share} {
		if part < rounding {
			continue
		}
		s.Operators = int(fewer) + extra
		if err := s.check(); err != nil {
			return 0, err
		}
		m, err := s.measure(within, d)
		if err != nil && !errors.Is(err, ErrUnstable) {
			return 0, err
		}
		level += part * m.ServiceLevel
	}
	return level, nil
}
