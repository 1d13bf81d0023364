package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// patience is how long a transaction waits for a database that is away before it
// says so; between is how long it waits between two tries. A PostgreSQL that is
// started again is mostly back within it.
const (
	patience = 2 * time.Second
	between  = 50 * time.Millisecond
)

// full tells that there was no room on the disk. SQLite says it in its own words
// where it cannot lengthen the file that its processes share.
func full(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "53100"
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && (lite.Code() == sqlite3.SQLITE_FULL || lite.Code() == sqlite3.SQLITE_IOERR_SHMSIZE)
}

// away tells that the database did not answer, or stopped in the middle: it is
// stopping, starting, or the connection to it broke. A context that ended is the
// caller's doing and no sign of that.
func away(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "57P0")
	}
	var refused *pgconn.ConnectError
	var network *net.OpError
	return errors.As(err, &refused) || errors.As(err, &network) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, pgconn.ErrConnClosed) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

// begin takes a connection and begins a transaction on it. Nothing has been asked of
// the database by then, so that one that is away is asked again for a while.
func (db *DB) begin(ctx context.Context, pool *sql.DB, options *sql.TxOptions) (*sql.Conn, *sql.Tx, error) {
	for until := time.Now().Add(patience); ; {
		conn, tx, err := beginOnce(ctx, pool, options)
		switch {
		case !errors.Is(err, ErrAway):
			return conn, tx, err
		case time.Now().After(until):
			return nil, nil, final{err}
		}
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-time.After(between):
		}
	}
}

func beginOnce(ctx context.Context, pool *sql.DB, options *sql.TxOptions) (*sql.Conn, *sql.Tx, error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return nil, nil, kind(err)
	}
	tx, err := conn.BeginTx(ctx, options)
	if err != nil {
		return nil, nil, errors.Join(kind(err), conn.Close())
	}
	return conn, tx, nil
}

// final is an error after which a transaction is not done again: the database stayed
// away, or was lost while it kept the transaction, so that it alone knows whether it did.
type final struct{ error }

func (f final) Unwrap() error { return f.error }

// passing tells whether the same transaction may succeed when it is done again, and
// has certainly not been kept: PostgreSQL's serialization failures and deadlocks, and
// a connection that was lost before the end.
func passing(err error) bool {
	if errors.As(err, &final{}) {
		return false
	}
	var pg *pgconn.PgError
	return errors.Is(err, ErrAway) || errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}
