package api_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// Streams are stored apart and forecast as the queue that blends them, single
// chats tell of the queue, and nothing else of the team is called like a stream.
func TestBlend(t *testing.T) {
	t.Parallel()
	h, st, _ := edge(t)
	team, err := api.CreateTeam(t.Context(), st, roster.Team{Name: "Test", Zone: calendars.MustZone("UTC"), Queues: []roster.Queue{{
		Name: "front", Blends: []string{"bg", "en"}, ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300),
	}}})
	if err != nil {
		t.Fatal(err)
	}
	take := func(rows string) (api.Imported, error) {
		return api.ImportHistory(t.Context(), st, team.ID, strings.NewReader(rows), forecast.ReadOptions{ChatInterval: time.Hour}, strings.HasPrefix(rows, "started"))
	}
	var rows strings.Builder
	rows.WriteString("timestamp,queue,offered\n")
	for i := range 4 * 168 {
		at := noon.AddDate(0, 0, -28).Add(time.Duration(i-12) * time.Hour).Format(time.RFC3339)
		fmt.Fprintf(&rows, "%s,bg,3\n%s,en,4\n", at, at)
	}
	if imported, err := take(rows.String()); err != nil || imported.Saved.Added != 2*4*168 {
		t.Fatalf("%+v, %v", imported.Saved, err)
	}
	if _, err := take("timestamp,queue,offered\n2026-03-02T09:00:00Z,ru,1\n"); !errors.Is(err, api.ErrInput) || !strings.Contains(err.Error(), `a queue "ru": expected one of front, bg, en`) {
		t.Errorf("%v", err)
	}
	chats, err := take("started_at,queue,handle_seconds,operator\n2026-03-02T09:00:00Z,bg,60,Ana\n2026-03-02T09:05:00Z,en,120,Ana\n")
	if one := chats.Calibration; err != nil || len(one) != 1 || one[0].Queue != "front" || one[0].Chats != 2 {
		t.Errorf("%+v, %v", one, err)
	}
	made, err := api.MakeForecast(t.Context(), st, team.ID, calendars.Day{Year: 2026, Month: 3, Dom: 1}, 1, noon)
	if err != nil || len(made.Queues) != 1 || made.Queues[0].Queue != "front" || made.Queues[0].Forecast.Mean[0] != 7 {
		t.Errorf("%+v, %v", made.Queues, err)
	}
	token, err := api.NewToken(t.Context(), st, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]struct {
		status int
		text   string
	}{
		"/history":                               {200, `{"queue":"bg","first":"2026-02-01T00:00:00Z","last":"2026-02-28T23:00:00Z","records":672,"offered":2016},{"queue":"en"`},
		"/requirements?arrivals=40&queue=front":  {200, `"queue":"front"`},
		"/requirements?arrivals=40&queue=bg":     {422, `\"bg\" is a stream that queue \"front\" blends: expected the queue`},
		"/requirements?arrivals=40&queue=nobody": {404, "not found"},
	} {
		w := ask(h, http.MethodGet, fmt.Sprintf("/api/v1/teams/%d%s", team.ID, path), "Authorization", "Bearer "+token)
		if w.Code != want.status || !strings.Contains(w.Body.String(), want.text) {
			t.Errorf("%s: %d, want %d and %s\n%s", path, w.Code, want.status, want.text, w.Body)
		}
	}
}
