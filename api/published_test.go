package api_test

import (
	"slices"
	"testing"

	"github.com/smena-wfm/smena/api"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Of two weeks the first was published: a shift more is a change there, on its last day
// too, and none in the second.
func TestWeekOfTwoIsPublished(t *testing.T) {
	t.Parallel()
	st, draft, _ := published(t)
	ctx := t.Context()
	made, err := api.MakeForecast(ctx, st, draft.Team, draft.First, 2, noon)
	if err != nil {
		t.Fatal(err)
	}
	demand, err := api.MakeDemand(ctx, st, made.ID, noon)
	if err != nil {
		t.Fatal(err)
	}
	both, err := api.CreateRoster(ctx, st, demand.ID)
	if err != nil {
		t.Fatal(err)
	}
	shift := func(day int) roster.Edit {
		return roster.Edit{Kind: roster.Assign, Operator: draft.Assignments[0].Operator, Template: "day", Day: calendars.Day{Year: 2026, Month: 3, Dom: day}}
	}
	both = edited(t, st, both, shift(10)) // as published
	for day, want := range map[int]int{9: 2, 15: 2, 16: 0, 22: 0} {
		_, effect, err := api.EditRoster(ctx, st, both.ID, shift(day), both.Version, true, noon)
		if err != nil {
			t.Fatal(err)
		}
		if len(effect.Changes) != want {
			t.Errorf("on the %dth: %+v", day, effect.Changes)
		}
	}
}

// What is published of the week after counts: six days up to its first are one too many.
func TestWeekAfterIsPublished(t *testing.T) {
	t.Parallel()
	st, draft, _ := published(t)
	ctx := t.Context()
	made, err := api.MakeForecast(ctx, st, draft.Team, draft.First.AddDays(7), 1, noon)
	if err != nil {
		t.Fatal(err)
	}
	demand, err := api.MakeDemand(ctx, st, made.ID, noon)
	if err != nil {
		t.Fatal(err)
	}
	after, err := api.CreateRoster(ctx, st, demand.ID)
	if err != nil {
		t.Fatal(err)
	}
	shift := func(day int) roster.Edit {
		return roster.Edit{Kind: roster.Assign, Operator: draft.Assignments[0].Operator, Template: "day", Day: calendars.Day{Year: 2026, Month: 3, Dom: day}}
	}
	for day := 11; day <= 14; day++ {
		draft = edited(t, st, draft, shift(day))
	}
	sixth := func() bool {
		_, effect, err := api.EditRoster(ctx, st, draft.ID, shift(15), draft.Version, true, noon)
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(effect.Breaks, func(b roster.Breach) bool { return b.Rule == roster.RuleRun })
	}
	if sixth() {
		t.Error("six days are too many, though nothing follows")
	}
	publish(t, st, edited(t, st, after, shift(16)), noon)
	if !sixth() {
		t.Error("six days and the one published after them break no rule")
	}
}
