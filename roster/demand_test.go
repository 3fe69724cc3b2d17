package roster_test

import (
	"strings"
	"testing"

	"github.com/smena-wfm/smena/roster"
)

// A demand has a number per interval wherever it has numbers, none below zero, and its
// dearest parts come first; the error says where it does not, and all of it.
func TestDemandCheck(t *testing.T) {
	t.Parallel()
	part := func(weight int64, operators ...int) roster.Part {
		return roster.Part{Weight: weight, Operators: operators}
	}
	for _, c := range []struct {
		required []int
		parts    []roster.Part
		want     []string
	}{
		{[]int{1, 0}, nil, nil},
		{[]int{1, 2}, []roster.Part{part(20, 1, 1), part(20, 0, 1), part(1, 0, 0)}, nil},
		{[]int{1, 2}, []roster.Part{part(20, 3, 0)}, nil}, // what is not required is cut, what is in no part is worth the last weight
		{[]int{1}, nil, []string{`demand of queue "bg": required: 1 numbers: expected 2, one per interval`}},
		{[]int{1, 2, 3}, nil, []string{"required: 3 numbers: expected 2"}},
		{[]int{1, -1}, nil, []string{"required[1]: -1 is negative: expected 0 or more"}},
		{[]int{1, 2}, []roster.Part{part(20, 1), part(10, 0, 1)}, []string{`demand of queue "bg": parts[0].operators: 1 numbers: expected 2, one per interval`}},
		{[]int{1, 2}, []roster.Part{part(20, 1, 1), part(10, 0, -2)}, []string{"parts[1].operators[1]: -2 is negative"}},
		{[]int{1, 2}, []roster.Part{part(20, 1, 1), part(21, 0, 1)}, []string{"parts[1].weight: 21 is more than that of the part before it: expected the dearest parts first"}},
		{[]int{1, 2}, []roster.Part{part(0, 1, 1)}, []string{"parts[0].weight: 0 is not possible: expected 1 or more"}},
		{[]int{-1, 2}, []roster.Part{part(5, 1, 1), part(6)}, []string{"required[0]", "parts[1].operators: 0", "parts[1].weight: 6"}},
	} {
		p := problem()
		p.Demand.Grid.N = 2
		p.Demand.Queues[0].Required, p.Demand.Queues[0].Parts = c.required, c.parts
		err := p.Demand.Check()
		if (err != nil) != (len(c.want) > 0) {
			t.Errorf("%v %v: %v", c.required, c.parts, err)
		}
		for _, want := range c.want {
			if err != nil && !strings.Contains(err.Error(), want) {
				t.Errorf("%v %v: %v, want %s", c.required, c.parts, err, want)
			}
		}
	}
}
