package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

// daily is a chat a day of a queue from one day of 2026 to before another.
func daily(queue string, from, to int) (all []forecast.Record) {
	for day := from; day < to; day++ {
		all = append(all, forecast.Record{Queue: queue, Start: time.Date(2026, 1, 1+day, 9, 0, 0, 0, time.UTC), Offered: 1})
	}
	return all
}

// What of the history of streams counts otherwise than one may think is told: from
// which lengths on, and in which language.
func TestNoteStreams(t *testing.T) {
	t.Parallel()
	const begun, ended, beside = "have all of its streams", "taken for ended", "chats of its own name"
	for name, c := range map[string]struct {
		rows [][]forecast.Record
		want []string
	}{
		"all is there":                    {[][]forecast.Record{daily("bg", 0, 120), daily("en", 0, 120)}, nil},
		"56 days are left out, 64 remain": {[][]forecast.Record{daily("bg", 0, 120), daily("en", 56, 120)}, nil},
		"57 days":                         {[][]forecast.Record{daily("bg", 0, 120), daily("en", 57, 120)}, []string{begun, "57 days before", "from 2026-02-27 on"}},
		"as many as remain":               {[][]forecast.Record{daily("bg", 80, 120), daily("en", 100, 120)}, nil},
		"more than remain":                {[][]forecast.Record{daily("bg", 79, 120), daily("en", 100, 120)}, []string{begun, "21 days before"}},
		"28 days of silence":              {[][]forecast.Record{daily("bg", 0, 120), daily("en", 0, 92)}, nil},
		"29 days":                         {[][]forecast.Record{daily("bg", 0, 120), daily("en", 0, 91)}, []string{ended, `stream "en" has no chats after 2026-04-01`}},
		"what came later tells nothing":   {[][]forecast.Record{daily("bg", 0, 150), daily("en", 0, 92)}, nil},
		"its own before the streams":      {[][]forecast.Record{daily("front", 0, 60), daily("bg", 60, 120), daily("en", 60, 120)}, nil},
		"its own beside them":             {[][]forecast.Record{daily("front", 0, 62), daily("bg", 60, 120), daily("en", 60, 120)}, []string{beside, "from 2026-03-02 on the history has 2 chats"}},
		"another queue":                   {[][]forecast.Record{daily("mail", 0, 120), daily("bg", 0, 120), daily("en", 0, 120)}, nil},
	} {
		p := noteTeam()
		var history forecast.History
		for _, rows := range c.rows {
			history.Records = append(history.Records, rows...)
		}
		var out strings.Builder
		p.noteStreams(teller{&out, english}, history)
		if notes := strings.Count(out.String(), "smena: note: queue"); notes != min(1, len(c.want)) {
			t.Errorf("%s: %d notes\n%s", name, notes, out.String())
		}
		for _, want := range c.want {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: expected %q in %s", name, want, out.String())
			}
		}
	}
	history := forecast.History{Records: append(append(daily("front", 60, 62), daily("bg", 0, 119)...), daily("en", 60, 90)...)}
	for language, want := range map[string]string{
		"ru": "smena: note: очередь «front»: история всех её потоков есть лишь с 2026-03-02; то, что известно о некоторых за 60 дн. до этого, не учтено\n" +
			"smena: note: очередь «front»: в потоке «en» после 2026-03-31 нет чатов, он считается закончившимся: не пропущена ли часть истории?\n" +
			"smena: note: очередь «front»: с 2026-03-02 в истории есть чаты под её именем (2) наряду с чатами потоков, и они складываются; не итог ли это по потокам?\n",
		"bg": "smena: note: опашката „front“: история на всичките ѝ потоци има едва от 2026-03-02; известното само за някои преди това не се отчита (дни: 60)\n" +
			"smena: note: опашката „front“: в потока „en“ няма чатове след 2026-03-31 и той се смята за приключил; да не би част от историята да липсва?\n" +
			"smena: note: опашката „front“: от 2026-03-02 историята има чатове с нейното име (2) наред с тези на потоците ѝ и те се събират; да не би да са сборът на потоците?\n",
	} {
		var out strings.Builder
		noteTeam().noteStreams(teller{&out, language}, history)
		if diff := cmp.Diff(want, out.String()); diff != "" {
			t.Errorf("%s: %s", language, diff)
		}
	}
}

// noteTeam is a plan for days from the 120th of 2026 on, of a queue of two streams and
// one of none.
func noteTeam() *plan {
	utc := calendars.MustZone("UTC")
	return &plan{
		horizon: calendars.Grid{Start: time.Date(2026, 1, 121, 0, 0, 0, 0, time.UTC), Step: time.Hour, N: 168},
		team:    roster.Team{Zone: utc, Queues: []roster.Queue{{Name: "front", Blends: []string{"bg", "en"}, Zone: utc}, {Name: "mail", Zone: utc}}},
	}
}
