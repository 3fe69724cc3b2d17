package forecast

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Series returns the arrivals of the queue in intervals of the step, from the
// first local midnight of the zone to the end of the last day. Each record is
// spread evenly over its own interval, so finer ones are summed and coarser
// ones divided; an interval that records do not cover whole is a gap. The
// error is ErrNoHistory if the queue has no records, or names a step that is
// not above zero.
func (h History) Series(queue string, zone calendars.Zone, step time.Duration) (Series, error) {
	records := h.of(queue)
	if len(records) == 0 {
		return Series{}, fmt.Errorf("queue %q: %w", queue, ErrNoHistory)
	}
	if step <= 0 || h.Step <= 0 {
		return Series{}, fmt.Errorf("history of %q in intervals of %s: cannot be given in intervals of %s", queue, h.Step, step)
	}
	start := calendars.DayOf(records[0].Start, zone).Start(zone)
	end := calendars.DayOf(records[len(records)-1].Start, zone).Next().Start(zone)
	s := NewSeries(calendars.GridOver(start, end, step), zone)
	return s, s.fill(records, h.Step)
}

// of returns the records of the queue.
func (h History) of(queue string) []Record {
	from, _ := slices.BinarySearchFunc(h.Records, queue, func(r Record, q string) int { return cmp.Compare(r.Queue, q) })
	records := h.Records[from:]
	if to := slices.IndexFunc(records, func(r Record) bool { return r.Queue != queue }); to >= 0 {
		records = records[:to]
	}
	return records
}

// fill sets the intervals that records, each of the length, cover whole.
func (s Series) fill(records []Record, length time.Duration) error {
	sum, covered := make([]float64, s.Grid.N), make([]time.Duration, s.Grid.N)
	for _, r := range records {
		span := calendars.Interval{Start: r.Start, End: r.Start.Add(length)}
		from, to := s.Grid.Range(span)
		for i := from; i < to; i++ {
			part := span.Overlap(s.Grid.Interval(i))
			sum[i] += r.Offered * (float64(part) / float64(length)) // exact where it is all
			covered[i] += part
		}
	}
	for i := range sum {
		if covered[i] != s.Grid.Step {
			continue
		}
		if err := s.Set(i, sum[i]); err != nil {
			return err
		}
	}
	return nil
}
