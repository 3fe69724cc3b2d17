package remedy

import (
	"slices"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Level is what customers get.
type Level struct {
	Share  float64            `json:"share" minimum:"0" maximum:"1" doc:"Of all arrivals, 0..1."`
	Within calendars.Duration `json:"within" doc:"Time to the first answer."`
}

// accept is to require no more than there is, in whole operators: the roster of
// the whole problem stays as it is, and is tried on what is then required. What
// customers get is said if somebody knows it, with all who are there, in whole
// or in part.
func (t trial) accept(o Options) (Remedy, error) {
	p, s := t.problem, *t.shortage
	p.Demand.Queues = slices.Clone(p.Demand.Queues)
	q := &p.Demand.Queues[s.queue]
	q.Required = slices.Clone(q.Required)
	most, rostered := 0.0, []float64{}
	for i, missing := range roster.Cover(t.whole, t.before).Queues[s.queue].Missing[s.first:s.last] {
		most = max(most, missing)
		rostered = append(rostered, float64(q.Required[s.first+i])-missing)
		q.Required[s.first+i] = int(rostered[i])
	}
	r := Remedy{
		Kind: Accept, Sentence: sayAccept(most, s.Interval.Duration().Hours()), Price: int64(s.Hours * 60 * roster.UnderstaffingWeight),
		Comes: []roster.Assignment{}, Goes: []roster.Assignment{}, Breaks: []roster.Breach{}, Problem: p, Assignments: t.before, Left: missing(p, t.before),
	}
	queue, known := p.Team.Queue(s.Queue)
	if o.Level == nil || !known {
		return r, nil
	}
	share, known, err := o.Level(s.Queue, s.first, rostered)
	if err != nil || !known {
		return r, err
	}
	r.Level = &Level{share, queue.ServiceLevel.Within}
	if promised := queue.ServiceLevel.Share; share < promised {
		r.Sentence = sayAcceptLevel(*r.Level, promised, roster.OnClock(s.Interval, p.Team.Zone))
	} else {
		r.Sentence = sayAcceptStill(r.Sentence, *r.Level)
	}
	return r, nil
}
