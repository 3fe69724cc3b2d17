package staffing

import "errors"

// Point is one crew of a curve.
type Point struct {
	Measures
	Unstable  bool    `json:"unstable,omitempty" doc:"It cannot keep up; then there are no other measures."`
	Abandoned float64 `json:"abandoned_per_hour" doc:"Chats an hour that leave unanswered."`
	Late      float64 `json:"late_per_hour" doc:"Chats an hour not answered within the time."`
}

// aside is how far a curve goes to either side.
const aside = 3

// Curve returns how crews of three fewer to three more than the system's
// operators do, with at least one operator each.
func (s System) Curve(t Target) ([]Point, error) {
	var points []Point
	for n := max(1, s.Trainees, s.Operators-aside); n <= s.Operators+aside; n++ {
		m, err := s.with(n).Measure(t.Within.Duration)
		if err != nil && !errors.Is(err, ErrUnstable) {
			return nil, err
		}
		p := Point{Measures: m, Unstable: err != nil, Abandoned: m.Abandonment * s.Arrivals, Late: (1 - m.ServiceLevel) * s.Arrivals}
		p.Operators = n
		points = append(points, p)
	}
	return points, nil
}
