package store

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/uptrace/bun"
)

type tokenRow struct {
	bun.BaseModel `bun:"table:tokens"`
	ID            int64 `bun:",pk,autoincrement"`
	Hash          string
	Name          string
	Created       int64
}

// SaveToken stores the hash of an API token. A token of the same name ends.
func (q Queries) SaveToken(ctx context.Context, hash []byte, name string, now time.Time) error {
	err := q.within(ctx, func(q Queries) error {
		if _, err := q.db.NewDelete().Model((*tokenRow)(nil)).Where("name = ?", name).Exec(ctx); err != nil {
			return err
		}
		_, err := q.db.NewInsert().Model(&tokenRow{Hash: hex.EncodeToString(hash), Name: name, Created: now.Unix()}).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("save token %q: %w", name, err)
	}
	return nil
}

// TokenKnown says whether there is an API token with the hash.
func (q Queries) TokenKnown(ctx context.Context, hash []byte) (bool, error) {
	known, err := q.db.NewSelect().Model((*tokenRow)(nil)).Where("hash = ?", hex.EncodeToString(hash)).Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("look up token: %w", err)
	}
	return known, nil
}
