package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

type forecastCommand struct {
	Data   string `help:"Folder of the public series." required:"" placeholder:"DIR"`
	Weeks  int    `help:"Weeks at the end of each series to forecast, rolled: a multiple of 4." default:"12"`
	Out    string `help:"Folder for the forecasts, for the scorer; a temporary one if left out." placeholder:"DIR"`
	Peers  string `help:"Folder of other forecasters' files, as peers.py writes them: they are scored beside ours." placeholder:"DIR"`
	Scorer string `help:"The independent scorer, forecast_score.py, to be run on them with python3." placeholder:"FILE"`
}

// Run measures everything and prints tables.
func (c *forecastCommand) Run() error {
	if c.Peers != "" && c.Scorer == "" {
		return errors.New("--peers: expected --scorer too, which judges all alike")
	}
	if c.Weeks < 4 || c.Weeks%4 != 0 {
		return fmt.Errorf("--weeks %d: expected a multiple of 4", c.Weeks)
	}
	folder := c.Out
	if folder == "" {
		made, err := os.MkdirTemp("", "smena-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(made)
		folder = made
	} else if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("--out: %w", err)
	}
	var volumes []volume
	for _, d := range datasets {
		v, err := d.open(c.Data)
		if err != nil {
			return err
		}
		volumes = append(volumes, v)
	}
	return errors.Join(c.windows(volumes, folder), short(volumes, c.Weeks), damage(volumes, c.Weeks), intraday(volumes[0], c.Weeks), speed(volumes[2]), c.m4(folder), c.peers(volumes, folder))
}

// windows prints the rolling forecasts of one and four weeks.
func (c *forecastCommand) windows(volumes []volume, folder string) error {
	fmt.Printf("The last %d weeks of each series, from origins one and four weeks apart. The peer is the mean of eight\nweeks, for quantiles the empirical ones of those weeks. Ratios below 1 are better than the peer.\n\n", c.Weeks)
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "series\tdays\tWAPE\tpeer\tratio\tbias\tcover 80\tcover 95\tquantile loss ratio\tby the scorer: WAPE\tcover 80\tcover 95\t")
	mean, n := 0.0, 0.0
	for _, v := range volumes {
		for _, days := range []int{7, 28} {
			forecasts, ours, _, err := roll(v, forecast.Blend(v.outlook), c.Weeks, days, all)
			if err != nil {
				return err
			}
			_, peer, _, err := roll(v, forecast.WeekdayMean(8), c.Weeks, days, all)
			if err != nil {
				return err
			}
			path := filepath.Join(folder, fmt.Sprintf("smena_%s_h%d.csv", v.name, days))
			if err := writeProtocol(path, forecasts); err != nil {
				return err
			}
			judged, err := c.judgeVolume(v, path, days)
			if err != nil {
				return err
			}
			fmt.Fprintf(t, "%s\t%d\t%.2f %%\t%.2f %%\t%.3f\t%+.1f %%\t%.3f\t%.3f\t%.3f\t%s\n", v.name, days, 100*ours.wape(), 100*peer.wape(), ours.wape()/peer.wape(),
				100*ours.bias(), ours.cover80(), ours.cover95(), ours.quantile(), judged)
			mean += ours.wape() / peer.wape()
			n++
		}
	}
	fmt.Fprintf(t, "mean\t\t\t\t%.3f\t\n", mean/n)
	return t.Flush()
}

// verdict is what the scorer says.
type verdict struct {
	WAPE    float64 `json:"WAPE_pooled"`
	Cover80 float64 `json:"cover80"`
	Cover95 float64 `json:"cover95"`
	OWA     float64
	MSIS    float64
	SMAPE   float64 `json:"sMAPE"`
	MASE    float64
	Neg     int
	Cross   int
}

func (v *verdict) String() string {
	if v == nil {
		return "-\t-\t-\t"
	}
	return fmt.Sprintf("%.2f %%\t%.3f\t%.3f\t", 100*v.WAPE, v.Cover80, v.Cover95)
}

// judge runs the scorer, if there is one.
func (c *forecastCommand) judge(args ...string) (*verdict, error) {
	if c.Scorer == "" {
		return nil, nil
	}
	out, err := exec.Command("python3", append([]string{c.Scorer, "--json"}, args...)...).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return nil, fmt.Errorf("the scorer: %s", failed.Stderr)
	}
	if err != nil {
		return nil, fmt.Errorf("the scorer: %w", err)
	}
	var v verdict
	if err := json.Unmarshal(out, &v); err != nil {
		return nil, fmt.Errorf("the scorer printed something else: %w", err)
	}
	if v.Neg+v.Cross > 0 {
		return nil, fmt.Errorf("the scorer found %d negative values and %d crossed quantiles", v.Neg, v.Cross)
	}
	return &v, nil
}

// short prints what little history is worth.
func short(volumes []volume, weeks int) error {
	fmt.Printf("\nWith a history of so many weeks only: WAPE at one week over that of their plain mean.\n\n")
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "series\t1\t2\t4\t8\t")
	for _, v := range volumes {
		fmt.Fprintf(t, "%s\t", v.name)
		for _, kept := range []int{1, 2, 4, 8} {
			tail := func(s forecast.Series) forecast.Series { return lastOf(s, kept) }
			_, ours, _, err := roll(v, forecast.Blend(v.outlook), weeks, 7, tail)
			if err != nil {
				return err
			}
			_, peer, _, err := roll(v, forecast.WeekdayMean(8), weeks, 7, tail)
			if err != nil {
				return err
			}
			fmt.Fprintf(t, "%.3f\t", ours.wape()/peer.wape())
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// lastOf returns the last weeks of a series.
func lastOf(s forecast.Series, weeks int) forecast.Series {
	grid := calendars.GridOver(s.Grid.End().AddDate(0, 0, -7*weeks), s.Grid.End(), s.Grid.Step)
	tail := forecast.NewSeries(grid, s.Zone)
	for i := range grid.N {
		if x, known := s.At(s.Grid.Index(grid.At(i))); known {
			if err := tail.Set(i, x); err != nil {
				panic("smena-bench: " + err.Error()) // it was in a series already
			}
		}
	}
	return tail
}

// intraday prints what a morning is worth for the rest of its day.
func intraday(v volume, weeks int) error {
	fmt.Printf("\n%s, the rest of each day once its beginning is known: WAPE against the forecast of midnight.\n\n", v.name)
	for _, hour := range []int{9, 11, 13} {
		var before, after score
		for _, origin := range v.actual.Origins(7*weeks, 1) {
			now, end := origin.Add(time.Duration(hour)*time.Hour), origin.AddDate(0, 0, 1)
			asleep, err := forecast.Blend(v.outlook).Forecast(v.history.Until(origin), calendars.GridOver(now, end, time.Hour))
			if err != nil {
				return err
			}
			awake, err := forecast.Blend(v.outlook).Forecast(v.history.Until(now), calendars.GridOver(now, end, time.Hour))
			if err != nil {
				return err
			}
			before.add(v, v.history.Until(origin), asleep)
			after.add(v, v.history.Until(origin), awake)
		}
		fmt.Printf("  known until %02d:00: %.2f %% -> %.2f %%, %+.1f %%; cover 80: %.3f\n", hour, 100*before.wape(), 100*after.wape(), 100*(after.wape()/before.wape()-1), after.cover80())
	}
	return nil
}

// speed prints how long a queue of three years takes, four weeks ahead.
func speed(v volume) error {
	var full, quick []time.Duration
	for _, origin := range v.actual.Origins(20, 7) {
		s, grid := lastOf(v.history.Until(origin), 156), calendars.GridOver(origin, origin.AddDate(0, 0, 28), time.Hour)
		start := time.Now()
		for _, err := range forecast.Improving(v.outlook, s, grid) {
			if err != nil {
				return err
			}
			if len(quick) == len(full) {
				quick = append(quick, time.Since(start))
			}
		}
		full = append(full, time.Since(start))
	}
	fmt.Printf("\nOne queue, three years of hours, four weeks ahead with quantiles: 95 %% within %.0f ms, the first answer within %.1f ms.\n", milliseconds(percentile(full, 0.95)), milliseconds(percentile(quick, 0.95)))
	return nil
}

// m4 forecasts the odd half of M4 hourly.
func (c *forecastCommand) m4(folder string) error {
	data := func(part string) string { return filepath.Join(c.Data, "m4_hourly_odd_"+part+".csv.gz") }
	series, err := readM4(data("train"))
	if errors.Is(err, os.ErrNotExist) {
		fmt.Println("\nM4: no training file in the folder")
		return nil
	}
	if err != nil {
		return err
	}
	path := filepath.Join(folder, "smena_m4.csv")
	took, err := forecastM4(path, series, 48)
	if err != nil {
		return err
	}
	fmt.Printf("\nM4 hourly, odd half: %d series, %.0f a second on one core.\n", len(series), float64(len(series))/sum(took).Seconds())
	v, err := c.judge("--season", "24", "--actual", data("test"), "--train", data("train"), "--reference", data("naive2"), "--forecast", path)
	if v == nil {
		fmt.Println("  --scorer forecast_score.py would say how good they are")
		return err
	}
	fmt.Printf("  by the scorer: OWA %.4f (sMAPE %.3f, MASE %.3f); 95 %% interval: MSIS %.3f, coverage %.3f; 80 %%: %.3f\n", v.OWA, v.SMAPE, v.MASE, v.MSIS, v.Cover95, v.Cover80)
	return nil
}
