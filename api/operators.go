package api

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/smena-wfm/smena/api/store"
	"github.com/smena-wfm/smena/roster"
)

// OperatorPath names an operator of a team.
type OperatorPath struct {
	TeamPath
	Operator roster.ID `path:"operator"`
}

func (s *server) operatorRoutes() {
	route(s, "list-operators", http.MethodGet, "/teams/{team}/operators", "List the operators of a team", func(ctx context.Context, in *TeamPath) (*body[[]roster.Operator], error) {
		team, _, err := s.st.Team(ctx, in.Team)
		return &body[[]roster.Operator]{team.Operators}, err
	})
	route(s, "add-operators", http.MethodPost, "/teams/{team}/operators", "Add an operator", func(ctx context.Context, in *struct {
		TeamPath
		Body roster.Operator
	}) (*body[roster.Operator], error) {
		in.Body.ID = 0
		team, err := s.changeOperators(ctx, in.Team, func(all []roster.Operator) ([]roster.Operator, error) { return append(all, in.Body), nil })
		if err != nil {
			return nil, err
		}
		return &body[roster.Operator]{team.Operators[len(team.Operators)-1]}, nil
	})
	route(s, "read-operators", http.MethodGet, "/teams/{team}/operators/{operator}", "Read an operator", func(ctx context.Context, in *OperatorPath) (*body[roster.Operator], error) {
		team, _, err := s.st.Team(ctx, in.Team)
		if err != nil {
			return nil, err
		}
		operator, known := team.Operator(in.Operator)
		if !known {
			err = fmt.Errorf("operator %d of team %d: %w", in.Operator, in.Team, store.ErrNotFound)
		}
		return &body[roster.Operator]{operator}, err
	})
	route(s, "replace-operators", http.MethodPut, "/teams/{team}/operators/{operator}", "Replace an operator", func(ctx context.Context, in *struct {
		OperatorPath
		Body roster.Operator
	}) (*body[roster.Operator], error) {
		in.Body.ID = in.Operator
		team, err := s.changeOperators(ctx, in.Team, func(all []roster.Operator) ([]roster.Operator, error) {
			i, err := positionOf(all, in.Operator)
			if err == nil {
				all[i] = in.Body
			}
			return all, err
		})
		operator, _ := team.Operator(in.Operator)
		return &body[roster.Operator]{operator}, err
	})
	route(s, "retire-operators", http.MethodDelete, "/teams/{team}/operators/{operator}", "Retire an operator; what was published for them stays", func(ctx context.Context, in *OperatorPath) (*struct{}, error) {
		_, err := s.changeOperators(ctx, in.Team, func(all []roster.Operator) ([]roster.Operator, error) {
			i, err := positionOf(all, in.Operator)
			if err != nil {
				return nil, err
			}
			return slices.Delete(all, i, i+1), nil
		})
		return &struct{}{}, err
	})
}

func positionOf(all []roster.Operator, id roster.ID) (int, error) {
	i := slices.IndexFunc(all, func(o roster.Operator) bool { return o.ID == id })
	if i < 0 {
		return 0, fmt.Errorf("operator %d: %w", id, store.ErrNotFound)
	}
	return i, nil
}

// changeOperators changes the list of operators of the team as it is now, and
// returns the team as stored.
func (s *server) changeOperators(ctx context.Context, id roster.ID, change func([]roster.Operator) ([]roster.Operator, error)) (roster.Team, error) {
	team, version, err := s.st.Team(ctx, id)
	if err != nil {
		return team, err
	}
	if team.Operators, err = change(team.Operators); err != nil {
		return team, err
	}
	if _, err := SaveTeam(ctx, s.st, team, version); err != nil {
		return team, err
	}
	team, _, err = s.st.Team(ctx, id)
	return team, err
}
