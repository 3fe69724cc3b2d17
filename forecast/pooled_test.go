package forecast_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/forecast"
)

// pooled lists what bg and en come to as one: day and hour of 2026-03, and chats.
func pooled(t *testing.T, h forecast.History) (sums []string) {
	t.Helper()
	p, err := h.Pooled("front", []string{"bg", "en"}, *zone("UTC"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Records {
		if r.Queue != "front" {
			t.Errorf("%q is another queue", r.Queue)
		}
		sums = append(sums, fmt.Sprint(r.Start.Format("02 15 "), r.Offered))
	}
	return sums
}

func TestPooled(t *testing.T) {
	t.Parallel()
	row := func(day, hour int, queue string, offered float64) forecast.Record {
		return forecast.Record{Queue: queue, Start: time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC), Offered: offered}
	}
	for _, c := range []struct {
		name string
		rows []forecast.Record
		want []string
	}{
		{"streams are summed, others left out", []forecast.Record{row(2, 9, "bg", 1), row(2, 9, "en", 2), row(2, 10, "en", 4), row(2, 10, "bg", 3), row(2, 9, "ru", 8)}, []string{"02 09 3", "02 10 7"}},
		{"its own name is summed with them", []forecast.Record{row(2, 9, "bg", 1), row(2, 9, "en", 2), row(2, 9, "front", 4)}, []string{"02 09 7"}},
		{"its own name alone", []forecast.Record{row(2, 9, "front", 4)}, []string{"02 09 4"}},
		{"its own name before any stream", []forecast.Record{row(1, 9, "front", 9), row(2, 9, "bg", 1), row(2, 9, "en", 2)}, []string{"01 09 9", "02 09 3"}},
		{"not before all have begun", []forecast.Record{row(1, 9, "bg", 9), row(2, 9, "bg", 1), row(2, 9, "en", 2)}, []string{"02 09 3"}},
		{"one that is closed counts nothing", []forecast.Record{row(2, 9, "bg", 1), row(2, 9, "en", 2), row(2, 10, "en", 4), row(9, 9, "bg", 1), row(9, 9, "en", 2), row(9, 10, "en", 4)},
			[]string{"02 09 3", "02 10 4", "09 09 3", "09 10 4"}},
		{"one that is missed is a gap", []forecast.Record{row(2, 9, "bg", 1), row(2, 9, "en", 2), row(9, 9, "en", 2), row(16, 9, "bg", 1), row(16, 9, "en", 2)},
			[]string{"02 09 3", "16 09 3"}},
		{"what was once is not missed for ever", []forecast.Record{row(2, 8, "bg", 0), row(2, 8, "en", 0), row(2, 9, "bg", 1), row(2, 9, "en", 2), row(9, 9, "en", 2), row(16, 9, "en", 2), row(23, 9, "en", 2)},
			[]string{"02 08 0", "02 09 3", "16 09 2", "23 09 2"}},
	} {
		forecast.Sort(c.rows)
		if diff := cmp.Diff(c.want, pooled(t, forecast.History{Step: time.Hour, Records: c.rows})); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

// A stream that ran for 30 weeks and ended is missed for four, and no longer.
func TestPooledEnded(t *testing.T) {
	t.Parallel()
	first := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	h := forecast.History{Step: time.Hour}
	for week := range 60 {
		h.Records = append(h.Records, forecast.Record{Queue: "bg", Start: first.AddDate(0, 0, 7*week), Offered: 1})
		if week < 30 {
			h.Records = append(h.Records, forecast.Record{Queue: "en", Start: first.AddDate(0, 0, 7*week), Offered: 2})
		}
	}
	forecast.Sort(h.Records)
	if n := len(pooled(t, h)); n != 56 {
		t.Errorf("%d weeks have a sum", n)
	}
}

// Handling times are weighted by chats; what one stream does not tell is unknown.
func TestPooledRecords(t *testing.T) {
	t.Parallel()
	const rows = "timestamp,queue,offered,handled,aht_seconds\n2026-03-02T09:00:00Z,bg,4,3,100\n2026-03-02T09:00:00Z,en,2,1,200\n2026-03-02T10:00:00Z,bg,4,,100\n2026-03-02T10:00:00Z,en,2,1,\n"
	h, _, err := forecast.ReadHistory(strings.NewReader(rows), forecast.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := h.Pooled("front", []string{"bg", "en"}, *zone("UTC"))
	if err != nil {
		t.Fatal(err)
	}
	first, second := p.Records[0], p.Records[1]
	if *first.Handled != 4 || first.AHT.Duration != 125*time.Second || first.Abandoned != nil {
		t.Errorf("%+v", first)
	}
	if second.Handled != nil || second.AHT.Duration != 100*time.Second {
		t.Errorf("%+v", second)
	}
}

// A mean of three handling times is the same in whatever order they stand.
func TestPooledHandlingTimes(t *testing.T) {
	t.Parallel()
	const rows = "timestamp,queue,offered,aht_seconds\n2026-03-02T09:00:00Z,bg,4,100\n2026-03-02T09:00:00Z,mail,96,\n2026-03-02T09:00:00Z,en,4,200\n"
	h, _, err := forecast.ReadHistory(strings.NewReader(rows), forecast.ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, streams := range [][]string{{"bg", "mail", "en"}, {"bg", "en", "mail"}, {"mail", "en", "bg"}} {
		p, err := h.Pooled("front", streams, *zone("UTC"))
		if err != nil || p.Records[0].AHT.Duration != 150*time.Second || p.Records[0].Offered != 104 {
			t.Errorf("%v: %+v, %v", streams, p.Records, err)
		}
	}
}

// Streams that are counted in other intervals than those beside them are not summed.
func TestPooledUneven(t *testing.T) {
	t.Parallel()
	rows := func(queue string, first, apart, n int) (all []forecast.Record) { // minutes
		for i := range n {
			all = append(all, forecast.Record{Queue: queue, Start: time.Date(2026, 3, 2, 0, first+i*apart, 0, 0, time.UTC), Offered: 1})
		}
		return all
	}
	for name, c := range map[string]struct {
		en   []forecast.Record
		want string
	}{
		"the same":               {rows("en", 0, 15, 100), ""},
		"later":                  {rows("en", 1440, 15, 100), ""},
		"the half of them":       {rows("en", 0, 30, 48), `stream "en" of queue "front": it is counted in other intervals: its rows are 30m0s apart, those of the history 15m0s`},
		"every hour":             {rows("en", 15, 60, 48), `its rows are 1h0m0s apart`},
		"too few to tell":        {rows("en", 0, 30, 47), ""},
		"one a day":              {rows("en", 0, 1440, 60), ""},
		"five minutes later":     {rows("en", 5, 15, 100), `stream "en" of queue "front": it is counted in other intervals: they start at 2026-03-02T00:05:00Z, others at 2026-03-02T00:00:00Z and every 15m0s from there`},
		"one row, at other ends": {rows("en", 20, 15, 1), "others at"},
	} {
		h := forecast.History{Step: 15 * time.Minute, Records: append(rows("bg", 0, 15, 200), c.en...)}
		forecast.Sort(h.Records)
		_, err := h.Pooled("front", []string{"bg", "en"}, *zone("UTC"))
		if (err == nil) != (c.want == "") || err != nil && (!errors.Is(err, forecast.ErrUneven) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// No streams change nothing, one that never was is an error, and the same row
// twice is a fault of the file although its stream is one of several.
func TestPooledEdges(t *testing.T) {
	t.Parallel()
	h := forecast.History{Step: time.Hour, Records: []forecast.Record{{Queue: "bg", Start: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), Offered: 4}}}
	if same, err := h.Pooled("bg", nil, *zone("UTC")); err != nil || !cmp.Equal(h, same) {
		t.Errorf("%v, %v", same, err)
	}
	_, err := h.Pooled("front", []string{"bg", "en"}, *zone("UTC"))
	if want := `stream "en" of queue "front": no history`; !errors.Is(err, forecast.ErrNoHistory) || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	const twice = "timestamp,queue,offered\n2026-03-02T09:00:00Z,bg,4\n2026-03-02T09:00:00Z,en,4\n2026-03-02T09:00:00Z,bg,4\n"
	if _, _, err := forecast.ReadHistory(strings.NewReader(twice), forecast.ReadOptions{}); err == nil || !strings.Contains(err.Error(), "line 4") {
		t.Errorf("%v, want a duplicate on line 4", err)
	}
}
