package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

// Roster is a draft and how far it has been published.
type Roster struct {
	ID          roster.ID           `json:"id"`
	Team        roster.ID           `json:"team"`
	Demand      roster.ID           `json:"demand"`
	First       calendars.Day       `json:"first" doc:"First day, on the team's clock."`
	Weeks       int                 `json:"weeks"`
	Version     int64               `json:"version" doc:"Grows with every change of the draft."`
	Publication int                 `json:"publication" doc:"Number of the last publication, 0 if there is none."`
	Assignments []roster.Assignment `json:"assignments" nullable:"false"`
}

type rosterRow struct {
	bun.BaseModel `bun:"table:rosters"`
	ID            int64 `bun:",pk,autoincrement"`
	TeamID        int64
	DemandID      int64
	First         string
	Weeks         int
	Version       int64
	Publication   int
}

func (r rosterRow) roster() (Roster, error) {
	first, err := calendars.ParseDay(r.First)
	if err != nil {
		return Roster{}, fmt.Errorf("roster %d as stored: %w", r.ID, err)
	}
	return Roster{
		ID: roster.ID(r.ID), Team: roster.ID(r.TeamID), Demand: roster.ID(r.DemandID), First: first, Weeks: r.Weeks,
		Version: r.Version, Publication: r.Publication, Assignments: []roster.Assignment{},
	}, nil
}

type assignmentRow struct {
	bun.BaseModel `bun:"table:assignments"`
	ID            string `bun:",pk"`
	RosterID      int64  `bun:",pk"`
	OperatorID    int64
	Template      string
	Start         int64
	Finish        int64
	Pinned        bool
	Breaks        string
}

func (r assignmentRow) assignment() (roster.Assignment, error) {
	breaks, err := breaksOf(r.Breaks)
	return roster.Assignment{
		ID: r.ID, Operator: roster.ID(r.OperatorID), Template: r.Template,
		Shift: calendars.Interval{Start: instant(r.Start), End: instant(r.Finish)}, Pinned: r.Pinned, Breaks: breaks,
	}, err
}

func assignmentRowOf(id roster.ID, a roster.Assignment) assignmentRow {
	return assignmentRow{
		ID: a.ID, RosterID: int64(id), OperatorID: int64(a.Operator), Template: a.Template,
		Start: a.Shift.Start.Unix(), Finish: a.Shift.End.Unix(), Pinned: a.Pinned, Breaks: breaksText(a.Breaks),
	}
}

// CreateRoster stores an empty draft and returns it with its id and version.
func (q Queries) CreateRoster(ctx context.Context, r Roster) (Roster, error) {
	row := rosterRow{TeamID: int64(r.Team), DemandID: int64(r.Demand), First: r.First.String(), Weeks: r.Weeks, Version: 1}
	if _, err := q.db.NewInsert().Model(&row).Exec(ctx); err != nil {
		return Roster{}, fmt.Errorf("create roster of team %d: %w", r.Team, err)
	}
	return row.roster()
}

// Roster returns a roster with its assignments.
func (q Queries) Roster(ctx context.Context, id roster.ID) (Roster, error) {
	var row rosterRow
	if err := found(q.db.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx), "roster", id); err != nil {
		return Roster{}, err
	}
	r, err := row.roster()
	if err != nil {
		return r, err
	}
	var rows []assignmentRow
	if err := q.db.NewSelect().Model(&rows).Where("roster_id = ?", id).Scan(ctx); err != nil {
		return r, fmt.Errorf("assignments of roster %d: %w", id, err)
	}
	for _, row := range rows {
		a, err := row.assignment()
		if err != nil {
			return r, fmt.Errorf("assignment %s of roster %d: %w", row.ID, id, err)
		}
		r.Assignments = append(r.Assignments, a)
	}
	roster.Sort(r.Assignments)
	return r, nil
}

// Rosters lists the team's rosters without their assignments, newest first.
func (q Queries) Rosters(ctx context.Context, team roster.ID) ([]Roster, error) {
	var rows []rosterRow
	if err := q.db.NewSelect().Model(&rows).Where("team_id = ?", team).Order("id DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("rosters of team %d: %w", team, err)
	}
	rosters := []Roster{}
	for _, row := range rows {
		r, err := row.roster()
		if err != nil {
			return nil, err
		}
		rosters = append(rosters, r)
	}
	return rosters, nil
}

// SaveAssignments replaces the draft's assignments and returns its new
// version, or ErrStale if the draft is not at ifVersion.
func (q Queries) SaveAssignments(ctx context.Context, id roster.ID, assignments []roster.Assignment, ifVersion int64) (int64, error) {
	err := q.within(ctx, func(q Queries) error {
		result, err := q.db.NewUpdate().Model((*rosterRow)(nil)).Set("version = version + 1").
			Where("id = ? AND version = ?", id, ifVersion).Exec(ctx)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			if _, missing := q.Roster(ctx, id); missing != nil {
				return missing
			}
			return ErrStale
		}
		if _, err := q.db.NewDelete().Model((*assignmentRow)(nil)).Where("roster_id = ?", id).Exec(ctx); err != nil {
			return err
		}
		var rows []assignmentRow
		for _, a := range assignments {
			rows = append(rows, assignmentRowOf(id, a))
		}
		for some := range slices.Chunk(rows, batch) {
			if _, err := q.db.NewInsert().Model(&some).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("save roster %d: %w", id, err)
	}
	return ifVersion + 1, nil
}
