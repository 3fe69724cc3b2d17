package solve

import (
	"slices"
)

// tally is how often a stint, or a plan, holds shifts of the counted caps: each
// cap is a digit of a number. What a number can become is a set of numbers, as bits.
type tally struct {
	caps   []int
	most   []int    // per digit
	stride []int    // what one more of it adds to the number
	open   []uint64 // the numbers of which it can still count up
	room   []uint64 // per number, those that can be added to it
	spread []uint64 // room for the next room
}

// Combinations of counts that are kept at most: by a window of a move, and by a
// whole row that is priced; no more than the bits of a set.
const widest, widestPriced = 12, 36

// mostSplits are kept of rows and sets of caps that come again: of a year with many
// templates one takes 50 KB.
const mostSplits = 2000

// counting sets which caps are counted exactly, of which so many are left; the
// others are not looked at.
func (k *stints) counting(r *row, caps, left []int) bool {
	k.r = r
	if len(caps) == 0 {
		k.tally.count(nil, nil)
		k.plain()
		return true
	}
	size := 1
	for _, c := range caps {
		if size *= max(0, left[c]) + 1; size > k.widest {
			return false
		}
	}
	k.tally.count(caps, left)
	return k.split()
}

// partition is how the classes of a row fall apart when some caps are counted.
type partition struct {
	kinds []kind
	kind  []int16
	live  [][]int16
}

// partitionKey is a row and the set of counted caps.
type partitionKey struct {
	row  *row
	caps uint64
}

// split has kinds for the counted options of classes too; it fails where an
// option counts for two of the caps.
func (k *stints) split() bool {
	key := partitionKey{row: k.r}
	for _, c := range k.tally.caps {
		key.caps |= 1 << c
	}
	parts, known := k.parts[key]
	if !known {
		parts = k.partition()
		if k.parts == nil || len(k.parts) >= mostSplits {
			k.parts = map[partitionKey]*partition{}
		}
		k.parts[key] = parts
	}
	if parts == nil {
		return false
	}
	k.kinds = append(k.kinds[:0], parts.kinds...)
	for i := range k.kinds {
		if one := &k.kinds[i]; one.digit >= 0 {
			one.add = k.tally.stride[one.digit]
		}
	}
	k.kind, k.live = parts.kind, parts.live
	return true
}

func (k *stints) partition() *partition {
	s := k.r.shape
	p := &partition{kind: make([]int16, len(k.r.options)), live: make([][]int16, len(k.r.days))}
	number := map[[2]int]int16{}
	for o := range k.r.options {
		digit := -1
		for i, c := range k.tally.caps {
			if contains(s.counted[o], c) {
				if digit >= 0 {
					return nil
				}
				digit = i
			}
		}
		class := k.r.options[o].class
		at, known := number[[2]int{int(class), digit}]
		if !known {
			at = int16(len(p.kinds))
			number[[2]int{int(class), digit}] = at
			p.kinds = append(p.kinds, kind{class: class, extra: s.length[class] - s.shorter, digit: digit})
		}
		p.kind[o] = at
		if d := k.r.options[o].day; !slices.Contains(p.live[d], at) {
			p.live[d] = append(p.live[d], at)
		}
	}
	return p
}

// count lays out the numbers for caps, of which so many are left.
func (t *tally) count(caps, left []int) {
	t.caps = append(t.caps[:0], caps...)
	slices.Sort(t.caps)
	t.most, t.stride, t.open, t.room = t.most[:0], t.stride[:0], t.open[:0], append(t.room[:0], 1)
	for _, c := range t.caps {
		t.digit(max(0, left[c]))
	}
	for i, stride := range t.stride {
		open := uint64(0)
		for number, room := range t.room {
			if t.most[i] > 0 && room>>stride&1 == 1 {
				open |= 1 << number
			}
		}
		t.open = append(t.open, open)
	}
}

// digit adds one to the numbers, above the others.
func (t *tally) digit(most int) {
	size := len(t.room)
	t.most, t.stride = append(t.most, most), append(t.stride, size)
	t.spread = t.spread[:0]
	for have := range most + 1 {
		for _, below := range t.room {
			room := uint64(0)
			for more := range most - have + 1 {
				room |= below << (more * size)
			}
			t.spread = append(t.spread, room)
		}
	}
	t.room, t.spread = t.spread, t.room
}

// size is how many numbers there are.
func (t *tally) size() int { return len(t.room) }

// plus is the numbers that those of a set become with one more of the digit.
func (t *tally) plus(set uint64, digit int) uint64 { return (set & t.open[digit]) << t.stride[digit] }
