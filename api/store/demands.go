package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/smena-wfm/smena/roster"
)

// Demand is a demand made from a forecast, as it was made once.
type Demand struct {
	ID       roster.ID
	Team     roster.ID
	Forecast roster.ID
	MadeAt   time.Time
	Demand   roster.Demand
}

type demandRow struct {
	bun.BaseModel `bun:"table:demands"`
	ID            int64 `bun:",pk,autoincrement"`
	TeamID        int64
	ForecastID    int64
	MadeAt        int64
	Body          string
}

type demandBody struct {
	Grid   gridBody
	Queues []roster.QueueDemand
}

// SaveDemand stores a demand for good and returns its id. The error names every fault
// of the demand.
func (q Queries) SaveDemand(ctx context.Context, d Demand) (roster.ID, error) {
	if err := d.Demand.Check(); err != nil {
		return 0, fmt.Errorf("save demand of team %d: %w", d.Team, err)
	}
	body, err := json.Marshal(demandBody{gridBodyOf(d.Demand.Grid), d.Demand.Queues})
	if err != nil {
		return 0, fmt.Errorf("save demand of team %d: %w", d.Team, err)
	}
	row := demandRow{TeamID: int64(d.Team), ForecastID: int64(d.Forecast), MadeAt: d.MadeAt.Unix(), Body: string(body)}
	if _, err := q.db.NewInsert().Model(&row).Exec(ctx); err != nil {
		return 0, fmt.Errorf("save demand of team %d: %w", d.Team, err)
	}
	return roster.ID(row.ID), nil
}

// Demand returns a demand.
func (q Queries) Demand(ctx context.Context, id roster.ID) (Demand, error) {
	var row demandRow
	if err := found(q.db.NewSelect().Model(&row).Where("id = ?", id).Scan(ctx), "demand", id); err != nil {
		return Demand{}, err
	}
	d := row.summary()
	var body demandBody
	if err := json.Unmarshal([]byte(row.Body), &body); err != nil {
		return d, fmt.Errorf("demand %d as stored: %w", id, err)
	}
	d.Demand = roster.Demand{Grid: body.Grid.grid(), Queues: body.Queues}
	return d, nil
}

func (r demandRow) summary() Demand {
	return Demand{ID: roster.ID(r.ID), Team: roster.ID(r.TeamID), Forecast: roster.ID(r.ForecastID), MadeAt: instant(r.MadeAt)}
}

// Demands lists the team's demands without their values, newest first.
func (q Queries) Demands(ctx context.Context, team roster.ID) ([]Demand, error) {
	var rows []demandRow
	err := q.db.NewSelect().Model(&rows).ExcludeColumn("body").Where("team_id = ?", team).Order("id DESC").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("demands of team %d: %w", team, err)
	}
	demands := []Demand{}
	for _, row := range rows {
		demands = append(demands, row.summary())
	}
	return demands, nil
}
