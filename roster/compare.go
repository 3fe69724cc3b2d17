package roster

import (
	"fmt"
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// Effect is the difference between two rosters of one problem.
type Effect struct {
	Breaks   []Breach `json:"breaks" nullable:"false" doc:"Breaches that are new."`
	Mends    []Breach `json:"mends" nullable:"false" doc:"Breaches that are gone."`
	Covers   []Piece  `json:"covers" nullable:"false" doc:"Requirements met that were not."`
	Uncovers []Piece  `json:"uncovers" nullable:"false" doc:"Requirements no longer met."`
	Before   Score    `json:"before"`
	After    Score    `json:"after"`
	Changes  []Breach `json:"changes,omitempty" nullable:"false" doc:"Days on which operators have other shifts than published by it, and who must be told of the first of them; what that costs. No breaches."`
	Tell     []ID     `json:"tell" nullable:"false" doc:"Operators whose shifts change, or the breaks in them."`
}

// Piece is a time in which a queue has so many operators more, or fewer.
type Piece struct {
	Queue     string             `json:"queue"`
	Interval  calendars.Interval `json:"interval"`
	Operators float64            `json:"operators"`
}

// Compare says what a change from before to after breaks, mends, covers and
// uncovers, and whom it concerns. The other way round it says the opposite. A
// breach that grows or shrinks is mended as it was and broken as it is.
func Compare(p Problem, before, after []Assignment) Effect {
	was, is := Judge(p, before), Judge(p, after)
	effect := Effect{
		Breaks: without(is.Breaches, was.Breaches), Mends: without(was.Breaches, is.Breaches),
		Covers: []Piece{}, Uncovers: []Piece{}, Before: was.Score, After: is.Score, Changes: without(is.Changes, was.Changes), Tell: tell(before, after),
	}
	for q := range is.Coverage.Queues {
		for t := range p.Demand.Grid.N {
			piece := Piece{Queue: is.Coverage.Queues[q].Queue, Interval: p.Demand.Grid.Interval(t)}
			piece.Operators = was.Coverage.Queues[q].Missing[t] - is.Coverage.Queues[q].Missing[t]
			switch {
			case piece.Operators > 0:
				effect.Covers = joined(effect.Covers, piece)
			case piece.Operators < 0:
				piece.Operators = -piece.Operators
				effect.Uncovers = joined(effect.Uncovers, piece)
			}
		}
	}
	return effect
}

// joined appends a piece, or lengthens the last one that it continues.
func joined(pieces []Piece, next Piece) []Piece {
	if n := len(pieces); n > 0 {
		last := &pieces[n-1]
		if last.Queue == next.Queue && last.Operators == next.Operators && last.Interval.End.Equal(next.Interval.Start) {
			last.Interval.End = next.Interval.End
			return pieces
		}
	}
	return append(pieces, next)
}

// without returns those of some that are not among others, counting repeats.
func without(some, others []Breach) []Breach {
	count := map[string]int{}
	for _, b := range others {
		count[b.identity()]++
	}
	left := []Breach{}
	for _, b := range some {
		if count[b.identity()]--; count[b.identity()] < 0 {
			left = append(left, b)
		}
	}
	return left
}

func (b Breach) identity() string { return fmt.Sprint(b.Rule, b.Operator, b.Shifts, b.Amount) }

// tell returns the operators whose shifts or breaks differ, in order.
func tell(before, after []Assignment) []ID {
	type seen struct {
		duty
		end    int64
		breaks string
	}
	see := func(a Assignment) seen { return seen{a.duty(), a.Shift.End.Unix(), fmt.Sprint(a.Breaks)} }
	count := map[seen]int{}
	for _, a := range before {
		count[see(a)]--
	}
	for _, a := range after {
		count[see(a)]++
	}
	ids := []ID{}
	for s, n := range count {
		if n != 0 {
			ids = append(ids, s.operator)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
