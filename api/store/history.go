package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"github.com/smena-wfm/smena/calendars"
	"github.com/smena-wfm/smena/forecast"
	"github.com/smena-wfm/smena/roster"
)

type historyRow struct {
	bun.BaseModel `bun:"table:history"`
	TeamID        int64  `bun:",pk"`
	Queue         string `bun:",pk"`
	Start         int64  `bun:",pk"`
	Step          int64
	Offered       float64
	Handled       *float64
	Abandoned     *float64
	BotResolved   *float64
	AHT           *float64 // seconds
}

func historyRowOf(team roster.ID, step time.Duration, r forecast.Record) historyRow {
	row := historyRow{
		TeamID: int64(team), Queue: r.Queue, Start: r.Start.Unix(), Step: int64(step / time.Second),
		Offered: r.Offered, Handled: r.Handled, Abandoned: r.Abandoned, BotResolved: r.BotResolved,
	}
	if r.AHT != nil {
		seconds := r.AHT.Seconds()
		row.AHT = &seconds
	}
	return row
}

func (r historyRow) record() forecast.Record {
	record := forecast.Record{
		Queue: r.Queue, Start: instant(r.Start), Offered: r.Offered,
		Handled: r.Handled, Abandoned: r.Abandoned, BotResolved: r.BotResolved,
	}
	if r.AHT != nil {
		aht := calendars.Seconds(*r.AHT)
		record.AHT = &aht
	}
	return record
}

// instant is a stored instant.
func instant(unix int64) time.Time { return time.Unix(unix, 0).UTC() }

// same says whether two rows tell the same.
func (r historyRow) same(o historyRow) bool {
	equal := func(a, b *float64) bool { return a == b || a != nil && b != nil && *a == *b }
	return r.Offered == o.Offered && equal(r.Handled, o.Handled) && equal(r.Abandoned, o.Abandoned) &&
		equal(r.BotResolved, o.BotResolved) && equal(r.AHT, o.AHT)
}

// Saved is what became of records.
type Saved struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Same    int `json:"same"`
}

// batch is how many rows a statement writes.
const batch = 500

// SaveHistory stores records, which are in the order of a History, over those
// of the same queue and start. All of them are stored or none. The error is
// ErrStep if the team's history is in intervals of another length.
func (q Queries) SaveHistory(ctx context.Context, team roster.ID, step time.Duration, records []forecast.Record) (Saved, error) {
	var saved Saved
	err := q.within(ctx, func(q Queries) error {
		known, err := q.known(ctx, team, step)
		if err != nil {
			return err
		}
		var rows []historyRow
		for _, r := range records {
			row := historyRowOf(team, step, r)
			old, there := known[historyKey{row.Queue, row.Start}]
			switch {
			case !there:
				saved.Added++
			case old.same(row):
				saved.Same++
				continue
			default:
				saved.Changed++
			}
			rows = append(rows, row)
		}
		return q.upsert(ctx, rows)
	})
	if err != nil {
		return Saved{}, fmt.Errorf("save history of team %d: %w", team, err)
	}
	return saved, nil
}

type historyKey struct {
	queue string
	start int64
}

// known returns what is stored already.
func (q Queries) known(ctx context.Context, team roster.ID, step time.Duration) (map[historyKey]historyRow, error) {
	rows, err := q.historyRows(ctx, team)
	if err != nil {
		return nil, err
	}
	known := make(map[historyKey]historyRow, len(rows))
	for _, row := range rows {
		if old := time.Duration(row.Step) * time.Second; old != step {
			return nil, fmt.Errorf("it is in intervals of %s, the new records of %s: %w", old, step, ErrStep)
		}
		known[historyKey{row.Queue, row.Start}] = row
	}
	return known, nil
}

func (q Queries) historyRows(ctx context.Context, team roster.ID) ([]historyRow, error) {
	var rows []historyRow
	err := q.db.NewSelect().Model(&rows).Where("team_id = ?", team).Order("queue", "start").Scan(ctx)
	return rows, err
}

func (q Queries) upsert(ctx context.Context, rows []historyRow) error {
	for some := range slices.Chunk(rows, batch) {
		_, err := q.db.NewInsert().Model(&some).On("CONFLICT (team_id, queue, start) DO UPDATE").
			Set("offered = EXCLUDED.offered").Set("handled = EXCLUDED.handled").Set("abandoned = EXCLUDED.abandoned").
			Set("bot_resolved = EXCLUDED.bot_resolved").Set("aht = EXCLUDED.aht").Exec(ctx)
		if err != nil {
			return err
		}
	}
	return nil
}

// History returns everything that is known of the team's arrivals; it is empty
// if nothing is.
func (q Queries) History(ctx context.Context, team roster.ID) (forecast.History, error) {
	rows, err := q.historyRows(ctx, team)
	if err != nil {
		return forecast.History{}, fmt.Errorf("history of team %d: %w", team, err)
	}
	var history forecast.History
	for _, row := range rows {
		history.Step = time.Duration(row.Step) * time.Second
		history.Records = append(history.Records, row.record())
	}
	forecast.Sort(history.Records) // a server may collate otherwise than we do
	return history, nil
}
