package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

// shared is where the public series are, if at all.
const shared = "../../../shared/data/forecast"

// On each public series the blend is better than the mean of eight weeks at
// one and four weeks, and its intervals hold what they promise: the figures
// of the day on which this was written, with a little room.
func TestDevelopmentWindows(t *testing.T) {
	t.Parallel()
	most := map[string][2]float64{"bank": {0.78, 0.82}, "anonbank": {0.80, 0.80}, "seattle": {0.96, 0.975}, "bikeshare": {0.85, 0.77}}
	for _, d := range datasets {
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			v, err := d.open(shared)
			if errors.Is(err, fs.ErrNotExist) {
				t.Skipf("%s is not on this machine", shared)
			}
			if err != nil {
				t.Fatal(err)
			}
			for i, days := range []int{7, 28} {
				_, ours, _, err := roll(v, forecast.Blend(v.outlook), 12, days, all)
				if err != nil {
					t.Fatal(err)
				}
				_, peer, _, err := roll(v, forecast.WeekdayMean(8), 12, days, all)
				if err != nil {
					t.Fatal(err)
				}
				if ratio := ours.wape() / peer.wape(); ratio > most[d.name][i] {
					t.Errorf("%d days: WAPE is %.3f of the peer's, it was at most %v", days, ratio, most[d.name][i])
				}
				if c := ours.cover80(); c < 0.76 || c > 0.84 {
					t.Errorf("%d days: the 80 %% interval covers %.3f", days, c)
				}
				if c := ours.cover95(); c < 0.93 || c > 0.97 {
					t.Errorf("%d days: the 95 %% interval covers %.3f", days, c)
				}
			}
		})
	}
}

// The window of a queue that is closed at weekends ends on a Monday.
func TestUntilOpenDay(t *testing.T) {
	t.Parallel()
	s := forecast.NewSeries(calendars.Grid{Start: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: 5 * 24}, calendars.Zone{})
	for i := range s.Grid.N {
		if err := s.Set(i, 1); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := untilOpenDay(s).Grid.End(), time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC); !got.Equal(want) {
		t.Errorf("it ends at %s, want %s", got, want)
	}
}

func TestM4Files(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	text.WriteString("series_id,step,volume\n")
	for i := range 24 * 15 {
		text.WriteString("H1," + strconv.Itoa(i+1) + "," + strconv.Itoa(100+i%24) + "\n")
	}
	folder := t.TempDir()
	train, out := filepath.Join(folder, "train.csv"), filepath.Join(folder, "out.csv")
	if err := os.WriteFile(train, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (&m4Command{Train: train, Steps: 30, Out: out}).Run(); err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(written)), "\n")
	if len(lines) != 31 || lines[0] != "series_id,step,mean,lo80,hi80,lo95,hi95" {
		t.Fatalf("%d lines, the first is %s", len(lines), lines[0])
	}
	fields := strings.Split(lines[25], ",") // step 25, as step 1 of the day
	mean, err := strconv.ParseFloat(fields[2], 64)
	if err != nil || fields[1] != "25" || mean < 99 || mean > 101 {
		t.Errorf("%v: want step 25 near 100", fields)
	}

	for want, table := range map[string]string{
		"no column volume":                  "series_id,step,value\nH1,1,2\n",
		`line 3, step "3" of series H1`:     "series_id,step,volume\nH1,1,2\nH1,3,2\n",
		`line 2, volume "x": expected a nu`: "series_id,step,volume\nH1,1,x\n",
	} {
		if err := os.WriteFile(train, []byte(table), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readM4(train); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
