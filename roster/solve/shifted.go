package solve

// shifted is by how much the seen cost of interval t changes with units more of operators
// who can serve the masked queues, or fewer; it notes what levels then meet if it is to.
// Only cuts with one of these queues change, all by as much, and so does the least cut
// unless one without is less. Those with are looked at one by one only where operators
// go and the least cut was one without.
func (f *field) shifted(t, mask int, units int64, note bool) (cost int64) {
	n, all := f.seen.n, f.subsets-1
	met, gains := f.met[t*n:][:n], f.seen.gain[t*n:][:n]
	needs, reach := f.seen.need[t*n*f.subsets:], f.reach[t*f.subsets:][:f.subsets]
	wanted := false // by this level and those that are worth less: everybody
	cost = f.over[t] * units
	for k, gain := range gains {
		if gain == 0 {
			break // there are no more
		}
		then := reach[all] + units
		wanted = wanted || units < 0 && met[k] == reach[all]
		if !wanted {
			need := needs[k*len(reach):][:len(reach)]
			without, with := cut(need, reach, all&^mask), met[k]
			if units <= 0 && without == met[k] {
				with = cutWith(need, reach, mask)
			}
			then = min(without, with+units)
			wanted = then == reach[all]+units
		}
		cost -= gain * (then - met[k])
		if note {
			met[k] = then
		}
	}
	return cost
}

// cut is the least cut that has only some of the queues: of their subsets the least sum
// of what the queues outside want and how many units can serve one inside.
func cut(need, reach []int64, queues int) int64 {
	least := need[0]
	for s := queues; s > 0; s = (s - 1) & queues {
		least = min(least, need[s]+reach[s])
	}
	return least
}

// cutWith is the least cut that has one of the queues.
func cutWith(need, reach []int64, queues int) int64 {
	least := int64(endless)
	for s, one := range reach {
		if s&queues != 0 {
			least = min(least, need[s]+one)
		}
	}
	return least
}
