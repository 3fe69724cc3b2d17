package simulate

import (
	"container/heap"
	"math"
)

// agenda is a heap of operators by when their next chat ends.
type agenda struct {
	operators []operator
	order     []int
}

func newAgenda(operators []operator) agenda {
	a := agenda{operators: operators}
	for i := range operators {
		operators[i].at = i
		a.order = append(a.order, i)
	}
	return a
}

// first is when the next chat ends, and operator whose it is.
func (a *agenda) first() float64 {
	if len(a.order) == 0 {
		return math.Inf(1)
	}
	return a.operators[a.order[0]].next
}

func (a *agenda) operator() int { return a.order[0] }

// fix puts an operator in their place.
func (a *agenda) fix(i int) { heap.Fix(a, a.operators[i].at) }

// Len, Less, Swap, Push and Pop implement heap.Interface.
func (a *agenda) Len() int { return len(a.order) }

func (a *agenda) Less(i, j int) bool {
	return a.operators[a.order[i]].next < a.operators[a.order[j]].next
}

func (a *agenda) Swap(i, j int) {
	a.order[i], a.order[j] = a.order[j], a.order[i]
	a.operators[a.order[i]].at, a.operators[a.order[j]].at = i, j
}

func (a *agenda) Push(any) { panic("simulate: nobody joins the agenda") }

func (a *agenda) Pop() any { panic("simulate: nobody leaves the agenda") }
