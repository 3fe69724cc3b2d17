package forecast_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

// shared is where the public series and their scorer are, if at all.
const shared = "../../shared/"

// published is a public series with the WAPE that its protocol (README of the
// data folder, section 3.5) gives for the plain mean of eight weeks.
type published struct {
	file    string
	end     calendars.Day // of the development window
	zeros   bool          // absent hours count as 0 in the history
	h7, h28 float64       // shares
}

var fourSeries = []published{
	{"bank_calls_hourly.csv", calendars.Day{Year: 2003, Month: 9, Dom: 29}, false, 0.0636, 0.0620},
	{"anonbank1999_hourly.csv", calendars.Day{Year: 1999, Month: 12, Dom: 4}, false, 0.2665, 0.2766},
	{"seattle_fire911_hourly.csv.gz", calendars.Day{Year: 2022, Month: 11, Dom: 6}, true, 0.3543, 0.3583},
	{"bikeshare_hourly.csv.gz", calendars.Day{Year: 2012, Month: 12, Dom: 4}, true, 0.2236, 0.2488},
}

// halfDigit is half of the last digit of the protocol's figures.
const halfDigit = 0.00005

// The mean of eight weeks gives the published figures. Absent hours are not
// scored, even where the history counts them as 0.
func TestPublishedFigures(t *testing.T) {
	t.Parallel()
	for _, p := range fourSeries {
		t.Run(p.file, func(t *testing.T) {
			t.Parallel()
			actual, history := p.open(t)
			for days, want := range map[int]float64{7: p.h7, 28: p.h28} {
				wrong, arrivals := 0.0, 0.0
				for _, f := range rolling(t, history, days) {
					for i, mean := range f.Mean {
						if x, ok := actual.At(actual.Grid.Index(f.Grid.At(i))); ok {
							wrong += math.Abs(mean - x)
							arrivals += x
						}
					}
				}
				if got := wrong / arrivals; math.Abs(got-want) > halfDigit {
					t.Errorf("WAPE at %d days is %.5f, the protocol says %.4f", days, got, want)
				}
			}
		})
	}
}

// Backtest and the independent scorer agree on every measure that both know.
func TestScorerAgrees(t *testing.T) {
	t.Parallel()
	scorer := shared + "tools/forecast_score.py"
	if _, err := os.Stat(scorer); err != nil {
		t.Skipf("%s is not on this machine", scorer)
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not on this machine")
	}
	for _, p := range fourSeries[:2] {
		actual, history := p.open(t)
		path := filepath.Join(t.TempDir(), "forecast.csv")
		if err := os.WriteFile(path, protocolCSV(rolling(t, history, 7)), 0o600); err != nil {
			t.Fatal(err)
		}
		data := shared + "data/forecast/" + p.file
		printed, err := exec.Command(python, scorer, "--actual", data, "--train", data, "--forecast", path,
			"--season", "168", "--horizon-hours", "168", "--min-groups", "12", "--json").Output()
		if err != nil {
			t.Fatal(err)
		}
		var score struct {
			Points                     int
			WAPE                       float64 `json:"WAPE_pooled"`
			MASE, RMSSE, Bias, Pinball float64
			Cover80, Cover95           float64
			Cross, Neg                 int
		}
		if err := json.Unmarshal(printed, &score); err != nil {
			t.Fatal(err)
		}
		got, err := forecast.Backtest(forecast.WeekdayMean(8), actual, actual.Origins(12, 7), 7)
		if err != nil {
			t.Fatal(err)
		}
		want := forecast.Accuracy{Intervals: score.Points, WAPE: score.WAPE, MASE: score.MASE, RMSSE: score.RMSSE, Bias: score.Bias, Pinball: score.Pinball, Cover80: score.Cover80, Cover95: score.Cover95, Floor: got.Floor}
		if diff := cmp.Diff(want, got, cmpopts.EquateApprox(1e-9, 0)); diff != "" || score.Cross+score.Neg > 0 {
			t.Errorf("%s: %d crossed, %d negative\n%s", p.file, score.Cross, score.Neg, diff)
		}
	}
}

// rolling forecasts the last twelve weeks, so many days at a time.
func rolling(t *testing.T, history forecast.Series, days int) []forecast.Forecast {
	t.Helper()
	var all []forecast.Forecast
	for _, origin := range history.Origins(84/days, days) {
		end := calendars.DayOf(origin, history.Zone).AddDays(days).Start(history.Zone)
		f, err := forecast.WeekdayMean(8).Forecast(history.Until(origin), calendars.GridOver(origin, end, time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

// protocolCSV writes forecasts in the scorer's format.
func protocolCSV(forecasts []forecast.Forecast) []byte {
	const clock = "2006-01-02T15:04:05"
	var text bytes.Buffer
	text.WriteString("origin,timestamp,mean")
	for _, p := range forecasts[0].Levels {
		fmt.Fprintf(&text, ",q%v", p)
	}
	for _, f := range forecasts {
		for i, mean := range f.Mean {
			fmt.Fprintf(&text, "\n%s,%s,%v", f.Origin.Format(clock), f.Grid.At(i).Format(clock), mean)
			for _, row := range f.Quantiles {
				fmt.Fprintf(&text, ",%v", row[i])
			}
		}
	}
	return text.Bytes()
}

// open reads the series, whose clock is taken for UTC as the protocol does, to
// the end of its development window: what came, and the history to forecast from.
func (p published) open(t *testing.T) (actual, history forecast.Series) {
	t.Helper()
	utc := calendars.Zone{}
	h, _, err := forecast.ReadHistory(bytes.NewReader(p.read(t)), forecast.ReadOptions{Zone: &utc, Queue: "q"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := h.Series("q", utc, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	grid := calendars.GridOver(s.Grid.Start, p.end.Start(utc), time.Hour)
	actual, history = forecast.NewSeries(grid, utc), forecast.NewSeries(grid, utc)
	for i := range grid.N {
		x, known := s.At(i)
		if known {
			err = errors.Join(actual.Set(i, x), history.Set(i, x))
		} else if p.zeros {
			err = history.Set(i, 0)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return actual, history
}

// read returns the file, unpacked, or skips the test where it is absent.
func (p published) read(t *testing.T) []byte {
	t.Helper()
	path := shared + "data/forecast/" + p.file
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		t.Skipf("%s is not on this machine", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var text io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if text, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	all, err := io.ReadAll(text)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
