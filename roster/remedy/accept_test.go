package remedy_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/remedy"
)

// short is a team with one operator at work on Monday from 9 to 17, where three
// are required from 10 to 12.
func short(t *testing.T) (roster.Problem, []roster.Assignment) {
	t.Helper()
	p := plant(t, "too few", rand.New(rand.NewPCG(1, 3))).problem
	required := p.Demand.Queues[0].Required
	clear(required)
	required[10], required[11] = 3, 3
	shift := calendars.Interval{Start: p.Demand.Grid.At(9), End: p.Demand.Grid.At(17)}
	return p, []roster.Assignment{{ID: "a", Operator: p.Team.Operators[0].ID, Template: "day", Shift: shift}}
}

// accepted is the last way out of the greatest shortage.
func accepted(t *testing.T, p roster.Problem, assignments []roster.Assignment, o remedy.Options) (remedy.Shortage, remedy.Remedy) {
	t.Helper()
	o.Shortages = 1
	found, err := remedy.Find(context.Background(), p, assignments, o)
	if err != nil || len(found) == 0 {
		t.Fatalf("%d shortages, %v", len(found), err)
	}
	last := found[0].Remedies[len(found[0].Remedies)-1]
	if last.Kind != remedy.Accept {
		t.Fatalf("the last way out is %s", last.Kind)
	}
	return found[0], last
}

// To accept a shortage is said in what customers get, asked for with those who
// are there, and what is then required is covered.
func TestAccept(t *testing.T) {
	t.Parallel()
	p, assignments := short(t)
	for _, c := range []struct {
		share float64
		known bool
		want  roster.Text
	}{
		{0.7999, true, roster.Text{
			English:   "accept that 79 % of the chats are answered within 60 s, instead of 80 %, on ",
			Russian:   "смириться с тем, что за 60 с ответ получат 79 % чатов вместо 80 %: ",
			Bulgarian: "приемете, че до 60 с отговор получават 79 % от чатовете вместо 80 %: ",
		}},
		{0.8, true, roster.Text{
			English:   "accept up to 2 too few for 2 h: 80 % of the chats are still answered within 60 s",
			Russian:   "смириться с нехваткой до 2 чел. в течение 2 ч: за 60 с ответ всё равно получат 80 % чатов",
			Bulgarian: "приемете недостиг до 2 души за 2 ч: до 60 с отговор пак получават 80 % от чатовете",
		}},
		{0, false, roster.Text{
			English: "accept up to 2 too few for 2 h", Russian: "смириться с нехваткой до 2 чел. в течение 2 ч", Bulgarian: "приемете недостиг до 2 души за 2 ч",
		}},
	} {
		asked, there := -1, []float64(nil)
		s, last := accepted(t, p, assignments, remedy.Options{Level: func(queue string, first int, rostered []float64) (float64, bool, error) {
			asked, there = first, rostered
			return c.share, c.known, nil
		}})
		if c.known && c.share < 0.8 {
			when := roster.OnClock(s.Interval, p.Team.Zone)
			c.want = roster.Text{English: c.want.English + when.English, Russian: c.want.Russian + when.Russian, Bulgarian: c.want.Bulgarian + when.Bulgarian}
		}
		if diff := cmp.Diff(c.want, last.Sentence); diff != "" {
			t.Error(diff)
		}
		if last.Level == nil != !c.known || c.known && *last.Level != (remedy.Level{Share: c.share, Within: calendars.Seconds(60)}) {
			t.Errorf("%v: the level is %v", c.share, last.Level)
		}
		required := last.Problem.Demand.Queues[0].Required
		if diff := cmp.Diff([]float64{1, 1}, there); diff != "" || asked != 10 || required[9] != 0 || required[10] != 1 || required[11] != 1 || required[12] != 0 {
			t.Errorf("asked for %v from %d, and requires %v", there, asked, required[9:13])
		}
		if last.Left != 0 || roster.Cover(last.Problem, last.Assignments).Share() != 1 || &last.Assignments[0] != &assignments[0] {
			t.Errorf("of what is accepted %v h are missing", last.Left)
		}
	}
}

// Without a forecast nobody knows; a model that fails is an error.
func TestAcceptWithoutLevel(t *testing.T) {
	t.Parallel()
	p, assignments := short(t)
	if _, last := accepted(t, p, assignments, remedy.Options{}); last.Level != nil || last.Sentence.English != "accept up to 2 too few for 2 h" {
		t.Errorf("%v, %q", last.Level, last.Sentence.English)
	}
	fault := errors.New("no such queue")
	_, err := remedy.Find(context.Background(), p, assignments, remedy.Options{Shortages: 1, Level: func(string, int, []float64) (float64, bool, error) {
		return 0, false, fault
	}})
	if !errors.Is(err, fault) {
		t.Errorf("the error is %v", err)
	}
}
