package staffing_test

import (
	"slices"
	"testing"

	"github.com/smena-wfm/smena/roster"
)

// One crew for two streams is that of one queue with the chats of both, and less
// than two crews: 5 instead of 3 and 3, for 20 chats an hour each.
func TestBlendPools(t *testing.T) {
	t.Parallel()
	of := func(arrivals float64, blends ...string) []int {
		q := chatQueue()
		q.Concurrency, q.Skill, q.Blends = 2, "", blends
		team, err := roster.Team{Name: "Test", Zone: q.Zone, Queues: []roster.Queue{q}}.Complete()
		if err != nil {
			t.Fatal(err)
		}
		return demandOf(t, team, arrivals)
	}
	apart, together, summed := of(20), of(40, "bg", "en"), of(40)
	if !slices.Equal(together, summed) || together[0] != 5 || apart[0] != 3 {
		t.Errorf("%d for each, %d for both, %d for one queue with the chats of both: expected 3, 5 and 5", apart[0], together[0], summed[0])
	}
}
