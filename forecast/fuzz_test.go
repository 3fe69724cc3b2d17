package forecast_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

// A file gives a sorted history of which every queue makes a series, or faults.
func FuzzReadHistory(f *testing.F) {
	f.Add("timestamp,queue,offered\n2026-03-01T10:00:00Z,ru,3\n", "Europe/Sofia")
	f.Add("started_at,queue,handle_seconds,abandoned\n2026-10-25T03:10,ru,9,true\n", "Australia/Lord_Howe")
	f.Add("\uFEFFvolume;time\r\n1;2\r\n", "UTC")
	f.Fuzz(func(t *testing.T, csv, name string) {
		z, err := calendars.LoadZone(name)
		if err != nil {
			z = calendars.Zone{}
		}
		history, report, err := forecast.ReadHistory(strings.NewReader(csv), forecast.ReadOptions{Zone: &z, Queue: "q"})
		var faults *forecast.Faults
		if err != nil {
			if !errors.As(err, &faults) || faults.Total < len(faults.List) || len(faults.List) == 0 || history.Records != nil {
				t.Errorf("refused with %v", err)
			}
			return
		}
		if report.Rows == 0 || len(report.Queues) == 0 || report.Last.Before(report.First) {
			t.Errorf("report %+v", report)
		}
		for i, r := range history.Records[:len(history.Records)-1] {
			if next := history.Records[i+1]; r.Queue > next.Queue || r.Queue == next.Queue && !r.Start.Before(next.Start) {
				t.Errorf("record %d is not before the next: %+v, %+v", i, r, next)
			}
		}
		for _, queue := range history.Queues() {
			if _, err := history.Series(queue, z, history.Step); err != nil {
				t.Error(err)
			}
		}
	})
}

// Any records make a series of which every model makes a forecast that holds
// no NaN and whose quantiles do not cross, or give a named error.
func FuzzSeries(f *testing.F) {
	f.Add([]byte{0, 3, 1, 255, 2, 0}, int64(1_774_000_000), uint8(60), uint8(15), "Europe/Sofia")
	f.Add([]byte{9, 9, 9, 9}, int64(1_791_000_000), uint8(20), uint8(30), "Australia/Lord_Howe")
	f.Add([]byte{}, int64(0), uint8(0), uint8(0), "UTC")
	f.Fuzz(func(t *testing.T, counts []byte, unix int64, have, want uint8, name string) {
		const since1990, until2100 = 631_152_000, 4_102_444_800
		z, err := calendars.LoadZone(name)
		if err != nil || unix < since1990 || unix > until2100 {
			return
		}
		h := forecast.History{Step: time.Duration(have) * time.Minute}
		for i, c := range counts {
			if c%7 != 0 { // the others are gaps
				start := time.Unix(unix, 0).UTC().Add(time.Duration(i) * h.Step)
				h.Records = append(h.Records, forecast.Record{Queue: "q", Start: start, Offered: float64(c) * math.Ldexp(1, int(c)%20-10)})
			}
		}
		s, err := h.Series("q", z, time.Duration(want)*time.Minute)
		if err != nil {
			if have > 0 && want > 0 && !errors.Is(err, forecast.ErrNoHistory) {
				t.Error(err)
			}
			return
		}
		for _, m := range forecast.Models(forecast.Outlook{}) {
			made, err := m.Forecast(s, calendars.Grid{Start: s.Grid.End(), Step: s.Grid.Step, N: 50})
			if err != nil {
				if !errors.Is(err, forecast.ErrNoHistory) {
					t.Error(err)
				}
				continue
			}
			sane(t, made)
		}
	})
}

// sane checks that a forecast holds counts, and quantiles that do not cross.
func sane(t *testing.T, f forecast.Forecast) {
	t.Helper()
	possible := func(x float64) bool { return x >= 0 && !math.IsInf(x, 0) } // NaN is not
	for i, mean := range f.Mean {
		if !possible(mean) {
			t.Fatalf("%s: mean %d is %v", f.Model, i, mean)
		}
		for k, row := range f.Quantiles {
			if !possible(row[i]) || k > 0 && row[i] < f.Quantiles[k-1][i] {
				t.Fatalf("%s: quantile %v of %d is %v", f.Model, f.Levels[k], i, row[i])
			}
		}
	}
}
