package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/smena-wfm/smena/roster"
)

type operatorRow struct {
	bun.BaseModel `bun:"table:operators"`
	ID            int64 `bun:",pk,autoincrement"`
	TeamID        int64
	Position      int
	Retired       bool
	Body          string
}

func operatorRowOf(team roster.ID, position int, o roster.Operator) (operatorRow, error) {
	id := int64(o.ID)
	o.ID = 0
	body, err := json.Marshal(o)
	return operatorRow{ID: id, TeamID: int64(team), Position: position, Body: string(body)}, err
}

func (r operatorRow) operator() (roster.Operator, error) {
	var o roster.Operator
	if err := json.Unmarshal([]byte(r.Body), &o); err != nil {
		return o, fmt.Errorf("operator %d as stored: %w", r.ID, err)
	}
	o.ID = roster.ID(r.ID)
	return o, nil
}

// operators returns the team's operators who are not retired, in its order.
func (q Queries) operators(ctx context.Context, team roster.ID) ([]roster.Operator, error) {
	var rows []operatorRow
	if err := q.db.NewSelect().Model(&rows).Where("team_id = ? AND NOT retired", team).Order("position", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("operators of team %d: %w", team, err)
	}
	operators := []roster.Operator{}
	for _, row := range rows {
		o, err := row.operator()
		if err != nil {
			return nil, err
		}
		operators = append(operators, o)
	}
	return operators, nil
}

// Operator returns an operator, retired ones too, and their team.
func (q Queries) Operator(ctx context.Context, id roster.ID) (roster.Operator, roster.ID, error) {
	var row operatorRow
	if err := found(q.db.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx), "operator", id); err != nil {
		return roster.Operator{}, 0, err
	}
	o, err := row.operator()
	return o, roster.ID(row.TeamID), err
}

// saveOperators makes the team's operators the ones that it has now, and
// returns them with the ids of new ones.
func (q Queries) saveOperators(ctx context.Context, t roster.Team) ([]roster.Operator, error) {
	var known []int64
	err := q.db.NewUpdate().Model((*operatorRow)(nil)).Set("retired = ?", true).Where("team_id = ?", t.ID).Returning("id").Scan(ctx, &known)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("operators of team %d: %w", t.ID, err)
	}
	operators := slices.Clone(t.Operators)
	for i, o := range operators {
		row, err := operatorRowOf(t.ID, i, o)
		if err != nil {
			return nil, fmt.Errorf("operator %q: %w", o.Name, err)
		}
		if slices.Contains(known, row.ID) {
			_, err = q.db.NewUpdate().Model(&row).WherePK().Exec(ctx)
		} else {
			row.ID = 0
			_, err = q.db.NewInsert().Model(&row).Exec(ctx)
		}
		if err != nil {
			return nil, fmt.Errorf("operator %q: %w", o.Name, err)
		}
		operators[i].ID = roster.ID(row.ID)
	}
	return operators, nil
}
