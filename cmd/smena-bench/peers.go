package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
)

// peers scores the files of other forecasters beside ours, by the same scorer
// on the same windows. A sample of M4 is scored on the sample alone, ours too.
func (c *forecastCommand) peers(volumes []volume, folder string) error {
	if c.Peers == "" {
		return nil
	}
	fmt.Printf("\nBeside other forecasters, by the scorer: WAPE at 7 / 28 days, coverage of the 80 %% interval at 7.\n\n")
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	models, err := filepath.Glob(filepath.Join(c.Peers, "*_bank_h7.csv"))
	if err != nil || len(models) == 0 {
		return fmt.Errorf("--peers: %s holds no files such as MSTL_bank_h7.csv", c.Peers)
	}
	names := []string{filepath.Join(folder, "smena")}
	for _, m := range models {
		names = append(names, strings.TrimSuffix(m, "_bank_h7.csv"))
	}
	fmt.Fprint(t, "\t")
	for _, v := range volumes {
		fmt.Fprintf(t, "%s\t\t\t", v.name)
	}
	fmt.Fprintln(t, "M4: OWA\tours there\tMSIS\tours there\t")
	for _, name := range names {
		fmt.Fprintf(t, "%s\t", filepath.Base(name))
		for _, v := range volumes {
			cells, err := c.peerVolume(name, v)
			if err != nil {
				return err
			}
			fmt.Fprint(t, cells)
		}
		cells, err := c.peerM4(name, folder)
		if err != nil {
			return err
		}
		fmt.Fprintln(t, cells)
	}
	return t.Flush()
}

// peerVolume scores a forecaster on one series.
func (c *forecastCommand) peerVolume(name string, v volume) (string, error) {
	var scored [2]*verdict
	for i, days := range []int{7, 28} {
		path := fmt.Sprintf("%s_%s_h%d.csv", name, v.name, days)
		if _, err := os.Stat(path); err != nil {
			return "-\t-\t-\t", nil // it was skipped for time
		}
		judged, err := c.judgeVolume(v, path, days)
		if err != nil {
			return "", err
		}
		scored[i] = judged
	}
	return fmt.Sprintf("%.2f\t%.2f\t%.2f\t", 100*scored[0].WAPE, 100*scored[1].WAPE, scored[0].Cover80), nil
}

// judgeVolume runs the scorer on the windows of one series.
func (c *forecastCommand) judgeVolume(v volume, path string, days int) (*verdict, error) {
	return c.judge("--actual", v.path, "--train", v.path, "--forecast", path, "--season", "168",
		"--horizon-hours", strconv.Itoa(24*days), "--min-groups", strconv.Itoa(7*c.Weeks/days))
}

// peerM4 scores a forecaster on M4, and ours on the same series.
func (c *forecastCommand) peerM4(name, folder string) (string, error) {
	path := name + "_m4.csv"
	if _, err := os.Stat(path); err != nil {
		return "-\t-\t-\t-\t", nil
	}
	part := func(p string) string { return filepath.Join(c.Data, "m4_hourly_odd_"+p+".csv.gz") }
	own := filepath.Join(folder, "smena_m4.csv")
	if sample := filepath.Join(c.Peers, "m4_sample_"+filepath.Base(name)+"_"); fileExists(sample + "train.csv") {
		part = func(p string) string { return sample + p + ".csv" }
		own = filepath.Join(folder, "smena_m4_"+filepath.Base(name)+".csv")
		if err := (&m4Command{Train: part("train"), Steps: 48, Out: own}).forecast(); err != nil {
			return "", err
		}
	}
	var cells [2]*verdict
	for i, file := range []string{path, own} {
		judged, err := c.judge("--season", "24", "--actual", part("test"), "--train", part("train"), "--reference", part("naive2"), "--forecast", file)
		if err != nil {
			return "", err
		}
		cells[i] = judged
	}
	return fmt.Sprintf("%.3f\t%.3f\t%.1f\t%.1f\t", cells[0].OWA, cells[1].OWA, cells[0].MSIS, cells[1].MSIS), nil
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
