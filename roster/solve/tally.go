package solve

import (
	"slices"
)

// tally is how often a stint, or a plan, holds shifts of the counted caps: each
// cap is a digit of a number.
type tally struct {
	caps   []int
	most   []int // per cap, of a plan
	within []int // and of a stint
}

// Combinations of counts that are kept at most: by a window of a move, and by a
// whole row that is priced.
const widest, widestPriced = 12, 36

// counting sets which caps are counted exactly, of which so many are left; the
// others are not looked at.
func (k *stints) counting(r *row, caps, left []int) bool {
	s := r.shape
	k.tally.caps, k.tally.most, k.tally.within = append(k.tally.caps[:0], caps...), k.tally.most[:0], k.tally.within[:0]
	slices.Sort(k.tally.caps)
	size := 1
	for _, c := range k.tally.caps {
		k.tally.most = append(k.tally.most, left[c])
		k.tally.within = append(k.tally.within, min(left[c], s.mostRun))
		size *= left[c] + 1
	}
	k.r = r
	if len(caps) == 0 {
		k.plain()
		return true
	}
	return size <= k.widest && k.split()
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
		if k.parts == nil {
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
			one.add = k.tally.stride(one.digit, k.tally.within)
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

// stride is what one more of the digit adds to the number.
func (t tally) stride(digit int, most []int) int {
	stride := 1
	for _, n := range most[:digit] {
		stride *= n + 1
	}
	return stride
}

// size is how many numbers there are.
func (t tally) size(most []int) int { return t.stride(len(most), most) }

// full says whether the digit of a stint's number can not count up.
func (t tally) full(number, digit int) bool {
	n := t.within[digit] + 1
	return number/t.stride(digit, t.within)%n == n-1
}

// plus adds a stint's number to a plan's.
func (t tally) plus(plan, stint int) (int, bool) {
	sum := 0
	for digit := range t.caps {
		a := plan/t.stride(digit, t.most)%(t.most[digit]+1) + stint/t.stride(digit, t.within)%(t.within[digit]+1)
		if a > t.most[digit] {
			return 0, false
		}
		sum += a * t.stride(digit, t.most)
	}
	return sum, true
}

// minus takes a stint's number off a plan's.
func (t tally) minus(plan, stint int) (int, bool) {
	rest := 0
	for digit := range t.caps {
		a := plan/t.stride(digit, t.most)%(t.most[digit]+1) - stint/t.stride(digit, t.within)%(t.within[digit]+1)
		if a < 0 {
			return 0, false
		}
		rest += a * t.stride(digit, t.most)
	}
	return rest, true
}
