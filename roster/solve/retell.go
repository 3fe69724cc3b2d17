package solve

import (
	"slices"

	"github.com/smena-wfm/smena/calendars"
)

// retell gives operators of the best roster who have the hours that they were told on a
// day the template and the breaks that they were told, too, where that costs no more:
// they hear of any other.
func (s *search) retell() {
	l := s.lanes[0]
	if !slices.ContainsFunc(l.rows, func(r *row) bool { return r.told != nil }) {
		return
	}
	l.restore(l)
	l.see(hardest)
	for again := true; again; {
		again = false
		for i, r := range l.rows {
			for d := range r.told {
				again = l.retellDay(i, d) || again
			}
		}
	}
	for i := range l.rows {
		l.best[i], l.bestPlaced[i] = slices.Clone(l.chosen[i]), slices.Clone(l.placed[i])
	}
	if truth := l.truly(); truth < l.bestTruth {
		l.bestTruth = truth
		s.report()
	}
}

// retellDay makes one day of row i what was told, and says whether it was not and now is.
func (l *lane) retellDay(i, d int) bool {
	r, now := l.rows[i], l.duty(i, d)
	told := r.told[d]
	if told < 0 || now.option < 0 || !r.options[now.option].asTold {
		return false
	}
	at := r.toldAt[d]
	if now.option == told && (at == unplaced || at == now.at) {
		return false
	}
	before := l.seen
	old := l.take(i, d, d+1)
	whole := slices.Clone(l.chosen[i])
	whole[d] = told
	if now.option == told || l.keeps(r, whole) {
		l.give(i, d, held{[]int32{told}, []placement{at}})
		if l.seen <= before {
			return true
		}
		l.take(i, d, d+1)
	}
	l.give(i, d, old)
	return false
}

// placed is where the layout has the breaks of a shift, or unplaced if it does not.
func (s *shift) placed(breaks []calendars.Interval) (at placement) {
	if s.layout == nil || len(breaks) != len(s.layout.pauses) {
		return unplaced
	}
	for k, b := range breaks {
		is := hoursOf(b)
		spot := slices.IndexFunc(s.layout.pauses[k].spots, func(one spot) bool {
			return s.start+one.start == is.start && s.start+one.end == is.end
		})
		if spot < 0 {
			return unplaced
		}
		at = at.with(k, spot)
	}
	if !s.layout.allows(at) {
		return unplaced
	}
	return at
}
