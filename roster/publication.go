package roster

import (
	"cmp"
	"slices"
	"time"

	"github.com/smena-wfm/smena/calendars"
)

// Published is an assignment as its operator has been told of it.
type Published struct {
	Assignment
	Sequence int       `json:"sequence" doc:"0 at first; one more with every change that the operator can see."`
	Created  time.Time `json:"created" doc:"First publication, UTC."`
	Changed  time.Time `json:"changed" doc:"Last publication that changed the shift, its template or its breaks, UTC."`
}

// Publish returns the draft as published at now, ordered by start, operator
// and template. An assignment keeps its ID, and with it its sequence and
// stamps, if it had it before for the same operator, or if the operator had
// the same start and template. Whatever changed in it moves the sequence and
// the stamp; an equal draft gives an equal result, however late. A shift that
// went to another operator ends for the first and is minted anew. Stamps are
// whole seconds and never go back, even if the clock does.
func Publish(previous []Published, draft []Assignment, mint func() string, now time.Time) []Published {
	now = now.UTC().Truncate(time.Second)
	earlier := make([]Assignment, len(previous))
	for i, p := range previous {
		earlier[i] = p.Assignment
	}
	from := match(earlier, draft)
	used := map[string]bool{}
	for _, i := range from {
		if i >= 0 {
			used[previous[i].ID] = true
		}
	}
	anothers := map[string]bool{}
	for _, p := range previous {
		anothers[p.ID] = true
	}
	published := make([]Published, 0, len(draft))
	for i, a := range sorted(draft) {
		if from[i] >= 0 {
			published = append(published, previous[from[i]].revised(a, now))
			continue
		}
		if a.ID == "" || used[a.ID] || anothers[a.ID] {
			a.ID = mint()
		}
		used[a.ID] = true
		published = append(published, Published{Assignment: a, Created: now, Changed: now})
	}
	return published
}

// revised is p after the draft a.
func (p Published) revised(a Assignment, now time.Time) Published {
	a.ID = p.ID
	if p.differs(a) {
		p.Sequence++
		if now.After(p.Changed) {
			p.Changed = now
		}
	}
	p.Assignment = a
	return p
}

// differs says whether the operator can see a change to the draft a.
func (p Published) differs(a Assignment) bool {
	return !a.Shift.Equal(p.Shift) || a.Template != p.Template || !slices.EqualFunc(a.Breaks, p.Breaks, calendars.Interval.Equal)
}

// Match gives IDs to a draft that was solved anew, in the order of Sort: an
// assignment keeps the ID that it has, or gets that of an earlier one with the
// same operator, start and template, or else a new one.
func Match(previous, next []Assignment, mint func() string) []Assignment {
	next = sorted(next)
	used := map[string]bool{}
	for i, j := range match(previous, next) {
		if j >= 0 {
			next[i].ID = previous[j].ID
		}
		if next[i].ID == "" || used[next[i].ID] {
			next[i].ID = mint()
		}
		used[next[i].ID] = true
	}
	return next
}

// duty is what an assignment is recognised by without its ID.
type duty struct {
	operator ID
	template string
	start    int64
}

func (a Assignment) duty() duty { return duty{a.Operator, a.Template, a.Shift.Start.Unix()} }

// match finds, for each of next in the order of Sort, the earlier assignment
// that it continues, or -1: first by ID and operator, then by duty. Nothing
// is continued twice.
func match(previous, next []Assignment) []int {
	next = sorted(next)
	byID, byDuty := map[string]int{}, map[duty][]int{}
	for i, p := range previous {
		byID[p.ID] = i
		byDuty[p.duty()] = append(byDuty[p.duty()], i)
	}
	from, taken := make([]int, len(next)), map[int]bool{}
	for i, a := range next {
		from[i] = -1
		if j, known := byID[a.ID]; known && a.ID != "" && !taken[j] && previous[j].Operator == a.Operator {
			from[i], taken[j] = j, true
		}
	}
	for i, a := range next {
		if from[i] >= 0 {
			continue
		}
		if k := slices.IndexFunc(byDuty[a.duty()], func(j int) bool { return !taken[j] }); k >= 0 {
			from[i] = byDuty[a.duty()][k]
			taken[from[i]] = true
		}
	}
	return from
}

// sorted returns a copy in the order of Sort, then of shift ends and IDs, so
// that the order of the input never shows.
func sorted(assignments []Assignment) []Assignment {
	assignments = slices.Clone(assignments)
	slices.SortStableFunc(assignments, func(a, b Assignment) int {
		return cmp.Or(a.Shift.Start.Compare(b.Shift.Start), cmp.Compare(a.Operator, b.Operator),
			cmp.Compare(a.Template, b.Template), a.Shift.End.Compare(b.Shift.End), cmp.Compare(a.ID, b.ID))
	})
	return assignments
}
