package main

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// columnFlags say how to understand a history file.
type columnFlags struct {
	Zone         string            `help:"Zone of times without an offset, an IANA name." placeholder:"ZONE"`
	Queue        string            `help:"Queue of all rows, for a file without a queue column." placeholder:"NAME"`
	Map          map[string]string `help:"Name of a column in the file, as offered=volume; repeatable." mapsep:","`
	Delimiter    string            `help:"Character between fields." default:","`
	ChatInterval time.Duration     `help:"Interval that single chats are counted in." default:"15m"`
}

// options makes them into what the reader takes.
func (c columnFlags) options() (forecast.ReadOptions, error) {
	o := forecast.ReadOptions{Queue: c.Queue, Columns: c.Map, ChatInterval: c.ChatInterval}
	delimiter, size := utf8.DecodeRuneInString(c.Delimiter)
	if c.Delimiter == `\t` {
		delimiter, size = '\t', len(c.Delimiter)
	}
	if size == 0 || size != len(c.Delimiter) || delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter == utf8.RuneError {
		return o, fmt.Errorf("--delimiter %q: expected one character such as ; or \\t", c.Delimiter)
	}
	o.Delimiter = delimiter
	if c.Zone != "" {
		zone, err := calendars.LoadZone(c.Zone)
		if err != nil {
			return o, fmt.Errorf("--zone: %w", err)
		}
		o.Zone = &zone
	}
	return o, nil
}

// readHistory reads a history file.
func readHistory(path string, o forecast.ReadOptions) (forecast.History, forecast.Report, error) {
	file, err := os.Open(path)
	if err != nil {
		return forecast.History{}, forecast.Report{}, unreadable("history", err)
	}
	defer file.Close()
	var text io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if text, err = gzip.NewReader(file); err != nil {
			return forecast.History{}, forecast.Report{}, fmt.Errorf("%s: not a gzip file: %w", path, err)
		}
	}
	history, report, err := forecast.ReadHistory(text, o)
	var faults *forecast.Faults
	if errors.As(err, &faults) {
		err = fmt.Errorf("%s: %s; nothing was taken from it\n%w", path, plural(faults.Total, "fault"), err)
	}
	return history, report, err
}

// noteTo tells what was understood of a history in a way worth knowing.
func noteTo(a *app, path string, report forecast.Report) {
	for _, note := range report.Notes {
		fmt.Fprintf(a.stderr, "smena: note: %s: %s\n", path, note)
	}
}

// readTeam reads a team file.
func readTeam(path string) (roster.Team, error) {
	file, err := os.Open(path)
	if err != nil {
		return roster.Team{}, unreadable("team", err)
	}
	defer file.Close()
	team, err := roster.ReadTeam(file)
	if err != nil {
		return roster.Team{}, &hintedError{fmt.Errorf("%s: %w", path, err), "smena schema team describes the file"}
	}
	return team, nil
}

// unreadable says which file of the command line cannot be read.
func unreadable(what string, err error) error { return fmt.Errorf("--%s: %w", what, err) }

// writeTo writes a file of the command line.
func writeTo(flag, path string, data []byte) error {
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return fmt.Errorf("--%s: %w", flag, err)
	}
	return nil
}

// opened is unreadable for what could not be opened; faults in a file name it.
func opened(what string, err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return unreadable(what, err)
	}
	return err
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	if strings.HasSuffix(what, "ch") {
		what += "e"
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// defaults takes what the command line leaves out from the team: the only
// queue, and the zone of that queue or of the team.
func (c *columnFlags) defaults(team roster.Team) {
	zone := team.Zone
	if len(team.Queues) == 1 {
		if c.Queue == "" {
			c.Queue = team.Queues[0].Name
		}
		zone = team.Queues[0].Zone
	}
	if c.Zone == "" {
		c.Zone = zone.String()
	}
}
