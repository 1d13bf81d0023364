package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"stablefutures/internal/ledger"
)

// Tx is one transaction. Now is the one instant at which all of it happens.
// A Tx is used by one goroutine.
type Tx struct {
	Now    time.Time
	engine Engine
	db     *DB       // whose keys seal what is sealed
	conn   *sql.Conn // the connection that tx is on
	tx     *sql.Tx
	ctx    context.Context // the transaction's own; it ends with it
	dry    bool            // nothing is written: see Rehearse
	ledger *ledger.Keys
	sealing
}

// Write runs do in a transaction that may change things and commits it; where do
// fails, nothing of it stays. do may run more than once (PostgreSQL asks for
// that now and then, and its connection may break) and must leave nothing behind outside
// the transaction. It is for what is quickly done: see WriteLong.
func (db *DB) Write(ctx context.Context, do func(*Tx) error) error {
	if db.Engine == SQLite {
		return db.groups.write(ctx, "", do)
	}
	return db.WriteLong(ctx, do)
}

// Change is Write for the changes of one authority, which come one after another: do runs
// under its lock. ErrNotFound where there is no such authority.
func (db *DB) Change(ctx context.Context, authority string, do func(*Tx) error) error {
	if db.Engine == SQLite {
		return db.Write(ctx, locked(authority, do))
	}
	return db.groups.write(ctx, authority, locked(authority, do))
}

// ChangeLong is Change for what takes its time, such as going through all records: see
// WriteLong.
func (db *DB) ChangeLong(ctx context.Context, authority string, do func(*Tx) error) error {
	return db.WriteLong(ctx, locked(authority, do))
}

func locked(authority string, do func(*Tx) error) func(*Tx) error {
	return func(tx *Tx) error {
		if err := tx.Lock(authority); err != nil {
			return err
		}
		return do(tx)
	}
}

// WriteLong is Write for what takes its time, such as files that are taken in: it has
// its transaction to itself, and is taken back where the context ends.
func (db *DB) WriteLong(ctx context.Context, do func(*Tx) error) error {
	for try := 1; ; try++ {
		err := db.run(ctx, db.writer, nil, do)
		if !passing(err) || try == 5 {
			return err
		}
	}
}

// Read runs do on one unchanging view of the data.
func (db *DB) Read(ctx context.Context, do func(*Tx) error) error {
	var options *sql.TxOptions
	if db.Engine == PostgreSQL {
		options = &sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}
	}
	return db.run(ctx, db.reader, options, do)
}

// Rehearse runs do on one unchanging view of the data, and lets whatever it would
// write pass as written. It holds nobody up, and what do reads again is as it was.
func (db *DB) Rehearse(ctx context.Context, do func(*Tx) error) error {
	return db.Read(ctx, func(tx *Tx) error {
		tx.dry = true
		return do(tx)
	})
}

func (db *DB) run(ctx context.Context, pool *sql.DB, options *sql.TxOptions, do func(*Tx) error) (err error) {
	conn, tx, err := db.begin(ctx, pool, options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	// Does nothing once the transaction is over; where do panics, the connection would
	// otherwise wait for ever for a transaction that nobody ends.
	defer func() { err = errors.Join(err, ignoreDone(tx.Rollback())) }()
	if err := do(&Tx{Now: db.now(), engine: db.Engine, conn: conn, tx: tx, ctx: ctx, db: db, ledger: db.ledger}); err != nil {
		return err
	}
	err = kind(tx.Commit())
	if errors.Is(err, ErrAway) {
		return final{err}
	}
	return err
}

// now is the instant of a transaction that begins.
func (db *DB) now() time.Time { return db.clock().UTC().Truncate(time.Microsecond) }

// ignoreDone drops the complaint that a transaction is over already: a context
// that ended has rolled it back.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// Lock takes the authority's row, so that its changes come one after another on
// both engines, and counts the change. Every transaction that changes an
// authority's records begins with it; ErrNotFound where there is no such authority.
func (tx *Tx) Lock(authority string) error {
	return tx.execOne(lockAuthority, authority)
}

var lockAuthority = statement(`update authority set version = version + 1 where code = $1`)

// exec runs a statement that changes any number of rows.
func (tx *Tx) exec(q stmt, args ...any) error {
	if tx.dry {
		return nil
	}
	_, err := tx.tx.ExecContext(tx.ctx, string(q), args...)
	return kind(err)
}

// execOne runs a statement that must change a row; ErrNotFound where it changed none.
func (tx *Tx) execOne(q stmt, args ...any) error {
	if tx.dry {
		return nil
	}
	result, err := tx.tx.ExecContext(tx.ctx, string(q), args...)
	if err != nil {
		return kind(err)
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		err = ErrNotFound
	}
	return err
}

// change is a statement that changes any number of rows.
type change struct {
	q    stmt
	args []any
}

// execAll runs changes one after another. PostgreSQL is sent a number of them at once: the
// way to the server and back takes longer than most of them. The first that fails ends
// them, and the transaction.
func (tx *Tx) execAll(list []change) error {
	if tx.dry {
		return nil
	}
	if tx.engine == PostgreSQL && len(list) > 1 {
		for some := range slices.Chunk(list, batchOf) {
			if err := tx.sendBatch(some); err != nil {
				return err
			}
		}
		return nil
	}
	for _, c := range list {
		if err := tx.exec(c.q, c.args...); err != nil {
			return err
		}
	}
	return nil
}

// batchOf is how many changes are sent at once.
const batchOf = 100

func (tx *Tx) sendBatch(list []change) error {
	var batch pgx.Batch
	for _, c := range list {
		batch.Queue(string(c.q), c.args...)
	}
	return tx.onPostgreSQL(func(conn *pgx.Conn) error { return conn.SendBatch(tx.ctx, &batch).Close() })
}

// onPostgreSQL lends the transaction's own connection.
func (tx *Tx) onPostgreSQL(do func(*pgx.Conn) error) error {
	return kind(tx.conn.Raw(func(raw any) error {
		conn, ok := raw.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("%T is not a PostgreSQL connection: %w", raw, driver.ErrBadConn)
		}
		return do(conn.Conn())
	}))
}

// one reads a single row into dest; ErrNotFound where there is none.
func (tx *Tx) one(q stmt, args []any, dest ...any) error {
	return kind(tx.tx.QueryRowContext(tx.ctx, string(q), args...).Scan(dest...))
}

// scanner is a row at hand.
type scanner interface{ Scan(dest ...any) error }

// all reads every row of a query with scan. The list is never nil, so that it
// prints and marshals as an empty one.
func all[T any](tx *Tx, q stmt, args []any, scan func(scanner) (T, error)) (list []T, err error) {
	rows, err := tx.tx.QueryContext(tx.ctx, string(q), args...)
	if err != nil {
		return nil, kind(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	list = []T{}
	for rows.Next() {
		item, err := scan(rows)
		if err != nil {
			return nil, kind(err)
		}
		list = append(list, item)
	}
	return list, kind(rows.Err())
}

// each calls do with every row of a query.
func (tx *Tx) each(q stmt, args []any, do func(scanner) error) (err error) {
	rows, err := tx.tx.QueryContext(tx.ctx, string(q), args...)
	if err != nil {
		return kind(err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := do(rows); err != nil {
			return kind(err)
		}
	}
	return kind(rows.Err())
}

// stmt is a registered SQL text.
type stmt string

// statements are all SQL texts of the package; a test prepares each of them on
// both engines.
var statements []stmt

// statement registers a text of SQL. It is called for package variables alone,
// so that no text is put together while running.
func statement(text string) stmt {
	statements = append(statements, stmt(text))
	return stmt(text)
}

// Statements are all SQL texts of the store, for the test that prepares them.
func Statements() []string {
	out := make([]string, len(statements))
	for i, s := range statements {
		out[i] = string(s)
	}
	return out
}

// instant writes a time as the store keeps it: UTC, RFC 3339 with microseconds
// and a fixed width, so that it sorts as text.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000Z") }

// parseInstant reads what instant wrote; the zero time for an empty text.
func parseInstant(s string) time.Time {
	t, err := time.Parse("2006-01-02T15:04:05.000000Z", s)
	if err != nil {
		return time.Time{}
	}
	return t
}
