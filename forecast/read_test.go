package forecast_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
)

func zone(name string) *calendars.Zone {
	z := calendars.MustZone(name)
	return &z
}

// offered lists start and count of every record.
func offered(h forecast.History) []string {
	var all []string
	for _, r := range h.Records {
		all = append(all, r.Start.Format("01-02 15:04")+" "+calendars.Seconds(r.Offered).String())
	}
	return all
}

func TestReadCounts(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, csv string
		options   forecast.ReadOptions
		want      []string
	}{
		{"offsets", "timestamp,queue,offered\n2026-03-01T10:00:00+02:00,ru,3\n2026-03-01T11:00:00+02:00,ru,4\n", forecast.ReadOptions{},
			[]string{"03-01 08:00 3s", "03-01 09:00 4s"}},
		{"mark, CRLF, mapping, one queue", "\uFEFFwhen,n\r\n2026-03-01T10:00,3\r\n2026-03-01T10:15,4\r\n",
			forecast.ReadOptions{Zone: zone("Europe/Sofia"), Queue: "ru", Columns: map[string]string{"timestamp": "when", "offered": "n"}},
			[]string{"03-01 08:00 3s", "03-01 08:15 4s"}},
		{"other name for offered", "timestamp,volume\n2026-03-01 10:00,3\n2026-03-01 11:00,0\n", forecast.ReadOptions{Zone: zone("UTC"), Queue: "q"},
			[]string{"03-01 10:00 3s", "03-01 11:00 0s"}},
		{"semicolons", "timestamp;offered\n2026-03-01 10:00;3\n", forecast.ReadOptions{Zone: zone("UTC"), Queue: "q", Delimiter: ';'},
			[]string{"03-01 10:00 3s"}},
		{"spring: zero in the skipped hour is dropped", "timestamp,offered\n2026-03-29T02:00,2\n2026-03-29T03:00,0\n2026-03-29T04:00,4\n",
			forecast.ReadOptions{Zone: zone("Europe/Sofia"), Queue: "q"}, []string{"03-29 00:00 2s", "03-29 01:00 4s"}},
		{"autumn: two rows are two hours", "timestamp,offered\n2026-10-25T02:00,1\n2026-10-25T03:00,2\n2026-10-25T03:00,3\n2026-10-25T04:00,4\n",
			forecast.ReadOptions{Zone: zone("Europe/Sofia"), Queue: "q"}, []string{"10-24 23:00 1s", "10-25 00:00 2s", "10-25 01:00 3s", "10-25 02:00 4s"}},
		{"autumn: one row is both hours", "timestamp,offered\n2026-10-25T02:00,1\n2026-10-25T03:00,5\n2026-10-25T04:00,4\n",
			forecast.ReadOptions{Zone: zone("Europe/Sofia"), Queue: "q"}, []string{"10-24 23:00 1s", "10-25 00:00 2.5s", "10-25 01:00 2.5s", "10-25 02:00 4s"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			history, _, err := forecast.ReadHistory(strings.NewReader(c.csv), c.options)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, offered(history)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadChats(t *testing.T) {
	t.Parallel()
	const csv = `started_at,queue,first_response_seconds,handle_seconds,abandoned,bot_resolved
2026-10-25T03:50:00,ru,10,100,false,false
2026-10-25T03:55:00,ru,10,300,0,no
2026-10-25T03:10:00,ru,,,true,false
2026-10-25T04:20:00,en,5,50,false,true
`
	history, report, err := forecast.ReadHistory(strings.NewReader(csv), forecast.ReadOptions{Zone: zone("Europe/Sofia"), ChatInterval: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	// The third chat goes back in time: it is in the second pass of the hour.
	want := []string{"10-25 00:00 0s", "10-25 01:00 0s", "10-25 02:00 1s", "10-25 00:00 2s", "10-25 01:00 1s", "10-25 02:00 0s"}
	if diff := cmp.Diff(want, offered(history)); diff != "" {
		t.Error(diff)
	}
	ru := history.Records[3]
	if *ru.Handled != 2 || *ru.Abandoned != 0 || ru.AHT.Duration != 200*time.Second || *history.Records[4].Abandoned != 1 || *history.Records[2].BotResolved != 1 {
		t.Errorf("handled %v, abandoned %v, AHT %v", *ru.Handled, *ru.Abandoned, ru.AHT)
	}
	if report.Kind != forecast.Chats || report.Rows != 4 {
		t.Errorf("report %+v", report)
	}
}

// Every fault is named with line, column, value and what would be right, and
// nothing of the file is returned.
func TestReadFaults(t *testing.T) {
	t.Parallel()
	const header = "timestamp,queue,offered\n"
	const row = "2026-03-01T10:00:00Z,ru,3\n"
	sofia := forecast.ReadOptions{Zone: zone("Europe/Sofia")}
	cases := []struct {
		name, csv string
		options   forecast.ReadOptions
		want      string
	}{
		{"empty file", "", sofia, "line 1: the file is empty"},
		{"header only", header, sofia, "a header and no rows"},
		{"wrong delimiter", "timestamp;queue;offered\n2026-03-01T10:00:00Z;ru;3\n", sofia, `not separated by ',', give --delimiter ';'`},
		{"letter in a count", header + "2026-03-01T10:00:00Z,ru,3x\n", sofia, `line 2, offered: "3x": expected a number from 0`},
		{"negative count", header + row + "2026-03-01T11:00:00Z,ru,-1\n", sofia, `line 3, offered: "-1": expected a number from 0`},
		{"no number", header + "2026-03-01T10:00:00Z,ru,NaN\n", sofia, `line 2, offered: "NaN"`},
		{"infinity", header + "2026-03-01T10:00:00Z,ru,Inf\n", sofia, `line 2, offered: "Inf"`},
		{"empty count", header + "2026-03-01T10:00:00Z,ru,\n", sofia, `line 2, offered: "": expected a number`},
		{"duplicate rows", header + row + row, sofia, "there already, at line 2"},
		{"too many fields", header + "2026-03-01T10:00:00Z,ru,3,4\n", sofia, "line 2: the row has 4 fields: expected 3"},
		{"no zone", header + "2026-03-01T10:00,ru,3\n", forecast.ReadOptions{}, "the time has no offset"},
		{"no time", header + "yesterday,ru,3\n", sofia, `line 2, timestamp: "yesterday": expected a time`},
		{"no queue", "timestamp,offered\n2026-03-01T10:00:00Z,3\n", sofia, "no column queue: expected it, or --queue"},
		{"no count column", "timestamp,queue\n2026-03-01T10:00:00Z,ru\n", sofia, "no column offered"},
		{"mapped to nothing", header + row, forecast.ReadOptions{Columns: map[string]string{"offered": "volume"}}, `offered: "volume": the header has no such column`},
		{"mapped from nothing", header + row, forecast.ReadOptions{Columns: map[string]string{"foo": "offered"}}, `no column "foo" to map`},
		{"counts in the skipped hour", header + "2026-03-29T03:00,ru,3\n", sofia, "clocks in Europe/Sofia skip this time"},
		{"chat in the skipped hour", "started_at,queue\n2026-03-29T03:30,ru\n", sofia, "clocks in Europe/Sofia skip this time"},
		{"not constant", header + row + "2026-03-01T10:30:00Z,ru,3\n2026-03-01T11:10:00Z,ru,3\n", sofia, `line 4, timestamp: "2026-03-01T11:10:00Z": it is 40m0s after line 3, other rows are 30m0s apart`},
		{"too short", header + row + "2026-03-01T10:01:00Z,ru,3\n", sofia, "rows are 1m0s apart"},
		{"not text", header + "2026-03-01T10:00:00Z,\xff,3\n", sofia, "line 2: the row is not UTF-8"},
		{"open quote", header + "\"2026,ru,3\n", sofia, "not CSV"},
		{"long header", strings.Repeat("timestamp,", 10_000), sofia, "line 1: the line is longer than 65536 bytes"},
		{"not a text file", "\x00\xff\xfe,\x80\n\x01", sofia, "line 1: the row is not UTF-8"},
		{"a row missing for a fault", header + row + "2026-03-01T11:00:00Z,ru,x\n2026-03-01T12:00:00Z,ru,3\n", sofia, `line 3, offered: "x": expected a number`},
		{"open quote, short file", header + row + "\"2026,ru,3\n" + row, sofia, "line 3: not CSV"},
		{"commas after --delimiter", header + row, forecast.ReadOptions{Delimiter: ';'}, `not separated by ';', give --delimiter ','`},
		{"tabs", "timestamp\tqueue\toffered\n", sofia, `give --delimiter '\t'`},
		{"two candidates for a column", "timestamp,queue,calls,chats\n2026-03-01T10:00:00Z,ru,3,3\n", sofia, "no column offered"},
		{"only hours that do not exist", header + "2026-03-29T03:00,ru,0\n", sofia, "line 2: every row is of an hour that clocks skip"},
		{"one hour in two ways", header + "2026-10-25T02:00,ru,1\n2026-10-25T03:00,ru,2\n2026-10-25T01:00:00Z,ru,9\n", sofia, "line 4, timestamp: \"2026-10-25T01:00:00Z\": the row of queue \"ru\" is there already, at line 3"},
		{"three rows of a repeated hour", header + strings.Repeat("2026-10-25T03:00,ru,1\n", 3), sofia, "line 4, timestamp"},
		{"too long", header + row + "2026-03-01T13:00:00Z,ru,3\n", sofia, `line 3, timestamp: "2026-03-01T13:00:00Z": rows are 3h0m0s apart`},
		{"bad flag", "started_at,queue,abandoned\n2026-03-01T10:00:00Z,ru,perhaps\n", sofia, `line 2, abandoned: "perhaps": expected true or false`},
		{"far year", header + "9999-03-01T10:00:00Z,ru,3\n", sofia, "expected a year from 1990 to 2100"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			history, _, err := forecast.ReadHistory(strings.NewReader(c.csv), c.options)
			var faults *forecast.Faults
			if !errors.As(err, &faults) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			if history.Records != nil {
				t.Error("a refused file returned records")
			}
		})
	}
}

func TestFaultsAreCountedButNotAllListed(t *testing.T) {
	t.Parallel()
	csv := "timestamp,queue,offered\n" + strings.Repeat("2026-03-01T10:00:00Z,ru,x\n", 250)
	_, _, err := forecast.ReadHistory(strings.NewReader(csv), forecast.ReadOptions{})
	var faults *forecast.Faults
	if !errors.As(err, &faults) || faults.Total != 250 || len(faults.List) != 100 || !strings.HasSuffix(err.Error(), "and 150 more") {
		t.Fatalf("got %v", err)
	}
}

// Rows that are short, or wrong in several ways, do not hide those after them,
// and all are told in the order of the file.
func TestEveryFaultIsCounted(t *testing.T) {
	t.Parallel()
	const csv = "timestamp,queue,offered,aht_seconds\n2026-03-01T10:00:00Z,ru\nnever,,x,-1\n2026-03-01T12:00:00Z,ru,1,\n2026-03-01T12:00:00Z,ru,1,\n2026-03-01T13:00:00Z\n"
	_, _, err := forecast.ReadHistory(strings.NewReader(csv), forecast.ReadOptions{})
	var faults *forecast.Faults
	if !errors.As(err, &faults) {
		t.Fatalf("got %v", err)
	}
	want := []forecast.Fault{
		{Line: 2, Want: "the row has 2 fields: expected 4, as in the header"},
		{Line: 3, Column: "timestamp", Value: "never", Want: "expected a time such as 2026-03-01T10:00:00+02:00 or, with --zone, 2026-03-01T10:00"},
		{Line: 3, Column: "queue", Want: "expected the name of a queue"},
		{Line: 3, Column: "offered", Value: "x", Want: "expected a number from 0 to 1e+09"},
		{Line: 3, Column: "aht_seconds", Value: "-1", Want: "expected a number from 0 to 1e+09"},
		{Line: 5, Column: "timestamp", Value: "2026-03-01T12:00:00Z", Want: `the row of queue "ru" is there already, at line 4: expected each interval once`},
		{Line: 6, Want: "the row has 1 fields: expected 4, as in the header"},
	}
	if diff := cmp.Diff(want, faults.List); diff != "" || faults.Total != len(want) {
		t.Errorf("%d faults\n%s", faults.Total, diff)
	}
}

// endless repeats a text for ever.
type endless struct {
	text string
	read int
}

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = e.text[(e.read+i)%len(e.text)]
	}
	e.read += len(p)
	return len(p), nil
}

// A line, or a row whose quote is never closed, is given up long before it
// fills the memory.
func TestEndlessRowIsRefusedEarly(t *testing.T) {
	t.Parallel()
	const header = "timestamp,queue,offered\n"
	for start, text := range map[string]string{"": "x", "\"": "2026-03-01T10:00:00Z,ru,3\n"} {
		row := &endless{text: text}
		_, _, err := forecast.ReadHistory(io.MultiReader(strings.NewReader(header+start), row), forecast.ReadOptions{})
		if err == nil || !strings.Contains(err.Error(), "line 2: the line is longer than 65536 bytes") {
			t.Errorf("%q for ever: got %v", text, err)
		}
		if row.read > 1<<20 {
			t.Errorf("%q for ever: %d bytes were read", text, row.read)
		}
	}
}

// What was understood in a way worth knowing is said once, with its number.
func TestReadNotes(t *testing.T) {
	t.Parallel()
	const csv = "interval_start,calls,mood\n2026-03-29T02:00,1.5,good\n2026-03-29T03:00,0,bad\n2026-10-25T03:00,4,bad\n2026-10-25T04:00,2.5,bad\n"
	_, report, err := forecast.ReadHistory(strings.NewReader(csv), forecast.ReadOptions{Zone: zone("Europe/Sofia"), Queue: "q"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`column "interval_start" is taken for timestamp`,
		`column "calls" is taken for offered`,
		"columns not used: mood",
		"2 counts are fractions, as averaged sources have them",
		"1 rows are of hours that clocks skip and count 0: dropped",
		"1 rows hold both passes of an hour that clocks repeat: spread evenly over them",
	}
	if diff := cmp.Diff(want, report.Notes); diff != "" {
		t.Error(diff)
	}
}
