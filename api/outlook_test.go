package api_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

func TestOutlook(t *testing.T) {
	t.Parallel()
	effect := 0.6
	from, to := time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC), time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)
	q := roster.Queue{Name: "ru", Zone: calendars.MustZone("Europe/Moscow"), Country: "ru", Events: []roster.Event{{Name: "sale", Start: from, End: to, Effect: &effect}}}
	o, err := api.Outlook(q, from, to)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[calendars.Day]forecast.DayKind{}
	for _, h := range o.Holidays {
		kinds[h.Day] = h.Kind
	}
	for day, want := range map[calendars.Day]forecast.DayKind{
		{Year: 2024, Month: 5, Dom: 9}: forecast.HolidayKind, {Year: 2024, Month: 4, Dom: 27}: forecast.WorkingKind, {Year: 2024, Month: 4, Dom: 24}: "",
	} {
		if kinds[day] != want {
			t.Errorf("%s is %q, want %q", day, kinds[day], want)
		}
	}
	if o.Open != nil || len(o.Events) != 1 || *o.Events[0].Effect != effect {
		t.Errorf("%+v", o)
	}

	q.Country = "XX"
	if _, err := api.Outlook(q, from, to); !errors.Is(err, api.ErrInput) || !strings.Contains(err.Error(), `"XX"`) {
		t.Errorf("%v", err)
	}
	if got := api.HolidaysUnknown("RU", calendars.Day{Year: 2027, Month: 1, Dom: 5}); !strings.Contains(got.English, "until 2026-12-31") || !strings.Contains(got.Russian, "RU известны до 2026-12-31") {
		t.Error(got)
	}
	if got := api.HolidaysUnknown("RU", calendars.Day{Year: 2026, Month: 12, Dom: 31}); got != (roster.Text{}) {
		t.Error(got)
	}
}
