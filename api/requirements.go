package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/staffing"
)

// Requirement is how many operators a queue takes for so many arrivals, and
// how they would do.
type Requirement struct {
	Queue     string            `json:"queue"`
	Operators int               `json:"operators" doc:"Before shrinkage."`
	Scheduled int               `json:"scheduled" doc:"To be rostered, with the shrinkage of that time."`
	Measures  staffing.Measures `json:"measures"`
	Curve     []staffing.Point  `json:"curve" nullable:"false" doc:"Three operators fewer to three more."`
}

// Require says how many operators a queue takes at an instant for so many
// arrivals an hour, by its own settings.
func Require(team roster.Team, queue string, perHour float64, at time.Time) (Requirement, error) {
	q, known := team.QueueOf(queue)
	switch {
	case known && q.Name != queue:
		return Requirement{}, fmt.Errorf("%w: %q is a stream that queue %q blends: expected the queue", ErrInput, queue, q.Name)
	case !known:
		return Requirement{}, fmt.Errorf("queue %q of team %d: %w", queue, team.ID, store.ErrNotFound)
	}
	s, target := staffing.SystemOf(q, perHour, time.Hour), staffing.TargetOf(q)
	target.MinOperators = q.LeastAt(at)
	n, err := s.Require(target)
	if err != nil {
		return Requirement{}, fmt.Errorf("%w: %w", ErrInput, err)
	}
	s.Operators = n
	r := Requirement{Queue: queue, Operators: n, Scheduled: staffing.Schedule(n, team.ShrinkageAt(q, at))}
	if r.Measures, err = s.Measure(target.Within.Duration); err != nil {
		return Requirement{}, fmt.Errorf("%w: %w", ErrInput, err)
	}
	r.Curve, err = s.Curve(target)
	return r, err
}

func (s *server) requirementRoutes() {
	route(s, "read-requirements", http.MethodGet, "/teams/{team}/requirements", "Ask how many operators a queue takes, and what one fewer would cost", func(ctx context.Context, in *struct {
		TeamPath
		Queue    string    `query:"queue" required:"true" doc:"Name of the queue."`
		Arrivals float64   `query:"arrivals" required:"true" minimum:"0" doc:"An hour, the bot's included."`
		At       time.Time `query:"at" doc:"Instant whose presence and shrinkage count; now if left out."`
	}) (*body[Requirement], error) {
		team, _, err := s.st.Team(ctx, in.Team)
		if err != nil {
			return nil, err
		}
		if in.At.IsZero() {
			in.At = s.now()
		}
		r, err := Require(team, in.Queue, in.Arrivals, in.At)
		return &body[Requirement]{r}, err
	})
}
