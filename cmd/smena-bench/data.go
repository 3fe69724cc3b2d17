package main

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

// dataset is one public series with what its source says about it. Its clock
// is taken for a plain one, as the protocol does.
type dataset struct {
	name, file string
	zeros      bool   // an absent hour is one in which nothing came
	country    string // whose holidays its customers keep
	holidays   string // file of holidays, instead
}

// datasets are the series of the protocol. Nothing here is a setting of the
// forecaster: it is what a planner would know.
var datasets = []dataset{
	{name: "bank", file: "bank_calls_hourly.csv", country: "US"},
	{name: "anonbank", file: "anonbank1999_hourly.csv", holidays: "anonbank1999_holidays.csv"},
	{name: "seattle", file: "seattle_fire911_hourly.csv.gz", zeros: true, country: "US"},
	{name: "bikeshare", file: "bikeshare_hourly.csv.gz", zeros: true, country: "US"},
}

// volume is a series as it came, and as the forecaster sees it.
type volume struct {
	dataset
	path            string
	actual, history forecast.Series
	outlook         forecast.Outlook
}

// open reads a dataset.
func (d dataset) open(folder string) (volume, error) {
	v := volume{dataset: d, path: filepath.Join(folder, d.file)}
	utc := calendars.Zone{}
	file, err := openText(v.path)
	if err != nil {
		return v, err
	}
	defer file.Close()
	h, _, err := forecast.ReadHistory(file, forecast.ReadOptions{Zone: &utc, Queue: d.name})
	if err != nil {
		return v, fmt.Errorf("%s: %w", v.path, err)
	}
	if v.actual, err = h.Series(d.name, utc, time.Hour); err != nil {
		return v, err
	}
	v.actual = untilOpenDay(v.actual)
	v.history = v.actual
	if d.zeros {
		v.history = v.actual.ZeroGaps()
	}
	v.outlook, err = d.outlook(folder, v.actual.Grid)
	return v, err
}

// outlook reads the holidays.
func (d dataset) outlook(folder string, grid calendars.Grid) (o forecast.Outlook, err error) {
	if d.holidays == "" {
		o.Holidays, err = api.Holidays(d.country, calendars.DayOf(grid.Start, calendars.Zone{}), calendars.DayOf(grid.End(), calendars.Zone{}))
		return o, err
	}
	file, err := os.Open(filepath.Join(folder, d.holidays))
	if err != nil {
		return o, err
	}
	defer file.Close()
	o.Holidays, err = forecast.ReadHolidays(file)
	return o, err
}

// untilOpenDay lengthens a series to the midnight before the next weekday that
// it knows: after a Friday of a queue that is closed at weekends, to Monday.
func untilOpenDay(s forecast.Series) forecast.Series {
	var known [7]bool
	for i := range s.Grid.N {
		if _, ok := s.At(i); ok {
			known[s.Grid.At(i).Weekday()] = true
		}
	}
	end := calendars.DayOf(s.Grid.End(), calendars.Zone{})
	for !known[end.Weekday()] {
		end = end.Next()
	}
	long := forecast.NewSeries(calendars.GridOver(s.Grid.Start, end.Start(calendars.Zone{}), s.Grid.Step), s.Zone)
	for i := range s.Grid.N {
		if x, ok := s.At(i); ok {
			if err := long.Set(i, x); err != nil {
				panic("smena-bench: " + err.Error()) // it was in a series already
			}
		}
	}
	return long
}

// openText opens a file and unpacks it if its name ends in .gz.
func openText(path string) (io.ReadCloser, error) {
	file, err := os.Open(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return file, err
	}
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), file.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{unpacked, file}, nil
}

// readTable reads the named columns of a CSV file.
func readTable(path string, columns []string, each func(line int, field []string) error) error {
	file, err := openText(path)
	if err != nil {
		return err
	}
	defer file.Close()
	reader := csv.NewReader(file)
	header, err := reader.Read()
	if err != nil {
		return fmt.Errorf("%s: read the header: %w", path, err)
	}
	var at []int
	for _, name := range columns {
		i := slices.Index(header, name)
		if i < 0 {
			return fmt.Errorf("%s: the header %s has no column %s", path, strings.Join(header, ","), name)
		}
		at = append(at, i)
	}
	field := make([]string, len(columns))
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for k, i := range at {
			field[k] = row[i]
		}
		line, _ := reader.FieldPos(0)
		if err := each(line, field); err != nil {
			return err
		}
	}
}
