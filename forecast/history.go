package forecast

import (
	"cmp"
	"errors"
	"fmt"
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
	slices.SortFunc(records, func(a, b Record) int {
		return cmp.Or(cmp.Compare(a.Queue, b.Queue), a.Start.Compare(b.Start))
	})
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

// Series returns the arrivals of the queue in intervals of the step, from the
// first local midnight of the zone to the end of the last day. Finer intervals
// are summed, and one that lacks a part is a gap; coarser ones are spread
// evenly. The error is ErrNoHistory if the queue has no records, or names a
// step that does not divide the history's or is not divided by it.
func (h History) Series(queue string, zone calendars.Zone, step time.Duration) (Series, error) {
	if step <= 0 || h.Step <= 0 || h.Step%step != 0 && step%h.Step != 0 {
		return Series{}, fmt.Errorf("history of %q in intervals of %s: cannot be given in intervals of %s", queue, h.Step, step)
	}
	from, _ := slices.BinarySearchFunc(h.Records, queue, func(r Record, q string) int { return cmp.Compare(r.Queue, q) })
	records := h.Records[from:]
	if to := slices.IndexFunc(records, func(r Record) bool { return r.Queue != queue }); to >= 0 {
		records = records[:to]
	}
	if len(records) == 0 {
		return Series{}, fmt.Errorf("queue %q: %w", queue, ErrNoHistory)
	}
	start := calendars.DayOf(records[0].Start, zone).Start(zone)
	end := calendars.DayOf(records[len(records)-1].Start, zone).Next().Start(zone)
	s := NewSeries(calendars.GridOver(start, end, step), zone)
	if step <= h.Step {
		return s, spread(s, records, h.Step)
	}
	return s, gather(s, records, int(step/h.Step))
}

// spread divides each record evenly over the finer intervals that it spans.
func spread(s Series, records []Record, long time.Duration) error {
	parts := int(long / s.Grid.Step)
	for _, r := range records {
		first := s.Grid.Index(r.Start)
		for i := first; i < min(first+parts, s.Grid.N); i++ {
			if err := s.Set(i, r.Offered/float64(parts)); err != nil {
				return err
			}
		}
	}
	return nil
}

// gather sums the records that make up each coarser interval; one of which a
// part is missing stays a gap.
func gather(s Series, records []Record, parts int) error {
	sum, seen := make([]float64, s.Grid.N), make([]int, s.Grid.N)
	for _, r := range records {
		i := s.Grid.Index(r.Start)
		sum[i] += r.Offered
		seen[i]++
	}
	for i := range sum {
		if seen[i] == parts {
			if err := s.Set(i, sum[i]); err != nil {
				return err
			}
		}
	}
	return nil
}
