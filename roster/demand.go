package roster

import (
	"errors"
	"fmt"

	"github.com/smena-wfm/smena/calendars"
)

// Demand is all requirements of a horizon.
type Demand struct {
	Grid   calendars.Grid `json:"-"`
	Queues []QueueDemand  `json:"queues" nullable:"false"`
}

// QueueDemand is what one queue asks for.
type QueueDemand struct {
	Queue string `json:"queue"`
	Skill string `json:"skill"`
	// Required has one number of operators per interval of the horizon, shrinkage included.
	Required []int `json:"required" nullable:"false"`
	// Parts hold the requirement by what its operators are worth, the dearest first.
	Parts []Part `json:"parts,omitempty" nullable:"false" doc:"The requirement by what its operators are worth, the dearest first; if left out, half of it (rounded up) costs 20 a minute that is missing, and the rest 10."`
}

// Check returns every fault of the demand, joined: requirements and parts have a number
// for each interval, and parts come the dearest first. Judge, Cover and what else counts
// by a demand trust it.
func (d Demand) Check() error {
	var faults []error
	for i := range d.Queues {
		if err := d.Queues[i].check(d.Grid.N); err != nil {
			faults = append(faults, fmt.Errorf("demand of queue %q: %w", d.Queues[i].Queue, err))
		}
	}
	return errors.Join(faults...)
}

// check returns every fault of a queue's demand over n intervals, joined.
func (q *QueueDemand) check(n int) error {
	faults := []error{checkCounts("required", q.Required, n)}
	for i, p := range q.Parts {
		at := fmt.Sprintf("parts[%d].", i)
		faults = append(faults, checkCounts(at+"operators", p.Operators, n),
			expect(p.Weight >= 1, "%sweight: %d is not possible: expected 1 or more", at, p.Weight),
			expect(i == 0 || p.Weight <= q.Parts[max(0, i-1)].Weight, "%sweight: %d is more than that of the part before it: expected the dearest parts first", at, p.Weight))
	}
	return errors.Join(faults...)
}

// checkCounts returns the first fault of numbers of operators.
func checkCounts(where string, counts []int, n int) error {
	if len(counts) != n {
		return fmt.Errorf("%s: %d numbers: expected %d, one per interval", where, len(counts), n)
	}
	for t, count := range counts {
		if count < 0 {
			return fmt.Errorf("%s[%d]: %d is negative: expected 0 or more", where, t, count)
		}
	}
	return nil
}

// OperatorIntervals is how many operators the demand asks for, summed over
// intervals and queues.
func (d Demand) OperatorIntervals() int {
	sum := 0
	for _, q := range d.Queues {
		for _, n := range q.Required {
			sum += n
		}
	}
	return sum
}
