package api_test

import (
	"encoding/json"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"

	"github.com/smena-wfm/smena/api"
)

// The independent checker fetches a feed as calendar clients do. It has
// nothing to say but that the test does not encrypt.
func TestFeedAgainstChecker(t *testing.T) {
	t.Parallel()
	const checker = "../../shared/tools/feed_check.py"
	if _, err := os.Stat(checker); err != nil {
		t.Skip("the independent feed checker is not on this machine")
	}
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("python3 is not on this machine")
	}
	st, draft, _ := published(t)
	server := httptest.NewServer(handlerOf(st, io.Discard))
	t.Cleanup(server.Close)
	secret, _, err := api.NewFeed(t.Context(), st, draft.Assignments[0].Operator, "phone", noon)
	if err != nil {
		t.Fatal(err)
	}
	out, _ := exec.Command("python3", checker, "--json", "--probe-token", "--min-events", "1", server.URL+"/f/"+secret+".ics").Output()
	var said struct {
		Events   int
		Findings []struct{ Severity, Code, Message string }
	}
	if err := json.Unmarshal(out, &said); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, f := range said.Findings {
		if f.Severity != "I" && f.Code != "url.https" {
			t.Errorf("%s %s: %s", f.Severity, f.Code, f.Message)
		}
	}
	if said.Events != 1 {
		t.Errorf("%d events", said.Events)
	}
}
