package api_test

import (
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/smena-wfm/smena/api"
)

// What is wrong with a request is named; no address comes back with it, and
// nothing that a client sends is our fault.
func TestBadRequests(t *testing.T) {
	t.Parallel()
	h, st, log := edge(t)
	token, err := api.NewToken(t.Context(), st, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../cmd/smena/lastochka.json")
	if err != nil {
		t.Fatal(err)
	}
	team := func(old, new string) string { return strings.Replace(string(text), old, new, 1) }
	cases := []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"POST", "/teams", team(`"Europe/Sofia"`, `"Mars/Base"`), 422, `unknown zone \"Mars/Base\"`},
		{"POST", "/teams", team(`"end": "15:00"`, `"end": "07:00"`), 422, "a shift of 0 hours is not possible"},
		{"POST", "/teams", team(`"shrinkage": 0.1`, `"shrinkage": 1.5`), 422, "body.queues[0].shrinkage"},
		{"POST", "/teams", team(`"zone"`, `"planet": 3, "zone"`), 422, "body.planet"},
		{"POST", "/teams", "{", 400, "unexpected end of JSON"},
		{"POST", "/teams", team("", ""), 201, "Lastochka"},
		{"POST", "/teams", team("", ""), 409, "exists already"},
		{"POST", "/teams/1/forecasts", `{"first":"2026-03-02","weeks":4}`, 409, "no history"},
		{"POST", "/teams/1/history", "timestamp,queue,offered\n2026-03-01T10:00:00Z,ru,3\n", 200, `"added":1`},
		{"POST", "/teams/1/forecasts", `{"first":"9026-03-09","weeks":1}`, 422, "the first day, 9026-03-09, is 2556705 days after the history ends on 2026-03-01: expected a day up to 2028-03-02"},
		{"POST", "/teams/1/forecasts", `{"first":"2028-03-03","weeks":1}`, 422, "the first day, 2028-03-03"},
		{"POST", "/teams/1/forecasts", `{"first":"0001-01-01","weeks":1}`, 409, "no history"},
		{"POST", "/teams/1/forecasts", `{"first":"soon","weeks":4}`, 422, `\"soon\" is not a date`},
		{"POST", "/teams/1/forecasts", `{"first":"2026-03-02","weeks":99}`, 422, "body.weeks"},
		{"POST", "/teams/9/forecasts", `{"first":"2026-03-02","weeks":4}`, 404, "team 9"},
		{"GET", "/teams/9/forecasts", "", 404, "team 9"},
		{"GET", "/teams/9/demands", "", 404, "team 9"},
		{"GET", "/teams/9/rosters", "", 404, "team 9"},
		{"POST", "/teams/1/demands", `{"forecast":7}`, 404, "forecast 7"},
		{"POST", "/teams/1/rosters", `{"demand":7}`, 404, "demand 7"},
		{"GET", "/rosters/abc", "", 422, "path.roster"},
		{"GET", "/rosters/7", "", 404, "roster 7"},
		{"POST", "/rosters/7/publications", "", 404, "roster 7"},
		{"POST", "/operators/99/feeds", `{"name":"x"}`, 404, "operator 99"},
		{"DELETE", "/feeds/99", "", 404, "feed 99"},
		{"DELETE", "/teams/1/operators/1", "", 204, ""},
		{"GET", "/teams/1/operators/1", "", 404, "operator 1"},
		{"PUT", "/teams/1", team("", ""), 428, "If-Match"},
	}
	for _, c := range cases {
		r := httptest.NewRequest(c.method, "/api/v1"+c.path, strings.NewReader(c.body))
		r.Header.Set("Content-Type", "application/json")
		if strings.HasPrefix(c.body, "timestamp,") {
			r.Header.Set("Content-Type", "text/csv")
		}
		r.Header.Set("Authorization", "Bearer "+token)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%s %s: %d, want %d and %q\n%.500s", c.method, c.path, w.Code, c.status, c.want, w.Body)
		}
		if c.status >= 400 && strings.Contains(w.Body.String(), "@lastochka.example") {
			t.Errorf("%s %s: a problem sends addresses back", c.method, c.path)
		}
	}
	if strings.Contains(log.String(), `"level":"ERROR"`) || strings.Contains(log.String(), "@lastochka.example") {
		t.Errorf("the log: %s", log.String())
	}
}
