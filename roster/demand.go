package roster

import "github.com/smena-wfm/smena/calendars"

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
