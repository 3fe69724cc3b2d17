package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/remedy"
)

// clock is a clock that stands still until it is set.
type clock struct{ unix atomic.Int64 }

func (c *clock) now() time.Time { return time.Unix(c.unix.Load(), 0).UTC() }

func (c *clock) set(t time.Time) { c.unix.Store(t.Unix()) }

// client talks to the server as a manager does.
type client struct {
	t           *testing.T
	base, token string
}

// call sends a request and reads the answer, which must have the status.
func (c client) call(method, path string, body any, want int, into any, headers ...string) http.Header {
	c.t.Helper()
	var content io.Reader
	kind := "application/json"
	switch body := body.(type) {
	case nil:
	case string:
		content, kind = strings.NewReader(body), "text/csv"
	default:
		text, err := json.Marshal(body)
		if err != nil {
			c.t.Fatal(err)
		}
		content = bytes.NewReader(text)
	}
	if !strings.HasPrefix(path, "http") {
		path = c.base + path
	}
	request, err := http.NewRequestWithContext(c.t.Context(), method, path, content)
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Authorization", "Bearer "+c.token)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	if response.StatusCode != want {
		c.t.Fatalf("%s %s: %d, want %d\n%s", method, path, response.StatusCode, want, text)
	}
	switch into := into.(type) {
	case nil:
	case *string:
		*into = string(text)
	default:
		if err := json.Unmarshal(text, into); err != nil {
			c.t.Fatalf("%s %s: %v\n%s", method, path, err, text)
		}
	}
	return response.Header
}

// start runs "smena serve" on a free port and returns its address.
func start(t *testing.T, clock *clock, database string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	var log bytes.Buffer
	go func() {
		code := run(&app{ctx, in, &log, clock.now}, []string{"serve", "--database", database, "--listen", "127.0.0.1:0"})
		in.Close()
		ended <- code
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("serve ended with %d\n%s", code, log.String())
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("serve did not start: %v", err)
	}
	return strings.TrimSuffix(strings.Fields(line)[2], ";")
}

// command runs one command line, which must succeed, and returns its output.
func command(t *testing.T, clock *clock, args ...string) string {
	t.Helper()
	var out, problems bytes.Buffer
	if code := run(&app{t.Context(), &out, &problems, clock.now}, args); code != 0 {
		t.Fatalf("smena %s: exit %d\n%s", strings.Join(args, " "), code, problems.String())
	}
	return strings.TrimSpace(out.String())
}

// From chats to a calendar and a reminder, over HTTP, on a clock that we set.
func TestEndToEnd(t *testing.T) {
	t.Parallel()
	var clock clock
	clock.set(time.Date(2026, 3, 19, 9, 0, 0, 0, time.UTC))
	database := filepath.Join(t.TempDir(), "smena.db")
	c := client{t, start(t, &clock, database), command(t, &clock, "token", "test", "--database", database)}

	c.call("GET", "/api/v1/teams", nil, 401, nil, "Authorization", "Bearer wrong")
	var team struct {
		ID        int64
		Operators []struct{ ID int64 }
	}
	c.call("POST", "/api/v1/teams", endTeam(), 201, &team)
	c.call("POST", "/api/v1/teams", endTeam(), 409, nil)

	history := fmt.Sprintf("/api/v1/teams/%d/history", team.ID)
	var imported struct{ Saved struct{ Added, Same int } }
	c.call("POST", history+"?dry_run=true", endHistory(), 200, &imported)
	if imported.Saved.Added != 0 {
		t.Errorf("a dry run stored %d intervals", imported.Saved.Added)
	}
	var fault struct {
		Errors []struct{ Location, Value string }
	}
	c.call("POST", history, strings.Replace(endHistory(), ",6", ",six", 1), 422, &fault)
	if len(fault.Errors) != 1 || fault.Errors[0].Value != "six" || !strings.HasSuffix(fault.Errors[0].Location, "offered") {
		t.Errorf("the fault is not named: %+v", fault)
	}
	c.call("POST", history, endHistory(), 200, &imported)
	c.call("POST", history, endHistory(), 200, &imported)
	if imported.Saved.Added != 0 || imported.Saved.Same != 8*168 {
		t.Errorf("the same file again: %+v", imported)
	}

	var made struct{ ID int64 }
	c.call("POST", fmt.Sprintf("/api/v1/teams/%d/forecasts", team.ID), map[string]any{"first": "2026-03-23", "weeks": 1}, 201, &made)
	c.call("POST", fmt.Sprintf("/api/v1/teams/%d/demands", team.ID), map[string]any{"forecast": made.ID}, 201, &made)
	demand := made.ID
	var impossible []struct {
		Sentence roster.Text
		Help     []roster.Text
	}
	c.call("GET", fmt.Sprintf("/api/v1/demands/%d/impossible", demand), nil, 200, &impossible)
	for _, one := range impossible {
		t.Errorf("%s: %v", one.Sentence, one.Help)
	}
	c.call("POST", fmt.Sprintf("/api/v1/teams/%d/rosters", team.ID), map[string]any{"demand": demand}, 201, &made)
	draft := fmt.Sprintf("/api/v1/rosters/%d", made.ID)

	var solved struct {
		Score       struct{ Hard int64 }
		Assignments []struct {
			ID       string
			Operator int64
			Template string `json:"shift_template"`
			Shift    calendars.Interval
		}
	}
	tag := c.call("POST", draft+"/solve", map[string]any{"iterations": 200, "seed": 1}, 200, &solved).Get("ETag")
	var coverage struct {
		Share  float64 `json:"covered_share"`
		Causes []struct{ Sentence string }
	}
	c.call("GET", draft+"/coverage", nil, 200, &coverage)
	if solved.Score.Hard != 0 || coverage.Share < 0.95 || len(solved.Assignments) < 10 {
		t.Fatalf("%d assignments cover %v, hard score %d", len(solved.Assignments), coverage.Share, solved.Score.Hard)
	}
	var law struct{ Country string }
	c.call("GET", "/api/v1/laws/fr", nil, 200, &law)
	var laws []struct{ Country string }
	c.call("GET", "/api/v1/laws", nil, 200, &laws)
	if law.Country != "EU" || len(laws) != 6 {
		t.Errorf("%+v, %+v", law, laws)
	}
	c.call("GET", "/api/v1/laws/JP", nil, 404, nil)
	var requirement struct {
		Operators, Scheduled int
		Curve                []any
	}
	ask := fmt.Sprintf("/api/v1/teams/%d/requirements?arrivals=60&queue=", team.ID)
	c.call("GET", ask+"chat", nil, 200, &requirement)
	if requirement.Operators < 1 || requirement.Scheduled < requirement.Operators || len(requirement.Curve) < 4 {
		t.Errorf("%+v", requirement)
	}
	c.call("GET", ask+"none", nil, 404, nil)
	c.call("GET", strings.Replace(ask, "=60", "=1e12", 1)+"chat", nil, 422, nil)
	c.call("GET", strings.Replace(ask, "=60", "=-1", 1)+"chat", nil, 422, nil)
	c.call("GET", strings.Replace(ask, "=60", "=NaN", 1)+"chat", nil, 422, nil)
	var certificate struct {
		Runs     int
		Sentence struct{ EN string }
		Queues   []struct{ Intervals []any }
		Promised []any
	}
	c.call("POST", draft+"/simulations", map[string]any{"runs": 5}, 200, &certificate)
	if certificate.Runs != 5 || len(certificate.Queues) != len(certificate.Promised) || len(certificate.Queues[0].Intervals) != 7*24-1 || certificate.Sentence.EN == "" {
		t.Errorf("%+v", certificate.Sentence)
	}
	c.call("POST", draft+"/simulations", map[string]any{"runs": 1}, 422, nil)
	c.call("POST", draft+"/simulations", map[string]any{"without": []int{999}}, 404, nil)
	c.call("POST", draft+"/publications", nil, 201, nil)

	// The feed of the operator of the first shift, and what it says of an edit.
	first := solved.Assignments[0]
	var subscription struct{ URL string }
	c.call("POST", fmt.Sprintf("/api/v1/operators/%d/feeds", first.Operator), map[string]any{"name": "phone"}, 201, &subscription)
	var before, after string
	feedTag := c.call("GET", subscription.URL, nil, 200, &before).Get("ETag")
	if !strings.Contains(before, "UID:"+first.ID+"@") {
		t.Errorf("the feed lacks assignment %s\n%s", first.ID, before)
	}
	c.call("GET", subscription.URL, nil, 304, nil, "If-None-Match", feedTag)
	c.call("GET", strings.Replace(subscription.URL, ".ics", "x.ics", 1), nil, 404, nil)

	edit := map[string]any{"kind": "unassign", "assignment": first.ID}
	var effect struct {
		Effect struct {
			Uncovers []struct{ Queue string }
			Tell     []int64
		}
	}
	c.call("POST", draft+"/edits", edit, 428, nil)
	c.call("POST", draft+"/edits", edit, 412, nil, "If-Match", `"1"`)
	c.call("POST", draft+"/edits?dry_run=true", edit, 200, &effect, "If-Match", tag)
	if len(effect.Effect.Uncovers) == 0 || len(effect.Effect.Tell) != 1 || effect.Effect.Tell[0] != first.Operator {
		t.Errorf("the dry run says %+v", effect)
	}
	c.call("POST", draft+"/edits", edit, 200, nil, "If-Match", tag)
	var mended struct {
		Repairs []struct {
			Touched []int64
			Weight  int64
			Effect  struct{ Tell []int64 }
		}
	}
	tag = c.call("GET", draft, nil, 200, nil).Get("ETag")
	var explanation struct {
		Shortages []struct {
			Queue    string
			Remedies []struct {
				Kind  string
				Level *remedy.Level `json:"service_level"`
			}
		}
		Conflicts []any
	}
	c.call("GET", draft+"/explanation?shortages=0", nil, 422, nil)
	c.call("GET", draft+"/explanation?seconds=0", nil, 422, nil)
	c.call("GET", draft+"/explanation?shortages=1&seconds=30", nil, 200, &explanation)
	if len(explanation.Shortages) != 1 || len(explanation.Shortages[0].Remedies) < 2 || len(explanation.Conflicts) > 0 {
		t.Errorf("the explanation is %+v", explanation)
	}
	if remedies := explanation.Shortages[0].Remedies; remedies[len(remedies)-1].Level == nil {
		t.Error("to accept a shortage has no service level")
	}
	c.call("POST", draft+"/repairs", nil, 428, nil)
	c.call("POST", draft+"/repairs?take=99", nil, 422, nil, "If-Match", tag)
	c.call("POST", draft+"/repairs", nil, 200, &mended, "If-Match", tag)
	if len(mended.Repairs) == 0 || len(mended.Repairs[0].Effect.Tell) != len(mended.Repairs[0].Touched) {
		t.Errorf("the repairs are %+v", mended)
	}
	c.call("GET", subscription.URL, nil, 304, nil, "If-None-Match", feedTag) // a draft is no publication
	clock.set(clock.now().Add(time.Hour))
	var publication struct {
		Number  int
		Changes []struct{ Kind string }
	}
	c.call("POST", draft+"/publications", nil, 201, &publication)
	if publication.Number != 2 || len(publication.Changes) != 1 || publication.Changes[0].Kind != "removed" {
		t.Errorf("%+v", publication)
	}
	c.call("GET", subscription.URL, nil, 200, &after, "If-None-Match", feedTag)
	if strings.Contains(after, first.ID) {
		t.Error("an unassigned shift is still in the feed")
	}

	// Another roster of the same week takes its place. One shift is not worth telling
	// its operator; made anew, all that its operators see is that the shift is back.
	for _, anew := range []bool{false, true} {
		var again struct{ ID int64 }
		c.call("POST", fmt.Sprintf("/api/v1/teams/%d/rosters", team.ID), map[string]any{"demand": demand}, 201, &again)
		another := fmt.Sprintf("/api/v1/rosters/%d", again.ID)
		c.call("POST", another+"/solve", map[string]any{"iterations": 200, "seed": 1, "anew": anew}, 200, nil)
		var judged struct{ Changes, Breaches []struct{ Rule string } }
		c.call("GET", another+"/coverage", nil, 200, &judged)
		c.call("POST", another+"/publications", nil, 201, &publication)
		if want := map[bool]int{true: 1}[anew]; len(publication.Changes) != want || len(judged.Changes) != 2*want || want == 1 && publication.Changes[0].Kind != "added" {
			t.Errorf("another roster of the same week, anew %v, changes %+v, judged as %+v", anew, publication.Changes, judged)
		}
	}

	// Half an hour before the next shift its operator is reminded, once; the
	// shift that was taken away reminds nobody.
	mails := mailbox(t)
	next := solved.Assignments[1]
	clock.set(next.Shift.Start.Add(-30 * time.Minute))
	remind := []string{"remind", "--database", database, "--smtp", "smtp://" + mails.address + "?from=roster@example.org"}
	command(t, &clock, remind...)
	command(t, &clock, remind...)
	mails.close()
	reminded := 0
	for mail := range mails.received {
		if strings.Contains(mail, fmt.Sprintf("To: <operator%d@example.org>", next.Operator)) {
			reminded++
		}
	}
	if reminded != 1 {
		t.Errorf("the operator of the next shift was reminded %d times", reminded)
	}
}

// endTeam is a small team in two zones.
func endTeam() map[string]any {
	var operators []map[string]any
	for i := range 8 {
		operators = append(operators, map[string]any{
			"name": fmt.Sprint("Operator ", i+1), "zone": []string{"Europe/Sofia", "Asia/Manila"}[i%2], "email": fmt.Sprintf("operator%d@example.org", i+1),
			"skills": []string{"chat"}, "contract": map[string]any{"kind": "full-time", "max_per_week": "40h"},
		})
	}
	return map[string]any{
		"name": "End to end", "zone": "Europe/Sofia",
		"queues": []any{map[string]any{"name": "chat", "aht": "300s", "concurrency": 2, "service_level": map[string]any{"share": 0.8, "within": "60s"},
			"opening": []any{map[string]any{"from": "06:00", "to": "22:00"}}}},
		"shift_templates": []any{
			map[string]any{"name": "morning", "start": "06:00", "end": "14:00"}, map[string]any{"name": "evening", "start": "14:00", "end": "22:00"},
		},
		"operators": operators,
	}
}

// endHistory is eight weeks of hours that end on 22 March.
func endHistory() string {
	var b strings.Builder
	b.WriteString("timestamp,queue,offered\n")
	from := time.Date(2026, 1, 25, 22, 0, 0, 0, time.UTC)
	for i := range 8 * 168 {
		at := from.Add(time.Duration(i) * time.Hour)
		fmt.Fprintf(&b, "%s,chat,%d\n", at.Format(time.RFC3339), 6+at.Hour()%7)
	}
	return b.String()
}

// mails is a mail server that takes everything.
type mails struct {
	address  string
	received chan string
	close    func()
}

func mailbox(t *testing.T) mails {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	received := make(chan string, 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			connection, err := listener.Accept()
			if err != nil {
				return // closed
			}
			take(connection, received)
		}
	}()
	return mails{listener.Addr().String(), received, func() {
		listener.Close()
		<-done
		close(received)
	}}
}

// take speaks the server's side of SMTP (RFC 5321) on one connection.
func take(connection net.Conn, received chan<- string) {
	defer connection.Close()
	text := textproto.NewConn(connection)
	say := func(line string) { _ = text.PrintfLine("%s", line) } // a client that has gone does not mind
	say("220 test ESMTP")
	for {
		line, err := text.ReadLine()
		if err != nil {
			return
		}
		switch verb, _, _ := strings.Cut(strings.ToUpper(line), " "); verb {
		case "EHLO", "HELO":
			say("250 test")
		case "DATA":
			say("354 go on")
			mail, err := io.ReadAll(text.DotReader())
			if err != nil {
				return
			}
			received <- string(mail)
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}
