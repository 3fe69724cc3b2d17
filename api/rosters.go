package api

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
	"github.com/smena-wfm/smena/roster/solve"
)

// mint makes the id of an assignment.
func mint() string { return strings.ToLower(rand.Text()) }

// CreateRoster makes an empty draft for the horizon of a demand.
func CreateRoster(ctx context.Context, st *store.Store, demand roster.ID) (store.Roster, error) {
	d, err := st.Demand(ctx, demand)
	if err != nil {
		return store.Roster{}, err
	}
	team, _, err := st.Team(ctx, d.Team)
	if err != nil {
		return store.Roster{}, err
	}
	first := calendars.DayOf(d.Demand.Grid.Start, team.Zone)
	weeks := first.DaysUntil(calendars.DayOf(d.Demand.Grid.End(), team.Zone)) / 7
	return st.CreateRoster(ctx, store.Roster{Team: d.Team, Demand: demand, First: first, Weeks: weeks})
}

// problemOf returns the problem that the roster solves at now: its team, its
// demand, what is published for the time before and after it, and what operators know of it.
func problemOf(ctx context.Context, q store.Queries, r store.Roster, now time.Time) (roster.Problem, error) {
	team, _, err := q.Team(ctx, r.Team)
	if err != nil {
		return roster.Problem{}, err
	}
	d, err := q.Demand(ctx, r.Demand)
	if err != nil {
		return roster.Problem{}, err
	}
	p := roster.Problem{Team: team, Demand: d.Demand}
	start, end := d.Demand.Grid.Start, d.Demand.Grid.End()
	earlier, err := q.PublishedOf(ctx, r.Team, start.AddDate(0, 0, -team.Memory()), start)
	if err != nil {
		return p, err
	}
	later, err := q.PublishedIn(ctx, r.Team, calendars.Interval{Start: end, End: end.AddDate(0, 0, team.Memory())})
	if err != nil {
		return p, err
	}
	p.Carried = assignmentsOf(append(earlier, later...))
	told, err := q.PublishedIn(ctx, r.Team, d.Demand.Grid.Span())
	if err != nil {
		return p, err
	}
	if len(told) > 0 { // a first publication is no change
		p.Told, p.Now = assignmentsOf(told), now
		if p.ToldFor, err = toldFor(ctx, q, r.Team, team, d.Demand.Grid.Span()); err != nil {
			return p, err
		}
	}
	p.Holidays = holidaysOf(team, d.Demand.Grid.Span())
	if team.Fairness.Weight > 0 {
		accounts, err := Ledger(ctx, q, team, calendars.DayOf(start, team.Zone))
		if err != nil {
			return p, err
		}
		p.Points = roster.PointsOf(accounts)
	}
	return p, nil
}

// madeFrom is a hash of what a problem was made from, its time left out: as long as it
// stays, neither the team nor what is published around the horizon has changed.
func madeFrom(p roster.Problem) (string, error) {
	p.Now = time.Time{}
	return hashOf(p)
}

// hashOf is a hash of a value's JSON, for tags.
func hashOf(v any) (string, error) {
	const length = 6 // bytes: a tag stays short, and two of one draft's are equal by chance once in 2^48
	text, err := json.Marshal(v)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:length]), err
}

// saveFound stores assignments that were found for a problem made from what the hash
// says, and returns the draft's new version. The error is store.ErrStale if the draft, its
// team or what is published changed in the meantime.
func saveFound(ctx context.Context, st *store.Store, r store.Roster, assignments []roster.Assignment, from string) (version int64, err error) {
	err = st.InTx(ctx, func(q store.Queries) error {
		if err := q.LockTeamOf(ctx, r.ID); err != nil {
			return err
		}
		p, err := problemOf(ctx, q, r, time.Time{})
		if err != nil {
			return err
		}
		if err := unchanged(r, p, from); err != nil {
			return err
		}
		version, err = q.SaveAssignments(ctx, r.ID, assignments, r.Version)
		return err
	})
	return version, err
}

// unchanged returns store.ErrStale if the problem is not made from what the hash says.
func unchanged(r store.Roster, p roster.Problem, from string) error {
	now, err := madeFrom(p)
	if err == nil && now != from {
		err = fmt.Errorf("roster %d: its team, or what is published of it: %w", r.ID, store.ErrStale)
	}
	return err
}

// toldFor is from the first day to the last of what the team has published and reaches
// into the horizon.
func toldFor(ctx context.Context, q store.Queries, id roster.ID, team roster.Team, horizon calendars.Interval) (all calendars.Interval, err error) {
	rosters, err := q.Rosters(ctx, id)
	for _, r := range rosters {
		span := team.Horizon(r.First, r.Weeks).Span()
		if r.Publication == 0 || !span.Overlaps(horizon) {
			continue
		}
		if all.Start.IsZero() || span.Start.Before(all.Start) {
			all.Start = span.Start
		}
		if span.End.After(all.End) {
			all.End = span.End
		}
	}
	return all, err
}

func assignmentsOf(published []roster.Published) []roster.Assignment {
	all := make([]roster.Assignment, len(published))
	for i, one := range published {
		all[i] = one.Assignment
	}
	return all
}

// SolveRoster improves the draft within the limit of the options, or until their
// iterations are used up, and stores it. Pinned assignments stay; equal ones keep their ids.
// Changes to what is published for its horizon cost, unless it is to be planned anew. Now is
// what notice is counted from: within it the draft stays as it is, what was agreed by hand
// and published shifts that were taken out of it, too; if it is empty, what is published stays.
// The error is store.ErrStale if the draft, its team or what is published changed in the meantime.
func SolveRoster(ctx context.Context, st *store.Store, id roster.ID, anew bool, o solve.Options, now time.Time) (store.Roster, solve.Result, error) {
	r, err := st.Roster(ctx, id)
	if err != nil {
		return r, solve.Result{}, err
	}
	p, err := problemOf(ctx, st.Queries, r, now)
	if err != nil {
		return r, solve.Result{}, err
	}
	from, err := madeFrom(p)
	if err != nil {
		return r, solve.Result{}, err
	}
	start := slices.DeleteFunc(slices.Clone(r.Assignments), func(a roster.Assignment) bool {
		_, there := p.Team.Operator(a.Operator)
		return !there // who has retired since works nothing
	})
	free := p
	if emptied := len(start) == 0 && len(r.Assignments) > 0; anew || emptied { // what was published is not put in its place
		free.Team.Changes = roster.FreeChanges()
	}
	result, err := solve.Solve(ctx, free, start, o)
	if err != nil {
		return r, result, fmt.Errorf("solve roster %d: %w", id, err)
	}
	if err := ctx.Err(); err != nil {
		return r, result, fmt.Errorf("solve roster %d: %w", id, err)
	}
	result.Score = roster.Judge(p, result.Assignments).Score // with what changes cost
	result.Assignments = roster.Match(r.Assignments, result.Assignments, mint)
	r.Assignments = result.Assignments
	r.Version, err = saveFound(ctx, st, r, result.Assignments, from)
	return r, result, err
}

// coverageAnswer judges a roster as JSON.
type coverageAnswer struct {
	Start    time.Time              `json:"start" doc:"Start of the first interval."`
	Interval calendars.Duration     `json:"interval"`
	Share    float64                `json:"covered_share" doc:"Covered over required operator-hours."`
	Score    roster.Score           `json:"score"`
	Breaches []roster.Breach        `json:"breaches" nullable:"false"`
	Changes  []roster.Breach        `json:"changes,omitempty" nullable:"false" doc:"Days on which operators have other shifts than published, and who must be told: no breaches, but what they cost is in the score."`
	Queues   []roster.QueueCoverage `json:"queues" nullable:"false"`
	Causes   []roster.Cause         `json:"causes" nullable:"false" doc:"Why operators are missing, per interval and queue."`
}

// Judge says what there is to say of a draft.
func (s *server) judge(ctx context.Context, id roster.ID) (*body[coverageAnswer], error) {
	r, err := s.st.Roster(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := problemOf(ctx, s.st.Queries, r, s.now())
	if err != nil {
		return nil, err
	}
	v := roster.Judge(p, r.Assignments)
	return &body[coverageAnswer]{coverageAnswer{
		Start: p.Demand.Grid.Start, Interval: calendars.Duration{Duration: p.Demand.Grid.Step}, Share: v.Coverage.Share(),
		Score: v.Score, Breaches: v.Breaches, Changes: v.Changes, Queues: v.Coverage.Queues, Causes: roster.Explain(p, r.Assignments),
	}}, nil
}

// RosterPath names a roster.
type RosterPath struct {
	Roster roster.ID `path:"roster"`
}

type solveRequest struct {
	RosterPath
	Body struct {
		Seconds    float64 `json:"seconds,omitempty" minimum:"0" maximum:"60" doc:"How long to search; 10 if neither this nor iterations is given. The answer comes when the search is over."`
		Iterations int     `json:"iterations,omitempty" minimum:"0" maximum:"10000000" doc:"Search so many moves instead, at most 60 seconds."`
		Seed       uint64  `json:"seed,omitempty" doc:"Same draft, seed and iterations: same result."`
		Anew       bool    `json:"anew,omitempty" doc:"Change what is published for the horizon for nothing; if left out, changes cost what the team's changes say. Either way, shifts that have begun, or begin within their operator's notice, stay."`
	}
}

// solveAnswer is the solved draft and how it was reached.
type solveAnswer struct {
	store.Roster
	Score      roster.Score `json:"score"`
	Bound      int64        `json:"bound" doc:"No roster has a lower soft score. What fairness, pairs, mixes and soft rules over other windows than weeks, runs and the horizon cost is left out of it, and what changes cost if the draft was planned anew."`
	Iterations int          `json:"iterations"`
}

func (s *server) solve(ctx context.Context, in *solveRequest) (*versioned[solveAnswer], error) {
	const longest, usual = 60, 10
	seconds := in.Body.Seconds
	if seconds == 0 {
		seconds = usual
		if in.Body.Iterations > 0 {
			seconds = longest
		}
	}
	r, result, err := SolveRoster(ctx, s.st, in.Roster, in.Body.Anew, solve.Options{
		Seed: in.Body.Seed, Iterations: in.Body.Iterations, Limit: time.Duration(seconds * float64(time.Second)), Now: time.Now, Cores: runtime.GOMAXPROCS(0),
	}, s.now())
	return &versioned[solveAnswer]{etag(r.Version), solveAnswer{r, result.Score, result.Bound, result.Iterations}}, err
}

func (s *server) rosterRoutes() {
	route(s, "create-rosters", http.MethodPost, "/teams/{team}/rosters", "Create an empty draft for a demand", func(ctx context.Context, in *struct {
		TeamPath
		Body struct {
			Demand roster.ID `json:"demand"`
		}
	}) (*versioned[store.Roster], error) {
		if d, err := s.st.Demand(ctx, in.Body.Demand); err != nil || d.Team != in.Team {
			return nil, ofTeam(err, "demand", in.Body.Demand, in.Team)
		}
		r, err := CreateRoster(ctx, s.st, in.Body.Demand)
		return &versioned[store.Roster]{etag(r.Version), r}, err
	})
	route(s, "list-rosters", http.MethodGet, "/teams/{team}/rosters", "List the rosters of a team", func(ctx context.Context, in *TeamPath) (*body[[]store.Roster], error) {
		if _, _, err := s.st.Team(ctx, in.Team); err != nil {
			return nil, err
		}
		rosters, err := s.st.Rosters(ctx, in.Team)
		return &body[[]store.Roster]{rosters}, err
	})
	route(s, "read-rosters", http.MethodGet, "/rosters/{roster}", "Read a draft", func(ctx context.Context, in *RosterPath) (*versioned[store.Roster], error) {
		r, err := s.st.Roster(ctx, in.Roster)
		return &versioned[store.Roster]{etag(r.Version), r}, err
	})
	route(s, "judge-rosters", http.MethodGet, "/rosters/{roster}/coverage", "Judge a draft: score, breaches, coverage and why operators are missing", func(ctx context.Context, in *RosterPath) (*body[coverageAnswer], error) {
		return s.judge(ctx, in.Roster)
	})
	route(s, "solve-rosters", http.MethodPost, "/rosters/{roster}/solve", "Improve a draft", s.solve, status(http.StatusOK))
	route(s, "edit-rosters", http.MethodPost, "/rosters/{roster}/edits", "Edit a draft by hand, or ask what an edit would do", s.edit, status(http.StatusOK))
	route(s, "publish-rosters", http.MethodPost, "/rosters/{roster}/publications", "Publish a draft: feeds and reminders follow it", s.publish)
}
