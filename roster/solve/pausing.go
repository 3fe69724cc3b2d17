package solve

import "math"

// bestPlace is where the breaks of an option that comes instead of what a row does
// on its day save most of the seen cost, as far as marginal costs say.
func (p *programs) bestPlace(r *row, was duty, o int32) placement {
	s := &p.shifts[r.options[o].shift]
	if s.layout == nil {
		return 0
	}
	if r.field < 0 {
		return s.layout.first
	}
	f := p.fields[r.field]
	var before *shift
	if was.option >= 0 {
		before = &p.shifts[r.options[was.option].shift]
	}
	best, _ := s.layout.place(func(_ int, spot *spot) float64 {
		saved := int64(0)
		for t := max(s.from, s.zero+spot.from); t < min(s.to, s.zero+spot.to); t++ {
			minutes := spot.minutes(t-s.zero, s.step)
			if before != nil && before.from <= t && t < before.to && before.there(t, r.share, was.at) > 0 {
				saved -= minutes * f.relief(t, r.mask)
			} else {
				saved += minutes * f.marginal(t, r.mask)
			}
		}
		return float64(saved)
	})
	return best
}

// pausing places the breaks of what a nudge of row i proposes; now and then it
// proposes to move those of the day instead.
func (l *lane) pausing(i int, edits []edit) []edit {
	const often = 4 // of so many proposals one
	r := l.rows[i]
	if len(edits) > 0 && l.chosen[i][edits[0].day] >= 0 && l.rng.IntN(often) == 0 {
		d := edits[0].day
		now := l.duty(i, d)
		if at := l.bestPlace(r, now, now.option); at != now.at {
			return append(edits[:0], edit{d, duty{now.option, at}})
		}
		return edits[:0]
	}
	for n := range edits {
		if e := &edits[n]; e.to.option >= 0 {
			e.to.at = l.bestPlace(r, l.duty(i, e.day), e.to.option)
		}
	}
	return edits
}

// pausing places the breaks of a row of operator i where they save most at the
// prices, into the room of old ones.
func (p *programs) pausing(i int, choice []int32, room []placement) []placement {
	r := p.rows[i]
	placed := grown(room, len(choice))[:len(choice)]
	if !r.pauses || r.field < 0 {
		clear(placed)
		return placed
	}
	sums := p.fields[r.field].paid[r.mask]
	for d, o := range choice {
		if placed[d] = 0; o < 0 {
			continue
		}
		if s := &p.shifts[r.options[o].shift]; s.layout != nil {
			placed[d], _ = s.layout.place(func(_ int, spot *spot) float64 { return s.spared(spot, sums, 0) })
		}
	}
	return placed
}

// tabled says whether there is a table of what the row's breaks save at the prices.
func (p *programs) tabled(r *row) bool {
	saved := p.fields[r.field].saved
	return saved != nil && saved[r.mask] != nil
}

// brief writes the costs of options at the prices from what they are in brief.
func (p *programs) brief(r *row, first, last int, share, unit float64) {
	costs, saved := p.costs[first:last], p.fields[r.field].saved[r.mask]
	for i := range costs {
		b := &r.briefs[first+i]
		cost := p.sums[b.to] - p.sums[b.from]
		if b.layout >= 0 {
			cost -= saved[b.layout][b.from]
		}
		costs[i] = int32(math.Floor(float64(b.wish)*unit + cost*share))
	}
}

// settleBreaks moves breaks, one at a time, for as long as that lowers the seen cost,
// and leaves those where they are that are as good there.
func (l *lane) settleBreaks() {
	if !l.pauses {
		return
	}
	const most = 20 // times through all of them
	for round, better := 0, true; better && round < most; round++ {
		better = false
		for i, r := range l.rows {
			for d := range l.chosen[i] {
				if r.pauses && l.chosen[i][d] >= 0 && r.field >= 0 && l.settle(i, d) {
					better = true
				}
			}
		}
	}
}

// settle moves one break of a day to the best of its spots, and says whether it did.
func (l *lane) settle(i, d int) bool {
	r, now := l.rows[i], l.duty(i, d)
	s := &l.shifts[r.options[now.option].shift]
	if s.layout == nil {
		return false
	}
	best, least := now, int64(0)
	for k := range s.layout.pauses {
		for spot := range s.layout.pauses[k].spots {
			other := duty{now.option, now.at.with(k, spot)}
			if other == now || !s.layout.allows(other.at) {
				continue
			}
			if cost := l.swapped(r, now, other); cost < least {
				best, least = other, cost
			}
		}
	}
	if best == now {
		return false
	}
	l.cover(r, now, best)
	l.placed[i][d], l.changed[i] = best.at, true
	return true
}
