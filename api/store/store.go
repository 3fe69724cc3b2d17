// Package store keeps teams, histories, forecasts, demands, rosters,
// publications, feeds and reminders in SQLite or PostgreSQL. SQL and rows stay
// inside. Instants are whole seconds of Unix time, so that no driver's idea of
// a zone can touch them. What must be true together commits together: InTx.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"
)

// Errors that callers branch on.
var (
	ErrNotFound = errors.New("not found")
	ErrStale    = errors.New("changed by somebody else in the meantime")
	ErrExists   = errors.New("exists already")
	ErrStep     = errors.New("intervals of another length")
)

// Store is an open database.
type Store struct {
	Queries
	bun     *bun.DB
	dialect string
}

// Queries are all reads and writes, on the database itself or within a
// transaction. Inside InTx use those that the function is given: on SQLite
// there is one connection, and the transaction has it.
type Queries struct{ db bun.IDB }

// InTx runs f in one transaction: either everything that it wrote is there, or
// nothing.
func (s *Store) InTx(ctx context.Context, f func(q Queries) error) error {
	return s.bun.RunInTx(ctx, nil, func(_ context.Context, tx bun.Tx) error { return f(Queries{tx}) })
}

// within runs f in a transaction, in the one under way if there is one.
func (q Queries) within(ctx context.Context, f func(q Queries) error) error {
	return q.db.RunInTx(ctx, nil, func(_ context.Context, tx bun.Tx) error { return f(Queries{tx}) })
}

// DB is the pool beneath, for the job queue that shares the database.
func (s *Store) DB() *sql.DB { return s.bun.DB }

// Dialects.
const (
	SQLite     = "sqlite"
	PostgreSQL = "postgres"
)

// Dialect is SQLite or PostgreSQL.
func (s *Store) Dialect() string { return s.dialect }

// Ping says whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.bun.PingContext(ctx) }

// Close closes the database.
func (s *Store) Close() error { return s.bun.Close() }

// found turns "no rows" into ErrNotFound and says what was looked for.
func found(err error, what string, id any) error {
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("%s %v: %w", what, id, err)
	}
	return nil
}

// changed returns ErrNotFound if a statement changed no row.
func changed(result sql.Result, err error, what string, id any) error {
	if err == nil {
		var n int64
		if n, err = result.RowsAffected(); err == nil && n == 0 {
			err = ErrNotFound
		}
	}
	return found(err, what, id)
}
