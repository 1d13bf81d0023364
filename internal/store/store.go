// Package store keeps everything in SQLite or PostgreSQL behind one set of
// methods and one text of SQL. A row's authority comes first in every key and
// every query.
//
// What may be read or written by whom is decided in package service and arrives
// here as an access.Scope; files, pages and counting rules do not belong here.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"stablefutures/internal/ledger"
	"stablefutures/internal/seal"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Engine is the database behind a store.
type Engine string

const (
	SQLite     Engine = "SQLite"
	PostgreSQL Engine = "PostgreSQL"
)

// Errors that callers tell apart.
var (
	ErrNotFound = errors.New("not found")        // no such row, or not in scope
	ErrConflict = errors.New("already there")    // a unique key is taken
	ErrInvalid  = errors.New("not allowed here") // a check or a reference failed

	// ErrFull: nothing of the transaction is kept. What is there can still be read.
	ErrFull = errors.New("the disk that the database is on is full: nothing of this was kept; make room on it and try again")
	// ErrAway: the database does not answer. Where the connection was lost at the very
	// end, the transaction may have been kept.
	ErrAway = errors.New("the database cannot be reached: it is stopped, starting, or the connection to it was lost; try again in a moment")
)

// DB is an open database, safe for concurrent use. SQLite has one writing
// connection and a pool of reading ones; PostgreSQL has one pool.
type DB struct {
	Engine Engine
	writer *sql.DB
	reader *sql.DB
	groups *groups
	clock  func() time.Time
	keys   *keys
	ledger *ledger.Keys

	accounts openAccounts
}

// Options say how a database is opened.
type Options struct {
	Clock  func() time.Time // what transactions call now
	Master seal.Master      // opens the keys that the database holds
}

// Open opens dsn and brings its tables up to date. dsn is a PostgreSQL URL
// (postgres://…) or the path of an SQLite file, which is made where it does not
// exist.
func Open(ctx context.Context, dsn string, opt Options) (*DB, error) {
	db, err := connect(dsn)
	if err != nil {
		return nil, err
	}
	db.clock, db.groups = opt.Clock, &groups{db: db, waiting: map[string][]*write{}}
	if err := db.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("bring the database up to date: %w", err), db.Close())
	}
	if err := db.openKeys(ctx, opt.Master); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	db.ledger = ledger.NewKeys(db.keys.Derive("ledger entry"), db.keys.Derive("ledger signing"))
	if err := db.beginLedgers(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := db.sealWhatIsPlain(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("seal what was kept unsealed: %w", err), db.Close())
	}
	return db, nil
}

// IsPostgreSQL tells whether a dsn names PostgreSQL; otherwise it is the path of a file.
func IsPostgreSQL(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

func connect(dsn string) (*DB, error) {
	if IsPostgreSQL(dsn) {
		pool, err := openPostgreSQL(dsn)
		if err != nil {
			return nil, fmt.Errorf("open PostgreSQL: %w", err)
		}
		pool.SetMaxOpenConns(24)
		pool.SetMaxIdleConns(24)
		return &DB{Engine: PostgreSQL, writer: pool, reader: pool}, nil
	}
	return connectSQLite(strings.TrimPrefix(dsn, "sqlite:"))
}

// openPostgreSQL bounds how long a server may take to answer a new connection, where
// the dsn does not, so that nobody waits for ever for one that is gone.
func openPostgreSQL(dsn string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	if _, said := config.RuntimeParams["jit"]; !said {
		// The scope in a query makes it look dear, above all before tables are counted:
		// compiling it took ten times as long as running it.
		config.RuntimeParams["jit"] = "off"
	}
	return stdlib.OpenDB(*config), nil
}

// busyTimeout is how long SQLite waits for what another program holds.
const busyTimeout = 30 * time.Second

// connectSQLite opens the file at path. busy_timeout comes first, so that
// setting the other pragmas already waits for another process's lock.
func connectSQLite(path string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of the database: %w", err)
	}
	if err := ownFile(path); err != nil {
		return nil, err
	}
	const pragmas = "&_pragma=journal_mode(wal)&_pragma=synchronous(full)&_pragma=foreign_keys(1)&_pragma=cache_size(-65536)&_pragma=temp_store(memory)&_pragma=secure_delete(on)"
	uri := fmt.Sprintf("file:%s?_pragma=busy_timeout(%d)%s",
		strings.NewReplacer("?", "%3f", "#", "%23").Replace(path), busyTimeout.Milliseconds(), pragmas)
	writer, err := sql.Open("sqlite", uri+"&_txlock=immediate")
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	writer.SetMaxOpenConns(1)
	reader, err := sql.Open("sqlite", uri+"&_pragma=query_only(1)")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), writer.Close())
	}
	readers := max(4, 2*runtime.NumCPU())
	reader.SetMaxOpenConns(readers)
	reader.SetMaxIdleConns(readers)
	return &DB{Engine: SQLite, writer: writer, reader: reader}, nil
}

// ownFile makes a missing file readable by its owner alone before SQLite would
// make it with wider rights.
func ownFile(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	return f.Close()
}

// Close releases the connections.
func (db *DB) Close() error {
	if db.reader == db.writer {
		return db.writer.Close()
	}
	return errors.Join(db.reader.Close(), db.writer.Close())
}

// kind turns an engine's error into one that callers tell apart, in this one place.
func kind(err error) error {
	if err == nil || errors.Is(err, ErrNotFound) {
		return err
	}
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	switch {
	case errors.Is(err, ErrFull), errors.Is(err, ErrAway):
		return err
	case full(err):
		return fmt.Errorf("%w: %w", ErrFull, err)
	case away(err):
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "23505":
			return fmt.Errorf("%w: %w", ErrConflict, err)
		case "23502", "23503", "23514":
			return fmt.Errorf("%w: %w", ErrInvalid, err)
		}
	}
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		switch lite.Code() {
		case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
			return fmt.Errorf("%w: %w", ErrConflict, err)
		case sqlite3.SQLITE_CONSTRAINT_CHECK, sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY, sqlite3.SQLITE_CONSTRAINT_NOTNULL:
			return fmt.Errorf("%w: %w", ErrInvalid, err)
		}
	}
	return err
}
