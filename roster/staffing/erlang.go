// Package staffing turns forecasts into demand: how many operators it takes
// to answer the arrivals of an interval well enough. It knows Erlang's
// formulas B, C and A. An operator who answers K chats at once counts as K
// servers whose chats last as long as they do at full load: exact where chats
// do not slow each other down, careful where they do. Each interval
// is taken as settled and by itself: what is left over does not burden the
// next one. It refuses to give numbers for a crew that cannot keep up and
// whose customers never leave.
package staffing

import "math"

// ErlangB returns the probability that an arrival finds all servers busy and
// is lost. The load is in Erlang: arrival rate times handling time.
//
// The recursion is that of Messerli (1972); it never leaves 0..1.
func ErlangB(load float64, servers int) float64 {
	b := 1.0
	for n := 1; n <= servers; n++ {
		b = load * b / (float64(n) + load*b)
	}
	return b
}

// ErlangC returns the probability that an arrival has to wait when nobody
// leaves, and 1 where the servers cannot keep up with the load.
func ErlangC(load float64, servers int) float64 {
	if load >= float64(servers) {
		return 1
	}
	b := ErlangB(load, servers)
	occupancy := load / float64(servers)
	return b / (1 - occupancy*(1-b))
}

// answeredC returns the share answered within a time without abandonment, and
// the mean wait, both times in units of the handling time.
func answeredC(load float64, servers int, within float64) (share, wait float64) {
	free := float64(servers) - load
	c := ErlangC(load, servers)
	return 1 - c*math.Exp(-free*within), c / free
}
