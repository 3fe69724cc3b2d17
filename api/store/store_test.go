package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// suite runs every test of the store on a fresh database of each kind.
func suite(t *testing.T, test func(t *testing.T, st *store.Store)) {
	t.Parallel()
	for name, dsn := range map[string]func(*testing.T) string{store.SQLite: sqliteFile, store.PostgreSQL: postgresDatabase} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st, err := store.Open(t.Context(), dsn(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := st.Close(); err != nil {
					t.Error(err)
				}
			})
			test(t, st)
		})
	}
}

func sqliteFile(t *testing.T) string { return filepath.Join(t.TempDir(), "a name with % and ?.db") }

var databases atomic.Int64

// postgresDatabase makes a database of its own on the server that is named.
func postgresDatabase(t *testing.T) string {
	server := os.Getenv("SMENA_TEST_POSTGRES")
	if server == "" {
		t.Skip("SMENA_TEST_POSTGRES names no server")
	}
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("smena_%d_%d", os.Getpid(), databases.Add(1))
	if _, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
		db.Close()
	})
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	address.Path = "/" + name
	return address.String()
}

var now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func team(t *testing.T, st *store.Store, name string) roster.Team {
	t.Helper()
	whole, err := roster.Team{
		Name: name, Zone: calendars.MustZone("Europe/Sofia"),
		Queues:    []roster.Queue{{Name: "bg", ServiceLevel: roster.ServiceLevel{Share: 0.8, Within: calendars.Seconds(60)}, AHT: calendars.Seconds(300)}},
		Templates: []roster.Template{{Name: "day", Start: 9 * 60, End: 17 * 60}},
		Operators: []roster.Operator{operator("Ana"), operator("Боян")},
	}.Complete()
	if err != nil {
		t.Fatal(err)
	}
	whole, err = st.CreateTeam(t.Context(), whole)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

func operator(name string) roster.Operator {
	return roster.Operator{Name: name, Zone: calendars.MustZone("Asia/Manila"), Skills: []string{"bg"}, Email: "a@b.example",
		Contract: roster.Contract{Kind: "freelance", MaxWeek: calendars.Hours(30)}}
}

func same(t *testing.T, want, got any, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func is(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTeams(t *testing.T) {
	suite(t, func(t *testing.T, st *store.Store) {
		ctx := t.Context()
		a := team(t, st, "a")
		team(t, st, "b")
		got, version, err := st.Team(ctx, a.ID)
		same(t, a, got, err)
		_, err = st.CreateTeam(ctx, a)
		is(t, err, store.ErrExists)
		_, _, err = st.Team(ctx, 99)
		is(t, err, store.ErrNotFound)
		_, err = st.TeamByName(ctx, "c")
		is(t, err, store.ErrNotFound)

		retired := a.Operators[0]
		a.Operators = append(a.Operators[1:], operator("Vera"))
		version, err = st.SaveTeam(ctx, a, version)
		if err != nil {
			t.Fatal(err)
		}
		_, err = st.SaveTeam(ctx, a, version-1)
		is(t, err, store.ErrStale)
		a.Name = "b"
		_, err = st.SaveTeam(ctx, a, version)
		is(t, err, store.ErrExists)
		all, err := st.Teams(ctx)
		if err != nil || len(all) != 2 || all[0].Operators[0].Name != "Боян" || all[0].Operators[1].Name != "Vera" || len(all[0].Operators) != 2 {
			t.Errorf("%+v, %v", all, err)
		}
		still, _, err := st.Operator(ctx, retired.ID)
		same(t, retired, still, err)
	})
}

func TestHistory(t *testing.T) {
	suite(t, func(t *testing.T, st *store.Store) {
		ctx := t.Context()
		a := team(t, st, "a")
		one, aht := 1.5, calendars.Seconds(321.5)
		records := []forecast.Record{
			{Queue: "bg", Start: now, Offered: 3, Handled: &one, AHT: &aht},
			{Queue: "bg", Start: now.Add(time.Hour), Offered: 4.5},
			{Queue: "Ё", Start: now, Offered: 0},
		}
		saved, err := st.SaveHistory(ctx, a.ID, time.Hour, records)
		same(t, store.Saved{Added: 3}, saved, err)
		saved, err = st.SaveHistory(ctx, a.ID, time.Hour, records)
		same(t, store.Saved{Same: 3}, saved, err)
		records[1].Offered = 5
		saved, err = st.SaveHistory(ctx, a.ID, time.Hour, records[:2])
		same(t, store.Saved{Same: 1, Changed: 1}, saved, err)
		history, err := st.History(ctx, a.ID)
		forecast.Sort(records)
		same(t, forecast.History{Step: time.Hour, Records: records}, history, err)
		_, err = st.SaveHistory(ctx, a.ID, 15*time.Minute, records)
		is(t, err, store.ErrStep)
	})
}

// made stores a forecast, a demand and a draft of two weeks.
func made(t *testing.T, st *store.Store, whole roster.Team) (store.Forecast, store.Demand, store.Roster) {
	t.Helper()
	ctx := t.Context()
	first := calendars.Day{Year: 2026, Month: 3, Dom: 23}
	grid := whole.Horizon(first, 2)
	f := store.Forecast{Team: whole.ID, Origin: now, MadeAt: now, Model: "m", Inputs: "hash", Grid: grid, Queues: []store.QueueForecast{{
		Queue: "bg", HandlingTimes: []time.Duration{time.Minute, 2 * time.Minute}, BotShares: []float64{0.1, 0.2},
		Notes:    []roster.Text{{English: "note", Russian: "заметка", Bulgarian: "бележка"}},
		Accuracy: forecast.Accuracy{WAPE: 0.1}, Leads: []forecast.LeadAccuracy{{FromDay: 1, ToDay: 1, Accuracy: forecast.Accuracy{WAPE: 0.2}}},
		Forecast: forecast.Forecast{
			Grid: grid, Model: "m", Origin: now, Mean: []float64{1, 2}, Levels: []float64{0.5}, Quantiles: [][]float64{{1, 2}},
			Ordinary: []float64{1, 4}, Days: []forecast.DayNote{{Day: first, Effects: []forecast.DayEffect{{Name: "sale", Factor: 0.5}}}},
			Adjusted: []forecast.Adjustment{{Start: now, Was: 90, Taken: 9, Reason: "unusual day"}}, Together: forecast.Together{Horizon: 0.1, Day: 0.2},
		},
	}}}
	var err error
	if f.ID, err = st.SaveForecast(ctx, f); err != nil {
		t.Fatal(err)
	}
	grid.N = 2
	d := store.Demand{Team: whole.ID, Forecast: f.ID, MadeAt: now, Demand: roster.Demand{Grid: grid, Queues: []roster.QueueDemand{{Queue: "bg", Skill: "bg", Required: []int{1, 2}, Parts: []roster.Part{{Weight: 20, Operators: []int{1, 1}}, {Weight: 5, Operators: []int{0, 1}}}}}}}
	if d.ID, err = st.SaveDemand(ctx, d); err != nil {
		t.Fatal(err)
	}
	r, err := st.CreateRoster(ctx, store.Roster{Team: whole.ID, Demand: d.ID, First: first, Weeks: 2})
	if err != nil {
		t.Fatal(err)
	}
	return f, d, r
}

func TestForecastsAndDemands(t *testing.T) {
	suite(t, func(t *testing.T, st *store.Store) {
		ctx := t.Context()
		a := team(t, st, "a")
		f, d, r := made(t, st, a)
		gotF, err := st.Forecast(ctx, f.ID)
		same(t, f, gotF, err)
		gotD, err := st.Demand(ctx, d.ID)
		same(t, d, gotD, err)
		bad := d
		bad.Demand.Grid.N++
		if _, err := st.SaveDemand(ctx, bad); err == nil || !strings.Contains(err.Error(), "expected 3, one per interval") {
			t.Errorf("a demand of fewer numbers than intervals is stored: %v", err)
		}
		gotR, err := st.Roster(ctx, r.ID)
		same(t, r, gotR, err)
		forecasts, err := st.Forecasts(ctx, a.ID)
		f.Grid, f.Queues = calendars.Grid{}, nil
		same(t, []store.Forecast{f}, forecasts, err)
		demands, err := st.Demands(ctx, a.ID)
		d.Demand = roster.Demand{}
		same(t, []store.Demand{d}, demands, err)
		rosters, err := st.Rosters(ctx, a.ID)
		same(t, []store.Roster{r}, rosters, err)
		for _, err := range []error{second(st.Forecast(ctx, 9)), second(st.Demand(ctx, 9)), second(st.Roster(ctx, 9))} {
			is(t, err, store.ErrNotFound)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// assignments are so many days of an operator from 24 March.
func assignments(o roster.ID, n int) []roster.Assignment {
	var all []roster.Assignment
	for i := range n {
		start := time.Date(2026, 3, 24+i, 7, 0, 0, 0, time.UTC)
		all = append(all, roster.Assignment{ID: fmt.Sprint(o, "-", i), Operator: o, Template: "day", Shift: calendars.Interval{Start: start, End: start.Add(8 * time.Hour)}, Pinned: i == 0})
		if i > 0 {
			all[i].Breaks = []calendars.Interval{{Start: start.Add(2 * time.Hour), End: start.Add(150 * time.Minute)}, {Start: start.Add(5 * time.Hour), End: start.Add(315 * time.Minute)}}
		}
	}
	return all
}

func TestPublications(t *testing.T) {
	suite(t, func(t *testing.T, st *store.Store) {
		ctx := t.Context()
		a := team(t, st, "a")
		_, _, r := made(t, st, a)
		draft := append(assignments(a.Operators[0].ID, 3), assignments(a.Operators[1].ID, 1)...)
		roster.Sort(draft)
		version, err := st.SaveAssignments(ctx, r.ID, draft, r.Version)
		same(t, r.Version+1, version, err)
		_, err = st.SaveAssignments(ctx, r.ID, nil, r.Version)
		is(t, err, store.ErrStale)
		_, err = st.SaveAssignments(ctx, 99, nil, 1)
		is(t, err, store.ErrNotFound)
		got, err := st.Roster(ctx, r.ID)
		same(t, draft, got.Assignments, err)

		published := roster.Publish(nil, draft, func() string { panic("all have ids") }, now)
		changes := roster.Changes(nil, published)
		horizon := a.Horizon(r.First, r.Weeks).Span()
		number, err := st.SavePublication(ctx, r.ID, horizon, published, changes, now)
		same(t, 1, number, err)
		current, err := st.Published(ctx, r.ID)
		same(t, published, current, err)
		mine, err := st.PublishedFor(ctx, a.Operators[0].ID, draft[0].Shift.End, draft[0].Shift.End.AddDate(0, 0, 1))
		if err != nil || len(mine) != 1 || mine[0].Shift.Start.Day() != 25 {
			t.Errorf("%+v, %v: expected the shift of the 25th alone", mine, err)
		}
		all, err := st.PublishedOf(ctx, a.ID, now, now.AddDate(1, 0, 0))
		if err != nil || len(all) != 4 {
			t.Errorf("%d shifts, %v", len(all), err)
		}
		number, err = st.SavePublication(ctx, r.ID, horizon, published[:1], nil, now)
		same(t, 2, number, err)
		current, err = st.Published(ctx, r.ID)
		same(t, published[:1], current, err)

		first, err := st.Publication(ctx, r.ID, 1)
		same(t, store.Publication{Number: 1, MadeAt: now, Shifts: 4, Changes: changes}, first, err)
		both, err := st.Publications(ctx, r.ID)
		same(t, []store.Publication{{Number: 2, MadeAt: now, Shifts: 1, Changes: []roster.Change{}}, first}, both, err)
		is(t, second(st.Publication(ctx, r.ID, 3)), store.ErrNotFound)
		// One of before changes were kept.
		if _, err := st.DB().Exec("INSERT INTO publications (roster_id, number, made_at, body) VALUES (" + fmt.Sprint(r.ID) + ", 99, 0, '[]')"); err != nil {
			t.Fatal(err)
		}
		old, err := st.Publication(ctx, r.ID, 99)
		same(t, store.Publication{Number: 99, MadeAt: time.Unix(0, 0).UTC(), Changes: []roster.Change{}}, old, err)

		// Another roster of the same weeks takes their place.
		_, _, other := made(t, st, a)
		number, err = st.SavePublication(ctx, other.ID, horizon, published[1:2], nil, now)
		same(t, 1, number, err)
		current, err = st.PublishedIn(ctx, a.ID, horizon)
		same(t, published[1:2], current, err)
		for at, want := range map[time.Time][]string{horizon.Start: {published[1].ID}, horizon.End: nil} {
			elsewhere, err := st.PublishedElsewhere(ctx, r.ID, calendars.Interval{Start: horizon.Start, End: at})
			same(t, want, elsewhere, err)
		}
	})
}

// Two rosters of one week, published at once: the week is one of them, not both.
func TestPublishedAtOnce(t *testing.T) {
	suite(t, func(t *testing.T, st *store.Store) {
		ctx := t.Context()
		a := team(t, st, "a")
		var rosters [2]store.Roster
		for i := range rosters {
			_, d, r := made(t, st, a)
			shifts := assignments(a.Operators[i].ID, d.Demand.Grid.N)
			for t := range shifts {
				shifts[t].Shift, shifts[t].Breaks = d.Demand.Grid.Interval(t), nil
			}
			rosters[i] = r
			if _, err := st.SaveAssignments(ctx, r.ID, shifts, r.Version); err != nil {
				t.Fatal(err)
			}
		}
		for range 10 {
			var both sync.WaitGroup
			for _, r := range rosters {
				both.Go(func() {
					if _, err := api.Publish(ctx, st, r.ID, now); err != nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
			week, err := st.PublishedOf(ctx, a.ID, now, now.AddDate(0, 1, 0))
			if err != nil || len(week) != 2 || slices.ContainsFunc(week, func(p roster.Published) bool { return p.Operator != week[0].Operator }) {
				t.Fatalf("%+v, %v: expected the two shifts of one roster", week, err)
			}
		}
	})
}

func TestFeedsAndTokens(t *testing.T) {
	suite(t, func(t *testing.T, st *store.Store) {
		ctx := t.Context()
		a := team(t, st, "a")
		feed, err := st.CreateFeed(ctx, a.Operators[1].ID, []byte("hash"), "phone", now)
		if err != nil {
			t.Fatal(err)
		}
		if err := st.TouchFeed(ctx, feed.ID, now); err != nil {
			t.Fatal(err)
		}
		feed.Fetches, feed.LastFetched = 1, &now
		got, err := st.FeedByHash(ctx, []byte("hash"))
		same(t, feed, got, err)
		if err := st.RevokeFeed(ctx, feed.ID); err != nil {
			t.Fatal(err)
		}
		for _, hash := range []string{"hash", "other"} {
			is(t, second(st.FeedByHash(ctx, []byte(hash))), store.ErrNotFound)
		}
		is(t, st.RevokeFeed(ctx, 99), store.ErrNotFound)
		feed.Revoked = true
		feeds, err := st.Feeds(ctx, a.Operators[1].ID)
		same(t, []store.Feed{feed}, feeds, err)

		for _, hash := range []string{"one", "two"} {
			if err := st.SaveToken(ctx, []byte(hash), "admin", now); err != nil {
				t.Fatal(err)
			}
		}
		known, err := st.TokenKnown(ctx, []byte("two"))
		same(t, true, known, err)
		known, err = st.TokenKnown(ctx, []byte("one"))
		same(t, false, known, err)
	})
}

func TestReminders(t *testing.T) {
	suite(t, func(t *testing.T, st *store.Store) {
		ctx := t.Context()
		a := team(t, st, "a")
		_, _, r := made(t, st, a)
		published := roster.Publish(nil, assignments(a.Operators[0].ID, 3), nil, now)
		wanted := roster.Reminders(published, []time.Duration{time.Hour})
		plan := func(reminders []roster.Reminder) {
			t.Helper()
			if err := st.PlanReminders(ctx, r.ID, reminders, now); err != nil {
				t.Fatal(err)
			}
		}
		claim := func(at time.Time) []store.DueReminder {
			t.Helper()
			due, err := st.ClaimReminders(ctx, at, time.Minute, 10)
			if err != nil {
				t.Fatal(err)
			}
			return due
		}
		plan(wanted)
		due := wanted[0].Due
		if got := claim(due.Add(-time.Second)); len(got) != 0 {
			t.Errorf("claimed a second early: %v", got)
		}
		got := claim(due)
		if len(got) != 1 {
			t.Fatalf("%d are due", len(got))
		}
		same(t, wanted[0], got[0].Reminder, nil)
		if again := claim(due.Add(time.Second)); len(again) != 0 {
			t.Errorf("claimed twice: %v", again)
		}
		if again := claim(due.Add(time.Minute)); len(again) != 1 || again[0].Attempts != 2 {
			t.Errorf("after the lease: %v", again)
		}
		if err := st.FinishReminder(ctx, got[0].ID, store.Sent, due, ""); err != nil {
			t.Fatal(err)
		}
		plan(wanted[:2]) // published again: what is sent stays sent, the third is not wanted
		if again := claim(due.Add(2 * time.Minute)); len(again) != 0 {
			t.Errorf("sent twice: %v", again)
		}
		if late := claim(wanted[1].Expires); len(late) != 0 {
			t.Errorf("claimed when the shift had begun: %v", late)
		}
		plan(wanted) // and the third is wanted again
		if third := claim(wanted[2].Due); len(third) != 1 || third[0].Key != wanted[2].Key {
			t.Errorf("the third: %v", third)
		}
		is(t, st.FinishReminder(ctx, 99, store.Sent, due, ""), store.ErrNotFound)
	})
}

// Several at once share the work: each reminder goes to one of them.
func TestClaimsAreShared(t *testing.T) {
	suite(t, func(t *testing.T, st *store.Store) {
		a := team(t, st, "a")
		_, _, r := made(t, st, a)
		published := roster.Publish(nil, assignments(a.Operators[0].ID, 50), nil, now)
		if err := st.PlanReminders(t.Context(), r.ID, roster.Reminders(published, []time.Duration{time.Minute}), now); err != nil {
			t.Fatal(err)
		}
		at := published[0].Shift.Start.Add(-time.Second)
		var mutex sync.Mutex
		claimed := map[string]int{}
		var workers sync.WaitGroup
		for range 4 {
			workers.Go(func() {
				for day := range 50 {
					got, err := st.ClaimReminders(context.Background(), at.AddDate(0, 0, day), 100*365*24*time.Hour, 1)
					if err != nil {
						t.Error(err)
					}
					mutex.Lock()
					for _, one := range got {
						claimed[one.Key]++
					}
					mutex.Unlock()
				}
			})
		}
		workers.Wait()
		for key, n := range claimed {
			if n != 1 {
				t.Errorf("%s was claimed %d times", key, n)
			}
		}
		if len(claimed) == 0 {
			t.Error("nothing was claimed")
		}
	})
}

func TestTransactionsRollBack(t *testing.T) {
	suite(t, func(t *testing.T, st *store.Store) {
		ctx := t.Context()
		stop := errors.New("stop")
		err := st.InTx(ctx, func(q store.Queries) error {
			if _, err := q.CreateTeam(ctx, roster.Team{Name: "gone", Zone: calendars.MustZone("Europe/Sofia")}); err != nil {
				return err
			}
			return stop
		})
		is(t, err, stop)
		is(t, second(st.TeamByName(ctx, "gone")), store.ErrNotFound)
	})
}

// A lock that a crashed migration of bun left behind, and a second process,
// keep nobody out.
func TestOpenAgain(t *testing.T) {
	suite(t, func(t *testing.T, st *store.Store) {
		if _, err := st.DB().Exec("INSERT INTO bun_migration_locks (table_name) VALUES ('bun_migrations')"); err != nil {
			t.Fatal(err)
		}
		a := team(t, st, "a")
		if st.Dialect() == store.PostgreSQL {
			return // its address is not known here
		}
		var path string
		if err := st.DB().QueryRow("SELECT file FROM pragma_database_list").Scan(&path); err != nil {
			t.Fatal(err)
		}
		again, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		defer again.Close()
		got, _, err := again.Team(t.Context(), a.ID)
		same(t, a, got, err)
		first, err := st.Installation(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		id, err := again.Installation(t.Context())
		same(t, first, id, err)
	})
}

// A process killed while it opens and writes leaves a database that opens.
func TestKilled(t *testing.T) {
	if path := os.Getenv("SMENA_TEST_KILLED"); path != "" {
		st, err := store.Open(context.Background(), path)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; ; i++ {
			fmt.Println("open")
			if _, err := st.CreateTeam(context.Background(), roster.Team{Name: fmt.Sprint(os.Getpid(), i), Zone: calendars.MustZone("Europe/Sofia")}); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Parallel()
	path := sqliteFile(t)
	for round := range 5 {
		child := exec.Command(os.Args[0], "-test.run=^TestKilled$")
		child.Env = append(os.Environ(), "SMENA_TEST_KILLED="+path)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		if round > 0 { // the first is killed while it migrates
			if _, err := out.Read(make([]byte, 5*round)); err != nil {
				t.Fatal(err)
			}
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait() // killed: that is the point
		st, err := store.Open(t.Context(), path)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if _, err := st.Teams(t.Context()); err != nil {
			t.Errorf("round %d: %v", round, err)
		}
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	}
}
