package api_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

// A forecast says of a stream that has no chats lately that it is taken for ended, as
// `smena plan` does, and says nothing of other queues.
func TestBlendNotes(t *testing.T) {
	t.Parallel()
	h, st, _ := edge(t)
	level := roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}
	team, err := api.CreateTeam(t.Context(), st, roster.Team{Name: "Test", Zone: calendars.MustZone("UTC"), Queues: []roster.Queue{
		{Name: "front", Blends: []string{"bg", "en"}, ServiceLevel: level, AHT: calendars.Seconds(300)},
		{Name: "mail", ServiceLevel: level, AHT: calendars.Seconds(300)},
	}})
	if err != nil {
		t.Fatal(err)
	}
	first := calendars.Day{Year: 2026, Month: 3, Dom: 1}
	var rows strings.Builder
	rows.WriteString("timestamp,queue,offered\n")
	for day := range 60 {
		for hour := range 24 {
			at := first.Start(team.Zone).Add(time.Duration(24*(day-60)+hour) * time.Hour).Format(time.RFC3339)
			fmt.Fprintf(&rows, "%s,bg,3\n%s,mail,1\n", at, at)
			if day < 20 {
				fmt.Fprintf(&rows, "%s,en,4\n", at)
			}
		}
	}
	if _, err := api.ImportHistory(t.Context(), st, team.ID, strings.NewReader(rows.String()), forecast.ReadOptions{}, false); err != nil {
		t.Fatal(err)
	}
	made, err := api.MakeForecast(t.Context(), st, team.ID, first, 1, noon)
	if err != nil {
		t.Fatal(err)
	}
	token, err := api.NewToken(t.Context(), st, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	w := ask(h, http.MethodGet, fmt.Sprintf("/api/v1/forecasts/%d", made.ID), "Authorization", "Bearer "+token)
	var got struct {
		Queues []struct{ Notes []roster.Text }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || len(got.Queues) != 2 {
		t.Fatalf("%v\n%s", err, w.Body)
	}
	want := []roster.Text{{
		English:   `queue "front": its stream "en" has no chats after 2026-01-19, and is taken for ended: is some of the history left out?`,
		Russian:   "очередь «front»: в потоке «en» после 2026-01-19 нет чатов, он считается закончившимся: не пропущена ли часть истории?",
		Bulgarian: "опашката „front“: в потока „en“ няма чатове след 2026-01-19 и той се смята за приключил; да не би част от историята да липсва?",
	}}
	if diff := cmp.Diff(want, got.Queues[0].Notes); diff != "" {
		t.Error(diff)
	}
	if notes := got.Queues[1].Notes; notes == nil || len(notes) > 0 {
		t.Errorf("mail: %v", notes)
	}
}

// A stream that begins too late for the forecast, and one that is counted in other
// intervals, are named.
func TestBlendRefuses(t *testing.T) {
	t.Parallel()
	_, st, _ := edge(t)
	rows := func(queue string, first time.Time, step time.Duration, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "%s,%s,3\n", first.Add(time.Duration(i)*step).Format(time.RFC3339), queue)
		}
		return b.String()
	}
	from := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct{ en, want string }{
		"late":   {rows("en", from, time.Hour, 24), `whose stream "en" begins at 2026-03-01T00:00:00Z: `},
		"uneven": {rows("en", from.AddDate(0, 0, -27).Add(time.Minute*30), time.Hour, 600), `stream "en" of queue "front": it is counted in other intervals`},
	} {
		team, err := api.CreateTeam(t.Context(), st, roster.Team{Name: name, Zone: calendars.MustZone("UTC"), Queues: []roster.Queue{{
			Name: "front", Blends: []string{"bg", "en"}, ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300),
		}}})
		if err != nil {
			t.Fatal(err)
		}
		file := "timestamp,queue,offered\n" + rows("bg", from.AddDate(0, 0, -28), time.Hour, 29*24) + c.en
		if _, err := api.ImportHistory(t.Context(), st, team.ID, strings.NewReader(file), forecast.ReadOptions{}, false); err != nil {
			t.Fatal(err)
		}
		if _, err := api.MakeForecast(t.Context(), st, team.ID, calendars.Day{Year: 2026, Month: 3, Dom: 1}, 1, noon); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
