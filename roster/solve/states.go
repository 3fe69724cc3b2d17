package solve

// stateTable finds the label of a state: a hash table with open addressing
// that is emptied by counting up, because it is emptied at every step.
type stateTable struct {
	slots []stateSlot
	used  int
	now   uint32
}

type stateSlot struct {
	key   uint64
	label int32
	when  uint32
}

func newStateTable() stateTable { return stateTable{slots: make([]stateSlot, 1<<10)} }

func (s *stateTable) clear() {
	s.now++
	s.used = 0
}

// find returns the label of the key and true, or notes label for it.
func (s *stateTable) find(key uint64, label int32) (int32, bool) {
	if 2*s.used >= len(s.slots) {
		s.grow()
	}
	slot := s.slot(key)
	if slot.when == s.now {
		return slot.label, true
	}
	*slot = stateSlot{key, label, s.now}
	s.used++
	return label, false
}

// slot returns where the key is or belongs.
func (s *stateTable) slot(key uint64) *stateSlot {
	const golden = 0x9e3779b97f4a7c15 // Fibonacci hashing, Knuth vol. 3, 6.4
	at := key * golden >> 32
	for {
		slot := &s.slots[at&uint64(len(s.slots)-1)]
		if slot.when != s.now || slot.key == key {
			return slot
		}
		at++
	}
}

func (s *stateTable) grow() {
	old := s.slots
	s.slots = make([]stateSlot, 2*len(old))
	for _, slot := range old {
		if slot.when == s.now {
			*s.slot(slot.key) = slot
		}
	}
}
