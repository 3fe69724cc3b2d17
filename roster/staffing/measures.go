package staffing

import "math"

// Measures are how a system does once it has settled.
type Measures struct {
	Operators    int     `json:"operators"`
	ServiceLevel float64 `json:"service_level" doc:"Share of all arrivals answered within the time."`
	OfAnswered   float64 `json:"service_level_of_answered" doc:"Share of those who are answered at all that is answered within the time."`
	OfPatient    float64 `json:"service_level_of_patient" doc:"Share that would be answered within the time if they waited for ever: the virtual wait."`
	OfStaying    float64 `json:"service_level_of_staying" doc:"Share answered within the time of all but those who leave sooner."`
	PWait        float64 `json:"p_wait" doc:"Share of arrivals that find everybody busy."`
	MeanWait     float64 `json:"mean_wait_seconds" doc:"Over all arrivals, those who leave included."`
	WaitP90      float64 `json:"wait_p90_seconds" doc:"What nine of ten customers who would wait for ever do not wait longer than."`
	Abandonment  float64 `json:"abandonment" doc:"Share of arrivals that leave unanswered."`
	Occupancy    float64 `json:"occupancy" doc:"Busy share of chat capacity."`
	MeanSession  float64 `json:"mean_session_seconds" doc:"Mean length of a chat, from its answer to its end."`
	PerBusy      float64 `json:"chats_per_busy_operator" doc:"Mean number of chats of an operator who has any."`
}

// inSeconds turns times in handling times into seconds.
func (m Measures) inSeconds(aht float64) Measures {
	m.MeanWait *= aht
	m.WaitP90 *= aht
	m.MeanSession *= aht
	return m
}

// sums are over the numbers of chats that leave a place free: their chance,
// that times chats and times busy operators; and the chance that none is free,
// in one unit.
type sums struct{ below, chats, busy, full float64 }

// measures joins the crew and its queue. Times are in handling times.
func (s sums) measures(c crew, load, leaving, within float64, queue waiting) Measures {
	if s.full < never {
		queue, s.full = waiting{full: 1}, 0
	}
	all := s.below*queue.full + s.full*queue.all
	places := float64(c.places())
	chats := (s.chats*queue.full + s.full*queue.all*places) / all
	busy := (s.busy*queue.full + s.full*queue.all*float64(c.operators)) / all
	length := s.full * queue.length / all
	m := Measures{
		Operators:    c.operators,
		ServiceLevel: (s.below*queue.full + s.full*queue.answered) / all,
		OfPatient:    (s.below*queue.full + s.full*queue.patient) / all,
		PWait:        s.full * queue.all / all,
		MeanWait:     length / load,
		Abandonment:  leaving * length / load,
		Occupancy:    chats / places,
		PerBusy:      chats / busy,
	}
	answered := 1 - m.Abandonment
	m.MeanSession = chats / (load * answered)
	m.OfAnswered = min(1, m.ServiceLevel/answered)
	// Of those whose place comes later, exp(-leaving*within) are still there.
	soon := 1 - m.ServiceLevel - math.Exp(-leaving*within)*(1-m.OfPatient)
	m.OfStaying = min(1, m.ServiceLevel/(1-max(0, soon)))
	return m
}

// patience returns how long customers have to wait to be answered with this chance.
func (s sums) patience(chance, load, rate, leaving float64) float64 {
	answered := func(within float64) bool {
		queue := wait(load, rate, leaving, within)
		all := s.below*queue.full + s.full*queue.all
		return s.below*queue.full+s.full*queue.patient >= chance*all
	}
	if s.full < never || answered(0) {
		return 0
	}
	high := 1 / rate
	for !answered(high) {
		high *= 2
	}
	const halvings = 40
	low := 0.0
	for range halvings {
		if middle := (low + high) / 2; answered(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return high
}

// sums adds up a crew that has settled.
func (s settled) sums(c crew, load float64) (sum sums) {
	weight := 1.0
	for i := range s.rate {
		x := s.low + i
		if i > 0 {
			weight *= load / s.rate[i]
		}
		if x == c.places() {
			sum.full = weight
			break
		}
		sum.below += weight
		sum.chats += weight * float64(x)
		sum.busy += weight * s.busy[i]
		if weight > tooLarge {
			weight /= tooLarge
			sum = sums{sum.below / tooLarge, sum.chats / tooLarge, sum.busy / tooLarge, 0}
		}
	}
	return sum
}

// erlangSums are those of servers with one chat each.
func erlangSums(load float64, servers int) sums {
	lost := ErlangB(load, servers)
	if lost < never {
		return sums{below: 1, chats: load, busy: load}
	}
	below := 1/lost - 1
	chats := max(0, load*below-float64(servers)) // each chance times its chats is load times the one before
	return sums{below, chats, chats, 1}
}
