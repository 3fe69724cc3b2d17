package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/pgdialect"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite" // driver "sqlite"
)

// pragmas of SQLite: readers do not wait for the writer, a busy file is waited
// for, and a transaction takes its lock when it begins, because one that reads
// first and locks later can fail however long it waits.
const pragmas = "_pragma=journal_mode(WAL)&_pragma=busy_timeout(10000)&_pragma=synchronous(NORMAL)" +
	"&_pragma=foreign_keys(ON)&_pragma=journal_size_limit(16777216)&_txlock=immediate"

// Open opens a database and brings its tables up to date: a file of SQLite,
// made if missing, or a server by its postgres:// address. After a crash at
// any moment it opens again.
func Open(ctx context.Context, dsn string) (*Store, error) {
	s, where, err := connect(dsn)
	if err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		err := s.migrate(ctx)
		if err == nil {
			return s, nil
		}
		// Two processes that make the same file at once get in each other's
		// way, and a moment later no more.
		if try == tries || s.dialect != SQLite || ctx.Err() != nil {
			return nil, errors.Join(fmt.Errorf("open database %s: %w", where, err), s.Close())
		}
		time.Sleep(time.Duration(try) * 100 * time.Millisecond)
	}
}

// tries is how often tables are brought up to date before it is an error.
const tries = 5

// connect finds the driver, and a name for the database that holds no secret.
func connect(dsn string) (st *Store, where string, err error) {
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		db, err := sql.Open("pgx", dsn)
		if err != nil {
			return nil, "", errors.New("open database: the postgres address cannot be understood") // it holds a password
		}
		db.SetMaxOpenConns(20)
		b := bun.NewDB(db, pgdialect.New())
		return &Store{Queries{b}, b, PostgreSQL}, "on the server", nil
	}
	path := strings.TrimPrefix(dsn, "sqlite:")
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, "", fmt.Errorf("open database: %s is a folder: expected a file", path)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, "", fmt.Errorf("open database: %w", err)
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return nil, "", fmt.Errorf("open database %s: the folder it is to be in: %w", path, err)
	}
	address := url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: pragmas}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return nil, "", fmt.Errorf("open database %s: %w", path, err)
	}
	db.SetMaxOpenConns(1) // one writer; on few cores more connections only wait for each other
	b := bun.NewDB(db, sqlitedialect.New())
	return &Store{Queries{b}, b, SQLite}, path, nil
}
