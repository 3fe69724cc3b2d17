package forecast

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// ErrNoHistory says that a history holds nothing to forecast from.
var ErrNoHistory = errors.New("no history")

// Record is what happened in one interval of one queue. What the source does
// not tell is nil, not zero.
type Record struct {
	Queue       string              `json:"queue"`
	Start       time.Time           `json:"start"`
	Offered     float64             `json:"offered" doc:"Chats that arrived."`
	Handled     *float64            `json:"handled,omitempty"`
	Abandoned   *float64            `json:"abandoned,omitempty"`
	BotResolved *float64            `json:"bot_resolved,omitempty"`
	AHT         *calendars.Duration `json:"aht,omitempty" doc:"Average handling time of those handled."`
}

// History is the records of some queues in intervals of one length.
type History struct {
	Step    time.Duration
	Records []Record // by queue, then start; no two alike
}

// Sort puts records into the order that a History keeps.
func Sort(records []Record) {
	slices.SortFunc(records, inOrder)
}

// inOrder compares by queue, then start.
func inOrder(a, b Record) int {
	return cmp.Or(cmp.Compare(a.Queue, b.Queue), a.Start.Compare(b.Start))
}

// Queues lists the queues that have records.
func (h History) Queues() []string {
	var queues []string
	for _, r := range h.Records {
		if len(queues) == 0 || queues[len(queues)-1] != r.Queue {
			queues = append(queues, r.Queue)
		}
	}
	return queues
}
