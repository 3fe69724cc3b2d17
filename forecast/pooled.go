package forecast

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Pooled returns the history of a queue that answers several streams of chats as
// one: their records are summed, and those of the queue's own name with them. It
// is the history as it is if there are no streams. A sum is known once all
// streams have begun, and where none is missed: one without a record at a time of
// the week at which it mostly had one lately. Records of the queue's own name are never
// missed; before any stream begins they are all of it. The error is ErrNoHistory and
// names the stream.
func (h History) Pooled(queue string, streams []string, zone calendars.Zone) (History, error) {
	if len(streams) == 0 || !slices.ContainsFunc(streams, func(name string) bool { return len(h.of(name)) > 0 }) {
		return h, nil
	}
	own, all := &stream{records: h.of(queue)}, []*stream{}
	starts := startsOf(own.records)
	for _, name := range streams {
		records := h.of(name)
		if len(records) == 0 {
			return History{}, fmt.Errorf("stream %q of queue %q: %w", name, queue, ErrNoHistory)
		}
		all = append(all, &stream{records: records, began: records[0].Start, met: map[weekTime][]time.Time{}})
		starts = append(starts, startsOf(records)...)
	}
	slices.SortFunc(starts, time.Time.Compare)
	pooled, places := History{Step: h.Step}, weekTimes{zone: zone}
	for _, start := range slices.CompactFunc(starts, time.Time.Equal) {
		if r, known := sumAt(own, all, start, places.of(start)); known {
			r.Queue = queue
			pooled.Records = append(pooled.Records, r)
		}
	}
	return pooled, nil
}

// stream is the records of a stream that were not met yet, in order of time.
type stream struct {
	records []Record
	began   time.Time
	met     map[weekTime][]time.Time // starts of late, by time of the week
}

func startsOf(records []Record) (starts []time.Time) {
	for _, r := range records {
		starts = append(starts, r.Start)
	}
	return starts
}

// sumAt is the sum of what starts then, and whether it is known.
func sumAt(own *stream, all []*stream, start time.Time, place weekTime) (sum Record, known bool) {
	var parts []Record
	early, missed := 0, false
	for _, s := range all {
		r, there := s.next(start)
		switch {
		case there:
			parts = append(parts, r)
			s.met[place] = append(s.late(start, place), start)
		case start.Before(s.began):
			early++
		default:
			missed = missed || s.misses(start, place)
		}
	}
	if r, there := own.next(start); there {
		parts = append(parts, r)
	}
	if missed || early > 0 && early < len(all) {
		return Record{}, false
	}
	sum = parts[0]
	for _, r := range parts[1:] {
		sum = sum.and(r)
	}
	return sum, true
}

// next takes the record that starts then, if there is one.
func (s *stream) next(start time.Time) (r Record, there bool) {
	if len(s.records) == 0 || !s.records[0].Start.Equal(start) {
		return Record{}, false
	}
	r, s.records = s.records[0], s.records[1:]
	return r, true
}

// misses says whether the stream had a record at this time of more than half of the
// weeks of late. Later ones tell nothing, as nobody may peek, and much older ones no
// more: a stream may have ended for good.
func (s *stream) misses(start time.Time, place weekTime) bool {
	weeks := min(lateWeeks, start.Sub(s.began).Hours()/(7*hoursPerDay))
	return 2*float64(len(s.late(start, place))) > weeks
}

// lateWeeks is how many weeks say what a stream mostly has.
const lateWeeks = 8

// late are the starts of the stream's records at a time of the week, of late.
func (s *stream) late(start time.Time, place weekTime) []time.Time {
	all := s.met[place]
	for len(all) > 0 && start.Sub(all[0]).Hours() > lateWeeks*7*hoursPerDay {
		all = all[1:]
	}
	return all
}

// and is two records of the same interval in one. What one of them does not tell
// is not known of both, but for handling times, which are those that are told.
func (r Record) and(o Record) Record {
	both := func(a, b *float64) *float64 {
		if a == nil || b == nil {
			return nil
		}
		sum := *a + *b
		return &sum
	}
	aht := cmp.Or(r.AHT, o.AHT)
	seconds, chats := r.timed()
	more, others := o.timed()
	if chats+others > 0 {
		mean := calendars.Seconds((seconds + more) / (chats + others))
		aht = &mean
	}
	return Record{
		Start: r.Start, Offered: r.Offered + o.Offered, Handled: both(r.Handled, o.Handled),
		Abandoned: both(r.Abandoned, o.Abandoned), BotResolved: both(r.BotResolved, o.BotResolved), AHT: aht,
	}
}

// timed is the handling time that is told of its chats: of those handled, or if
// that is not known, of those offered.
func (r Record) timed() (seconds, chats float64) {
	if r.AHT == nil {
		return 0, 0
	}
	chats = *cmp.Or(r.Handled, &r.Offered)
	return chats * r.AHT.Seconds(), chats
}
