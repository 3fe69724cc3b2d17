package solve

// retyper keeps caps, limits of how many shifts of some templates a row may
// hold, when the cheapest plan breaks them: the days that are worked and the
// length of each shift stay, and which shift it is is chosen anew, exactly.
type retyper struct {
	layer  []int32
	parent []int32
	took   []int32
}

// dimension is a cap whose count is a part of the state.
type dimension struct{ cap, most, stride int }

// widestState is how many combinations of counts are kept at most.
const widestState = 2000

// over lists the caps of which the choice holds more than is left.
func (s *shape) over(choice []int32, left []int) (caps []int) {
	if len(s.caps) == 0 {
		return nil
	}
	used := make([]int, len(s.caps))
	for _, o := range choice {
		if o >= 0 {
			for _, c := range s.counted[o] {
				used[c]++
			}
		}
	}
	for c := range used {
		if used[c] > left[c] {
			caps = append(caps, c)
		}
	}
	return caps
}

// retype changes the choice, of days from zero on, until it keeps what is left
// of every cap, and says whether it could.
func (k *stints) retype(choice []int32, zero int, left []int, costs []int32) bool {
	s := k.r.shape
	var dims []dimension
	for {
		over := s.over(choice, left)
		if len(over) == 0 {
			return true
		}
		size := 1
		for _, c := range over {
			dims = append(dims, dimension{cap: c, most: max(0, left[c])})
		}
		for i := range dims {
			for _, other := range dims[:i] {
				if other.cap == dims[i].cap {
					return false
				}
			}
			dims[i].stride = size
			size *= dims[i].most + 1
		}
		if size > widestState || !k.choose(choice, zero, dims, size, costs) {
			return false
		}
	}
}

// choose finds the cheapest options for the worked days with at most so many
// of each dimension's cap.
func (k *stints) choose(choice []int32, zero int, dims []dimension, size int, costs []int32) bool {
	s := k.r.shape
	var days []int
	for i, o := range choice {
		if o >= 0 {
			days = append(days, i)
		}
	}
	width := s.classes * size
	k.layer, k.parent, k.took = grown(k.layer, len(days)*width), grown(k.parent, len(days)*width), grown(k.took, len(days)*width)
	for i := range k.layer {
		k.layer[i] = none
	}
	for i, d := range days {
		at := &k.r.days[zero+d]
		length := s.length[k.r.options[choice[d]].class]
		for o := at.first; o < at.last; o++ {
			if s.length[k.r.options[o].class] == length && k.promising(zero+d, o, dims, costs) {
				k.place(i, o, i > 0 && days[i-1] == d-1, width, dims, costs[o])
			}
		}
	}
	best, at := none/2, int32(-1)
	for i := (len(days) - 1) * width; i < len(days)*width; i++ {
		if k.layer[i] < best {
			best, at = k.layer[i], int32(i)
		}
	}
	if at < 0 {
		return false
	}
	for i := len(days) - 1; i >= 0; i-- {
		choice[days[i]], at = k.took[at], k.parent[at]
	}
	return true
}

// promising says whether the option can be better than others: those of its
// class that no dimension counts are only worth a look if they are the cheapest.
func (k *stints) promising(day, o int, dims []dimension, costs []int32) bool {
	option := &k.r.options[o]
	if k.countsAny(o, dims) {
		return true
	}
	for other := k.r.days[day].first; other < k.r.days[day].last; other++ {
		if k.r.options[other].class == option.class && (costs[other] < costs[o] || costs[other] == costs[o] && other < o) && !k.countsAny(other, dims) {
			return false
		}
	}
	return true
}

// countsAny says whether a dimension counts the option.
func (k *stints) countsAny(o int, dims []dimension) bool {
	for _, d := range dims {
		if contains(k.r.shape.counted[o], d.cap) {
			return true
		}
	}
	return false
}

func contains(caps []int, c int) bool {
	for _, one := range caps {
		if one == c {
			return true
		}
	}
	return false
}

// place extends the states of the worked day before by the option; linked says
// that it is the day before in the calendar too.
func (k *stints) place(i, o int, linked bool, width int, dims []dimension, cost int32) {
	s := k.r.shape
	class := int(k.r.options[o].class)
	size := width / s.classes
	put := func(from int32, v int32, state int) {
		for _, d := range dims {
			if !contains(s.counted[o], d.cap) {
				continue
			}
			if state/d.stride%(d.most+1) == d.most {
				return
			}
			state += d.stride
		}
		if at := i*width + class*size + state; v+cost < k.layer[at] {
			k.layer[at], k.parent[at], k.took[at] = v+cost, from, int32(o)
		}
	}
	if i == 0 {
		put(-1, 0, 0)
		return
	}
	for before := range s.classes {
		if linked && !s.allows(uint8(before), uint8(class)) {
			continue
		}
		at := (i-1)*width + before*size
		for state, v := range k.layer[at : at+size] {
			if v < none/2 {
				put(int32(at+state), v, state)
			}
		}
	}
}
