package api

import (
	"context"
	"fmt"
	"net/http"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/roster"
)

// CreateTeam completes a team, checks it and stores it. The error is ErrInput,
// naming every fault, or store.ErrExists.
func CreateTeam(ctx context.Context, st *store.Store, team roster.Team) (roster.Team, error) {
	for i := range team.Operators {
		team.Operators[i].ID = 0
	}
	team, err := team.Complete()
	if err != nil {
		return team, fmt.Errorf("%w: %w", ErrInput, err)
	}
	return st.CreateTeam(ctx, team)
}

// SaveTeam completes a team, checks it and stores it over the one at version.
func SaveTeam(ctx context.Context, st *store.Store, team roster.Team, version int64) (int64, error) {
	team, err := team.Complete()
	if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrInput, err)
	}
	return st.SaveTeam(ctx, team, version)
}

// TeamPath names a team.
type TeamPath struct {
	Team roster.ID `path:"team"`
}

func (s *server) teamRoutes() {
	route(s, "create-team", http.MethodPost, "/teams", "Create a team", func(ctx context.Context, in *struct{ Body roster.Team }) (*versioned[roster.Team], error) {
		team, err := CreateTeam(ctx, s.st, in.Body)
		return &versioned[roster.Team]{etag(1), team}, err
	})
	route(s, "list-teams", http.MethodGet, "/teams", "List teams", func(ctx context.Context, _ *struct{}) (*body[[]roster.Team], error) {
		teams, err := s.st.Teams(ctx)
		return &body[[]roster.Team]{teams}, err
	})
	route(s, "read-team", http.MethodGet, "/teams/{team}", "Read a team", func(ctx context.Context, in *TeamPath) (*versioned[roster.Team], error) {
		return s.team(ctx, in.Team)
	})
	route(s, "replace-team", http.MethodPut, "/teams/{team}", "Replace a team: its queues, shift templates and operators", s.replaceTeam)
}

// team answers with a team and its version.
func (s *server) team(ctx context.Context, id roster.ID) (*versioned[roster.Team], error) {
	team, version, err := s.st.Team(ctx, id)
	return &versioned[roster.Team]{etag(version), team}, err
}

type replaceTeamRequest struct {
	TeamPath
	IfMatch
	Body roster.Team
}

func (s *server) replaceTeam(ctx context.Context, in *replaceTeamRequest) (*versioned[roster.Team], error) {
	version, err := in.version()
	if err != nil {
		return nil, err
	}
	in.Body.ID = in.Team
	if _, err := SaveTeam(ctx, s.st, in.Body, version); err != nil {
		return nil, err
	}
	return s.team(ctx, in.Team)
}
