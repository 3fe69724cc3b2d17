// Package staffing turns forecasts into demand: how many operators it takes
// to answer the arrivals of an interval well enough.
//
// Its one idea is that an operator who answers several chats at once slows
// down as they add up: AHT(k) = AHT(1) x (1 + d(k-1)). A new chat goes to the
// least loaded operator, waits when every place is taken, and may leave. That
// is a Markov chain, and it is solved as it is (chain.go, settle.go); crews too
// large for it by a closed form to which it tends (spread.go). Erlang's models
// C and A are its special cases of one chat at a time.
//
// It refuses to give numbers for a crew that cannot keep up and whose
// customers never leave.
package staffing

// ErlangB returns the probability that an arrival finds all servers busy and
// is lost. The load is in Erlang: arrival rate times handling time.
//
// The recursion is that of Messerli (1972); it never leaves 0..1.
func ErlangB(load float64, servers int) float64 {
	b := 1.0
	for n := 1; n <= servers; n++ {
		b = oneMore(b, load, n)
	}
	return b
}

// oneMore is Erlang's B of n servers from that of one fewer.
func oneMore(b, load float64, n int) float64 { return load * b / (float64(n) + load*b) }
