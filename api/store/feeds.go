package store

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"github.com/smena-wfm/smena/roster"
)

// Feed is a subscription of one operator. Its secret is nowhere: only a hash
// of it is stored.
type Feed struct {
	ID          roster.ID  `json:"id"`
	Operator    roster.ID  `json:"operator"`
	Team        roster.ID  `json:"team"`
	Name        string     `json:"name"`
	Created     time.Time  `json:"created"`
	LastFetched *time.Time `json:"last_fetched,omitempty"`
	Fetches     int        `json:"fetches"`
	Revoked     bool       `json:"revoked"`
}

type feedRow struct {
	bun.BaseModel `bun:"table:feeds"`
	ID            int64 `bun:",pk,autoincrement"`
	TeamID        int64
	OperatorID    int64
	Hash          string
	Name          string
	Created       int64
	LastFetched   *int64
	Fetches       int
	Revoked       bool
}

func (r feedRow) feed() Feed {
	f := Feed{
		ID: roster.ID(r.ID), Operator: roster.ID(r.OperatorID), Team: roster.ID(r.TeamID), Name: r.Name,
		Created: instant(r.Created), Fetches: r.Fetches, Revoked: r.Revoked,
	}
	if r.LastFetched != nil {
		t := instant(*r.LastFetched)
		f.LastFetched = &t
	}
	return f
}

// CreateFeed stores a feed under the hash of its secret.
func (q Queries) CreateFeed(ctx context.Context, operator roster.ID, hash []byte, name string, now time.Time) (Feed, error) {
	_, team, err := q.Operator(ctx, operator)
	if err != nil {
		return Feed{}, err
	}
	row := feedRow{TeamID: int64(team), OperatorID: int64(operator), Hash: hex.EncodeToString(hash), Name: name, Created: now.Unix()}
	if _, err := q.db.NewInsert().Model(&row).Exec(ctx); err != nil {
		return Feed{}, fmt.Errorf("create feed of operator %d: %w", operator, err)
	}
	return row.feed(), nil
}

// FeedByHash returns the feed with the hash, or ErrNotFound if it is unknown
// or revoked: the world must not tell these apart.
func (q Queries) FeedByHash(ctx context.Context, hash []byte) (Feed, error) {
	var row feedRow
	err := q.db.NewSelect().Model(&row).Where("hash = ? AND NOT revoked", hex.EncodeToString(hash)).Scan(ctx)
	return row.feed(), found(err, "feed", hex.EncodeToString(hash[:3]))
}

// Feeds lists the operator's feeds, newest first.
func (q Queries) Feeds(ctx context.Context, operator roster.ID) ([]Feed, error) {
	var rows []feedRow
	if err := q.db.NewSelect().Model(&rows).Where("operator_id = ?", operator).Order("id DESC").Scan(ctx); err != nil {
		return nil, fmt.Errorf("feeds of operator %d: %w", operator, err)
	}
	feeds := []Feed{}
	for _, row := range rows {
		feeds = append(feeds, row.feed())
	}
	return feeds, nil
}

// RevokeFeed ends a feed for good.
func (q Queries) RevokeFeed(ctx context.Context, id roster.ID) error {
	result, err := q.db.NewUpdate().Model((*feedRow)(nil)).Set("revoked = ?", true).Where("id = ?", id).Exec(ctx)
	return changed(result, err, "feed", id)
}

// TouchFeed counts a fetch.
func (q Queries) TouchFeed(ctx context.Context, id roster.ID, now time.Time) error {
	result, err := q.db.NewUpdate().Model((*feedRow)(nil)).Set("fetches = fetches + 1").Set("last_fetched = ?", now.Unix()).Where("id = ?", id).Exec(ctx)
	return changed(result, err, "feed", id)
}
