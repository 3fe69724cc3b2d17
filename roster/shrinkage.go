package roster

import (
	"errors"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Shrinkage is a cause for which paid operators are not available for chats:
// breaks, training, meetings, sickness. Shares of several causes add up, as
// each is of paid time.
type Shrinkage struct {
	Cause      string              `json:"cause" minLength:"1" maxLength:"100"`
	Share      float64             `json:"share" exclusiveMinimum:"0" exclusiveMaximum:"1" doc:"Of paid time, 0..1, while it applies."`
	Zone       calendars.Zone      `json:"zone,omitempty,omitzero" doc:"Only operators who live there; everybody if left out."`
	Weekdays   []calendars.Weekday `json:"weekdays,omitempty" nullable:"false" doc:"Days on which the window starts; every day if left out."`
	From       calendars.WallTime  `json:"from,omitempty" doc:"Start of its window on the operator's clock; it always applies if both ends are left out."`
	To         calendars.WallTime  `json:"to,omitempty"`
	WholeShift bool                `json:"whole_shift,omitempty" doc:"It takes whole shifts, as sickness does, rather than parts of them."`
}

// applies says whether it applies to those who live in the zone at t.
func (s Shrinkage) applies(zone calendars.Zone, t time.Time) bool {
	if !s.Zone.IsZero() && s.Zone.String() != zone.String() {
		return false
	}
	if len(s.Weekdays) == 0 && s.From == s.To {
		return true
	}
	return Opening{s.Weekdays, s.From, s.To}.contains(t, zone)
}

// Away returns the share of paid time at t for which an operator is not
// available, by the team's causes: those that take whole shifts, and the others.
func (t Team) Away(o Operator, at time.Time) (wholeShifts, parts float64) {
	return t.away(o.Zone, at)
}

func (t Team) away(zone calendars.Zone, at time.Time) (wholeShifts, parts float64) {
	for _, s := range t.Shrinkage {
		switch {
		case !s.applies(zone, at):
		case s.WholeShift:
			wholeShifts += s.Share
		default:
			parts += s.Share
		}
	}
	return wholeShifts, parts
}

// ShrinkageAt returns the shrinkage of a queue at an instant: its own, and the
// team's causes as they meet those who can serve the queue, on their clocks.
func (t Team) ShrinkageAt(q Queue, at time.Time) float64 {
	if len(t.Shrinkage) == 0 {
		return q.Shrinkage
	}
	sum, all := 0.0, 0.0
	known := map[string]float64{}
	for _, o := range t.Operators {
		if !o.Has(q.Skill) {
			continue
		}
		share, met := known[o.Zone.String()]
		if !met {
			whole, parts := t.away(o.Zone, at)
			share = whole + parts
			known[o.Zone.String()] = share
		}
		sum += o.Share * share
		all += o.Share
	}
	if all == 0 {
		return q.Shrinkage
	}
	return q.Shrinkage + sum/all
}

// checkShrinkage returns every fault of the causes, joined.
func (t Team) checkShrinkage() error {
	var faults []error
	sum := 0.0
	for i, s := range t.Shrinkage {
		sum += s.Share
		faults = append(faults,
			expect(s.Cause != "", "shrinkage[%d].cause: expected a text", i),
			expect(s.Share > 0 && s.Share < 1, "shrinkage[%d].share: %v is not possible: expected a share between 0 and 1", i, s.Share))
	}
	for _, q := range t.Queues {
		faults = append(faults, expect(len(t.Shrinkage) == 0 || sum+q.Shrinkage < 1,
			"shrinkage: all causes and that of queue %q make %v: expected less than 1 in sum", q.Name, sum+q.Shrinkage))
	}
	return errors.Join(faults...)
}
