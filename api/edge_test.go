package api_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// edge is a server over a fresh database, and what it logs.
func edge(t *testing.T) (http.Handler, *store.Store, *bytes.Buffer) {
	t.Helper()
	st, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "smena.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	var log bytes.Buffer
	return handlerOf(st, &log), st, &log
}

// handlerOf serves the store on a clock that stands still.
func handlerOf(st *store.Store, log io.Writer) http.Handler {
	return api.New(st, api.Options{Now: func() time.Time { return noon }, Log: slog.New(slog.NewJSONHandler(log, nil)), BaseURL: "https://smena.example"})
}

func ask(h http.Handler, method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestGuardAndProblems(t *testing.T) {
	t.Parallel()
	h, st, _ := edge(t)
	token, err := api.NewToken(t.Context(), st, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, method, path, authorization string
		want                              int
	}{
		{"no token", "GET", "/api/v1/teams", "", 401},
		{"wrong token", "GET", "/api/v1/teams", "Bearer x", 401},
		{"token without scheme", "GET", "/api/v1/teams", token, 401},
		{"token", "GET", "/api/v1/teams", "Bearer " + token, 200},
		{"unknown path", "GET", "/api/v1/nothing", "Bearer " + token, 404},
		{"unknown method", "PATCH", "/api/v1/teams", "Bearer " + token, 405},
		{"description is open", "GET", "/openapi.json", "", 200},
		{"health is open", "GET", "/healthz", "", 204},
		{"unknown feed", "GET", "/f/unknown.ics", "", 404},
	}
	for _, c := range cases {
		got := ask(h, c.method, c.path, "Authorization", c.authorization)
		if got.Code != c.want {
			t.Errorf("%s: status %d, want %d", c.name, got.Code, c.want)
		}
		if c.want >= 400 && (got.Header().Get("Content-Type") != "application/problem+json" || !json.Valid(got.Body.Bytes())) {
			t.Errorf("%s: not a problem: %s", c.name, got.Body)
		}
	}
}

func TestFeedOverHTTP(t *testing.T) {
	t.Parallel()
	h, st, log := edge(t)
	team, err := st.CreateTeam(t.Context(), roster.Team{Name: "Lastochka", Zone: calendars.MustZone("Europe/Sofia"),
		Operators: []roster.Operator{{Name: "Ana", Zone: calendars.MustZone("Asia/Manila")}}})
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := api.NewFeed(t.Context(), st, team.Operators[0].ID, "phone", noon)
	if err != nil {
		t.Fatal(err)
	}
	path := "/f/" + token + ".ics"
	first := ask(h, "GET", path, "Authorization", "Bearer of something else")
	tag := first.Header().Get("ETag")
	if first.Code != 200 || !strings.Contains(first.Body.String(), "BEGIN:VTIMEZONE") {
		t.Fatalf("empty operator: %d %s", first.Code, first.Body)
	}
	for _, match := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
		if again := ask(h, "GET", path, "If-None-Match", match); again.Code != 304 || again.Header().Get("ETag") != tag {
			t.Errorf("If-None-Match %s: %d", match, again.Code)
		}
	}
	if zip := ask(h, "GET", path, "Accept-Encoding", "gzip"); zip.Header().Get("ETag") == tag || zip.Header().Get("Vary") != "Accept-Encoding" {
		t.Error("gzip needs a tag of its own, and Vary")
	}
	if plain := ask(h, "GET", path+"?gz=0", "Accept-Encoding", "gzip"); plain.Header().Get("Content-Encoding") != "" {
		t.Error("gz=0 still zips")
	}
	ask(h, "GET", "/"+path) // a doubled slash is a typing error, not a way into the log
	if strings.Contains(log.String(), token) {
		t.Error("the feed's secret is in the log")
	}
}
