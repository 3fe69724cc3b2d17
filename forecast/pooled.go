package forecast

import (
	"cmp"
	"errors"
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
// missed; before any stream begins they are all of it. Errors name the stream:
// ErrNoHistory, and ErrUneven if it is counted in other intervals than the rest.
func (h History) Pooled(queue string, streams []string, zone calendars.Zone) (History, error) {
	if len(streams) == 0 || !slices.ContainsFunc(streams, func(name string) bool { return len(h.of(name)) > 0 }) {
		return h, nil
	}
	own, all := &stream{records: h.of(queue)}, []*stream{}
	starts := startsOf(own.records)
	for _, name := range streams {
		records := h.of(name)
		if err := h.even(records, starts); err != nil {
			return History{}, fmt.Errorf("stream %q of queue %q: %w", name, queue, err)
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

// ErrUneven says that a stream is counted in other intervals than those beside it.
var ErrUneven = errors.New("it is counted in other intervals")

// even says whether the records of a stream are counted like the history, and in
// intervals that start together with those of others.
func (h History) even(records []Record, others []time.Time) error {
	if len(records) == 0 {
		return ErrNoHistory
	}
	if len(others) > 0 && records[0].Start.Sub(others[0])%h.Step != 0 {
		return fmt.Errorf("%w: they start at %s, others at %s and every %s from there", ErrUneven,
			records[0].Start.Format(time.RFC3339), others[0].Format(time.RFC3339), h.Step)
	}
	const enough = 48 // of rows to tell how far apart they are
	if apart := spacing(records); len(records) >= enough && h.Step < apart && apart <= longestStep {
		return fmt.Errorf("%w: its rows are %s apart, those of the history %s", ErrUneven, apart, h.Step)
	}
	return nil
}

// spacing is the longest step that all starts are whole numbers of apart.
func spacing(records []Record) (step time.Duration) {
	for i := range records[1:] {
		for d := records[i+1].Start.Sub(records[i].Start); d > 0; {
			step, d = d, step%d
		}
	}
	return step
}

// LastBegun returns which of the streams began last, and when: before that their sum
// is not known. It is nothing if none has records.
func (h History) LastBegun(streams []string) (name string, began time.Time) {
	for _, one := range streams {
		if records := h.of(one); len(records) > 0 && records[0].Start.After(began) {
			name, began = one, records[0].Start
		}
	}
	return name, began
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
	return sumOf(parts), true
}

// sumOf is records of one interval in one. What one of them does not tell is not known
// of all, but for handling times, which are those that are told.
func sumOf(parts []Record) Record {
	sum := parts[0]
	seconds, chats := sum.timed()
	for _, r := range parts[1:] {
		more, others := r.timed()
		seconds, chats = seconds+more, chats+others
		sum = Record{
			Start: sum.Start, Offered: sum.Offered + r.Offered, Handled: both(sum.Handled, r.Handled),
			Abandoned: both(sum.Abandoned, r.Abandoned), BotResolved: both(sum.BotResolved, r.BotResolved), AHT: cmp.Or(sum.AHT, r.AHT),
		}
	}
	if len(parts) > 1 && chats > 0 {
		mean := calendars.Seconds(seconds / chats)
		sum.AHT = &mean
	}
	return sum
}

// both is the sum of two numbers, nil if one is.
func both(a, b *float64) *float64 {
	if a == nil || b == nil {
		return nil
	}
	sum := *a + *b
	return &sum
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

// timed is the handling time that is told of its chats: of those handled, or if
// that is not known, of those offered.
func (r Record) timed() (seconds, chats float64) {
	if r.AHT == nil {
		return 0, 0
	}
	chats = *cmp.Or(r.Handled, &r.Offered)
	return chats * r.AHT.Seconds(), chats
}
