package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/roster"
)

type publicationRow struct {
	bun.BaseModel `bun:"table:publications"`
	RosterID      int64 `bun:",pk"`
	Number        int   `bun:",pk"`
	MadeAt        int64
	Body          string
	Changes       string
}

// Publication is one of a roster's publications as it was made. Those of before changes
// were kept have none.
type Publication struct {
	Number  int             `json:"number" doc:"1 for the roster's first."`
	MadeAt  time.Time       `json:"made_at"`
	Shifts  int             `json:"shifts" doc:"How many were published."`
	Changes []roster.Change `json:"changes" nullable:"false" doc:"What operators must be told, once."`
}

func (r publicationRow) publication() (Publication, error) {
	p := Publication{Number: r.Number, MadeAt: instant(r.MadeAt), Changes: []roster.Change{}}
	var shifts []json.RawMessage
	if err := errors.Join(json.Unmarshal([]byte(r.Body), &shifts), json.Unmarshal([]byte(r.Changes), &p.Changes)); err != nil {
		return p, fmt.Errorf("publication %d of roster %d as stored: %w", r.Number, r.RosterID, err)
	}
	p.Shifts = len(shifts)
	return p, nil
}

type publishedRow struct {
	bun.BaseModel `bun:"table:published_shifts"`
	ID            string `bun:",pk"`
	RosterID      int64
	TeamID        int64
	OperatorID    int64
	Template      string
	Start         int64
	Finish        int64
	Pinned        bool
	Breaks        string
	Sequence      int
	Created       int64
	Changed       int64
}

func publishedRowOf(r Roster, p roster.Published) publishedRow {
	return publishedRow{
		ID: p.ID, RosterID: int64(r.ID), TeamID: int64(r.Team), OperatorID: int64(p.Operator), Template: p.Template,
		Start: p.Shift.Start.Unix(), Finish: p.Shift.End.Unix(), Pinned: p.Pinned, Breaks: breaksText(p.Breaks),
		Sequence: p.Sequence, Created: p.Created.Unix(), Changed: p.Changed.Unix(),
	}
}

func (r publishedRow) published() (roster.Published, error) {
	breaks, err := breaksOf(r.Breaks)
	return roster.Published{
		Assignment: roster.Assignment{
			ID: r.ID, Operator: roster.ID(r.OperatorID), Template: r.Template,
			Shift: calendars.Interval{Start: instant(r.Start), End: instant(r.Finish)}, Pinned: r.Pinned, Breaks: breaks,
		},
		Sequence: r.Sequence, Created: instant(r.Created), Changed: instant(r.Changed),
	}, err
}

// Published returns the roster's current publication; nothing if there is none.
func (q Queries) Published(ctx context.Context, id roster.ID) ([]roster.Published, error) {
	return q.published(ctx, "of roster", id, "roster_id = ?", id)
}

// PublishedFor returns the operator's published shifts that touch [from, to).
func (q Queries) PublishedFor(ctx context.Context, operator roster.ID, from, to time.Time) ([]roster.Published, error) {
	return q.published(ctx, "of operator", operator, "operator_id = ? AND finish > ? AND start < ?", operator, from.Unix(), to.Unix())
}

// PublishedOf returns the team's published shifts that touch [from, to).
func (q Queries) PublishedOf(ctx context.Context, team roster.ID, from, to time.Time) ([]roster.Published, error) {
	return q.published(ctx, "of team", team, "team_id = ? AND finish > ? AND start < ?", team, from.Unix(), to.Unix())
}

// PublishedIn returns the team's published shifts that start in the horizon.
func (q Queries) PublishedIn(ctx context.Context, team roster.ID, horizon calendars.Interval) ([]roster.Published, error) {
	return q.published(ctx, "of team", team, "team_id = ? AND start >= ? AND start < ?", team, horizon.Start.Unix(), horizon.End.Unix())
}

// PublishedElsewhere returns those IDs of the draft that other rosters have published
// for shifts outside the horizon: they are those shifts' now.
func (q Queries) PublishedElsewhere(ctx context.Context, id roster.ID, horizon calendars.Interval) ([]string, error) {
	var ids []string
	err := q.db.NewSelect().TableExpr("published_shifts AS p").Join("JOIN assignments AS a ON a.id = p.id AND a.roster_id = ?", id).ColumnExpr("p.id").
		Where("p.roster_id <> ? AND (p.start < ? OR p.start >= ?)", id, horizon.Start.Unix(), horizon.End.Unix()).Scan(ctx, &ids)
	if err != nil {
		return nil, fmt.Errorf("published elsewhere of roster %d: %w", id, err)
	}
	return ids, nil
}

func (q Queries) published(ctx context.Context, of string, id roster.ID, where string, args ...any) ([]roster.Published, error) {
	var rows []publishedRow
	if err := q.db.NewSelect().Model(&rows).Where(where, args...).Order("start", "id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("published shifts %s %d: %w", of, id, err)
	}
	published := []roster.Published{}
	for _, row := range rows {
		p, err := row.published()
		if err != nil {
			return nil, fmt.Errorf("published shift %s: %w", row.ID, err)
		}
		published = append(published, p)
	}
	return published, nil
}

// PublishedAt returns when the team last published, and the zero time if it
// never has.
func (q Queries) PublishedAt(ctx context.Context, team roster.ID) (time.Time, error) {
	var last sql.NullInt64
	err := q.db.NewSelect().TableExpr("publications AS p").Join("JOIN rosters AS r ON r.id = p.roster_id").
		ColumnExpr("max(p.made_at)").Where("r.team_id = ?", team).Scan(ctx, &last)
	if err != nil || !last.Valid {
		return time.Time{}, found(err, "publications of team", team)
	}
	return instant(last.Int64), nil
}

// Publications returns the roster's publications, newest first.
func (q Queries) Publications(ctx context.Context, id roster.ID) ([]Publication, error) {
	var rows []publicationRow
	if err := q.db.NewSelect().Model(&rows).Where("roster_id = ?", id).Order("number DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("publications of roster %d: %w", id, err)
	}
	all := []Publication{}
	for _, row := range rows {
		p, err := row.publication()
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// Publication returns one of the roster's publications.
func (q Queries) Publication(ctx context.Context, id roster.ID, number int) (Publication, error) {
	var row publicationRow
	err := q.db.NewSelect().Model(&row).Where("roster_id = ? AND number = ?", id, number).Scan(ctx)
	if err := found(err, fmt.Sprintf("roster %d: publication", id), number); err != nil {
		return Publication{}, err
	}
	return row.publication()
}

// SavePublication makes the shifts the team's current ones of the horizon,
// whichever roster published it before, keeps a copy of them and of what operators
// must be told for good, and returns the publication's number.
func (q Queries) SavePublication(ctx context.Context, id roster.ID, horizon calendars.Interval, published []roster.Published, changes []roster.Change, now time.Time) (int, error) {
	body, err := json.Marshal(published)
	if err != nil {
		return 0, fmt.Errorf("publish roster %d: %w", id, err)
	}
	told, err := json.Marshal(append([]roster.Change{}, changes...))
	if err != nil {
		return 0, fmt.Errorf("publish roster %d: %w", id, err)
	}
	number := 0
	err = q.within(ctx, func(q Queries) error {
		r, err := q.Roster(ctx, id)
		if err != nil {
			return err
		}
		number = r.Publication + 1
		if _, err := q.db.NewInsert().Model(&publicationRow{RosterID: int64(id), Number: number, MadeAt: now.Unix(), Body: string(body), Changes: string(told)}).Exec(ctx); err != nil {
			return err
		}
		if _, err := q.db.NewUpdate().Model((*rosterRow)(nil)).Set("publication = ?", number).Where("id = ?", id).Exec(ctx); err != nil {
			return err
		}
		if _, err := q.db.NewDelete().Model((*publishedRow)(nil)).
			Where("roster_id = ? OR team_id = ? AND start >= ? AND start < ?", id, r.Team, horizon.Start.Unix(), horizon.End.Unix()).Exec(ctx); err != nil {
			return err
		}
		var rows []publishedRow
		for _, p := range published {
			rows = append(rows, publishedRowOf(r, p))
		}
		for some := range slices.Chunk(rows, batch) {
			if _, err := q.db.NewInsert().Model(&some).Exec(ctx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("publish roster %d: %w", id, err)
	}
	return number, nil
}
