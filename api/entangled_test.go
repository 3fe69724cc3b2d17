package api_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// More queues that share an operator than the solver counts are a fault of the team, and
// each operation that solves says so.
func TestEntangled(t *testing.T) {
	t.Parallel()
	h, st, _ := edge(t)
	ctx := t.Context()
	team := roster.Team{
		Name: "Lastochka", Zone: calendars.MustZone("UTC"), Templates: []roster.Template{{Name: "day", Start: 9 * 60, End: 17 * 60}},
		Operators: []roster.Operator{{Name: "Ana", Zone: calendars.MustZone("UTC"), Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(40)}}},
	}
	for i := range 13 {
		name := fmt.Sprint("q", i)
		team.Queues = append(team.Queues, roster.Queue{Name: name, ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)})
		team.Operators[0].Skills = append(team.Operators[0].Skills, name)
	}
	team, err := api.CreateTeam(ctx, st, team)
	if err != nil {
		t.Fatal(err)
	}
	first := calendars.Day{Year: 2026, Month: 3, Dom: 9}
	demand := roster.Demand{Grid: team.Horizon(first, 1)}
	for _, q := range team.Queues {
		required := make([]int, demand.Grid.N)
		required[10] = 1
		demand.Queues = append(demand.Queues, roster.QueueDemand{Queue: q.Name, Skill: q.Name, Required: required})
	}
	forecast, err := st.SaveForecast(ctx, store.Forecast{Team: team.ID, Origin: noon, MadeAt: noon, Grid: demand.Grid})
	if err != nil {
		t.Fatal(err)
	}
	id, err := st.SaveDemand(ctx, store.Demand{Team: team.ID, Forecast: forecast, MadeAt: noon, Demand: demand})
	if err != nil {
		t.Fatal(err)
	}
	draft, err := api.CreateRoster(ctx, st, id)
	if err != nil {
		t.Fatal(err)
	}
	token, err := api.NewToken(ctx, st, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	for path, method := range map[string]string{"solve": "POST", "repairs": "POST", "explanation": "GET"} {
		r := httptest.NewRequest(method, fmt.Sprintf("/api/v1/rosters/%d/%s", draft.ID, path), strings.NewReader(`{"iterations":1}`))
		r.Header.Set("Authorization", "Bearer "+token)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("If-Match", `"1"`)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 422 || !strings.Contains(w.Body.String(), "too many queues share operators: 13: expected at most 12") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}
