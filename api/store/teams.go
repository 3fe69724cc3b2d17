package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"github.com/smena-wfm/smena/roster"
)

// teamRow is a team without its operators, who have rows of their own.
type teamRow struct {
	bun.BaseModel `bun:"table:teams"`
	ID            int64 `bun:",pk,autoincrement"`
	Name          string
	Version       int64
	Body          string
}

func teamRowOf(t roster.Team) (teamRow, error) {
	t.Operators, t.ID = nil, 0
	body, err := json.Marshal(t)
	return teamRow{Name: t.Name, Version: 1, Body: string(body)}, err
}

func (r teamRow) team() (roster.Team, error) {
	var t roster.Team
	if err := json.Unmarshal([]byte(r.Body), &t); err != nil {
		return t, fmt.Errorf("team %d as stored: %w", r.ID, err)
	}
	t.ID = roster.ID(r.ID)
	return t, nil
}

// CreateTeam stores a new team with its operators and returns it with ids. The
// error is ErrExists if there is a team of that name.
func (q Queries) CreateTeam(ctx context.Context, t roster.Team) (roster.Team, error) {
	row, err := teamRowOf(t)
	if err != nil {
		return t, fmt.Errorf("create team %q: %w", t.Name, err)
	}
	err = q.within(ctx, func(q Queries) error {
		exists, err := q.db.NewSelect().Model((*teamRow)(nil)).Where("name = ?", t.Name).Exists(ctx)
		if err != nil {
			return err
		}
		if exists {
			return ErrExists
		}
		if _, err := q.db.NewInsert().Model(&row).Exec(ctx); err != nil {
			return err
		}
		t.ID = roster.ID(row.ID)
		t.Operators, err = q.saveOperators(ctx, t)
		return err
	})
	if err != nil {
		return t, fmt.Errorf("create team %q: %w", t.Name, err)
	}
	return t, nil
}

// Team returns a team with its operators, and its version.
func (q Queries) Team(ctx context.Context, id roster.ID) (roster.Team, int64, error) {
	var row teamRow
	if err := found(q.db.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx), "team", id); err != nil {
		return roster.Team{}, 0, err
	}
	t, err := q.whole(ctx, row)
	return t, row.Version, err
}

// LockTeamOf makes other transactions that lock the roster's team, or save it, wait for
// the end of this one. The error is ErrNotFound if there is no such roster.
func (q Queries) LockTeamOf(ctx context.Context, id roster.ID) error {
	result, err := q.db.NewUpdate().Model((*teamRow)(nil)).Set("version = version").
		Where("id = (SELECT team_id FROM rosters WHERE id = ?)", id).Exec(ctx)
	return changed(result, err, "roster", id)
}

// TeamByName returns the team of that name.
func (q Queries) TeamByName(ctx context.Context, name string) (roster.Team, error) {
	var row teamRow
	if err := found(q.db.NewSelect().Model(&row).Where("name = ?", name).Scan(ctx), "team", name); err != nil {
		return roster.Team{}, err
	}
	return q.whole(ctx, row)
}

// Teams returns all teams, by name.
func (q Queries) Teams(ctx context.Context) ([]roster.Team, error) {
	var rows []teamRow
	if err := q.db.NewSelect().Model(&rows).Order("name").Scan(ctx); err != nil {
		return nil, fmt.Errorf("list teams: %w", err)
	}
	teams := []roster.Team{}
	for _, row := range rows {
		t, err := q.whole(ctx, row)
		if err != nil {
			return nil, err
		}
		teams = append(teams, t)
	}
	return teams, nil
}

// whole adds the operators.
func (q Queries) whole(ctx context.Context, row teamRow) (roster.Team, error) {
	t, err := row.team()
	if err != nil {
		return t, err
	}
	t.Operators, err = q.operators(ctx, t.ID)
	return t, err
}

// SaveTeam replaces a team. Operators are recognised by id, and one whose id is
// not the team's is new; those who are not there any more are retired, and
// what was published for them stays. It
// returns the new version, or ErrStale if the team is not at ifVersion.
func (q Queries) SaveTeam(ctx context.Context, t roster.Team, ifVersion int64) (int64, error) {
	row, err := teamRowOf(t)
	if err != nil {
		return 0, fmt.Errorf("save team %d: %w", t.ID, err)
	}
	err = q.within(ctx, func(q Queries) error {
		var old teamRow
		if err := found(q.db.NewSelect().Model(&old).Where("id = ?", t.ID).Scan(ctx), "team", t.ID); err != nil {
			return err
		}
		if old.Version != ifVersion {
			return ErrStale
		}
		other, err := q.db.NewSelect().Model((*teamRow)(nil)).Where("name = ? AND id <> ?", t.Name, t.ID).Exists(ctx)
		if err != nil {
			return err
		}
		if other {
			return ErrExists
		}
		row.ID, row.Version = old.ID, old.Version+1
		result, err := q.db.NewUpdate().Model(&row).WherePK().Where("version = ?", ifVersion).Exec(ctx)
		if err := changed(result, err, "team", t.ID); err != nil {
			return err
		}
		_, err = q.saveOperators(ctx, t)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("save team %d: %w", t.ID, err)
	}
	return row.Version, nil
}
